"""The classic small rule base: which animal somebody thinks of, by yes and no."""

from functools import cache
from pathlib import Path

from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge

HERE = Path(__file__).resolve().parent


@cache
def known() -> Knowledge:
    """What is known of animals."""
    return load(HERE / "knowledge", HERE / "rules")

"""Turns in proportion to weights, as evenly as can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Turns:
    """Lets names take turns in proportion to their weights, as evenly as can be.

    >>> turns = Turns({"a": 2, "b": 1})
    >>> [turns.take(turns.order(["a", "b"])[0], ["a", "b"]) for _ in range(6)]
    ['a', 'b', 'a', 'a', 'b', 'a']
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._credit = dict.fromkeys(weights, 0.0)

    def order(self, among: Iterable[str]) -> list[str]:
        """These names, the one whose turn it is first."""
        names = [name for name in self._weights if name in set(among)]
        total = sum(self._weights[name] for name in names)
        return sorted(names, key=lambda name: -(self._credit[name] + self._weights[name] / total))

    def take(self, taken: str, among: Iterable[str]) -> str:
        """Note who took a turn of which these had a chance."""
        names = [name for name in self._weights if name in set(among)]
        total = sum(self._weights[name] for name in names)
        for name in names:
            self._credit[name] += self._weights[name] / total
        if taken in self._credit:
            self._credit[taken] -= 1
        return taken

"""The handout -> PDF to read, print and hand over, and its chart as a picture; how they look stands in the `.typ` files beside this one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from advisor import words
from advisor.documents import typeset
from advisor.documents.brand import Brand
from advisor.documents.handout import STAGES, Handout

HERE = Path(__file__).resolve().parent


def pdf(told: Handout, base: str, brand: Brand) -> bytes:
    """The handout as a PDF; `base` is what the knowledge base calls itself."""
    return typeset.pdf(_files("handout.typ", told, base, brand))


def chart(told: Handout, brand: Brand) -> bytes:
    """How the options compare, as a PNG."""
    return typeset.picture(_files("chart_picture.typ", told, "", brand))


def chart_in_words(told: Handout) -> str:
    """The same for those who do not see it."""
    standings = [
        words.BALANCE_BARRED.format(option=each.label)
        if each.barred
        else words.BALANCE_OPTION.format(option=each.label, points=words.points(each.points), given=each.given, taken=each.taken)
        for each in told.standings
    ]
    text = standings[0]
    for other in standings[1:]:
        text = words.SEMICOLON.format(first=text, next=other)
    return words.BALANCE_ALT.format(standings=text)


def _files(main: str, told: Handout, base: str, brand: Brand) -> dict[str, bytes]:
    """What typst reads: the template as its main file, and all that this one reads."""
    data = {"told": asdict(told), "base": base, "accent": brand.accent, "logo": brand.logo is not None, "texts": _texts(told)}
    files = {"main.typ": (HERE / main).read_bytes(), "chart.typ": (HERE / "chart.typ").read_bytes()}
    files["handout.json"] = json.dumps(data, ensure_ascii=False, default=str).encode()
    return files | ({"logo": brand.logo} if brand.logo is not None else {})


def _texts(told: Handout) -> dict[str, str]:
    """The words of the template, by the names it knows them under."""
    return {
        "against": words.SPEAKS_AGAINST,
        "balance": words.BALANCE,
        "balance_alt": chart_in_words(told),
        "balance_intro": words.BALANCE_INTRO,
        "barred": words.RULED_OUT_SHORT,
        "by": words.BY_DAY,
        "by_head": words.BY_HEAD,
        "contents": words.CONTENTS,
        "disagreements": words.DISAGREEMENTS,
        "do_first": words.DO_FIRST,
        "done": words.DONE_HEAD,
        "fingerprint": words.FINGERPRINT.format(fingerprint=told.fingerprint),
        "footer": words.FOR_CLIENT.format(client=told.client, date=told.date),
        "for_": words.SPEAKS_FOR,
        "in_short": words.IN_SHORT,
        "logo": words.LOGO_ALT,
        "measure": words.MEASURE_HEAD,
        "measures": words.MEASURES,
        "measures_intro": words.MEASURES_INTRO,
        "method": words.METHOD,
        "no_rule": words.NO_RULE,
        "not_followed": words.NOT_FOLLOWED,
        "open_intro": words.OPEN_INTRO,
        "option": words.OPTION,
        "other_advice": words.OTHER_ADVICE,
        "page": words.PAGE,
        "please_note": words.PLEASE_NOTE,
        "points": words.POINTS,
        "roadmap": words.ROADMAP.format(days=STAGES[-1]),
        "roadmap_intro": words.ROADMAP_INTRO,
        "rules": words.RULES_HEAD,
        "rules_of_options": words.RULES_OF_OPTIONS,
        "ruled_out": words.RULED_OUT_OF,
        "sources": words.SOURCES,
        "step": words.STEP_HEAD,
        "still_open": words.STILL_OPEN,
        "today": words.TODAY_HEAD,
        "top_reasons": words.TOP_REASONS,
        "unit": words.UNIT_HEAD,
        "we_follow": words.WE_FOLLOW,
    }

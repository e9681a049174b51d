"""The handout -> PDF to read, print and hand over, and its chart as a picture; how they look stands in the `.typ` files beside this one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from advisor import words
from advisor.documents import typeset, wording
from advisor.documents.brand import Brand
from advisor.documents.handout import STAGES, Handout

HERE = Path(__file__).resolve().parent


def pdf(told: Handout, base: str, brand: Brand) -> bytes:
    """The handout as a PDF; `base` is what the knowledge base calls itself."""
    return typeset.pdf(_files("handout.typ", told, base, brand))


def chart(told: Handout, colour: str) -> bytes:
    """How the options compare, as a PNG; the colour is `#` and six hexadecimal digits."""
    return typeset.picture(_files("chart_picture.typ", told, "", Brand(colour)))


def chart_in_words(told: Handout) -> str:
    """The same for those who do not see it."""
    standings = [
        wording.BALANCE_BARRED.format(option=each.label)
        if each.barred
        else wording.BALANCE_OPTION.format(option=each.label, points=words.points(each.points), given=each.given, taken=each.taken)
        for each in told.standings
    ]
    text = standings[0]
    for other in standings[1:]:
        text = words.SEMICOLON.format(first=text, next=other)
    return wording.BALANCE_ALT.format(standings=text)


def _files(main: str, told: Handout, base: str, brand: Brand) -> dict[str, bytes]:
    """What typst reads: the template as its main file, and all that this one reads."""
    data = {"told": asdict(told), "base": base, "accent": brand.colour, "logo": brand.logo is not None, "texts": _texts(told)}
    files = {"main.typ": (HERE / main).read_bytes(), "chart.typ": (HERE / "chart.typ").read_bytes()}
    files["handout.json"] = json.dumps(data, ensure_ascii=False, default=str).encode()
    return files | ({"logo.svg": brand.logo} if brand.logo is not None else {})


def _texts(told: Handout) -> dict[str, str | list[str]]:
    """The words of the template, by the names it knows them under."""
    return {
        "against": words.SPEAKS_AGAINST,
        "balance": wording.BALANCE,
        "balance_alt": chart_in_words(told),
        "balance_intro": wording.BALANCE_INTRO,
        "barred": wording.RULED_OUT_SHORT,
        "by": wording.BY_DAY,
        "by_head": wording.BY_HEAD,
        "contents": wording.CONTENTS,
        "disagreements": words.DISAGREEMENTS,
        "do_first": words.DO_FIRST,
        "done": wording.DONE_HEAD,
        "fingerprint": wording.FINGERPRINT.format(fingerprint=told.fingerprint),
        "footer": words.FOR_CLIENT.format(client=told.client, date=told.date),
        "for_": words.SPEAKS_FOR,
        "in_short": wording.IN_SHORT,
        "language": wording.LANGUAGE.split("-"),
        "logo": wording.LOGO_ALT,
        "measure": wording.MEASURE_HEAD,
        "measures": words.MEASURES,
        "measures_intro": wording.MEASURES_INTRO,
        "method": wording.METHOD,
        "no_rule": wording.NO_RULE,
        "not_followed": wording.NOT_FOLLOWED,
        "open_intro": wording.OPEN_INTRO,
        "option": words.OPTION,
        "other_advice": words.OTHER_ADVICE,
        "page": wording.PAGE,
        "please_note": words.PLEASE_NOTE,
        "points": words.POINTS,
        "roadmap": wording.ROADMAP.format(days=STAGES[-1]),
        "roadmap_intro": wording.ROADMAP_INTRO,
        "rules": wording.RULES_HEAD,
        "rules_of_options": wording.RULES_OF_OPTIONS,
        "ruled_out": wording.RULED_OUT_OF,
        "sources": words.SOURCES,
        "step": wording.STEP_HEAD,
        "still_open": words.STILL_OPEN,
        "today": wording.TODAY_HEAD,
        "top_reasons": wording.TOP_REASONS,
        "unit": wording.UNIT_HEAD,
        "we_follow": words.WE_FOLLOW,
    }

"""What checks have found -> text, one short line each, JSON, and SARIF 2.1.0, the format of code hosts and editors.

SARIF is an OASIS standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Accepted findings go along in it as suppressed results.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from advisor.checking.accept import Findings
from advisor.errors import Place, Problem

Data = dict[str, Any]

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_data(findings: Findings, counts: Mapping[str, object]) -> Data:
    """Findings as plain data for JSON, with the counts of what was checked."""
    accepted = [{**problem.data(), "because": because} for problem, because in findings.accepted]
    return {"problems": [problem.data() for problem in findings.problems], "accepted": accepted, **counts}


def as_sarif(findings: Findings, version: str) -> Data:
    """Findings as a SARIF log of one run."""
    found = [*((problem, None) for problem in findings.problems), *findings.accepted]
    codes = sorted({problem.code for problem, _ in found})
    driver = {"name": "advisor", "version": version, "rules": [{"id": code} for code in codes]}
    results = [_result(problem, because, codes.index(problem.code)) for problem, because in found]
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}


def _result(problem: Problem, because: str | None, index: int) -> Data:
    said = ". ".join(part.removesuffix(".") for part in (problem.headline, *problem.notes, *problem.helps)) + "."
    result: Data = {"ruleId": problem.code, "ruleIndex": index, "level": problem.severity, "message": {"text": said}}
    if problem.place:
        result["locations"] = [_location(problem.place)]
    if problem.also:
        result["relatedLocations"] = [{**_location(place), "message": {"text": label}} for place, label in problem.also]
    if because is not None:
        result["suppressions"] = [{"kind": "external", "justification": because}]
    return result


def _location(place: Place) -> Data:
    path = Path(place.file)
    address = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.width}
    return {"physicalLocation": {"artifactLocation": {"uri": address}, "region": region}}

"""The package keeps to its own map: lower modules import nothing above them, and none of them knows the field or the UI."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import advisor

PACKAGE = Path(advisor.__file__).parent
PARTS = re.findall(r"^ {4}(\w+): (\S.*)$", advisor.__doc__ or "", re.MULTILINE)


def name_of(path: Path) -> str:
    """`knowledge.load` of advisor/knowledge/load.py"""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def drawn() -> Iterator[str]:
    """The modules as the map names them, from the lowest to the highest."""
    part = ""
    for indent, name, colon in re.findall(r"^( {4}| {8})(\w+)(:?) {1,}\S", advisor.__doc__ or "", re.MULTILINE):
        if colon:
            part = f"{name}."
        else:
            yield f"{part if len(indent) == 8 else ''}{name}"


SOURCES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path.stem != "__init__"}
MAP = list(drawn())
ENGINE = {"durable", "durable_rules_engine"}

# Words of the field that the shipped knowledge is about; their home is knowledge/ and rules/.
NETWORKS = "facebook instagram linkedin odnoklassniki pinterest reddit rutube snapchat telegram tiktok twitter vkontakte whatsapp youtube".split()
TRADE = "smm social marketing marketer audience b2b b2c blogger monetization hashtag influencer follower".split()
TOPICS = "business offer goal presence competitors team budget content bloggers measurement beliefs".split()  # as in `goal.main`
FIELD = re.compile(rf"\b(?:{'|'.join(NETWORKS + TRADE)})s?\b|`(?:{'|'.join(TOPICS)})\.\w|[\"'](?:{'|'.join(TOPICS)})\.", re.IGNORECASE)


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that this code imports, wherever in it, with the line; for `from advisor.part import x` that may be `advisor.part.x`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((alias.name, node.lineno) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = ".".join(filter(None, ["advisor" if level else None, module]))
                inner = base.removeprefix("advisor").removeprefix(".")
                is_part = base == "advisor" or inner in dict(PARTS)
                yield from ((f"{base}.{alias.name}" if is_part else base, node.lineno) for alias in names)
            case ast.Call(func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield name, node.lineno


def every_import() -> list[tuple[str, str, int]]:
    return [(name, *found) for name, path in SOURCES.items() for found in imports(ast.parse(path.read_text(encoding="utf-8")))]


def test_map_names_every_module_once_and_nothing_else() -> None:
    assert sorted(MAP) == sorted(SOURCES)
    assert {path.parent for path in SOURCES.values()} == {PACKAGE, *(PACKAGE / part for part, _ in PARTS)}


@pytest.mark.parametrize(("part", "says"), PARTS)
def test_every_part_says_what_the_map_says_of_it(part: str, says: str) -> None:
    tree = ast.parse((PACKAGE / part / "__init__.py").read_text(encoding="utf-8"))
    assert (ast.get_docstring(tree) or "").lower() == f"{says}.".lower()
    assert len(tree.body) == 1


def test_lower_modules_import_nothing_above_them() -> None:
    height = {f"advisor.{name}": position for position, name in enumerate(MAP)}
    upward = [
        f"advisor.{name}, line {line}, imports `{imported}`, which the map in advisor/__init__.py puts above it"
        for name, imported, line in every_import()
        if imported in height and height[imported] >= height.get(f"advisor.{name}", len(height))
    ]
    assert upward == []


def test_package_itself_imports_none_of_its_modules() -> None:
    assert [name for name, _ in imports(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) if name.startswith("advisor")] == []


def test_only_engine_knows_the_rule_engine() -> None:
    assert {name for name, imported, _ in every_import() if imported.split(".")[0] in ENGINE} == {"inference.engine"}


def test_only_solver_knows_clingo() -> None:
    assert {name for name, imported, _ in every_import() if imported.split(".")[0] == "clingo"} == {"proof.solver"}


def test_no_module_knows_the_ui() -> None:
    assert [name for name, imported, _ in every_import() if imported.split(".")[0] in ("streamlit", "ui")] == []


@pytest.mark.parametrize("name", ["__init__", *SOURCES])
def test_no_module_names_anything_of_the_field(name: str) -> None:
    lines = PACKAGE.joinpath(*name.split(".")).with_suffix(".py").read_text(encoding="utf-8").splitlines()
    named = [f"advisor.{name}, line {number}, says `{word[0]}`" for number, line in enumerate(lines, start=1) for word in FIELD.finditer(line)]
    assert named == []

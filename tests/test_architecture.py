"""The rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "auramail"
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
LONGEST_DOOR = 15
MIGRATIONS = "migrations/versions"
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "agent", "handler", "misc"}
UNFINISHED = re.compile(r"NotImplementedError|\bTODO\b|\bFIXME\b|\bXXX\b|\bstub\b|\bfor now\b", re.IGNORECASE)
IN_THE_ROOT = {
    "README.md", "README.uk.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Makefile",
    "compose.yaml", "Dockerfile", "pyproject.toml", "uv.lock", "package.json", "package-lock.json", ".importlinter",
    ".env.example", ".ci", "src", "tests", "evals", "bench", "training", "deploy", "docs",
    "tools", "babel.cfg", ".gitignore", ".git",
}  # fmt: skip
PERMANENT = (
    "messages.delete",
    "batchDelete",
    "messages.send",
    "drafts.send",
    "forwardingAddresses",
    "settings.filters",
)


def sources() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if MIGRATIONS not in path.as_posix()]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without docstring and signature."""
    body = function.body
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_there_is_something_to_look_at() -> None:
    assert len(sources()) > 50


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_files_and_functions_are_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    long = [f"{one.name}: {length(one)}" for one in functions(path) if length(one) > LONGEST_FUNCTION]

    assert lines <= LONGEST_FILE
    assert not long


@pytest.mark.parametrize("room", ["web/pages", "web/api", "worker", "cli"])
def test_doors_are_thin(room: str) -> None:
    """A view, a task, a command translates and calls a use case: a body of at most 15 lines."""
    doors = ("route", "get", "post", "delete", "put", "patch", "command")
    thick = [
        f"{path.name} {function.name}: {length(function)}"
        for path in sorted((SOURCE / room).rglob("*.py"))
        for function in functions(path)
        if length(function) > LONGEST_DOOR
        and any(
            isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr in doors
            for mark in function.decorator_list
        )
    ]

    assert not thick


def test_names_say_what_things_are() -> None:
    named = [path for path in SOURCE.rglob("*") if FORBIDDEN_NAMES & set(re.split(r"[_.]", path.stem.lower()))]

    assert not named


def test_nothing_is_left_half_done() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]

    assert not found


def test_no_error_is_swallowed_whole() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]

    assert not broad


def test_no_code_can_send_or_delete_for_good() -> None:
    text = {path: path.read_text(encoding="utf-8") for path in sources()}

    assert not [path for path, source in text.items() for word in PERMANENT if word in source]


def test_the_root_holds_only_what_belongs_there() -> None:
    """What git tracks; what it ignores (builds, environments) may lie about."""
    ignored = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    strangers = {path.name for path in ROOT.iterdir()} - IN_THE_ROOT - ignored

    assert not {name for name in strangers if not name.startswith(".coverage")}


def test_tests_use_no_mocks_and_skip_nothing() -> None:
    words = re.compile(r"MagicMock|unittest\.mock|mock\.patch|mark\.skip|mark\.xfail|pytest\.skip\(|assert True\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path != Path(__file__) and "node_modules" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]

    assert not found

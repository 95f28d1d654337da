"""The rules of the architecture: who imports whom, and how long things are."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

import therapyinfo

PACKAGE = Path(therapyinfo.__file__).parent
PACKAGES = (
    "errors records text names product_names glossary command_line yaml_reader convert layers check schema search"
    " store regions lookup library inlines page views bundle render cli"
).split()
"""Every package, each importing only from those before it."""

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
ENTRANCES = ("__init__.py", "__main__.py")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 39
LONGEST_COMMAND = 10
PURE = (
    "errors records text names product_names glossary command_line yaml_reader convert schema"
    " regions lookup inlines page views"
).split()
"""Packages that neither read nor write a file: functions from values to values."""
OUTSIDE = set("os io pathlib shutil subprocess tempfile sqlite3 socket sys urllib".split())
RECORDS = [module for module in MODULES if module == "records.py"]


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def _package_of(module: str) -> str:
    return module.partition("/")[0].removesuffix(".py")


def _imported(module: str) -> Iterator[str]:
    """Yield the dotted name of every module that a module imports, wherever in it."""
    yield from _names(module, ast.walk(_tree(module)))


def imported_at_once(module: str) -> Iterator[str]:
    """Yield the dotted name of every module, and of what it may hold, that a module begins with."""
    yield from _names(module, _tree(module).body, inner=True)


def imported_anywhere(module: str) -> Iterator[str]:
    """Yield the same of every import in a module, also one that waits inside a function."""
    yield from _names(module, ast.walk(_tree(module)), inner=True)


def _names(module: str, nodes: Iterable[ast.AST], *, inner: bool = False) -> Iterator[str]:
    package = ("therapyinfo", *module.split("/")[:-1])
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join((*base, *filter(None, [node.module])))
            inside = f"{name}." if name else ""
            held = [f"{inside}{alias.name}" for alias in node.names]
            yield from [name, *held] if inner else held if not node.module else [name]


def _functions(module: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.FunctionDef):
            yield node


def _length(nodes: list[ast.stmt]) -> int:
    return (nodes[-1].end_lineno or 0) - nodes[0].lineno + 1 if nodes else 0


def test_all_packages_are_known() -> None:
    packages = {_package_of(module) for module in MODULES if module not in ENTRANCES}

    assert packages <= set(PACKAGES), "give it its place in `PACKAGES` and in the guide's rule 1"


@pytest.mark.parametrize("module", [each for each in MODULES if each not in ENTRANCES])
def test_a_package_imports_only_from_packages_before_it(module: str) -> None:
    inner = [name for name in _imported(module) if name.startswith("therapyinfo.")]
    packages = {name.split(".")[1] for name in inner}
    allowed = {*PACKAGES[: PACKAGES.index(_package_of(module)) + 1], "__version__"}

    assert packages <= allowed, f"{module} imports what comes after it in `PACKAGES`"


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_click(module: str) -> None:
    assert not [name for name in _imported(module) if name.split(".")[0] == "click"]


@pytest.mark.parametrize(
    ("library", "package"),
    [("yaml", "yaml_reader"), ("rich", "render"), ("jinja2", "render"), ("typer", "cli")],
)
def test_a_library_is_imported_by_one_package(library: str, package: str) -> None:
    users = {
        _package_of(module)
        for module in MODULES
        for name in _imported(module)
        if name.split(".")[0] == library
    }

    assert users == {package}


@pytest.mark.parametrize("module", [each for each in MODULES if each not in RECORDS])
def test_a_module_can_be_read_at_one_sitting(module: str) -> None:
    lines = (PACKAGE / module).read_text(encoding="utf-8").splitlines()

    assert len(lines) <= LONGEST_MODULE, "part it by what it is about, and name it in the guide"


@pytest.mark.parametrize("module", RECORDS)
def test_records_hold_no_function(module: str) -> None:
    assert list(_functions(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_a_function_can_be_seen_at_one_glance(module: str) -> None:
    lengths = {each.name: _length([each]) for each in _functions(module)}

    too_long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}

    assert too_long == {}, f"a function has {LONGEST_FUNCTION} lines at most"


def test_a_command_asks_the_library_calls_a_view_and_returns_the_page() -> None:
    bodies = {
        each.name: _length(each.body[1:])
        for module in MODULES
        if module.startswith("cli/")
        for each in _functions(module)
        if any(ast.unparse(decorator).startswith("command(") for decorator in each.decorator_list)
    }

    assert len(bodies) > 8
    assert {name: length for name, length in bodies.items() if length > LONGEST_COMMAND} == {}


@pytest.mark.parametrize(
    "module", [each for each in MODULES if _package_of(each) not in ("render", "cli", "__main__")]
)
def test_only_cli_and_render_touch_the_outside(module: str) -> None:
    source = (PACKAGE / module).read_text(encoding="utf-8")

    assert re.findall(r"\bprint\(|\bConsole\(|\bsys\.|\bos\.environ\b", source) == []


@pytest.mark.parametrize("module", [each for each in MODULES if _package_of(each) in PURE])
def test_what_only_computes_knows_no_file(module: str) -> None:
    libraries = {name.split(".")[0] for name in _imported(module)}
    names = {each.id for each in ast.walk(_tree(module)) if isinstance(each, ast.Name)}

    assert not libraries & OUTSIDE, "return what is to be written: `cli` writes it"
    assert "open" not in names


@pytest.mark.parametrize("module", [each for each in MODULES if _package_of(each) == "render"])
def test_a_renderer_is_a_function_of_page_and_options_alone(module: str) -> None:
    source = (PACKAGE / module).read_text(encoding="utf-8")

    assert re.findall(r"(?<!console\.)\bprint\(|\bsys\.|\bos\.environ\b", source) == []


def test_data_is_never_read_as_markup() -> None:
    terminal = (PACKAGE / "render" / "terminal.py").read_text(encoding="utf-8")
    everything = "".join((PACKAGE / module).read_text(encoding="utf-8") for module in MODULES)

    assert "markup=False" in terminal
    assert "from_markup" not in everything
    assert everything.count("Console(") == 1


@pytest.mark.parametrize("module", MODULES)
def test_what_is_public_says_what_it_is(module: str) -> None:
    tree = _tree(module)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    public += [
        method
        for kind in public
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, ast.FunctionDef) and not method.name.startswith("_")
    ]

    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []

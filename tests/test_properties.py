"""What holds for any text, any file, any command line and any screen.

A run takes a few examples of each; `HYPOTHESIS_PROFILE=thorough` takes 10,000.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from therapyinfo.cli import app, authoring  # noqa: F401 - they register their commands
from therapyinfo.cli.main import main
from therapyinfo.cli.registry import COMMANDS
from therapyinfo.errors import DataError, Problem
from therapyinfo.layers import load
from therapyinfo.library import Library
from therapyinfo.page import Page
from therapyinfo.records import Knowledge
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions, escape_controls, sanitize
from therapyinfo.store.artifact import TherapyEntry
from therapyinfo.text import CITATION
from therapyinfo.views import numbers, reference
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain
from therapyinfo.views.products import products
from therapyinfo.views.walkthrough import walkthrough

from . import knowledge
from .measure import ESCAPES, controls, fold, lost, squeeze, too_wide
from .pages import every_page
from .small import SMALL
from .warm import warm_cache  # noqa: F401 - a fixture

settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
WITH_FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

BITS = [
    "[red]", "[/]", "[/nope]", "<b>", "</script>", "&amp;", ":pill:", "\x1b[31m", "\x9b", "\u202e",
    "\u2066", "\x00", "\r", "\t", "\n", "\u2028", "\ud800", "https://example.org", "|", "`", "**",
    "# ", "- ", "[@", "[x](y)", "word", "細胞", "e\u0301", "💉", "“", "⁶", "≥", "…", "{{", "%s", "\\",
]  # fmt: skip
ANY_TEXT = st.text(st.characters()) | st.lists(st.sampled_from(BITS)).map("".join)
LOOKS = st.builds(
    RenderOptions,
    width=st.integers(20, 250),
    color=st.booleans(),
    show_next=st.booleans(),
    encoding=st.sampled_from(["utf-8", "ascii", "cp1252"]),
)


def _check_screens(page: Page, options: RenderOptions) -> None:
    """Hold the rules of a page on a screen: whole, in bounds, inert, fit for its encoding."""
    for format in ("terminal", "plain"):
        text = render(page, format, options)
        bare = ESCAPES.sub("", text)

        bare.encode(options.encoding)
        assert controls(bare) == []
        assert too_wide(bare, options.width) == []
        assert lost(sanitize(page, options), bare) == []


# any text


@given(ANY_TEXT.map(str.strip).filter(bool), LOOKS)
def test_any_text_in_any_place_is_shown_whole_and_does_nothing(
    text: str, options: RenderOptions
) -> None:
    _check_screens(every_page(text), options)


@given(ANY_TEXT, st.sampled_from(["markdown", "html"]))
def test_any_text_is_inert_in_a_document(text: str, format: str) -> None:
    page = every_page(text)
    document = render(page, format, RenderOptions())  # type: ignore[arg-type]

    document.encode("utf-8")
    assert controls(document) == []
    if format == "html":
        assert "<b>" not in document
        assert document.count("</script>") == 0


@given(ANY_TEXT)
def test_any_text_comes_back_from_json_as_it_was(text: str) -> None:
    written = render(every_page(text), "json", RenderOptions())

    assert json.loads(written)["text"] == text
    assert written.isascii()


CLOSED = {
    "region",
    "category",
    "seriousness",
    "standing",
    "kind",
    "status",
    "related",
    "hard_words",
    "sources",
}
DATES = {"date", "as_of", "withdrawn", "checked"}


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every text in plain data that an author may fill freely."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in CLOSED | DATES:
                yield from _places(each, (*path, key))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _places(each, (*path, number))


WHOLE: dict[str, Any] = msgspec.to_builtins(knowledge.layered(SMALL).knowledge)
PLACES = [("therapies", *path) for path in _places(WHOLE["therapies"])]
FREE_TEXT = (
    ANY_TEXT.map(str.strip)
    .filter(bool)
    .filter(lambda text: escape_controls(text) == text and not CITATION.search(text))
)


def _with_text(place: tuple[Any, ...], text: str) -> Library:
    changed: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(WHOLE))
    inner: Any = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = text
    read = msgspec.convert(changed, Knowledge)
    return knowledge.of_layered(structs.replace(knowledge.layered(SMALL), knowledge=read))


def _all_pages(library: Library) -> list[Page]:
    entry, other = library.entry("car-t"), library.entry("msc")
    return [
        explain(library, entry, full=True),
        explain(library, other, full=True),
        walkthrough(library, entry),
        numbers.numbers(library, entry),
        products(library, [entry]),
        compare(library, [entry, other], []),
        reference.sources(library, entry),
    ]


@given(st.sampled_from(PLACES), FREE_TEXT, LOOKS)
def test_any_text_in_any_field_survives_to_its_page(
    place: tuple[Any, ...], text: str, options: RenderOptions
) -> None:
    pages = _all_pages(_with_text(place, text))
    plain = "".join(
        squeeze(fold(render(page, "plain", RenderOptions(width=1000)))) for page in pages
    )
    data = json.dumps([page.data() for page in pages])

    assert squeeze(fold(text)).strip(".") in plain or {"summary", "aliases"} & set(place)
    assert json.dumps(text)[1:-1] in data
    for page in pages:
        _check_screens(page, options)


# any file


def _errors(content: bytes) -> tuple[Problem, ...]:
    """Return the errors that reading a file ends with; none if it was read."""
    try:
        load(Path("any.yaml"), Path("builtin.yaml"), lambda _: content)
    except DataError as err:
        return err.problems or (Problem("", 0, 0, "error", "", "", ""),)
    return ()


def _check_places(content: bytes) -> None:
    problems = _errors(content)
    lines = len(re.split(rb"\n|\r|\xc2\x85|\xe2\x80[\xa8\xa9]", content)) + 1

    assert list(problems) == sorted(problems)
    assert all(1 <= problem.line <= lines for problem in problems)
    assert all(problem.column >= 1 and problem.message for problem in problems)


@given(st.binary() | ANY_TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_told_with_their_places(content: bytes) -> None:
    _check_places(content)


YAML_BITS = [
    ": ", "- ", "\n", "  ", "\t", "&a ", "*a", "!!python/object:os.system ", "<<: ", "{", "}", "[",
    "]", "'", '"', "|\n", ">-\n", "#", "---\n", "...\n", "? ", "%YAML 1.1\n", "~", "null", "therapies:",
    "extends: builtin\n", "sources: [a, a]", "\x00", "\u202e", "name: x\n", "\ufeff",
]  # fmt: skip


@example(start=0, length=0, text="? ")
@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 60),
    st.lists(st.sampled_from(YAML_BITS)).map("".join) | ANY_TEXT,
)
def test_a_file_changed_anywhere_is_read_or_told_with_its_places(
    start: int, length: int, text: str
) -> None:
    changed = f"{SMALL[:start]}{text}{SMALL[start + length :]}"

    _check_places(changed.encode("utf-8", "surrogatepass"))


# any command line, any screen


def _run(arguments: list[str], stdin: str = "") -> tuple[int, str, str]:
    """Run the tool in an empty folder with streams of its own."""
    out, err = StringIO(), StringIO()
    source = TextIOWrapper(BytesIO(stdin.encode("utf-8", "surrogatepass")), encoding="utf-8")
    with (
        TemporaryDirectory() as folder,
        chdir(folder),
        patch.object(sys, "stdin", source),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as stop,
    ):
        main(arguments)
    code = stop.value.code
    assert isinstance(code, int)
    return code, out.getvalue(), err.getvalue()


WORDS = [
    *COMMANDS, "help", "car-t", "msc", "CAR T", "cart", "car-tt", "nk-nkt", "leukapheresis", "-h",
    "--help", "--version", "--brief", "--full", "--section", "risks", "help", "--step", "2", "-i",
    "--on", "main-harms", "--region", "us", "-f", "json", "plain", "terminal", "markdown", "html",
    "csv", "-fjson", "--format=json", "-o", "page.txt", "-", "--data", "missing.yaml", "--width",
    "20", "80", "0", "--color", "always", "never", "--no-pager", "--strict", "--", "", "driving",
]  # fmt: skip
FREE_WORD = st.text(
    st.characters(exclude_characters="/~\\", exclude_categories=["Cs"]), max_size=30
)
ARGUMENTS = st.lists(st.sampled_from(WORDS) | FREE_WORD, max_size=8) | st.builds(
    lambda command, rest: [command, *rest],
    st.sampled_from(sorted(COMMANDS)),
    st.lists(st.sampled_from(WORDS), max_size=6),
)


@pytest.mark.usefixtures("warm_cache")
@WITH_FIXTURES
@given(ARGUMENTS, ANY_TEXT)
def test_any_command_line_is_answered_or_told_what_is_wrong(
    arguments: list[str], stdin: str
) -> None:
    code, out, err = _run(arguments, stdin)

    assert code in (0, 1, 2, 3)
    assert "internal error" not in err
    assert "Traceback" not in err
    assert code == 0 or err or out
    assert controls(ESCAPES.sub("", out).replace("\t", "")) == []
    assert controls(err) == []


PRINTABLE = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)
VALUES = (
    st.sampled_from(["", "0", "1", "20", "57", "300", "C", "dumb", "xterm", "false"]) | PRINTABLE
)
ENVIRONMENTS = st.dictionaries(
    st.sampled_from(
        "NO_COLOR FORCE_COLOR COLUMNS TERM LC_ALL LANG ACCESSIBLE PAGER LESS PYTHONIOENCODING".split()
    ),
    VALUES,
)


@pytest.mark.usefixtures("warm_cache")
@WITH_FIXTURES
@given(ENVIRONMENTS, st.sampled_from(["", "explain prp --brief", "compare car-t msc --on goal"]))
def test_any_environment_keeps_the_width_and_the_peace(
    environment: dict[str, str], line: str
) -> None:
    with patch.dict(os.environ, environment):
        code, out, err = _run(line.split())
    columns = environment.get("COLUMNS", "")
    width = max(int(columns), 20) if columns.isdigit() and int(columns) else 80
    bare = ESCAPES.sub("", out)

    assert (code, err) == (0, "")
    assert controls(bare) == []
    assert too_wide(bare, width) == []
    assert "\x1b" not in out or environment.get("FORCE_COLOR")


def _screen_pages(entry: TherapyEntry) -> list[Page]:
    library = knowledge.builtin()
    other = library.entry("msc" if entry.id != "msc" else "car-t")
    return [
        explain(library, entry, brief=True),
        explain(library, entry),
        walkthrough(library, entry),
        compare(library, [entry, other], library.comparison[:4]),
        numbers.numbers(library, entry),
    ]


@given(st.sampled_from(["car-t", "msc", "hsct", "prp"]), st.integers(0, 4), LOOKS)
def test_any_screen_shows_a_whole_page(id: str, number: int, options: RenderOptions) -> None:
    _check_screens(_screen_pages(knowledge.builtin().entry(id))[number], options)

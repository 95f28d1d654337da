"""Four times the text takes four times the work, however the text is made.

Work is counted, in steps of a matcher or in letters looked at; time is never measured.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

import therapyinfo
from therapyinfo import text as text_module
from therapyinfo.check import check, rules_style
from therapyinfo.convert import nearest
from therapyinfo.search import document
from therapyinfo.yaml_reader import nodes

from .checking import PATH, SOUND, changed, report
from .regex_steps import Matcher

TOTAL = "total_time: About 2 months [@label-2024]."
MOST_GROWTH = 5.0
"""Four times, and what does not grow evenly."""

READERS = "errors wording yamlfile reading layers linting search".split()


def _patterns() -> dict[str, re.Pattern[str]]:
    """Return every expression that a module which reads knowledge keeps."""
    found = {}
    for each in pkgutil.walk_packages(therapyinfo.__path__, "therapyinfo."):
        if each.name.split(".")[1] in READERS:
            for name, value in vars(importlib.import_module(each.name)).items():
                if isinstance(value, re.Pattern):
                    found[f"{each.name}.{name}"] = value
    return found


PATTERNS = _patterns()
REPEATED = [
    " ", "a", "A", "1", "1,", "1.", ",", "1,,", ".", "-", "1-", "1 - ", "1 to ", "[", "]", "[@", "[@a", "[@a]",
    "e.g. ", "e.g.", "No.", "times ", "a times ", "a-", "A-", "a fold ", "per ", "$", "\n", "\n ", " &b", " *b",
    "!a ", "!", ": ", "- ", '"', "'", "\x02", "\x02a\x03", "\r", "\u2028", "Aa", "AAa-A", "12 in ", "12 of every ",
    "    a: b\n        c\n",
]  # fmt: skip
"""What a long text is made of; each is tried with an end that makes the last look fail."""


@pytest.mark.parametrize("name", PATTERNS)
def test_an_expression_takes_steps_in_proportion_to_the_text(name: str) -> None:
    matcher = Matcher(PATTERNS[name])
    found = {
        (part, end): matcher.count(f"x {part * 120}{end}") / matcher.count(f"x {part * 30}{end}")
        for part in REPEATED
        for end in ("", "\x00")
    }

    assert {each: growth for each, growth in found.items() if growth > MOST_GROWTH} == {}


@pytest.mark.parametrize("pattern", [r"\s*\[(@[^\[\]]*)\]", r"\d[\d.,]*\s?%", r"\d+ in \d"])
def test_the_matcher_tells_an_expression_that_takes_the_square(pattern: str) -> None:
    matcher = Matcher(re.compile(pattern))

    steps = {
        part: matcher.count(part * 400) / matcher.count(part * 100) for part in (" ", "1", "1,")
    }

    assert max(steps.values()) > 10


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("text", [SOUND, "12 in 100, -1,5 % [@a; @b] [c e.g. No. A-T CAR-T 1-2 x"])
def test_the_matcher_finds_what_python_finds(name: str, text: str) -> None:
    pattern = PATTERNS[name]
    matcher = Matcher(pattern)
    places = [0]
    while places[-1] < len(text):
        found = pattern.search(text, places[-1])
        if found is None:
            break
        assert matcher._first(matcher.items, text, found.start()) == found.end()
        places.append(max(found.end(), found.start() + 1))


class _Letters:
    """Counts the letters that expressions and the methods of a text look at."""

    def __init__(self) -> None:
        self.seen = 0

    def pattern(self, pattern: re.Pattern[str]) -> Any:
        def counted(method: str) -> Callable[..., Any]:
            def call(text: str, start: int = 0, end: int = 10**9) -> Any:
                found = getattr(pattern, method)(text, start, end)
                last = found.end() if isinstance(found, re.Match) else min(len(text), end)
                # A match that fails looks at no more than what the other test counts in steps.
                self.seen += 1 if method == "match" and not found else last - start
                return found

            return call

        def sub(replacement: Any, text: str) -> str:
            self.seen += len(text)
            return pattern.sub(replacement, text)

        names = ("search", "match", "fullmatch", "finditer", "findall")
        return SimpleNamespace(sub=sub, **{name: counted(name) for name in names})


class _Text(str):
    """A text whose methods tell how many letters they look at."""

    __slots__ = ()
    letters = _Letters()

    def count(self, part: str, start: int = 0, end: int = 10**9) -> int:  # type: ignore[override]
        self.letters.seen += min(end, len(self)) - start
        return super().count(part, start, end)

    def rfind(self, part: str, start: int = 0, end: int = 10**9) -> int:  # type: ignore[override]
        found = super().rfind(part, start, end)
        self.letters.seen += min(end, len(self)) - max(found, start)
        return found


def _letters(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    """Return how many letters `check` looks at beside what the YAML parser does."""
    letters = _Letters()
    with monkeypatch.context() as patch:
        for module in (text_module, rules_style):
            for name, value in list(vars(module).items()):
                if isinstance(value, re.Pattern):
                    patch.setattr(module, name, letters.pattern(value))

        def compiled(pattern: str) -> Any:
            return letters.pattern(re.compile(pattern))

        patch.setattr(nodes, "re", SimpleNamespace(compile=compiled, escape=re.escape))
        patch.setattr(_Text, "letters", letters)
        real = yaml.parse  # takes no text but a plain one
        patch.setattr(yaml, "parse", lambda text, **options: real(str(text), **options))
        check(PATH, Path("base.yaml"), None, lambda _: _Content(text.encode()))
    return letters.seen


class _Content(bytes):
    """Bytes of a file whose text counts."""

    def decode(self, *_: Any) -> str:
        return _Text(super().decode())


TEXTS: dict[str, Callable[[int], str]] = {
    "e.g.": lambda count: "e.g. " * count,
    "decimals of one kind": lambda count: "1.5 " * count,
    "decimals, each another": lambda count: " ".join(f"{each}.5" for each in range(100, 100 + count)),
    "percentages, each another": lambda count: " ".join(f"{each} %" for each in range(100, 100 + count)),
    "abbreviations, each another": lambda count: " ".join(f"AB-{'A' * 9}{'BC' * (each % 9)}" for each in range(count)),
    "brackets": lambda count: "[a] " * count,
    "citations of nothing": lambda count: " ".join(f"[@n{each}]" for each in range(100, 100 + count)),
    "money": lambda count: "$ 1.5 " * count,
    "marks of anchors": lambda count: "a &b *c " * count,
    "spaces": lambda count: f"a{' ' * count}b",
    "long sentences": lambda count: f"{'Some word ' * 20}. " * count,
    "lines": lambda count: "\n      ".join(f"{each} %" for each in range(100, 100 + count)),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_check_looks_at_letters_in_proportion_to_the_text(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, longer = (
        changed(TOTAL, f"total_time: >-\n      A. {TEXTS[name](count)} [@label-2024].")
        for count in (200, 800)
    )

    growth = _letters(monkeypatch, longer) / _letters(monkeypatch, long)

    assert growth < MOST_GROWTH


def test_the_nearest_names_are_looked_for_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, int]] = []

    def near(name: str, names: list[str], most: int) -> list[str]:
        asked.append((name, len(names)))
        return names[:most]

    monkeypatch.setattr(nearest, "close_matches", near)
    nearest_name = nearest.Nearest()
    known = [f"source-{each}" for each in range(3000)]

    found = [nearest_name(f"source-x{each}", known) for each in range(100)]

    assert len(asked) == nearest.MOST_LOOKED_FOR
    assert max(count for _, count in asked) <= nearest.MANY_NAMES
    assert [bool(each) for each in found] == [True] * 20 + [False] * 80


@pytest.mark.parametrize("character", ["\r", "\x85", "\u2028", "\u2029"])
def test_line_ends_of_a_kind_are_told_once_with_how_many(character: str) -> None:
    text = SOUND.replace("Nobody pays for it", f"Nobody{character}pays{character}for{character}it")

    (found,) = report(text).problems

    assert (found.rule, found.line) == ("control-character", 7)
    assert found.message.endswith("here and in 2 more places")


def test_a_very_long_text_is_searched_in_parts_that_lose_no_word() -> None:
    whole = document.Document(
        therapy="a", name="A", section="how", heading="How", title="", command=("x",),
        text=" ".join(f"word{number}" for number in range(5000)),
    )  # fmt: skip

    parts = [each.text for each in document.parted(whole)]

    assert " ".join(parts) == whole.text
    assert max(map(len, parts)) <= document.MOST_LETTERS

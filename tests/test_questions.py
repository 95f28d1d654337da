"""Every question in `docs/questions.md` is answered by its command, from the built-in knowledge."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from . import knowledge
from .conftest import Run

PAGE = Path(__file__).parents[1] / "docs" / "questions.md"
HEADER = ["question", "command", "words the answer must contain"]
TOPICS = [
    "What it is",
    "Who it is for",
    "How it goes",
    "What can go wrong",
    "Life after",
    "Cost and access",
    "Comparing",
    "Offers without approval",
    "Numbers",
    "Products and approvals",
]
CITATION = re.compile(r" \[\d+(?:, \d+)*\]")
CLAIMLESS = re.compile("^define |--section questions$")
"""Commands whose answer makes no claim, and so needs no source."""
SPAN = 1200
"""How many characters of a page the words of one answer may span."""


class Row(NamedTuple):
    topic: str
    question: str
    command: str
    words: tuple[str, ...]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _rows() -> tuple[Row, ...]:
    topic, rows = "", []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            topic = line.removeprefix("## ")
        elif line.startswith("| ") and _cells(line) != HEADER:
            question, command, words = _cells(line)
            rows.append(Row(topic, question, command.strip("`"), tuple(words.split(" ; "))))
    return tuple(rows)


ROWS = _rows()


def _places(word: str, text: str) -> list[int]:
    """Return where `word` stands in `text` as a whole, in any case."""
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    return [found.start() for found in re.finditer(pattern, text, re.IGNORECASE)]


def _span(words: Sequence[str], text: str) -> int | None:
    """Return over how many characters all `words` stand at their closest; None if one is missing."""
    places = sorted((place, word) for word in words for place in _places(word, text))
    last: dict[str, int] = {}
    spans = []
    for place, word in places:
        last[word] = place
        if len(last) == len(words):
            spans.append(place - min(last.values()))
    return min(spans, default=None)


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache for the whole module, so that the knowledge is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[int, str, str]]:
    """Return what each command has answered, so that equal commands run once."""
    return {}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.question)
def test_a_question_is_answered_by_its_command(
    row: Row,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
    cache_folder: Path,
    answers: dict[str, tuple[int, str, str]],
) -> None:
    monkeypatch.setenv("THERAPYINFO_CACHE", str(cache_folder))
    if row.command not in answers:
        answers[row.command] = therapyinfo(f"{row.command} -f plain --width 100")
    code, out, err = answers[row.command]
    page, _, sources = " ".join(out.split()).partition(" SOURCES [1] ")
    told = CITATION.sub("", page)
    missing = [word for word in row.words if not _places(word, told)]
    span = _span(row.words, told)

    assert (code, err, missing) == (0, "", [])
    assert span is not None
    assert span <= SPAN, "the words stand too far apart to be one answer"
    assert "https://" in sources or "\nSources: " in out or CLAIMLESS.search(row.command)


def test_the_questions_stand_in_tables_by_topic() -> None:
    questions = [row.question for row in ROWS]

    assert list(dict.fromkeys(row.topic for row in ROWS)) == TOPICS
    assert len(set(questions)) == len(questions)
    assert [row.question for row in ROWS if not 2 <= len(row.words) <= 4] == []


def test_every_therapy_is_asked_about() -> None:
    asked = {word for row in ROWS for word in row.command.split()}

    assert {summary.id for summary in knowledge.builtin().summaries} <= asked

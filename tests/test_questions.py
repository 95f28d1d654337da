"""Every question in `docs/questions.md` is answered by its command, from the built-in knowledge."""

import re
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
AN_ANSWER = 1200
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
        elif line.startswith("|") and _cells(line) != HEADER and not line.startswith("|---"):
            question, command, words = _cells(line)
            rows.append(Row(topic, question, command.strip("`"), tuple(words.split(" ; "))))
    return tuple(rows)


ROWS = _rows()


def _places(word: str, text: str) -> list[int]:
    """Return where `word` stands in `text` as whole words, in any case."""
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    return [found.start() for found in re.finditer(pattern, text, re.IGNORECASE)]


def _closest(words: tuple[str, ...], text: str) -> int | None:
    """Return how many characters the nearest places of all `words` span; None if one is missing."""
    places = sorted((place, index) for index, word in enumerate(words) for place in _places(word, text))
    last: dict[int, int] = {}
    spans = []
    for place, index in places:
        last[index] = place
        if len(last) == len(words):
            spans.append(place - min(last.values()))
    return min(spans, default=None)


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    """What each command printed, so that equal commands run once."""
    return {}


@pytest.fixture
def answer(
    therapyinfo: Run,
    clean_environment: None,
    monkeypatch: pytest.MonkeyPatch,
    cache_folder: Path,
    printed: dict[str, str],
) -> Run:
    """Run a command with the module's cache, or give what it printed before."""
    monkeypatch.setenv("THERAPYINFO_CACHE", str(cache_folder))

    def run(command: str | object) -> tuple[int, str, str]:
        line = str(command)
        if line not in printed:
            code, out, err = therapyinfo(f"{line} -f plain --width 100")
            if code:
                return code, out, err
            printed[line] = " ".join(out.split())
        return 0, printed[line], ""

    return run


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.question)
def test_a_question_is_answered_by_its_command(row: Row, answer: Run) -> None:
    code, out, err = answer(row.command)
    told, _, sources = out.partition(" SOURCES [1]")
    missing = [word for word in row.words if not _places(word, told)]
    span = _closest(row.words, told)

    assert (code, err, missing) == (0, "", [])
    assert span is not None
    assert span <= AN_ANSWER, "the words stand too far apart to be one answer"
    assert "https://" in sources or row.command.startswith("define ")


def test_the_questions_stand_in_tables_by_topic() -> None:
    assert list(dict.fromkeys(row.topic for row in ROWS)) == TOPICS
    assert len({row.question for row in ROWS}) == len(ROWS)
    assert [row.question for row in ROWS if not 1 <= len(row.words) <= 4] == []


def test_every_therapy_is_asked_about() -> None:
    asked = {word for row in ROWS for word in row.command.split()}

    assert {summary.id for summary in knowledge.builtin().summaries} <= asked

"""Print how often `search` puts the answer to a question first, and among the first three.

Usage: python benchmarks/search.py

The questions of docs/questions.md and of typed_questions.yaml are those that the ranking was tuned
on. Those of held_out_questions.yaml were written with some of them, and their totals alone told
whether a rule helps; nobody tuned it on those of unseen_questions.yaml. Of both only the totals are
printed. A hit answers where its whole text holds all needed words. Each question is asked as a
person types it, word for word, and once more in quotes with its question mark.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from yaml import safe_load

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.test_questions import ROWS
from therapyinfo.errors import NothingFound
from therapyinfo.library import Library
from therapyinfo.text import normalize_name
from therapyinfo.views.search import search_page

FILES = {
    "tuned on, typed": "typed_questions.yaml",
    "held out": "held_out_questions.yaml",
    "unseen": "unseen_questions.yaml",
}
FIRST = 3


class Question(NamedTuple):
    """What is asked, and the words that only a right answer holds."""

    text: str
    words: Sequence[str]


def main() -> None:
    """Print the table of all sets."""
    sets = {"tuned on": [Question(row.question, row.words) for row in ROWS]}
    for label, name in FILES.items():
        rows = safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
        sets[label] = [Question(row["question"], row["words"]) for row in rows]
    print("| questions | asked | answer first | in three | named therapy first |")
    print("|---|---|---|---|---|")
    with TemporaryDirectory() as cache:  # which keeps the index from question to question
        library = Library.open(cache=Path(cache))
        for label, questions in sets.items():
            for way, typed in (("words", _as_words), ("in quotes", _in_quotes)):
                told = _measured(library, questions, typed)
                print(f"| {len(questions)} {label} | {way} | {told} |")


def _as_words(question: str) -> str:
    return re.sub("[?\"',]", "", question)


def _in_quotes(question: str) -> str:
    return '"{}"'.format(question.replace('"', ""))


def _measured(library: Library, questions: Sequence[Question], typed: Callable[[str], str]) -> str:
    first = in_three = named = right = 0
    for question in questions:
        hits = _hits(library, typed(question.text))
        answers = [_holds(hit, question.words) for hit in hits[:FIRST]]
        first += answers[:1] == [True]
        in_three += any(answers)
        if therapies := _named(library, question.text):
            named += 1
            right += bool(hits) and bool(therapies & _therapies(hits[0]))
    total = len(questions)
    counts = f"{100 * first / total:.1f} | {100 * in_three / total:.1f}"
    return f"{counts} | {100 * right / max(named, 1):.1f} of {named}"


def _hits(library: Library, words: str) -> list[dict[str, Any]]:
    try:
        page = search_page(library, words)
    except NothingFound:
        return []
    hits: list[dict[str, Any]] = page.data()["hits"]
    return hits


def _holds(hit: dict[str, Any], words: Sequence[str]) -> bool:
    text = " ".join(f"{hit['title']} {hit.get('text', hit['snippet'])}".split())
    return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


def _therapies(hit: dict[str, Any]) -> set[str]:
    """Return the therapies that a hit is of: a comparison is of both."""
    return {hit["therapy"], *hit["command"].split()}


def _named(library: Library, question: str) -> set[str]:
    """Return the therapies that a question names, by any name of theirs or of a product."""
    asked = re.findall(r"[\w-]+", question)
    spans = (asked[start : start + size] for size in (5, 4, 3, 2, 1) for start in range(len(asked)))
    keys = {normalize_name(" ".join(span)) for span in spans}
    names = [(name, each.id) for each in library.summaries for name in (each.name, *each.aliases)]
    names += [
        (name, entry.id)
        for entry in library.entries()
        for product in entry.therapy.products
        for name in (product.brand, product.generic)
        if name
    ]
    found = {(key, id) for name, id in names if (key := normalize_name(name)) in keys}
    return {id for _, id in found}


if __name__ == "__main__":
    main()

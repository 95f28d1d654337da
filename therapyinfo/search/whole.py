"""Whole pages that answer a question about a whole: the steps, the products, the differences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from .document import Document, Part
from .intents import Intent
from .question import Question
from .words import stem, stems

if TYPE_CHECKING:
    from .ranking import Row

PAGES = {"glance": ("glance", "how"), "compare": ("compare", "differences")}
"""The sections that a page holds, where they are several."""

ALL_OF_ONE = ("glance", "products")
"""The pages that answer only where nothing else of one therapy is asked."""

SHORT = ("risks", "uses", "products", "process", "help")
"""The sections that a therapy's name and a wish for them ask for as a whole."""

LEAST_SAME = 2
"""So many hits that tell one fact of different therapies are one."""

MOST_COMPARED = 20
"""Of more therapies a fact is no passage that anybody reads."""

ALL = "All therapies"

GENERAL = frozenset(
    map(
        stem,
        "product brand drug medicine list available licensed approved side effects harm risks"
        " danger dangerous safe complications chances percentage percent die died dying deaths"
        " kill step process procedure treat treatment treated happen done".split(),
    )
)
"""Words that ask for a page as it begins, and for none of its passages."""

COMMANDS = {
    "process": ("walkthrough",),
    "products": ("products",),
}


def whole_pages(
    question: Question,
    ranked: "Sequence[Row]",
    rows: "Iterable[Row]",
    document: Callable[[int], Document],
) -> Iterator[Document]:
    """Yield the page that a question asks for as a whole, if it does."""
    compared = list(dict.fromkeys((*question.therapies, *question.hinted)))[:4]
    wholes = _wholes(question, len(compared))
    if "compare" in wholes and len(compared) > 1:
        facts = [document(r.row) for r in rows if r.therapy in compared and r.section == "compare"]
        apart = [r.row for r in rows if r.therapy in compared and r.section == "differences"]
        if facts:
            yield _comparison(compared, facts, list(map(document, apart)))
        return
    section = next((each for each in wholes if each != "compare"), "")
    therapy = next(iter(question.therapies), ranked[0].therapy)
    is_told = bool(question.therapies) and not question.rest
    is_answered = section == "glance" and ranked[0].section == section
    if section in ALL_OF_ONE and not (is_told or is_answered):
        return
    if section == "glance" and question.names_part:
        return
    held = held_by(section)
    parts = [r for r in rows if r.therapy == therapy and r.section in held]
    if therapy and parts:
        documents = [document(each.row) for each in parts]
        places = {each.row: place for place, each in enumerate(parts) if each.section == section}
        best = [places[each.row] for each in ranked if each.row in places]
        yield _page(documents, _begins(question, section, documents, best))


def _begins(
    question: Question, section: str, passages: Sequence[Document], best: Sequence[int]
) -> int:
    """Return which passage a page begins with: what more is asked, or what names the product."""
    groups = [group for group in question.groups if group[0] not in GENERAL]
    words = {word for group in groups for phrase in group for word in phrase.split()}
    if section == "products" and words:
        return best[0]
    if not question.names_part:
        return best[0] if question.unnamed - GENERAL else 0
    if section == "risks":
        told = [place for place in best if words & set(stems(passages[place].title))]
    else:
        told = [place for place, each in enumerate(passages) if words & set(stems(each.text))]
    return next(iter(told), 0)


def _wholes(question: Question, compared: int) -> list[str]:
    """Return the sections that a question wants as a whole, in the order in which they count."""
    if question.is_name and question.therapies and not question.groups:
        return ["glance"]
    wholes = [each.whole for each in question.intents if _is_wanted(each, question, compared)]
    if question.therapies and not question.rest and not wholes:
        wanted = [pair for each in question.intents for pair in each.sections.items()]
        most = max(wanted, key=lambda pair: pair[1], default=("", 0.0))
        return [most[0]] if most[0] in SHORT else []
    return wholes


def held_by(section: str) -> Sequence[str]:
    """Return the sections that the page of a section as a whole holds."""
    return PAGES.get(section, (section,))


def _is_wanted(intent: Intent, question: Question, compared: int) -> bool:
    """Return whether a whole page is what a question wants most."""
    if not intent.whole:
        return False
    if not intent.sections:
        return compared > 1
    others = [each for each in question.intents if each is not intent and not each.whole]
    wanted = [weight for each in others for weight in each.sections.items()]
    most = max((weight for section, weight in wanted if section != intent.whole), default=0.0)
    return intent.whole == "compare" or intent.sections.get(intent.whole, 0.0) >= most


def _page(parts: Sequence[Document], best: int) -> Document:
    """Return a page, the best of its passages before the others."""
    first = parts[0]
    ordered = [parts[best], *parts[:best], *parts[best + 1 :]]
    told = [f"{each.title}: {each.text}" if each.title else each.text for each in ordered]
    command = (
        (*COMMANDS[first.section], first.therapy or "")
        if first.section in COMMANDS
        else first.command
    )
    return Document(
        therapy=first.therapy,
        name=first.name,
        section=first.section,
        heading=first.heading,
        title=first.title if first.section == "glance" else "",
        text=" ".join(told),
        command=command,
        parts=tuple(
            part
            for each in ordered
            for part in _under_title(each, each.title if each.title != each.name else "")
        ),
        whole=tuple(dict.fromkeys(each.title for each in parts if each.title)),
    )


def _comparison(
    therapies: Sequence[str], facts: Sequence[Document], apart: Sequence[Document]
) -> Document:
    told = []
    labels = list(dict.fromkeys(each.title for each in facts))
    for label in labels:
        cells = (f"{each.name}: {each.text}" for each in facts if each.title == label)
        told.append(f"{label}: {' '.join(cells)}")
    of_both = {each.name for each in facts}
    apart = [each for each in apart if each.title in of_both]
    told += [f"{each.name}, {each.title}: {each.text}" for each in apart]
    names = list(dict.fromkeys(each.name for each in facts))
    parts = [_under_title(each, f"{each.title}, {each.name}") for each in (*facts, *apart)]
    first = facts[0]
    return Document(
        therapy=therapies[0],
        name=" and ".join(names),
        section="compare",
        heading=first.heading,
        title="",
        text=" ".join(told),
        command=("compare", *therapies),
        parts=tuple(part for each in parts for part in each),
        whole=tuple(labels),
    )


def one_fact(
    question: Question,
    shown: "Sequence[Row]",
    rows: "Iterable[Row]",
    document: Callable[[int], Document],
) -> tuple[Document | None, Sequence[int]]:
    """Return a fact that several hits tell, of all therapies, and the rows of those hits.

    A question that names no therapy asks which of them it is.
    """
    facts = [] if question.therapies or question.hinted else _compared(shown)
    same = [each for each in facts if each.title == facts[0].title]
    every = [each for each in _compared(rows) if same and each.title == same[0].title]
    if not LEAST_SAME <= len(same) <= len(every) <= MOST_COMPARED:
        return None, ()
    of_each = [document(each.row) for each in every]
    first = document(same[0].row)
    told = Document(
        therapy=first.therapy,
        name=ALL,
        section=first.section,
        heading=first.heading,
        title=first.title,
        text=" ".join(f"{each.name}: {each.text}" for each in of_each),
        command=("compare", *(each.therapy or "" for each in of_each), *first.command[-2:]),
        parts=tuple(part for each in of_each for part in _under_title(each, each.name)),
    )
    return told, [each.row for each in same]


def _compared(rows: "Iterable[Row]") -> "list[Row]":
    return [each for each in rows if each.section == "compare"]


def _under_title(document: Document, title: str) -> Iterator[Part]:
    """Yield the parts of a document, the first under its title."""
    for place, part in enumerate(document.parts):
        label = ": ".join(filter(None, (title, part.label))) if not place else part.label
        yield structs.replace(part, label=label)

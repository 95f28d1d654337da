"""Whole pages that answer a question about a whole: the steps, the products, the differences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from .document import Document, Part
from .intent import Intent
from .question import Question

if TYPE_CHECKING:
    from .ranking import Row

PAGES = {"glance": ("glance", "how"), "compare": ("compare", "differences")}
"""The sections that a page holds, where they are several."""

OTHERS_WANT = 2
"""Where a question wants something else so much, an `or` in it weighs no therapies."""

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
    """Yield the pages that a question asks for as a whole."""
    wholes = [intent.whole for intent in question.intents if _is_wanted(intent, question)]
    if question.is_name and question.therapies and not question.groups:
        wholes = ["glance"]
    if question.therapies and not question.rest and not wholes:
        wholes = [section for intent in question.intents for section in intent.sections][:1]
        wholes = [
            each for each in wholes if each in ("risks", "uses", "products", "process", "help")
        ]
    therapies = list(question.therapies) or [each.therapy for each in ranked[:1] if each.therapy]
    compared = list(dict.fromkeys((*question.therapies, *question.hinted)))[:4]
    if "compare" in wholes and len(compared) > 1:
        yield _comparison(compared, rows, document)
        return
    for section in [each for each in wholes if each != "compare"][:1]:
        if section == "glance" and (not question.therapies or question.rest):
            continue
        for therapy in therapies[:1]:
            parts = [
                document(r.row)
                for r in rows
                if r.therapy == therapy and r.section in held_by(section)
            ]
            if parts:
                yield _page(parts)


def held_by(section: str) -> Sequence[str]:
    """Return the sections that the page of a section as a whole holds."""
    return PAGES.get(section, (section,))


def _is_wanted(intent: Intent, question: Question) -> bool:
    """Return whether a whole page is what a question wants most."""
    if not intent.whole:
        return False
    others = (each for each in question.intents if each is not intent and not each.whole)
    most = max((weight for each in others for weight in each.sections.values()), default=0.0)
    if not intent.sections:
        return len(question.therapies) > 1 or most < OTHERS_WANT
    return intent.whole == "compare" or intent.sections.get(intent.whole, 0.0) >= most


def _page(parts: Sequence[Document]) -> Document:
    first = parts[0]
    told = [f"{each.title}: {each.text}" if each.title else each.text for each in parts]
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
            for each in parts
            for part in _under_title(each, each.title if each.title != each.name else "")
        ),
        whole=tuple(dict.fromkeys(each.title for each in parts if each.title)),
    )


def _comparison(
    therapies: Sequence[str], rows: "Iterable[Row]", document: Callable[[int], Document]
) -> Document:
    facts = [document(r.row) for r in rows if r.therapy in therapies and r.section == "compare"]
    told = []
    labels = list(dict.fromkeys(each.title for each in facts))
    for label in labels:
        cells = (f"{each.name}: {each.text}" for each in facts if each.title == label)
        told.append(f"{label}: {' '.join(cells)}")
    apart = [document(r.row) for r in rows if r.therapy in therapies and r.section == "differences"]
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


def _under_title(document: Document, title: str) -> Iterator[Part]:
    """Yield the parts of a document, the first under its title."""
    for place, part in enumerate(document.parts):
        label = ": ".join(filter(None, (title, part.label))) if not place else part.label
        yield structs.replace(part, label=label)

"""What `search` looks through: each passage that a section prints, and the terms."""

from collections.abc import Iterable, Iterator, Sequence

from ..library import Library, fact_of
from ..records import Term
from ..search import Document, Part
from ..store.artifact import TherapyEntry
from ..text import without_citations
from .citations import Citations, placed_and_dated
from .compare import told_of_pair
from .passages import Passage, as_one, as_sentence, by_illness, joined, passages, together
from .products import product_name
from .section_table import SECTIONS, Section

COMPARED = "Side by side"

ONE_RECORD_EACH = (
    "process",
    "history",
    "contacts",
    "codes",
    "misconceptions",
    "risks",
)
"""The sections whose records stand alone; in others what is said of one topic belongs together."""

TOGETHER = ("considered", "access", "unproven")
"""The sections whose few topics are one answer, such as what it costs and who pays for that."""


def all_documents(library: Library, table: Sequence[Section] = SECTIONS) -> list[Document]:
    """Return the documents of every therapy, then those of the glossary."""
    found = [each for entry in library.entries() for each in _of_entry(library, entry, table)]
    words = next(section for section in SECTIONS if section.id == "words")
    for id, term in library.glossary.items():
        document = Document(
            therapy=None,
            name="",
            section=words.id,
            heading=words.heading,
            title=term.term,
            text=" ".join(without_citations(each) for each in _said(term)),
            parts=tuple(Part(text=each) for each in _said(term)),
            command=("define", id),
            names=(term.term, *term.aliases),
        )
        found.append(document)
    return found


def _said(term: Term) -> Iterator[str]:
    """Yield what a term means and how it is said."""
    yield as_sentence(term.meaning)
    if term.say:
        yield f"Say it: {term.say}."


def _of_entry(
    library: Library, entry: TherapyEntry, table: Sequence[Section]
) -> Iterator[Document]:
    citations = Citations(library)
    for section in table:
        if section.id in ("words", "differences"):  # each term and each pair is one of its own
            continue
        found: Iterable[Passage] = passages(section.full(entry, citations))
        if section.id == "numbers":
            found = by_illness(found)
        if section.id not in ONE_RECORD_EACH:
            found = joined(found)
        if section.id in TOGETHER:
            found = together(found)
        for number, passage in enumerate(found, 1):
            yield Document(
                therapy=entry.id,
                name=entry.therapy.name,
                section=section.id,
                heading=section.heading or "At a glance",
                title=passage.title or _title(entry, section.id, number),
                text=passage.text,
                parts=_parts(library, passage),
                command=_command(entry, section.id, number),
                names=_names(entry, section.id, passage.title),
                opened_by=_opened_by(library, entry) if section.id == "glance" else (),
                synonyms=", ".join(section.synonyms),
            )
    yield from _pairs(library, entry, citations)
    yield from _compared(library, entry)


def _title(entry: TherapyEntry, section: str, number: int) -> str:
    """Return what a passage without a title is about, where that is one thing."""
    if section == "glance":
        return entry.therapy.name
    return "Deaths" if section == "risks" and number == 1 and entry.therapy.deaths else ""


def _command(entry: TherapyEntry, section: str, number: int) -> tuple[str, ...]:
    """Return the words of the command that opens a passage, the one of this number in a section."""
    match section:
        case "glance":
            return ("explain", entry.id)
        case "process":
            number -= entry.therapy.total_time is not None
            return ("walkthrough", entry.id, *(("--step", str(number)) if number else ()))
        case "numbers" | "products":
            return (section, entry.id)
    return ("explain", entry.id, "--section", section)


def _opened_by(library: Library, entry: TherapyEntry) -> tuple[str, ...]:
    """Return every name that opens a therapy: its own, its id, those of products, and codes."""
    known = (each.name for each in library.lookup.known_names() if each.therapy == entry.id)
    return (entry.id, entry.therapy.name, *entry.therapy.aliases, *known)


def _names(entry: TherapyEntry, section: str, title: str) -> tuple[str, ...]:
    """Return every name of what a passage is about, where it is all about one thing."""
    therapy = entry.therapy
    if section == "glance":
        return (therapy.name, *filter(None, (therapy.full_name,)), *therapy.aliases)
    named = (each for each in therapy.products if section == "products")
    product = next((each for each in named if product_name(each) == title), None)
    return tuple(filter(None, (product.brand, product.generic))) if product else ()


def _pairs(library: Library, entry: TherapyEntry, citations: Citations) -> Iterator[Document]:
    """Yield what is told of each therapy that this one is set against, as their comparison does."""
    section = next(each for each in SECTIONS if each.id == "differences")
    for id in entry.differences:
        told = as_one("", passages(told_of_pair(entry, library.entry(id), citations)))
        yield Document(
            therapy=entry.id,
            name=entry.therapy.name,
            section=section.id,
            heading=section.heading,
            title=library.name(id),
            text=told.text,
            parts=_parts(library, told),
            command=("compare", entry.id, id),
            synonyms=", ".join(section.synonyms),
        )


def _compared(library: Library, entry: TherapyEntry) -> Iterator[Document]:
    """Yield the facts that only a comparison shows, with a therapy to compare with."""
    others = [*entry.therapy.related, *library.ids]
    other = next((id for id in others if id != entry.id), None)
    for row in library.comparison:
        text = fact_of(entry.therapy.facts, row)
        if text and other:
            yield Document(
                therapy=entry.id,
                name=entry.therapy.name,
                section="compare",
                heading=COMPARED,
                title=row.label,
                text=as_sentence(without_citations(text)),
                parts=(Part(text=as_sentence(text)),),
                command=("compare", entry.id, other, "--on", row.id),
            )


def _parts(library: Library, passage: Passage) -> tuple[Part, ...]:
    """Return the parts of a passage with where and since when each holds, as its label tells."""
    found: list[Part] = []
    for label, text in passage.parts:
        regions, date = placed_and_dated(library, label or passage.title)
        found.append(Part(label=label, text=text, regions=regions, date=date))
    return tuple(found)

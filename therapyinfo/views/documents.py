"""What `search` looks through: each passage that a section prints, and the terms."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from ..inlines import Strong, Text, to_text, without_cites
from ..library import Library, fact_of
from ..page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Grid,
    Heading,
    IconArray,
    Paragraph,
    StepList,
    Table,
)
from ..records import Term
from ..search import Document
from ..store.artifact import TherapyEntry
from ..text import with_full_stop, without_citations
from .citations import Citations
from .compare import told_of_pair
from .products import product_name
from .section_table import SECTIONS, Section

COMPARED = "Side by side"

ONE_RECORD_EACH = (
    "uses",
    "process",
    "history",
    "contacts",
    "codes",
    "misconceptions",
    "differences",
    "risks",
)
"""The sections whose records stand alone; in others what is said of one topic belongs together."""

TOGETHER = ("considered", "access", "unproven")
"""The sections whose few topics are one answer, such as what it costs and who pays for that."""

LONGEST_TOPIC = 1500
"""As many letters one passage has at most, so that it still is an answer and no page."""


class Passage(Struct, frozen=True):
    """One record as its page prints it: its title, "" for none, and its words."""

    title: str
    text: str
    topic: str | None = None


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
            text=_term_text(term),
            command=("define", id),
            names=(term.term, *term.aliases),
            boost=words.weight,
        )
        found.append(document)
    return found


def _term_text(term: Term) -> str:
    """Return what a term means and how it is said."""
    said = f" Say it: {term.say}." if term.say else ""
    return f"{_sentence(without_citations(term.meaning))}{said}"


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
                command=_command(entry, section.id, number),
                names=_names(entry, section.id, passage.title),
                opened_by=_opened_by(library, entry) if section.id == "glance" else (),
                synonyms=", ".join(section.synonyms),
                boost=section.weight,
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
        blocks = told_of_pair(entry, library.entry(id), citations)
        yield Document(
            therapy=entry.id,
            name=entry.therapy.name,
            section=section.id,
            heading=section.heading,
            title=library.name(id),
            text=" ".join(filter(None, map(_told, passages(blocks)))),
            command=("compare", entry.id, id),
            synonyms=", ".join(section.synonyms),
            boost=section.weight,
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
                text=_sentence(without_citations(text)),
                command=("compare", entry.id, other, "--on", row.id),
            )


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """Yield what blocks say, a record a passage.

    A heading of level 3 names the passages under it; one of level 4 opens a passage that ends at
    the next heading.
    """
    title, deep, texts = "", False, list[str]()
    for block in blocks:
        if isinstance(block, Heading):
            if texts:
                yield Passage(title, " ".join(texts))
            title, deep, texts = block.text, block.level > 3, []
        elif deep:
            texts += [_told(each) for each in _of_block(block)]
        else:
            for each in _of_block(block):
                about = ": ".join(dict.fromkeys(filter(None, (title, each.title))))
                yield Passage(about, each.text, title)
    if texts:
        yield Passage(title, " ".join(texts))


def by_illness(found: Iterable[Passage]) -> Sequence[Passage]:
    """Return results in the order of their illnesses, which their titles begin with."""
    illnesses: dict[str, list[Passage]] = {}
    for each in found:
        illness = each.title.partition(": ")[0]
        illnesses.setdefault(illness, []).append(structs.replace(each, topic=illness))
    return [each for passages in illnesses.values() for each in passages]


def joined(found: Iterable[Passage]) -> Iterator[Passage]:
    """Yield what is said of one topic as one passage: its regions, or its paragraphs."""
    last: Passage | None = None
    for each in found:
        topic = each.topic or ""
        label = each.title.removeprefix(topic).removeprefix(": ")
        text = f"{label}: {each.text}" if label else each.text
        if last and last.topic == topic and len(last.text) + len(text) < LONGEST_TOPIC:
            last = Passage(topic, f"{last.text} {text}", topic)
            continue
        if last:
            yield last
        last = Passage(topic, text, topic)
    if last:
        yield last


def together(found: Iterable[Passage]) -> Sequence[Passage]:
    """Return all topics of a section as one passage, where that is no longer than a topic is."""
    topics = list(found)
    if len(topics) < 2 or sum(len(_told(each)) for each in topics) > LONGEST_TOPIC:
        return topics
    return [Passage(", ".join(each.title for each in topics), " ".join(map(_told, topics)))]


def _told(passage: Passage) -> str:
    label = passage.title.removesuffix(":")
    return f"{label}: {passage.text}" if label else passage.text


def _of_block(block: Block) -> Iterator[Passage]:
    match block:
        case IconArray(counts, text, False):  # the words of a strip of marks are those beside it
            amounts = (
                f"{each.label}: {each.amount or f'{each.in_100} in 100'}." for each in counts
            )
            yield Passage("", " ".join((_words(text), *(each for each in amounts))))
        case Paragraph(text):
            yield _labelled(text)
        case Bullets(items) | Callout(_, items):
            yield from map(_labelled, items)
        case DefinitionList(rows):
            yield from (Passage(label, _words(text)) for label, text in rows if text)
        case StepList(items):
            for step in items:
                details = (_words(text) for _, text in step.details)
                yield Passage(step.title, " ".join([*details, _words(step.time)]).strip())
        case Table(_, (_, *head), rows):
            for first, *cells in rows:
                told = zip(head, cells, strict=True)
                texts = (f"{label}: {_words(cell)}" for label, cell in told if cell)
                yield Passage(to_text(without_cites(first)), " ".join(texts))
        case Grid(rows):
            yield from (Passage("", " ".join(_words(cell) for cell in row if cell)) for row in rows)


def _labelled(text: Text) -> Passage:
    """Return a text as a passage; words that carry weight before the others are its title."""
    match without_cites(text):
        case (Strong(label), *rest) if rest:
            return Passage(label.strip().removesuffix(":"), _words(tuple(rest)))
        case words:
            return Passage("", _words(words))


def _words(text: Text) -> str:
    return _sentence(to_text(without_cites(text)).strip())


def _sentence(text: str) -> str:
    return with_full_stop(text) if text else ""

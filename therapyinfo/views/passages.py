"""Passages: what the blocks of a section say, a record each, its citations in its words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ..inlines import Cite, Inline, Strong, Text, inline_text, to_text, without_cites
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
from ..text import with_full_stop, without_citations

LONGEST_TOPIC = 1500
"""As many letters one passage has at most, so that it still is an answer and no page."""


class Passage(Struct, frozen=True):
    """One record as its page prints it.

    Attributes:
        title: "" for none.
        parts: A label, "" for none, and words with their citations.
        text: What is searched; its words without citations.
    """

    title: str
    parts: tuple[tuple[str, str], ...]
    text: str
    topic: str | None = None


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """Yield what blocks say, a record a passage.

    A heading of level 3 names the passages under it; one of level 4 opens a passage that ends at
    the next heading.
    """
    title, deep, told = "", False, list[Passage]()
    for block in blocks:
        if isinstance(block, Heading):
            if told:
                yield as_one(title, told)
            title, deep, told = block.text, block.level > 3, []
        elif deep:
            told += _of_block(block)
        else:
            for each in _of_block(block):
                about = ": ".join(dict.fromkeys(filter(None, (title, each.title))))
                yield Passage(about, each.parts, each.text, title)
    if told:
        yield as_one(title, told)


def as_one(title: str, told: Iterable[Passage]) -> Passage:
    """Return passages as the parts of one."""
    named = [_under(each.title.removesuffix(":"), each) for each in told]
    parts = tuple(part for each in named for part in each.parts)
    return Passage(title, parts, " ".join(each.text for each in named))


def _under(label: str, passage: Passage, topic: str | None = None) -> Passage:
    """Return a passage whose title has become the label of what it says first."""
    if not label:
        return Passage(topic or "", passage.parts, passage.text, topic)
    (_, text), *rest = passage.parts
    parts = ((label, text), *rest)
    return Passage(topic or "", parts, f"{label}: {passage.text}", topic)


def joined(found: Iterable[Passage]) -> Iterator[Passage]:
    """Yield what is said of one topic as one passage: its regions, or its paragraphs."""
    last: Passage | None = None
    for passage in found:
        topic = passage.topic or ""
        label = passage.title.removeprefix(topic).removeprefix(": ")
        each = _under(label, passage, topic)
        if last and last.topic == topic and len(last.text) + len(each.text) < LONGEST_TOPIC:
            text = f"{last.text} {each.text}"
            last = Passage(topic, last.parts + each.parts, text, topic)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def by_illness(found: Iterable[Passage]) -> Sequence[Passage]:
    """Return results in the order of their illnesses, which their titles begin with."""
    illnesses: dict[str, list[Passage]] = {}
    for each in found:
        illness = each.title.partition(": ")[0]
        illnesses.setdefault(illness, []).append(replace(each, topic=illness))
    return [each for same in illnesses.values() for each in same]


def together(found: Iterable[Passage]) -> Sequence[Passage]:
    """Return all topics of a section as one passage, where that is no longer than a topic is."""
    topics = list(found)
    whole = as_one(", ".join(each.title for each in topics), topics)
    return [whole] if len(topics) > 1 and len(whole.text) <= LONGEST_TOPIC else topics


def _of_block(block: Block) -> Iterator[Passage]:
    match block:
        case IconArray(counts, text, False):  # the words of a strip of marks are those beside it
            amounts = (
                f"{each.label}: {each.amount or f'{each.in_100} in 100'}." for each in counts
            )
            yield _passage("", [("", " ".join((_words(text), *(each for each in amounts))))])
        case Paragraph(text):
            yield _labelled(text)
        case Bullets(items) | Callout(_, items):
            yield from map(_labelled, items)
        case DefinitionList(rows):
            yield from (_passage(label, [("", _words(text))]) for label, text in rows if text)
        case StepList(items):
            for step in items:
                details = [(label, _words(text)) for label, text in step.details]
                time = [("How long", _words(step.time))] if step.time else []
                one = _passage(step.title, [*details, *time])
                is_told = "How long" in dict(details)
                yield replace(one, parts=tuple(details)) if is_told else one
        case Table(_, (_, *head), rows):
            for first, *cells in rows:
                told = zip(head, cells, strict=True)
                texts = [f"{label}: {_words(cell)}" for label, cell in told if cell]
                yield _passage(to_text(without_cites(first)), [("", " ".join(texts))])
        case Grid(rows):
            for row in rows:
                yield _passage("", [("", " ".join(_words(cell) for cell in row if cell))])


def _labelled(text: Text) -> Passage:
    """Return a text as a passage; words that carry weight before the others are its title."""
    match text:
        case (Strong(label), *rest) if without_cites(tuple(rest)):
            return _passage(label.strip().removesuffix(":"), [("", _words(tuple(rest)))])
        case words:
            return _passage("", [("", _words(words))])


def _passage(title: str, parts: Iterable[tuple[str, str]]) -> Passage:
    kept = tuple(parts)
    return Passage(title, kept, " ".join(without_citations(text) for _, text in kept))


def _words(text: Text) -> str:
    """Return the words of a text with its citations as a file has them."""
    said = ""
    for are_cites, parts in groupby(text, lambda part: isinstance(part, Cite)):
        words = [_word(part) for part in parts]
        said += f" [{'; '.join(words)}]" if are_cites else "".join(words)
    return as_sentence(said.strip())


def _word(part: Inline) -> str:
    if isinstance(part, Cite):
        return f"@{part.source}"
    return part if isinstance(part, str) else inline_text(part)


def as_sentence(text: str) -> str:
    """Return a text that ends as a sentence does, whatever it cites; "" for none.

    >>> as_sentence("A leaflet"), as_sentence("It is so. [@a]")
    ('A leaflet.', 'It is so. [@a]')
    """
    words = without_citations(text)
    is_whole = not words or words.endswith(":") or with_full_stop(words) == words
    return text if is_whole else f"{text}."

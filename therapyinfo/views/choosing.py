"""Whether therapies are alternatives to each other, and when people choose between them."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from ..inlines import Strong, Text
from ..page import Block, Bullets, Paragraph
from ..records import Choice, Therapy
from ..store.artifact import TherapyEntry
from ..text import listed, lower_first, upper_first
from .citations import Citations

MAX_ILLNESSES = 3

NO_CHOICE = ("These are not alternatives", "These are hardly alternatives")
"""How the text begins that a knowledge file has of a pair between which nobody chooses."""


def short_name(therapy: Therapy) -> str:
    """Return the letters that a therapy goes by, such as CAR-T or HSCT; else its whole name."""
    name = therapy.name.removesuffix(" therapy")
    letters = name.rpartition(" (")[2].removesuffix(")") if name.endswith(")") else name
    return letters if letters == letters.upper() else therapy.name


def choice_between(one: TherapyEntry, other: TherapyEntry) -> Choice | None:
    """Return what is recorded of choosing between two therapies, on either side."""
    return one.therapy.choosing.get(other.id) or other.therapy.choosing.get(one.id)


def alternatives(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    """Return when people choose between therapies, or that they are for different things."""
    if len(entries) == 2:
        one, other = entries
        told = _of_pair(one, other, citations)
        told = told or _purposes("These are not alternatives:", entries)
        return [Paragraph(told)] if told else []
    pairs = [pair for pair in combinations(entries, 2) if _is_a_choice(*pair)]
    items = tuple(
        (Strong(f"{short_name(one.therapy)} and {short_name(other.therapy)}:"), " ", *told)
        for one, other in pairs
        if (told := _of_pair(one, other, citations))
    )
    chosen = {entry.id for pair in pairs for entry in pair}
    others = [entry for entry in entries if entry.id not in chosen]
    label = "The others are not alternatives:" if items else "These are not alternatives:"
    rest = _purposes(label, others)
    return [*([Bullets(items)] if items else []), *([Paragraph(rest)] if rest else [])]


def _is_a_choice(one: TherapyEntry, other: TherapyEntry) -> bool:
    """Return whether some people may choose between two therapies."""
    if choice := choice_between(one, other):
        return not choice.when.startswith(NO_CHOICE)
    return bool(_shared(one, other))


def _of_pair(one: TherapyEntry, other: TherapyEntry, citations: Citations) -> Text:
    if choice := choice_between(one, other):
        return citations.text(choice.when)
    illnesses = _names(_shared(one, other), citations)
    if not illnesses:
        return ()
    names = f"{_in_sentence(one.therapy)} and {_in_sentence(other.therapy)}"
    return (f"{upper_first(names)} are both used or tried for {illnesses}.",)


def _shared(one: TherapyEntry, other: TherapyEntry) -> list[str]:
    """Return the ids of the illnesses that both have a use for, in the order of the first."""
    theirs = {id for use in other.therapy.uses for id in use.illnesses}
    ours = (id for use in one.therapy.uses for id in use.illnesses)
    return [id for id in dict.fromkeys(ours) if id in theirs]


def _names(illnesses: Iterable[str], citations: Citations) -> str:
    """Return the names of illnesses in words; one that is a kind of another is left out."""
    glossary = citations.library.glossary
    names = [glossary[id].term for id in illnesses if id in glossary]
    kinds = [each for each in names if not any(other != each and other in each for other in names)]
    return listed(kinds[:MAX_ILLNESSES]) if kinds else ""


def _purposes(label: str, entries: Sequence[TherapyEntry]) -> Text:
    """Return what each is for, behind a label; () where that is not known of all."""
    told = [_purpose(entry.therapy) for entry in entries]
    if not (told and all(told)):
        return ()
    # A list of lists needs stronger marks than commas.
    whole = "; ".join(told) if any("," in each for each in told) else listed(told)
    return (f"{label} {whole}.",)


def _purpose(therapy: Therapy) -> str:
    words = therapy.short_facts.used_for if therapy.short_facts else None
    if not words:
        return ""
    name = _in_sentence(therapy)
    verb = "are" if name.endswith("s") else "is"
    purpose = lower_first(words).removesuffix(".")
    return f"{name} {verb} {purpose if purpose.startswith('sold ') else f'for {purpose}'}"


def _in_sentence(therapy: Therapy) -> str:
    """Return the name inside a sentence, without what stands in brackets."""
    return lower_first(therapy.name.split(" (")[0])

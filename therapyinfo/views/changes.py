"""What changed from one knowledge file to another: the page that says whether a sheet holds."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ..inlines import Strong, Text
from ..library import Library
from ..page import Block, DefinitionList, Grid, Heading, Page, Paragraph
from ..text import sentences
from .changed_records import Change, Effect, changed_records, find_therapy
from .citations import format_date, in_brackets, json_data, page_footer
from .figures import IN_100, Figure, differing_figures, figures
from .plain_data import to_plain
from .record_items import DEATHS, GLANCE, SHEET_SECTIONS

__all__ = ["changes", "find_therapy"]

KINDS = ("added", "changed", "withdrawn")
GROUPS: dict[str, tuple[Effect, ...]] = {
    "Figures": ("other-figures",),
    "Fewer": ("fewer-figures",),
    "Reworded": ("more-figures", "sources", "wording"),
    "Added": ("added",),
    "Withdrawn": ("withdrawn",),
}
"""What the page calls the ways in which records changed, in their order."""

KEY = (
    "Figures: others, told below as they were and as they are. Fewer: one is no longer told."
    " Reworded: all its figures and dates still stand."
)
SIGNS = "When to get help"
WHOLE_SECTIONS = (SIGNS, DEATHS)
"""The sections whose texts are told whatever changed in them."""

TEXT_SECTIONS = ("What can go wrong", GLANCE, "Who is it for?", "What it can do", "How it goes")
"""The sections of which both texts are told where figures differ; of others the figures alone."""

ELSEWHERE = "Not on a printed sheet"


def changes(old: Library, new: Library, therapy: str | None = None, *, full: bool = False) -> Page:
    """Tell what changed from one knowledge to another; of one therapy, or of all and the sources.

    therapy: the id of the one. full: whether both texts of every record are told.
    """
    found = changed_records(old, new, therapy)
    return Page(
        title="What changed",
        subtitle=_name(old, new, therapy) if therapy else "",
        blocks=tuple(_blocks(old, new, found, therapy, full=full)),
        footer=page_footer(new),
        data=lambda: json_data(
            new,
            "changes",
            reviewed_before=old.reviewed,
            therapy=therapy,
            counts={kind: sum(each.kind == kind for each in found) for kind in KINDS},
            changes=[to_plain(change) for change in found],
        ),
    )


def _name(old: Library, new: Library, id: str | None) -> str:
    if id is None:
        return "Words and sources"
    return (new if id in new.ids else old).name(id)


def _blocks(
    old: Library, new: Library, found: Sequence[Change], therapy: str | None, *, full: bool
) -> Iterator[Block]:
    counts = ", ".join(f"{sum(each.kind == kind for each in found)} {kind}" for kind in KINDS)
    since = f"from the file checked on {format_date(old.reviewed)}"
    until = f"to the one checked on {format_date(new.reviewed)}"
    yield Paragraph((Strong(f"Records: {counts}"), f" {since} {until}."), "lead")
    if therapy:
        yield from _counts("Section", found, [_heading(each, full=full) for each in found])
        yield from _sections(found, 2, full=full)
        return
    names = [_name(old, new, each.therapy) for each in found]
    yield from _counts("Therapy", found, names)
    for name in dict.fromkeys(names):
        of_it = [each for each, whose in zip(found, names, strict=True) if whose == name]
        told = of_it if full else [each for each in of_it if each.section in WHOLE_SECTIONS]
        if told:
            yield Heading(name)
            yield from _sections(told, 3, full=full)


def _heading(change: Change, *, full: bool) -> str:
    return change.section if full or change.section in SHEET_SECTIONS else ELSEWHERE


def _counts(title: str, found: Sequence[Change], headings: Sequence[str]) -> Iterator[Block]:
    """Yield a row a heading: how many records changed in which way; headings: of each change."""
    counted = Counter(zip(headings, (each.effect for each in found), strict=True))
    rows = []
    for name in dict.fromkeys(headings):
        counts = (sum(counted[name, each] for each in effects) for effects in GROUPS.values())
        rows.append(((name,), *((str(count),) if count else () for count in counts)))
    if rows:
        yield Grid(tuple(rows), (title, *GROUPS))
        yield Paragraph((KEY,), "quiet")


def _sections(found: Sequence[Change], level: int, *, full: bool) -> Iterator[Block]:
    """Yield what changed in each section; if not `full`, in those that a sheet has."""
    headings = [_heading(each, full=full) for each in found]
    for section in dict.fromkeys(headings):
        inside = [each for each in found if each.section == section]
        if rows := tuple(_rows(inside, whole=full or section in WHOLE_SECTIONS)):
            yield Heading(section, level)
            yield DefinitionList(rows)


def _rows(inside: Sequence[Change], *, whole: bool) -> Iterator[tuple[str, Text]]:
    """Yield the rows of a section: both texts where figures differ, or of all if `whole`."""
    for change in inside:
        in_text = change.effect == "other-figures" and change.section in TEXT_SECTIONS
        if whole or in_text:
            yield from _texts(change, whole=whole)
    for label, effects in GROUPS.items():
        some = [each for each in inside if each.effect in effects]
        if whole or not some:
            continue
        if effects == ("other-figures",):
            named = [_figures(each) for each in some if each.section not in TEXT_SECTIONS]
        else:
            named = _named(some, inside)
        if named:
            yield (label, (f"{'; '.join(named)}.",))


def _figures(change: Change) -> str:
    """Return what a record is called, with the figures that it had and those that it has."""
    sides = (change.figures_before, change.figures_after)
    had, has = (", ".join(each.rstrip(",") for each in side) for side in sides)
    return f"{change.label or change.section}: {had}, now {has}"


def _texts(change: Change, *, whole: bool) -> Iterator[tuple[str, Text]]:
    """Yield a row with the text before, and one with that after.

    whole: whether each is told whole; else only its sentences with figures that differ.
    """
    gone, come = differing_figures(change.before or "", change.after or "")
    rows = (
        ("Was", change.label_before or change.label, change.before, gone),
        ("Now", change.label, change.after, come),
    )
    for label, called, text, differing in rows:
        if text is None:
            continue
        is_told = change.kind != "changed" or label == "Was" or change.label_before
        is_sign = change.section == SIGNS and not change.label_before
        begin = (Strong(called), ": ") if called and is_told and not is_sign else ()
        marked = differing if change.kind == "changed" else []
        kind = label if change.kind == "changed" else change.kind.capitalize()
        yield (kind, (*begin, *_marked(text, marked, whole=whole)))


def _marked(text: str, marked: Sequence[Figure], *, whole: bool) -> Text:
    """Return a text with figures in bold; whole, or only its sentences with one of those."""
    parts: list[str | Strong] = []
    position = 0
    for sentence in sentences(text):
        start = text.index(sentence.split()[0], position)
        position = start + len(sentence)
        inside = [each for each in marked if start <= each.start < position]
        if whole or inside:
            parts.append(" " if parts else "")
            for each in inside:
                parts += [text[start : each.start], Strong(each.words)]
                start = each.end
            parts.append(text[start:position])
    return tuple(part for part in parts if part)


def _named(some: Sequence[Change], inside: Sequence[Change]) -> list[str]:
    """Return what records are called; of texts without a name those that count in 100 people.

    inside: all of the section, of which one with the same name is told apart by its place.
    """
    several = Counter(map(_name_alone, inside))
    places: dict[str, list[str]] = {}
    texts: list[str] = []
    for change in some:
        if name := _name_alone(change):
            places.setdefault(name, []).append(change.place)
        elif change.effect not in GROUPS["Reworded"]:
            text = change.after or change.before or ""
            texts += [sentences(text)[0].rstrip(".")] if _counts_people(text) else []
    told = ((name, dict.fromkeys(filter(None, where))) for name, where in places.items())
    named = (
        name + in_brackets(", ".join(where) if several[name] > 1 else "") for name, where in told
    )
    return [*named, *texts]


def _name_alone(change: Change) -> str:
    return change.label.removesuffix(f" ({change.place})")


def _counts_people(text: str) -> bool:
    return any(each.unit == IN_100 for each in figures(text))

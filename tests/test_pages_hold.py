"""What must hold on the pages of the thirteen therapies, on 80 columns."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from therapyinfo.inlines import Cite
from therapyinfo.page import (
    Block,
    Callout,
    Heading,
    IconArray,
    Page,
    SourceLine,
    Sources,
)
from therapyinfo.records import Comparison, Outcome
from therapyinfo.render import Format, render
from therapyinfo.render.options import RenderOptions
from therapyinfo.store.artifact import TherapyEntry
from therapyinfo.text import without_citations
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain
from therapyinfo.views.numbers import numbers

from . import knowledge
from .measure import parts_of, said

THERAPIES = (
    "car-t nk-nkt msc growth-factor hsct bispecific-antibody til tcr-t car-nk gene-edited-hsc"
    " dendritic-cell-vaccine checkpoint-inhibitor prp"
).split()
SCREENS: tuple[Format, ...] = ("plain", "terminal")

PAIR_LINES = 80


def _entry(id: str) -> TherapyEntry:
    return knowledge.builtin().entry(id)


def _explained(id: str) -> Page:
    return explain(knowledge.builtin(), _entry(id))


def _compared(*ids: str) -> Page:
    return compare(knowledge.builtin(), [_entry(id) for id in ids], [])


def _lines(page: Page, format: Format) -> list[str]:
    return render(page, format, RenderOptions(width=80)).rstrip("\n").split("\n")


def _words(text: str) -> str:
    return " ".join(without_citations(text).casefold().replace("•", "").replace("┃", "").split())


def _first_words(lines: list[str]) -> str:
    """Return what stands on the first forty lines, without citations and line ends."""
    return _words(re.sub(r" ?\[[0-9, -]+\]", "", " ".join(lines[:40])))


@pytest.mark.parametrize("format", SCREENS)
@pytest.mark.parametrize("id", THERAPIES)
def test_forty_lines_tell_what_it_is_for_whom_its_benefit_deaths_and_where_help_starts(
    id: str, format: Format
) -> None:
    therapy = _entry(id).therapy
    lines = _lines(_explained(id), format)
    told = _first_words(lines)
    headings = ("who is it for?", "what it can do", "what can go wrong", "get help at once")
    places = [
        next(place for place, line in enumerate(lines, 1) if heading in line.casefold())
        for heading in headings
    ]

    assert _words(therapy.main_message) in told
    assert _words(therapy.how_it_works[0]) in told
    assert places == sorted(places)
    assert places[-1] <= 40
    assert therapy.deaths
    assert _words(therapy.deaths[0]) in told


@pytest.mark.parametrize("format", SCREENS)
@pytest.mark.parametrize("pair", list(combinations(THERAPIES, 2)), ids="-".join)
def test_two_are_compared_in_eighty_lines_and_told_apart_in_ten(
    pair: tuple[str, str], format: Format
) -> None:
    lines = _lines(_compared(*pair), format)
    difference = _entry(pair[0]).differences.get(pair[1], "These are not alternatives:")

    assert len(lines) <= PAIR_LINES
    assert _words(difference) in _first_words(lines[:10])


FIVES = [
    THERAPIES[:5],
    THERAPIES[5:10],
    THERAPIES[-5:],
    "car-t hsct bispecific-antibody car-nk gene-edited-hsc".split(),
    "hsct bispecific-antibody til checkpoint-inhibitor growth-factor".split(),
]


@pytest.mark.parametrize("format", SCREENS)
@pytest.mark.parametrize("ids", FIVES, ids=" ".join)
def test_five_are_compared_in_twice_as_many(ids: list[str], format: Format) -> None:
    assert len(_lines(_compared(*ids), format)) <= 2 * PAIR_LINES


# numbers and pictures


@pytest.mark.parametrize("id", THERAPIES)
def test_no_result_is_told_without_its_group(id: str) -> None:
    told = " ".join(said(numbers(knowledge.builtin(), _entry(id))))
    outcomes = _entry(id).therapy.outcomes

    assert [each.group for each in outcomes if each.group not in told] == []
    compared = [each.comparison.group for each in outcomes if each.comparison]
    assert [group for group in compared if group not in told] == []


def _exact(group: Outcome | Comparison) -> int:
    """Return a count in 100 people, rounded half up, by another way than the pages take."""
    count, n, percent = group.count, group.n, group.percent
    if percent is None:
        assert count is not None
        assert n
        return (200 * count + n) // (2 * n)
    return int(f"{percent + 1e-9:.0f}") if percent % 1 != 0.5 else int(percent) + 1


def _groups(entry: TherapyEntry) -> Iterator[Outcome | Comparison]:
    for outcome in entry.therapy.outcomes:
        both = (outcome, outcome.comparison)
        yield from (each for each in both if each and (each.percent, each.count) != (None, None))


@pytest.mark.parametrize("id", THERAPIES)
def test_every_picture_draws_counts_of_its_record(id: str) -> None:
    entry = _entry(id)
    pages = [_explained(id), numbers(knowledge.builtin(), entry)]
    pictures = [block for page in pages for block in page.blocks if isinstance(block, IconArray)]
    drawn = [count for picture in pictures for count in picture.counts]
    recorded = {_exact(group) for group in _groups(entry)}

    assert {count.in_100 for count in drawn} <= recorded
    assert [count for count in drawn if count.amount != f"{count.in_100} in 100"] == []
    assert [count for count in drawn if not 1 <= count.in_100 <= 100] == []


# citations


def _numbers(*blocks: Block) -> set[int]:
    return {cite.number for block in blocks for cite in parts_of(block, Cite)}


@pytest.mark.parametrize("id", THERAPIES)
def test_what_a_page_cites_is_what_its_line_and_its_list_of_sources_name(id: str) -> None:
    for page in (_explained(id), _compared(id, "car-t" if id != "car-t" else "msc")):
        (line,) = [block for block in page.blocks if isinstance(block, SourceLine)]
        (listed,) = [block for block in page.blocks if isinstance(block, Sources)]
        told = [block for block in page.blocks if not isinstance(block, SourceLine)]

        assert _numbers(*told) == _numbers(line) == {each.number for each in listed.entries}


@pytest.mark.parametrize("id", THERAPIES)
def test_a_text_that_is_shortened_keeps_its_sources(id: str) -> None:
    page, therapy = _explained(id), _entry(id).therapy
    cited = {cite.source for block in page.blocks for cite in parts_of(block, Cite)}
    approved = [use for use in therapy.uses if use.standing == "approved"]
    families = list(dict.fromkeys(use.family or use.condition for use in approved))[:9]
    shown = [use for use in approved if (use.family or use.condition) in families]

    assert {source for use in shown for source in use.sources} <= cited
    short = " ".join(risk.in_short for risk in therapy.risks if risk.in_short)
    assert {*re.findall(r"@([a-z0-9-]+)", short)} <= cited


# what is gone

FURNITURE = re.compile(
    r"How to use this page|Hard words|How to read the counts|in 100 means|Mixed feelings"
    r"|No (?:driving )?rule (?:for [^.]* )?was found|no number found|[Nn]o (?:such )?offers? (?:was|were) found"
    r"|The choice:|The illnesses|What makes it special|Related\b.*:$|sources give no|undated"
)


def _texts(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if not isinstance(block, Sources):
            yield from said(Page("", (block,), dict))


@pytest.mark.parametrize("id", THERAPIES)
def test_nothing_of_the_removed_furniture_is_left(id: str) -> None:
    library, entry = knowledge.builtin(), _entry(id)
    pages = [
        _explained(id),
        explain(library, entry, brief=True),
        numbers(library, entry),
        _compared(id, "car-t" if id != "car-t" else "msc"),
    ]

    assert [text for page in pages for text in _texts(page) if FURNITURE.search(text)] == []


@pytest.mark.parametrize("id", THERAPIES)
def test_no_section_of_a_page_is_empty(id: str) -> None:
    blocks = _explained(id).blocks
    pairs = zip(blocks, (*blocks[1:], None), strict=True)
    empty = [
        block.text
        for block, after in pairs
        if isinstance(block, Heading) and (after is None or isinstance(after, Heading | Callout))
    ]

    assert empty == []

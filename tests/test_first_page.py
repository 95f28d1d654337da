"""The page that `explain` prints by default: what stands on it, in which words and order."""

import re
from collections.abc import Iterable
from functools import cache

import pytest

from therapyinfo.inlines import Names, to_text, without_cites
from therapyinfo.library import Library
from therapyinfo.page import (
    Bullets,
    Callout,
    Grid,
    Heading,
    IconArray,
    Page,
    Paragraph,
    SourceLine,
    Sources,
    StepList,
)
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views.explain import explain, explain_sources

from . import knowledge
from .measure import said
from .small import FIRST_PAGE

LINES = 90
LONG = {"hsct": 110, "growth-factor": 110}
HELP_BY = 40
BRIEF_LINES = 22


@cache
def _page() -> Page:
    library = knowledge.first_page()
    return explain(library, library.entry("car-t"))


def _of(text: str) -> Page:
    library = knowledge.of_text(text)
    return explain(library, library.entry("car-t"))


def _without(*parts: str) -> str:
    text = FIRST_PAGE
    for part in parts:
        assert part in text
        text = text.replace(part, "")
    return text


def _paragraphs(page: Page) -> list[str]:
    return [to_text(block.text) for block in page.blocks if isinstance(block, Paragraph)]


# who it is for


def test_uses_of_a_family_share_a_line_with_the_usual_regions_first() -> None:
    (grid,) = [block for block in _page().blocks if isinstance(block, Grid)]

    assert [[to_text(cell) for cell in row] for row in grid.rows] == [
        ["Lymphomas", "US, EU, Japan [1, 2]"]
    ]
    assert grid.rows[0][1][0] == Names(("US", "EU", "Japan"))


MANY = FIRST_PAGE.replace("[eu, us]", "[eu, us, uk, canada, china, australia, india]")


@pytest.mark.parametrize("format", ["plain", "terminal"])
@pytest.mark.parametrize(
    ("width", "told"),
    [
        (80, "US, EU, UK, Japan, Canada, China, Australia, India [1, 2]"),
        (52, "US, EU, UK, Japan and 4 more [1, 2]"),
    ],
)
def test_a_line_of_uses_that_is_too_long_names_the_first_regions_and_counts_the_others(
    format: str, width: int, told: str
) -> None:
    regions = "  uk: {name: UK}\n  canada: {name: Canada}\n  japan: {name: Japan}\n"
    regions += "".join(f"  {each}: {{name: {each.title()}}}\n" for each in ("china", "australia"))
    text = MANY.replace("  japan: {name: Japan}\n", f"{regions}  india: {{name: India}}\n")
    options = RenderOptions(width=width)

    assert told in render(_of(text), format, options)  # type: ignore[arg-type]
    assert "Canada, China, Australia, India" in render(_of(text), "markdown", options)
    assert "Canada, China, Australia, India" in render(_of(text), "html", options)


def test_what_is_tried_who_cannot_have_it_and_the_cost_stand_in_one_paragraph() -> None:
    assert _paragraphs(_page())[3] == (
        "Lupus is treated in trials only [2]. You must be free of infection [1]. The cells alone"
        " cost US$475,000 (2017) [1]."
    )


def test_offers_without_approval_lead() -> None:
    page = _of(FIRST_PAGE.replace("      intro:", "      offers: Clinics sell it.\n      intro:"))

    assert "Clinics sell it. Approved if the cancer came back:" in _paragraphs(page)


# what it can do


def test_a_facts_box_has_both_groups_the_difference_and_the_trial_that_found_none() -> None:
    (box,) = [block for block in _page().blocks if isinstance(block, IconArray)]

    assert to_text(box.caption) == (
        "Adults whose lymphoma came back (ELARA, 359 people, randomised) [2]:"
    )
    assert [(each.in_100, each.label, each.amount) for each in box.counts] == [
        (55, "Examplia", "55 in 100"),
        (46, "usual care", "46 in 100"),
    ]
    assert (
        "9 more in 100 were alive after 4 years. The other group had chemotherapy, then a"
        " transplant if it worked. NULLA [3] found no clear difference. In ELARA 31 in 100 still"
        " responded after 5 years [2]."
    ) in _paragraphs(_page())


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ("", "NULLA [3] found no clear difference."),
        ("        short: time without growth\n", "NULLA (time without growth) [3] found no clear"),
    ],
)
def test_a_trial_that_found_no_difference_says_what_it_counted(counted: str, told: str) -> None:
    page = _of(FIRST_PAGE.replace("        trial: NULLA\n", f"        trial: NULLA\n{counted}"))

    assert told in " ".join(render(page, "plain", RenderOptions(width=200)).split())


BOXES = {
    "fewer": ("percent: 46", "percent: 70", "15 fewer in 100 were alive after 4 years."),
    "no difference found": (
        "finding: difference",
        "finding: no-difference",
        "No clear difference in how many were alive after 4 years.",
    ),
    "the same": (
        "percent: 46\n",
        "percent: 55\n",
        "No clear difference in how many were alive after 4 years.",
    ),
    "a group that its label names": (
        "group: chemotherapy, then a transplant if it worked",
        "group: usual care",
        "9 more in 100 were alive after 4 years. NULLA",
    ),
    "not randomised": ("finding: difference", "finding: not-compared", "ELARA, 359 people) [2]:"),
    "fewer than one": ("percent: 46\n", "percent: 0.2\n", "usual care: fewer than 1 in 100"),
}


@pytest.mark.parametrize(("old", "new", "told"), BOXES.values(), ids=BOXES)
def test_a_facts_box_says_what_was_found(old: str, new: str, told: str) -> None:
    page = _of(FIRST_PAGE.replace(old, new))

    assert told in " ".join(render(page, "plain", RenderOptions(width=200)).split())


def test_a_therapy_without_a_heading_outcome_tells_its_benefits_in_words() -> None:
    benefits = "    benefits: [First., Second., Third., Fourth.]\n    lasting:"
    text = FIRST_PAGE.replace("    heading_outcome: survival\n", "").replace(
        "    lasting:", benefits
    )
    page = _of(text)

    assert not [block for block in page.blocks if isinstance(block, IconArray)]
    assert ["First.", "Second.", "Third."] in [
        list(map(to_text, block.items)) for block in page.blocks if isinstance(block, Bullets)
    ]


# what can go wrong, and when to get help


def test_deaths_stand_before_every_harm() -> None:
    told = said(_page())
    deaths = next(n for n, text in enumerate(told) if "died of something other" in text)
    harm = next(n for n, text in enumerate(told) if "fever in the first days" in text)

    assert deaths < harm


def _signs(library: Library) -> Iterable[tuple[str, str, str]]:
    for entry in library.entries():
        told = " ".join(said(explain(library, entry)))
        help = entry.therapy.get_help
        for sign in (*help.emergency, *help.call_team) if help else ():
            yield entry.id, " ".join(_words(sign)), " ".join(_words(told))


def _words(text: str) -> list[str]:
    return re.sub(r"\s*\[[@0-9][^\]]*\]", "", text).split()


@pytest.mark.parametrize("library", [knowledge.builtin(), knowledge.first_page()])
def test_every_sign_that_needs_help_stands_whole_on_the_page(library: Library) -> None:
    signs = list(_signs(library))

    assert signs
    assert [(id, sign) for id, sign, page in signs if sign not in page] == []


def test_signs_of_the_same_day_are_run_in_below_those_of_an_emergency() -> None:
    (callout,) = [block for block in _page().blocks if isinstance(block, Callout)]

    assert callout.anchor == "help"
    assert len(callout.items) == 2
    assert [to_text(text) for text in callout.after] == [
        "Call your team today: New bruises. Low mood that lasts [2]."
    ]


# how it goes, and what is left


def test_steps_stand_with_their_times_and_what_they_ask_of_a_life() -> None:
    (steps,) = [block for block in _page().blocks if isinstance(block, StepList)]

    assert [(step.title, to_text(step.time)) for step in steps.items] == [
        ("Collection", "2 to 6 hours"),
        ("Infusion", "30 minutes"),
    ]
    assert "In the US, do not drive for two weeks [1]." in _paragraphs(_page())


def test_what_the_therapy_is_not_stands_behind_the_other_choices() -> None:
    assert _paragraphs(_page())[-2].endswith(
        "It is no regenerative therapy, because it repairs no tissue [1]."
    )


def test_only_contacts_with_a_telephone_are_told() -> None:
    assert _paragraphs(_page())[-1] == "Help by telephone: A helpline (US) 555 0101."


def test_no_section_stands_to_say_that_nothing_is_recorded() -> None:
    library = knowledge.small()
    page = explain(library, library.entry("msc"))

    assert [type(block) for block in page.blocks] == [Paragraph, SourceLine, Heading, Sources]


# its sources


def test_sources_are_told_in_a_line_by_the_short_names_of_their_publishers() -> None:
    (line,) = [block for block in _page().blocks if isinstance(block, SourceLine)]

    assert [(name, [cite.number for cite in cites]) for name, cites in line.publishers] == [
        ("REG", [1]),
        ("Nature Medicine", [2]),
        ("Journal of Trials", [3]),
    ]


def test_the_sources_alone_have_the_numbers_of_the_page() -> None:
    library = knowledge.first_page()
    alone = explain_sources(library, library.entry("car-t"))
    listed = [block for block in _page().blocks if isinstance(block, Sources)]

    assert list(alone.blocks) == listed
    assert [entry.number for entry in listed[0].entries] == [1, 2, 3]


# the built-in knowledge

NEW_FORM = [entry.id for entry in knowledge.builtin().entries() if entry.therapy.who]
"""The therapies that are written for this page; a file from before has none."""


def _lines(page: Page, format: str) -> list[str]:
    options = RenderOptions(width=80, color=False)
    return render(page, format, options).rstrip("\n").split("\n")  # type: ignore[arg-type]


def _check_bounds(library: Library, id: str, format: str) -> None:
    entry = library.entry(id)
    lines = _lines(explain(library, entry), format)
    help = next(n for n, line in enumerate(lines, 1) if "get help at once" in line.lower())

    assert len(lines) <= LONG.get(id, LINES)
    assert help <= HELP_BY
    assert len(_lines(explain(library, entry, brief=True), format)) <= BRIEF_LINES


@pytest.mark.parametrize("format", ["plain", "terminal"])
def test_the_small_page_is_in_bounds(format: str) -> None:
    _check_bounds(knowledge.first_page(), "car-t", format)


if NEW_FORM:

    @pytest.mark.parametrize("format", ["plain", "terminal"])
    @pytest.mark.parametrize("id", NEW_FORM)
    def test_a_page_is_in_bounds_at_80_columns(id: str, format: str) -> None:
        _check_bounds(knowledge.builtin(), id, format)


@pytest.mark.parametrize("id", knowledge.builtin().ids)
def test_a_page_of_any_therapy_has_no_furniture(id: str) -> None:
    library = knowledge.builtin()
    page = explain(library, library.entry(id))
    told = " ".join(
        to_text(without_cites(block.text)) for block in page.blocks if isinstance(block, Paragraph)
    )
    items = [item for block in page.blocks if isinstance(block, Bullets) for item in block.items]

    assert "therapyinfo " not in told + " ".join(map(to_text, items))
    for gone in ("How to use this page", "Hard words", "How to read the counts", "(no number"):
        assert gone not in " ".join(said(page))

"""What the built-in knowledge must tell of deaths, counts and choices."""

import re
from itertools import combinations

import pytest

from therapyinfo.records import Outcome

from .test_knowledge_decisions import knowledge

THERAPIES = tuple(knowledge().therapies)
each_therapy = pytest.mark.parametrize("id", THERAPIES)
DIED = re.compile(r"\b(died|deaths?|fatal)\b", re.IGNORECASE)
OR_DIED = re.compile(
    r"\b(or|to) (a )?(death|died|fatal)|not fatal|\bdied or\b|^death, |without .* or death|grade 3 to 5",
    re.IGNORECASE,
)
"""Endpoints that count deaths together with something else."""

ASKED = {
    *(("car-t", id) for id in THERAPIES if id != "car-t"),
    *(("msc", id) for id in ("hsct", "prp", "growth-factor", "nk-nkt", "checkpoint-inhibitor")),
    *(
        ("checkpoint-inhibitor", id)
        for id in ("nk-nkt", "growth-factor", "tcr-t", "car-nk", "dendritic-cell-vaccine")
    ),
}
"""Pairs that people ask about, beside those that share an illness."""


@each_therapy
def test_deaths_are_told(id: str) -> None:
    therapy = knowledge().therapies[id]

    assert therapy.deaths
    assert therapy.facts.deaths
    assert therapy.short_facts is not None
    assert therapy.short_facts.deaths


def counted(outcome: Outcome) -> bool:
    """Return whether an outcome has a number of people in each of its arms."""
    arms = [outcome, outcome.comparison]
    return all(arm and (arm.percent is not None or arm.count is not None) for arm in arms)


@each_therapy
def test_the_heading_outcome_has_both_arms(id: str) -> None:
    therapy = knowledge().therapies[id]
    heading = therapy.heading_outcome
    chosen = [each for each in therapy.outcomes if each.id == heading] if heading else []

    assert len(chosen) == (1 if heading else 0)
    assert [each.id for each in chosen if not counted(each)] == []
    assert heading or therapy.benefits, "give it a `heading_outcome`, or `benefits`"


@each_therapy
def test_an_outcome_that_counts_deaths_says_of_what(id: str) -> None:
    unsaid = [
        each.id
        for each in knowledge().therapies[id].outcomes
        if not each.death_of
        and any(
            DIED.search(text) and not OR_DIED.search(text) for text in (each.what, each.endpoint)
        )
    ]

    assert unsaid == []


def written(one: str, other: str) -> list[tuple[int, int]]:
    """Return for both orders of a pair how many differences and choices are written."""
    pairs = ((one, other), (other, one))
    return [
        (
            int(second in knowledge().therapies[first].differences),
            int(second in knowledge().therapies[first].choosing),
        )
        for first, second in pairs
    ]


@pytest.mark.parametrize(("one", "other"), tuple(combinations(THERAPIES, 2)))
def test_a_pair_is_told_once_and_whole(one: str, other: str) -> None:
    therapies = knowledge().therapies
    illnesses = [
        {ill for use in therapies[id].uses for ill in use.illnesses} for id in (one, other)
    ]
    wanted = {(one, other), (other, one)} & ASKED or illnesses[0] & illnesses[1]
    texts = sorted(written(one, other), reverse=True)

    assert texts[0] == ((1, 1) if wanted or texts[0] != (0, 0) else (0, 0))
    assert texts[1] == (0, 0)

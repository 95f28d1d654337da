"""The numbers: a summary of all results, then each with its group, in words and marks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from therapyinfo.inlines import to_text
from therapyinfo.page import DefinitionList, Grid, Heading, IconArray, Page, Paragraph
from therapyinfo.records import Comparison, Outcome
from therapyinfo.views.numbers import numbers, overview
from therapyinfo.views.results import caption, counted, difference, in_100

from . import knowledge
from .measure import said


def _outcome(**changes: Any) -> Outcome:
    plain = Outcome(
        kind="benefit",
        what="were alive",
        otherwise="had died",
        trial="ELARA",
        group="adults with lymphoma",
        endpoint="survival",
        certainty="One trial.",
        sources=("elara-2022",),
    )
    return replace(plain, **changes)


def _page(*recorded: Outcome) -> Page:
    library = knowledge.small()
    entry = library.entry("car-t")
    return numbers(library, replace(entry, therapy=replace(entry.therapy, outcomes=recorded)))


def _fact(page: Page, label: str) -> str:
    rows = [row for block in page.blocks if isinstance(block, DefinitionList) for row in block.rows]
    return next((to_text(text) for name, text in rows if name == label), "")


def _headings(page: Page, level: int) -> list[str]:
    return [each.text for each in page.blocks if isinstance(each, Heading) and each.level == level]


def _grids(page: Page) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    return [
        (block.head, [tuple(map(to_text, row)) for row in block.rows])
        for block in page.blocks
        if isinstance(block, Grid)
    ]


def _pictures(page: Page) -> list[IconArray]:
    return [block for block in page.blocks if isinstance(block, IconArray)]


@pytest.mark.parametrize(
    ("recorded", "share", "told"),
    [
        ({"n": 94, "count": 65}, 69, "69 in 100 people (65 of 94)"),
        ({"n": 73, "count": 39}, 53, "53 in 100 people (39 of 73)"),
        ({"n": 200, "count": 1}, 1, "1 in 100 people (1 of 200)"),
        ({"n": 42500, "count": 38}, 0, "fewer than 1 in 100 people (38 of 42,500)"),
        ({"n": 50, "count": 0}, 0, "0 in 100 people (0 of 50)"),
        ({"n": 50, "count": 50}, 100, "100 in 100 people (50 of 50)"),
        ({"n": 1000, "count": 998}, 100, "more than 99 in 100 people (998 of 1,000)"),
        ({"percent": 12.5}, 13, "13 in 100 people"),
        ({"percent": 12.4}, 12, "12 in 100 people"),
        ({"percent": 0.3}, 0, "fewer than 1 in 100 people"),
        ({"percent": 99.7}, 100, "more than 99 in 100 people"),
        ({"percent": 100.0}, 100, "100 in 100 people"),
        ({"percent": 0.0}, 0, "0 in 100 people"),
        ({"percent": 54.0, "n": 97, "count": 52}, 54, "54 in 100 people (52 of 97)"),
        ({"result": "9 months longer"}, None, "9 months longer"),
        ({"n": 0, "count": 0}, None, ""),
        ({}, None, ""),
    ],
)
def test_a_result_is_a_whole_number_in_100_people(
    recorded: dict[str, Any], share: int | None, told: str
) -> None:
    assert in_100(_outcome(**recorded)) == share
    assert counted(_outcome(**recorded)) == told


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ({"percent": 55}, "Of 100 people, 55 were alive and 45 had died."),
        ({"n": 94, "count": 65}, "Of 100 people, 69 were alive and 31 had died (65 of 94)."),
        ({"percent": 55, "otherwise": None}, "Of 100 people, 55 were alive."),
        ({"percent": 1}, "Of 100 people, 1 was alive and 99 had died."),
        ({"percent": 0.2}, "Fewer than 1 in 100 people were alive."),
        ({"percent": 99.8}, "More than 99 in 100 people were alive."),
        ({"what": "lived longer", "result": "9 months"}, "They lived longer: 9 months."),
    ],
)
def test_a_count_is_told_with_what_happened_to_the_others(
    recorded: dict[str, Any], told: str
) -> None:
    assert caption(_outcome(**recorded)) == told


@pytest.mark.parametrize(
    ("other", "finding", "told"),
    [
        (None, None, ""),
        (Comparison(group="usual care", percent=45), None, "24 more in 100"),
        (Comparison(group="usual care", percent=80), "difference", "11 fewer in 100"),
        (Comparison(group="usual care", percent=69), None, "none that shows in 100 people"),
        (Comparison(group="usual care", percent=45), "no-difference", "no clear difference"),
        (Comparison(group="usual care", result="5 months"), "difference", ""),
        (Comparison(group="usual care"), None, ""),
    ],
)
def test_a_difference_is_told_only_where_the_trial_found_one(
    other: Comparison | None, finding: Any, told: str
) -> None:
    outcome = _outcome(percent=69, comparison=other, finding=finding)
    page = _page(outcome)

    assert difference(outcome) == told
    assert _fact(page, "Difference") == told
    assert page.data()["outcomes"][0]["difference"] == (told or None)


def test_all_results_stand_first_benefits_before_harms() -> None:
    page = _page(
        _outcome(kind="harm", percent=10, short="severe CRS"),
        _outcome(percent=55, short="alive", comparison=Comparison(group="care", percent=46)),
        _outcome(percent=5, short="cured", finding="no-difference"),
        _outcome(short="time alive", result="half of the people for 9 months or longer"),
    )

    assert _headings(page, 3)[:3] == ["Benefits", "No benefit shown", "Harms"]
    assert _grids(page) == [
        (
            ("Result", "With", "Without", "Difference"),
            [
                ("Adults with lymphoma: alive", "55 in 100", "46 in 100", "9 more in 100"),
                (
                    "Adults with lymphoma: time alive",
                    "half of the people for 9 months or longer",
                    "",
                    "",
                ),
            ],
        ),
        (("Result", "With"), [("Adults with lymphoma: cured", "5 in 100")]),
        (("Result", "With"), [("Adults with lymphoma: severe CRS", "10 in 100")]),
    ]
    assert _headings(page, 2) == ["Benefits", "No benefit shown", "Harms", "Sources"]


@pytest.mark.parametrize(
    ("recorded", "drawn"),
    [
        ({"percent": 55}, [55]),
        ({"percent": 1}, [1]),
        ({"percent": 0.4}, []),
        ({"percent": 0.0}, []),
        ({"result": "9 months"}, []),
        ({"percent": 55, "comparison": Comparison(group="care", percent=46)}, [55, 46]),
        ({"percent": 55, "comparison": Comparison(group="care", result="few")}, [55]),
        ({"percent": 55, "comparison": Comparison(group="care", percent=0.2)}, []),
        (
            {
                "percent": 55,
                "comparison": Comparison(group="care", percent=46),
                "finding": "no-difference",
            },
            [],
        ),
    ],
)
def test_a_picture_counts_rightly_or_is_not_there(
    recorded: dict[str, Any], drawn: list[int]
) -> None:
    page = _page(_outcome(**recorded))

    assert [[each.in_100 for each in icons.counts] for icons in _pictures(page)] == (
        [drawn] if drawn else []
    )


def test_a_picture_names_both_groups_and_whether_it_counts_a_harm() -> None:
    other = Comparison(group="Usual care", label="care", percent=45)
    benefit, harm = _pictures(
        _page(
            _outcome(percent=69, label="Yescarta", comparison=other),
            _outcome(kind="harm", percent=10, comparison=replace(other, label=None)),
        )
    )

    assert [each.label for each in benefit.counts] == ["Yescarta", "care"]
    assert [each.label for each in harm.counts] == ["CAR-T therapy", "usual care"]
    assert (benefit.harm, harm.harm) == (False, True)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (None, "no comparison group"),
        (Comparison(group="usual care", n=80, percent=45), "usual care (80 people)"),
        (Comparison(group="usual care", result="5 months"), "usual care: 5 months"),
        (Comparison(group="usual care", percent=0.2), "usual care: fewer than 1 in 100"),
        (Comparison(group="usual care"), "usual care"),
    ],
)
def test_the_other_group_is_told_once(other: Comparison | None, told: str) -> None:
    assert _fact(_page(_outcome(percent=69, comparison=other)), "Compared with") == told


def test_the_numbers_name_group_trial_measure_and_certainty() -> None:
    page = _page(_outcome(n=1094, count=65, follow_up="median 17 months", as_of="2022-01"))

    assert _fact(page, "Who") == "adults with lymphoma (1,094 people)"
    assert _fact(page, "Trial") == "ELARA, January 2022 [1]"
    assert _fact(page, "Measured") == "survival; median 17 months"
    assert _fact(page, "How sure") == "One trial."


def test_a_therapy_without_results_says_so() -> None:
    assert "No trial results are recorded" in "\n".join(said(_page()))


def test_without_a_therapy_each_is_told_with_how_many_results_it_has() -> None:
    page = overview(knowledge.small())

    assert _grids(page) == [
        (
            ("Therapy", "Name", "Benefits", "Harms"),
            [("car-t", "CAR-T therapy", "1", "0"), ("msc", "MSC therapy", "0", "0")],
        )
    ]
    assert page.data()["therapies"][0] == {
        "id": "car-t",
        "name": "CAR-T therapy",
        "benefits": 1,
        "harms": 0,
    }


def test_results_are_a_table_for_programs() -> None:
    page = _page(_outcome(percent=55, n=180, comparison=Comparison(group="care", percent=46)))
    assert page.csv_rows is not None
    row = dict(zip(page.csv_rows[0], page.csv_rows[1], strict=True))

    assert (row["in_100"], row["comparison_in_100"], row["n"]) == ("55", "46", "180")
    assert (row["group"], row["compared_with"]) == ("adults with lymphoma", "care")


@given(st.floats(0, 100), st.sampled_from(["benefit", "harm"]), st.none() | st.floats(0, 100))
def test_no_number_stands_without_its_group(
    percent: float, kind: Any, without: float | None
) -> None:
    other = None if without is None else Comparison(group="care", percent=without)
    page = _page(_outcome(percent=percent, kind=kind, comparison=other))
    numbered = [row for _, rows in _grids(page) for row in rows]
    place = next(
        place
        for place, block in enumerate(page.blocks)
        if isinstance(block, IconArray | Paragraph) and "people" in to_text(_words(block))
    )
    heading = page.blocks[place - 1]

    assert all("Adults with lymphoma" in row[0] for row in numbered)
    assert isinstance(heading, Heading)
    assert "Adults with lymphoma" in heading.text


def _words(block: IconArray | Paragraph) -> Any:
    words = block.caption if isinstance(block, IconArray) else block.text
    return () if "set against each other" in to_text(words) else words

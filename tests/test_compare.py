"""The comparison: how therapies differ, when people choose, what trials found, row by row."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import replace

from therapyinfo.errors import UsageError
from therapyinfo.inlines import to_text
from therapyinfo.library import Library
from therapyinfo.page import Block, Bullets, Grid, Heading, Page, Paragraph, Table
from therapyinfo.records import Choice, Comparison, Outcome, ShortFacts, Use
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.store.artifact import TherapyEntry
from therapyinfo.views.choosing import short_name
from therapyinfo.views.compare import compare

from . import knowledge
from .conftest import Run
from .measure import said
from .small import SMALL

THERAPIES = (
    "car-t nk-nkt msc growth-factor hsct bispecific-antibody til tcr-t car-nk gene-edited-hsc"
    " dendritic-cell-vaccine checkpoint-inhibitor prp"
).split()
"""Written out, so that collecting the tests does not read the knowledge file."""


def _entry(id: str, **changes: Any) -> TherapyEntry:
    """Return a therapy of the small file with some fields changed."""
    entry = knowledge.small().entry(id)
    return replace(entry, therapy=replace(entry.therapy, **changes))


def _page(*entries: TherapyEntry, rows: Sequence[str] = ()) -> Page:
    library = knowledge.small()
    return compare(library, entries, [library.row(row) for row in rows])


def _of(kind: type[Block], page: Page) -> list[Any]:
    return [block for block in page.blocks if isinstance(block, kind)]


def _paragraphs(page: Page) -> list[str]:
    return [to_text(block.text) for block in _of(Paragraph, page)]


def _bullets(page: Page) -> list[str]:
    return [to_text(item) for block in _of(Bullets, page) for item in block.items]


def _headings(page: Page) -> list[str]:
    return [block.text for block in _of(Heading, page)]


CAR_T, MSC = _entry("car-t"), _entry("msc")


def _trial(name: str, **changes: Any) -> Outcome:
    plain = Outcome(
        kind="benefit",
        what="were alive after 2 years",
        short="alive after 2 years",
        trial=name,
        group="Adults with lymphoma",
        n=180,
        percent=55,
        endpoint="Alive",
        comparison=Comparison(
            group="MSCs if they help", n=179, percent=46, therapy="msc", had_it=64
        ),
        certainty="Randomised.",
        finding="difference",
        as_of="2023",
        sources=("elara-2022",),
    )
    return replace(plain, **changes)


def test_two_therapies_are_told_apart_before_anything_else() -> None:
    page = _page(CAR_T, MSC)

    assert page.title == "CAR-T therapy and MSC therapy"
    assert _paragraphs(page)[0] == "CAR-T therapy starts an attack, MSC therapy calms one [1]."
    assert isinstance(page.blocks[0], Paragraph)


@pytest.mark.parametrize("ids", [("car-t", "msc"), ("msc", "car-t")])
def test_a_difference_is_told_from_both_sides(ids: tuple[str, str]) -> None:
    page = _page(*map(_entry, ids))

    assert "CAR-T therapy starts an attack" in _paragraphs(page)[0]
    assert [each["therapies"] for each in page.data()["differences"]] == [list(ids)]


CHOICE = Choice(
    when="Some people may have either [@elara-2022].",
    not_known=("Which helps longer.",),
    questions=("Can I have both?",),
)


@pytest.mark.parametrize("side", ["car-t", "msc"])
def test_a_choice_written_on_either_side_is_told(side: str) -> None:
    other = "msc" if side == "car-t" else "car-t"
    entries = [
        _entry(id, choosing={other: CHOICE} if id == side else {}) for id in ("car-t", "msc")
    ]
    page = _page(*entries)

    assert _paragraphs(page)[1:] == ["Some people may have either [2].", "Which helps longer."]
    assert _headings(page)[:2] == ["What is not known about the choice", "Ask your team"]
    assert _bullets(page) == ["Can I have both?", "Which product would I get?"]


def _use(*illnesses: str) -> Use:
    return Use(condition="It", illnesses=illnesses, standing="approved", who="Adults.")


FOR_BLOOD = ShortFacts(used_for="Some leukaemias")
NO_ALTERNATIVES = (
    "These are not alternatives: CAR-T therapy is for some leukaemias and MSC therapy is sold for"
    " knees."
)
FOR_KNEES = ShortFacts(used_for="Sold for knees")


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (
            ("t-cell",),
            ("t-cell",),
            "CAR-T therapy and MSC therapy are both used or tried for T cell.",
        ),
        (
            ("t-cell", "leukapheresis"),
            ("leukapheresis", "t-cell"),
            "CAR-T therapy and MSC therapy are both used or tried for T cell and leukapheresis.",
        ),
        (
            ("t-cell",),
            ("leukapheresis",),
            NO_ALTERNATIVES,
        ),
    ],
)
def test_without_a_recorded_choice_the_uses_tell(
    ours: tuple[str, ...], theirs: tuple[str, ...], told: str
) -> None:
    page = _page(
        _entry("car-t", uses=(_use(*ours),), short_facts=FOR_BLOOD),
        _entry("msc", uses=(_use(*theirs),), short_facts=FOR_KNEES),
    )

    assert _paragraphs(page)[1] == told


def test_of_three_only_those_between_whom_people_choose_are_a_choice() -> None:
    third = replace(_entry("msc", name="TIL therapy", short_facts=FOR_KNEES), id="til")
    no_choice = Choice(when="These are not alternatives: one kills, one calms.")
    page = _page(_entry("car-t", choosing={"msc": CHOICE, "til": no_choice}), MSC, third)

    assert _bullets(page)[0] == "CAR-T and MSC: Some people may have either [2]."
    assert "The others are not alternatives: TIL therapy is sold for knees." in _paragraphs(page)
    assert "one kills" not in "\n".join(said(page))


def test_the_founding_table_stands_word_for_word() -> None:
    library = knowledge.builtin()
    entries = [library.entry(id) for id in ("car-t", "nk-nkt", "msc", "growth-factor")]
    table = next(block for block in compare(library, entries, []).blocks if isinstance(block, Grid))

    assert table.head == ("Therapy", "Cell Type", "Main Action")
    assert [tuple(map(to_text, row)) for row in table.rows] == [
        ("CAR-T therapy", "Engineered T cells", "Targets specific markers on diseased cells"),
        ("NK / NKT therapy", "Natural Killer / NKT cells", "Broad innate immune surveillance"),
        ("MSC therapy", "Mesenchymal stem cells", "Tissue support and immune modulation"),
        ("Growth factor therapy", "Signaling proteins", "Stimulates existing cells"),
    ]


ZUMA = (
    "ZUMA (Yescarta, 2023, 359 people): Adults with lymphoma. Alive after 2 years: 55 in 100"
    " against 46, 9 more. 36 in 100 of the others had MSC [2]."
)
BELINDA = (
    "BELINDA (2022, 322 people): Adults with lymphoma. Time without growth: 3 months in both"
    " groups, no clear difference [2]."
)


@pytest.mark.parametrize("order", [("car-t", "msc"), ("msc", "car-t")])
def test_every_trial_that_compared_them_is_told_whatever_it_found(order: tuple[str, str]) -> None:
    same = Comparison(group="MSCs if they help", n=160, result="3 months", therapy="msc")
    outcomes = (
        _trial("ZUMA", label="Yescarta"),
        _trial(
            "BELINDA",
            n=162,
            percent=None,
            result="3 months",
            short="time without growth",
            comparison=same,
            finding="no-difference",
            as_of="2022",
        ),
        _trial("OTHER", comparison=Comparison(group="drugs", n=20, percent=10)),
    )
    by_id = {"car-t": _entry("car-t", outcomes=outcomes), "msc": MSC}
    page = _page(*(by_id[id] for id in order))

    assert _headings(page)[0] == "Trials of CAR-T against MSCs if they help"
    assert _bullets(page)[:2] == [ZUMA, BELINDA]
    assert "OTHER" not in "\n".join(said(page))


def test_trials_of_several_plans_stand_under_each() -> None:
    drugs = Comparison(group="MSCs and drugs", n=160, percent=40, therapy="msc")
    outcomes = (*map(_trial, ("ONE", "TWO")), *(_trial(each, comparison=drugs) for each in "AB"))
    page = _page(_entry("car-t", outcomes=outcomes), MSC)

    assert _headings(page)[0] == "Trials that compared them"
    assert [each for each in _paragraphs(page) if each.startswith("CAR-T against")] == [
        "CAR-T against MSCs if they help:",
        "CAR-T against MSCs and drugs:",
    ]


@pytest.mark.parametrize(("other", "is_asked"), [("hsct", False), ("msc", True)])
def test_how_sure_is_left_to_trials_of_the_two(other: str, is_asked: bool) -> None:
    library = knowledge.builtin()
    page = compare(library, [library.entry("car-t"), library.entry(other)], [])

    assert ("How sure is this?" in said(page)) is is_asked


def test_results_of_one_trial_stand_together() -> None:
    outcomes = (_trial("ZUMA"), _trial("ZUMA", short="free of growth", percent=40))
    page = _page(_entry("car-t", outcomes=outcomes), MSC)
    (told,) = [each for each in _paragraphs(page) if "ZUMA" in each]

    assert told.startswith("CAR-T against MSCs if they help: ZUMA (")
    assert "against 46, 9 more. Free of growth: 40 in 100 against 46, 6 fewer." in told


def test_a_trial_that_is_called_after_what_it_compared_is_named_once() -> None:
    outcomes = (_trial("CAR-T against MSCs"),)
    page = _page(_entry("car-t", outcomes=outcomes), MSC)
    (told,) = [each for each in _paragraphs(page) if "against 46" in each]

    assert told.startswith("CAR-T against MSCs if they help (2023, 359 people): Adults")


def _asking() -> Library:
    """Return the small knowledge with questions as the headings of its rows."""
    text = SMALL.replace(
        "    label: Main harms\n", "    label: Main harms\n    question: What can go wrong?\n"
    )
    return knowledge.of_text(text)


@pytest.mark.parametrize(
    ("count", "cell"),
    [
        (2, "Severe reactions in 12 in 100 people [2]. More."),
        (3, "Severe reactions"),
    ],
)
def test_rows_with_a_question_are_asked_and_answered(count: int, cell: str) -> None:
    library = _asking()
    facts = replace(
        CAR_T.therapy.facts, main_harms="Severe reactions in 12 in 100 people [@elara-2022]. More."
    )
    first = _entry("car-t", facts=facts, short_facts=ShortFacts(main_harms="Severe reactions"))
    others = [MSC, replace(MSC, id="other")]
    page = compare(library, [first, *others[: count - 1]], [])
    (table,) = _of(Table, page)

    assert table.head == ("", "CAR-T", *["MSC"] * (count - 1))
    assert [to_text(row[0]) for row in table.rows] == ["What can go wrong?"]
    assert to_text(table.rows[0][1]) == cell
    assert [row["id"] for row in page.data()["rows"]] == [row.id for row in library.comparison]


def test_without_short_words_a_cell_has_the_first_sentence() -> None:
    facts = replace(CAR_T.therapy.facts, main_harms="Some reactions [@elara-2022]. More.")
    page = compare(_asking(), [_entry("car-t", facts=facts), MSC, replace(MSC, id="other")], [])
    (table,) = _of(Table, page)

    assert to_text(table.rows[0][1]) == "Some reactions [2]."


def test_what_no_source_tells_is_said_to_be_missing() -> None:
    page = _page(CAR_T, MSC, rows=["main-harms"])
    (table,) = _of(Table, page)

    assert [to_text(cell) for cell in table.rows[0]] == [
        "Main harms",
        "Severe reactions in 12 in 100 people [1].",
        "no source found",
    ]
    assert page.data()["rows"][0]["values"]["msc"] is None
    assert page.csv_rows == (
        ("Therapy", "Main harms"),
        ("CAR-T therapy", "Severe reactions in 12 in 100 people."),
        ("MSC therapy", "no source found"),
    )


def test_only_the_rows_asked_for_are_shown_in_their_order() -> None:
    page = _page(CAR_T, MSC, rows=["main-harms", "Cell Type", "main action"])
    (table,) = _of(Table, page)

    assert [to_text(row[0]) for row in table.rows] == ["Main harms", "Cell Type", "Main Action"]
    assert [row["id"] for row in page.data()["rows"]] == ["main-harms", "cell-type", "main-action"]


def test_many_therapies_are_listed_in_the_title() -> None:
    library = knowledge.builtin()
    page = compare(library, [library.entry(id) for id in ("car-t", "msc", "hsct")], [])

    assert page.title == "CAR-T therapy, MSC therapy and blood stem cell transplant (HSCT)"


def test_four_questions_are_asked_of_each_therapy_in_turn_and_none_twice() -> None:
    page = _page(
        _entry("car-t", questions=("One?", "Two?", "Three?")),
        _entry("msc", questions=("Four?", "One?", "Five?")),
    )

    assert _bullets(page) == ["One?", "Four?", "Two?", "Three?"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("CAR-T therapy", "CAR-T"),
        ("NK / NKT therapy", "NK / NKT"),
        ("Blood stem cell transplant (HSCT)", "HSCT"),
        ("Growth factor therapy", "Growth factor therapy"),
        ("Checkpoint inhibitors", "Checkpoint inhibitors"),
    ],
)
def test_a_column_has_the_letters_that_a_therapy_goes_by(name: str, short: str) -> None:
    assert short_name(_entry("car-t", name=name).therapy) == short


@pytest.mark.parametrize(
    "line",
    [
        "car-t and msc",
        "car-t vs msc",
        "car-t, msc",
        "car-t , msc",
        "car-t VS. msc",
        "car-t versus msc",
    ],
)
def test_words_between_the_names_are_ignored(line: str, therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(f"compare {line}")

    assert (code, out.split("\n")[0]) == (0, "CAR-T THERAPY AND MSC THERAPY")


@pytest.mark.parametrize("line", ["car-t", "car-t and car-t", "and vs ,"])
def test_one_therapy_is_no_comparison(line: str, therapyinfo: Run) -> None:
    code, _, err = therapyinfo(f"compare {line}")

    assert code == UsageError.exit_code
    assert "compare takes two different therapies or more" in err


def _lines_before_sources(library: Library, ids: Sequence[str]) -> int:
    page = compare(library, [library.entry(id) for id in ids], [])
    lines = render(page, "plain", RenderOptions(width=80)).split("\n")
    return next(place for place, line in enumerate(lines) if line.startswith("Sources: "))


FIVES = (THERAPIES[:5], THERAPIES[5:10], THERAPIES[-5:])


@pytest.fixture
def new_form() -> Library:
    """Return the built-in knowledge, if it tells of choices between therapies."""
    library = knowledge.builtin()
    if not any(entry.therapy.choosing for entry in library.entries()):
        pytest.skip("this knowledge tells of no choices yet")
    return library


@pytest.mark.parametrize("pair", list(combinations(THERAPIES, 2)), ids="-".join)
def test_two_are_compared_on_a_page_of_paper(pair: tuple[str, str], new_form: Library) -> None:
    entries = [new_form.entry(id) for id in pair]
    has_trials = any(
        each.comparison and each.comparison.therapy in pair
        for entry in entries
        for each in entry.therapy.outcomes
    )

    assert _lines_before_sources(new_form, pair) <= (92 if has_trials else 80)


@pytest.mark.parametrize("ids", FIVES, ids=["first", "middle", "last"])
def test_five_are_compared_in_two_pages_of_paper(ids: list[str], new_form: Library) -> None:
    assert _lines_before_sources(new_form, ids) <= 160

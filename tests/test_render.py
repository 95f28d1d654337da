"""Pages to text on a terminal and in a pipe: whole, within the width, and inert."""

import re

import pytest
from msgspec import structs

from therapyinfo.inlines import Cite, Link, to_text
from therapyinfo.page import (
    DefinitionList,
    Heading,
    Page,
    Paragraph,
    StepItem,
    StepList,
    Table,
)
from therapyinfo.render import Format, render
from therapyinfo.render.options import (
    RenderOptions,
    display_width,
    escape_controls,
    fallback_box,
    sanitize,
    transliterate,
)
from therapyinfo.render.plain import wrap

from .measure import ESCAPES, controls, lost, said, too_wide
from .pages import ADDRESS, every_page

WIDTHS = (20, 24, 32, 40, 60, 80, 100, 120, 200)
PROSE = (
    "Your own T cells are changed in a laboratory, so that they can find and kill cancer cells"
    " (chimeric antigen receptor T-cell therapy)."
)
HOSTILE = {
    "markup": "[red]x[/nope]",
    "closing markup": "[/]",
    "link markup": "[link=https://evil.example]x[/link]",
    "tag": "<b onload=alert(1)>&amp;</b>",
    "emoji code": ":pill: :warning:",
    "escape": "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "c1 control": "\x9b31mred",
    "bell and backspace": "a\x07b\x08c\x7f",
    "carriage return": "first\rsecond",
    "override": "abc\u202edef\u2066ghi",
    "zero width": "a\u200bb\ufeffc",
    "line separators": "a\u2028b\u2029c\x85d",
    "lone surrogate": "a\ud800b",
    "long word": "x" * 333,
    "long word with dashes": "-".join(["ciltacabtagene"] * 20),
    "wide": "細胞療法" * 30,
    "combining": "e\u0301" * 90,
    "emoji": "💉🧬 " * 30,
    "markdown": "# *a* _b_ `c` | d | [x](javascript:1)",
    "percent and braces": "%s {0} {{x}} ${HOME}",
    "quotes": "\"'`\\",
    "sentences": PROSE * 3,
    "address": f"See {ADDRESS} for more.",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("format", ["terminal", "plain"])
@pytest.mark.parametrize("name", HOSTILE)
def test_any_words_are_shown_whole_within_the_width_and_do_nothing(
    name: str, format: str, width: int
) -> None:
    page = every_page(HOSTILE[name])
    options = RenderOptions(width=width)
    text = render(page, format, options)  # type: ignore[arg-type]

    assert too_wide(text, width) == []
    assert controls(text) == []
    assert lost(sanitize(page, options), text) == []
    assert "…" not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_with_colour_only_our_own_escapes_are_written(name: str) -> None:
    page = every_page(HOSTILE[name])
    text = render(page, "terminal", RenderOptions(width=80, color=True))
    plain = render(page, "terminal", RenderOptions(width=80))

    assert controls(ESCAPES.sub("", text)) == []
    assert ESCAPES.sub("", text).split() == plain.split()


@pytest.mark.parametrize("width", WIDTHS)
def test_colours_are_those_of_the_palette_and_weight_and_links_stay_within_a_line(
    width: int,
) -> None:
    text = render(every_page(PROSE), "terminal", RenderOptions(width=width, color=True))
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", text) for code in found.split(";")}

    assert codes <= {"0", "1", "2", "4", "31", "36"}
    assert "\x1b]8;" in text
    for line in text.splitlines():
        assert "\x1b[" not in line or re.findall(r"\x1b\[([0-9;]*)m", line)[-1] == "0"


def test_without_colour_there_is_no_escape_at_all() -> None:
    assert "\x1b" not in render(every_page(), "terminal", RenderOptions(color=False))


def test_nothing_is_told_by_colour_alone() -> None:
    page = every_page()
    with_it = render(page, "terminal", RenderOptions(color=True))

    assert ESCAPES.sub("", with_it).split() == render(page, "terminal", RenderOptions()).split()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("format", ["terminal", "plain"])
def test_prose_is_never_wider_than_a_hundred_columns(format: str, width: int) -> None:
    page = Page(
        "Title", (Paragraph((PROSE * 5,)), DefinitionList((("Label", (PROSE * 5,)),))), dict
    )
    text = render(page, format, RenderOptions(width=width))  # type: ignore[arg-type]

    assert max(map(display_width, text.splitlines())) <= min(width, 100)
    assert max(map(display_width, text.splitlines())) > min(width, 100) - 20


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("format", ["terminal", "plain"])
def test_no_page_has_two_blank_lines_running_or_space_at_a_lines_end(
    format: str, width: int
) -> None:
    text = render(every_page(PROSE), format, RenderOptions(width=width))  # type: ignore[arg-type]

    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert format == "plain" or "\n\n\n" not in text


@pytest.mark.parametrize("width", WIDTHS)
def test_plain_text_has_no_drawing_and_no_gaps(width: int) -> None:
    text = render(every_page(PROSE), "plain", RenderOptions(width=width))

    assert not re.search("[\u2500-\u257f\u25cb\u25cf]", text)
    assert not re.search(r"\S {4,}\S", text)
    assert "\x1b" not in text


def test_plain_text_knows_no_colour() -> None:
    page = every_page()

    assert render(page, "plain", RenderOptions(color=True)) == render(
        page, "plain", RenderOptions()
    )


def test_plain_text_ends_with_what_to_ask_next_where_hints_are_wanted() -> None:
    page = Page("Title", (), dict, next_commands=("therapyinfo list", "therapyinfo define"))
    text = render(page, "plain", RenderOptions(show_next=True))

    assert text.endswith("\nNext: therapyinfo list, define\n")


@pytest.mark.parametrize("format", ["terminal", "plain"])
def test_citations_that_stand_together_share_their_brackets(format: Format) -> None:
    text = ("It works", Cite(1, "a"), Cite(2, "b"), ", and", Cite(1, "a"), ".")
    page = Page("Title", (Paragraph(text),), dict)

    assert "It works [1, 2], and [1].\n" in render(page, format, RenderOptions())


def test_the_next_commands_end_a_page_where_hints_are_wanted() -> None:
    page = every_page()
    with_them = render(page, "terminal", RenderOptions(show_next=True))
    last = with_them.splitlines()[-1]

    assert last.split() == "Next: therapyinfo explain car-t, list".split()
    assert "Next:" not in render(page, "terminal", RenderOptions())


def test_an_address_is_never_cut() -> None:
    for width in WIDTHS:
        for format in ("terminal", "plain"):
            lines = render(every_page(), format, RenderOptions(width=width)).split()

            assert lines.count(ADDRESS) == 2


def test_an_address_behind_words_is_not_cut_either() -> None:
    page = Page("Title", (Paragraph(("Write to: ", Link(ADDRESS))), Paragraph(("Next.",))), dict)

    for width in WIDTHS:
        for format in ("terminal", "plain"):
            text = render(page, format, RenderOptions(width=width))

            assert ADDRESS in text.split()
            assert text.split().index("to:") < text.split().index(ADDRESS)


def test_a_link_can_be_followed_where_the_terminal_has_links() -> None:
    page = Page("Title", (Paragraph(("https://example.org",)),), dict)
    linked = render(every_page(), "terminal", RenderOptions(color=True))

    assert f";{ADDRESS}\x1b\\" in linked
    assert "\x1b]8;" not in render(page, "terminal", RenderOptions(color=True))


# tables, pictures and steps


def _table(*cells: str) -> Page:
    rows = tuple(((f"row {number}",), *((cell,) for cell in cells)) for number in (1, 2))
    head = ("", *(f"column {number}" for number in range(1, len(cells) + 1)))
    return Page("Title", (Table("Caption", head, rows),), dict)


def test_a_table_stands_side_by_side_where_its_words_fit() -> None:
    text = render(_table("some words", "other words"), "terminal", RenderOptions(width=80))

    assert re.search(r"row 1 +some words +other words", text)
    assert re.search(r"column 1 +column 2", text)


@pytest.mark.parametrize("format", ["terminal", "plain"])
def test_a_table_too_thin_for_its_words_is_a_labelled_list(format: str) -> None:
    page = _table("immunoglobulins", "chemotherapies")
    text = render(page, format, RenderOptions(width=28))  # type: ignore[arg-type]

    assert re.search(r"row 1\n +column 1: immunoglobulins\n +column 2: chemotherapies", text)


@pytest.mark.parametrize("width", range(20, 121, 5))
def test_no_word_of_a_table_is_cut_while_one_column_would_hold_it(width: int) -> None:
    page = _table("pneumonoultramicroscopic", "a " * 60, "immunoglobulins and more")
    text = render(page, "terminal", RenderOptions(width=width))

    assert "immunoglobulins" in text.split()
    assert too_wide(text, width) == []


def test_a_table_can_have_no_rows() -> None:
    page = Page("Title", (Table("Caption", ("a", "b"), ()),), dict)

    assert "a" in render(page, "terminal", RenderOptions())
    assert render(page, "plain", RenderOptions()).startswith("TITLE")


def _timeline(*times: str) -> str:
    steps = tuple(StepItem(1, "Step", (time,), (("What", ("words",)),)) for time in times)
    return render(Page("T", (StepList(steps),), dict), "terminal", RenderOptions())


def test_short_times_stand_in_a_column_before_the_steps() -> None:
    text = _timeline("1 hour.", "2 to 16 hours.")

    assert "\n  1 hour.          1  Step\n                   │  What: words\n" in text
    assert "\n  2 to 16 hours.   1  Step\n" in text


def test_longer_times_stand_behind_the_steps_of_a_timeline_only_if_all_fit_there() -> None:
    assert " 1  Step  1 hour.\n" in _timeline("1 hour.", "2 hours, in a few places 3.")
    assert " 1  Step\n   │  1 hour.\n" in _timeline("1 hour.", "hours and " * 9)


def test_times_stand_beside_the_steps_of_a_list() -> None:
    steps = StepList((StepItem(1, "One", ("1 hour.",)), StepItem(2, "Two", ("hours and " * 9,))))

    assert " 1  One  1 hour.\n" in render(Page("T", (steps,), dict), "terminal", RenderOptions())


def test_a_timeline_joins_its_steps_by_a_bar() -> None:
    steps = tuple(StepItem(number, "Step", (), (("What", ("words",)),)) for number in (9, 10))
    text = render(Page("T", (StepList(steps),), dict), "terminal", RenderOptions())

    assert text.splitlines()[-5:] == [
        "   9  Step",
        "   │  What: words",
        "   │",
        "  10  Step",
        "      What: words",
    ]


@pytest.mark.parametrize("width", [20, 80])
def test_a_label_stands_apart_from_what_it_labels_without_colour(width: int) -> None:
    page = Page("Title", (DefinitionList((("Label", ("words",)),)),), dict)
    text = render(page, "terminal", RenderOptions(width=width))

    assert re.search(r"^ *Label(  |\n +)words$", text, re.MULTILINE)


def test_a_deep_heading_stands_apart_from_the_heading_above_it() -> None:
    page = Page("T", (Heading("Serious", 3), Heading("Fever", 4), Paragraph(("Hot.",))), dict)

    assert "Serious\n\n  Fever\n  Hot." in render(page, "terminal", RenderOptions())


def test_a_page_of_records_is_lines_in_a_pipe() -> None:
    page = structs.replace(every_page(), tsv_rows=(("a", "b"), ("c", "d")))

    assert render(page, "plain", RenderOptions(tabular=True)) == "a\tb\nc\td\n"
    assert render(page, "plain", RenderOptions()) != "a\tb\nc\td\n"


# encodings


@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("10⁶ cells", "10^6 cells"),
        ("10⁻³", "10^-3"),
        ("CO₂", "CO2"),
        ("≥ 2 and ≤ 3", ">= 2 and <= 3"),
        ("37.5 °C", "37.5  degrees C"),
        ("“so” they ‘said’", "\"so\" they 'said'"),
        ("a – b — c … d", "a - b - c ... d"),
        ("β-thalassaemia, µg", "beta-thalassaemia, ug"),
        ("Ærø, naïve, Łódź", "Aero, naive, ?odz"),
        ("£5, €6", "GBP 5, EUR 6"),
        ("細", "?"),
        ("a¸b", "a?b"),
        ("a\u2003b", "a b"),
    ],
)
def test_what_an_encoding_lacks_is_spelt_another_way(text: str, ascii: str) -> None:
    assert transliterate(text, "ascii") == ascii


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437", "utf-8"])
@pytest.mark.parametrize("format", ["terminal", "plain"])
@pytest.mark.parametrize("width", [20, 80])
def test_a_page_fits_the_encoding_it_goes_to(width: int, format: str, encoding: str) -> None:
    page = every_page("10⁶ cells, ≥ 2 µg, “naïve” β 細胞")
    text = render(page, format, RenderOptions(width=width, encoding=encoding))  # type: ignore[arg-type]

    text.encode(encoding)
    assert too_wide(text, width) == []


def test_what_fits_the_encoding_stays_as_it_is() -> None:
    assert transliterate("“naïve” £5 …", "cp1252") == "“naïve” £5 …"
    assert fallback_box("┃ ●○ •", "utf-8") == "┃ ●○ •"
    assert fallback_box("┃ ●○ •", "cp1252") == "| #. •"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\tb", "a<U+0009>b"),
        ("\u202e", "<U+202E>"),
        ("\ud800", "<U+D800>"),
        ("line\nbreak", "line\nbreak"),
        ("naïve 細 e\u0301 💉", "naïve 細 e\u0301 💉"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_code(text: str, shown: str) -> None:
    assert escape_controls(text) == shown


def test_a_page_that_is_safe_already_is_taken_as_it_is() -> None:
    page = every_page()

    assert sanitize(page, RenderOptions()) is page
    assert sanitize(every_page("\x1b"), RenderOptions()).title == "<U+001B>"


def test_where_an_author_broke_a_line_does_not_show() -> None:
    broken, whole = every_page("some\nwords"), every_page("some words")

    for format in ("terminal", "plain"):
        assert render(broken, format, RenderOptions()) == render(whole, format, RenderOptions())


def test_the_data_of_a_page_is_left_alone() -> None:
    assert sanitize(every_page("\x1b"), RenderOptions()).data() == {"text": "\x1b"}


# widths


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("細胞", 4), ("e\u0301", 1), ("💉", 2), ("", 0), ("é", 1)]
)
def test_text_is_measured_in_columns(text: str, columns: int) -> None:
    assert display_width(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one  two\nthree", 20, ["one two three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("well-known thing", 6, ["well-", "known", "thing"]),
        ("and/or", 4, ["and/", "or"]),
        ("細胞療法", 5, ["細胞", "療法"]),
        (f"see {ADDRESS}", 20, ["see", ADDRESS]),
        ("", 10, []),
        ("   ", 10, []),
    ],
)
def test_lines_break_between_words_and_long_words_at_dashes(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width) == lines


def test_the_words_to_look_for_are_those_of_the_page() -> None:
    page = every_page("word")

    assert set(said(page)) >= {"word", to_text(page.footer), ADDRESS}

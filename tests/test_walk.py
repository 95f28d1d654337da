"""A walk from step to step without a terminal: what each key does, and how a screen is drawn."""

import pytest

from therapyinfo.cli.interactive import press
from therapyinfo.cli.keyboard import UNFINISHED, keys
from therapyinfo.inlines import Cite
from therapyinfo.page import DefinitionList, Heading, Page, SourceEntry, Sources
from therapyinfo.render.options import RenderOptions, display_width
from therapyinfo.render.screen import screen
from therapyinfo.render.walk import Walk

from .measure import ESCAPES
from .styled import cells_of

SEVEN = Walk(3, 7)
SEEN, TOTAL = 10, 25
TITLES = tuple(f"Title of {number}" for number in range(1, 8))
ADDRESS = "https://example.org/a/very/long/way/to/a/page-that-is-wider-than-most-screens-are"


def _walked(pressed: str, walk: Walk = SEVEN) -> Walk | None:
    """Return where keys lead, each but for the named ones a letter."""
    for key in pressed.split():
        after = press(walk, key, SEEN, TOTAL)
        if after is None:
            return None
        walk = after
    return walk


@pytest.mark.parametrize(
    ("pressed", "walk"),
    [
        ("n", Walk(4, 7)),
        ("right", Walk(4, 7)),
        ("enter", Walk(4, 7)),
        ("b", Walk(2, 7)),
        ("left", Walk(2, 7)),
        ("b b b b", Walk(1, 7)),
        ("7", Walk(7, 7)),
        ("1", Walk(1, 7)),
        ("7 n", None),
        ("q", None),
        ("escape", None),
        ("s", Walk(3, 7, "sources")),
        ("s s", SEVEN),
        ("s escape", SEVEN),
        ("s enter", SEVEN),
        ("s n", Walk(4, 7)),
        ("s q", None),
        ("x", Walk(3, 7, "keys")),
        ("8", Walk(3, 7, "keys")),
        ("0", Walk(3, 7, "keys")),
        ("x y", Walk(3, 7, "keys")),
        ("x n", Walk(4, 7)),
        ("x escape", SEVEN),
        ("down", Walk(3, 7, top=1)),
        ("j j k", Walk(3, 7, top=1)),
        ("up", SEVEN),
        ("page-down", Walk(3, 7, top=9)),
        ("space space", Walk(3, 7, top=15)),
        ("space space space", Walk(4, 7)),
        ("page-down page-down page-down", Walk(3, 7, top=15)),
        ("page-down page-up", SEVEN),
        ("down n", Walk(4, 7)),
        ("s down", Walk(3, 7, "sources", top=1)),
    ],
)
def test_each_key_leads_where_it_says(pressed: str, walk: Walk | None) -> None:
    assert _walked(pressed) == walk


@pytest.mark.parametrize(
    ("pressed", "walk"),
    [
        ("1", Walk(3, 12, typed="1")),
        ("1 enter", Walk(1, 12)),
        ("1 2", Walk(12, 12)),
        ("1 0", Walk(10, 12)),
        ("1 9", Walk(3, 12, "keys")),
        ("2", Walk(2, 12)),
        ("1 n", Walk(4, 12)),
        ("1 q", None),
    ],
)
def test_a_number_of_two_digits_waits_for_the_second_where_there_may_be_one(
    pressed: str, walk: Walk | None
) -> None:
    assert _walked(pressed, Walk(3, 12)) == walk


def test_a_screen_that_has_grown_scrolls_back_at_once() -> None:
    assert press(Walk(3, 7, top=99), "up", SEEN, TOTAL) == Walk(3, 7, top=14)


def test_where_all_of_a_step_is_seen_space_goes_on_and_nothing_scrolls() -> None:
    assert press(SEVEN, "space", 10, 10) == Walk(4, 7)
    assert press(SEVEN, "down", 10, 10) == SEVEN
    assert press(SEVEN, "page-down", 10, 4) == SEVEN


@pytest.mark.parametrize(
    ("sent", "pressed"),
    [
        (b"n", ["n"]),
        (b"N", ["n"]),
        (b"\r", ["enter"]),
        (b"\n", ["enter"]),
        (b" ", ["space"]),
        (b"\x1b", ["escape"]),
        (b"\x04", ["q"]),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        (b"\x1bOA\x1bOB\x1bOC\x1bOD", ["up", "down", "right", "left"]),
        (b"\x1b[5~\x1b[6~", ["page-up", "page-down"]),
        (b"nn12", ["n", "n", "1", "2"]),
        (b"\x1b[200~", [""]),
        (b"\xe9", [""]),
        ("é細".encode(), [""]),
        (b"\xffn", ["", "n"]),
        (b"", []),
    ],
)
def test_what_a_terminal_sends_is_read_as_keys(sent: bytes, pressed: list[str]) -> None:
    assert keys(sent) == pressed


@pytest.mark.parametrize("sent", [b"\x1b", b"\x1b[", b"\x1bO", b"\x1b[1;5"])
def test_the_start_of_a_key_waits_for_its_rest(sent: bytes) -> None:
    assert UNFINISHED.search(sent)
    assert not UNFINISHED.search(sent + b"A")


def _step(length: int = 1) -> Page:
    entries = tuple(
        SourceEntry(number, "s", "A publisher", "A title", "2024", "trial", ADDRESS)
        for number in (1, 2)
    )
    told = ("words of this step " * length, Cite(1, "s"), Cite(2, "s"), ".")
    rows = (("How long", ("3 hours",)), ("What happens", told))
    blocks = (DefinitionList(rows, spaced=True), Heading("Sources"), Sources(entries))
    return Page("Making the cells", blocks, dict, category="CAR-T therapy")


SIZES = [(width, height) for width in (20, 40, 80, 120) for height in (3, 8, 20, 24, 40)]
WALKS = [SEVEN, Walk(3, 7, "sources"), Walk(3, 7, "keys"), Walk(3, 7, top=99), Walk(1, 1)]


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_screen_is_as_large_as_its_terminal_and_no_larger(
    width: int, height: int, walk: Walk
) -> None:
    for length in (1, 40):
        options = RenderOptions(width=width, color=True)
        frame = screen(walk, _step(length), TITLES[: walk.count], options, height)
        bare = [ESCAPES.sub("", line) for line in frame.lines]

        assert len(bare) == height
        assert [line for line in bare if display_width(line) > width or line != line.rstrip()] == []


def _text(walk: Walk, width: int = 80, height: int = 24, length: int = 1) -> str:
    return "\n".join(screen(walk, _step(length), TITLES, RenderOptions(width=width), height).lines)


def test_a_screen_shows_the_step_where_it_stands_and_the_keys() -> None:
    lines = _text(SEVEN).split("\n")

    assert lines[1].split() == "CAR-T therapy step 3 of 7 ●━━●━━◉━━○━━○━━○━━○".split()
    assert lines[3].strip() == "Making the cells"
    assert "words of this step [1, 2]." in " ".join(lines[7].split())
    assert lines[-2].split("  ")[1] == "before 2 Title of 2"
    assert lines[-2].endswith("next 4 Title of 4")
    assert lines[-1].split() == "→ next ← back 1-7 jump s sources (2) q quit".split()
    assert ADDRESS not in "".join(lines)


def test_the_sources_of_a_step_have_a_screen_of_their_own() -> None:
    shown = _text(Walk(3, 7, "sources"), width=100)

    assert shown.count(ADDRESS) == 2
    assert "words of this step" not in shown
    assert "s step" in shown


def test_an_unknown_key_shows_what_the_keys_do() -> None:
    shown = _text(Walk(3, 7, "keys"))

    assert all(told in shown for told in ("the next step", "1 to 7", "quit"))


def test_the_first_and_the_last_step_say_so() -> None:
    assert "before" not in _text(Walk(1, 7))
    assert "next 2 Title of 2" in _text(Walk(1, 7))
    assert "before 6 Title of 6" in _text(Walk(7, 7))
    assert "next" not in _text(Walk(7, 7))
    assert "→ end" in _text(Walk(7, 7))


def test_a_step_longer_than_the_screen_says_how_much_more_there_is() -> None:
    assert "more below" not in _text(SEVEN)
    assert "more below" in _text(SEVEN, length=90)
    assert "space more" in _text(SEVEN, length=90)
    end = _text(Walk(3, 7, top=99), length=90)
    assert "more above" in end
    assert "more below" not in end


@pytest.mark.parametrize("width", [20, 40])
def test_every_line_of_a_long_step_can_be_reached(width: int) -> None:
    walk: Walk | None = SEVEN
    shown = ""
    while walk is not None and walk.number == SEVEN.number:
        frame = screen(walk, _step(20), TITLES, RenderOptions(width=width), 12)
        shown += "\n".join(frame.lines)
        walk = press(walk, "space", frame.seen, frame.total)

    assert walk == Walk(4, 7)
    assert "[1, 2]." in shown
    assert shown.count("step") > 20


def test_a_digit_that_waits_for_another_is_shown() -> None:
    assert "1_" in _text(Walk(3, 12, typed="1"))


def test_a_citation_of_a_step_is_a_link_to_a_source_that_is_not_shown() -> None:
    lines = screen(SEVEN, _step(), TITLES, RenderOptions(width=80, color=True), 24).lines

    assert {cell.link for cell in cells_of("\n".join(lines), "[1,2]")} == {"", ADDRESS}


def test_a_screen_fits_the_encoding_of_its_terminal() -> None:
    page = _step()
    lines = screen(SEVEN, page, ["Café", *TITLES[1:]], RenderOptions(encoding="ascii"), 24).lines

    assert lines[1].endswith("#--#--@--.--.--.--.")
    assert "\n".join(lines).isascii()


def test_what_a_file_says_moves_no_cursor() -> None:
    titles = ["\x1b[2J", *TITLES[1:]]
    page = Page("\x1b[2J", (DefinitionList((("a", ("\x1b[8m",)),)),), dict, category="\x1b]0;x\x07")

    assert "\x1b" not in "".join(screen(Walk(2, 7), page, titles, RenderOptions(), 24).lines)

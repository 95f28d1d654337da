"""Characters that could make a terminal or a reader lie: refused by the reader, shown by their code."""

import unicodedata

import pytest

from therapyinfo.check import Report
from therapyinfo.page import Page, Paragraph
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions, escape_controls
from therapyinfo.text import unsafe_characters
from therapyinfo.yaml_reader import decode, parse_fast

from .checking import changed, report

UNSAFE_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
EXCEPTED = "\n\u200c\u200d\ufe0e\ufe0f"
INVISIBLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\ufe00\ufe0d\uffa0"
    "\U00016fe4\U0001d159\U000e0100\U000e0101\U000e01ef"
)
"""What nobody sees although it counts among letters, marks or symbols."""

ODD = [
    "\u00ad", "\u061c", "\u180e", "\u200b", "\u200e", "\u202e", "\u2060", "\u2066", "\u206a", "\ufeff", "\ufff9",
    "\ufffe", "\U0001d173", "\U000e0001", "\U000e0041", "\ue000", "\U0010ffff", "\u0378", *INVISIBLE,
]  # fmt: skip
HARMLESS = ["é", "e\u0301", "หมา", "细胞", "می\u200cخواهم", "क्\u200dष", "👩\u200d⚕\ufe0f", "☎\ufe0e", "a\u00a0b", "a\u3000b", "µ", "𝔸"]  # fmt: skip


@pytest.mark.slow
def test_the_unsafe_ones_are_those_of_seven_categories_and_the_invisible_ones() -> None:
    every = map(chr, range(0x110000))

    unsafe = {
        each
        for each in every
        if each not in EXCEPTED
        and (unicodedata.category(each) in UNSAFE_CATEGORIES or each in INVISIBLE)
    }
    found = unsafe_characters("".join(map(chr, range(0x110000))))

    selectors = {chr(each) for each in (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))}
    assert found == unsafe | selectors


def _checked(character: str, *, escaped: bool) -> Report:
    told = f"\\U{ord(character):08x}" if escaped else character
    return report(changed("label: Cell Type", f'label: "Cell{told}Type"'))


@pytest.mark.parametrize("character", ODD, ids=ascii)
@pytest.mark.parametrize("escaped", [False, True])
def test_an_unsafe_character_is_an_error_at_its_value(character: str, escaped: bool) -> None:
    found = _checked(character, escaped=escaped).problems

    # The YAML parser itself refuses some of them as they stand.
    assert [each.line for each in found] == [14]
    assert found[0].rule == "control-character" or (not escaped and found[0].rule == "syntax")


@pytest.mark.parametrize("character", ODD, ids=ascii)
def test_a_page_shows_an_unsafe_character_by_its_code(character: str) -> None:
    shown = f"a<U+{ord(character):04X}>b"
    page = Page(title="T", blocks=(Paragraph((f"a{character}b",)),), footer=(), data=dict)

    assert escape_controls(f"a{character}b") == shown
    assert shown in render(page, "plain", RenderOptions())


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_spelling_and_spaces_are_left_as_they_are(text: str) -> None:
    content = changed("label: Cell Type", f"label: Cell {text} Type")

    assert escape_controls(text) == text
    assert report(content).problems == ()
    assert parse_fast(decode(content.encode(), "x")) is not None

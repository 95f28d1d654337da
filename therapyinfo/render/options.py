"""Options of the renderers, and what each does to text first: escape and transliterate."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct, structs

from ..page import Page, iter_strings
from ..text import unsafe_characters

Value = TypeVar("Value")

PROSE_WIDTH = 100
"""Prose is never wider than this: longer lines are hard to follow."""

MIN_WIDTH = 20

_TRANSLITERATIONS = {
    "–": "-", "—": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...",
    "≥": ">=", "≤": "<=", "≈": "about ", "×": "x", "→": "->", "←": "<-", "·": "-", "•": "*",
    "µ": "u", "μ": "u", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa",
    "ζ": "zeta", "°": " degrees ", "£": "GBP ", "€": "EUR ", "¥": "JPY ", "®": "(R)",
    "™": "(TM)", "½": "1/2", "¼": "1/4", "✓": "yes", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o",
    "Æ": "Ae", "Ø": "O", "ł": "l", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip
_APART = "(?<=[0-9a-zA-Z\xc0-\u02af\u1e00-\u1eff])[\u0300-\u036f]+"
"""Accents that no letter has been made with, as in x\u0304."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_BOX_FALLBACKS = str.maketrans(
    {"─": "-", "━": "-", "│": "|", "┃": "|", "●": "#", "◐": "+", "○": ".", "◉": "@", "•": "*"}
    | dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+")
)


class RenderOptions(Struct, frozen=True):
    """Options of a renderer.

    Attributes:
        width: Columns.
        color: Whether escapes for colour, weight and links are wanted.
        links: Whether they may hold links.
        show_next: Whether to print suggested commands.
        encoding: What the stream can carry; what it cannot is spelt another way.
        tabular: Whether a page of records is wanted as lines for other programs.
        made_on: The day of a file to keep, as it is printed; "" for none.

    """

    width: int = 80
    color: bool = False
    links: bool = True
    show_next: bool = False
    encoding: str = "utf-8"
    tabular: bool = False
    made_on: str = ""

    @property
    def prose_width(self) -> int:
        """The widest that prose may be."""
        return min(self.width, PROSE_WIDTH)

    def printable(self, text: str) -> str:
        """Return text that is safe to print, in what the encoding can carry."""
        return printable(text, self.encoding)


def sanitize(page: Page, options: RenderOptions) -> Page:
    """Return the page with every word safe to print, and spelt in what the encoding can carry.

    Line breaks in source text are not significant; they become spaces.
    """
    whole = "".join(iter_strings(page))
    if "\n" not in whole and not unsafe_characters(whole) and _fits(whole, options.encoding):
        return page
    return _map_strings(page, lambda text: options.printable(text.replace("\n", " ")))


def escape_controls(text: str) -> str:
    r"""Return text whose control, bidirectional and invisible characters are shown by their code.

    >>> escape_controls("a\x1b[31mb")
    'a<U+001B>[31mb'
    """
    shown = {ord(each): f"<U+{ord(each):04X}>" for each in unsafe_characters(text)}
    return text.translate(shown) if shown else text


def printable(text: str, encoding: str) -> str:
    """Return text that is safe to print, in what the encoding can carry."""
    return transliterate(escape_controls(text), encoding)


def transliterate(text: str, encoding: str) -> str:
    """Return text that the encoding can carry, as readable as it can be.

    >>> transliterate("10⁶ cells, ≥ 2 µg", "ascii")
    '10^6 cells, >= 2 ug'
    """
    if _fits(text, encoding):
        return text
    # An accent that stands apart has no spelling of its own, the letter with it has one.
    text = re.sub(_APART, "", unicodedata.normalize("NFC", text))
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+", lambda found: f"^{found[0].translate(_SUPERSCRIPTS)}", text)
    return "".join(
        each if _fits(each, encoding) else _transliterate_one(each, encoding)
        for each in text.translate(_SUBSCRIPTS)
    )


def fallback_box(text: str, encoding: str) -> str:
    """Return drawn text with lines and dots that the encoding can carry, cell for cell."""
    lacking = {
        mark: sign for mark, sign in _BOX_FALLBACKS.items() if not _fits(chr(mark), encoding)
    }
    return text.translate(lacking) if lacking else text


def _transliterate_one(character: str, encoding: str) -> str:
    if character in _TRANSLITERATIONS:
        return _TRANSLITERATIONS[character]
    base = unicodedata.normalize("NFKD", character).encode(encoding, "ignore").decode(encoding)
    return base if base.strip() or character.isspace() else "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def display_width(text: str) -> int:
    """Return how many columns a text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


@lru_cache(maxsize=4096)  # few characters make up a text, and lines are measured word by word
def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _map_strings(value: Value, change: Callable[[str], str]) -> Value:
    """Return a block, or anything made of blocks, with every string in it changed."""
    result: Any = value
    if isinstance(value, str):
        result = change(value)
    elif isinstance(value, tuple):
        result = tuple(_map_strings(each, change) for each in value)
    elif isinstance(value, Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {
            name: _map_strings(each, change) for name, each in fields.items() if name != "data"
        }
        result = structs.replace(value, **changed)
    return result  # type: ignore[no-any-return]

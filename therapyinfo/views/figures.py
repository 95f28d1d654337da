"""The figures of a text: counts, doses, times, dates, addresses; and which of them differ."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from .citations import MONTHS

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_VALUES = {word: str(value) for value, word in enumerate(_WORDS, 1)}
_NUMBER = rf"(?:\d+(?:,\d+)*(?:\.\d+)?|(?:{'|'.join(_WORDS)})\b)"
_UNITS = "%|°C|°F|minutes?|hours?|days?|weeks?|months?|years?|mg|ml|g|kg|µg|million|billion"
_JOINT = r"(?: ?(?:to|and|or|-|–|/) ?)"
_FIGURE = (
    r"(?P<address>https://[^\s<>\"]*[^\s<>\".])|"  # what a reader types must not be another
    r"(?<![\w.,-])(?:"  # a digit inside a name, such as CD19 or ZUMA-7, is no figure
    rf"(?P<date>(?:\d\d? )?(?:{'|'.join(MONTHS)}) \d{{4}})"
    rf"|(?P<numbers>{_NUMBER}(?:{_JOINT}{_NUMBER})*)(?: or (?:more|fewer|less))?"
    r"(?:(?: in| of| out of) (?P<whole>(?!(?:19|20)\d\d\b)[\d,]*\d)"  # a year is no whole
    rf"|[ -]?(?P<unit>{_UNITS})(?!\w))?)(?!\w|-\d)"
)

IN_100 = "100"
"""The unit of a share of 100 people, in per cent or not."""

DATE = "date"
"""The unit of a date with its month."""


class Figure(Struct, frozen=True):
    """A figure where it stands in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        words: Itself, with its unit.
        values: Its numbers without commas, or the words of a date or address.
        unit: Its unit in the singular, or of how many it is a part, or `date`; "" for none.

    """

    start: int
    end: int
    words: str
    values: frozenset[str]
    unit: str


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in their order; a lone `one` is a word."""
    return list(_figures(text))


def figures_not_in(some: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Return the figures with a number that none of the others has in the same unit.

    One without a unit is the same in any: "15 to 25" may be told as "up to 25 years". A date may be
    told by its year where the others have no month of that year.
    """
    return [each for each in some if not _are_among(each, others)]


def _are_among(figure: Figure, others: Sequence[Figure]) -> bool:
    if figure.unit != DATE:
        return all(_is_among(one, figure.unit, others) for one in figure.values)
    of_the_year = [each for each in others if each.values & {figure.words.split()[-1]}]
    dates = [each for each in of_the_year if each.unit == DATE] or of_the_year
    return any(each.values <= figure.values or figure.values <= each.values for each in dates)


def _figures(text: str) -> Iterator[Figure]:
    for found in re.finditer(_FIGURE, text, re.IGNORECASE):
        if whole := found["address"] or found["date"]:
            values = frozenset(whole.casefold().split())
        else:
            values = frozenset(map(_value, re.findall(_NUMBER, found["numbers"], re.IGNORECASE)))
        unit = DATE if found["date"] else _unit(found["whole"] or found["unit"] or "")
        if unit or values != {"1"}:
            yield Figure(found.start(), found.end(), found[0], values, unit)


def _is_among(value: str, unit: str, others: Sequence[Figure]) -> bool:
    return any(
        value in each.values and (each.unit == unit or "" in (each.unit, unit)) for each in others
    )


def _value(number: str) -> str:
    plain = number.replace(",", "").casefold()
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return _VALUES.get(plain, plain)


def _unit(unit: str) -> str:
    plain = unit.replace(",", "").casefold().removesuffix("s")
    return IN_100 if plain == "%" else plain

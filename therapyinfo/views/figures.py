"""The figures of a text: counts, doses, times, dates, states, addresses; and which differ."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from .citations import MONTHS

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_VALUES = {word: str(value) for value, word in enumerate(_WORDS, 1)}
_NUMBER = rf"(?:\d+(?:,\d+)*(?:\.\d+)?|(?:{'|'.join(_WORDS)})\b)"
_UNITS = "%|°C|°F|minutes?|hours?|days?|weeks?|months?|years?|mg|ml|g|kg|µg|million|billion"
_JOINT = r"(?: ?(?:to|and|or|-|–|/) ?)"
_STATED = "|".join(f"(?<={field}: )" for field in ("status", "standing", "seriousness"))
_FIGURE = (
    r"(?P<address>https://[^\s<>\"]*[^\s<>\".])|"  # what a reader types must not be another
    rf"(?P<state>(?:{_STATED})[a-z-]+)|"
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


def differing_figures(before: str, after: str) -> tuple[list[Figure], list[Figure]]:
    """Return the figures that a text has no more, and those that it had not.

    Where all are the same, those that changed places: "13 and 2 in 100" may be "2 and 13" now.
    """
    had, has = figures(before), figures(after)
    gone, come = _not_in(had, has), _not_in(has, had)
    return (gone, come) if gone or come else _moved(had, has)


def _not_in(some: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Return the figures with a number that none of the others has in the same unit.

    One without a unit is the same in any: "15 to 25" may be told as "up to 25 years". A date may be
    told by its year where the others have no month of that year.
    """
    return [each for each in some if not _are_among(each, others)]


def _moved(had: Sequence[Figure], has: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of two texts that stand in another order among those of their unit.

    The order of figures without a unit, such as years and sizes of groups, says nothing.
    """
    pairs: list[tuple[Figure, Figure]] = []
    for unit in dict.fromkeys(each.unit for each in had if each.unit):
        one, other = _once(had, unit), _once(has, unit)
        common = [
            [some[each] for each in some if each in one and each in other] for some in (one, other)
        ]
        pairs += zip(*common, strict=True)
    moved = [(one, other) for one, other in pairs if one.values != other.values]
    return [one for one, _ in moved], [other for _, other in moved]


def _once(some: Iterable[Figure], unit: str) -> dict[frozenset[str], Figure]:
    """Return the figures of a unit where each stands first, by their values."""
    found: dict[frozenset[str], Figure] = {}
    for each in some:
        if each.unit == unit:
            found.setdefault(each.values, each)
    return found


def _are_among(figure: Figure, others: Sequence[Figure]) -> bool:
    if figure.unit != DATE:
        return all(_is_among(one, figure.unit, others) for one in figure.values)
    of_the_year = [each for each in others if each.values & {figure.words.split()[-1]}]
    dates = [each for each in of_the_year if each.unit == DATE] or of_the_year
    return any(each.values <= figure.values or figure.values <= each.values for each in dates)


def _figures(text: str) -> Iterator[Figure]:
    for found in re.finditer(_FIGURE, text, re.IGNORECASE):
        if whole := found["address"] or found["state"] or found["date"]:
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

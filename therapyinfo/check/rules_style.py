"""Rules of wording, for the texts that people read."""

import re
from collections.abc import Iterable, Iterator

from ..records import Contact
from ..text import cited_ids, sentences, without_citations
from ..yaml_reader import Finding
from .context import Field, LintContext, rule

MAX_SENTENCE_WORDS = 25
LONGEST_SHOWN = 60

# Each expression looks at a character a bounded number of times, however a text is made: it starts
# only where a run of the characters that it repeats starts, and gives none of a run back.
COUNT = re.compile(r"\d (?:in|of|out of) (?:every )?\d")
_ABBREVIATION = re.compile(r"(?<![\w/@.-])(?=[A-Z][a-z]*+[A-Z])[A-Za-z]++(?:-[A-Z]++)*+(?![\w@-])")
_ROMAN = re.compile("[IVX]+")
_RELATIVE = re.compile(
    r"\b(?:halv(?:e|es|ed|ing)|doubl(?:es|ed|ing)|tripl(?:es|ed|ing)|twice as"
    r"|(?:\w+ )?times (?:more|less|as|higher|lower|greater|likelier)|\w+-?fold"
    r"|(?:\d+ ?%|\d+ per ?cent) (?:more|less|fewer|higher|lower))\b",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
_EXEMPT = re.compile(
    r"(?: to \d[\d.,]*)?\s?-?(?:[cmk]?m|[mk]?g|(?:micro|milli|kilo)?grams?|mcg|µg|ml"
    r"|(?:milli)?litres?|units?|mmol|gray|miles?|degrees|°|million|billion|thousand)\b"
)
_SCALE = re.compile(r"\bpoints?\b")
_MONEY = re.compile(r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF))\s?$")
_LONGEST_MONEY = 5
_PERCENT = re.compile(r"(?<![\d.,])[.,]*+\d[\d.,]*+\s?%|\bper ?cent\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\w.,–-])\d[\d,.]*\s?[-–]\s?\d[\d,.]*(?![\w–-])")
_BRACKET = re.compile(r"\[(?!@)[^\]]*\]?")


@rule("relative-only", "error", "every text")
def relative_only(context: LintContext) -> Iterator[Finding]:
    """A relative number, such as "halves" or "3 times", without the counts it comes from."""
    for field in context.prose:
        found = _RELATIVE.search(without_citations(field.value))
        if found and not COUNT.search(field.value):
            message = f"{found[0]!r} alone misleads, give the counts too, as '14 in 100'"
            yield Finding(field.where, "relative-only", message, found[0])


@rule("long-sentence", "warning", "every text")
def long_sentence(context: LintContext) -> Iterator[Finding]:
    """A sentence that is too long to read in one go."""
    for field in context.prose:
        for sentence in sentences(field.value):
            words = sentence.split()
            if len(words) > MAX_SENTENCE_WORDS:
                message = (
                    f"{len(words)} words in a sentence, {MAX_SENTENCE_WORDS} at most: make it two"
                )
                yield Finding(field.where, "long-sentence", message, " ".join(words[:3]))


@rule("unknown-abbreviation", "warning", "every text, and labels that are read as text")
def unknown_abbreviation(context: LintContext) -> Iterator[Finding]:
    """An abbreviation that the glossary does not explain."""
    names = context.texts("proper_name")
    known = {word for field in names for word in _words(field.value)}
    for field in (*context.prose, *context.texts("label")):
        for found in dict.fromkeys(_ABBREVIATION.findall(without_citations(field.value))):
            if not _ROMAN.fullmatch(found) and not known.issuperset(_words(found)):
                message = f"the glossary does not have {found!r}, add it or write it out"
                yield Finding(field.where, "unknown-abbreviation", message, found)


def _words(text: str) -> list[str]:
    """Return the words of a text in one case, and without the s of their plurals."""
    return [word.casefold().removesuffix("s") for word in re.findall(r"\w+", text)]


@rule("decimal", "warning", "every text")
def decimal(context: LintContext) -> Iterator[Finding]:
    """A number with decimals; doses, money, millions and scales may have them."""
    for field in context.prose:
        for sentence in sentences(field.value):
            if _SCALE.search(sentence):
                continue
            for found in _DECIMAL.finditer(sentence):
                before = sentence[max(found.start() - _LONGEST_MONEY, 0) : found.start()]
                if not (_EXEMPT.match(sentence, found.end()) or _MONEY.search(before)):
                    message = f"{found[0]} has decimals, round it to a whole number"
                    yield Finding(field.where, "decimal", message, found[0])


@rule("percent-sign", "warning", "every text")
def percent_sign(context: LintContext) -> Iterator[Finding]:
    """A percentage instead of a count of people."""
    yield from _matches(context.prose, _PERCENT, "percent-sign", "write it as a count, '14 in 100'")


@rule("hyphen-range", "warning", "every text")
def hyphen_range(context: LintContext) -> Iterator[Finding]:
    """A range with a hyphen or a dash, which a screen reader may leave out."""
    prose = (field for field in context.prose if field.record is not Contact)  # telephone numbers
    yield from _matches(prose, _RANGE, "hyphen-range", "write the range with 'to'")


@rule("stray-bracket", "warning", "every text")
def stray_bracket(context: LintContext) -> Iterator[Finding]:
    """A square bracket that is not a citation, perhaps one without its @."""
    message = "not a citation: write [@source-id], or use round brackets"
    yield from _matches(context.prose, _BRACKET, "stray-bracket", message)


@rule("citation-in-label", "error", "names, titles and other labels")
def citation_in_label(context: LintContext) -> Iterator[Finding]:
    """A citation in a label, which a page would show as it is written."""
    message = "a label cannot hold a citation: cite in a text or in `sources`"
    for field in context.fields:
        label = isinstance(field.value, str) and "prose" not in field.marks
        if label and "[@" in field.value:
            spot = "".join(f"@{id}" for id in cited_ids(field.value)[:1])
            yield Finding(field.where, "citation-in-label", message, spot)


def _matches(
    prose: Iterable[Field], pattern: re.Pattern[str], rule: str, message: str
) -> Iterator[Finding]:
    for field in prose:
        for found in pattern.finditer(without_citations(field.value)):
            words = found[0].lstrip(".,")
            yield Finding(field.where, rule, f"{_short(words)!r}: {message}", words)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"

"""The house style of the built-in text, as patterns: `python -m tests.house_style [THERAPY ...]` reports.

What cannot make a text worse is a test (`test_knowledge_style`); the rest is for a person to read,
since the right word depends on its sentence.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from therapyinfo.records import Code, Contact, Therapy
from therapyinfo.text import sentences, without_citations

from .test_knowledge_decisions import knowledge

NAMES = frozenset(
    "name full_name aliases category related sources region illnesses id use question trial label"
    " cell_type main_action regulator status standing kind date as_of checked brand generic company"
    " target endpoint topic belief therapy finding death_of heading_outcome seriousness".split()
)
"""Fields that hold names, ids, dates and titles of others, not sentences."""

OPENED_TWICE = re.compile(r"\([^()]*\(|\)\s*\(")
COUNT_OF_COUNT = re.compile(r"\bin 100 of \d")
US_SPELLING = re.compile(
    r"\b(tumors?|leukemias?|anemias?|hemoglobin|centers?|programs?|randomized|pediatric|diarrhea"
    r"|edema|esophag\w+|colors?|behaviors?|labeled|fibers?|recognize\w*|authoriz\w+|hospitaliz\w+"
    r"|hematolog\w+|signaling|counseling)\b"
)
ANOTHER_NAME = {
    "carer": r"\bcare ?givers?\b",
    "strong immune reaction, then CRS": r"immune storm|overshoot|cytokine release(?! syndrome)",
    "confusion and other brain effects": r"\bnerve effects\b|neurotoxic effects",
    "CAR-T for the therapy, CAR T cells for cells": r"\bCAR-T cells?\b",
    "infusion": r"\bby drip\b|\bdrips\b|through a drip",
    "placebo": r"\bdummy\b",
    "half of the people": r"\bmedian\b|\bmiddle (value|case)",
    "feeling sick": r"\bnausea\b|\b(and|or|,) sickness\b",
    "call": r"\bring (your|the)\b",
    "emergency department": r"emergency room|emergency services|\bA&E\b",
    "seizure (fit)": r"\bfit \(seizure\)|\bseizures?\b(?! \(fits?\))",
    "approved": r"\b(licensed|authorised|on record)\b|approved with conditions",
    "release, receptor, considering": r"\bset free\b|\bcatchers?\b|who think about",
    "randomised": r"by lot\b|formed by chance",
    "US$, £": r"(?<!US)\$\d|US dollars|\d pounds\b",
    "in 100": r"\d ?%|\bper ?cent\b",
    "a space before °C": r"\d°[CF]",
    "'to' in a range": r"\d ?[\u2013\u2014] ?\d",
}
"""The name that the text has for a thing, and the other names of it that it must not have."""

PROVENANCE = re.compile(
    r"says its maker|the maker says|one US (account|hospital) says|\bundated\b"
    r"|(was|were) not found|\bno (number|figure|date|page) (was|were|is) (found|given|recorded)",
    re.IGNORECASE,
)
"""Where a sentence came from, or what its author did not find: neither helps a reader."""


def texts(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Return every text of sentences below a part, without citations, with its path."""
    match part:
        case str():
            yield path, " ".join(without_citations(part).split())
        case Code() | Contact():
            return
        case Struct():
            for field in part.__struct_fields__:
                if field not in NAMES:
                    yield from texts(getattr(part, field), f"{path}.{field}")
        case dict():
            for key, value in part.items():
                yield from texts(value, f"{path}.{key}")
        case tuple():
            for index, value in enumerate(part):
                yield from texts(value, f"{path}.{index}")


TO_READ = {
    "brackets: at most one a sentence": r"\([^()]*\)[^.()]*\(",
    "a place or date in brackets, without its verb": (
        r"\((?:(?:US|EU|UK|England|Scotland|Japan|Canada|Australia|China|International)\b[^)]*"
        r"|(?:\d{1,2} )?(?:\w+ )?(?:19|20)\d\d)\)"
    ),
    "who said it, where the citation says it": (
        r"\b(?:says|said|reports?|reported|according to) (?:a|an|one|its|the) \w+"
        r"|\b(?:in|from) one (?:US|UK|EU) (?:centre|hospital|study|account)"
    ),
    "what was not found: say what is not known": (
        r"\b(?:no|not) (?:\w+ )?(?:found|recorded|reported|given|stated)\b"
    ),
    "one to nine in words, but for measures": (
        r"(?<![\d.,/+-])\b[1-9] (?=[a-z])(?!(?:to|in|of|or|and|out|times?|per|mg|kg|g|mm|cm|m|mL|ml|L|"
        r"hours?|days?|weeks?|months?|years?|minutes?|pm|am|million|thousand|billion|on|with|points?)\b)"
    ),
    "an illness where the text says disease": r"\billness(?:es)?\b",
    "words of our own": (
        r"\b(?:blood cell makers?|messenger signals?|killer drugs?|drug ladder|by product|look-alike"
        r"|the red of the blood|the end of the bowel|what it hears of|blur\w* survival|loaded cells?)\b"
    ),
    "a word for how often, without a number": r"\b(?:rarely|frequently|occasionally|usually|typically)\b",
}
"""What a person looks at again, by what to think of."""

LONG = 25
"""Words of a sentence; a few may be longer."""

FORMS = re.compile(r"^\.(?:short_facts|products|outcomes)|\.in_short|^\.facts\.")
"""Where fragments stand, or the short form of what another field says whole."""


def sentences_of(therapy: Therapy) -> Iterator[tuple[str, str]]:
    """Yield every sentence of a therapy with the path of its text."""
    for path, text in texts(therapy):
        yield from ((path, each) for each in sentences(text))


def report(ids: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a report about therapies: lengths, then each kind with its places."""
    therapies = {id: knowledge().therapies[id] for id in ids}
    found = [(id, *each) for id, therapy in therapies.items() for each in sentences_of(therapy)]
    told = [(id, text) for id, path, text in found if not FORMS.search(path)]
    for id in therapies:
        lengths = [len(text.split()) for other, text in told if other == id]
        mean = sum(lengths) / len(lengths)
        yield f"{id}: {len(lengths)} sentences, {mean:.1f} words on average"
    times = Counter((id, text) for id, text in told if len(text.split()) > 4)
    twice = [f"  {id}: {text}" for (id, text), count in times.items() if count > 1]
    if twice:
        yield f"\na sentence that stands twice in a therapy: {len(twice)}"
        yield from twice
    kinds: dict[str, str | re.Pattern[str]] = {
        f"a sentence of over {LONG} words": rf"(?:\S+\s+){{{LONG}}}\S",
        **TO_READ,
        **ANOTHER_NAME,
        "spelling": US_SPELLING,
        "a semicolon": ";",
    }
    for kind, pattern in kinds.items():
        places = [(id, path, text) for id, path, text in found if re.search(pattern, text)]
        if places:
            yield f"\n{kind}: {len(places)}"
            yield from (f"  {id}{path}: {text}" for id, path, text in places)


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(sys.argv[1:] or knowledge().therapies)) + "\n")

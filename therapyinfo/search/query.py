"""What people type, made a query that FTS5 understands; nothing in it can break the search."""

import re
from collections.abc import Sequence
from unicodedata import normalize

MAX_TERMS = 40
"""Maximum number of query terms; the rest are dropped."""

Token = tuple[str, bool]
"""A word or a phrase, and whether it was quoted."""

_TOKEN = re.compile(r'"([^"]*)"|[^\s"(){}\[\],;]+')
_UNSEARCHABLE = re.compile('["\x00\ud800-\udfff]')
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_STOP_WORDS = frozenset(
    "a about am an and any are as at be by can could do does for from has have how i if in is it"
    " its many me much my of on or our should so that the their there this to was we what when"
    " where which who why will with would you your".split()
)


def tokenize(words: str) -> list[Token]:
    """Return the words and phrases; small words only if all are small."""
    found: list[Token] = []
    for match in _TOKEN.finditer(_plain_letters(words).translate(_QUOTES)):
        text = _UNSEARCHABLE.sub(" ", match[0]).strip()
        if any(map(str.isalnum, text)):
            found.append((text, match[1] is not None))
    telling = [
        (text, quoted) for text, quoted in found if quoted or text.casefold() not in _STOP_WORDS
    ]
    return list(dict.fromkeys(telling or found))[:MAX_TERMS]


def _plain_letters(words: str) -> str:
    """Return words whose letters and digits are of plain width, each in one with its marks.

    Other signs stay: FTS5 has 10⁶ as it is written, and takes ™ for a space.
    """
    if words.isascii():
        return words
    plain = (normalize("NFKC", each) if _has_forms(each) else each for each in words)
    return normalize("NFC", "".join(plain))


def _has_forms(character: str) -> bool:
    return character.isalpha() or character.isdecimal()


def query_terms(words: str) -> list[str]:
    """Return the words and phrases that count in a query.

    >>> query_terms('what is a "remote* control"?')
    ['remote* control']
    """
    return [text for text, _ in tokenize(words)]


def match_expressions(
    tokens: Sequence[Token], completions: Sequence[str], *, match_all: bool
) -> tuple[str, str]:
    """Return two FTS5 MATCH expressions: exact, and with the last word as a prefix.

    completions: the last word and those that begin so.
    """
    operator = " AND " if match_all else " OR "
    whole = [f'"{text}"' for text, _ in tokens]
    # Side by side counts more than far apart: the words as a phrase are scored on top.
    phrase = '"{}"'.format(" ".join(text for text, _ in tokens))
    last = " OR ".join(f'"{word}"' for word in completions)
    open_ended = [*whole[:-1], f"({last})" if len(completions) > 1 else last]
    return f"({operator.join(whole)}) OR {phrase}", f"({operator.join(open_ended)}) OR {phrase}"

"""What people type, made a question that FTS5 understands; nothing in it can break the search."""

import re
from collections.abc import Sequence
from unicodedata import normalize

MOST_WORDS = 40
"""More words than anyone asks for; what is pasted beyond them is left out."""

Part = tuple[str, bool]
"""A word or a phrase, and whether it was quoted."""

_PART = re.compile(r'"([^"]*)"|[^\s"(){}\[\],;]+')
_UNSAFE = re.compile('["\x00\ud800-\udfff]')
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_SMALL = frozenset(
    "a about am an and any are as at be by can could do does for from has have how i if in is it"
    " its many me much my of on or our should so that the their there this to was we what when"
    " where which who why will with would you your".split()
)


def parts_of(words: str) -> list[Part]:
    """Return the words and phrases; small words only if all are small."""
    found: list[Part] = []
    for match in _PART.finditer(_plain_letters(words).translate(_QUOTES)):
        text = _UNSAFE.sub(" ", match[0]).strip()
        if any(map(str.isalnum, text)):
            found.append((text, match[1] is not None))
    telling = [(text, quoted) for text, quoted in found if quoted or text.casefold() not in _SMALL]
    return list(dict.fromkeys(telling or found))[:MOST_WORDS]


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


def plain_words(words: str) -> list[str]:
    """Return the words and phrases that count in a question.

    >>> plain_words('what is a "remote* control"?')
    ['remote* control']
    """
    return [text for text, _ in parts_of(words)]


def questions(parts: Sequence[Part], begun: Sequence[str], *, every_word: bool) -> tuple[str, str]:
    """Return the question as FTS5 reads it: with the last word whole, and as the start of one.

    begun: the last word and those that begin so.
    """
    glue = " AND " if every_word else " OR "
    whole = [f'"{text}"' for text, _ in parts]
    # Side by side counts more than far apart: the words as a phrase are scored on top.
    phrase = '"{}"'.format(" ".join(text for text, _ in parts))
    last = " OR ".join(f'"{word}"' for word in begun)
    open_ended = [*whole[:-1], f"({last})" if len(begun) > 1 else last]
    return f"({glue.join(whole)}) OR {phrase}", f"({glue.join(open_ended)}) OR {phrase}"

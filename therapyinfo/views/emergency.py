"""Questions of people who may need help now: what leads the answer, before all that was found."""

import re
from collections.abc import Sequence
from typing import Any

from ..inlines import InlineCode
from ..library import Library
from ..page import Block, Callout, Heading, Paragraph
from ..store.artifact import TherapyEntry
from .citations import Citations
from .plain_data import cited
from .risks import AT_ONCE, at_once, get_help

MOST_NAMED = 3
"""Of so many therapies the signs are told."""

_ASKED = re.compile(
    r"\b(fever(ish)?|(high|raised|my|his|her|their|what) temperature|shiver\w*|rigors?|chills"
    r"|seizures?|convuls\w*|(having|had|has) a fit|unconscious|unresponsive|faint(ed|ing|s)?"
    r"|pass(ed|es|ing)? out|blacked out|collaps\w*|chok(e|es|ed|ing)|breathless"
    r"|short(ness)? of breath"
    r"|(troubles?|difficult(y|ies)?|struggl\w+|problems?|hard|harder|fight\w*) (with |to |for )*"
    r"breath\w*|(can ?'?not|can ?'?t|could ?n'?t|won ?'?t|does ?n'?t|not|hard to)"
    r" (\w+ )?(breathe|wake|woken|speak|stay awake|stop (the )?bleeding)|not breathing"
    r"|hard to wake|chest pains?|confus(ed|ion)|slurr\w+|drooping|bleed(s|ing)?"
    r"|emergenc(y|ies)|999|911|112|ambulance|warning signs?|danger signs?|life[- ]threatening now"
    r"|(when|whom?|what|where|should|must|do) .*\b(call|ring|phone|get help)"
    r"|(call|ring|phone) .*\b(at once|now|doctor|team|hospital|immediately))\b"
)


def is_emergency(question: str) -> bool:
    """Return whether somebody who asks this may need help now.

    >>> is_emergency("I can't wake him"), is_emergency("can I drive?")
    (True, False)
    """
    asked = " ".join(question.lower().replace("\u2019", "'").split())
    return _ASKED.search(asked) is not None


def help_blocks(
    library: Library, therapies: Sequence[str], citations: Citations
) -> tuple[Block, ...]:
    """Return when to get help: every sign of each therapy; of none, whom to call and the pages."""
    blocks: list[Block] = []
    for entry in _with_signs(library, therapies):
        several = len(therapies) > 1
        blocks += [Heading(entry.therapy.name)] if several else []
        blocks += [
            *get_help(entry, citations),
            Paragraph((InlineCode(_command(library, entry.id)),), "quiet"),
        ]
    if blocks:
        return tuple(blocks)
    first, *others = library.ids
    told = ("If it is happening now, call first and read afterwards.",)
    after = (
        "The signs of each treatment: ",
        InlineCode(_command(library, first)),
        *((f", or in place of {first}: {', '.join(others)}.",) if others else (".",)),
    )
    return (Callout(AT_ONCE, (told,), (after,)),)


def help_data(library: Library, therapies: Sequence[str]) -> dict[str, Any]:
    """Return when to get help for programs."""
    entries = _with_signs(library, therapies)
    return {
        "call": AT_ONCE,
        "signs": [
            {
                "therapy": entry.id,
                "call": at_once(entry.therapy),
                "emergency": cited(signs.emergency),
                "call_team": cited(signs.call_team),
            }
            for entry in entries
            if (signs := entry.therapy.get_help)
        ],
        "commands": [_command(library, id) for id in [each.id for each in entries] or library.ids],
    }


def _with_signs(library: Library, therapies: Sequence[str]) -> list[TherapyEntry]:
    entries = [library.entry(id) for id in therapies[:MOST_NAMED]]
    return [entry for entry in entries if entry.therapy.get_help]


def _command(library: Library, therapy: str) -> str:
    return library.command("explain", therapy, "--section", "help")

"""Questions of people who may need help now: what leads the answer, before all that was found."""

from collections.abc import Sequence
from typing import Any

from ..inlines import InlineCode
from ..library import Library
from ..page import Block, Callout, Heading, Paragraph
from ..search import PhraseTable, split_words
from ..store.artifact import TherapyEntry
from .citations import Citations
from .plain_data import cited
from .risks import AT_ONCE, at_once, get_help

MOST_NAMED = 3
"""Of so many therapies the signs are told."""

_DEGREES = "37/38/39/40/41/99/100/101/102/103/104"
_ASKED = (
    (
        "fever, temperature",
        (
            "fever | feverish | high/raised/my/his/her/their/what temperature"
            " | have/has/having/had/got/running/runs/is a temperature/temp"
            f" | temperature/temp {_DEGREES} | temperature/temp of/is/was/at {_DEGREES}"
        ),
    ),
    (
        "shivering, chills, shaking",
        "shiver | shivers | shivering | shivered | rigor | rigors | chills",
    ),
    (
        "seizure",
        "seizure | seizures | convulsion | convulsions | convulsing | having/had/has a fit",
    ),
    (
        "faint, faintness, collapse, sleepy, sleepiness",
        (
            "unconscious | unresponsive | faint | faints | fainted | fainting"
            " | pass/passes/passed/passing out | blacked out | collapse | collapses | collapsed"
            " | collapsing | can/won/couldn/doesn t * wake/woken | hard/cannot/cant/wont * wake"
            " | cannot/cant/not * woken | not wake | can t stay awake | cannot/cant stay awake"
        ),
    ),
    (
        "breath, breathing, breathless, breathlessness",
        (
            "breathless | short of breath | shortness of breath | not breathing"
            " | choke | chokes | choked | choking | turn/turns/turned/turning/lips blue | blue lips"
            " | trouble/troubles/problem/problems/struggle/struggling * breathe/breathing"
            " | difficult/difficulty/hard/harder/fight/fighting * breathe/breathing"
            " | can/couldn/won/doesn t breathe | cannot/cant/couldnt/not breathe"
        ),
    ),
    ("chest pain", "chest pain/pains | pain/pains in my/his/her/the chest"),
    (
        "shoulder, belly",
        (
            "sudden/suddenly * pain/pains/ache/hurt/hurts | left shoulder pain/hurts | shoulder tip"
            " | pain/pains/ache in/at * left shoulder"
        ),
    ),
    ("confused, confusion, muddled", "confused | confusion"),
    (
        "speech, speaking, find words",
        (
            "slur | slurs | slurred | slurring | can/won/couldn/doesn t speak"
            " | cannot/cant/not speak | drooping | droops"
        ),
    ),
    ("bleeding, bleed", "bleed | bleeds | bleeding | coughing/vomiting blood"),
    (
        "",
        (
            "emergency | emergencies | 999 | 911 | 112 | ambulance | warning/danger sign/signs"
            " | life threatening now | when/who/whom/what/where/should/must/do * call/ring/phone"
            " | when/who/whom/what/where/should/must/do * get help"
            " | call/ring/phone * now/doctor/team/hospital/immediately | call/ring/phone * at once"
        ),
    ),
)
"""The words of texts about a sign, and the phrases that tell that somebody may have it now."""
_SIGNS = PhraseTable(_ASKED)


def signs_asked(question: str) -> frozenset[str] | None:
    """Return the words for the signs that a question tells; None where nobody may need help now.

    >>> signs_asked("when must I call?"), signs_asked("can I drive?")
    (frozenset(), None)
    """
    told = [words for words, _ in _SIGNS.found(split_words(question))]
    return frozenset(word for words in told for word in words.split(", ") if word) if told else None


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

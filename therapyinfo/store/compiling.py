"""Knowledge to the document that `artifact` reads."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from .. import __version__
from ..product_names import known_names
from ..records import Therapy
from .artifact import (
    PARTS,
    ArtifactHead,
    FileFingerprint,
    Overview,
    Summary,
    TherapyEntry,
    document_of,
    line_of,
    part_of,
)

if TYPE_CHECKING:
    from ..layers import LoadedKnowledge


def compile_knowledge(
    loaded: "LoadedKnowledge",
    key: str = "",
    files: tuple[FileFingerprint, ...] = (),
    written_ns: int = 0,
    package: str = __version__,
) -> bytes:
    """Return the document of a knowledge; the other arguments are for the cache to judge it by."""
    knowledge = loaded.knowledge
    overview = Overview(
        version=knowledge.version,
        reviewed=knowledge.reviewed,
        language=knowledge.language,
        about=knowledge.about,
        comparison=knowledge.comparison,
        categories=knowledge.categories,
        regions=knowledge.regions,
        publishers=knowledge.publishers,
        layers=tuple(replace(each, path=_printable(each.path)) for each in loaded.layers),
        summaries=tuple(_summary(id, each) for id, each in knowledge.therapies.items()),
    )
    contents = (knowledge.sources, knowledge.glossary, knowledge.vocabulary)
    parts = {
        **dict(zip(PARTS, (*contents, known_names(knowledge.therapies)), strict=True)),
        **{part_of(id): _entry(id, loaded) for id in knowledge.therapies},
    }
    lines = [line_of(name, msgspec.json.encode(part)) for name, part in parts.items()]
    lengths = dict(zip(parts, map(len, lines), strict=True))
    head = ArtifactHead(
        package=package,
        key=key,
        written_ns=written_ns,
        files=files,
        overview=overview,
        lengths=lengths,
    )
    return document_of(head, lines)


def _entry(id: str, loaded: "LoadedKnowledge") -> TherapyEntry:
    therapies = loaded.knowledge.therapies
    provenance = loaded.provenance.get(id, {})
    return TherapyEntry(
        id=id,
        therapy=therapies[id],
        differences=_differences(id, therapies),
        provenance={field: _printable(path) for field, path in provenance.items()},
    )


def _summary(id: str, therapy: Therapy) -> Summary:
    return Summary(
        id=id,
        name=therapy.name,
        full_name=therapy.full_name,
        aliases=therapy.aliases,
        category=therapy.category,
        summary=therapy.summary,
        main_action=therapy.facts.main_action,
        standing=therapy.facts.standing,
    )


def _printable(path: str) -> str:
    """Return a path with the bytes that are not UTF-8, and have no place in JSON, spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _differences(id: str, therapies: Mapping[str, Therapy]) -> dict[str, str]:
    own = therapies[id].differences
    from_others = {
        other: each.differences[id] for other, each in therapies.items() if id in each.differences
    }
    both = {**from_others, **own}
    return {other: both[other] for other in therapies if other in both}

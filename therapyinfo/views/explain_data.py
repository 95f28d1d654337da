"""What an explanation tells programs: the records that were asked for, and their sources."""

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from ..records import Therapy
from ..store.artifact import TherapyEntry
from .citations import Citations, json_data
from .first_page import main_risks
from .plain_data import cited, fields_to_plain
from .section_table import Section

BRIEF_RISKS = 2
"""How many harms `--brief` tells."""

BRIEF_FIELDS = ("full_name", "main_message", "facts", "deaths", "risks", "get_help")


def whole_data(
    entry: TherapyEntry, citations: Citations, sections: Iterable[str]
) -> dict[str, Any]:
    """Return the data of a page of all sections: the whole therapy."""
    return _data(entry, citations, entry.therapy.__struct_fields__, sections, differences=True)


def section_data(
    entry: TherapyEntry, citations: Citations, sections: Iterable[Section]
) -> dict[str, Any]:
    """Return the data of some sections: only the fields that they tell."""
    shown = list(sections)
    fields = [field for section in shown for field in section.fields]
    ids = [section.id for section in shown]
    return _data(entry, citations, fields, ids, differences="differences" in ids)


def brief_data(entry: TherapyEntry, citations: Citations) -> dict[str, Any]:
    """Return the data of the shortest page: of harms only those that it tells."""
    told = structs.replace(entry.therapy, risks=tuple(main_risks(entry)[:BRIEF_RISKS]))
    narrowed = structs.replace(entry, therapy=told)
    return _data(narrowed, citations, BRIEF_FIELDS, ["glance"], differences=False)


def _data(
    entry: TherapyEntry,
    citations: Citations,
    fields: Iterable[str],
    sections: Iterable[str],
    *,
    differences: bool,
) -> dict[str, Any]:
    therapy = entry.therapy
    records = {field: getattr(therapy, field) for field in ("name", *fields)}
    others = entry.differences if differences else {}
    return json_data(
        citations.library,
        "explain",
        therapy={"id": entry.id, **fields_to_plain(Therapy, records)},
        differences=cited(others),
        sections=list(sections),
        changes=entry.provenance,
        sources=citations.source_data(tuple(records.values()), others),
    )

"""What a knowledge file holds: one frozen record for each kind of entry.

A description beside a field is the documentation of that field: the JSON Schema, the
reference in `docs/knowledge-file.md` and the checker's hints are all made from it.
Prose fields hold plain text with pandoc-style citations, such as
`53 of 100 people were alive [@elara-2022].`; nothing else in them is markup.
"""

from .evidence import Authorisation, Comparison, Outcome, Product
from .kinds import (
    Address,
    AuthorisationStatus,
    Count,
    FullDate,
    Id,
    Name,
    PartialDate,
    Percent,
    Prose,
    Record,
    Seriousness,
    SourceIds,
    SourceKind,
    UseStanding,
)
from .parts import (
    Code,
    Considered,
    Contact,
    Event,
    Facts,
    GetHelp,
    Guidance,
    Misconception,
    Risk,
    Step,
    Unproven,
    Use,
)
from .whole import (
    About,
    Category,
    ComparisonRow,
    Knowledge,
    Layer,
    LayerAbout,
    LayerHead,
    Source,
    Term,
    Therapy,
)

__all__ = [
    "About",
    "Address",
    "Authorisation",
    "AuthorisationStatus",
    "Category",
    "Code",
    "Comparison",
    "ComparisonRow",
    "Considered",
    "Contact",
    "Count",
    "Event",
    "Facts",
    "FullDate",
    "GetHelp",
    "Guidance",
    "Id",
    "Knowledge",
    "Layer",
    "LayerAbout",
    "LayerHead",
    "Misconception",
    "Name",
    "Outcome",
    "PartialDate",
    "Percent",
    "Product",
    "Prose",
    "Record",
    "Risk",
    "Seriousness",
    "Source",
    "SourceIds",
    "SourceKind",
    "Step",
    "Term",
    "Therapy",
    "Unproven",
    "Use",
    "UseStanding",
]

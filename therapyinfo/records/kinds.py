"""The kinds of value that records are made of, and what every record has in common."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

_MONTH = "(?!02-30|(02|04|06|09|11)-31)(0[1-9]|1[0-2])"
_DAY = "(0[1-9]|[12][0-9]|3[01])"

# As the other patterns it is read by Python and, from the JSON Schema, by ECMAScript.
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$(?!\n)"

Id = Annotated[
    str,
    Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="Lower-case letters, digits and dashes."),
]
Name = Annotated[str, Meta(min_length=1, description="A short label, without citations.")]
Prose = Annotated[
    str,
    Meta(
        min_length=1,
        description="Plain sentences with citations such as [@source-id].",
        extra={"prose": True},
    ),
]
PartialDate = Annotated[
    str,
    Meta(
        pattern=rf"^[0-9]{{4}}(-{_MONTH}(-{_DAY})?)?$",
        description="A date as far as it is known: 2025, 2025-06 or 2025-06-26.",
    ),
]
FullDate = Annotated[
    str,
    Meta(
        pattern=rf"^[0-9]{{4}}-{_MONTH}-{_DAY}$",
        description="A whole date such as 2025-06-26.",
    ),
]
Address = Annotated[
    str, Meta(pattern=r"^https://[^\s<>\"]+$", description="An https address, without spaces.")
]
Language = Annotated[
    str,
    Meta(pattern=LANGUAGE_PATTERN, description="A language tag of BCP 47: he, zh-Hans or pt-BR."),
]
Count = Annotated[int, Meta(ge=0, description="A whole number of people.")]
Percent = Annotated[float, Meta(ge=0, le=100, description="A percentage as its source prints it.")]
SourceIds = Annotated[tuple[Id, ...], Meta(description="Ids of the sources this record rests on.")]

SourceKind = Literal[
    "regulator",
    "label",
    "trial",
    "guideline",
    "review",
    "health-service",
    "charity",
    "professional-body",
    "company",
    "news",
    "court",
]
UseStanding = Literal["approved", "studied", "unproven"]
Seriousness = Literal["life-threatening", "serious", "moderate", "mild"]
AuthorisationStatus = Literal[
    "approved", "conditional", "under-review", "withdrawn", "not-approved"
]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every record: frozen and without unknown fields."""

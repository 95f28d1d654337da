"""The kinds of value that records are made of, and what every record has in common."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

# Each is read by Python and, from the JSON Schema, by the strict regular expressions of ECMAScript,
# so it has no escape that only one knows, and `$(?!\\n)` is the end of the text in both.
_END = r"$(?!\n)"
_LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_DAYS = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
_FULL_DATE = f"([0-9]{{4}}-{_DAYS}|{_LEAP_YEAR}-02-29)"

ID_PATTERN = f"^[a-z0-9]+(-[a-z0-9]+)*{_END}"
FULL_DATE_PATTERN = f"^(?!0000){_FULL_DATE}{_END}"
PARTIAL_DATE_PATTERN = f"^(?!0000)([0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_FULL_DATE}){_END}"
LANGUAGE_PATTERN = rf"^[A-Za-z]{{2,3}}(-[A-Za-z0-9]{{1,8}})*{_END}"
ADDRESS_PATTERN = rf'^https://[^\s<>"]+{_END}'

Id = Annotated[str, Meta(pattern=ID_PATTERN, description="Lower-case letters, digits and dashes.")]
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
        pattern=PARTIAL_DATE_PATTERN,
        description="A date as far as it is known: 2025, 2025-06 or 2025-06-26.",
    ),
]
FullDate = Annotated[
    str, Meta(pattern=FULL_DATE_PATTERN, description="A whole date such as 2025-06-26.")
]
Address = Annotated[
    str, Meta(pattern=ADDRESS_PATTERN, description="An https address, without spaces.")
]
GroupSize = Annotated[int, Meta(ge=1, description="A whole number of people, 1 or more.")]
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

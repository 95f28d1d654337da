"""Docstrings of records: one text for readers of the code, the schema, the reference and check."""

import inspect
import textwrap

import pytest

from therapyinfo import records
from therapyinfo.text import field_descriptions

RECORDS = [
    kind
    for kind in vars(records).values()
    if inspect.isclass(kind) and issubclass(kind, records.Record) and kind is not records.Record
]
DOCSTRING = """A record of two fields.

    A second paragraph, with name: a colon in it.

    Attributes:
        brand: The trade name.
        summary: What it is, in a sentence that
            goes on in the next line: so far.
    """
DESCRIPTIONS = {
    "brand": "The trade name.",
    "summary": "What it is, in a sentence that goes on in the next line: so far.",
}


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        (DOCSTRING, DESCRIPTIONS),
        # From Python 3.13 on the compiler takes the indent away.
        (inspect.cleandoc(DOCSTRING), DESCRIPTIONS),
        (textwrap.indent(DOCSTRING, "        ").lstrip(), DESCRIPTIONS),
        ("A record.", {}),
        ("", {}),
        ("A record.\n\n    name: not under the heading\n    ", {}),
    ],
)
def test_fields_are_described_under_attributes(docstring: str, expected: dict[str, str]) -> None:
    assert field_descriptions(docstring) == expected


@pytest.mark.parametrize("kind", RECORDS)
def test_every_field_of_a_record_is_described_in_its_order(kind: type[records.Record]) -> None:
    described = list(field_descriptions(kind.__doc__ or ""))

    assert set(kind.__struct_fields__) - set(described) <= {"sources"}
    assert described == [field for field in kind.__struct_fields__ if field in described]

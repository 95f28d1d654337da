"""Write the parts of the documents that come from the code: the reference and the list of rules.

Run `python docs/make_reference.py` after a change to `records` or to a rule; a test holds both
current.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from therapyinfo.check import RETIRED, RULES
from therapyinfo.convert import READING_RULES
from therapyinfo.schema import schema

DOCS = Path(__file__).parent
ORDER = (
    "Knowledge IncludedFile About LayerAbout ComparisonRow Category Region Publisher Source Term"
    " Therapy Facts ShortFacts Step Use Who Considered Choice Risk GetHelp Contact Product"
    " Authorisation Outcome Comparison Guidance Unproven Misconception Event Code"
).split()
"""The records in the order in which a file has them."""


def reference() -> str:
    """Return the reference: a table of its fields for each record."""
    definitions = schema()["definitions"]
    return "\n".join(_record(name, definitions[name]) for name in ORDER)


def rules() -> str:
    """Return the list of rules: those that a file must hold to be read, then those of content."""
    told = [f"| [`{id}`](#{id}) | error | {says} |" for id, says in READING_RULES.items()]
    told += [
        f"| [`{each.id}`](#{each.id}) | {each.severity} |"
        f" {each.summary.rstrip('.')} (in {each.scope}) |"
        for each in RULES.values()
    ]
    told += [f"| [`{id}`](#{id}) | retired | {says} |" for id, says in RETIRED.items()]
    head = "| rule | kind | what must hold, or what is found |\n|---|---|---|"
    return "\n".join([head, *told])


def filled(text: str, marker: str, content: str) -> str:
    """Return a document with what stands between a marker and its end replaced."""
    pattern = re.compile(rf"(<!-- {marker} -->\n).*?(<!-- end -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}{content}\n{found[2]}", text)


def _record(name: str, definition: dict[str, Any]) -> str:
    required = definition.get("required", [])
    rows = [
        f"| `{field}` | {_kind(part)}{'' if field in required else ', optional'} |"
        f" {part['description']} |"
        for field, part in definition["properties"].items()
    ]
    told = [f"### {name}", "", definition["description"], ""]
    return "\n".join([*told, "| key | holds | what it says |", "|---|---|---|", *rows, ""])


def _kind(part: dict[str, Any]) -> str:
    """Return in words what a key holds."""
    if "enum" in part:
        return "one of " + ", ".join(f"`{each}`" for each in part["enum"] if isinstance(each, str))
    if {"array", "string"} <= {*_types(part)}:
        return "ids of regions"
    references = list(_references(part))
    if "array" in (part.get("type"), *_types(part)):
        return f"list of {references[0]}" if references else f"list of {_kind(part['items'])}"
    if "additionalProperties" in part:
        return f"mapping of ids to {references[0] if references else _values(part)}"
    if references:
        return references[0]
    return _scalar(part)


def _values(part: dict[str, Any]) -> str:
    """Return in words what a mapping without records holds."""
    held = part["additionalProperties"]
    return "lists of text" if isinstance(held, dict) and "array" in _types(held) else "text"


def _scalar(part: dict[str, Any]) -> str:
    types = list(_types(part))
    whole = str(part)
    if "https" in whole and "pattern" in whole:
        return "https address"
    if "{4}" in whole:
        return "date" if "{4}(-" in whole else "whole date"
    if "a-z0-9" in whole:
        return "id"
    if "integer" in types:
        return "whole number"
    return "number" if types[0] == "number" else "text"


def _types(part: Any) -> Iterator[str]:
    for each in part.get("anyOf", [part]):
        type = each.get("type", [])
        yield from [type] if isinstance(type, str) else type


def _references(part: Any) -> Iterator[str]:
    for name in re.findall(r"'#/definitions/(\w+)'", str(part)):
        yield f"[{name}](#{name.casefold()})"


def main() -> None:
    """Rewrite both documents."""
    for name, marker, content in (
        ("knowledge-file.md", "reference", reference()),
        ("checks.md", "rules", rules()),
    ):
        path = DOCS / name
        text = path.read_text(encoding="utf-8")
        path.write_text(filled(text, marker, content), encoding="utf-8")


if __name__ == "__main__":
    main()

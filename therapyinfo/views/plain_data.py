"""Records as plain data for programs: words apart from the ids of their sources."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from ..text import cited_ids, without_citations


def to_plain(value: Any) -> Any:
    """Return records as plain data for JSON, every field in it and no citation in any text.

    A record with a field `sources` has the ids of all that it rests on there, those that its texts
    cite last. Any other text that can cite is a `text` with its `sources`.
    """
    if isinstance(value, dict):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if not isinstance(value, Struct):
        return value
    names = value.__struct_fields__
    if "sources" in names:
        return _with_sources(value)
    return fields_to_plain(type(value), {name: getattr(value, name) for name in names})


def fields_to_plain(kind: type[Struct], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return some fields of a kind of record as `to_plain` does."""
    citing = prose_fields(kind)
    return {
        name: cited(value) if name in citing else to_plain(value) for name, value in fields.items()
    }


def cited(value: Any) -> Any:
    """Return each text in a value as its words with the ids of what it cites; None stays None."""
    if isinstance(value, str):
        return {"text": without_citations(value), "sources": list(dict.fromkeys(cited_ids(value)))}
    if isinstance(value, dict):
        return {key: cited(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cited(each) for each in value]
    return value


@cache
def prose_fields(kind: type[Struct]) -> frozenset[str]:
    """Return the names of the fields of a record whose texts can cite."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _is_prose(hint))


def _is_prose(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        marks = (each.extra for each in hint.__metadata__ if isinstance(each, Meta))
        if any((mark or {}).get("prose") for mark in marks):
            return True
    return any(_is_prose(each) for each in get_args(hint))


def _with_sources(record: Struct) -> dict[str, Any]:
    data: dict[str, Any] = {}
    cites = list[str]()
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, str) and name in prose_fields(type(record)):
            cites += cited_ids(value)
            value = without_citations(value)
        data[name] = to_plain(value)
    data["sources"] = list(dict.fromkeys([*data["sources"], *cites]))
    return data

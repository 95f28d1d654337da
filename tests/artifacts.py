"""Documents of compiled knowledge, taken apart and put together again."""

import json
from typing import Any


def taken_apart(document: bytes) -> dict[str, Any]:
    """Return the head of a document and its parts, by name."""
    value: dict[str, Any] = json.loads(document)
    return value


def put_together(value: Any) -> bytes:
    """Return a head and parts as a document, the lines as long as its head says."""
    if not isinstance(value, dict) or not isinstance(value.get("head"), dict):
        return json.dumps(value).encode()
    parts = {name: part for name, part in value.items() if name != "head"}
    lines = {name: f",\n{_compact(name)}:{_compact(part)}" for name, part in parts.items()}
    lengths = {name: len(line.encode()) for name, line in lines.items()}
    head = {**value["head"], "lengths": lengths}
    return f'{{"head":{_compact(head)}{"".join(lines.values())}}}\n'.encode()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

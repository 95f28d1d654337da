"""What the rules look at: every part of a file with its declared type; and the rules' list."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct, inspect

from ..convert import unwrap
from ..errors import Severity
from ..records import Knowledge
from ..text import cited_ids
from ..yaml_reader import Finding, Node, Value, ValuePath

Marks = frozenset[str]
"""What a declared type says of a text, by the names in `records`."""


class Field(Struct, frozen=True):
    """A text or a record of the file.

    Attributes:
        record: The kind of record that it is or stands in.
        marks: What its declared type says of it, such as `prose` or `claim`; none for a record.
    """

    where: ValuePath
    value: Value
    record: type[Struct]
    marks: Marks = frozenset()


class LintContext:
    """A knowledge file under check.

    root: the values of all layers. roots: those of each, as its file has them. as_of: the day by
    which facts may be due to be checked again; None where nobody asks for those.
    """

    def __init__(self, root: Node, roots: Iterable[Node], as_of: date | None) -> None:
        self.values: Value = unwrap(root)
        self.as_of = as_of
        self.fields = list(_fields(self.values, inspect.type_info(Knowledge), (), Knowledge))
        # A source that a layer's new text no longer cites is still cited by its own file.
        self.cited = set(_cited(self.values)).union(*(_cited(unwrap(each)) for each in roots))

    @property
    def prose(self) -> Iterable[Field]:
        """Every text of sentences."""
        return self.texts("prose")

    def records(self, kind: type[Struct]) -> Iterable[Field]:
        """Return every record of this kind."""
        records = (field for field in self.fields if isinstance(field.value, dict))
        return (field for field in records if issubclass(field.record, kind))

    def texts(self, mark: str) -> Iterable[Field]:
        """Return every text whose declared type has this mark."""
        texts = (field for field in self.fields if isinstance(field.value, str))
        return (field for field in texts if mark in field.marks)


Check = Callable[[LintContext], Iterator[Finding]]


class Rule(Struct, frozen=True):
    """A rule: its stable id, what a breach is, where it looks, and what finds breaches."""

    id: str
    severity: Severity
    scope: str
    summary: str
    check: Check


RULES: dict[str, Rule] = {}
"""Every content rule by its id; `docs/checks.md` shows each."""

RETIRED = {
    "empty-section": "A recommended section that was empty; a section has what there is to say",
    "long-list": "A list of more than 7 entries; some lists need more",
    "frequency-word": 'A word such as "rare" without its number; it may be all there is',
}
"""Rules of earlier versions, which are never raised again; their ids are not used anew."""


def rule(id: str, severity: Severity, scope: str) -> Callable[[Check], Check]:
    """Add a function to the rules; the first line of its docstring says what it finds."""

    def register(check: Check) -> Check:
        summary = (check.__doc__ or "").partition("\n")[0]
        RULES[id] = Rule(id, severity, scope, summary, check)
        return check

    return register


def _fields(
    value: Value,
    kind: inspect.Type,
    where: ValuePath,
    owner: type[Struct],
    marks: Marks = frozenset(),
) -> Iterator[Field]:
    """Yield every part that has its declared type; `convert` tells of the others."""
    if isinstance(kind, inspect.Metadata):
        extra = kind.extra or {}
        declared = kind.type
        if extra.get("regions") and isinstance(value, str):  # names of regions, as older files do
            declared = inspect.StrType()
        yield from _fields(value, declared, where, owner, marks.union(extra))
    elif isinstance(kind, inspect.UnionType):
        yield from _fields(value, kind.types[0], where, owner, marks)
    elif isinstance(kind, inspect.StructType) and isinstance(value, dict):
        yield Field(where, value, kind.cls)
        for field in kind.fields:
            if field.name in value:
                yield from _fields(value[field.name], field.type, (*where, field.name), kind.cls)
    elif isinstance(kind, inspect.DictType) and isinstance(value, dict):
        for key, child in value.items():
            yield from _fields(child, kind.value_type, (*where, key), owner, marks)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        for number, child in enumerate(value):
            yield from _fields(child, kind.item_type, (*where, number), owner, marks)
    elif isinstance(kind, inspect.StrType) and isinstance(value, str):
        yield Field(where, value, owner, marks)


def _cited(value: Value, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _cited(child, name)
    elif isinstance(value, list):
        for child in value:
            if key == "sources" and isinstance(child, str):
                yield child
            else:
                yield from _cited(child)
    elif value:
        yield from cited_ids(value)

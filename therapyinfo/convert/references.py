"""Errors between the parts of a file: ids that point at nothing, names that clash, idle figures."""

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from ..records import Facts
from ..text import cited_ids, normalize_name
from ..yaml_reader import Finding, Value, ValuePath
from .nearest import Nearest

_ROWS = [field.replace("_", "-") for field in Facts.__struct_fields__]


def reference_findings(values: Value) -> Iterator[Finding]:
    """Yield a finding for each dangling id, clashing name and unusable number.

    It walks the values, so that it finds these errors in a file that has others too.
    """
    unknown = _Unknown()
    yield from _citation_findings(values, (), entries_at(values, "sources"), unknown)
    seen: set[str] = set()
    for number, row in enumerate(items_at(values, "comparison")):
        id, where = value_at(row, "id"), ("comparison", number, "id")
        if isinstance(id, str) and id in seen:
            yield Finding(where, "unknown-row", f"duplicate row {id!r}: keep one")
        yield from unknown(id, "fact", _ROWS, where)
        seen.add(str(id))
    regions = entries_at(values, "regions")
    for id, region in regions.items():
        whole = value_at(region, "part_of")
        yield from unknown(whole, "region", regions, ("regions", id, "part_of"))
    categories = entries_at(values, "categories")
    therapies = entries_at(values, "therapies")
    terms = entries_at(values, "glossary")
    claimed: dict[str, str] = {}
    for id, therapy in therapies.items():
        at = ("therapies", id)
        category = value_at(therapy, "category")
        yield from unknown(category, "category", categories, (*at, "category"))
        for number, other in enumerate(items_at(therapy, "related")):
            yield from unknown(other, "therapy", therapies, (*at, "related", number))
        for number, word in enumerate(items_at(therapy, "hard_words")):
            yield from unknown(word, "term", terms, (*at, "hard_words", number))
        for key in ("differences", "choosing"):
            for other in entries_at(therapy, key):
                for found in unknown(other, "therapy", therapies, (*at, key, other)):
                    yield structs.replace(found, at_key=True)
        yield from _inner_findings(therapy, terms, therapies, at, unknown)
        yield from _name_findings(id, therapy, claimed)
        for number, outcome in enumerate(items_at(therapy, "outcomes")):
            yield from _outcome_findings(outcome, (*at, "outcomes", number))


def _inner_findings(
    therapy: Value,
    terms: dict[str, Value],
    therapies: dict[str, Value],
    at: ValuePath,
    unknown: "_Unknown",
) -> Iterator[Finding]:
    """Yield a finding for each id in a therapy that names no use, outcome, illness or therapy."""
    uses = [str(value_at(use, "id")) for use in items_at(therapy, "uses")]
    for number, use in enumerate(items_at(therapy, "uses")):
        for place, illness in enumerate(items_at(use, "illnesses")):
            yield from unknown(illness, "term", terms, (*at, "uses", number, "illnesses", place))
    for number, product in enumerate(items_at(therapy, "products")):
        for place, decision in enumerate(items_at(product, "authorisations")):
            where = (*at, "products", number, "authorisations", place, "use")
            yield from unknown(value_at(decision, "use"), "use", [*uses, "supportive"], where)
    outcomes = items_at(therapy, "outcomes")
    for number, outcome in enumerate(outcomes):
        here = (*at, "outcomes", number)
        yield from unknown(value_at(outcome, "use"), "use", uses, (*here, "use"))
        other = value_at(value_at(outcome, "comparison"), "therapy")
        yield from unknown(other, "therapy", therapies, (*here, "comparison", "therapy"))
    ids = [str(value_at(outcome, "id")) for outcome in outcomes]
    heading = value_at(therapy, "heading_outcome")
    yield from unknown(heading, "outcome", ids, (*at, "heading_outcome"))


def _name_findings(id: str, therapy: Value, claimed: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each name that another therapy has claimed; `claimed` is added to."""
    at = ("therapies", id)
    names: list[tuple[ValuePath, Value]] = [(at, id)]
    names += [((*at, key), value_at(therapy, key)) for key in ("name", "full_name")]
    aliases = enumerate(items_at(therapy, "aliases"))
    names += [((*at, "aliases", number), alias) for number, alias in aliases]
    for where, name in names:
        if isinstance(name, str):
            owner = claimed.setdefault(normalize_name(name), id)
            if owner != id:
                message = f"{name!r} already names the therapy {owner!r}, choose another"
                yield Finding(where, "same-name", message, at_key=where == at)


def _outcome_findings(outcome: Value, where: ValuePath) -> Iterator[Finding]:
    """Yield a finding for each figure of an outcome, or of its comparison, that cannot be shown."""
    if not isinstance(outcome, dict):
        return
    given = [outcome.get(key) for key in ("count", "percent", "result")]
    if not any(value or value == 0 for value in given):  # compiled, a figure is a number
        message = "no number: give `count` and `n`, or `percent`, or `result`"
        yield Finding(where, "bad-outcome", message)
    for inner in ((), ("comparison",)):
        group = value_at(outcome, inner[0]) if inner else outcome
        if not isinstance(group, dict):
            continue
        n, count = (_number(group, key) for key in ("n", "count"))
        at = (*where, *inner)
        if count is not None and n is None and not group.get("n"):
            yield Finding((*at, "count"), "bad-outcome", "a count needs `n`, the people it is of")
        if count is not None and n and count > n:  # an n of 0 is an error of its own
            yield Finding((*at, "count"), "bad-outcome", f"{count} of {n} people is not possible")


def _number(group: dict[str, Value], key: str) -> int | None:
    value = group.get(key)
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and is_number(value, whole=True) else None


def is_number(text: str, *, whole: bool) -> bool:
    """Return whether a text is a number as this file has them: digits, and a point unless whole."""
    return bool(re.fullmatch(r"[0-9]{1,12}" if whole else r"[0-9]{1,12}(\.[0-9]+)?", text))


class _Unknown:
    """Yields a finding for a name that is not among the known ones, with the nearest of them."""

    def __init__(self) -> None:
        self.nearest = Nearest()

    def __call__(
        self, name: Value, kind: str, known: Iterable[str], where: ValuePath
    ) -> Iterator[Finding]:
        if isinstance(name, str) and name not in known:
            rule = "unknown-row" if kind == "fact" else f"unknown-{kind}"
            yield Finding(where, rule, self.message(name, kind, known))

    def message(self, name: str, kind: str, known: Iterable[str]) -> str:
        meant = self.nearest(name, known)
        hint = f" (did you mean {meant!r}?)" if meant else ""
        return f"no {kind} is called {name!r}{hint}"


def _citation_findings(
    value: Value, where: ValuePath, sources: dict[str, Value], unknown: _Unknown
) -> Iterator[Finding]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _citation_findings(child, (*where, key), sources, unknown)
    elif isinstance(value, list):
        ids = where[-1:] == ("sources",)
        for number, child in enumerate(value):
            inner = (*where, number)
            if ids:
                yield from unknown(child, "source", sources, inner)
            else:
                yield from _citation_findings(child, inner, sources, unknown)
    elif isinstance(value, str) and "[@" in value:
        for id in cited_ids(value):
            if id not in sources:
                message = unknown.message(id, "source", sources)
                yield Finding(where, "unknown-source", message, spot=f"@{id}")


def value_at(value: Value, key: str) -> Value:
    """Return the value under a key; None where there is none."""
    return value.get(key) if isinstance(value, dict) else None


def items_at(value: Value, key: str) -> list[Value]:
    """Return the entries of the list under a key; [] where there is no list."""
    child = value_at(value, key)
    return child if isinstance(child, list) else []


def entries_at(value: Value, key: str) -> dict[str, Value]:
    """Return the entries of the mapping under a key; {} where there is no mapping."""
    child = value_at(value, key)
    return child if isinstance(child, dict) else {}

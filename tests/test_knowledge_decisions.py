"""What the built-in knowledge says of approvals, dates and sources, held against its own records."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from msgspec import Struct

from therapyinfo.layers import load
from therapyinfo.records import Code, Knowledge, Therapy
from therapyinfo.store.locate import builtin_file
from therapyinfo.text import cited_ids

APPROVED = frozenset({"approved", "conditional"})
PUBLISHED_BY_PARTIES = frozenset({"news", "company"})
MOST_FROM_PARTIES = 5
"""Sources in 100 that are news or company pages, at most."""

UNSTABLE = re.compile(r"[?&]p=\d|/table/|^https://api\.")
"""Short links of a blog, tables without their article, and raw answers of an interface."""

LISTED = frozenset(
    "cochrane-esa-deaths"  # a second table of one review
    " aacr-cll aacr-zynyz flcube-ivonescimab keytruda-uk mpe-talvey mpe-tecdara"
    " radfan-akuugo-2025 soho-aucatzyl-eu wrhn-2025"  # no other address is known
    " fda-defitelio fda-imdelltra fda-ndc-dendreon fda-ndc-iovance fda-ndc-uswm fda-yartemlea"
    " label-breyanzi-2026 label-carvykti-2026 label-defibrotide label-elrexfio label-kresladi"
    " label-lenmeldy label-letermovir label-lunsumio-velo label-provenge label-skysona label-talvey"
    " label-tecvayli label-treosulfan label-yartemlea ndc-kresladi ndc-tregzi ndc-waskyra"
    " openfda-neupogen-label openfda-palifermin-label openfda-ryzneuta".split()  # records of openFDA
)
"""Sources whose address is of such a kind because no better one has been read."""


@cache
def knowledge() -> Knowledge:
    """Return the built-in records."""
    return load(builtin_file(), builtin_file()).knowledge


THERAPIES = tuple(knowledge().therapies)
each_therapy = pytest.mark.parametrize("id", THERAPIES)


def decided(therapy: Therapy) -> dict[str, set[str]]:
    """Return the regions in which each use has an approval."""
    regions: dict[str, set[str]] = {}
    for product in therapy.products:
        for decision in product.authorisations:
            if decision.use and decision.status in APPROVED:
                regions.setdefault(decision.use, set()).update(decision.region)
    return regions


@each_therapy
def test_a_use_is_approved_where_a_regulator_decided_so(id: str) -> None:
    therapy = knowledge().therapies[id]
    found = decided(therapy)
    claimed = {
        use.id: set(use.region)
        for use in therapy.uses
        if use.standing == "approved"
        and (found.get(use.id or "") or set(use.region) != {"international"})
    }

    assert claimed == {use: regions for use, regions in found.items() if use != "supportive"}


@each_therapy
def test_a_use_cites_a_decision_of_the_us_the_eu_and_the_uk(id: str) -> None:
    therapy = knowledge().therapies[id]
    sources = knowledge().sources
    cited: dict[tuple[str, str], set[str]] = {}
    for decision in (each for product in therapy.products for each in product.authorisations):
        if decision.use and decision.status in APPROVED:
            better = {s for s in decision.sources if sources[s].kind not in PUBLISHED_BY_PARTIES}
            for region in decision.region:
                cited.setdefault((decision.use, region), set()).update(better)
    without = [
        (use.id, region)
        for use in therapy.uses
        if use.standing == "approved"
        for region in {"us", "eu", "uk"} & set(use.region)
        if (decided_by := cited.get((use.id or "", region))) and not decided_by & set(use.sources)
    ]

    assert without == []


@each_therapy
def test_a_decision_names_a_use_of_its_therapy(id: str) -> None:
    therapy = knowledge().therapies[id]
    uses = {use.id for use in therapy.uses} | {"supportive"}
    unknown = [
        (product.brand or product.generic, decision.use)
        for product in therapy.products
        for decision in product.authorisations
        if decision.use not in uses and decision.status != "not-approved"
    ]

    assert unknown == []


def records(part: object, path: str) -> Iterator[tuple[str, Struct]]:
    """Return every record below a part, with its path."""
    match part:
        case Struct():
            yield path, part
            for field in part.__struct_fields__:
                yield from records(getattr(part, field), f"{path}.{field}")
        case dict():
            for key, value in part.items():
                yield from records(value, f"{path}.{key}")
        case tuple():
            for index, value in enumerate(part):
                yield from records(value, f"{path}.{index}")


def later(date: str, published: str) -> bool:
    """Return whether a date is after another, as far as both are known."""
    known = min(len(date), len(published))
    return date[:known] > published[:known]


@each_therapy
def test_no_claim_is_later_than_all_of_its_sources(id: str) -> None:
    sources = knowledge().sources
    ahead = []
    for path, record in records(knowledge().therapies[id], id):
        if isinstance(record, Code):  # says when the code was looked up
            continue
        cited = [*getattr(record, "sources", ()), *cited_ids(str(getattr(record, "text", "")))]
        published = [sources[each].published for each in cited]
        for field in ("as_of", "date"):
            date = getattr(record, field, None)
            if date and published and all(each and later(date, each) for each in published):
                ahead.append((path, field, date))

    assert ahead == []


def test_news_and_companies_are_few_among_the_sources() -> None:
    sources = knowledge().sources
    parties = [id for id, source in sources.items() if source.kind in PUBLISHED_BY_PARTIES]

    assert 100 * len(parties) / len(sources) <= MOST_FROM_PARTIES


def test_an_address_leads_to_a_page_that_stays() -> None:
    unstable = {id for id, source in knowledge().sources.items() if UNSTABLE.search(source.url)}

    assert sorted(unstable - LISTED) == []
    assert sorted(LISTED - unstable) == []

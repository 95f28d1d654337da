"""Products by region: who authorised what, when, and for what."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ..errors import NothingFound
from ..inlines import Text
from ..library import Library, choose
from ..page import Block, Bullets, Heading, Page, Paragraph
from ..records import Authorisation, Product
from ..store.artifact import TherapyEntry
from .citations import Citations, format_date, json_data, page_footer, to_plain

STATUS = {
    "approved": "approved",
    "conditional": "approved with conditions",
    "under-review": "under review",
    "withdrawn": "withdrawn",
    "not-approved": "not approved",
}

CSV_COLUMNS = (
    "therapy region brand generic company target regulator status date withdrawn indication as_of"
).split()


def products(library: Library, entries: Sequence[TherapyEntry], region: str | None = None) -> Page:
    """List the products of the therapies by region.

    region: only this one; None for all. Raise UnknownName for a region nobody has, and
    NothingFound where these therapies have no product there.
    """
    if region is not None:
        known = regions(library.entries())
        region = choose("region", region, {library.region_name(each): each for each in known})
    where = f" in {library.region_name(region)}" if region else ""
    citations = Citations(library)
    blocks = product_blocks(entries, citations, region, level=2)
    one = entries[0].therapy.name if len(entries) == 1 else ""
    if not blocks:
        raise NothingFound(f"no product is recorded{where}{f' for {one}' if one else ''}")
    sources = citations.source_blocks()

    def data() -> dict[str, Any]:
        return json_data(
            library,
            "products",
            region=region,
            products=_data(entries, region),
            sources=citations.source_data(),
        )

    intro = "Approvals change. Each line says when the regulator decided, and when it was checked."
    return Page(
        title=f"Products{f': {one}' if one else ''}{where}",
        blocks=(Paragraph((intro,)), *blocks, *sources),
        footer=page_footer(library),
        data=data,
        next_commands=tuple(library.command("explain", entry.id) for entry in entries[:2]),
        csv_rows=(tuple(CSV_COLUMNS), *_csv_rows(library, entries, region)),
    )


def regions(entries: Sequence[TherapyEntry]) -> list[str]:
    """Return every region that has an authorisation, in the order met."""
    found = (id for _, _, each in _authorisations(entries, None) for id in each.region)
    return list(dict.fromkeys(found))


def product_blocks(
    entries: Sequence[TherapyEntry], citations: Citations, region: str | None, level: int
) -> tuple[Block, ...]:
    """Return the products of the entries by region, under headings of this level."""
    blocks: list[Block] = []
    for place in [region] if region else regions(entries):
        found = _authorisations(entries, place)
        if found:
            blocks.append(Heading(citations.library.region_name(place), level))
        for (id, product), rows in groupby(found, lambda row: (row[0].id, row[1])):
            name = next(entry.therapy.name for entry in entries if entry.id == id)
            blocks.append(Heading(product_name(product), level + 1))
            blocks += _about(product, name if len(entries) > 1 else "")
            blocks.append(
                Bullets(tuple(_authorisation_text(given, citations) for _, _, given in rows))
            )
    return tuple(blocks)


def _about(product: Product, therapy: str) -> list[Block]:
    target = product.target and f"aims at {product.target}"
    company = product.company and f"company: {product.company}"
    about = "; ".join(filter(None, (therapy, target, company))).removesuffix(".")
    return [Paragraph((f"{about[:1].upper()}{about[1:]}.",), "quiet")] if about else []


def _authorisation_text(given: Authorisation, citations: Citations) -> Text:
    last = given.checked or given.as_of
    checked = f" Checked {format_date(last)}." if last else ""
    about = f" {given.note}" if given.note else ""
    indication = given.indication.removesuffix(".")
    sentence = f"{given.regulator}: {_decision(given)}. {indication}.{about}{checked}"
    return citations.text(sentence, given.sources)


def _decision(given: Authorisation) -> str:
    """Return what was decided and when; what was withdrawn had been approved before."""
    when = f" {format_date(given.date)}" if given.date else ", date not found"
    if given.withdrawn is None:
        return f"{STATUS[given.status]}{when}"
    before = "approved" if given.status == "withdrawn" else STATUS[given.status]
    return f"{before}{when}, withdrawn {format_date(given.withdrawn)}"


def product_name(product: Product) -> str:
    """Return the brand with the generic name in brackets, or the generic name alone."""
    return f"{product.brand} ({product.generic})" if product.brand else product.generic


def _authorisations(
    entries: Sequence[TherapyEntry], region: str | None
) -> list[tuple[TherapyEntry, Product, Authorisation]]:
    return [
        (entry, product, given)
        for entry in entries
        for product in entry.therapy.products
        for given in product.authorisations
        if region is None or region in given.region
    ]


def _data(entries: Sequence[TherapyEntry], region: str | None) -> list[dict[str, Any]]:
    return [
        {
            "therapy": entry.id,
            "brand": product.brand,
            "generic": product.generic,
            "company": product.company,
            "target": product.target,
            **to_plain(given),
        }
        for entry, product, given in _authorisations(entries, region)
    ]


def _csv_rows(
    library: Library, entries: Sequence[TherapyEntry], region: str | None
) -> list[tuple[str, ...]]:
    rows = ({**row, "region": library.places(row["region"])} for row in _data(entries, region))
    return [tuple(str(row.get(name) or "") for name in CSV_COLUMNS) for row in rows]

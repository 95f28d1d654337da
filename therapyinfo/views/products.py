"""Products: the year of the first approval by region, then every decision on each."""

from collections.abc import Sequence
from typing import Any

from ..errors import NothingFound
from ..inlines import Strong, Text
from ..library import Library
from ..page import Block, Bullets, Heading, Page, Paragraph
from ..records import Authorisation, Product
from ..regions import related_regions
from ..store.artifact import TherapyEntry
from ..text import match_name, normalize_name, upper_first
from .blocks import filled_grid
from .citations import (
    Citations,
    format_date,
    in_brackets,
    json_data,
    page_footer,
    with_article,
)
from .notices import region_note
from .plain_data import to_plain

STATUS = {
    "approved": "approved",
    "conditional": "approved early",
    "under-review": "under review",
    "withdrawn": "withdrawn",
    "not-approved": "not approved",
}

IN_A_CELL = {"under-review": "in review", "not-approved": "no"}
"""What a cell says in fewer letters than a sentence."""

COLUMN_REGIONS = ("us", "eu", "uk", "japan", "china")
"""The regions that have a column of their own; the others share the last one."""

OTHERS = "Others"

CSV_COLUMNS = (
    "therapy region brand generic company target regulator status date withdrawn indication as_of"
    " full_since use"
).split()

Products = list[tuple[TherapyEntry, Product]]
"""Products, each with the therapy that it belongs to."""


def products(library: Library, entries: Sequence[TherapyEntry]) -> Page:
    """List the products of the therapies, with each decision on them.

    Raise NothingFound where they have none.
    """
    found = [(entry, product) for entry in entries for product in entry.therapy.products]
    one = entries[0].therapy.name if len(entries) == 1 else ""
    if not found:
        of_therapy = f" for {one}" if one else ""
        raise NothingFound(f"no product is recorded{_where(library)}{of_therapy}")
    return _page(library, found, f"Products{f': {one}' if one else ''}{_where(library)}")


def one_product(library: Library, found: Products) -> Page:
    """Tell the decisions on one product, or on those of one generic name, for each therapy."""
    names = {product_name(product) for _, product in found}
    if len(names) > 1:
        return _page(library, found, f"Products: {found[0][1].generic}{_where(library)}")
    return _page(library, found, f"{names.pop()}{_where(library)}", named=True)


def find_product(library: Library, name: str) -> Products:
    """Return the product with this brand, else those with this generic name; [] if none has it."""
    from ..product_names import NAMES_OF_PRODUCTS  # other pages take no name of a product apart

    known = [(entry, each) for entry in library.entries() for each in entry.therapy.products]
    for names in NAMES_OF_PRODUCTS.values():
        keys = {each: normalize_name(each) for _, product in known for each in names(product)}
        if key := match_name(name, keys):
            return [
                (entry, product)
                for entry, product in known
                if key in map(normalize_name, names(product))
            ]
    return []


def _where(library: Library) -> str:
    return f" in {with_article(library.region_name(library.region))}" if library.region else ""


def _page(library: Library, found: Products, title: str, *, named: bool = False) -> Page:
    citations = Citations(library)
    entries = list({entry.id: entry for entry, _ in found}.values())
    *grids, note = _overview(library, found)
    blocks = _product_blocks(found, citations, level=2)
    if named:
        blocks = [*grids, *(each for each in blocks if not isinstance(each, Heading)), note]
    else:
        blocks = [*grids, note, *blocks]
    return Page(
        title=title,
        blocks=(
            *region_note(library, entries),
            *blocks,
            *citations.page_sources(),
        ),
        footer=page_footer(library),
        data=lambda: json_data(
            library, "products", products=_data(found), sources=citations.source_data()
        ),
        next_commands=tuple(library.command("explain", entry.id) for entry in entries[:2]),
        csv_rows=(tuple(CSV_COLUMNS), *_csv_rows(library, found)),
    )


def product_blocks(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Return the decisions on each product of a therapy, for a section of its page."""
    found = [(entry, product) for product in entry.therapy.products]
    return tuple(_product_blocks(found, citations, level=3))


def _overview(library: Library, found: Products) -> list[Block]:
    """Return products with the year of the first approval by region, and what that means.

    Those of each therapy stand in a grid, under its name where there are several.
    """
    columns = [each for each in COLUMN_REGIONS if each in library.regions]
    groups = [
        (library.region_name(each), related_regions(each, library.regions)) for each in columns
    ]
    rows: dict[str, list[list[str]]] = {}
    for entry, product in found:
        given = product.authorisations
        cells = [_first_decision(_of(given, regions)) for _, regions in groups]
        others = frozenset(id for each in given for id in each.region).difference(
            *(regions for _, regions in groups)
        )
        row = [_short_name(product), *cells, _elsewhere(library, given, others)]
        rows.setdefault(entry.therapy.name, []).append(row)
    head = ["Product", *(name for name, _ in groups), OTHERS]
    notes = ["The year of the first approval, or yes where no date is known."]
    notes.append("A blank means that no decision is recorded.")
    told = {cell for grid in rows.values() for row in grid for cell in row[1:]}
    if any(cell.endswith("early") for cell in told):
        notes.append("Early: approved on early results, with more to be shown later.")
    if any(cell.startswith(IN_A_CELL["not-approved"]) for cell in told):
        notes.append("No: it is not approved.")
    grids: list[Block] = []
    for therapy, grid in rows.items():
        grids += [Heading(therapy, 3)] if len(rows) > 1 else []
        grids.append(filled_grid(head, grid))
    return [*grids, Paragraph((" ".join(notes),), "quiet")]


def _elsewhere(library: Library, given: Sequence[Authorisation], regions: frozenset[str]) -> str:
    """Return where else a product is approved; if nowhere, what was decided there."""
    approved = [each for each in given if _is_approved(each)]
    placed = dict.fromkeys(id for each in approved or given for id in each.region if id in regions)
    names = library.places(placed)
    return names if approved or not names else f"{names}: {_first_decision(_of(given, regions))}"


def _of(given: Sequence[Authorisation], regions: frozenset[str]) -> list[Authorisation]:
    return [each for each in given if not regions.isdisjoint(each.region)]


def _is_approved(given: Authorisation) -> bool:
    return given.status in ("approved", "conditional") and given.withdrawn is None


def _first_decision(given: Sequence[Authorisation]) -> str:
    """Return the year of the first approval, or in a word what was decided; "" for nothing."""
    approved = [each for each in given if _is_approved(each)]
    if not approved:
        status = next(("withdrawn" if each.withdrawn else each.status for each in given), "")
        return IN_A_CELL.get(status) or STATUS.get(status, "")
    dated = [each.date[:4] for each in approved if each.date]
    early = all(each.status == "conditional" for each in approved)
    if not dated:
        return "early" if early else "yes"
    return f"{min(dated)} early" if early else min(dated)


def _product_blocks(found: Products, citations: Citations, level: int) -> list[Block]:
    several = len({entry.id for entry, _ in found}) > 1
    blocks: list[Block] = []
    for entry, product in found:
        blocks.append(Heading(product_name(product), level))
        blocks += _about(product, entry.therapy.name if several else "")
        given = tuple(_decision_text(each, citations) for each in product.authorisations)
        blocks.append(Bullets(given))
    return blocks


def _about(product: Product, therapy: str) -> list[Block]:
    target = product.target and f"aims at {product.target}"
    company = product.company and f"made by {product.company}"
    about = ", ".join(filter(None, (therapy, target, company))).removesuffix(".")
    return [Paragraph((f"{upper_first(about)}.",), "quiet")] if about else []


def _decision_text(given: Authorisation, citations: Citations) -> Text:
    """Return a decision: where, what and when, by whom, for what."""
    where = Strong(f"{citations.library.places(given.region)}:")
    about = f" {given.note}" if given.note else ""
    indication = given.indication.removesuffix(".")
    said = f" {decision(given)} ({given.regulator}). {indication}.{about}"
    return (where, *citations.text(said, given.sources))


def decision(given: Authorisation) -> str:
    """Return what was decided and when, such as `approved early in May 2024, fully in 2026`."""
    if given.status == "not-approved" and given.date:
        return f"{STATUS[given.status]}{in_brackets(format_date(given.date))}"
    if given.status in ("not-approved", "under-review"):
        last = format_date(given.as_of or given.date)
        return f"{STATUS[given.status]}{f' as of {last}' if last else ''}"
    if given.status == "withdrawn" and not (given.date and given.withdrawn):
        return f"withdrawn{_when(given.withdrawn or given.date)}"
    early = given.status == "conditional" or given.full_since
    told = f"approved{' early' if early else ''}{_when(given.date)}"
    if given.full_since:
        told += f", fully{_when(given.full_since)}"
    return f"{told}, withdrawn{_when(given.withdrawn)}" if given.withdrawn else told


def _when(date: str | None) -> str:
    """Return a date behind a verb: ` 30 August 2017`, ` in May 2024`; "" for None."""
    if date is None:
        return ""
    return f" {format_date(date)}" if date.count("-") == 2 else f" in {format_date(date)}"


def product_name(product: Product) -> str:
    """Return the brand with the generic name in brackets, or the generic name alone."""
    if not product.brand:
        return product.generic
    return f"{product.brand} ({product.generic.replace(' (', ', ').removesuffix(')')})"


def _short_name(product: Product) -> str:
    """Return the brand, or the shorter of two generic names."""
    return product.brand or product.generic.rpartition(" (")[2].removesuffix(")")


def _data(found: Products) -> list[dict[str, Any]]:
    return [
        {
            "therapy": entry.id,
            "brand": product.brand,
            "generic": product.generic,
            "company": product.company,
            "target": product.target,
            **to_plain(given),
        }
        for entry, product in found
        for given in product.authorisations
    ]


def _csv_rows(library: Library, found: Products) -> list[tuple[str, ...]]:
    rows = ({**row, "region": library.places(row["region"])} for row in _data(found))
    return [tuple(str(row.get(name) or "") for name in CSV_COLUMNS) for row in rows]

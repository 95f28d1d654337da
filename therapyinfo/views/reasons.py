"""Why a page is the answer to a name that it does not bear."""

from collections.abc import Sequence

from msgspec import structs

from ..page import Page, Paragraph


def with_reasons(page: Page, reasons: Sequence[str]) -> Page:
    """Return a page that begins with why a product or a code opened it, a sentence each."""
    told = tuple(Paragraph((reason,), "quiet") for reason in reasons)
    return structs.replace(
        page,
        blocks=(*told, *page.blocks),
        data=lambda: {**page.data(), "reasons": list(reasons)},
    )

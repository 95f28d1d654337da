"""The built-in knowledge: each place that a use names has its authorisation, with who says so."""

from therapyinfo.records import Use

from .test_content import each_therapy, knowledge

EVERYWHERE = "international"


def cited(id: str, use: Use, region: str) -> set[str]:
    """Return the sources of the authorisations of a therapy's products for a use in a place."""
    return {
        source
        for product in knowledge().therapies[id].products
        for each in product.authorisations
        if each.use == use.id and region in each.region
        for source in each.sources
    }


@each_therapy
def test_a_place_of_an_approved_use_has_a_source_in_its_authorisations(id: str) -> None:
    bare = [
        (use.id, region)
        for use in knowledge().therapies[id].uses
        if use.standing == "approved"
        for region in use.region
        if region != EVERYWHERE and not cited(id, use, region)
    ]

    assert bare == []

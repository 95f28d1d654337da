"""The built-in knowledge: a use that is approved somewhere cites who says so, place by place."""

from therapyinfo.records import Authorisation, Use

from .test_content import each_therapy, knowledge


def authorisations(id: str, use: Use, region: str) -> list[Authorisation]:
    """Return the authorisations of a therapy's products for one use in one place."""
    return [
        each
        for product in knowledge().therapies[id].products
        for each in product.authorisations
        if each.use == use.id and region in each.region
    ]


@each_therapy
def test_an_approved_use_cites_a_source_of_each_place_it_names(id: str) -> None:
    bare = [
        (use.id, region)
        for use in knowledge().therapies[id].uses
        if use.standing == "approved"
        for region in use.region
        if (told := authorisations(id, use, region))
        and not any(set(each.sources) & set(use.sources) for each in told)
    ]

    assert bare == []

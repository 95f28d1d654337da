"""Prices in the built-in knowledge: each stands in the record of the region that it is of."""

import re

import pytest

from therapyinfo.layers import load
from therapyinfo.records import Knowledge
from therapyinfo.store.locate import builtin_file

from .conftest import Run

PRICE = re.compile(r"US\$|£|€")
OWN = {"us": "US$", "uk": "£", "england": "£", "eu": "€", "india": "US$"}
"""The currency of a region's prices. The one price in India was reported in dollars."""


def knowledge() -> Knowledge:
    """Return the built-in records."""
    return load(builtin_file(), builtin_file()).knowledge


def test_a_price_stands_in_the_record_of_its_region() -> None:
    elsewhere = [
        (id, access.topic, access.region)
        for id, therapy in knowledge().therapies.items()
        for access in therapy.access
        for currency in PRICE.findall(f"{access.in_short or ''} {access.text}")
        if currency not in {OWN.get(region) for region in access.region}
    ]

    assert elsewhere == []


@pytest.mark.parametrize(
    ("therapy", "region", "foreign"),
    [
        ("car-t", "uk", "US$"),
        ("car-t", "us", "£"),
        ("bispecific-antibody", "uk", "US$"),
        ("bispecific-antibody", "eu", "US$"),
    ],
)
def test_a_page_of_a_region_names_no_price_of_another(
    therapyinfo: Run, therapy: str, region: str, foreign: str
) -> None:
    code, out, err = therapyinfo(f"explain {therapy} --region {region} -f plain")

    assert (code, err, foreign in out) == (0, "", False)

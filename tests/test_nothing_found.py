"""What a search says that finds nothing: so, with near words, the nearest page and `define`."""

import json

import pytest

from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

NEAREST = {
    "a word of the glossary": ("lukapheresis", "define leukapheresis"),
    "a word of a title": ("drivng", "search Driving"),
    "nothing near": ("xyzzyq", "list"),
    "no words": ("?!", "list"),
}


@pytest.mark.parametrize(("words", "command"), NEAREST.values(), ids=NEAREST)
def test_it_says_so_and_names_the_nearest_page(words: str, command: str, therapyinfo: Run) -> None:
    code, out, err = therapyinfo(["search", words])

    assert (code, out) == (1, "")
    told = err.removesuffix("\n")
    assert "nothing was found" in told or "no words to search for" in told
    assert told.endswith(f"See: therapyinfo {command}, or all words: therapyinfo define")


@pytest.mark.parametrize(("words", "command"), NEAREST.values(), ids=NEAREST)
def test_the_commands_that_it_names_work(words: str, command: str, therapyinfo: Run) -> None:
    assert therapyinfo(command)[0] == 0


@pytest.mark.parametrize("words", ["xyzzyq", "?!"])
def test_it_says_so_to_programs(words: str, therapyinfo: Run) -> None:
    code, out, err = therapyinfo(["search", words, "-f", "json"])

    assert (code, err) == (1, "")
    error = json.loads(out)["error"]
    assert error["code"] == "nothing_found"
    assert "therapyinfo define" in error["message"]


def test_it_names_the_knowledge_and_the_region_it_was_asked_of(therapyinfo: Run) -> None:
    _, _, err = therapyinfo(["search", "xyzzyq", "--region", "uk"])

    assert err.endswith("therapyinfo define --region uk\n")

"""What the HTML says, read back by a parser that keeps to the standard."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any, get_args
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.documents import (
    COMPARISON,
    EVERY_BLOCK,
    HOSTILE,
    NO_LEVEL_2,
    PLACES,
    UNLISTED,
    long_page,
    page_of,
    without_commands,
)
from therapyinfo.inlines import Cite, Link
from therapyinfo.page import Block, Heading, IconArray, IconCount, Page, Paragraph
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions

PAGES = [
    EVERY_BLOCK,
    COMPARISON,
    NO_LEVEL_2,
    UNLISTED,
    long_page(),
    page_of("<b>&amp;\"'"),
    Page("T", (), dict),
]


def written(page: Page, encoding: str = "utf-8") -> str:
    return render(page, "html", RenderOptions(encoding=encoding))


def parsed(page: Page) -> Element:
    """Return the page as a tree; raise html5lib's ParseError at the first error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Any = parser.parse(written(page))
    assert isinstance(root, Element)
    return root


def body(root: Element) -> Element:
    found = root.find("body")
    assert found is not None
    return found


def words(element: Element) -> str:
    return "".join(element.itertext())


def tags(root: Element) -> list[str]:
    """Return the tags of all elements, without the namespace that SVG has."""
    return [str(each.tag).rpartition("}")[2] for each in root.iter() if isinstance(each.tag, str)]


def levels(root: Element) -> list[int]:
    return [int(tag[1]) for tag in tags(root) if re.fullmatch("h[1-6]", tag)]


def ids(root: Element) -> list[str]:
    return [each.attrib["id"] for each in root.iter() if "id" in each.attrib]


def links(root: Element) -> list[str]:
    return [each.attrib["href"] for each in root.iter("a")]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_parses_without_an_error(page: Page) -> None:
    root = parsed(page)
    assert root.attrib == {"lang": "en"}
    assert words(root.find("head/title")) == page.title  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_no_heading_skips_a_level(page: Page) -> None:
    found = levels(parsed(page))
    assert found.count(1) == 1
    assert found[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(found))


def test_headings_that_start_too_deep_are_lifted() -> None:
    assert levels(parsed(NO_LEVEL_2)) == [1, 2, 3, 2]


def test_every_kind_of_block_is_written() -> None:
    assert {type(block) for block in EVERY_BLOCK.blocks} == set(get_args(Block))
    found = Counter(tags(parsed(EVERY_BLOCK)))
    expected = {
        "dl": 3,
        "dt": 5,
        "dd": 5,
        "ol": 2,
        "table": 2,
        "aside": 1,
        "figure": 2,
        "svg": 3,
        "mark": 1,
    }
    assert {name: found[name] for name in expected} == expected


def test_every_word_of_the_plain_page_is_there() -> None:
    for page in (EVERY_BLOCK, long_page()):
        plain = re.findall(
            r"\w+", render(without_commands(page), "plain", RenderOptions(width=200)).casefold()
        )
        found = re.findall(r"\w+", words(body(parsed(page))).casefold())
        numbers_of_steps = {"1", "2", "3"}
        assert set(plain) - numbers_of_steps <= set(found)


def test_a_table_row_has_its_own_heading() -> None:
    root = parsed(COMPARISON)
    rows = list(root.iter("tr"))
    assert [each.attrib.get("scope") for each in rows[0]] == ["col", "col", "col"]
    assert [[each.tag for each in row] for row in rows[1:]] == [["th", "td", "td"]] * 4
    assert {row[0].attrib["scope"] for row in rows[1:]} == {"row"}
    assert [words(each) for each in root.iter("caption")] == ["The therapies at a glance"]


def test_a_corner_without_words_is_no_heading() -> None:
    assert all(words(each) for each in parsed(EVERY_BLOCK).iter("th"))


def test_a_wide_table_can_be_scrolled_by_keyboard() -> None:
    scroll = next(each for each in parsed(COMPARISON).iter("div") if "tabindex" in each.attrib)
    assert (scroll.attrib["tabindex"], scroll.attrib["role"]) == ("0", "group")
    assert scroll.attrib["aria-label"] == "The therapies at a glance"


@pytest.mark.parametrize("page", PAGES)
def test_every_anchor_is_there_once(page: Page) -> None:
    root = parsed(page)
    found = Counter(ids(root))
    assert set(found.values()) <= {1}
    inner = [href[1:] for href in links(root) if href.startswith("#")]
    assert "content" in inner
    assert set(inner) <= set(found)


@pytest.mark.parametrize("page", [EVERY_BLOCK, long_page()])
def test_a_citation_and_its_source_lead_to_each_other(page: Page) -> None:
    root = parsed(page)
    cites = {
        each.attrib["id"]: each.attrib["href"] for each in root.iter("a") if "id" in each.attrib
    }
    sources = {each.attrib["id"]: each for each in root.iter("li") if "id" in each.attrib}
    assert {f"#{id}" for id in sources} == set(cites.values())
    back = {
        href[1:]: f"#{id}" for id, each in sources.items() for href in links(each) if href[0] == "#"
    }
    assert back == cites


def test_a_way_back_says_where_it_leads() -> None:
    source = next(
        each for each in parsed(long_page()).iter("li") if each.attrib.get("id") == "source-1"
    )
    ways = [each for each in source.iter("a") if each.attrib["href"].startswith("#")]
    assert [words(each) for each in ways[:4]] == ["Section 2", "2", "3", "Section 4"]
    names = [each.attrib["aria-label"] for each in ways]
    assert names[:2] == ["Back to citation 1 in Section 2", "Back to citation 2 in Section 2"]
    assert all(words(way) in name for way, name in zip(ways, names, strict=True))
    assert len(set(names)) == len(names)


def test_a_citation_of_a_source_not_listed_is_no_link() -> None:
    root = parsed(UNLISTED)
    assert links(root) == ["#content"]
    assert "It works\u00a0[1]." in words(root)


def test_a_long_page_lists_its_sections() -> None:
    root = parsed(long_page())
    contents = next(root.iter("nav"))
    assert contents.attrib["aria-label"]
    assert [words(each) for each in contents.iter("a")] == [
        *(f"Section {n}" for n in range(1, 13)),
        "Sources",
    ]
    assert links(contents)[:3] == ["#again", "#again-2", "#section-3"]
    assert "nav" not in tags(parsed(EVERY_BLOCK))


def test_a_heading_cannot_take_the_anchor_of_a_source() -> None:
    blocks = (
        Heading("Source 1"),
        Heading("content"),
        Heading("Cite 1 1"),
        Heading("*"),
        *EVERY_BLOCK.blocks,
    )
    found = ids(parsed(Page("T", blocks, dict)))
    assert len(found) == len(set(found))
    assert {"source-1", "source-1-2", "content-2", "cite-1-1", "part"} <= set(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_data_is_never_markup(text: str) -> None:
    root = parsed(page_of(text))
    assert Counter(tags(root)) == Counter(tags(parsed(page_of("x"))))
    assert {name for each in root.iter() for name in each.attrib if name.startswith("on")} == set()
    assert words(body(root)).casefold().count(text.casefold()) == PLACES


def test_only_an_https_address_is_a_link() -> None:
    addresses = (
        "http://a.org/",
        "javascript:alert(1)",
        'https://a.org/" x',
        "data:text/html,x",
        "//a.org",
    )
    root = parsed(Page("T", tuple(Paragraph((Link(each),)) for each in addresses), dict))
    assert links(root) == ["#content"]
    assert [words(each) for each in root.iter("p")] == list(addresses)
    outer = [
        each for each in parsed(EVERY_BLOCK).iter("a") if each.attrib["href"].startswith("https:")
    ]
    assert len(outer) == 3
    assert {each.attrib["rel"] for each in outer} == {"noopener noreferrer"}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    root = parsed(page)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(
        tags(root)
    )
    assert not {"src", "srcset", "style", "action"} & {
        name for each in root.iter() for name in each.attrib
    }
    style = words(next(root.iter("style")))
    assert "url(" not in style
    assert "@import" not in style
    policies = [each.attrib["content"] for each in root.iter("meta") if "http-equiv" in each.attrib]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def _pictures(page: Page) -> list[Element]:
    return [each for each in parsed(page).iter() if str(each.tag).endswith("}svg")]


def _marks(picture: Element) -> tuple[int, int, int]:
    """Return how many marks a picture has, how many are filled, and how many by half."""
    marks = [each for each in picture if str(each.tag).endswith("}circle")]
    halves = [each for each in picture if str(each.tag).endswith("}path")]
    return len(marks), sum(each.get("class") == "counted" for each in marks), len(halves)


@pytest.mark.parametrize("count", range(101))
def test_a_picture_has_as_many_marks_as_it_says(count: int) -> None:
    counts = (IconCount(count, "group"),)
    page = Page("T", (IconArray(counts, small=True), IconArray(counts)), dict)

    drawn = [(50, count // 2, count % 2), (100, count, 0)] if count else []
    assert [_marks(each) for each in _pictures(page)] == drawn


def test_a_picture_is_named_and_its_words_are_not_read_twice() -> None:
    page = Page("T", (IconArray((IconCount(55, "with"), IconCount(0, "without", "none"))),), dict)
    words_of = [each for each in parsed(page).iter("p") if each.find("strong") is not None]

    assert [each.attrib["aria-label"] for each in _pictures(page)] == ["with: 55 in 100"]
    assert [each.attrib.get("aria-hidden") for each in words_of] == ["true", None]


def test_a_name_with_a_hyphen_stays_on_one_line() -> None:
    page = Page("CAR-T", (Heading("CAR-NK"), Paragraph(("A CAR-T doctor, follow-up.",))), dict)
    kept = [words(each) for each in parsed(page).iter("span") if each.get("class") == "whole"]

    assert kept == ["CAR-T", "CAR-NK", "CAR-T"]


def test_steps_keep_their_numbers() -> None:
    steps = next(
        each for each in parsed(EVERY_BLOCK).iter("ol") if each.attrib.get("class") == "steps"
    )
    assert [each.attrib["value"] for each in steps] == ["1", "2", "3"]


def test_landmarks_are_there_once() -> None:
    found = Counter(tags(parsed(EVERY_BLOCK)))
    assert (found["header"], found["main"], found["footer"]) == (1, 1, 1)


def test_other_encodings_get_their_letters_by_number() -> None:
    page = Page("T", (Paragraph(("café", Cite(1, "a"))),), dict)
    assert "café" in written(page)
    assert "caf&#233;" in written(page, "cp1252")
    written(page, "cp1252").encode("ascii")


@pytest.mark.parametrize("page", PAGES)
def test_the_text_is_tidy(page: Page) -> None:
    text = written(page)
    assert text.startswith("<!DOCTYPE html>\n")
    assert text.endswith("</html>\n")

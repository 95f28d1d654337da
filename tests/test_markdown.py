"""What the Markdown says, read back by a parser that people use."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

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
from therapyinfo.inlines import Cite, InlineCode, Link, Mark, Strong, Text
from therapyinfo.page import Bullets, Page, Paragraph, Table
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions

TEMPLATE_TAGS = set("a blockquote em h1 h2 h6 li ol p strong table tbody td th thead tr ul".split())
MARKS = [*"*_`[]()<>|#-+=~&\\!:.$^{}@ \n", "1.", "a", "Z", "é", "&lt;", "**", "www.", "://"]


class Reader(HTMLParser):
    """Takes the words and the tags out of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.tags = "", list[str]()
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)


def written(page: Page) -> str:
    return render(page, "markdown", RenderOptions())


def read(page: Page) -> Reader:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return Reader(parser.render(written(page)))


def said(text: Text) -> str:
    return squeezed(read(Page("T", (Paragraph(text),), dict)).words)[1:]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_comparison_is_written_word_for_word() -> None:
    assert """
| Therapy | Cell Type | Main Action |
|---|---|---|
| CAR-T therapy | Engineered T cells | Targets specific markers on diseased cells |
| NK / NKT therapy | Natural Killer / NKT cells | Broad innate immune surveillance |
| MSC therapy | Mesenchymal stem cells | Tissue support and immune modulation |
| Growth factor therapy | Signaling proteins | Stimulates existing cells |
""" in written(COMPARISON)


def test_every_block_is_read_as_what_it_is() -> None:
    tags = Counter(read(EVERY_BLOCK).tags)
    assert {name: tags[name] for name in ("h1", "h2", "h3", "h4")} == {
        "h1": 1,
        "h2": 4,
        "h3": 1,
        "h4": 1,
    }
    assert (tags["table"], tags["tr"], tags["th"], tags["td"]) == (2, 6, 5, 10)
    assert tags["blockquote"] == 2
    facts, steps, details, bullets, callout, counts = 2 + 1, 3, 2, 2, 2, 1 + 2
    assert tags["li"] == facts + steps + details + bullets + callout + counts
    assert tags["ol"] == 1
    assert tags["h6"] == 2, "a heading for each source"


def test_every_word_of_the_plain_page_is_there() -> None:
    page = without_commands(EVERY_BLOCK)
    plain = re.findall(r"\w+", render(page, "plain", RenderOptions(width=200)).casefold())
    found = re.findall(r"\w+", read(EVERY_BLOCK).words.casefold())
    assert [word for word in plain if not word.isdigit() and word not in found] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_data_is_never_markup(text: str) -> None:
    page = read(page_of(text))
    assert set(page.tags) <= TEMPLATE_TAGS
    assert squeezed(page.words).casefold().count(squeezed(text).casefold()) == PLACES


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=1, max_size=8).map("".join).filter(str.strip))
def test_no_mixture_of_marks_is_markup(text: str) -> None:
    blocks = (Paragraph((text, Strong("x"), text, Cite(1, "a"), text)), Bullets(((text,),)))
    page = read(Page(text, (*blocks, Table("", (text, "x"), (((text,), (text,)),))), dict))
    assert set(page.tags) <= TEMPLATE_TAGS
    expected = text + text + "x" + text + "[1]" + text + text + text + "x" + text + text
    assert squeezed(page.words) == squeezed(expected)


def test_what_only_github_or_pandoc_reads_is_escaped_too() -> None:
    text = "See https://a.org www.a.org :pill: @name $x$ x^2^ {.y}"
    told = r"See https\://a.org www\.a.org \:pill: \@name \$x\$ x\^2\^ \{.y}"
    assert f"\n{told}\n" in written(Page("T", (Paragraph((text,)),), dict))


def test_bold_words_are_bold_where_asterisks_would_not_hold() -> None:
    for text in (
        ("a", Strong("(b)"), "c"),
        (Strong("a"), Mark("b")),
        ("a", Strong(" b "), "c"),
        ("a", Mark("b"), "c"),
        (Strong("“a.”"), " b"),
    ):
        page = read(Page("T", (Paragraph(text),), dict))
        bold = sum(isinstance(part, Strong | Mark) for part in text)
        assert page.tags.count("strong") == bold
        assert "*" not in page.words


def test_plain_words_are_written_as_they_are() -> None:
    text = (
        "Well-known, 3 to 5 weeks (US$475,000 < €5 & up); snake_case, it's 50/50! Is it? 1.5 + 2."
    )
    assert f"\n{text}\n" in written(Page("T", (Paragraph((text,)),), dict))


def test_a_command_in_a_table_keeps_its_backticks_and_bars() -> None:
    for command in ("a `b` c", "`", "``x", "a | b"):
        code = Table("", ("", "Command"), ((("x",), (InlineCode(command),)),))
        assert squeezed(command) in squeezed(read(Page("T", (code,), dict)).words)
    table = Table("", ("Command", "Use"), (((InlineCode("a | b"),), ("Join",)),))
    page = read(Page("T", (table,), dict))
    assert "a | b" in page.words
    assert page.tags.count("td") == 2


def test_a_citation_leads_to_its_source() -> None:
    text = written(EVERY_BLOCK)
    assert "cancer cells [[1](#source-1), [2](#source-2)]." in text
    assert set(re.findall(r"\(#(source-\d+)\)", text)) == set(re.findall(r'<a id="([^"]+)">', text))
    source = '\n###### <a id="source-2"></a>Source 2\n\nNew England Journal of Medicine.'
    assert source in text


def test_a_citation_of_a_source_not_listed_is_no_link() -> None:
    assert "Itworks[1]." in squeezed(read(UNLISTED).words)
    assert "a" not in read(UNLISTED).tags
    page = read(Page("T", (Paragraph(("a", Cite(1, "b"), "(c)")),), dict))
    assert "a [1](c)" in page.words
    assert "a" not in page.tags


def test_only_an_https_address_is_a_link() -> None:
    assert "<https://example.org/a_b>" in written(EVERY_BLOCK)
    for address in ("http://example.org", "javascript:alert(1)", "https://example.org/ x"):
        page = read(Page("T", (Paragraph((Link(address),)),), dict))
        assert "a" not in page.tags
        assert address in page.words


def test_no_heading_skips_a_level() -> None:
    assert re.findall("^#+ ", written(NO_LEVEL_2), re.MULTILINE) == ["# ", "## ", "### ", "## "]


def test_lists_that_follow_each_other_stay_apart() -> None:
    page = Page(
        "T", (Bullets((("a",),)), Bullets((("b",),)), Paragraph(("c",)), Bullets((("d",),))), dict
    )
    assert read(page).tags.count("ul") == 3
    assert written(page).count("<!-- -->") == 1


@pytest.mark.parametrize(
    "page", [EVERY_BLOCK, COMPARISON, NO_LEVEL_2, long_page(), page_of("x\n\n y ")]
)
def test_the_text_is_tidy(page: Page) -> None:
    text = written(page)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert re.findall(r"[ \t]$", text, re.MULTILINE) == []


def test_the_look_changes_nothing_but_letters() -> None:
    assert render(
        EVERY_BLOCK, "markdown", RenderOptions(width=20, color=True, show_next=True)
    ) == written(EVERY_BLOCK)
    written(EVERY_BLOCK).encode("ascii")

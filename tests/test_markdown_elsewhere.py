"""Markdown in other hands: lists nest and links lead somewhere, also where pandoc writes for Word."""

import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt

from tests.documents import EVERY_BLOCK
from tests.knowledge import builtin
from therapyinfo.inlines import Cite
from therapyinfo.page import Page, Paragraph, SourceEntry, Sources, StepItem, StepList
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views.explain import explain
from therapyinfo.views.walkthrough import walkthrough

PAGES = {
    "every block": lambda: EVERY_BLOCK,
    "explain": lambda: explain(builtin(), builtin().entry("car-t")),
    "walkthrough": lambda: walkthrough(builtin(), builtin().entry("car-t")),
}
DOCX_READERS = ("gfm", "markdown", "commonmark_x")
LINK = re.compile(r"\]\(#([^)]+)\)")


def written(page: Page) -> str:
    return render(page, "markdown", RenderOptions())


@pytest.mark.parametrize("number", [1, 9, 10, 99, 100])
def test_details_stand_in_their_step_for_every_parser(number: int) -> None:
    step = StepItem(number, "Title", ("3 hours",), (("Where", ("At home",)),))
    lines = written(Page("T", (StepList((step,)),), dict)).splitlines()
    (detail,) = (line for line in lines if "Where" in line)
    indent = len(detail) - len(detail.lstrip())
    assert indent >= 4, "Python-Markdown"
    assert len(f"{number}. ") <= indent < len(f"{number}. ") + 4, "CommonMark"


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_every_link_within_a_page_has_one_place_to_lead_to(make: object) -> None:
    text = written(make())  # type: ignore[operator]
    html = MarkdownIt("commonmark").enable("table").render(text)
    wanted = set(re.findall('href="#([^"]+)"', html))
    assert wanted
    for id in wanted:
        assert html.count(f'id="{id}"') == 1
        # GitHub, MkDocs and pandoc give a heading the id that its words spell.
        assert f'<h6><a id="{id}"></a>{id.capitalize().replace("-", " ")}</h6>' in html


def test_a_source_whose_words_look_like_a_list_starts_none() -> None:
    entry = SourceEntry(1, "a", "1. - x", "- y", "label", "2024", "https://example.org/")
    page = Page("T", (Paragraph(("a", Cite(1, "a"))), Sources((entry,))), dict)
    html = MarkdownIt("commonmark").render(written(page))
    assert "<li>" not in html
    assert "<p>1. - x. - y. 2024, label." in html


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("reader", DOCX_READERS)
@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_every_link_lives_on_in_a_word_document(tmp_path: Path, reader: str, make: object) -> None:
    text = written(make())  # type: ignore[operator]
    target = tmp_path / "page.docx"
    command = ["pandoc", "-f", reader, "-t", "docx", "-o", str(target)]
    subprocess.run(command, input=text.encode(), check=True)
    document = ZipFile(target).read("word/document.xml").decode()
    links = re.findall('<w:hyperlink w:anchor="([^"]+)"', document)
    assert sorted(links) == sorted(LINK.findall(text))
    assert set(links) <= set(re.findall('<w:bookmarkStart[^>]* w:name="([^"]+)"', document))

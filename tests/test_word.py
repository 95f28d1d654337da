"""A page as a Word document, made by pandoc: its links, its addresses and its counts live on."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import Run

PAGES = ("explain car-t", "compare car-t msc", "walkthrough car-t", "numbers car-t")


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("line", PAGES)
def test_links_addresses_and_counts_live_on(therapyinfo: Run, tmp_path: Path, line: str) -> None:
    source, target = tmp_path / "page.md", tmp_path / "page.docx"
    therapyinfo([*line.split(), "-o", str(source)])
    subprocess.run(["pandoc", "-f", "gfm", str(source), "-o", str(target)], check=True)
    text = source.read_text(encoding="utf-8")
    with ZipFile(target) as archive:
        document = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    links = re.findall('<w:hyperlink w:anchor="([^"]+)"', document)
    words = unescape(re.sub("<[^>]+>", "", document))

    assert links
    assert sorted(links) == sorted(re.findall(r"\]\(#([^)]+)\)", text))
    assert set(links) <= set(re.findall('<w:bookmarkStart[^>]* w:name="([^"]+)"', document))
    addresses = set(re.findall(r"<(https://[^>]+)>", text))
    assert addresses <= set(re.findall('Target="([^"]+)"', unescape(relations)))
    counts = re.findall(r"\d+ in 100", text)
    assert [each for each in counts if each not in words] == []

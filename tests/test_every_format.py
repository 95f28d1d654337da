"""What holds for every format for people, one that is added too."""

import html
import re
from pathlib import Path
from typing import get_args

import pytest

from therapyinfo.page import Block
from therapyinfo.render import BY_SUFFIX, Format, PageFormat, render
from therapyinfo.render.options import RenderOptions

from .documents import EVERY_BLOCK, without_commands
from .measure import said

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
READ = [format for format in get_args(PageFormat) if format != "json"]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("format", READ)
def test_no_block_is_left_out(format: Format) -> None:
    page = without_commands(EVERY_BLOCK)
    text = render(page, format, RenderOptions(width=200))
    shown = _words(html.unescape(re.sub("<(?!https:)[^>]+>", " ", text)))

    assert {type(block) for block in page.blocks} == set(get_args(Block))
    for piece in said(page):
        assert _words(piece) <= shown, f"{format} lacks words of {piece!r}: is its block rendered?"


def test_the_readme_names_every_format_and_every_file_can_be_one() -> None:
    formats = {*get_args(PageFormat), "csv"}

    assert [each for each in formats if f"`-f {each}`" not in README] == []
    assert set(BY_SUFFIX.values()) == formats - {"terminal"}

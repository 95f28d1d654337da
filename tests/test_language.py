"""The language of a knowledge file, and how pages in HTML declare it."""

import re
from pathlib import Path

import pytest

from tests.checking import SOUND, errors_in
from tests.conftest import Run
from tests.knowledge import of_text
from therapyinfo.page import Page
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions

COMMANDS = (
    "list",
    "explain car-t",
    "walkthrough car-t",
    "compare car-t msc",
    "numbers car-t",
    "products",
    "search cells",
    "define",
    "define crs",
    "sources",
)


def declared(html: str) -> str:
    found = re.search("<html[^>]*>", html)
    assert found
    return found[0]


@pytest.mark.parametrize(
    "language",
    "ar ar-EG ckb dv fa fa-AF he iw ku-Arab pa-Arab-PK ps sd ug ur yi HE az-Arab uz-Arab-AF".split(),
)
def test_a_page_runs_from_right_to_left_where_its_language_does(language: str) -> None:
    page = Page("T", (), dict, language=language)
    assert declared(render(page, "html", RenderOptions())) == f'<html lang="{language}" dir="rtl">'


@pytest.mark.parametrize(
    "language",
    "en zh-Hans zh-yue-Hant ja no ar-Latn he-Latn ks-Deva pa ku th en-x-arab pt-BR".split(),
)
def test_a_page_runs_from_left_to_right_in_any_other(language: str) -> None:
    page = Page("T", (), dict, language=language)
    assert declared(render(page, "html", RenderOptions())) == f'<html lang="{language}">'


@pytest.mark.parametrize("command", COMMANDS)
def test_every_page_of_a_file_declares_its_language(
    therapyinfo: Run, tmp_path: Path, command: str
) -> None:
    layer = tmp_path / "layer.yaml"
    layer.write_text("extends: builtin\nlanguage: he\n", encoding="utf-8")
    code, out, _ = therapyinfo([*command.split(), "--data", str(layer), "-f", "html"])
    assert (code, declared(out)) == (0, '<html lang="he" dir="rtl">')
    # The second answer comes from the cache.
    code, out, _ = therapyinfo([*command.split(), "--data", str(layer), "-f", "html"])
    assert (code, declared(out)) == (0, '<html lang="he" dir="rtl">')


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_tells_no_language_is_english(therapyinfo: Run, command: str) -> None:
    assert declared(therapyinfo([*command.split(), "-f", "html"])[1]) == '<html lang="en">'


@pytest.mark.parametrize(
    ("base", "upper", "language"),
    [
        ("language: he\n", "", "he"),
        ("", "language: he\n", "he"),
        ("language: he\n", "language: zh-Hans\n", "zh-Hans"),
        ("", "", "en"),
    ],
)
def test_a_layer_has_the_language_of_its_base_unless_it_tells_its_own(
    therapyinfo: Run, tmp_path: Path, base: str, upper: str, language: str
) -> None:
    (tmp_path / "base.yaml").write_text(f"extends: builtin\n{base}", encoding="utf-8")
    layer = tmp_path / "layer.yaml"
    layer.write_text(f"extends: base.yaml\n{upper}", encoding="utf-8")
    out = therapyinfo(["list", "--data", str(layer), "-f", "html"])[1]
    assert f'lang="{language}"' in declared(out)


@pytest.mark.parametrize("tag", ["he", "zh-Hans", "no", "pt-BR", "sr-Latn-RS", "de-CH-1996"])
def test_a_language_is_read_as_it_is_written(tag: str) -> None:
    assert of_text(f"language: {tag}\n{SOUND}").language == tag


@pytest.mark.parametrize("tag", ["Hebrew", "en_US", "x", '"h e"', "he-", "1", '"<b>"'])
def test_what_is_no_language_tag_is_an_error_at_its_place(tag: str) -> None:
    found = [each for each in errors_in(f"language: {tag}\n{SOUND}") if each.rule == "bad-language"]
    assert [(each.line, each.column) for each in found] == [(1, 11)]

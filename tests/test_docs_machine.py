"""What `docs/json.md` and `docs/assistants.md` tell to type works, and every key is told."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

DOCS = Path(__file__).parents[1] / "docs"
JSON = (DOCS / "json.md").read_text(encoding="utf-8")
ASSISTANTS = (DOCS / "assistants.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\$ (therapyinfo .*?) \| jq -r '(.*)'$", JSON, re.MULTILINE)
ASKED = re.findall(r"`(therapyinfo [^`]*-f json)`", ASSISTANTS)
EXAMPLES = {
    "NAME": "car-t",
    "REGION": "uk",
    "WORD": "leukapheresis",
    "WORDS": "driving",
    "A": "car-t",
    "B": "hsct",
    "N": "2",
}


def test_there_are_ten_lines_for_jq() -> None:
    assert len(LINES) == 10


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not here")
@pytest.mark.parametrize(("command", "filter"), LINES)
def test_each_line_for_jq_prints_texts(therapyinfo: Run, command: str, filter: str) -> None:
    code, out, _ = therapyinfo(shlex.split(command)[1:])
    done = subprocess.run(
        ["jq", "-r", filter], input=out, capture_output=True, text=True, check=False
    )

    assert (code, done.returncode, done.stderr) == (0, 0, "")
    printed = done.stdout.splitlines()
    assert printed
    assert not {"null", ""} & set(printed)


@pytest.mark.parametrize("line", ASKED)
def test_each_question_of_an_assistant_is_answered(therapyinfo: Run, line: str) -> None:
    words = [EXAMPLES.get(word, word) for word in shlex.split(line)[1:]]
    code, out, err = therapyinfo(words)

    assert (code, err) == (0, "")
    assert json.loads(out)["schema_version"] == 2


def test_the_page_for_assistants_is_short_and_puts_emergencies_first() -> None:
    lines = ASSISTANTS.splitlines()
    headings = [line for line in lines if line.startswith("## ")]

    assert len(lines) < 150
    assert "emergency" in headings[0]


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "list --full",
        "explain car-t",
        "walkthrough car-t",
        "compare car-t msc",
        "numbers",
        "numbers car-t",
        "products kymriah",
        "search driving",
        "define leukapheresis",
        "sources",
    ],
)
def test_every_key_at_the_top_is_documented(therapyinfo: Run, line: str) -> None:
    data = json.loads(therapyinfo(f"{line} -f json")[1])

    assert [key for key in data if f"`{key}`" not in JSON] == []

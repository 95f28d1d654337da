"""Every pattern of the JSON Schema is a regular expression for strict readers too."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from therapyinfo.schema import schema

ESCAPES = re.compile(r"\\(.)", re.DOTALL)
KNOWN_ESCAPES = "dDwWsSbBfnrtv^$\\.*+?()[]{}|/"
"""What may stand behind a backslash in a regular expression of ECMAScript with the flag u."""

PYTHON_ALONE = re.compile(r"\(\?P|\(\?[aiLmsux]+[):-]|\(\?#|\(\?\(|\\[AZz]|[*+?}]\+|\(\?>")
NODE = shutil.which("node")
FORMS = {
    "id": (["a", "a-b-1"], ["a\n", "A", "a--b", "-a", ""]),
    "address": (["https://example.org/x"], ["http://x", "https://a b", "https://a\n", "https://a\u00a0b", 'https://"']),
    "full date": (["2024-02-29", "2025-06-30"], ["2025-02-29", "2025-06-31", "0000-01-01", "2025-06", "2025-06-30\n"]),
    "date": (["2024", "2024-02", "2024-02-29"], ["0000", "2025-13", "2025-02-29", "2024\n", "202"]),
    "language": (["en", "zh-Hans", "PT-br"], ["e", "english", "en_GB", "en-", "en\n"]),
}  # fmt: skip
"""What each pattern takes and what it refuses."""


def _patterns(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _patterns(each)


PATTERNS = sorted(set(_patterns(schema())))


def test_there_is_a_pattern_for_each_form() -> None:
    assert len(PATTERNS) == len(FORMS)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_has_no_escape_that_it_does_not_need(pattern: str) -> None:
    assert [each for each in ESCAPES.findall(pattern) if each not in KNOWN_ESCAPES] == []
    assert not PYTHON_ALONE.search(pattern)


@pytest.mark.parametrize("form", FORMS)
def test_one_pattern_takes_just_its_form(form: str) -> None:
    taken, refused = FORMS[form]
    fitting = [
        pattern for pattern in PATTERNS
        if all(re.search(pattern, each) for each in taken)
        and not any(re.search(pattern, each) for each in refused)
    ]  # fmt: skip

    assert len(fitting) == 1


@pytest.mark.skipif(NODE is None, reason="there is no Node to ask")
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_strict_reader_gives_the_answers_of_python(pattern: str) -> None:
    texts = [text for both in FORMS.values() for some in both for text in some]
    script = (
        "const [p, t] = JSON.parse(process.argv[1]); const r = new RegExp(p, 'u');"
        "console.log(JSON.stringify(t.map(x => r.test(x))))"
    )

    ran = subprocess.run(
        [str(NODE), "-e", script, json.dumps([pattern, texts])],
        capture_output=True, check=False, text=True,
    )  # fmt: skip

    assert ran.stderr == ""
    assert json.loads(ran.stdout) == [bool(re.search(pattern, text)) for text in texts]

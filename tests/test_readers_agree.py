"""The quick reader accepts nothing that the careful one finds an error in, and reads the same."""

import re
from typing import Any

import msgspec
import pytest

from therapyinfo import records
from therapyinfo.convert import READING_RULES, unwrap
from therapyinfo.errors import DataError, Problems
from therapyinfo.layers import load
from therapyinfo.yaml_reader import decode, parse, parse_fast

from .checking import PATH, SOUND, changed, report

NULLS = ["", "~", "null", "Null", "NULL"]
TEXTS = {
    **{f"the null {null!r}": f"a: {null}\nb: [{null or 'null'}, x]\n" for null in NULLS},
    **{f"{word!r} as a word": f"a: {word}\n" for word in ("'null'", '"~"', "nULL", "none", "no", "12:30")},
    "a key with a space": '" car-t": 1\n',
    "a key with a space behind": '"car-t ": 1\n',
    "a key with a line end": '"msc\\n": 1\n',
    "a key with a tab": '"\tmsc": 1\n',
    "a key that is null": "null: 1\n~: 2\n? \n: 3\n",
    "a key that is empty": "'': 1\n",
    "two keys that differ by a space": '"a": 1\n"a ": 2\n',
    "a key twice": "a: 1\na: 2\n",
    "a key twice, quoted": "a: 1\n'a': 2\n",
    "a tag on a key": "!!str a: 1\n",
    "a tag on a value": "a: !!str 1\n",
    "a tag on a list": "a: !x [1]\n",
    "an anchor on a key": "&a a: 1\n",
    "an alias as a key": "a: 1\n*a : 2\n",
    "a list as a key": "? [a]\n: 1\n",
    "a mapping as a key": "? {a: b}\n: 1\nb: 2\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "a document that ends": "---\na: 1\n...\n",
    "nothing": "",
    "a comment": "# a\n",
    "a text": "a\n",
    "a value with spaces": "a: '  x  '\n",
    "a folded text": "a: >-\n  x\n  y\nb: |\n  x\n\n  y\n",
    "Windows line ends": "a: 1\r\nb:\r\n  - x\r\n",
    "sixty levels": "a: " + "[" * 59 + "]" * 59 + "\n",
    "sixty-one levels": "a: " + "[" * 60 + "]" * 60 + "\n",
    "levels behind quoted brackets": "a: " + '["]",' * 100 + "]" * 100 + "\n",
    "levels behind brackets in comments": "a: " + "[ # ]\n " * 600 + "]" * 600 + "\n",
    "levels of dashes": "- " * 61 + "a\n",
    "levels of lines": "".join(f"{' ' * each}a:\n" for each in range(100)),
    "thousands of levels": "[" * 5000,
    "levels in a key": "? " + "[" * 80 + "]" * 80 + "\n: 1\n",
}  # fmt: skip
REFUSED = {
    "a key twice", "a key twice, quoted", "a tag on a key", "a tag on a value", "a tag on a list", "an anchor on a key",
    "an alias as a key", "a list as a key", "a mapping as a key", "two documents", "nothing", "a comment",
    "sixty-one levels", "levels behind quoted brackets", "levels behind brackets in comments", "levels of dashes",
    "levels of lines", "thousands of levels", "levels in a key", "a key with a tab",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_form_is_refused_by_both_or_read_alike(name: str) -> None:
    file = decode(TEXTS[name].encode(), "x")
    problems = Problems()
    try:
        careful: Any = unwrap(parse(file, problems))
    except DataError as err:
        problems = Problems(err.problems)
    quick = parse_fast(file)

    assert bool(problems) is (name in REFUSED)
    assert quick is None or (not problems and quick == careful)


@pytest.mark.parametrize("name", [name for name in TEXTS if "levels" in name and name in REFUSED])
def test_what_is_nested_too_deep_is_told_as_that(name: str) -> None:
    rules = {each.rule for each in report(TEXTS[name]).problems}

    # A key is not read at all, whatever is in it.
    assert ("wrong-type" if name == "levels in a key" else "too-deep") in rules


@pytest.mark.parametrize("null", NULLS)
def test_every_spelling_of_null_is_no_value(null: str) -> None:
    text = changed("full_name: chimeric antigen receptor T-cell therapy", f"full_name: {null}")

    knowledge = load(PATH, PATH, lambda _: text.encode()).knowledge

    assert knowledge.therapies["car-t"].full_name is None
    assert report(text).problems == ()


@pytest.mark.parametrize(
    "key", ['" car-t"', '"car-t "', '"car-t\\n"', '"car-t\\t"', '"\u00a0car-t"', '""']
)
@pytest.mark.parametrize("mapping", ["  car-t:\n    name", "  label-2024:\n", "  t-cell:\n"])
def test_an_id_with_a_blank_or_a_line_end_is_an_error_for_both(key: str, mapping: str) -> None:
    id = mapping.strip().partition(":")[0]
    text = changed(mapping, mapping.replace(id, key.replace("car-t", id), 1))

    assert {"bad-id", "control-character", "wrong-type"} & {
        each.rule for each in report(text).problems
    }
    with pytest.raises(DataError):
        load(PATH, PATH, lambda _: text.encode())


KINDS: list[Any] = [records.Id, records.Address, records.FullDate, records.PartialDate]
FORMS = [
    "a", "a-b", "a--b", "-a", "a-", "A", "a_b", "é", "ａ", "a\n", "\na", "a b", "a\u00a0", "",
    "https://example.org", "https://example.org/a b", "https://example.org/a\u00a0b", "https://example.org/\u2003",
    "https://example.org/\u3000x", "https://example.org\n", "https://", "https://é.example", 'https://a"b', "https://a<b",
    "http://example.org", "https://a\u200bb", "https://a\x1cb",
    "2025", "2025-06", "2025-06-26", "2025-13", "2025-00", "2025-06-31", "2025-02-29", "2024-02-29", "2000-02-29",
    "1900-02-29", "2025-02-30", "0000", "0000-01", "0000-02-29", "2025-06-26\n", "2025\n", "٢٠٢٥", "２０２５", "2025-6",
    "20250626", "2025-01-31", "2025-04-31", "2025-12-31", "2025-10-00", "0004-02-29", "2096-02-29", "2100-02-29",
]  # fmt: skip
DATES = {
    "2025", "2025-06", "2025-06-26", "2024-02-29", "2000-02-29", "2025-01-31", "2025-12-31", "0004-02-29", "2096-02-29",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=ascii)
@pytest.mark.parametrize("number", range(len(KINDS)))
def test_the_two_that_hold_a_text_to_its_form_give_one_answer(form: str, number: int) -> None:
    kind = KINDS[number]
    pattern = kind.__metadata__[0].pattern
    try:
        msgspec.convert(form, kind)
        accepted = True
    except msgspec.ValidationError:
        accepted = False

    assert bool(re.search(pattern, form)) is accepted


@pytest.mark.parametrize("form", [form for form in FORMS if form[:1].isdigit()], ids=ascii)
def test_a_date_is_one_that_exists(form: str) -> None:
    assert bool(re.search(records.PARTIAL_DATE_PATTERN, form)) is (form in DATES)
    assert bool(re.search(records.FULL_DATE_PATTERN, form)) is (form in DATES and len(form) == 10)


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000", "\u1680"])
def test_a_space_of_any_kind_in_an_address_is_an_error(space: str) -> None:
    found = report(changed("url: https://example.org/label", f"url: https://example.org/a{space}b"))

    assert [each.rule for each in found.problems] == ["bad-address"]


def _loads(text: str) -> bool:
    try:
        load(PATH, PATH, lambda _: text.encode())
    except DataError:
        return False
    return True


LINES = [line for line in SOUND.splitlines() if re.match(r" *(- )?[a-z_-]+: ?\S", line)]


@pytest.mark.parametrize("value", ["[a]", "{a: b}", "[[a]]", "[{a: b}]", "~", "''", "12"])
def test_a_value_of_any_kind_in_any_place_breaks_nothing(value: str) -> None:
    for number, line in enumerate(SOUND.splitlines()):
        if line in LINES:
            lines = SOUND.splitlines()
            lines[number] = f"{line.partition(':')[0]}: {value}"
            text = "\n".join(lines)
            errors = [each for each in report(text).problems if each.rule in READING_RULES]
            assert bool(errors) is not _loads(text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("n: 94", "n: 0", "'0' must be 1 or more"),
        ("n: 94\n        count: 65", "n: 0\n        count: 0", "'0' must be 1 or more"),
        ("n: 94\n        count: 65", "n: 94\n        count: 0", ""),
        (
            "        certainty: One trial without",
            "        comparison: {group: salt water, n: 0, count: 0}\n        certainty: One trial without",
            "'0' must be 1 or more",
        ),
    ],
)
def test_a_group_has_at_least_one_person_and_a_count_may_be_none(
    old: str, new: str, told: str
) -> None:
    assert [each.message for each in report(changed(old, new)).problems] == ([told] if told else [])

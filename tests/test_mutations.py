"""Files broken at random: `check` gives each error a place in the file and never breaks itself."""

import random
import re
from collections.abc import Callable
from functools import cache

import pytest

from therapyinfo.bundle import whole_text
from therapyinfo.convert import READING_RULES
from therapyinfo.errors import DataError
from therapyinfo.layers import load
from therapyinfo.store.locate import builtin_file

from .checking import PATH, SOUND, report

Mutate = Callable[[str, random.Random], str]

SEED = 20261125
SMALL_RUNS = 21
BUILTIN_RUNS = 1


def _at_a_line(change: Callable[[list[str], int, random.Random], list[str]]) -> Mutate:
    """Return a mutation that puts something else in the place of one line that is not empty."""

    def mutate(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        number = chance.choice([each for each, line in enumerate(lines) if line.strip()])
        return "\n".join([*lines[:number], *change(lines, number, chance), *lines[number + 1 :]])

    return mutate


def _rename(lines: list[str], number: int, chance: random.Random) -> list[str]:
    return [
        re.sub(r"[a-z]+", lambda word: word[0][::-1], lines[number], count=chance.randint(1, 3))
    ]


def _retype(lines: list[str], number: int, chance: random.Random) -> list[str]:
    key, colon, _ = lines[number].partition(": ")
    values = ["[]", "{}", "[a, {b: c}]", "no", "12:30", "-1", "1e9", "''", "~", "0x1f", ".nan", "|"]
    return [f"{key}{colon or ': '}{chance.choice(values)}"]


def _reindent(lines: list[str], number: int, chance: random.Random) -> list[str]:
    return [" " * chance.randint(0, 12) + lines[number].lstrip()]


def _anchor(lines: list[str], number: int, chance: random.Random) -> list[str]:
    marks = [": &a ", ": *a ", ": !mine ", ": !!python/object:os.system ", ": <<: *a "]
    return [lines[number].replace(": ", chance.choice(marks), 1) or "&a"]


def _odd_characters(text: str, chance: random.Random) -> str:
    odd = chance.choice("\x00\x07\x1b\t\r\x85\u2028\u202e\ufeff\ud7ff\ufffe🙂\"'`%@&*!|>{}[],#?:-")
    position = chance.randrange(len(text))
    return text[:position] + odd * chance.randint(1, 3) + text[position:]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    return text[:start] + chance.choice(["", text[start + chance.randint(1, 400) :]])


def _nest(text: str, chance: random.Random) -> str:
    depth = chance.choice([30, 61, 1_000, 100_000])
    opened = chance.choice(["[", "{", "- ", "? ", "[{a: ", "{[", "\n" + " " * 130 + "a: "])
    return text.replace(": ", f": {opened * depth}", 1)


def _swap_blocks(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    first, second, third = sorted(chance.sample(range(len(lines)), 3))
    return "\n".join(lines[:first] + lines[second:third] + lines[first:second] + lines[third:])


MUTATIONS: dict[str, Mutate] = {
    "drop": _at_a_line(lambda *_: []),
    "rename": _at_a_line(_rename),
    "duplicate": _at_a_line(lambda lines, number, _: [lines[number]] * 2),
    "retype": _at_a_line(_retype),
    "reindent": _at_a_line(_reindent),
    "anchor": _at_a_line(_anchor),
    "odd characters": _odd_characters,
    "cut": _cut,
    "nest": _nest,
    "swap": _swap_blocks,
}


@cache
def _builtin() -> str:
    return whole_text(builtin_file())


def _is_read(content: bytes) -> bool:
    try:
        load(PATH, PATH, lambda _: content)
    except DataError:
        return False
    return True


def _check(content: bytes) -> None:
    found = report(content).problems
    lines = content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")

    assert _is_read(content) == (not any(each.rule in READING_RULES for each in found))
    for each in found:
        assert 1 <= each.line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
        assert each.message


@pytest.mark.parametrize("run", range(SMALL_RUNS))
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutated_small_file_is_told_of_or_valid(name: str, run: int) -> None:
    chance = random.Random(f"{SEED} {name} {run}")

    _check(MUTATIONS[name](SOUND, chance).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("run", range(BUILTIN_RUNS))
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutated_builtin_file_is_told_of_or_valid(name: str, run: int) -> None:
    chance = random.Random(f"{SEED} {name} {run}")

    _check(MUTATIONS[name](_builtin(), chance).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("run", range(60))
def test_odd_bytes_are_told_of_or_valid(run: int) -> None:
    chance = random.Random(f"{SEED} {run}")
    content = bytearray(SOUND.encode())
    for _ in range(chance.randint(1, 3)):
        content[chance.randrange(len(content))] = chance.randrange(256)

    _check(bytes(content))


@pytest.mark.parametrize("run", range(20))
def test_several_mutations_at_once_are_told_of_or_valid(run: int) -> None:
    chance = random.Random(f"{SEED} {run}")
    text = SOUND
    for _ in range(4):
        text = MUTATIONS[chance.choice(list(MUTATIONS))](text, chance)

    _check(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("content", [b"", b"\n", b"# only a comment\n", b"\xff\xfe", b"[" * 10**6])
def test_what_is_no_knowledge_at_all_is_told_of(content: bytes) -> None:
    assert [each.severity for each in report(content).problems] == ["error"]

    _check(content)


def test_a_file_of_30_megabytes_is_refused_unread() -> None:
    content = b"# comment\n" * 3_000_000

    assert [each.rule for each in report(content).problems] == ["file-too-big"]

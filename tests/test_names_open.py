"""What people type for a therapy: every name of the built-in file, mistyped names, other words."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from therapyinfo.errors import IllnessNamed, NotATherapy, TherapyInfoError, UnknownName
from therapyinfo.library import Library
from therapyinfo.names import near_names, slips, split_names
from therapyinfo.product_names import known_names
from therapyinfo.records import Authorisation, Code, Product
from therapyinfo.text import normalize_name

from . import knowledge
from .conftest import Run
from .hostile import CONTROLS, HOSTILE
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")


def _full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "with blanks for dashes and dashes for blanks": lambda text: text.translate(
        {ord(" "): "-", ord("-"): " "}
    ),
    "in full width": _full_width,
}


def _library() -> Library:
    return knowledge.builtin()


def _names_of_therapies() -> Iterator[tuple[str, str]]:
    for each in _library().summaries:
        for name in (each.id, each.name, each.full_name, *each.aliases):
            if name:
                yield name, each.id


def _names_of_products() -> Iterator[tuple[str, str]]:
    for entry in _library().entries():
        for product in entry.therapy.products:
            brand, generic = product.brand or "", product.generic
            yield from ((name, entry.id) for name in (generic, generic.partition(" (")[0]))
            yield from ((name, entry.id) for name in (brand, *brand.split(" / ")) if name)


def _codes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in _library().entries():
        for code in entry.therapy.codes:
            found.setdefault(code.code, set()).add(entry.id)
    return found


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_every_name_of_a_therapy_opens_it(spelt: Callable[[str], str]) -> None:
    names = dict(_names_of_therapies())

    assert {name: _library().find(spelt(name)).id for name in names} == names


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_every_brand_and_generic_name_opens_its_therapy(spelt: Callable[[str], str]) -> None:
    names = dict(_names_of_products())

    assert len(names) > 200
    assert {name: _library().find(spelt(name)).id for name in names} == names


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_every_code_opens_a_therapy_that_has_it(spelt: Callable[[str], str]) -> None:
    wrong = [code for code, ids in _codes().items() if _library().find(spelt(code)).id not in ids]

    assert wrong == []


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
def test_every_name_of_a_term_opens_it(spelt: Callable[[str], str]) -> None:
    names = {
        name: id
        for id, term in _library().glossary.items()
        for name in (id, term.term, *term.aliases)
    }

    assert {name: _library().define(spelt(name))[0] for name in names} == names


def test_a_code_of_two_therapies_opens_the_one_that_it_names() -> None:
    both = [code for code, ids in _codes().items() if len(ids) > 1]

    assert both == ["L03AA02"]  # filgrastim, a growth factor that is given before a transplant
    assert _library().find("L03AA02").id == "growth-factor"


REASONS = {
    "kymriah": "Kymriah is a CAR-T product.",
    "tisa-cel": "Tisa-cel is the generic name of Kymriah, a CAR-T product.",
    "satri-cel": "Satri-cel is a CAR-T product.",
    "Ryoncil": "Ryoncil is an MSC product.",
    "keytruda": "Keytruda is a checkpoint inhibitor.",
    "blinatumomab": "Blinatumomab is the generic name of Blincyto, a bispecific antibody.",
    "cemiplimab": "Cemiplimab is the generic name of Libtayo, a checkpoint inhibitor.",
    "relatlimab": "Relatlimab is part of Opdualag, a checkpoint inhibitor.",
    "trafermin": "Trafermin, sold as Fiblast Spray and Regroth, is a growth factor product.",
    "mozobil": "Mozobil is a supportive drug used with HSCT.",
    "Lenmeldy": "Lenmeldy is a product of gene-edited blood stem cells.",
    "amtagvi": "Amtagvi is a TIL product.",
    "L01XL04": (
        "L01XL04 (WHO ATC) stands for tisagenlecleucel (Kymriah), listed under CAR-T therapy."
    ),
}


@pytest.mark.parametrize(("name", "reason"), REASONS.items(), ids=REASONS)
def test_a_page_says_in_a_line_why_a_name_opened_it(
    name: str, reason: str, therapyinfo: Run
) -> None:
    code, out, err = therapyinfo(["explain", name, "--width", "200"])
    data = json.loads(therapyinfo(["explain", name, "-f", "json"])[1])

    assert (code, err) == (0, "")
    assert out.count(reason) == 1
    assert reason in out.split("\n")[1:4]
    assert data["reasons"] == [reason]


@pytest.mark.parametrize("name", ["car-t", "CAR-T therapy", "cart"])
def test_a_therapys_own_name_needs_no_reason(name: str, therapyinfo: Run) -> None:
    assert therapyinfo(["explain", name]) == therapyinfo("explain car-t")
    assert "reasons" not in json.loads(therapyinfo(["explain", name, "-f", "json"])[1])


@pytest.mark.parametrize(
    "line",
    [
        "explain kymriah",
        "explain kymriah --brief",
        "walkthrough kymriah --step 1",
        "compare kymriah msc --on cost",
        "numbers kymriah",
        "products kymriah",
        "sources kymriah",
        "kymriah",
        "explain kymriah -f markdown",
        "explain kymriah -f html",
        "explain kymriah -f terminal",
    ],
)
def test_a_product_is_a_name_in_every_command(line: str, therapyinfo: Run) -> None:
    code, out, err = therapyinfo(line)

    assert (code, err) == (0, "")
    assert "Kymriah is a CAR-T product." in re.sub(r"</?span[^>]*>", "", out)


def test_a_brief_page_with_its_reason_still_fits_a_screen(therapyinfo: Run) -> None:
    brands = {each.id: each.therapy.products for each in _library().entries()}
    names = [products[0].brand or products[0].generic for products in brands.values() if products]
    lines = {name: therapyinfo(["explain", name, "--brief"])[1].count("\n") for name in names}

    assert {name: count for name, count in lines.items() if count > 23} == {}


def test_a_product_is_listed_alone(therapyinfo: Run) -> None:
    for name, others in {
        "kymriah": ["Yescarta"],
        "GEM 21S": ["Augment"],
        "hemacord": ["Clevecord"],
        "nivolumab": ["Opdualag", "Keytruda"],
    }.items():
        code, out, _ = therapyinfo(["products", name, "-f", "csv"])

        assert (code, [other for other in others if other in out]) == (0, [])
        assert {row.split(",")[0] for row in out.split("\n")[1:-1]} <= {*_library().ids}


def test_a_generic_name_lists_every_product_that_has_it(therapyinfo: Run) -> None:
    out = therapyinfo("products filgrastim")[1]

    assert out.startswith("PRODUCTS: FILGRASTIM\n")
    assert all(brand in out for brand in ("Neupogen", "Zarxio", "Nivestym"))


# words that are no therapy


def test_an_illness_lists_the_therapies_used_for_it_with_their_commands(therapyinfo: Run) -> None:
    code, out, err = therapyinfo("explain lymphoma")
    rows = json.loads(therapyinfo("explain lymphoma -f json")[1])["therapies"]

    assert (code, err) == (0, "")
    assert out.startswith("LYMPHOMA: WHAT IS USED FOR IT\nLymphoma is an illness, not a therapy.\n")
    assert (rows[0]["id"], rows[0]["standing"]) == ("car-t", "approved")
    for each in rows:
        assert each["command"] == f"therapyinfo explain {each['id']}"
        assert each["command"] in " ".join(out.split())


def test_every_illness_lists_just_the_therapies_with_a_use_for_it() -> None:
    from therapyinfo.views.illness import used_for

    library = _library()
    for id, term in library.glossary.items():
        recorded = [
            entry.id
            for entry in library.entries()
            if any(id in use.illnesses for use in entry.therapy.uses)
        ]
        if term.kind == "illness" and recorded:
            page = used_for(library, id, "explain")
            assert sorted(each["id"] for each in page.data()["therapies"]) == sorted(recorded)


@pytest.mark.parametrize("command", ["walkthrough", "numbers", "products", "sources"])
def test_an_illness_lists_the_command_that_was_asked(command: str, therapyinfo: Run) -> None:
    code, out, _ = therapyinfo([command, "multiple myeloma", "--width", "200"])

    assert code == 0
    assert f"therapyinfo {command} car-t" in out


def test_an_illness_without_a_therapy_says_so(therapyinfo: Run) -> None:
    code, out, err = therapyinfo("explain septic-arthritis")

    assert (code, out) == (1, "")
    assert (
        "for which no therapy is recorded. What it is: therapyinfo define septic-arthritis" in err
    )


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("crs", 1, "What it means: therapyinfo define crs"),
        ("explain crs", 1, "What it means: therapyinfo define crs"),
        ("explain rituximab", 1, "What it means: therapyinfo define rituximab"),
        ("compare crs msc", 1, "What it means: therapyinfo define crs"),
        ("explain car-t msc", 1, "To compare them: therapyinfo compare car-t msc"),
        ("numbers car-t and hsct", 1, "To compare them: therapyinfo compare car-t hsct"),
        ("explain kymriah, ryoncil", 1, "To compare them: therapyinfo compare kymriah ryoncil"),
        ("compare lymphoma msc", 1, "What is used for it: therapyinfo explain lymphoma"),
        ("compare kymriah yescarta", 2, "Yescarta is a CAR-T product."),
        ("compare car-t", 2, "For example: therapyinfo compare car-t "),
        ("changes", 2, "For example: therapyinfo changes old.yaml"),
        ("explain", 2, "Give one of: car-t, nk-nkt, msc, "),
        ("compare", 2, "Give two or more of: car-t, nk-nkt, msc, "),
        ("walkthrough", 2, "Give one of: car-t, nk-nkt, msc, "),
        ("search", 2, "For example: therapyinfo search driving"),
        ("new", 2, "For example: therapyinfo new my-centre.yaml"),
        ("car-t explain --brief", 2, "comes first: therapyinfo explain car-t --brief"),
        ("kimria", 2, "Did you mean Kymriah (car-t)?"),
        ("car-tt --brief", 2, "Did you mean car-t? To read about a therapy: therapyinfo explain"),
    ],
)
def test_a_line_without_an_answer_names_the_one_that_has_it(
    line: str, code: int, told: str, therapyinfo: Run
) -> None:
    found, out, err = therapyinfo(line)

    assert (found, out) == (code, "")
    assert told in err
    assert err.count("\n") == 1


# without a command, and between names


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("car-t", "explain car-t"),
        ("CAR T", "explain car-t"),
        ("bone marrow transplant", "explain hsct"),
        ("kymriah --brief", "explain kymriah --brief"),
        ("car-t --section price", "explain car-t --section access"),
        ("car-t -f json", "explain car-t -f json"),
        ("lymphoma", "explain lymphoma"),
        ("car-t msc", "compare car-t msc"),
        ("car-t msc hsct", "compare car-t msc hsct"),
        ("car-t and msc", "compare car-t msc"),
        ("car t vs bone marrow transplant", "compare car-t hsct"),
        ("car-t, msc --on price", "compare car-t msc --on cost"),
        ("compare car-t and msc", "compare car-t msc"),
        ("compare car-t vs msc", "compare car-t msc"),
        ("compare car-t,msc", "compare car-t msc"),
        ("compare car-t VS. msc versus hsct & til", "compare car-t msc hsct til"),
        ("compare car t and msc", "compare car-t msc"),
        ("compare car-t msc --on harms", "compare car-t msc --on main-harms"),
        ("compare car-t msc --on 'side effects'", "compare car-t msc --on main-harms"),
        ("compare car-t msc --on 'What does it cost?'", "compare car-t msc --on cost"),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, meant: str, therapyinfo: Run) -> None:
    assert therapyinfo(line) == therapyinfo(meant)
    assert therapyinfo(line)[0] == 0


@pytest.mark.parametrize(
    "line", ["car-tt", "explian car-t", "kimria", "car-t mcs", "lst", "crs msc"]
)
def test_a_typo_is_never_run(line: str, therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(line)

    assert (code, out) == (2, "")


def test_names_without_a_command_are_those_of_the_file_that_is_given(
    therapyinfo: Run, small_file: Path
) -> None:
    data = ["--data", str(small_file)]

    assert therapyinfo(["examplia", *data]) == therapyinfo(["explain", "examplia", *data])
    assert therapyinfo(["examplia", *data])[0] == 0
    assert therapyinfo(["kymriah", f"--data={small_file}"])[0] == 2


def test_the_help_of_explain_lists_every_section(therapyinfo: Run) -> None:
    from therapyinfo.views.section_table import SECTIONS

    out = " ".join(therapyinfo("explain --help")[1].split())

    for section in SECTIONS:
        assert f" {section.id}: " in out
        assert ", ".join(section.synonyms) in out


# mistyped names

WRONG_BY_HAND = {
    "kimria": "car-t",
    "kymria": "car-t",
    "kimriah": "car-t",
    "kymirah": "car-t",
    "yescata": "car-t",
    "yeskarta": "car-t",
    "carvicti": "car-t",
    "tisagenlecleucell": "car-t",
    "opdvio": "checkpoint-inhibitor",
    "keytrudda": "checkpoint-inhibitor",
    "kytruda": "checkpoint-inhibitor",
    "pembrolizumap": "checkpoint-inhibitor",
    "nivolumap": "checkpoint-inhibitor",
    "blincito": "bispecific-antibody",
    "epkinley": "bispecific-antibody",
    "nuelasta": "growth-factor",
    "neupagen": "growth-factor",
    "filgastrim": "growth-factor",
    "casgevi": "gene-edited-hsc",
    "zintelgo": "gene-edited-hsc",
    "omisurge": "hsct",
    "bone marow transplant": "hsct",
    "stem cell transplnat": "hsct",
    "ryoncill": "msc",
    "mesenchimal stem cells": "msc",
    "provange": "dendritic-cell-vaccine",
    "dendritic cell vacine": "dendritic-cell-vaccine",
    "amtavgi": "til",
    "car-tt": "car-t",
    "mcs": "msc",
    "tecelera": "tcr-t",
    "platelet rich plasm": "prp",
}


def _mistyped() -> dict[str, str]:
    """Return 200 mistyped names of the built-in file, each with the therapy that is meant."""
    library = _library()
    named = sorted({*_names_of_therapies(), *_names_of_products()})
    named = [(name, id) for name, id in named if 2 < len(normalize_name(name)) < 26]
    rules: list[Callable[[str, int], str]] = [
        lambda text, at: text[:at] + text[at + 1 :],
        lambda text, at: text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
        lambda text, at: text[:at] + text[at] + text[at:],
        lambda text, at: text[:at] + ("e" if text[at] != "e" else "a") + text[at + 1 :],
    ]
    found = dict(WRONG_BY_HAND)
    for number in itertools.count():
        name, id = named[number * 7 % len(named)]
        wrong = rules[number % 4](name.casefold(), number * 5 % (len(name) - 1) + 1 - number % 2)
        # Three letters may as well be the start of another name, as "bet" of beti-cel.
        if not library.lookup.is_known(wrong) and len(wrong) > 3:
            found.setdefault(wrong, id)
        if len(found) == 200 + len(WRONG_BY_HAND):
            return found
    raise AssertionError


def _suggested(name: str) -> tuple[str, ...]:
    with pytest.raises(TherapyInfoError) as caught:
        _library().find(name)
    return caught.value.suggestions


def test_no_mistyped_name_gets_the_name_of_another_therapy() -> None:
    wrong = {
        name: (id, found)
        for name, id in _mistyped().items()
        if (found := _suggested(name)) not in ((), (id,))
    }

    assert wrong == {}


def test_nearly_every_mistyped_name_gets_the_right_one() -> None:
    names = _mistyped()
    right = [name for name, id in names.items() if _suggested(name) == (id,)]

    assert len(right) > 0.9 * len(names)
    assert [name for name in WRONG_BY_HAND if name not in right] == []


@pytest.mark.parametrize(
    "name",
    "aspirin adalimumab humira trastuzumab infliximab dialysis insulin surgery radiotherapy"
    " acupuncture homeopathy tylenol metformin BMX car xyz sintilimab teplizumab".split(),
)
def test_a_name_of_something_else_gets_no_suggestion(name: str) -> None:
    assert _suggested(name) == ()


def test_a_suggestion_that_is_a_product_names_its_therapy_too() -> None:
    with pytest.raises(UnknownName, match=r"Did you mean Kymriah \(car-t\)\?"):
        _library().find("kymria")
    with pytest.raises(UnknownName, match=r"Did you mean lymphoma\?"):
        _library().find("lymphom")


# the rules themselves


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "acb", 1),
        ("abc", "abbc", 1),
        ("abcd", "badc", 2),
        ("abc", "xyz", 3),
        ("a", "abcdef", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other, 2) == slips(other, one, 2) == count


def test_names_that_are_as_near_as_each_other_are_no_suggestion() -> None:
    assert near_names("bmx", {"BMP": "a", "BMT": "b"}) == []
    assert near_names("bmx", {"BMP": "a", "BMQ": "a"}) == ["BMP", "BMQ"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["a"], ["a"]),
        (["a", "b"], ["a b"]),
        (["b", "a"], ["b", "a"]),
        (["a", "b", "a"], ["a b", "a"]),
        (["a,", "b"], ["a", "b"]),
        (["a,b"], ["a", "b"]),
        (["a", "AND", "b"], ["a", "b"]),
        (["c, d"], ["c, d"]),
        (["a", "x"], None),
        (["and"], []),
        ([], []),
        (["a"] * 17, None),
        (["a " * 17], None),
        (["a," * 10], None),
    ],
)
def test_words_are_split_into_names(words: list[str], names: list[str] | None) -> None:
    assert split_names(words, {"a", "b", "a b", "c, d"}.__contains__) == names


HEAD = Authorisation(
    region=("us",), regulator="FDA", status="approved", indication="Adults.", sources=()
)


def test_a_name_in_brackets_is_one_word_or_two_of_which_the_first_is_long() -> None:
    therapy = knowledge.small().entry("car-t").therapy
    made = [
        Product(generic=generic, authorisations=(HEAD,))
        for generic in ("x-cel (all kinds)", "y-cel (longword alfa, z-cel)", "A1, cells of ours")
    ]
    from msgspec.structs import replace

    code = Code(system="ATC (WHO)", code="X1", label="x-cel")
    names = known_names({"t": replace(therapy, products=tuple(made), codes=(code,))})

    assert [each.name for each in names] == [
        "x-cel (all kinds)",
        "x-cel",
        "y-cel (longword alfa, z-cel)",
        "y-cel",
        "longword alfa",
        "z-cel",
        "A1, cells of ours",
        "A1",
        "X1",
    ]
    assert names[-1].reason == "X1 (ATC) stands for x-cel, listed under CAR-T therapy."


@pytest.mark.parametrize("name", [*HOSTILE.values(), *CONTROLS.values(), "", " ", "\x00", "\ud800"])
def test_a_hostile_name_is_only_a_name(name: str) -> None:
    with pytest.raises((UnknownName, NotATherapy)) as caught:
        _library().find(name)

    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, IllnessNamed)


@pytest.mark.parametrize("name", ["x" * 10_000, "car-t " * 2_000, "a b " * 2_500, "," * 10_000])
def test_a_long_name_is_told_at_once(name: str, therapyinfo: Run) -> None:
    assert _suggested(name) == ()
    for line in ([name], ["explain", name], ["compare", name, "msc"]):
        code, out, _ = therapyinfo(line)
        assert (code in (1, 2), out) == (True, "")

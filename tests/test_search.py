"""What a search finds, in which order, and that no question can break it."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from therapyinfo.errors import TherapyInfoError
from therapyinfo.inlines import InlineCode, Mark
from therapyinfo.page import DefinitionList, Paragraph
from therapyinfo.search import (
    MAX_HITS,
    MAX_HITS_PER_SECTION,
    Document,
    SearchIndex,
    SearchResults,
    database,
    make_index,
    query_terms,
    search,
)
from therapyinfo.text import without_citations
from therapyinfo.views.documents import all_documents
from therapyinfo.views.search import search_page

from . import knowledge
from .small import SMALL
from .warm import warm_cache  # noqa: F401 - a fixture

Run = Callable[[str | Sequence[str]], tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("warm_cache")


def piece(
    text: str, title: str = "", section: str = "risks", names: tuple[str, ...] = ()
) -> Document:
    return Document(
        therapy="car-t",
        name="CAR-T therapy",
        section=section,
        heading="What can go wrong",
        title=title,
        text=text,
        command=("explain", "car-t", "--section", section),
        names=names,
    )


PIECES = [
    piece("Take no tablets for a high temperature without asking, or a fever."),
    piece("It comes in the first days and can be severe.", title="Fever"),
    piece("Stay near the hospital for two weeks."),
    piece("The hospital is near; you may stay."),
    piece("Vaccinations have to wait. Live vaccines wait longer.", section="life"),
    piece("Cytokine release syndrome is called CRS. Crohn's disease is no risk.", section="how"),
    piece("It can harm fertility in men and in women.", section="unknowns"),
]


def texts(results: SearchResults) -> list[str]:
    return [hit.document.text for hit in results.hits]


def shown(results: SearchResults) -> list[str]:
    """Return the snippets, with what was found in brackets."""
    return [
        "".join(f"[{text}]" if found else text for text, found in hit.snippet)
        for hit in results.hits
    ]


FOUND = {
    "a title counts more than the text": ("fever", [1, 0]),
    "case does not matter": ("FEVER", [1, 0]),
    "a piece with every word comes before one with some": ("fever tablets", [0, 1]),
    "words side by side come first": ("stay near", [2]),
    "words in quotes count like others, side by side more": ('"stay near"', [2]),
    "a phrase in curly quotes": ("“stay near”", [2]),
    "a word in its other forms": ("vaccinated", [4]),
    "the beginning of the last word": ("hospital temp", [0]),
    "the beginning of a word": ("tempera", [0]),
    "the beginning of a word in capitals": ("TEMPERA", [0]),
    "a beginning that is longer than the stem": ("fertili", [6]),
    "no beginning among the stems": ("CRS", [5]),
    "a heading": ("wrong severe", [1]),
    "the therapy's name": ("car-t tablets", [0]),
    "small words do not count": ("what is a fever in the", [1, 0]),
    "accents do not count": ("févér", [1, 0]),
}


@pytest.mark.parametrize(("words", "expected"), FOUND.values(), ids=FOUND)
def test_a_search_finds_the_right_pieces_best_first(words: str, expected: list[int]) -> None:
    results = search(PIECES, words)

    assert texts(results)[: len(expected)] == [PIECES[number].text for number in expected]
    assert bool(results.hits) is bool(expected)


def test_a_whole_word_is_found_and_none_that_only_begins_so() -> None:
    healthy = piece("Health is a word with healthy neighbours.")
    healing = piece("There is more to say of how a wound heals, and this text is longer.")

    assert texts(search([healthy, healing], "heal")) == [healing.text]


def test_what_goes_by_the_very_name_comes_first() -> None:
    title = piece("Fever, fever and fever again.", title="Fever")
    named = structs.replace(
        piece("A word of the glossary.", title="Raised temperature", names=("fever", "pyrexia")),
        therapy=None,
    )

    assert texts(search([title, named], "fever")) == [named.text, title.text]


def test_without_a_piece_that_has_every_word_some_words_are_enough() -> None:
    results = search(PIECES, "fertility zebra")

    assert not results.match_all
    assert texts(results) == [PIECES[6].text]


def test_hits_are_few_and_say_how_many_more_there_are() -> None:
    many = [
        piece(f"A fever, number {number} in {section}.", section=section)
        for section in ("how", "risks", "life", "help", "uses", "special")
        for number in range(5)
    ]
    results = search(many, "fever")

    sections = [hit.document.section for hit in results.hits]
    assert len(results.hits) == MAX_HITS
    assert max(sections.count(section) for section in sections) == MAX_HITS_PER_SECTION
    assert results.total == len(many)
    assert {hit.hidden_count for hit in results.hits} == {5 - MAX_HITS_PER_SECTION}


MARKS = {
    "the found word is marked": (
        "fever",
        "It is hot. A fever can come.",
        "It is hot. A [fever] can come.",
    ),
    "in whatever form": ("driving", "Do not drive.", "Do not [drive]."),
    "a whole word, though only its beginning was asked for": (
        "leuk",
        "By leukapheresis.",
        "By [leukapheresis].",
    ),
    "nothing where only the title has it": ("title", "One. Two.", "One. Two."),
}


@pytest.mark.parametrize(("words", "text", "expected"), MARKS.values(), ids=MARKS)
def test_a_snippet_marks_what_was_found(words: str, text: str, expected: str) -> None:
    assert shown(search([piece(text, title="Title")], words)) == [expected]


HOSTILE = {
    "nothing": ("", False),
    "only punctuation": ("?! -- ** ()", False),
    "an open quote": ('"fever', True),
    "quotes alone": ('""" "', False),
    "a star": ("* fever*", True),
    "a dash": ("-fever", True),
    "operators": ("OR AND NOT fever", True),
    "NEAR": ("NEAR(fever tablets, 2)", True),
    "a column filter": ("title:fever", True),
    "columns in braces": ("{title text} : fever", True),
    "a caret": ("^fever", True),
    "NUL": ("fever\x00", True),
    "a lone surrogate": ("fever\udcff", True),
    "SQL": ("fever'; DROP TABLE pieces; --", True),
    "very long": ("fever " * 2_000, True),
    "one very long word": ("f" * 10_000, False),
    "many different words": (" ".join(f"w{number}" for number in range(3_000)), False),
    "letters younger than SQLite": ("\U0001e900\U0001e901\U0001e902", False),
    "right to left": ("\u202efever", True),
}


@pytest.mark.parametrize(("words", "found"), HOSTILE.values(), ids=HOSTILE)
def test_no_question_breaks_the_search(words: str, found: bool) -> None:
    hits = texts(search(PIECES, words))

    assert (PIECES[1].text in hits) is found


WORDS = sorted({word for each in PIECES for word in each.text.split()})
TYPED = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=12).map(" ".join)


@given(TYPED)
@example("fever")
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_safe_question(words: str) -> None:
    results = search(PIECES, words)
    asked = {part.casefold() for part in query_terms(words)}

    assert results.total > 0 or not asked & {"fever", "tablets", "fertility"}
    assert results.total >= len(results.hits)
    assert (results.total == 0) == (results.hits == ())
    for hit in results.hits:
        told = " ".join("".join(text for text, _ in hit.snippet).split())

        assert told in hit.document.text
        assert all(text for text, _ in hit.snippet)


OPERATORS = ["*", "-", "OR", "AND", "NOT", "NEAR(", ")", ":", "^", "{", "}", "title:", "+"]


@given(st.lists(st.sampled_from([*OPERATORS, "fever", "zebra"])))
@example(["fever"])
@example(["NOT", "fever"])
@example(["zebra", "NOT", "fever"])
@settings(max_examples=50, deadline=None)
def test_operators_in_any_order_are_only_words(words: list[str]) -> None:
    results = search([piece("A fever comes."), piece("A rash goes.")], " ".join(words))

    assert texts(results) == (["A fever comes."] if "fever" in words else [])


# With the knowledge that comes with the tool.


@cache
def builtin_index() -> SearchIndex:
    """Return the index of the knowledge that is shipped, made once for all who ask it."""
    return make_index(all_documents(knowledge.builtin()))


@pytest.fixture(scope="module", autouse=True)
def close_the_index() -> Iterator[None]:
    yield
    builtin_index().close()
    builtin_index.cache_clear()


BEST = {
    "driving": ("life", "Driving"),
    "stay near": ("life", "Staying near"),
    "hair loss": ("", "Hair loss"),
    "cost": ("access", "Cost"),
    "vaccin": ("life", "Vaccines"),
    "kymriah": ("products", "Kymriah"),
    "exosomes": ("words", "exosome"),
    "lupus": ("words", "lupus"),
    "toci": ("words", "tocilizumab"),
    "bone pain": ("risks", "Bone and muscle pain"),
    "leukapheresis": ("words", "leukapheresis"),
    "fever": ("", "Fever"),
    "can I drive after car-t": ("life", "Driving"),
    "stem cell transplant": ("glance", "Blood stem cell transplant"),
    "car t": ("glance", "CAR-T therapy"),
}


@pytest.mark.parametrize(("words", "expected"), BEST.items(), ids=BEST)
def test_the_best_section_is_among_the_first_three(words: str, expected: tuple[str, str]) -> None:
    hits = builtin_index().search(words).hits[:3]

    section, title = expected
    assert [
        hit
        for hit in hits
        if hit.document.title.startswith(title) and section in ("", hit.document.section)
    ]


def test_every_therapy_and_the_glossary_are_searched() -> None:
    library = knowledge.builtin()
    documents = all_documents(library)

    assert {each.therapy for each in documents} == {*library.ids, None}
    assert len([each for each in documents if each.therapy is None]) == len(library.glossary)


def test_no_piece_is_empty_or_shows_a_citation() -> None:
    documents = all_documents(knowledge.builtin())

    assert [
        each for each in documents if not each.text.strip() or "[@" in each.text + each.title
    ] == []


@pytest.mark.parametrize(
    "words",
    ["driving", "tocilizumab", "fever", "lupus", "Kymriah", "cost", "remission", "helpline"],
)
def test_the_command_of_a_hit_opens_what_was_found(words: str, therapyinfo: Run) -> None:
    hits = json.loads(therapyinfo(["search", words, "-f", "json"])[1])["hits"]
    opened = [therapyinfo([*hit["command"].split()[1:], "-f", "json"]) for hit in hits]

    assert len(hits) > 0
    for hit, (code, out, _) in zip(hits, opened, strict=True):
        page = json.loads(out)
        assert code == 0
        assert hit["section"] in page.get("sections", [hit["section"]])
        assert _share_words(hit["snippet"], without_citations(json.dumps(page, ensure_ascii=False)))


def _share_words(snippet: str, page: str) -> bool:
    """Return whether some words of the snippet stand on the page in the same order.

    Of a sentence that the page makes of names, such as `Aims at CD19, made by Novartis.`, the names.
    """
    words = snippet.split()
    if words[:2] == ["Aims", "at"] or words[:2] == ["Made", "by"]:
        first, _, rest = snippet.partition(". ")
        named = all(name in page for name in re.findall(r"[A-Z]\w+", first)[1:])
        return named and (not rest or _share_words(rest, page))
    runs = (" ".join(words[start : start + 4]).rstrip(".") for start in range(len(words)))
    return any(len(run) > 10 and run in page for run in runs)


def test_a_page_of_finds_shows_marks_and_commands() -> None:
    page = search_page(knowledge.small(), "leukaph")

    parts = [part for block in page.blocks if isinstance(block, Paragraph) for part in block.text]
    facts = [block.rows for block in page.blocks if isinstance(block, DefinitionList)]
    parts += [part for rows in facts for _, text in rows for part in text]
    assert InlineCode("therapyinfo define leukapheresis") in parts
    assert InlineCode("therapyinfo walkthrough car-t --step 1") in parts
    assert Mark("leukapheresis") in parts


COMMANDS = {
    "adults after 2 treatments": "therapyinfo explain car-t --section uses",
    "severe reaction": "therapyinfo explain car-t --section risks",
    "ELARA": "therapyinfo numbers car-t",
    "Examplia": "therapyinfo products car-t",
    "drip": "therapyinfo walkthrough car-t --step 2",
    "questions to ask": "therapyinfo explain car-t --section questions",
    "starts an attack": "therapyinfo compare car-t msc",
    "calm the immune system": "therapyinfo explain msc",
    "T lymphocyte": "therapyinfo define t-cell",
}


@pytest.mark.parametrize(("words", "command"), COMMANDS.items(), ids=COMMANDS)
def test_a_hit_says_which_command_opens_it(words: str, command: str) -> None:
    page = search_page(knowledge.small(), words)

    assert page.data()["hits"][0]["command"] == command


def test_a_fact_that_only_the_comparison_shows_is_found_there() -> None:
    row = "  - {id: cost, label: Cost, explanation: What it costs.}\n\ncategories:"
    text = SMALL.replace("\ncategories:", row).replace(
        "      cell_type: Mes", "      cost: A fortune [@label-2024].\n      cell_type: Mes"
    )
    page = search_page(knowledge.of_text(text), "fortune")

    (hit,) = page.data()["hits"]
    assert hit["command"] == "therapyinfo compare msc car-t --on cost"
    assert hit["snippet"] == "A fortune."


def test_the_page_says_how_many_hits_there_are_beyond_those_shown(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo("search cost")

    told = re.search(r"Found in (\d+) places; here are the best (\d+)", " ".join(out.split()))
    assert code == 0
    assert told
    assert int(told[1]) > int(told[2]) == MAX_HITS
    assert " more)" in out


def test_the_page_says_when_no_text_has_all_the_words(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo("search driving xyzzy")

    assert code == 0
    assert "Nothing has all of these words." in out


def test_the_data_of_a_search_has_these_keys() -> None:
    data = search_page(knowledge.small(), "fever").data()

    assert list(data) == [
        "schema_version",
        "command",
        "region",
        "query",
        "every_word",
        "respelled",
        "emergency",
        "hits",
        "total",
        "sources",
        "knowledge",
    ]
    assert list(data["hits"][0]) == (
        "therapy section title snippet text sources region date command".split()
    )


def test_a_hit_without_a_title_has_its_heading_as_title() -> None:
    (hit,) = search_page(knowledge.small(), "38 degrees").data()["hits"]

    assert hit["title"] == "When to get help"


NEAR = {"lukapheresis": "leukapheresis", "drivng": "driving", "bispecifc": "bispecific"}


@pytest.mark.parametrize(("words", "expected"), NEAR.items(), ids=NEAR)
def test_a_mistyped_word_gets_near_ones(words: str, expected: str, therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(["search", words, "-f", "json"])

    error = json.loads(out)["error"]
    assert (code, error["code"]) == (1, "nothing_found")
    assert expected in [each.casefold() for each in error["suggestions"]]


@pytest.mark.parametrize("words", ["xyzzy", "--", "?!", "", "f" * 10_000])
def test_nothing_found_ends_with_one_line_and_exit_code_1(words: str, therapyinfo: Run) -> None:
    code, out, err = therapyinfo(["search", "--", words])

    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert len(err) < 300


def test_a_python_without_sqlite_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)

    with pytest.raises(TherapyInfoError, match="cannot search"):
        search(PIECES, "fever")


def test_a_sqlite_without_full_text_search_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_DOCUMENTS", "CREATE VIRTUAL TABLE documents USING nothing({})")

    with pytest.raises(TherapyInfoError, match="cannot search"):
        search(PIECES, "fever")

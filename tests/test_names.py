"""Names in every script: found however they are typed, and never taken for one another."""

import itertools
import unicodedata

import pytest

from tests.checking import SOUND, errors_in
from tests.conftest import Run
from tests.knowledge import builtin, of_text
from therapyinfo.errors import UnknownName
from therapyinfo.glossary import terms_used
from therapyinfo.library import Library, choose
from therapyinfo.records import Term
from therapyinfo.render.options import transliterate
from therapyinfo.search import query_terms
from therapyinfo.text import close_matches, match_name, normalize_name

# Written by code point where the marks matter: an editor could compose them.
APART = {
    "Arabic, a vowel sign": ("\u0639\u0650\u0644\u0645", "\u0639\u064e\u0644\u0645"),
    "Arabic, a doubled letter": ("\u062f\u0631\u0633", "\u062f\u0631\u0651\u0633"),
    "Bengali, a vowel sign": ("\u0995\u09be\u09b2", "\u0995\u09bf\u09b2", "\u0995\u09c1\u09b2"),
    "Bengali, a nasal": ("\u0995\u09be\u099a", "\u0995\u09be\u0981\u099a"),
    "Bengali, a nukta": ("\u09aa\u09a1\u09be", "\u09aa\u09a1\u09bc\u09be"),
    "Burmese, a tone": ("\u1000\u102c", "\u1000\u102c\u1038"),
    "Cyrillic, a breve": ("\u043c\u043e\u0438", "\u043c\u043e\u0439"),
    "Greek, an accent": ("\u03bd\u03cc\u03bc\u03bf\u03c2", "\u03bd\u03bf\u03bc\u03cc\u03c2"),
    "Gujarati, a vowel sign": ("\u0aae\u0abe", "\u0aae\u0abf", "\u0aae"),
    "Hebrew, a point": ("\u05e1\u05b5\u05e4\u05e8", "\u05e1\u05b7\u05e4\u05e8"),
    "Hebrew, the dot of shin": ("\u05e9\u05c1\u05e8", "\u05e9\u05c2\u05e8"),
    "Hindi, a vowel sign": ("\u0915\u0932", "\u0915\u093e\u0932", "\u0915\u0932\u093e"),
    "Hindi, a nukta": ("\u0938\u091c\u093e", "\u0938\u091c\u093c\u093e"),
    "Hindi, a virama": ("\u0915\u0924", "\u0915\u094d\u0924"),
    "Japanese, a voiced kana": ("\u304b\u304d", "\u304b\u304e", "\u304c\u304d"),
    "Japanese, a half-voiced kana": ("\u30cf\u30b9", "\u30d0\u30b9", "\u30d1\u30b9"),
    "Khmer, a vowel sign": ("\u1780\u17b6", "\u1780\u17b7"),
    "Korean, a last consonant": ("\uac00", "\uac01", "\uac04"),
    "Lao, a tone": ("\u0e82\u0eb2", "\u0e82\u0ec8\u0eb2", "\u0e82\u0ec9\u0eb2"),
    "Latin, accents": ("resume", "r\u00e9sum\u00e9", "resum\u00e9"),
    "Tamil, a vowel sign": ("\u0b95\u0bb2\u0bcd", "\u0b95\u0bbe\u0bb2\u0bcd"),
    "Thai, a tone": ("\u0e21\u0e32", "\u0e21\u0e49\u0e32", "\u0e2b\u0e21\u0e32"),
    "Thai, a vowel sign": ("\u0e01\u0e34\u0e19", "\u0e01\u0e34\u0e48\u0e19", "\u0e01\u0e38\u0e19"),
    "Tibetan, a vowel sign": ("\u0f56\u0f7c\u0f51", "\u0f56\u0f7a\u0f51"),
    "Vietnamese, a tone": ("ma", "m\u00e0", "m\u00e1", "m\u1ea3", "m\u00e3", "m\u1ea1"),
    "Vietnamese, a letter": ("co", "c\u00f4", "c\u01a1"),
}
"""Words of one script that differ only in a mark."""

OTHER_SCRIPTS = {
    what: names for what, names in APART.items() if not what.startswith(("Latin", "Vietnamese"))
}

SAME = {
    "full-width letters": ("\uff23\uff32\uff33", "CRS"),
    "full-width letters, digits and a dash": ("\uff2e\uff2b\uff0d\uff19\uff12", "NK-92"),
    "half-width kana": ("\uff8a\uff9e\uff7d", "\u30d0\u30b9"),
    "a sound mark that stands apart": ("\u304b\u309b", "\u304c"),
    "decomposed accents": ("Gue\u0301rin", "Gu\u00e9rin"),
    "decomposed kana": ("\u304b\u3099", "\u304c"),
    "decomposed Korean": ("\u1100\u1161\u11a8", "\uac01"),
    "two marks in another order": ("a\u0323\u0302", "\u1ead"),
    "a ligature": ("\ufb01brosis", "Fibrosis"),
    "a sharp s": ("STRASSE", "stra\u00dfe"),
    "a Greek sigma at the end": (
        "\u039b\u039f\u0393\u039f\u03a3",
        "\u03bb\u03bf\u03b3\u03bf\u03c2",
    ),
    "Arabic letters as a PDF has them": ("\ufedf\ufe8e", "\u0644\u0627"),
    "a raised figure": ("CD4\u207a", "CD4"),
    "a trade mark": ("Kymriah\u2122", "Kymriah"),
    "a soft hyphen and a joiner": ("thera\u00adpy\u200d", "therapy"),
    "a selector": ("\u845b\U000e0100", "\u845b"),
}
"""The same name in two ways of typing it."""


def named(names: tuple[str, ...]) -> dict[str, str]:
    return {name: f"n{number}" for number, name in enumerate(names)}


def with_names(names: tuple[str, ...]) -> str:
    """Return a sound file that has a term and a therapy for each name."""
    ids = named(names)
    terms = "".join(
        f'  {id}:\n    term: "{name}"\n    meaning: This is {id}.\n' for name, id in ids.items()
    )
    therapies = "".join(
        f'  {id}:\n    name: "{name}"\n    category: changed-cells\n'
        "    main_message: It may help [@label-2024].\n"
        "    facts: {cell_type: A, main_action: B}\n"
        for name, id in ids.items()
    )
    return SOUND.replace("glossary:\n", f"glossary:\n{terms}") + therapies


def doubles(names: tuple[str, ...]) -> int:
    """Return how many names `check` says that two therapies have."""
    return [each.rule for each in errors_in(with_names(names))].count("same-name")


def library_of(names: tuple[str, ...]) -> Library:
    return of_text(with_names(names))


@pytest.mark.parametrize("names", APART.values(), ids=APART)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_that_differ_in_a_mark_each_find_their_own(names: tuple[str, ...], form: str) -> None:
    library = library_of(names)
    for name, id in named(names).items():
        typed = unicodedata.normalize(form, name)  # type: ignore[arg-type]
        assert library.define(typed)[0] == id
        assert library.find(typed).id == id
        assert choose("row", typed, named(names)) == id


@pytest.mark.parametrize("names", APART.values(), ids=APART)
def test_names_that_differ_in_a_mark_are_no_double_for_check(names: tuple[str, ...]) -> None:
    assert doubles(names) == 0


@pytest.mark.parametrize("names", OTHER_SCRIPTS.values(), ids=OTHER_SCRIPTS)
def test_no_mark_of_another_script_may_be_left_out_or_stand_for_another(
    names: tuple[str, ...],
) -> None:
    for typed, known in itertools.permutations(names, 2):
        assert match_name(typed, {known: "x"}) is None


@pytest.mark.parametrize("names", APART.values(), ids=APART)
def test_words_of_a_text_are_told_apart_by_their_marks(names: tuple[str, ...]) -> None:
    glossary = {id: Term(term=name, meaning="x") for name, id in named(names).items()}
    for name, id in named(names).items():
        assert terms_used([f"({name}), 10\u2076."], glossary) == [id]
        assert terms_used([unicodedata.normalize("NFD", name)], glossary) == [id]


@pytest.mark.parametrize(("typed", "known"), SAME.values(), ids=SAME)
def test_one_name_typed_in_two_ways_is_one(typed: str, known: str) -> None:
    assert normalize_name(typed) == normalize_name(known)
    assert match_name(typed, {"other": "o", known: "x"}) == "x"
    assert match_name(known, {"other": "o", typed: "x"}) == "x"


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Guerin", "Gu\u00e9rin"),
        ("GUERIN", "Gue\u0301rin"),
        ("Gu\u00e9rin", "Guerin"),
        ("bacillus calmette guerin", "Bacillus Calmette-Gu\u00e9rin"),
        ("Sjogren", "Sj\u00f6gren"),
        ("Viet Nam", "Vi\u1ec7t Nam"),
        ("resume", "resum\u00e9"),
        ("resum\u00e9", "r\u00e9sum\u00e9"),
        ("CAR\u00b4T", "CAR-T"),
        ("Istanbul", "\u0130stanbul"),
    ],
)
def test_latin_accents_may_be_left_out(typed: str, known: str) -> None:
    assert match_name(typed, {"other": "o", known: "x"}) == "x"


@pytest.mark.parametrize(
    ("typed", "names"),
    {
        "one accent for another": ("m\u00e0", ["m\u00e1"]),
        "an accent on another letter": ("r\u00e9sume", ["resum\u00e8"]),
        "two that could be meant": ("resume", ["r\u00e9sum\u00e9", "resum\u00e9"]),
        "a Thai vowel left out": ("\u0e21", ["\u0e21\u0e32"]),
        "a Hindi vowel left out": ("\u0915\u0932", ["\u0915\u093e\u0932"]),
        "Hebrew points left out": ("\u05e1\u05e4\u05e8", ["\u05e1\u05b5\u05e4\u05e8"]),
        "signs alone": ("+++", ["---", "?"]),
        "nothing": (" ", ["a"]),
    }.values(),
)
def test_no_answer_is_better_than_a_wrong_one(typed: str, names: list[str]) -> None:
    assert match_name(typed, {name: name for name in names}) is None


def test_the_name_that_is_the_same_to_the_letter_comes_first() -> None:
    names = {"CD4+": "plus", "CD4-": "minus", "crs": "a", "CRS": "b"}
    assert {name: match_name(name, names) for name in names} == names
    assert match_name("cd4", names) is None, "no telling which"


@pytest.mark.parametrize("signs", [("+", "-"), ("\u2665", "\u2666")])
def test_names_of_signs_alone_are_no_double(signs: tuple[str, ...]) -> None:
    assert doubles(signs) == 0


@pytest.mark.parametrize("names", SAME.values(), ids=SAME)
def test_check_finds_a_double_that_is_typed_in_another_way(names: tuple[str, str]) -> None:
    assert doubles(tuple(each.replace("\u00ad", "") for each in names)) == 1


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Guern", "Gu\u00e9rin"),
        ("\u0e21\u0e49\u0e32\u0e27", "\u0e21\u0e49\u0e32\u0e25\u0e32\u0e22"),
        ("\u0915\u0932\u0940", "\u0915\u0932\u093e"),
        ("\ud55c\uad74", "\ud55c\uae00"),
        ("\u5e72\u7ec6\u5305", "\u5e72\u7ec6\u80de"),
        ("\u95f4\u5145", "\u95f4\u5145\u8d28\u5e72\u7ec6\u80de\u6cbb\u7597"),
        ("\u05e1\u05b7\u05e4\u05e8", "\u05e1\u05b5\u05e4\u05e8"),
        ("\uff23\uff21\uff32-X", "CAR-T"),
    ],
)
def test_a_mistyped_name_is_near_in_every_script(typed: str, known: str) -> None:
    assert close_matches(typed, ["leukapheresis", known]) == [known]


def test_a_miss_names_all_that_could_be_meant() -> None:
    with pytest.raises(UnknownName) as raised:
        library_of(("r\u00e9sum\u00e9", "resum\u00e9")).define("resume")
    assert "n0" in str(raised.value)
    assert "n1" in str(raised.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("explain \uff23\uff21\uff32\uff0d\uff34 --brief", "CAR-T THERAPY"),
        ("define \uff23\uff32\uff33", "CYTOKINE RELEASE SYNDROME"),
        ("define 'Bacillus Calmette-Gue\u0301rin'", "BCG"),
        ("define 'bacillus calmette guerin'", "BCG"),
        ("compare \uff43\uff41\uff52\uff54 msc --on '\uff23\uff25\uff2c\uff2c type'", "CAR-T"),
        ("products --region \uff35\uff33", "PRODUCTS IN THE US"),
        ("search \uff44\uff52\uff49\uff56\uff49\uff4e\uff47", "Found in "),
    ],
)
def test_every_command_takes_what_an_input_method_or_a_mac_types(
    therapyinfo: Run, line: str, told: str
) -> None:
    code, out, err = therapyinfo(line)
    assert (code, err) == (0, "")
    assert told in out


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("\uff44\uff52\uff49\uff56\uff45 \uff02a b\uff02\u3000\uff11", ["drive", "b", "1"]),
        ("Gue\u0301rin", ["guerin"]),
        ("\uff8a\uff9e\uff7d", ["\u30d0", "\u30b9"]),
        ("\u1100\u1161\u11a8", ["\uac01"]),
        ("10\u2076 Kymriah\u2122 \u00bd", ["106", "kymriah", "1", "2"]),
    ],
)
def test_a_question_has_plain_letters_and_no_signs(typed: str, plain: list[str]) -> None:
    assert query_terms(typed) == plain


def test_search_finds_the_same_in_full_width() -> None:
    from therapyinfo.views.search import search_page

    wide = "".join(chr(ord(each) + 0xFEE0) for each in "driving")
    plain, typed = (search_page(builtin(), words).data()["hits"] for words in ("driving", wide))
    assert [each["command"] for each in typed] == [each["command"] for each in plain]


@pytest.mark.parametrize(
    ("text", "encoding", "spelt"),
    [
        ("THE\u0301RAPIE", "ascii", "THERAPIE"),
        ("NAI\u0308VE CELLS", "ascii", "NAIVE CELLS"),
        ("THE\u0301RAPIE", "latin-1", "TH\u00c9RAPIE"),
        ("NAI\u0308VE \u2192", "latin-1", "NA\u00cfVE ->"),
        ("x\u0304 and p\u0302", "ascii", "x and p"),
        ("Vie\u0323\u0302t", "ascii", "Viet"),
        ("A\u030a", "ascii", "A"),
        ("o\u0308", "cp1252", "\u00f6"),
    ],
)
def test_letters_and_marks_that_stand_apart_are_spelt_as_one(
    text: str, encoding: str, spelt: str
) -> None:
    assert transliterate(text, encoding) == spelt
    assert transliterate(unicodedata.normalize("NFC", text), encoding) == spelt


def test_an_encoding_that_carries_the_marks_gets_them_as_they_are() -> None:
    assert transliterate("THE\u0301RAPIE", "utf-8") == "THE\u0301RAPIE"

"""Each error is told once, at the line and column of the key or value at error."""

import pytest

from .checking import SOUND, changed, errors_in

MARK = "▸"
"""Stands in a replacement where the error is to be told."""

ERRORS = {
    # form
    "a tab for indentation": ("  authors: The", "▸\tauthors: The", "syntax"),
    "a quote that does not end": ('"1"\nreviewed: 2026-11-25', "▸'1\nreviewed: x", "syntax"),
    "a bracket that does not end": ("[msc]\n", "▸[msc\n", "syntax"),
    "a colon in a plain text": ("happens: The cells", "happens: one▸: The cells", "syntax"),
    "a key without a colon": (
        "  funding: Nobody pays for it.\n  updates",
        "  ▸funding\n  updates",
        "syntax",
    ),
    "a list entry at the wrong depth": (
        "      - title: Infusion",
        "    ▸- title: Infusion",
        "syntax",
    ),
    "a control character": ("label: Cell Type", 'label: ▸"Cell\\x1bType"', "control-character"),
    "a bidirectional character": (
        "label: Cell Type",
        "label: ▸Cell\u202eType",
        "control-character",
    ),
    "an invisible character": ("label: Cell Type", "label: ▸Cell\u200bType", "control-character"),
    "a control character in a quoted text": (
        "funding: Nobody pays",
        'funding: ▸"\\x07" #',
        "control-character",
    ),
    "an anchor": ("label: Cell Type", "label: ▸&cells Cell Type", "no-aliases"),
    "a tag of YAML": ("label: Cell Type", "label: ▸!!str Cell Type", "no-tags"),
    "a tag of Python": ("label: Cell Type", "label: ▸!!python/name:os.system x", "no-tags"),
    "a tag of one's own": (
        "    facts:\n      cell_type: Engineered",
        "    facts: ▸!mine\n      cell_type: Engineered",
        "no-tags",
    ),
    # keys
    "a key twice": (
        "    signs: Fever.",
        "    signs: Fever.\n        ▸signs: Cold.",
        "duplicate-key",
    ),
    "a therapy twice": (
        "  msc:\n    name: MSC therapy",
        "  msc:\n    name: MSC therapy\n    ▸name: MSC",
        "duplicate-key",
    ),
    "a merge key": (
        "    signs: Fever.",
        "    signs: Fever.\n        ▸<<: {name: x}",
        "unknown-key",
    ),
    "a mistyped key": ("        signs: Fever.", "        ▸sings: Fever.", "unknown-key"),
    "a key of another record": ("        signs: Fever.", "        ▸title: Fever.", "unknown-key"),
    "an unknown key at the top": ("categories:\n", "▸colour: red\ncategories:\n", "unknown-key"),
    "an unknown fact": (
        "      main_action: Targets",
        "      ▸colour: red\n      main_action: Targets",
        "unknown-key",
    ),
    "an unknown kind of help": (
        "      emergency:",
        "      ▸emergencies: []\n      emergency:",
        "unknown-key",
    ),
    "a key that is a list": (
        "        signs: Fever.",
        "        ? ▸[a, b]\n        : Fever.",
        "wrong-type",
    ),
    "no version": ('version: "1"\nreviewed', "▸reviewed", "missing-key"),
    "no name": ("    name: MSC therapy", "    ▸aliases: []", "missing-key"),
    "no cell type": (
        "      cell_type: Mesenchymal stem cells\n      main",
        "      ▸main",
        "missing-key",
    ),
    "no kind of source": (
        "    publisher: A regulator\n    title: A label\n    url: https://example.org/label\n    kind: label\n",
        "    ▸publisher: A regulator\n    title: A label\n    url: https://example.org/label\n",
        "missing-key",
    ),
    "no meaning of a term": (
        "    term: T cell\n    aliases: [T cells, T lymphocyte]\n    meaning: A white blood cell that kills sick cells.\n",
        "    ▸term: T cell\n",
        "missing-key",
    ),
    "no seriousness": (
        "      - name: Severe reaction\n        seriousness: life-threatening\n",
        "      - ▸name: Severe reaction\n",
        "missing-key",
    ),
    "no sources of an outcome": (
        "      - kind: benefit\n        what: were in remission\n        trial: ELARA\n        group: adults with lymphoma\n        n: 94\n        count: 65\n        endpoint: complete response\n        certainty: One trial without a comparison group.\n        sources: [elara-2022]\n",
        "      - ▸kind: benefit\n        what: were in remission\n        trial: ELARA\n        group: adults with lymphoma\n        n: 94\n        count: 65\n        endpoint: complete response\n        certainty: One trial without a comparison group.\n",
        "missing-key",
    ),
    "no date of an event": (
        'questions: ["Which',
        'events:\n      - ▸text: It began [@label-2024].\n    questions: ["Which',
        "missing-key",
    ),
    # types
    "a text for a mapping": (
        "    get_help:\n      emergency:\n        - Fever above 38 degrees [@label-2024].",
        "    get_help: ▸Call us.",
        "wrong-type",
    ),
    "a text for a list": ("related: [msc]", "related: ▸msc", "wrong-type"),
    "a list for a text": (
        "total_time: About 2 months [@label-2024].",
        "total_time: ▸[About, 2]",
        "wrong-type",
    ),
    "a mapping for a text": (
        "total_time: About 2 months [@label-2024].",
        "total_time: ▸{about: 2}",
        "wrong-type",
    ),
    "a mapping for a list": (
        'questions: ["Which product would I get?"]',
        "questions: ▸{which: product}",
        "wrong-type",
    ),
    "a list for a mapping": (
        "  changed-cells:\n    label: Changed cells",
        "  changed-cells:\n    label: ▸[Changed]",
        "wrong-type",
    ),
    "an empty value where text is needed": ("label: Cell Type", "label:▸", "wrong-type"),
    "a text of blanks": ("label: Cell Type", 'label: ▸"  "', "wrong-type"),
    "an empty entry": (
        'questions: ["Which product would I get?"]',
        "questions: [▸'']",
        "wrong-type",
    ),
    "no authorisation at all": (
        """        authorisations:
          - region: US
            regulator: FDA
            status: approved
            date: 2024-05-23
            indication: Adults with lymphoma
            sources: [label-2024]
""",
        "        authorisations: ▸[]\n",
        "wrong-type",
    ),
    "an unknown choice": ("standing: approved", "standing: ▸aproved", "bad-choice"),
    "a choice in capitals": ("kind: label", "kind: ▸Label", "bad-choice"),
    "another version": ('version: "1"', "version: ▸2", "bad-choice"),
    "a list for a choice": ("kind: benefit", "kind: ▸[benefit]", "bad-choice"),
    "a number in words": ("n: 94", "n: ▸many", "bad-number"),
    "a number with decimals for people": ("n: 94", "n: ▸94.0", "bad-number"),
    "a negative number": ("n: 94", "n: ▸-94", "bad-number"),
    "a number with an exponent": ("n: 94", "n: ▸1e2", "bad-number"),
    "a percentage above 100": ("count: 65", "percent: ▸165", "bad-number"),
    "a percentage with its sign": ("count: 65", "percent: ▸65%", "bad-number"),
    "a percentage that is none": ("count: 65", "percent: ▸nan", "bad-number"),
    # forms
    "an id in capitals": ("  t-cell:\n", "  ▸T-cell:\n", "bad-id"),
    "an id with an underscore": (
        "category: changed-cells\n    summary",
        "category: changed-cells\n    contacts:\n      ▸my_centre: {name: Us, how: '1'}\n    summary",
        "bad-id",
    ),
    "an id with two dashes": (
        "related: [msc]",
        "related: [msc]\n    contacts: {▸a--b: {name: Us, how: '1'}}",
        "bad-id",
    ),
    "an address without https": (
        "url: https://example.org/label",
        "url: ▸http://example.org/label",
        "bad-address",
    ),
    "an address with a space": (
        "url: https://example.org/label",
        "url: ▸https://example.org/a label",
        "bad-address",
    ),
    "a script for an address": (
        "url: https://example.org/label",
        "url: ▸javascript:alert(1)",
        "bad-address",
    ),
    "a date in words": ("published: 2022-01", "published: ▸January 2022", "bad-date"),
    "a day before its month": ("date: 2024-05-23", "date: ▸23-05-2024", "bad-date"),
    "a thirteenth month": ("as_of: 2026-05", "as_of: ▸2024-13", "bad-date"),
    "a day that does not exist": ("date: 2024-05-23", "date: ▸2024-02-30", "bad-date"),
    "half a date for the review": ("reviewed: 2026-11-25", "reviewed: ▸2026-11", "bad-date"),
    # references
    "a citation of nothing, in a line": (
        "12 in 100 people [@elara-2022].\n        signs",
        "12 in 100 people [▸@elara-2023].\n        signs",
        "unknown-source",
    ),
    "a citation of nothing, in a folded text": (
        "total_time: About 2 months [@label-2024].",
        "total_time: >-\n      About 2 months,\n      or 3 [@label-2024; ▸@label].",
        "unknown-source",
    ),
    "an empty citation": (
        "total_time: About 2 months [@label-2024].",
        "total_time: About 2 months [▸@].",
        "unknown-source",
    ),
    "an unknown id in sources": (
        "        sources: [elara-2022]\n    uses",
        "        sources: [▸elara]\n    uses",
        "unknown-source",
    ),
    "an unknown category": (
        "    category: changed-cells\n    main_message: Stromal",
        "    category: ▸cells\n    main_message: Stromal",
        "unknown-category",
    ),
    "an unknown hard word": (
        "hard_words: [leukapheresis]",
        "hard_words: [▸apheresis]",
        "unknown-term",
    ),
    "an unknown related therapy": ("related: [msc]", "related: [▸mcs]", "unknown-therapy"),
    "a difference from an unknown therapy": (
        "    differences:\n      msc:",
        "    differences:\n      ▸mcs:",
        "unknown-therapy",
    ),
    "an unknown row": ("id: main-harms", "id: ▸harms", "unknown-row"),
    "a row twice": ("id: main-harms", "id: ▸cell-type", "unknown-row"),
    "a name of another therapy": ("name: MSC therapy", "name: ▸CAR T cell therapy", "same-name"),
    "an alias of another therapy": (
        "name: MSC therapy",
        "name: MSC therapy\n    aliases: [stroma, ▸Car-T]",
        "same-name",
    ),
    "a count without its people": (
        "        n: 94\n        count: 65",
        "        count: ▸65",
        "bad-outcome",
    ),
    "a count above its people": ("count: 65", "count: ▸95", "bad-outcome"),
    "no figure at all": (
        "      - kind: benefit\n        what: were in remission\n        trial: ELARA\n        group: adults with lymphoma\n        n: 94\n        count: 65\n",
        "      - ▸kind: benefit\n        what: were in remission\n        trial: ELARA\n        group: adults with lymphoma\n",
        "bad-outcome",
    ),
    # layers
    "a base that is not there": (
        'version: "1"',
        'extends: ▸none.yaml\nversion: "1"',
        "missing-base",
    ),
    "a base that is a list": ('version: "1"', 'extends: ▸[base]\nversion: "1"', "wrong-type"),
    "a file on top of itself": ('version: "1"', 'extends: ▸made.yaml\nversion: "1"', "layer-loop"),
    # content
    "a source that nothing cites": (
        "sources:\n  elara-2022:",
        "sources:\n  ▸more:\n    {publisher: A, title: B, url: 'https://example.org', kind: news}\n  elara-2022:",
        "uncited-source",
    ),
    "a claim without a source": (
        "total_time: About 2 months [@label-2024].",
        "total_time: ▸About 2 months.",
        "uncited-claim",
    ),
    "a citation in a label": (
        "title: Collection",
        "title: Collection [▸@label-2024]",
        "citation-in-label",
    ),
    "a step without a source": (
        "title: Infusion\n        happens: The cells come back through a drip.\n        sources: [elara-2022]\n",
        "▸title: Infusion\n        happens: The cells come back through a drip.\n",
        "uncited-claim",
    ),
    "no word on how it works": (
        "  msc:\n    name: MSC therapy\n",
        "  ▸exosome:\n    name: E\n    category: changed-cells\n    main_message: It is new [@label-2024].\n    facts: {cell_type: C, main_action: A}\n    risks: [{name: R, seriousness: mild, what: 'It hurts [@label-2024].'}]\n  msc:\n    name: MSC therapy\n",
        "missing-section",
    ),
    "a relative figure alone": (
        "total_time: About 2 months [@label-2024].",
        "total_time: It ▸halves the wait [@label-2024].",
        "relative-only",
    ),
}


def _expected(text: str) -> tuple[str, int, int]:
    before, _, after = text.partition(MARK)
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("name", ERRORS)
def test_a_single_error_is_told_once_at_its_place(name: str) -> None:
    old, new, rule = ERRORS[name]
    text, line, column = _expected(changed(old, new))

    found = [(each.line, each.column, each.rule) for each in errors_in(text)]

    assert found == [(line, column, rule)]


SEVERAL = {
    "in keys, choices and numbers": [
        "a mistyped key",
        "an unknown choice",
        "a number in words",
        "an unknown fact",
        "a text for a list",
    ],
    "in what points elsewhere": [
        "a citation of nothing, in a line",
        "an unknown category",
        "an unknown related therapy",
        "a difference from an unknown therapy",
        "a row twice",
        "an alias of another therapy",
    ],
    "of form, of type and of content": [
        "a tag of YAML",
        "no date of an event",
        "a day that does not exist",
        "an address with a space",
        "a claim without a source",
        "a source that nothing cites",
        "a control character in a quoted text",
    ],
}


@pytest.mark.parametrize("name", SEVERAL)
def test_every_error_of_a_file_is_told_in_one_run_sorted_by_place(name: str) -> None:
    text = SOUND
    for error in SEVERAL[name]:
        old, new, _ = ERRORS[error]
        assert text.count(old) == 1
        text = text.replace(old, new)
    rules = sorted(ERRORS[error][2] for error in SEVERAL[name])
    places = []
    while MARK in text:
        text, line, column = _expected(text)
        places.append((line, column))

    found = errors_in(text)

    assert [(each.line, each.column) for each in found] == sorted(places)
    assert sorted(each.rule for each in found) == rules


def test_the_place_of_an_error_counts_characters_and_not_bytes() -> None:
    text = changed("not_known:\n", "not_known:\n      - µ–🙂 [@no].\n")
    line = text[: text.index("µ–🙂")].count("\n") + 1

    found = errors_in(text)

    assert [(each.line, each.column) for each in found] == [(line, 14)]


def test_a_byte_that_is_not_utf_8_has_its_place() -> None:
    content = SOUND.encode().replace(b"The testers", "µ The \xff".encode("latin-1"), 1)
    content = content.replace(b"\xb5", "µ".encode())

    found = errors_in(content)

    assert [(each.line, each.column, each.rule) for each in found] == [(5, 18, "not-utf-8")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_errors() -> None:
    assert errors_in(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("        signs: Fever.", "        sings: Fever.", "did you mean 'signs'?"),
        (
            "        signs: Fever.",
            "        zzz: Fever.",
            "known: name, seriousness, in_short, what",
        ),
        ("standing: approved", "standing: aproved", "did you mean 'approved'?"),
        ("related: [msc]", "related: [mcs]", "did you mean 'msc'?"),
        ("[@elara-2022].\n        signs", "[@elara-2023].\n        signs", "'elara-2022'?"),
        ("        signs: Fever.", "        <<: {a: b}", "write the fields out"),
    ],
)
def test_an_error_says_how_to_mend_it(old: str, new: str, hint: str) -> None:
    (found,) = errors_in(changed(old, new))

    assert hint in found.message


@pytest.mark.parametrize(
    "value",
    ["&x 1", "*x", "[*x]", "[1,*x]", "{a: &x 1}", '{"a":*x}', "!t &x 1", "\n      &x 1"],
)
def test_an_anchor_or_alias_is_seen_in_every_form(value: str) -> None:
    text = changed('questions: ["Which product would I get?"]', f"questions: {value}")

    assert "no-aliases" in {each.rule for each in errors_in(text)}


def test_a_star_and_an_ampersand_in_a_text_are_no_alias_and_no_anchor() -> None:
    text = changed("About 2 months [", "The type A *02:01 & others, or A*02, R&D [")

    assert errors_in(text) == []

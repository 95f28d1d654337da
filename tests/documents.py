"""Pages made by hand, for the tests of Markdown and HTML, the formats of files to keep."""

from msgspec import structs

from therapyinfo.inlines import Cite, InlineCode, Link, Mark, Strong
from therapyinfo.page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Grid,
    Heading,
    IconArray,
    IconCount,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepItem,
    StepList,
    Table,
)

FIRST, SECOND = Cite(1, "label"), Cite(2, "trial")

SOURCES = Sources(
    (
        SourceEntry(
            1,
            "label",
            "US Food and Drug Administration",
            "KYMRIAH package insert",
            "26 June 2025",
            "label",
            "https://www.fda.gov/media/107296/download",
        ),
        SourceEntry(
            2,
            "trial",
            "New England Journal of Medicine",
            "Tisagenlecleucel in Children",
            "2018",
            "trial",
            "https://doi.org/10.1056/NEJMoa1709866",
        ),
    )
)

COLLECTING = StepItem(
    1,
    "Collecting your cells",
    ("3 hours", FIRST),
    (("What happens", ("Blood runs through a machine", FIRST, ".")), ("Where", ("Clinic",))),
)

EVERY_BLOCK = Page(
    title="CAR-T therapy",
    subtitle="chimeric antigen receptor T-cell therapy",
    category="Changed cells",
    data=dict,
    next_commands=("therapyinfo walkthrough car-t",),
    footer=("This page informs and does not replace a doctor. Last checked 20 November 2026.",),
    blocks=(
        Paragraph(
            ("Your own T cells are changed to kill cancer cells", FIRST, SECOND, "."), "lead"
        ),
        DefinitionList(
            (("Cell type", ("Engineered T cells",)), ("Know this", ("It can harm", SECOND, ".")))
        ),
        Heading("The process", anchor="process"),
        Paragraph((Strong("In all:"), " about ", Mark("two"), " months.")),
        StepList(
            (COLLECTING, StepItem(2, "Making the cells", ("4 weeks",)), StepItem(3, "The infusion"))
        ),
        Paragraph(("Each step in full: ", InlineCode("therapyinfo walkthrough car-t")), "quiet"),
        Heading("What can go wrong", anchor="risks"),
        Heading("Can threaten life", 3),
        Heading("Immune reaction", 4),
        Bullets((("Fever", FIRST, "."), ("Low blood pressure", SECOND, "."))),
        Callout(
            "Get help at once",
            (("A fever of 38 degrees",), ("Confusion", FIRST, ".")),
            (("The same day: a rash", FIRST, "."),),
        ),
        Heading("Numbers", 2, "numbers"),
        IconArray(
            (IconCount(82, "ELIANA"),), ("82 of 100 went into remission", SECOND, "."), small=True
        ),
        IconArray(
            (IconCount(55, "with it"), IconCount(46, "standard care")), ("55 of 100 were alive.",)
        ),
        DefinitionList((("Who", ("Adults with lymphoma",)),)),
        Table(
            "Side by side",
            ("", "CAR-T therapy", "MSC therapy"),
            ((("Goal",), ("To kill", FIRST), ("To calm",)), (("Cost",), ("High",), ("Unknown",))),
        ),
        Grid(((("Kymriah",), ("2017", FIRST)), (("Yescarta",), ("2018",))), ("Product", "Since")),
        Paragraph(("More at ", Link("https://example.org/a_b"), ".")),
        SourceLine((("Food and Drug Administration", (FIRST,)), ("Medicine", (SECOND,)))),
        Heading("Sources", anchor="sources"),
        SOURCES,
    ),
)
"""A page that holds every kind of block, and every kind of words in them."""

COMPARISON = Page(
    title="CAR-T therapy and others",
    data=dict,
    blocks=(
        Table(
            "The therapies at a glance",
            ("Therapy", "Cell Type", "Main Action"),
            (
                (
                    ("CAR-T therapy",),
                    ("Engineered T cells",),
                    ("Targets specific markers on diseased cells",),
                ),
                (
                    ("NK / NKT therapy",),
                    ("Natural Killer / NKT cells",),
                    ("Broad innate immune surveillance",),
                ),
                (
                    ("MSC therapy",),
                    ("Mesenchymal stem cells",),
                    ("Tissue support and immune modulation",),
                ),
                (
                    ("Growth factor therapy",),
                    ("Signaling proteins",),
                    ("Stimulates existing cells",),
                ),
            ),
        ),
    ),
)

NO_LEVEL_2 = Page(
    title="Products",
    data=dict,
    blocks=(
        Heading("United States", 3),
        DefinitionList((("Kymriah", ("Approved",)),)),
        Heading("Leukaemia", 5),
        Heading("European Union", 3),
    ),
)
"""A page whose headings start too deep, and skip a level."""

UNLISTED = Page(title="In brief", data=dict, blocks=(Paragraph(("It works", FIRST, ".")),))
"""A page that cites a source and lists none."""


def without_commands(page: Page) -> Page:
    """Return a page of `EVERY_BLOCK`'s kind without the paragraphs that hold a command."""
    kept = (
        block
        for block in page.blocks
        if not (
            isinstance(block, Paragraph)
            and any(isinstance(part, InlineCode) for part in block.text)
        )
    )
    return structs.replace(page, blocks=tuple(kept))


def long_page() -> Page:
    """Return a page of twelve sections, long enough to need a list of them."""
    blocks: list[Block] = []
    for number in range(1, 13):
        cite = Cite(1 + number % 2, "label")
        blocks += [
            Heading(f"Section {number}", anchor="again" if number < 3 else ""),
            Paragraph((f"What section {number} says", cite, ", and once more", cite)),
            Heading("Detail", 3),
            Bullets((("One thing.",), ("Another thing", cite, "."))),
        ]
    return Page("A long page", (*blocks, Heading("Sources"), SOURCES), dict, footer=("A note.",))


def page_of(text: str) -> Page:
    """Return a page that has a text in every place where data can stand."""
    words = (text,)
    return Page(
        title=text,
        subtitle=text,
        data=dict,
        footer=words,
        blocks=(
            Heading(text),
            Paragraph(words),
            Paragraph((Strong(text), " ", Mark(text))),
            Bullets((words,)),
            StepList((StepItem(1, text, words, ((text, words),)),)),
            DefinitionList(((text, words),)),
            Table(text, (text, text), ((words, words),)),
            Callout(text, (words,)),
            IconArray((IconCount(1, text), IconCount(2, text)), words),
            Sources((SourceEntry(1, "a", text, text, text, text, "https://example.org/"),)),
        ),
    )


PLACES = 28
"""How often `page_of` says its text."""

HOSTILE = (
    "[red]x[/nope]",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- hidden -->",
    '"><img src=https://example.org/x onerror=alert(1)>',
    "a|b",
    "*x* and **y**",
    "_x_ and snake_case",
    "# x #",
    "1. x",
    "2) x",
    "- x",
    "+ x",
    "> x",
    "---",
    "``` x",
    "`x`",
    ":pill:",
    "&lt;b&gt; &amp; &#35;",
    "~~x~~",
    "back\\slash \\* \\",
    "![x](https://example.org/x.png)",
    "[x]: https://example.org/",
    "javascript:alert(1)",
    "www.example.org and https://example.org/",
    "{{ page }} {% raw %} {# x #}",
    "$x$ ^y^",
)

"""Pages made by hand: one with every kind of block, and the same with any words in it."""

from therapyinfo.inlines import Cite, InlineCode, Link, Mark, Strong
from therapyinfo.page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Heading,
    IconArray,
    IconCount,
    Page,
    Paragraph,
    SourceEntry,
    Sources,
    StepItem,
    StepList,
    Table,
)

ADDRESS = "https://example.org/a/very/long/way/to/a/page-that-is-wider-than-most-screens-are"


def every_block(text: str = "some words") -> tuple[Block, ...]:
    """Return a block of every kind, with a text in every place that takes one."""
    return (
        Paragraph((text, Cite(1, "a"), Cite(2, "b"), "."), "lead"),
        Heading(text, anchor="first"),
        Paragraph((text, Strong(text), Mark(text), InlineCode(text))),
        Paragraph((text,), "quiet"),
        Paragraph((Link(ADDRESS),)),
        Heading(text, 3),
        Heading(text, 4),
        Bullets(((text,), (Strong(text), " ", text))),
        StepList((StepItem(1, text, (text,)), StepItem(2, text))),
        StepList(
            (StepItem(10, text, (text,), ((text, (text,)), (text, (text,)))), StepItem(11, text))
        ),
        DefinitionList(((text, (text,)), (text, (text, Cite(1, "a"))))),
        Table("caption", ("", text, text), (((text,), (text,), (text,)), ((text,), (), (text,)))),
        Callout(text, ((text,), (text,))),
        IconArray((IconCount(69, text), IconCount(45, text)), (text,)),
        IconArray((IconCount(3, text),), (text,), small=True),
        Heading("Sources", anchor="sources"),
        Sources(
            (
                SourceEntry(1, "a", text, text, "June 2025", "trial", "https://example.org"),
                SourceEntry(2, "b", text, text, "2024", "label", ADDRESS),
            )
        ),
        Sources((SourceEntry(0, "c", text, text, "2024", "news", "https://a.org"),)),
    )


def every_page(text: str = "some words") -> Page:
    """Return a page of every kind of block, with a text in every place that takes one."""
    return Page(
        title=text,
        blocks=every_block(text),
        data=lambda: {"text": text},
        subtitle=text,
        category=text,
        footer=(text,),
        next_commands=("therapyinfo explain car-t", "therapyinfo list"),
        csv_rows=((text, text), (text, text)),
    )

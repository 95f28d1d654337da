"""The sections of an explanation, in their order: what makes each, and what it answers to."""

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct

from ..library import choose
from ..page import Block
from ..store.artifact import TherapyEntry
from ..text import normalize_name
from . import first_page, risks, sections
from .citations import Citations

Builder = Callable[[TherapyEntry, Citations], tuple[Block, ...]]
"""Returns the blocks of a section under its heading; none where there is nothing to say."""


class Section(Struct, frozen=True, kw_only=True):
    """A section of an explanation.

    Attributes:
        id: What `--section` and JSON call it.
        heading: What stands above it; "" for none.
        full: Makes all of it.
        short: Makes what the default page says of it; None where that has none of it.
        short_heading: What stands above it on the default page; "" where its blocks open it.
        fields: The fields of a therapy that it tells, which JSON shows when it is asked for.
        synonyms: What else people call it.

    """

    id: str
    heading: str
    full: Builder
    short: Builder | None = None
    short_heading: str | None = None
    fields: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


SECTIONS: tuple[Section, ...] = (
    Section(
        id="glance",
        heading="",
        full=sections.lead,
        short=first_page.lead,
        fields=("full_name", "summary", "main_message", "facts"),
        synonyms=("at a glance", "summary", "aims"),
    ),
    Section(
        id="how",
        heading="How it works",
        full=partial(sections.told, "how_it_works"),
        fields=("how_it_works",),
        synonyms=("working",),
    ),
    Section(
        id="mechanism",
        heading="The mechanism in detail",
        full=partial(sections.told, "mechanism"),
        fields=("mechanism",),
        synonyms=("biology", "science"),
    ),
    Section(
        id="special",
        heading="What makes it special",
        full=partial(sections.listed, "special"),
        fields=("special",),
    ),
    Section(
        id="uses",
        heading="Who is it for?",
        full=sections.uses,
        short=first_page.uses,
        fields=("who", "uses"),
        synonyms=("who", "conditions", "indications", "what it is used for"),
    ),
    Section(
        id="considered",
        heading="When it is considered, and when not",
        full=sections.considered,
        fields=("considered",),
        synonyms=("eligibility", "suitable", "contraindications"),
    ),
    Section(
        id="benefits",
        heading="What it can do",
        full=sections.benefits,
        short=first_page.benefits,
        fields=("benefits", "heading_outcome", "lasting"),
        synonyms=("benefit", "effect", "success", "does it work"),
    ),
    Section(
        id="numbers",
        heading="Numbers from trials",
        full=sections.numbers,
        fields=("outcomes",),
        synonyms=("results", "trials", "statistics", "survival"),
    ),
    Section(
        id="risks",
        heading="What can go wrong",
        full=risks.risks,
        short=first_page.risks,
        fields=("deaths", "risks"),
        synonyms=("side effects", "harms", "dangers", "safety", "deaths", "complications"),
    ),
    Section(
        id="help",
        heading="When to get help",
        full=risks.get_help,
        short=first_page.get_help,
        short_heading="",
        fields=("get_help",),
        synonyms=("emergency", "warning signs", "when to call"),
    ),
    Section(
        id="process",
        heading="How it goes",
        full=sections.process,
        short=first_page.process,
        fields=("total_time", "steps"),
        synonyms=("steps", "the process", "procedure", "how long"),
    ),
    Section(
        id="life",
        heading="Life during and after",
        full=sections.life,
        fields=("life",),
        synonyms=(
            "driving",
            "drive",
            "work",
            "job",
            "travel",
            "flying",
            "recovery",
            "daily life",
            "vaccines",
        ),
    ),
    Section(
        id="access",
        heading="Cost and access",
        full=sections.access,
        fields=("access",),
        synonyms=("price", "cost", "costs", "insurance", "pay", "where"),
    ),
    Section(
        id="without",
        heading="If you do not have it",
        full=sections.without,
        short=first_page.without,
        fields=("without_treatment", "is_not"),
        synonyms=("alternatives", "other choices", "outlook", "without this treatment"),
    ),
    Section(
        id="differences",
        heading="How it differs",
        full=sections.differences,
        fields=("choosing", "related"),
        synonyms=("related", "comparison", "compared"),
    ),
    Section(
        id="unknowns",
        heading="What nobody knows yet",
        full=partial(sections.listed, "not_known"),
        short=first_page.unknowns,
        fields=("not_known",),
        synonyms=("not known", "what is not known", "gaps"),
    ),
    Section(
        id="unproven",
        heading="Offers without approval",
        full=sections.unproven,
        fields=("unproven",),
        synonyms=("offers", "clinics", "unapproved", "scams"),
    ),
    Section(
        id="products",
        heading="Products",
        full=sections.products,
        fields=("products",),
        synonyms=("brands", "approvals", "drugs"),
    ),
    Section(
        id="misconceptions",
        heading="What people get wrong",
        full=sections.misconceptions,
        fields=("misconceptions",),
        synonyms=("myths",),
    ),
    Section(
        id="history",
        heading="History",
        full=sections.history,
        fields=("events",),
        synonyms=("events", "timeline"),
    ),
    Section(
        id="questions",
        heading="Ask your team",
        full=sections.questions,
        short=first_page.questions,
        fields=("questions",),
        synonyms=("questions to ask", "ask"),
    ),
    Section(
        id="contacts",
        heading="Where to get support",
        full=sections.contacts,
        short=first_page.telephones,
        short_heading="",
        fields=("contacts",),
        synonyms=("support", "helplines", "telephone", "phone", "charities"),
    ),
    Section(
        id="words",
        heading="Words used here",
        full=sections.words_used_here,
        synonyms=("glossary", "terms"),
    ),
    Section(
        id="codes",
        heading="Codes",
        full=sections.codes,
        fields=("codes",),
    ),
)
"""Every section, in the order in which pages show them."""

SOURCES = "sources"
"""What is asked for to see the sources of all sections alone."""


def section_id(name: str, table: Iterable[Section] = SECTIONS) -> str:
    """Return the id of a section called by its id, its heading or a synonym.

    Args:
        name: What was asked for, in any case.
        table: The sections there are.

    Returns:
        The id; `sources` for the list of sources.

    Raises:
        UnknownName: No section is called so; it has the nearest ids.

    """
    known = list(table)
    labels = {name: each.id for each in known for name in (each.heading, *each.synonyms) if name}
    ids = {each.id: each.id for each in known}
    return choose("section", name, {**ids, **labels, "references": SOURCES})


def is_called(section: Section, name: str) -> bool:
    """Return whether a section has this id, heading or synonym, in any case."""
    key = normalize_name(name)
    return any(
        normalize_name(each) == key for each in (section.id, section.heading, *section.synonyms)
    )

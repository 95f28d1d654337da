"""A knowledge file and what stands at its top: authors, rows, sources, terms, therapies."""

from typing import Annotated, Literal

from msgspec import Meta

from .evidence import Outcome, Product
from .kinds import Address, FullDate, Id, Language, Name, PartialDate, Prose, Record, SourceKind
from .parts import (
    Code,
    Considered,
    Contact,
    Event,
    Facts,
    GetHelp,
    Guidance,
    Misconception,
    Risk,
    Step,
    Unproven,
    Use,
)


class About(Record, frozen=True, kw_only=True):
    """Who stands behind the knowledge, and how it is kept.

    authors: Who wrote the text, and their qualifications.
    clinical_review: Who with clinical training reviewed it and when, or that nobody has.
    funding: Who pays, and any interest to declare.
    updates: How and how often the text is checked again.
    report: Where to report an error.
    disclaimer: The note that ends every page.
    """

    authors: Prose
    clinical_review: Prose
    funding: Prose
    updates: Prose
    report: Prose
    disclaimer: Prose


class LayerAbout(Record, frozen=True, kw_only=True):
    """Who stands behind a layer: as `about`, each None if the layer leaves it to its base.

    authors: Who wrote the layer.
    clinical_review: Who with clinical training reviewed the layer.
    funding: Who pays for the layer.
    updates: How the layer is kept current.
    report: Where to report an error in it.
    disclaimer: A note of its own for every page.
    """

    authors: Prose | None = None
    clinical_review: Prose | None = None
    funding: Prose | None = None
    updates: Prose | None = None
    report: Prose | None = None
    disclaimer: Prose | None = None


class LayerHead(Record, frozen=True, kw_only=True):
    """What a layer says of itself alone; it never covers what its base says of itself.

    reviewed: When the layer itself was last checked.
    about: Who stands behind the layer.
    """

    reviewed: FullDate | None = None
    about: LayerAbout | None = None


class Layer(Record, frozen=True, kw_only=True):
    """One file of a layered knowledge, as pages name it.

    path: where it was read from, or `builtin`. reviewed: its own review date, None without one.
    about: what it says of itself, None for the base and for a layer that says nothing.
    """

    path: str
    reviewed: str | None = None
    about: LayerAbout | None = None


class ComparisonRow(Record, frozen=True, kw_only=True):
    """One row of the comparison; its id names a field of `facts`, dashes for underscores.

    id: The fact it shows, such as `cell-type` for `cell_type`.
    label: The heading of the row.
    explanation: What the row tells, in one sentence.
    """

    id: Id
    label: Name
    explanation: Prose


class Category(Record, frozen=True, kw_only=True):
    """A group of therapies in `list`.

    label: The heading of the group.
    meaning: What the group has in common, in one sentence.
    """

    label: Name
    meaning: Prose


class Source(Record, frozen=True, kw_only=True):
    """Where a claim comes from; `published` is None when the source bears no date.

    publisher: The body or journal that published it.
    title: Its title, or a plain description of it.
    url: Its canonical https address.
    published: When it was published or last changed; leave out if undated.
    kind: What kind of source it is.
    """

    publisher: Name
    title: Name
    url: Address
    published: PartialDate | None = None
    kind: SourceKind


class Term(Record, frozen=True, kw_only=True):
    """A word of the glossary; `say` is None when it is said as it is written.

    term: The word as the text writes it.
    aliases: Other spellings, plurals and abbreviations of it.
    meaning: What it means, in one or two plain sentences.
    kind: Whether it names an illness or is any word.
    say: How to say it, such as loo-kuh-fuh-REE-sis.
    """

    term: Name
    aliases: tuple[Name, ...] = ()
    meaning: Prose
    kind: Literal["word", "illness"] = "word"
    say: Name | None = None


class Therapy(Record, frozen=True, kw_only=True):
    """One therapy, as the knowledge file tells it; an empty part means nothing is recorded.

    name: The name people use, such as CAR-T therapy.
    full_name: The name with its letters spelt out.
    aliases: Other names that `explain` should accept.
    category: The id of its category.
    summary: What it is in one line of at most 12 words, for lists.
    hard_words: Ids of the terms to explain before the page uses them, 7 at most.
    main_message: What a reader should take away, in two to four sentences.
    facts: The short facts that tables show.
    how_it_works: How it works, a paragraph an entry, three sentences at most.
    mechanism: The same in more detail, for students and nurses.
    special: What sets it apart from other treatments.
    total_time: How long all the steps take together.
    steps: The process, step by step.
    uses: What it is used, studied and sold for.
    considered: When it is considered, and when not.
    benefits: What it can do, with counts in 100 people.
    risks: What can go wrong.
    get_help: When to get help.
    contacts: Whom to call or read; a layer adds its own here.
    differences: How it differs from another therapy, by that one's id.
    not_known: What nobody knows yet.
    related: Ids of therapies to read next.
    products: Products and their authorisations.
    outcomes: Results of named trials.
    life: Life during and after: driving, work, vaccines.
    access: Cost, cover and where it is given.
    without_treatment: What happens, or what else there is, without it.
    unproven: What is sold without approval.
    misconceptions: What people believe wrongly.
    events: Its history, oldest first.
    questions: Questions to take to the treatment team.
    codes: Its codes in other systems.
    """

    name: Name
    full_name: Name | None = None
    aliases: tuple[Name, ...] = ()
    category: Id
    summary: Name | None = None
    hard_words: tuple[Id, ...] = ()
    main_message: Prose
    facts: Facts
    how_it_works: tuple[Prose, ...] = ()
    mechanism: tuple[Prose, ...] = ()
    special: tuple[Prose, ...] = ()
    total_time: Prose | None = None
    steps: tuple[Step, ...] = ()
    uses: tuple[Use, ...] = ()
    considered: Considered | None = None
    benefits: tuple[Prose, ...] = ()
    risks: tuple[Risk, ...] = ()
    get_help: GetHelp | None = None
    contacts: dict[Id, Contact] = {}
    differences: dict[Id, Prose] = {}
    not_known: tuple[Prose, ...] = ()
    related: tuple[Id, ...] = ()
    products: tuple[Product, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    life: tuple[Guidance, ...] = ()
    access: tuple[Guidance, ...] = ()
    without_treatment: tuple[Prose, ...] = ()
    unproven: Unproven | None = None
    misconceptions: tuple[Misconception, ...] = ()
    events: tuple[Event, ...] = ()
    questions: tuple[Name, ...] = ()
    codes: tuple[Code, ...] = ()


class Knowledge(Record, frozen=True, kw_only=True):
    """A whole knowledge file, or one with its layers laid over each other.

    version: The version of this format.
    reviewed: When the whole file was last checked.
    about: Who stands behind it.
    comparison: The rows of `compare`, in order.
    categories: The groups of `list`, in order.
    language: The language of the text, such as he or zh-Hans; English if left out.
    sources: Every source, by its id.
    glossary: Every term, by its id.
    therapies: Every therapy, by its id.
    """

    version: Literal["1"]
    reviewed: FullDate
    about: About
    comparison: Annotated[tuple[ComparisonRow, ...], Meta(min_length=1)]
    categories: Annotated[dict[Id, Category], Meta(min_length=1)]
    language: Language | None = None
    sources: dict[Id, Source] = {}
    glossary: dict[Id, Term] = {}
    therapies: Annotated[dict[Id, Therapy], Meta(min_length=1)]

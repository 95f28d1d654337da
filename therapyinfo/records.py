"""What a knowledge file holds: one frozen record for each kind of entry.

A description beside a field is the documentation of that field: the JSON Schema, the
reference in `docs/knowledge-file.md` and the checker's hints are all made from it.
Prose fields hold plain text with pandoc-style citations, such as
`53 of 100 people were alive [@elara-2022].`; nothing else in them is markup.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

_MONTH = "(?!02-30|(02|04|06|09|11)-31)(0[1-9]|1[0-2])"
_DAY = "(0[1-9]|[12][0-9]|3[01])"

Id = Annotated[
    str,
    Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="Lower-case letters, digits and dashes."),
]
Name = Annotated[str, Meta(min_length=1, description="A short label, without citations.")]
Prose = Annotated[
    str,
    Meta(
        min_length=1,
        description="Plain sentences with citations such as [@source-id].",
        extra={"prose": True},
    ),
]
PartialDate = Annotated[
    str,
    Meta(
        pattern=rf"^[0-9]{{4}}(-{_MONTH}(-{_DAY})?)?$",
        description="A date as far as it is known: 2025, 2025-06 or 2025-06-26.",
    ),
]
FullDate = Annotated[
    str,
    Meta(
        pattern=rf"^[0-9]{{4}}-{_MONTH}-{_DAY}$",
        description="A whole date such as 2025-06-26.",
    ),
]
Address = Annotated[
    str, Meta(pattern=r"^https://[^\s<>\"]+$", description="An https address, without spaces.")
]
Count = Annotated[int, Meta(ge=0, description="A whole number of people.")]
Percent = Annotated[float, Meta(ge=0, le=100, description="A percentage as its source prints it.")]
SourceIds = Annotated[tuple[Id, ...], Meta(description="Ids of the sources this record rests on.")]

SourceKind = Literal[
    "regulator",
    "label",
    "trial",
    "guideline",
    "review",
    "health-service",
    "charity",
    "professional-body",
    "company",
    "news",
    "court",
]
UseStanding = Literal["approved", "studied", "unproven"]
Seriousness = Literal["life-threatening", "serious", "moderate", "mild"]
AuthorisationStatus = Literal[
    "approved", "conditional", "under-review", "withdrawn", "not-approved"
]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every record: frozen and without unknown fields."""


class About(Record, frozen=True, kw_only=True):
    """Who stands behind the knowledge, and how it is kept."""

    authors: Annotated[Prose, Meta(description="Who wrote the text, and their qualifications.")]
    clinical_review: Annotated[
        Prose,
        Meta(description="Who with clinical training reviewed it and when, or that nobody has."),
    ]
    funding: Annotated[Prose, Meta(description="Who pays, and any interest to declare.")]
    updates: Annotated[Prose, Meta(description="How and how often the text is checked again.")]
    report: Annotated[Prose, Meta(description="Where to report an error.")]
    disclaimer: Annotated[Prose, Meta(description="The note that ends every page.")]


class LayerAbout(Record, frozen=True, kw_only=True):
    """Who stands behind a layer: as `about`, each None if the layer leaves it to its base."""

    authors: Annotated[Prose | None, Meta(description="Who wrote the layer.")] = None
    clinical_review: Annotated[
        Prose | None, Meta(description="Who with clinical training reviewed the layer.")
    ] = None
    funding: Annotated[Prose | None, Meta(description="Who pays for the layer.")] = None
    updates: Annotated[Prose | None, Meta(description="How the layer is kept current.")] = None
    report: Annotated[Prose | None, Meta(description="Where to report an error in it.")] = None
    disclaimer: Annotated[Prose | None, Meta(description="A note of its own for every page.")] = (
        None
    )


class LayerHead(Record, frozen=True, kw_only=True):
    """What a layer says of itself alone; it never covers what its base says of itself."""

    reviewed: Annotated[
        FullDate | None, Meta(description="When the layer itself was last checked.")
    ] = None
    about: Annotated[LayerAbout | None, Meta(description="Who stands behind the layer.")] = None


class Layer(Record, frozen=True, kw_only=True):
    """One file of a layered knowledge, as pages name it.

    path: where it was read from. reviewed: its own review date, None if it gives none.
    about: what it says of itself, None for the base and for a layer that says nothing.
    """

    path: str
    reviewed: str | None = None
    about: LayerAbout | None = None


class ComparisonRow(Record, frozen=True, kw_only=True):
    """One row of the comparison; its id names a field of `facts`, dashes for underscores."""

    id: Annotated[Id, Meta(description="The fact it shows, such as `cell-type` for `cell_type`.")]
    label: Annotated[Name, Meta(description="The heading of the row.")]
    explanation: Annotated[Prose, Meta(description="What the row tells, in one sentence.")]


class Category(Record, frozen=True, kw_only=True):
    """A group of therapies in `list`."""

    label: Annotated[Name, Meta(description="The heading of the group.")]
    meaning: Annotated[Prose, Meta(description="What the group has in common, in one sentence.")]


class Source(Record, frozen=True, kw_only=True):
    """Where a claim comes from; `published` is None when the source bears no date."""

    publisher: Annotated[Name, Meta(description="The body or journal that published it.")]
    title: Annotated[Name, Meta(description="Its title, or a plain description of it.")]
    url: Annotated[Address, Meta(description="Its canonical https address.")]
    published: Annotated[
        PartialDate | None,
        Meta(description="When it was published or last changed; leave out if undated."),
    ] = None
    kind: Annotated[SourceKind, Meta(description="What kind of source it is.")]


class Term(Record, frozen=True, kw_only=True):
    """A word of the glossary; `say` is None when it is said as it is written."""

    term: Annotated[Name, Meta(description="The word as the text writes it.")]
    aliases: Annotated[
        tuple[Name, ...], Meta(description="Other spellings, plurals and abbreviations of it.")
    ] = ()
    meaning: Annotated[Prose, Meta(description="What it means, in one or two plain sentences.")]
    kind: Annotated[
        Literal["word", "illness"], Meta(description="Whether it names an illness or is any word.")
    ] = "word"
    say: Annotated[Name | None, Meta(description="How to say it, such as loo-kuh-fuh-REE-sis.")] = (
        None
    )


class Facts(Record, frozen=True, kw_only=True):
    """The short facts of a therapy, as the comparison shows them; None if no source was found."""

    cell_type: Annotated[Name, Meta(description="What the cells or the substance are.")]
    main_action: Annotated[Name, Meta(description="What they do, in a few words.")]
    goal: Annotated[Prose | None, Meta(description="What the treatment is meant to achieve.")] = (
        None
    )
    used_for: Annotated[Prose | None, Meta(description="The main conditions it is used for.")] = (
        None
    )
    standing: Annotated[
        Prose | None, Meta(description="Whether it is approved, where and since when.")
    ] = None
    cell_source: Annotated[
        Prose | None, Meta(description="Whose cells or what material it is made from.")
    ] = None
    made_for: Annotated[
        Prose | None, Meta(description="Made for one person, or kept ready for anyone.")
    ] = None
    how_given: Annotated[Prose | None, Meta(description="How it enters the body, and where.")] = (
        None
    )
    how_long: Annotated[Prose | None, Meta(description="How long the whole course takes.")] = None
    how_often: Annotated[Prose | None, Meta(description="Once or repeated, and how often.")] = None
    can_do: Annotated[
        Prose | None,
        Meta(description="The main benefit, as a count in 100 people of a named group."),
    ] = None
    main_harms: Annotated[
        Prose | None, Meta(description="The most serious harm to know, with how often it comes.")
    ] = None
    daily_life: Annotated[
        Prose | None, Meta(description="What living through and after it is like.")
    ] = None
    evidence: Annotated[Prose | None, Meta(description="How good the evidence is, and why.")] = None
    cost: Annotated[
        Prose | None, Meta(description="What it costs and who pays, with region and date.")
    ] = None


class Step(Record, frozen=True, kw_only=True):
    """One step of the process, in the order it happens."""

    title: Annotated[Name, Meta(description="The step in two to five words.")]
    happens: Annotated[
        Prose, Meta(description="What is done, plain word first and the term in brackets.")
    ]
    you: Annotated[
        Prose | None, Meta(description="What the person does or feels at this step.")
    ] = None
    duration: Annotated[Prose | None, Meta(description="How long it takes.")] = None
    where: Annotated[Name | None, Meta(description="Where it takes place.")] = None
    sources: SourceIds = ()


class Use(Record, frozen=True, kw_only=True):
    """One condition it is used, studied or sold for."""

    condition: Annotated[Name, Meta(description="The condition, plain words first.")]
    standing: Annotated[
        UseStanding,
        Meta(
            description="approved by a regulator, studied in trials, or unproven and yet offered."
        ),
    ]
    who: Annotated[
        Prose, Meta(description="For which people, or what the trials have shown so far.")
    ]
    region: Annotated[
        Name | None, Meta(description="Where this holds; leave out if everywhere.")
    ] = None
    as_of: Annotated[PartialDate | None, Meta(description="When this was last true.")] = None
    checked: Annotated[
        PartialDate | None,
        Meta(description="When somebody last looked and it still held, if later than `as_of`."),
    ] = None
    sources: SourceIds = ()


class Considered(Record, frozen=True, kw_only=True):
    """When the therapy is considered, and when it is not."""

    when: Annotated[
        tuple[Prose, ...], Meta(description="Situations in which it is considered.")
    ] = ()
    when_not: Annotated[
        tuple[Prose, ...], Meta(description="Situations in which it is delayed or not given.")
    ] = ()
    decided_by: Annotated[
        tuple[Prose, ...],
        Meta(description="Who decides, what tests come first, what local rules say."),
    ] = ()


class Risk(Record, frozen=True, kw_only=True):
    """One thing that can go wrong."""

    name: Annotated[Name, Meta(description="Its name, plain word first.")]
    seriousness: Annotated[Seriousness, Meta(description="How serious it is at its worst.")]
    what: Annotated[Prose, Meta(description="What it is, in a sentence.")]
    how_often: Annotated[
        Prose | None, Meta(description="How often, as a count in 100 people of a named group.")
    ] = None
    when: Annotated[Prose | None, Meta(description="When it starts and how long it lasts.")] = None
    signs: Annotated[Prose | None, Meta(description="What a person notices.")] = None
    care: Annotated[Prose | None, Meta(description="What the team does about it.")] = None
    sources: SourceIds = ()


class GetHelp(Record, frozen=True, kw_only=True):
    """When to get help; the person's own team always has the last word."""

    emergency: Annotated[
        tuple[Prose, ...], Meta(description="Signs that need help at once, day or night.")
    ] = ()
    call_team: Annotated[
        tuple[Prose, ...], Meta(description="Signs to tell the treatment team the same day.")
    ] = ()


class Contact(Record, frozen=True, kw_only=True):
    """A helpline, a charity or the reader's own centre."""

    name: Annotated[Name, Meta(description="Whom to reach.")]
    how: Annotated[Name, Meta(description="The phone number or the https address.")]
    region: Annotated[Name | None, Meta(description="The country or area it serves.")] = None
    note: Annotated[Prose | None, Meta(description="What it helps with, and when it is open.")] = (
        None
    )


class Authorisation(Record, frozen=True, kw_only=True):
    """What one regulator said of a product, for one indication, on one date."""

    region: Annotated[Name, Meta(description="The country or area, such as US, EU, UK, Japan.")]
    regulator: Annotated[Name, Meta(description="The body that decided, such as FDA or EMA.")]
    status: Annotated[AuthorisationStatus, Meta(description="What it decided.")]
    date: Annotated[
        PartialDate | None, Meta(description="When it decided; leave out if unknown.")
    ] = None
    indication: Annotated[Prose, Meta(description="For what, in plain words.")]
    withdrawn: Annotated[
        PartialDate | None, Meta(description="When it was withdrawn, if it was.")
    ] = None
    as_of: Annotated[PartialDate | None, Meta(description="When this was last checked.")] = None
    checked: Annotated[
        PartialDate | None,
        Meta(description="When somebody last looked and it still held, if later than `as_of`."),
    ] = None
    note: Annotated[
        Prose | None, Meta(description="Conditions, conflicts between sources, changes.")
    ] = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Product(Record, frozen=True, kw_only=True):
    """A product by name; `brand` is None where there is only a generic name."""

    brand: Annotated[Name | None, Meta(description="The trade name.")] = None
    generic: Annotated[Name, Meta(description="The generic name.")]
    company: Annotated[Name | None, Meta(description="Who holds or makes it.")] = None
    target: Annotated[Name | None, Meta(description="The marker it aims at, such as CD19.")] = None
    authorisations: Annotated[
        tuple[Authorisation, ...],
        Meta(min_length=1, description="Its authorisations, newest region last."),
    ]


class Comparison(Record, frozen=True, kw_only=True):
    """The group that a trial compared with; count and percent are None if not reported."""

    group: Annotated[Name, Meta(description="What the other group had.")]
    n: Annotated[Count | None, Meta(description="How many people were in it.")] = None
    count: Annotated[Count | None, Meta(description="How many of them had the outcome.")] = None
    percent: Annotated[
        Percent | None, Meta(description="What percentage of them had the outcome.")
    ] = None
    result: Annotated[
        Name | None, Meta(description="The result in words, where it is no count.")
    ] = None


class Outcome(Record, frozen=True, kw_only=True):
    """One result of a named trial.

    Either `count` (of `n`), `percent`, or for results that are no counts, `result` is given.
    `comparison` is None when the trial had no comparison group.
    """

    kind: Annotated[Literal["benefit", "harm"], Meta(description="A benefit or a harm.")]
    what: Annotated[
        Name,
        Meta(description="What happened, to stand after '53 in 100 people', such as 'were alive'."),
    ]
    trial: Annotated[Name, Meta(description="The name of the trial or data set.")]
    group: Annotated[Name, Meta(description="Who was in it.")]
    n: Annotated[Count | None, Meta(description="How many people the figure is about.")] = None
    count: Annotated[Count | None, Meta(description="How many of them had the outcome.")] = None
    percent: Annotated[Percent | None, Meta(description="What percentage of them had it.")] = None
    result: Annotated[
        Name | None, Meta(description="The result in words, where it is no count.")
    ] = None
    endpoint: Annotated[Name, Meta(description="The trial's own name for what was measured.")]
    follow_up: Annotated[Name | None, Meta(description="How long people were followed.")] = None
    comparison: Annotated[
        Comparison | None, Meta(description="The group it was compared with.")
    ] = None
    certainty: Annotated[
        Prose, Meta(description="How sure this is, and why: size, design, range, what is missing.")
    ]
    as_of: Annotated[PartialDate | None, Meta(description="When it was reported.")] = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Guidance(Record, frozen=True, kw_only=True):
    """Advice that differs by country or changes with time."""

    topic: Annotated[Name, Meta(description="What it is about, such as Driving.")]
    region: Annotated[
        Name, Meta(description="Where it holds: a country, a centre, or International.")
    ]
    as_of: Annotated[
        PartialDate | None, Meta(description="When it was said; leave out if undated.")
    ] = None
    checked: Annotated[
        PartialDate | None,
        Meta(description="When somebody last looked and it still held, if later than `as_of`."),
    ] = None
    text: Annotated[Prose, Meta(description="The advice, with who gives it.")]
    sources: SourceIds = ()


class Unproven(Record, frozen=True, kw_only=True):
    """What is sold without approval, and how to tell."""

    sold: Annotated[
        tuple[Prose, ...], Meta(description="What is offered, and what regulators say.")
    ] = ()
    harm: Annotated[tuple[Prose, ...], Meta(description="Harm that has been documented.")] = ()
    how_to_tell: Annotated[tuple[Prose, ...], Meta(description="Signs of an unproven offer.")] = ()
    ask: Annotated[tuple[Prose, ...], Meta(description="Whom to ask, and where to report.")] = ()


class Misconception(Record, frozen=True, kw_only=True):
    """Something people believe, and what is so."""

    belief: Annotated[Name, Meta(description="The belief, as people say it.")]
    fact: Annotated[Prose, Meta(description="What is so, with its source.")]


class Event(Record, frozen=True, kw_only=True):
    """A date in the history of the therapy."""

    date: Annotated[PartialDate, Meta(description="When it happened.")]
    text: Annotated[Prose, Meta(description="What happened, with its source.")]


class Code(Record, frozen=True, kw_only=True):
    """How a code system names it."""

    system: Annotated[Name, Meta(description="The code system, such as ATC or NCI Thesaurus.")]
    code: Annotated[Name, Meta(description="The code itself.")]
    label: Annotated[Name, Meta(description="What the code stands for.")]
    as_of: Annotated[PartialDate | None, Meta(description="When the code was looked up.")] = None
    sources: SourceIds = ()


class Therapy(Record, frozen=True, kw_only=True):
    """One therapy, as the knowledge file tells it; an empty part means nothing is recorded."""

    name: Annotated[Name, Meta(description="The name people use, such as CAR-T therapy.")]
    full_name: Annotated[Name | None, Meta(description="The name with its letters spelt out.")] = (
        None
    )
    aliases: Annotated[
        tuple[Name, ...], Meta(description="Other names that `explain` should accept.")
    ] = ()
    category: Annotated[Id, Meta(description="The id of its category.")]
    summary: Annotated[
        Name | None, Meta(description="What it is in one line of at most 12 words, for lists.")
    ] = None
    main_message: Annotated[
        Prose, Meta(description="What a reader should take away, in two to four sentences.")
    ]
    facts: Annotated[Facts, Meta(description="The short facts that tables show.")]
    how_it_works: Annotated[
        tuple[Prose, ...],
        Meta(description="How it works, a paragraph an entry, three sentences at most."),
    ] = ()
    mechanism: Annotated[
        tuple[Prose, ...], Meta(description="The same in more detail, for students and nurses.")
    ] = ()
    special: Annotated[
        tuple[Prose, ...], Meta(description="What sets it apart from other treatments.")
    ] = ()
    total_time: Annotated[
        Prose | None, Meta(description="How long all the steps take together.")
    ] = None
    steps: Annotated[tuple[Step, ...], Meta(description="The process, step by step.")] = ()
    uses: Annotated[
        tuple[Use, ...], Meta(description="What it is used, studied and sold for.")
    ] = ()
    considered: Annotated[
        Considered | None, Meta(description="When it is considered, and when not.")
    ] = None
    benefits: Annotated[
        tuple[Prose, ...], Meta(description="What it can do, with counts in 100 people.")
    ] = ()
    risks: Annotated[tuple[Risk, ...], Meta(description="What can go wrong.")] = ()
    get_help: Annotated[GetHelp | None, Meta(description="When to get help.")] = None
    contacts: Annotated[
        dict[Id, Contact], Meta(description="Whom to call or read; a layer adds its own here.")
    ] = {}
    differences: Annotated[
        dict[Id, Prose], Meta(description="How it differs from another therapy, by that one's id.")
    ] = {}
    not_known: Annotated[tuple[Prose, ...], Meta(description="What nobody knows yet.")] = ()
    related: Annotated[tuple[Id, ...], Meta(description="Ids of therapies to read next.")] = ()
    products: Annotated[
        tuple[Product, ...], Meta(description="Products and their authorisations.")
    ] = ()
    outcomes: Annotated[tuple[Outcome, ...], Meta(description="Results of named trials.")] = ()
    life: Annotated[
        tuple[Guidance, ...], Meta(description="Life during and after: driving, work, vaccines.")
    ] = ()
    access: Annotated[
        tuple[Guidance, ...], Meta(description="Cost, cover and where it is given.")
    ] = ()
    without_treatment: Annotated[
        tuple[Prose, ...], Meta(description="What happens, or what else there is, without it.")
    ] = ()
    unproven: Annotated[Unproven | None, Meta(description="What is sold without approval.")] = None
    misconceptions: Annotated[
        tuple[Misconception, ...], Meta(description="What people believe wrongly.")
    ] = ()
    events: Annotated[tuple[Event, ...], Meta(description="Its history, oldest first.")] = ()
    questions: Annotated[
        tuple[Name, ...], Meta(description="Questions to take to the treatment team.")
    ] = ()
    codes: Annotated[tuple[Code, ...], Meta(description="Its codes in other systems.")] = ()


class Knowledge(Record, frozen=True, kw_only=True):
    """A whole knowledge file, or one with its layers laid over each other."""

    version: Annotated[Literal["1"], Meta(description="The version of this format.")]
    reviewed: Annotated[FullDate, Meta(description="When the whole file was last checked.")]
    about: Annotated[About, Meta(description="Who stands behind it.")]
    comparison: Annotated[
        tuple[ComparisonRow, ...],
        Meta(min_length=1, description="The rows of `compare`, in order."),
    ]
    categories: Annotated[
        dict[Id, Category], Meta(min_length=1, description="The groups of `list`, in order.")
    ]
    sources: Annotated[dict[Id, Source], Meta(description="Every source, by its id.")] = {}
    glossary: Annotated[dict[Id, Term], Meta(description="Every term, by its id.")] = {}
    therapies: Annotated[
        dict[Id, Therapy], Meta(min_length=1, description="Every therapy, by its id.")
    ]

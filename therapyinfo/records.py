"""What a knowledge file holds: one frozen record for each kind of entry.

A description beside a field is the documentation of that field: the JSON Schema, the
reference in `docs/knowledge-file.md` and the checker's hints are all made from it.
Prose fields hold plain text with pandoc-style citations, such as
`53 of 100 people were alive [@elara-2022].`; nothing else in them is markup.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

# The kinds of value that records are made of, and what every record has in common.

# Each is read by Python and, from the JSON Schema, by the strict regular expressions of ECMAScript,
# so it has no escape that only one knows, and `$(?!\\n)` is the end of the text in both.
_END = r"$(?!\n)"
_MONTH = "(0[1-9]|1[0-2])"
_DAY = "(0[1-9]|[12][0-9]|3[01])"
_NOT_BY_4 = "(.[13579]|[02468][26]|[13579][048])"
_NO_DATE = f"(?!0000|.{{5}}(02-3|(0[2469]|11)-31)|(..{_NOT_BY_4}|{_NOT_BY_4}00)-02-29)"

ID_PATTERN = f"^[a-z0-9]+(-[a-z0-9]+)*{_END}"
FULL_DATE_PATTERN = f"^{_NO_DATE}[0-9]{{4}}-{_MONTH}-{_DAY}{_END}"
PARTIAL_DATE_PATTERN = f"^{_NO_DATE}[0-9]{{4}}(-{_MONTH}(-{_DAY})?)?{_END}"
LANGUAGE_PATTERN = rf"^[A-Za-z]{{2,3}}(-[A-Za-z0-9]{{1,8}})*{_END}"
ADDRESS_PATTERN = rf'^https://[^\s<>"]+{_END}'

Id = Annotated[str, Meta(pattern=ID_PATTERN, description="Lower-case letters, digits and dashes.")]
Name = Annotated[str, Meta(min_length=1, description="A short label, without citations.")]
Prose = Annotated[
    str,
    Meta(
        min_length=1,
        description="Plain sentences with citations such as [@source-id].",
        extra={"prose": True},
    ),
]
# Marks that `check` goes by; they say nothing to a reader of the file.
Claim = Annotated[Prose, Meta(extra={"claim": True})]
"""Prose that states a fact and so needs a citation of its own."""
Label = Annotated[Name, Meta(extra={"label": True})]
"""A label that is read as text: what it abbreviates stands in the glossary too."""
ProperName = Annotated[Name, Meta(extra={"proper_name": True})]
"""A name, whose words the glossary need not explain."""
EqualWords = Annotated[
    tuple[ProperName, ...], Meta(min_length=2, description="Words or phrases that mean the same.")
]
PartialDate = Annotated[
    str,
    Meta(
        pattern=PARTIAL_DATE_PATTERN,
        description="A date as far as it is known: 2025, 2025-06 or 2025-06-26.",
    ),
]
FullDate = Annotated[
    str, Meta(pattern=FULL_DATE_PATTERN, description="A whole date such as 2025-06-26.")
]
Address = Annotated[
    str, Meta(pattern=ADDRESS_PATTERN, description="An https address, without spaces.")
]
GroupSize = Annotated[int, Meta(ge=1, description="A whole number of people, 1 or more.")]
Language = Annotated[
    str,
    Meta(pattern=LANGUAGE_PATTERN, description="A language tag of BCP 47: he, zh-Hans or pt-BR."),
]
Count = Annotated[int, Meta(ge=0, description="A whole number of people.")]
Percent = Annotated[float, Meta(ge=0, le=100, description="A percentage as its source prints it.")]
ShortTime = Annotated[
    str,
    Meta(min_length=1, max_length=16, description="A time for a column, 16 characters at most."),
]
ShortLabel = Annotated[
    str,
    Meta(min_length=1, max_length=15, description="A name beside a bar, 15 characters at most."),
]
Regions = Annotated[
    tuple[Id, ...],
    Meta(
        description="Ids of `regions`; a name of one, or several with commas, is read too.",
        extra={"regions": True, "proper_name": True},
    ),
]
ShortFact = Annotated[
    str, Meta(min_length=1, description="A few words for a cell, six at most, without citations.")
]
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
DeathCause = Literal["any-cause", "not-the-disease", "the-treatment", "the-disease"]
Finding = Literal["difference", "no-difference", "not-compared"]
AuthorisationStatus = Literal[
    "approved", "conditional", "under-review", "withdrawn", "not-approved"
]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every record: frozen and without unknown fields."""


class CitedRecord(Record, frozen=True):
    """A record that states a fact, and so has `sources` or a citation in one of its texts."""


class DatedRecord(Record, frozen=True):
    """A record of what changes; `as_of` or `checked` says when it was last so."""


# What regulators decided and what trials counted.


class Authorisation(DatedRecord, frozen=True, kw_only=True):
    """What one regulator said of a product, for one indication, on one date.

    Attributes:
        region: Where it decided, by id.
        regulator: The body that decided, such as FDA or EMA.
        status: What it decided.
        use: The id of the use it belongs to, or `supportive` for a medicine around the treatment.
        full_since: When an early (accelerated or conditional) approval became a full one.
        date: When it decided; leave out if unknown.
        indication: For what, in plain words.
        withdrawn: When it was withdrawn, if it was.
        as_of: When this was last checked.
        checked: When somebody last looked and it still held, if later than `as_of`.
        note: Conditions, conflicts between sources, changes.
    """

    region: Annotated[Regions, Meta(min_length=1)]
    regulator: ProperName
    status: AuthorisationStatus
    use: Id | None = None
    full_since: PartialDate | None = None
    date: PartialDate | None = None
    indication: Prose
    withdrawn: PartialDate | None = None
    as_of: PartialDate | None = None
    checked: PartialDate | None = None
    note: Prose | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Product(Record, frozen=True, kw_only=True):
    """A product by name; `brand` is None where there is only a generic name.

    Attributes:
        brand: The trade name.
        generic: The generic name.
        company: Who holds or makes it.
        target: The marker it aims at, such as CD19.
        authorisations: Its authorisations, newest region last.
    """

    brand: ProperName | None = None
    generic: ProperName
    company: ProperName | None = None
    target: ProperName | None = None
    authorisations: Annotated[tuple[Authorisation, ...], Meta(min_length=1)]


class Comparison(Record, frozen=True, kw_only=True):
    """The group that a trial compared with; count and percent are None if not reported.

    Attributes:
        group: What the other group had.
        label: The same beside a bar, in 15 characters at most.
        n: How many people were in it.
        count: How many of them had the outcome.
        percent: What percentage of them had the outcome.
        result: The result in words, if it is not a count.
        therapy: The id of the therapy that this group had, or was meant to have.
        had_it: How many of the group had that therapy, where not all had.
    """

    group: Name
    label: ShortLabel | None = None
    n: GroupSize | None = None
    count: Count | None = None
    percent: Percent | None = None
    result: Name | None = None
    therapy: Id | None = None
    had_it: Count | None = None


class Outcome(Record, frozen=True, kw_only=True):
    """One result of a named trial.

    Either `count` (of `n`), `percent`, or for results that are no counts, `result` is given.
    `comparison` is None when the trial had no comparison group.

    Attributes:
        id: A name for it inside the therapy, by which `heading_outcome` calls it.
        kind: A benefit or a harm.
        what: What happened, to stand after '53 in 100 people', such as 'were alive'.
        otherwise: What had happened to the others, such as 'had died'.
        short: Its name in a table, such as 'alive after 4 years'.
        use: The id of the use that it is about.
        question: An id that all trials of the same question share.
        finding: Whether the trial found a difference, found none, or did not compare.
        death_of: For a count of deaths, what the endpoint counts; None where nobody died of it.
        label: The treatment beside a bar, in 15 characters at most, such as Yescarta.
        trial: The name of the trial or data set.
        group: Who was in it.
        n: Number of people in the group.
        count: How many of them had the outcome.
        percent: What percentage of them had it.
        result: The result in words, if it is not a count.
        endpoint: The trial's own name for what was measured.
        follow_up: How long people were followed.
        comparison: The group it was compared with.
        certainty: How sure this is, and why: size, design, range, what is missing.
        as_of: When it was reported.
    """

    id: Id | None = None
    kind: Literal["benefit", "harm"]
    what: Name
    otherwise: Name | None = None
    short: Name | None = None
    use: Id | None = None
    question: Id | None = None
    finding: Finding | None = None
    death_of: DeathCause | None = None
    label: ShortLabel | None = None
    trial: ProperName
    group: Name
    n: GroupSize | None = None
    count: Count | None = None
    percent: Percent | None = None
    result: Name | None = None
    endpoint: ProperName
    follow_up: Name | None = None
    comparison: Comparison | None = None
    certainty: Prose
    as_of: PartialDate | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Facts(Record, frozen=True, kw_only=True):
    """The short facts of a therapy, as the comparison shows them; None if no source was found.

    Attributes:
        cell_type: What the cells or the substance are.
        main_action: What they do, in a few words.
        goal: What the treatment is meant to achieve.
        used_for: The main conditions it is used for.
        standing: Whether it is approved, where and since when.
        cell_source: Whose cells or what material it is made from.
        made_for: Made for one person, or kept ready for anyone.
        how_given: How it enters the body, and where.
        how_long: How long the whole course takes.
        how_often: Once or repeated, and how often.
        can_do: The main benefit, as a count in 100 people of a named group.
        main_harms: The most serious harm to know, with how often it comes.
        daily_life: What living through and after it is like.
        evidence: How good the evidence is, and why.
        cost: What it costs and who pays, with region and date.
        deaths: What can kill, in the words of the endpoint.
    """

    cell_type: Name
    main_action: Name
    goal: Claim | None = None
    used_for: Claim | None = None
    standing: Claim | None = None
    cell_source: Claim | None = None
    made_for: Claim | None = None
    how_given: Claim | None = None
    how_long: Claim | None = None
    how_often: Claim | None = None
    can_do: Claim | None = None
    main_harms: Claim | None = None
    daily_life: Claim | None = None
    evidence: Claim | None = None
    cost: Claim | None = None
    deaths: Prose | None = None


class ShortFacts(Record, frozen=True, kw_only=True):
    """The same facts in six words at most, for the cells of a comparison of three or more.

    Attributes:
        goal: What the treatment is meant to achieve.
        used_for: The main conditions it is used for.
        standing: Whether it is approved, where and since when.
        cell_source: Whose cells or what material it is made from.
        made_for: Made for one person, or kept ready for anyone.
        how_given: How it enters the body, and where.
        how_long: How long the whole course takes.
        how_often: Once or repeated, and how often.
        can_do: The main benefit, as a count in 100 people of a named group.
        main_harms: The most serious harm to know, with how often it comes.
        daily_life: What living through and after it is like.
        evidence: How good the evidence is, and why.
        cost: What it costs and who pays, with region and date.
        deaths: What can kill, in the words of the endpoint.
    """

    goal: ShortFact | None = None
    used_for: ShortFact | None = None
    standing: ShortFact | None = None
    cell_source: ShortFact | None = None
    made_for: ShortFact | None = None
    how_given: ShortFact | None = None
    how_long: ShortFact | None = None
    how_often: ShortFact | None = None
    can_do: ShortFact | None = None
    main_harms: ShortFact | None = None
    daily_life: ShortFact | None = None
    evidence: ShortFact | None = None
    cost: ShortFact | None = None
    deaths: ShortFact | None = None


class Step(CitedRecord, frozen=True, kw_only=True):
    """One step of the process, in the order it happens.

    Attributes:
        title: The step in two to five words.
        happens: What is done, plain word first and the term in brackets.
        you: What the person does or feels at this step.
        time: How long it takes, for a column: 16 characters at most.
        duration: How long it takes, in sentences.
        where: Where it takes place.
    """

    title: Label
    happens: Prose
    you: Prose | None = None
    time: ShortTime | None = None
    duration: Prose | None = None
    where: Name | None = None
    sources: SourceIds = ()


class Use(CitedRecord, DatedRecord, frozen=True, kw_only=True):
    """One condition it is used, studied or sold for.

    Attributes:
        id: A name for it inside the therapy, by which decisions and outcomes call it.
        condition: The condition, plain words first.
        family: What a line for this use and its kin says, where several share one line.
        illnesses: Ids of the glossary's terms for the illness.
        standing: approved by a regulator, studied in trials, or unproven and yet offered.
        who: For which people, or what the trials have shown so far.
        region: Where this holds, by ids; leave out if everywhere.
        as_of: When this was last true.
        checked: When somebody last looked and it still held, if later than `as_of`.
    """

    id: Id | None = None
    condition: Label
    family: Name | None = None
    illnesses: tuple[Id, ...] = ()
    standing: UseStanding
    who: Prose
    region: Regions = ()
    as_of: PartialDate | None = None
    checked: PartialDate | None = None
    sources: SourceIds = ()


class Who(Record, frozen=True, kw_only=True):
    """What stands around the list of uses under "Who is it for?".

    Attributes:
        offers: What is sold without approval, where that is what most people meet; it comes first.
        intro: What the uses have in common, such as that the cancer came back.
        trials: What it is tried for in trials, in one sentence.
        not_for: Who cannot have it, in one sentence that speaks to the reader.
    """

    offers: Prose | None = None
    intro: Prose | None = None
    trials: Prose | None = None
    not_for: Prose | None = None


class Choice(Record, frozen=True, kw_only=True):
    """What somebody who weighs two therapies needs to know of the pair.

    Attributes:
        when: When people choose between them; or that they are no alternatives, and why.
        not_known: What nobody knows about choosing between them.
        questions: What to ask the team about the choice.
    """

    when: Prose
    not_known: tuple[Prose, ...] = ()
    questions: tuple[Name, ...] = ()


class Considered(Record, frozen=True, kw_only=True):
    """When the therapy is considered, and when it is not.

    Attributes:
        when: Situations in which it is considered.
        when_not: Situations in which it is delayed or not given.
        decided_by: Who decides, what tests come first, what local rules say.
    """

    when: tuple[Claim, ...] = ()
    when_not: tuple[Claim, ...] = ()
    decided_by: tuple[Prose, ...] = ()


class Risk(CitedRecord, frozen=True, kw_only=True):
    """One thing that can go wrong.

    Attributes:
        name: Its name, plain word first.
        seriousness: How serious it is at its worst.
        in_short: What it is, how often, in whom and when, in one or two sentences for the first
            page.
        what: What it is, in a sentence.
        how_often: How often, as a count in 100 people of a named group.
        when: When it starts and how long it lasts.
        signs: What a person notices.
        care: What the team does about it.
    """

    name: Label
    seriousness: Seriousness
    in_short: Prose | None = None
    what: Prose
    how_often: Prose | None = None
    when: Prose | None = None
    signs: Prose | None = None
    care: Prose | None = None
    sources: SourceIds = ()


class GetHelp(Record, frozen=True, kw_only=True):
    """When to get help; the person's own team always has the last word.

    Attributes:
        emergency: Signs that need help at once, day or night.
        call_team: Signs to tell the treatment team the same day.
    """

    emergency: tuple[Claim, ...] = ()
    call_team: tuple[Claim, ...] = ()


class Contact(Record, frozen=True, kw_only=True):
    """A helpline, a charity or the reader's own centre.

    Attributes:
        name: Whom to reach.
        how: The phone number or the https address.
        region: Where it helps, by ids; leave out if everywhere.
        note: What it helps with, and when it is open.
    """

    name: ProperName
    how: Name
    region: Regions = ()
    note: Prose | None = None


class Guidance(CitedRecord, DatedRecord, frozen=True, kw_only=True):
    """Advice that differs by country or changes with time.

    Attributes:
        topic: What it is about, such as Driving.
        region: Where it holds, by ids; `international` where it holds everywhere.
        as_of: When it was said; leave out if undated.
        checked: When somebody last looked and it still held, if later than `as_of`.
        in_short: The advice in one sentence for the first page, which names the region.
        text: The advice.
    """

    topic: Name
    region: Annotated[Regions, Meta(min_length=1)]
    as_of: PartialDate | None = None
    checked: PartialDate | None = None
    in_short: Prose | None = None
    text: Prose
    sources: SourceIds = ()


class Unproven(Record, frozen=True, kw_only=True):
    """What is sold without approval, and how to tell.

    Attributes:
        sold: What is offered, and what regulators say.
        harm: Harm that has been documented.
        how_to_tell: Signs of an unproven offer.
        ask: Whom to ask, and where to report.
    """

    sold: tuple[Claim, ...] = ()
    harm: tuple[Claim, ...] = ()
    how_to_tell: tuple[Prose, ...] = ()
    ask: tuple[Prose, ...] = ()


class Misconception(Record, frozen=True, kw_only=True):
    """Something people believe, and what is so.

    Attributes:
        belief: The belief, as people say it.
        fact: What is so, with its source.
    """

    belief: Label
    fact: Claim


class Event(Record, frozen=True, kw_only=True):
    """A date in the history of the therapy.

    Attributes:
        date: When it happened.
        text: What happened, with its source.
    """

    date: PartialDate
    text: Claim


class Code(CitedRecord, frozen=True, kw_only=True):
    """How a code system names it.

    Attributes:
        system: The code system, such as ATC or NCI Thesaurus.
        code: The code itself.
        label: What the code stands for.
        as_of: When the code was looked up.
    """

    system: ProperName
    code: ProperName
    label: Name
    as_of: PartialDate | None = None
    sources: SourceIds = ()


# A knowledge file and what stands at its top: authors, rows, sources, terms, therapies.


class About(Record, frozen=True, kw_only=True):
    """Who stands behind the knowledge, and how it is kept.

    Attributes:
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

    Attributes:
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
    """Metadata of a layer; it never replaces that of its base.

    Attributes:
        reviewed: When the layer itself was last checked.
        about: Who stands behind the layer.
    """

    reviewed: FullDate | None = None
    about: LayerAbout | None = None


class Layer(Record, frozen=True, kw_only=True):
    """One file of a layered knowledge, as pages name it.

    Attributes:
        path: Where it was read from, or `builtin`.
        reviewed: Its own review date; None without one.
        about: What it says of itself; None for the base and for a layer that says nothing.
    """

    path: str
    reviewed: str | None = None
    about: LayerAbout | None = None


class Region(Record, frozen=True, kw_only=True):
    """A country or area in which rules, approvals and contacts hold.

    Attributes:
        name: What pages print.
        aliases: Other names that people and older files use.
        part_of: The id of the region whose rules hold here too, such as `uk` for `england`.
    """

    name: ProperName
    aliases: tuple[ProperName, ...] = ()
    part_of: Id | None = None


class ComparisonRow(Record, frozen=True, kw_only=True):
    """One row of the comparison; its id names a field of `facts`, dashes for underscores.

    Attributes:
        id: The fact it shows, such as `cell-type` for `cell_type`.
        label: The heading of the row where no question is asked.
        question: The row as a reader would ask it; rows with one make the page of a comparison.
        explanation: What the row shows, in one sentence.
    """

    id: Id
    label: Name
    question: Name | None = None
    explanation: Prose


class Category(Record, frozen=True, kw_only=True):
    """A group of therapies in `list`.

    Attributes:
        label: The heading of the group.
        meaning: What the group has in common, in one sentence.
    """

    label: Name
    meaning: Prose


class Source(Record, frozen=True, kw_only=True):
    """Where a claim comes from; `published` is None if the source has no date.

    Attributes:
        publisher: The body or journal that published it.
        title: Its title, or a plain description of it.
        url: Its canonical https address.
        published: When it was published or last changed; leave out if undated.
        kind: What kind of source it is.
    """

    publisher: ProperName
    title: Name
    url: Address
    published: PartialDate | None = None
    kind: SourceKind


class Publisher(Record, frozen=True, kw_only=True):
    """A publisher with the short name that the line of sources on a page prints.

    Attributes:
        name: Its name, as sources have it.
        short: Its short name, such as FDA.
    """

    name: ProperName
    short: ProperName


class Term(Record, frozen=True, kw_only=True):
    """A word of the glossary; `say` is None when it is said as it is written.

    Attributes:
        term: The word as the text writes it.
        aliases: Other spellings, plurals and abbreviations of it.
        meaning: What it means, in one or two plain sentences.
        kind: Whether it names an illness or is any word.
        say: How to say it, such as loo-kuh-fuh-REE-sis.
    """

    term: ProperName
    aliases: tuple[ProperName, ...] = ()
    meaning: Prose
    kind: Literal["word", "illness"] = "word"
    say: Name | None = None


class Therapy(Record, frozen=True, kw_only=True):
    """One therapy; an empty field means that nothing is recorded.

    Attributes:
        name: The name people use, such as CAR-T therapy.
        full_name: The name with its abbreviations written out.
        aliases: Other names that `explain` should accept.
        category: The id of its category.
        summary: What it is in one line of at most 12 words, for lists.
        hard_words: Ids of the terms to explain before the page uses them, 7 at most.
        main_message: What a reader should take away, in two to four sentences.
        facts: The facts that tables show.
        short_facts: The same in six words at most.
        who: What stands around the list of uses.
        deaths: How many people die, of what and by when, or what is known of it; comes first of
            harms.
        heading_outcome: The id of the outcome that the first page shows in a box.
        lasting: Whether the benefit lasts.
        is_not: What it is often mistaken for, in one sentence.
        choosing: What to know of choosing between it and another therapy, by that one's id.
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

    name: ProperName
    full_name: ProperName | None = None
    aliases: tuple[ProperName, ...] = ()
    category: Id
    summary: Label | None = None
    hard_words: tuple[Id, ...] = ()
    main_message: Claim
    facts: Facts
    short_facts: ShortFacts | None = None
    who: Who | None = None
    deaths: tuple[Prose, ...] = ()
    heading_outcome: Id | None = None
    lasting: Prose | None = None
    is_not: Prose | None = None
    choosing: dict[Id, Choice] = {}
    how_it_works: tuple[Claim, ...] = ()
    mechanism: tuple[Claim, ...] = ()
    special: tuple[Claim, ...] = ()
    total_time: Claim | None = None
    steps: tuple[Step, ...] = ()
    uses: tuple[Use, ...] = ()
    considered: Considered | None = None
    benefits: tuple[Claim, ...] = ()
    risks: tuple[Risk, ...] = ()
    get_help: GetHelp | None = None
    contacts: dict[Id, Contact] = {}
    differences: dict[Id, Claim] = {}
    not_known: tuple[Claim, ...] = ()
    related: tuple[Id, ...] = ()
    products: tuple[Product, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    life: tuple[Guidance, ...] = ()
    access: tuple[Guidance, ...] = ()
    without_treatment: tuple[Claim, ...] = ()
    unproven: Unproven | None = None
    misconceptions: tuple[Misconception, ...] = ()
    events: tuple[Event, ...] = ()
    questions: tuple[Label, ...] = ()
    codes: tuple[Code, ...] = ()


class Knowledge(Record, frozen=True, kw_only=True):
    """A whole knowledge file, or one with its layers laid over each other.

    Attributes:
        version: The version of this format.
        reviewed: When the whole file was last checked.
        about: Who stands behind it.
        comparison: The rows of `compare`, in order.
        categories: The groups of `list`, in order.
        language: The language of the text, such as he or zh-Hans; English if left out.
        regions: The countries and areas that records name, by id.
        publishers: Publishers with a short name.
        vocabulary: Lists of words or phrases that mean the same, by an id each, for `search`.
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
    regions: dict[Id, Region] = {}
    publishers: tuple[Publisher, ...] = ()
    vocabulary: dict[Id, EqualWords] = {}
    sources: dict[Id, Source] = {}
    glossary: dict[Id, Term] = {}
    therapies: Annotated[dict[Id, Therapy], Meta(min_length=1)]


PART_KEYS = ("therapies", "sources", "glossary")
"""What of a whole file may stand in the files that it includes."""

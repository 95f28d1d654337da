"""The parts that the account of a therapy is made of."""

from .kinds import Name, PartialDate, Prose, Record, Seriousness, SourceIds, UseStanding


class Facts(Record, frozen=True, kw_only=True):
    """The short facts of a therapy, as the comparison shows them; None if no source was found.

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
    """

    cell_type: Name
    main_action: Name
    goal: Prose | None = None
    used_for: Prose | None = None
    standing: Prose | None = None
    cell_source: Prose | None = None
    made_for: Prose | None = None
    how_given: Prose | None = None
    how_long: Prose | None = None
    how_often: Prose | None = None
    can_do: Prose | None = None
    main_harms: Prose | None = None
    daily_life: Prose | None = None
    evidence: Prose | None = None
    cost: Prose | None = None


class Step(Record, frozen=True, kw_only=True):
    """One step of the process, in the order it happens.

    title: The step in two to five words.
    happens: What is done, plain word first and the term in brackets.
    you: What the person does or feels at this step.
    duration: How long it takes.
    where: Where it takes place.
    """

    title: Name
    happens: Prose
    you: Prose | None = None
    duration: Prose | None = None
    where: Name | None = None
    sources: SourceIds = ()


class Use(Record, frozen=True, kw_only=True):
    """One condition it is used, studied or sold for.

    condition: The condition, plain words first.
    standing: approved by a regulator, studied in trials, or unproven and yet offered.
    who: For which people, or what the trials have shown so far.
    region: Where this holds; leave out if everywhere.
    as_of: When this was last true.
    checked: When somebody last looked and it still held, if later than `as_of`.
    """

    condition: Name
    standing: UseStanding
    who: Prose
    region: Name | None = None
    as_of: PartialDate | None = None
    checked: PartialDate | None = None
    sources: SourceIds = ()


class Considered(Record, frozen=True, kw_only=True):
    """When the therapy is considered, and when it is not.

    when: Situations in which it is considered.
    when_not: Situations in which it is delayed or not given.
    decided_by: Who decides, what tests come first, what local rules say.
    """

    when: tuple[Prose, ...] = ()
    when_not: tuple[Prose, ...] = ()
    decided_by: tuple[Prose, ...] = ()


class Risk(Record, frozen=True, kw_only=True):
    """One thing that can go wrong.

    name: Its name, plain word first.
    seriousness: How serious it is at its worst.
    what: What it is, in a sentence.
    how_often: How often, as a count in 100 people of a named group.
    when: When it starts and how long it lasts.
    signs: What a person notices.
    care: What the team does about it.
    """

    name: Name
    seriousness: Seriousness
    what: Prose
    how_often: Prose | None = None
    when: Prose | None = None
    signs: Prose | None = None
    care: Prose | None = None
    sources: SourceIds = ()


class GetHelp(Record, frozen=True, kw_only=True):
    """When to get help; the person's own team always has the last word.

    emergency: Signs that need help at once, day or night.
    call_team: Signs to tell the treatment team the same day.
    """

    emergency: tuple[Prose, ...] = ()
    call_team: tuple[Prose, ...] = ()


class Contact(Record, frozen=True, kw_only=True):
    """A helpline, a charity or the reader's own centre.

    name: Whom to reach.
    how: The phone number or the https address.
    region: The country or area it serves.
    note: What it helps with, and when it is open.
    """

    name: Name
    how: Name
    region: Name | None = None
    note: Prose | None = None


class Guidance(Record, frozen=True, kw_only=True):
    """Advice that differs by country or changes with time.

    topic: What it is about, such as Driving.
    region: Where it holds: a country, a centre, or International.
    as_of: When it was said; leave out if undated.
    checked: When somebody last looked and it still held, if later than `as_of`.
    text: The advice, with who gives it.
    """

    topic: Name
    region: Name
    as_of: PartialDate | None = None
    checked: PartialDate | None = None
    text: Prose
    sources: SourceIds = ()


class Unproven(Record, frozen=True, kw_only=True):
    """What is sold without approval, and how to tell.

    sold: What is offered, and what regulators say.
    harm: Harm that has been documented.
    how_to_tell: Signs of an unproven offer.
    ask: Whom to ask, and where to report.
    """

    sold: tuple[Prose, ...] = ()
    harm: tuple[Prose, ...] = ()
    how_to_tell: tuple[Prose, ...] = ()
    ask: tuple[Prose, ...] = ()


class Misconception(Record, frozen=True, kw_only=True):
    """Something people believe, and what is so.

    belief: The belief, as people say it.
    fact: What is so, with its source.
    """

    belief: Name
    fact: Prose


class Event(Record, frozen=True, kw_only=True):
    """A date in the history of the therapy.

    date: When it happened.
    text: What happened, with its source.
    """

    date: PartialDate
    text: Prose


class Code(Record, frozen=True, kw_only=True):
    """How a code system names it.

    system: The code system, such as ATC or NCI Thesaurus.
    code: The code itself.
    label: What the code stands for.
    as_of: When the code was looked up.
    """

    system: Name
    code: Name
    label: Name
    as_of: PartialDate | None = None
    sources: SourceIds = ()

"""The sections of an explanation, each a function from an entry to blocks.

Each takes the entry, the page's prose, and whether to say all there is (`full`) or what a
first reading needs.
"""

from functools import partial

from ..library import Library, terms_used
from ..page import (
    Block,
    Bullets,
    DefinitionList,
    Heading,
    InlineCode,
    Paragraph,
    StepItem,
    StepList,
    Strong,
    iter_strings,
)
from ..records import Use
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .guide import how_to_read_counts
from .outcomes import first_count, in_100, outcome_blocks, picture
from .parts import FEW, NAMES, bullets, headed, in_short, more_in, paragraphs, section_command
from .products import product_blocks
from .prose import Prose, date, in_brackets, place_and_time

SOME_QUESTIONS = 4

USE_HEADINGS = {
    "approved": "Approved",
    "studied": "Studied, not approved",
    "unproven": "Offered without approval",
}


def how_it_works(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """How it works, a paragraph an idea."""
    told = entry.therapy.how_it_works
    return paragraphs(told if full else told[:FEW], prose)


def mechanism(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """The same for those who want the biology."""
    return paragraphs(entry.therapy.mechanism, prose)


def special(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What sets it apart."""
    return bullets(entry.therapy.special, prose, full, 2)


def process(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """The steps, a line each, and where they are told in full."""
    therapy = entry.therapy
    if not therapy.steps:
        return ()
    told = in_short(therapy.total_time or "", prose)
    total = (Strong("In all:"), " ", *told, " ") if told else ()
    pointer = ("Each step in full: ", InlineCode(prose.library.command("walkthrough", entry.id)))
    steps = tuple(
        StepItem(number, step.title, prose.text(first_sentence(step.duration or "")))
        for number, step in enumerate(therapy.steps, 1)
    )
    return (Paragraph((*total, *pointer)), StepList(steps))


def uses(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What it is used for: approved, studied and unproven uses told apart in words."""
    blocks: list[Block] = []
    for standing, heading in USE_HEADINGS.items():
        chosen = [use for use in entry.therapy.uses if use.standing == standing]
        if chosen and full:
            items = tuple(prose.labelled(f"{_use(use)}:", use.who, use.sources) for use in chosen)
            blocks += [Heading(heading, 3), Bullets(items)]
        elif chosen:
            few = chosen[: NAMES if standing == "approved" else FEW]
            names = tuple(prose.text(_use(use), use.sources[:1]) for use in few)
            blocks += [Heading(heading, 3), Bullets(names)]
    pointer = ("All, for whom, and results: ", section_command(entry, "uses", prose))
    return (*blocks, Paragraph(pointer, "quiet")) if blocks and not full else tuple(blocks)


def _use(use: Use) -> str:
    return f"{use.condition}{in_brackets(place_and_time(use.region, use.as_of))}"


def considered(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """When it is considered, when not, and who decides."""
    parts = entry.therapy.considered
    if parts is None:
        return ()
    if full:
        return (
            *headed("It may be considered", parts.when, prose, full),
            *headed("It is delayed or not given", parts.when_not, prose, full),
            *headed("Who decides", parts.decided_by, prose, full),
        )
    lists = (
        ("May fit:", parts.when[:2]),
        ("May not fit:", parts.when_not[:2]),
        ("Who decides:", parts.decided_by[:1]),
    )
    items = [(Strong(label), " ", *in_short(each, prose)) for label, told in lists for each in told]
    more = ("More on each: ", section_command(entry, "considered", prose))
    return (Bullets((*items, more)),) if items else ()


def benefits(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What it can do, with one picture of the count that matters most."""
    told = entry.therapy.benefits
    if not told:
        return ()
    counted = first_count(entry, "benefit")
    reading = how_to_read_counts(in_100(counted) if counted else None)
    pointer = (
        "All results, benefits and harms: ",
        InlineCode(prose.library.command("numbers", entry.id)),
    )
    more = (pointer,) if entry.therapy.outcomes else ()
    items = (*prose.texts(told if full else told[:2]), *more)
    return (reading, Bullets(items), *picture(entry, "benefit", prose))


def numbers(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Every recorded outcome."""
    return outcome_blocks(entry, prose, level=3)


def without(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What happens, or what else there is, without it."""
    told = entry.therapy.without_treatment
    if full or not told:
        return bullets(told, prose, full)
    first = prose.text(told[0])
    return (Bullets((first, *(in_short(text, prose) for text in told[1:2]))),)


def differences(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """How it differs from other therapies; the default page keeps to the related ones."""
    told = entry.differences
    related = [id for id in entry.therapy.related if id in told]
    shown = list(told) if full else (related or list(told))[:FEW]
    if not shown:
        return ()
    name = prose.library.name
    say = prose.text if full else partial(in_short, prose=prose)
    items = tuple((Strong(f"{name(id)}:"), " ", *say(told[id])) for id in shown)
    return (Bullets((*items, *more_in(len(told) - len(shown), entry, "differences", prose))),)


def unknowns(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What nobody knows yet."""
    told = entry.therapy.not_known
    return bullets(told if full else told[:FEW], prose, True)


def unproven(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What is sold without approval, the harm it did, how to tell, whom to ask."""
    parts = entry.therapy.unproven
    if parts is None:
        return ()
    if not full:
        told = (*parts.sold[:1], *parts.harm[:1])
        pointer = ("How to tell, and whom to ask: ", section_command(entry, "unproven", prose))
        return (Bullets((*prose.texts(told), pointer)),)
    return (
        *headed("What is sold", parts.sold, prose, full),
        *headed("Harm on record", parts.harm, prose, full),
        *headed("How to tell", parts.how_to_tell, prose, full),
        *headed("Whom to ask", parts.ask, prose, full),
    )


def products(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Every product with its authorisations."""
    return product_blocks([entry], prose, region=None, level=3)


def misconceptions(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What people believe, and what is so."""
    told = entry.therapy.misconceptions
    rows = tuple(prose.labelled(f"“{each.belief.rstrip('.')}.”", each.fact) for each in told)
    return (Bullets(rows),) if rows else ()


def history(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What happened when, the oldest first."""
    events = entry.therapy.events
    rows = tuple((date(event.date), prose.text(event.text)) for event in events)
    return (DefinitionList(rows),) if rows else ()


def questions(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Questions to take to the team."""
    asked = entry.therapy.questions
    shown = asked if full else asked[:SOME_QUESTIONS]
    items = tuple((question,) for question in shown)
    more = more_in(len(asked) - len(shown), entry, "questions", prose)
    return (Bullets((*items, *more)),) if items else ()


def words_used_here(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """The terms of the glossary that stand in the entry."""
    glossary = prose.library.glossary
    used = terms_used(iter_strings(entry.therapy), glossary)
    terms = sorted((glossary[id] for id in used), key=lambda term: term.term.casefold())
    rows = tuple((term.term, prose.text(term.meaning)) for term in terms)
    return (DefinitionList(rows),) if rows else ()


def codes(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What code systems call it."""
    rows = tuple(
        (
            f"{code.system} {code.code}",
            prose.text(f"{code.label}{in_brackets(date(code.as_of))}", code.sources),
        )
        for code in entry.therapy.codes
    )
    return (DefinitionList(rows),) if rows else ()


def related(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Therapies to read next."""
    ids = entry.therapy.related
    if not ids:
        return ()
    others = f" (or {', '.join(ids[1:] if full else ids[1:FEW])})" if ids[1:] else ""
    return (Paragraph((InlineCode(prose.library.command("explain", ids[0])), others)),)


def layers(entry: TherapyEntry, library: Library) -> tuple[Block, ...]:
    """Which file changed which part, and who stands behind each file."""
    rows = [(field.replace("_", " "), (path,)) for field, path in entry.provenance.items()]
    for layer in library.layers:
        about = (layer.about and layer.about.authors) or ""
        checked = f" Last checked {date(layer.reviewed)}." if layer.reviewed else ""
        rows.append((layer.path, (f"{about}{checked}".strip() or "no word of its authors",)))
    return (Heading("Changed by your own files", anchor="layers"), DefinitionList(tuple(rows)))

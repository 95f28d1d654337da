"""The sections of an explanation, each a function from an entry to blocks.

Each takes the entry, the page's prose, and whether to say all there is (`full`) or what a
first reading needs.
"""

from functools import partial

from ..glossary import terms_used
from ..inlines import InlineCode, Strong
from ..library import Library
from ..page import (
    Block,
    Bullets,
    DefinitionList,
    Heading,
    Paragraph,
    StepItem,
    StepList,
    iter_strings,
)
from ..records import Use
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .blocks import (
    SHORT_LIST,
    SHORT_NAME_LIST,
    bullets,
    first_sentence_of,
    more_link,
    paragraphs,
    section_command,
    titled_list,
)
from .citations import Citations, format_date, in_brackets, region_and_date
from .numbers import first_count, in_100, outcome_blocks, outcome_icons
from .products import product_blocks
from .reader_aids import how_to_read_counts

MAX_QUESTIONS = 4

USE_HEADINGS = {
    "approved": "Approved",
    "studied": "Studied, not approved",
    "unproven": "Offered without approval",
}


def how_it_works(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """How it works, a paragraph an idea."""
    texts = entry.therapy.how_it_works
    return paragraphs(texts if full else texts[:SHORT_LIST], citations)


def mechanism(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """The same for those who want the biology."""
    return paragraphs(entry.therapy.mechanism, citations)


def special(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What sets it apart."""
    return bullets(entry.therapy.special, citations, full, 2)


def process(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """The steps, a line each, and where they are told in full."""
    therapy = entry.therapy
    if not therapy.steps:
        return ()
    duration = first_sentence_of(therapy.total_time or "", citations)
    total = (Strong("In all:"), " ", *duration, " ") if duration else ()
    pointer = (
        "Each step in full: ",
        InlineCode(citations.library.command("walkthrough", entry.id)),
    )
    steps = tuple(
        StepItem(number, step.title, citations.text(first_sentence(step.duration or "")))
        for number, step in enumerate(therapy.steps, 1)
    )
    return (Paragraph((*total, *pointer)), StepList(steps))


def uses(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What it is used for: approved, studied and unproven uses told apart in words."""
    library = citations.library
    blocks: list[Block] = []
    for standing, heading in USE_HEADINGS.items():
        chosen = [use for use in entry.therapy.uses if use.standing == standing]
        if chosen and full:
            items = tuple(
                citations.labelled(f"{_use(use, library)}:", use.who, use.sources) for use in chosen
            )
            blocks += [Heading(heading, 3), Bullets(items)]
        elif chosen:
            few = chosen[: SHORT_NAME_LIST if standing == "approved" else SHORT_LIST]
            names = tuple(citations.text(_use(use, library), use.sources[:1]) for use in few)
            blocks += [Heading(heading, 3), Bullets(names)]
    pointer = ("All, for whom, and results: ", section_command(entry, "uses", citations))
    return (*blocks, Paragraph(pointer, "quiet")) if blocks and not full else tuple(blocks)


def _use(use: Use, library: Library) -> str:
    return f"{use.condition}{in_brackets(region_and_date(library, use.region, use.as_of))}"


def considered(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """When it is considered, when not, and who decides."""
    parts = entry.therapy.considered
    if parts is None:
        return ()
    if full:
        return (
            *titled_list("It may be considered", parts.when, citations, full),
            *titled_list("It is delayed or not given", parts.when_not, citations, full),
            *titled_list("Who decides", parts.decided_by, citations, full),
        )
    lists = (
        ("May fit:", parts.when[:2]),
        ("May not fit:", parts.when_not[:2]),
        ("Who decides:", parts.decided_by[:1]),
    )
    items = [
        (Strong(label), " ", *first_sentence_of(each, citations))
        for label, texts in lists
        for each in texts
    ]
    more = ("More on each: ", section_command(entry, "considered", citations))
    return (Bullets((*items, more)),) if items else ()


def benefits(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What it can do, with one picture of the count that matters most."""
    texts = entry.therapy.benefits
    if not texts:
        return ()
    counted = first_count(entry, "benefit")
    reading = how_to_read_counts(in_100(counted) if counted else None)
    pointer = (
        "All results, benefits and harms: ",
        InlineCode(citations.library.command("numbers", entry.id)),
    )
    more = (pointer,) if entry.therapy.outcomes else ()
    items = (*citations.texts(texts if full else texts[:2]), *more)
    return (reading, Bullets(items), *outcome_icons(entry, "benefit", citations))


def numbers(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Every recorded outcome."""
    return outcome_blocks(entry, citations, level=3)


def without(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What happens, or what else there is, without it."""
    texts = entry.therapy.without_treatment
    if full or not texts:
        return bullets(texts, citations, full)
    first = citations.text(texts[0])
    return (Bullets((first, *(first_sentence_of(text, citations) for text in texts[1:2]))),)


def differences(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """How it differs from other therapies; the default page keeps to the related ones."""
    texts = entry.differences
    related = [id for id in entry.therapy.related if id in texts]
    shown = list(texts) if full else (related or list(texts))[:SHORT_LIST]
    if not shown:
        return ()
    name = citations.library.name
    say = citations.text if full else partial(first_sentence_of, citations=citations)
    items = tuple((Strong(f"{name(id)}:"), " ", *say(texts[id])) for id in shown)
    return (
        Bullets((*items, *more_link(len(texts) - len(shown), entry, "differences", citations))),
    )


def unknowns(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What nobody knows yet."""
    texts = entry.therapy.not_known
    return bullets(texts if full else texts[:SHORT_LIST], citations, True)


def unproven(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What is sold without approval, the harm it did, how to tell, whom to ask."""
    parts = entry.therapy.unproven
    if parts is None:
        return ()
    if not full:
        texts = (*parts.sold[:1], *parts.harm[:1])
        pointer = ("How to tell, and whom to ask: ", section_command(entry, "unproven", citations))
        return (Bullets((*citations.texts(texts), pointer)),)
    return (
        *titled_list("What is sold", parts.sold, citations, full),
        *titled_list("Harm on record", parts.harm, citations, full),
        *titled_list("How to tell", parts.how_to_tell, citations, full),
        *titled_list("Whom to ask", parts.ask, citations, full),
    )


def products(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Every product with its authorisations."""
    return product_blocks([entry], citations, region=None, level=3)


def misconceptions(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What people believe, and what is so."""
    recorded = entry.therapy.misconceptions
    rows = tuple(
        citations.labelled(f"“{each.belief.rstrip('.')}.”", each.fact) for each in recorded
    )
    return (Bullets(rows),) if rows else ()


def history(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What happened when, the oldest first."""
    events = entry.therapy.events
    rows = tuple((format_date(event.date), citations.text(event.text)) for event in events)
    return (DefinitionList(rows),) if rows else ()


def questions(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Questions to take to the team."""
    asked = entry.therapy.questions
    shown = asked if full else asked[:MAX_QUESTIONS]
    items = tuple((question,) for question in shown)
    more = more_link(len(asked) - len(shown), entry, "questions", citations)
    return (Bullets((*items, *more)),) if items else ()


def words_used_here(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """The terms of the glossary that stand in the entry."""
    glossary = citations.library.glossary
    used = terms_used(iter_strings(entry.therapy), glossary)
    terms = sorted((glossary[id] for id in used), key=lambda term: term.term.casefold())
    rows = tuple((term.term, citations.text(term.meaning)) for term in terms)
    return (DefinitionList(rows),) if rows else ()


def codes(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What code systems call it."""
    rows = tuple(
        (
            f"{code.system} {code.code}",
            citations.text(f"{code.label}{in_brackets(format_date(code.as_of))}", code.sources),
        )
        for code in entry.therapy.codes
    )
    return (DefinitionList(rows),) if rows else ()


def related(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Therapies to read next."""
    ids = entry.therapy.related
    if not ids:
        return ()
    others = f" (or {', '.join(ids[1:] if full else ids[1:SHORT_LIST])})" if ids[1:] else ""
    return (Paragraph((InlineCode(citations.library.command("explain", ids[0])), others)),)


def layers(entry: TherapyEntry, library: Library) -> tuple[Block, ...]:
    """Which file changed which part, and who stands behind each file."""
    rows = [(field.replace("_", " "), (path,)) for field, path in entry.provenance.items()]
    for layer in library.layers:
        about = (layer.about and layer.about.authors) or ""
        checked = f" Last checked {format_date(layer.reviewed)}." if layer.reviewed else ""
        rows.append((layer.path, (f"{about}{checked}".strip() or "no word of its authors",)))
    return (Heading("Changed by your own files", anchor="layers"), DefinitionList(tuple(rows)))

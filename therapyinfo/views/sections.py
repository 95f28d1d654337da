"""The sections of an explanation, each whole: functions from an entry to blocks."""

from collections.abc import Iterable, Iterator

from ..inlines import Strong, Text, linked
from ..library import Library
from ..page import (
    Block,
    Bullets,
    DefinitionList,
    Heading,
    Paragraph,
    StepList,
    iter_strings,
)
from ..records import Contact, Guidance, Use
from ..store.artifact import TherapyEntry
from .blocks import bullets, paragraphs, step_item, titled_list
from .citations import Citations, format_date, in_brackets, region_and_date

USE_HEADINGS = {
    "approved": "Approved",
    "studied": "Studied, not approved",
    "unproven": "Offered without approval",
}


def lead(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What a reader should take away."""
    return (Paragraph(citations.text(entry.therapy.main_message), "lead"),)


def told(field: str, entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The texts in a field of the therapy, a paragraph each."""
    return paragraphs(getattr(entry.therapy, field), citations)


def listed(field: str, entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The texts in a field of the therapy, as a list."""
    return bullets(getattr(entry.therapy, field), citations)


def process(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The steps in full, and how long they take together."""
    therapy = entry.therapy
    total = citations.labelled("In all:", therapy.total_time) if therapy.total_time else ()
    steps = tuple(
        step_item(number, step, citations) for number, step in enumerate(therapy.steps, 1)
    )
    blocks: list[Block] = [Paragraph(total)] if total else []
    return (*blocks, StepList(steps)) if steps else tuple(blocks)


def uses(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What it is used for: approved, studied and unproven uses told apart in words."""
    who = entry.therapy.who
    blocks: list[Block] = [*paragraphs([who.offers], citations)] if who and who.offers else []
    before = {"approved": who and who.intro, "studied": who and who.trials}
    for standing, heading in USE_HEADINGS.items():
        chosen = [use for use in entry.therapy.uses if use.standing == standing]
        intro = before.get(standing)
        if chosen or intro:
            blocks += [Heading(heading, 3), *paragraphs([intro] if intro else [], citations)]
        if chosen:
            blocks.append(Bullets(tuple(_use(use, citations) for use in chosen)))
    if who and who.not_for:
        blocks += [Heading("Who cannot have it", 3), *paragraphs([who.not_for], citations)]
    return tuple(blocks)


def _use(use: Use, citations: Citations) -> Text:
    place = in_brackets(region_and_date(citations.library, use.region, use.as_of))
    return citations.labelled(f"{use.condition}{place}:", use.who, use.sources)


def considered(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """When it is considered, when not, and who decides."""
    parts = entry.therapy.considered
    if parts is None:
        return ()
    return (
        *titled_list("It may be considered", parts.when, citations),
        *titled_list("It is delayed or not given", parts.when_not, citations),
        *titled_list("Who decides", parts.decided_by, citations),
    )


def benefits(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What it can do, in words, and whether it lasts."""
    texts = [*entry.therapy.benefits, *filter(None, [entry.therapy.lasting])]
    return bullets(tuple(texts), citations)


def numbers(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Every result of every trial."""
    from .numbers import outcome_blocks  # a default page has none

    return outcome_blocks(entry, citations, level=3)


def life(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Life during and after, by topic, region and date."""
    return _guidance(entry.therapy.life, citations)


def access(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Cost, cover and where it is given, by region and date."""
    return _guidance(entry.therapy.access, citations)


def _guidance(many: Iterable[Guidance], citations: Citations) -> tuple[Block, ...]:
    topics: dict[str, list[Guidance]] = {}
    for each in many:
        topics.setdefault(each.topic, []).append(each)
    blocks: list[Block] = []
    for topic, entries in topics.items():
        items = (
            citations.labelled(
                f"{region_and_date(citations.library, each.region, each.as_of)}:",
                each.text,
                each.sources,
            )
            for each in entries
        )
        blocks += [Heading(topic, 3), Bullets(tuple(items))]
    return tuple(blocks)


def without(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The other choices, what happens without it, and what it is not."""
    therapy = entry.therapy
    choices = bullets(therapy.without_treatment, citations)
    return (*choices, *paragraphs([therapy.is_not] if therapy.is_not else [], citations))


def differences(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """How it differs from others, whichever of the two wrote it down, and when people choose."""
    items = tuple(_differences(entry, citations))
    return (Bullets(items),) if items else ()


def _differences(entry: TherapyEntry, citations: Citations) -> Iterator[Text]:
    for id, text in entry.differences.items():
        name = Strong(f"{citations.library.name(id)}:")
        differ = citations.text(text)
        choice = entry.therapy.choosing.get(id)
        when = (" ", *citations.text(choice.when)) if choice else ()
        yield (name, " ", *differ, *when)


def unproven(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What is sold without approval, the harm it did, how to tell, whom to ask."""
    parts = entry.therapy.unproven
    if parts is None:
        return ()
    return (
        *titled_list("What is sold", parts.sold, citations),
        *titled_list("Harm on record", parts.harm, citations),
        *titled_list("How to tell", parts.how_to_tell, citations),
        *titled_list("Whom to ask", parts.ask, citations),
    )


def products(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Every product with its authorisations."""
    from .products import product_blocks  # a default page has none

    return product_blocks(entry, citations)


def misconceptions(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What people believe, and what is so."""
    recorded = entry.therapy.misconceptions
    rows = tuple(
        citations.labelled(f"“{each.belief.rstrip('.')}.”", each.fact) for each in recorded
    )
    return (Bullets(rows),) if rows else ()


def history(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What happened when, the oldest first."""
    events = entry.therapy.events
    rows = tuple((format_date(event.date), citations.text(event.text)) for event in events)
    return (DefinitionList(rows),) if rows else ()


def questions(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Questions to take to the team."""
    items = tuple((question,) for question in entry.therapy.questions)
    return (Bullets(items),) if items else ()


def contacts(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Helplines, charities and the reader's own centre."""
    return tuple(Paragraph(_contact(each, citations)) for each in entry.therapy.contacts.values())


def _contact(contact: Contact, citations: Citations) -> Text:
    place = in_brackets(citations.library.places(contact.region))
    note = (*citations.text(contact.note), " ") if contact.note else ()
    return (Strong(f"{contact.name}{place}:"), " ", *note, linked(contact.how))


def words_used_here(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The terms of the glossary that stand in the entry."""
    from ..glossary import terms_used  # a default page has none

    glossary = citations.library.glossary
    used = terms_used(iter_strings(entry.therapy), glossary)
    terms = sorted((glossary[id] for id in used), key=lambda term: term.term.casefold())
    rows = tuple((term.term, citations.text(term.meaning)) for term in terms)
    return (DefinitionList(rows),) if rows else ()


def codes(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What code systems call it."""
    rows = tuple(
        (
            f"{code.system} {code.code}",
            citations.text(f"{code.label}{in_brackets(format_date(code.as_of))}", code.sources),
        )
        for code in entry.therapy.codes
    )
    return (DefinitionList(rows),) if rows else ()


def layers(entry: TherapyEntry, library: Library) -> tuple[Block, ...]:
    """Which file changed which part, and who stands behind each file."""
    rows = [(field.replace("_", " "), (path,)) for field, path in entry.provenance.items()]
    for layer in library.layers:
        about = (layer.about and layer.about.authors) or ""
        checked = f" Last checked {format_date(layer.reviewed)}." if layer.reviewed else ""
        rows.append((layer.path, (f"{about}{checked}".strip() or "no word of its authors",)))
    return (Heading("Changed by your own files", anchor="layers"), DefinitionList(tuple(rows)))

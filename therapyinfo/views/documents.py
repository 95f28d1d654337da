"""What `search` looks through: every document of prose, with the command that opens it."""

from collections.abc import Iterator

from ..library import Library, fact_of
from ..records import Authorisation, Facts, Guidance, Outcome, Product, Therapy
from ..search import Document
from ..store.artifact import TherapyEntry
from ..text import with_full_stop, without_citations
from .citations import format_date, in_brackets, region_and_date
from .explain import SECTIONS
from .products import STATUS, product_name
from .results import counted

HEADINGS = {"glance": "At a glance", "compare": "Side by side"} | {
    id: heading for id, (heading, _, _) in SECTIONS.items()
}
GLANCE = ("cell-type", "main-action", "standing", "used-for", "how-long", "main-harms")
"""The facts that open an explanation; `compare` shows the others."""

SYNONYMS = {"risks": "side effects, harms, dangers", "access": "price, insurance, pay"}
"""Synonyms indexed with a section."""

BOOSTS = {"glance": 1.1, "help": 1.4, "contacts": 0.7, "codes": 0.6, "words": 0.6}
"""Sections that count more, or less, than others that have the words as often."""

SectionText = tuple[str, str, str]
"""The id of a section, the title of a document in it, and the text of the document."""


def all_documents(library: Library) -> list[Document]:
    """Return the documents of every therapy, then those of the glossary."""
    found = [document for entry in library.entries() for document in _of_entry(library, entry)]
    for id, term in library.glossary.items():
        document = Document(
            therapy=None,
            name="",
            section="words",
            heading=HEADINGS["words"],
            title=term.term,
            text=_joined(term.meaning),
            command=("define", id),
            names=(term.term, *term.aliases),
            boost=BOOSTS["words"],
        )
        found.append(document)
    return found


def _of_entry(library: Library, entry: TherapyEntry) -> Iterator[Document]:
    therapy = entry.therapy
    names = (therapy.name, *filter(None, (therapy.full_name,)), *therapy.aliases)
    steps = 0
    for section, title, text in _section_texts(library, entry):
        command: tuple[str, ...] = ("explain", entry.id, "--section", section)
        if section == "glance":
            command = ("explain", entry.id)
        elif section == "process":
            steps += 1
            command = ("walkthrough", entry.id, "--step", str(steps))
        elif section == "numbers":
            command = ("numbers", entry.id)
        yield Document(
            therapy=entry.id,
            name=therapy.name,
            section=section,
            heading=HEADINGS[section],
            title=title,
            text=text,
            command=command,
            names=names if section == "glance" else (),
            synonyms=SYNONYMS.get(section, ""),
            boost=BOOSTS.get(section, 1.0),
        )
    yield from _products(entry, library)
    yield from _compared(library, entry)


def _section_texts(library: Library, entry: TherapyEntry) -> Iterator[SectionText]:
    """Yield the documents of the sections, each section in the order in which it is shown."""
    therapy = entry.therapy
    yield "glance", therapy.name, _joined(therapy.main_message, *_glance(library, therapy.facts))
    for section, texts in _lists(therapy):
        for text in texts:
            yield section, "", _joined(text)
    for step in therapy.steps:
        yield "process", step.title, _joined(step.happens, step.you, step.duration, step.where)
    for use in therapy.uses:
        place = in_brackets(region_and_date(library, use.region, use.as_of))
        yield "uses", f"{use.condition}{place}", _joined(use.who)
    for risk in therapy.risks:
        details = (risk.what, risk.how_often, risk.when, risk.signs, risk.care)
        yield "risks", risk.name, _joined(*details)
    for section, many in (("life", therapy.life), ("access", therapy.access)):
        for advice in many:
            yield section, _topic(advice, library), _joined(advice.text)
    for outcome in therapy.outcomes:
        yield (
            "numbers",
            f"{outcome.trial}{in_brackets(format_date(outcome.as_of))}",
            _outcome(outcome),
        )
    for id, text in therapy.differences.items():
        yield "differences", library.name(id), _joined(text)
    for each in therapy.misconceptions:
        yield "misconceptions", each.belief, _joined(each.fact)
    for event in therapy.events:
        yield "history", format_date(event.date), _joined(event.text)
    for contact in therapy.contacts.values():
        yield (
            "contacts",
            contact.name,
            _joined(library.places(contact.region), contact.note or contact.how),
        )
    for code in therapy.codes:
        yield "codes", f"{code.system} {code.code}", _joined(code.label)


def _lists(therapy: Therapy) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sections that are prose alone, each with its texts."""
    yield "how", therapy.how_it_works
    yield "mechanism", therapy.mechanism
    yield "special", therapy.special
    yield "benefits", therapy.benefits
    yield "unknowns", therapy.not_known
    yield "without", therapy.without_treatment
    yield "questions", therapy.questions
    if parts := therapy.considered:
        yield "considered", (*parts.when, *parts.when_not, *parts.decided_by)
    if help := therapy.get_help:
        yield "help", (*help.emergency, *help.call_team)
    if offers := therapy.unproven:
        yield "unproven", (*offers.sold, *offers.harm, *offers.how_to_tell, *offers.ask)


def _glance(library: Library, facts: Facts) -> Iterator[str]:
    for row in library.comparison:
        if row.id in GLANCE and (text := fact_of(facts, row)):
            yield f"{row.label}: {text}"


def _products(entry: TherapyEntry, library: Library) -> Iterator[Document]:
    for product in entry.therapy.products:
        brand, generic = product.brand, product.generic
        yield Document(
            therapy=entry.id,
            name=entry.therapy.name,
            section="products",
            heading=HEADINGS["products"],
            title=product_name(product),
            text=_product(product, library),
            command=("products", entry.id),
            names=(brand, generic) if brand else (generic,),
        )


def _compared(library: Library, entry: TherapyEntry) -> Iterator[Document]:
    """Yield the facts that only a comparison shows, with a therapy to compare with."""
    others = [*entry.therapy.related, *library.ids]
    other = next((id for id in others if id != entry.id), None)
    for row in library.comparison:
        text = fact_of(entry.therapy.facts, row)
        if text and other and row.id not in GLANCE:
            yield Document(
                therapy=entry.id,
                name=entry.therapy.name,
                section="compare",
                heading=HEADINGS["compare"],
                title=row.label,
                text=_joined(text),
                command=("compare", entry.id, other, "--on", row.id),
            )


def _topic(advice: Guidance, library: Library) -> str:
    return f"{advice.topic}{in_brackets(region_and_date(library, advice.region, advice.as_of))}"


def _outcome(outcome: Outcome) -> str:
    other = outcome.comparison
    return _joined(
        f"{outcome.what[:1].upper()}{outcome.what[1:]}: {counted(outcome)}".rstrip(": "),
        f"Who: {outcome.group}",
        f"Compared with {other.group}: {counted(other)}".rstrip(": ") if other else None,
        f"Measured: {outcome.endpoint}",
        f"How sure: {outcome.certainty}",
    )


def _product(product: Product, library: Library) -> str:
    given = (
        _joined(_decision(each, library), each.indication, each.note)
        for each in product.authorisations
    )
    target = product.target and f"Aims at {product.target}"
    return _joined(target, product.company, *given)


def _decision(given: Authorisation, library: Library) -> str:
    text = (
        f"{library.places(given.region)}, {given.regulator}: {STATUS[given.status]}"
        f"{in_brackets(format_date(given.date))}"
    )
    return f"{text}, withdrawn {format_date(given.withdrawn)}" if given.withdrawn else text


def _joined(*parts: str | None) -> str:
    """Return the texts as sentences one after the other, without their citations."""
    return " ".join([with_full_stop(without_citations(part)) for part in parts if part])

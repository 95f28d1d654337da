"""What the default page says of each section: what a reader comes for, in its shortest true form.

A file from before the short forms has the same sections, from the fields that it has.
"""

import re
from collections.abc import Iterable, Iterator

from ..inlines import Names, Strong, Text
from ..page import Block, Bullets, Callout, Grid, Paragraph, StepItem, StepList
from ..records import Contact, Guidance, Risk, Use
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from . import sections
from .blocks import bullets, joined, run_in
from .citations import Citations, in_brackets
from .facts_box import facts_box, heading_outcome
from .risks import HEADINGS, at_once, risk_line

MAX_USES = 9
MAX_BENEFITS = 3
MAX_RISKS = 7
MAX_OTHER = 2
MAX_UNKNOWN = 4
MAX_QUESTIONS = 4
MAX_TELEPHONES = 3

FIRST_REGIONS = ("us", "eu", "uk")
"""The regions that a line of uses names before all others."""

_TELEPHONE = re.compile(r"[0-9]{3}")


def lead(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What a reader should take away, and how it works in a few sentences."""
    return (
        *sections.lead(entry, citations),
        *run_in(entry.therapy.how_it_works[:1], citations),
    )


def uses(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Who it is for: the approved uses, what is tried, who cannot have it, where and for what."""
    who = entry.therapy.who
    families = _families(use for use in entry.therapy.uses if use.standing == "approved")
    before = [who.offers, who.intro] if who else [_offers(entry, families)]
    blocks = [*run_in(filter(None, before), citations)]
    shown = list(families.items())[:MAX_USES]
    rows = tuple(_family(name, members, citations) for name, members in shown)
    blocks += [Grid(rows)] if rows else []
    after = [_and_more(families), who.trials, who.not_for] if who else [_and_more(families)]
    after += [_tried(entry)] if who is None else []
    access = [_in_short(each) for each in entry.therapy.access if each.in_short]
    return (*blocks, *run_in(filter(None, (*after, *access)), citations))


def _families(approved: Iterable[Use]) -> dict[str, list[Use]]:
    """Return uses by the line that they share, in order."""
    found: dict[str, list[Use]] = {}
    for use in approved:
        found.setdefault(use.family or use.condition, []).append(use)
    return found


def _family(name: str, members: list[Use], citations: Citations) -> tuple[Text, ...]:
    library = citations.library
    regions = dict.fromkeys(id for use in members for id in use.region)
    first = [id for id in FIRST_REGIONS if id in regions]
    ordered = [*first, *(id for id in regions if id not in first)]
    names = (Names(tuple(map(library.region_name, ordered))),) if ordered else ()
    sources = dict.fromkeys(id for use in members for id in use.sources)
    return ((name,), (*names, *citations.text("", sources)))


def _and_more(families: dict[str, list[Use]]) -> str:
    more = len(families) - MAX_USES
    return f"It is approved for {more} more {'use' if more == 1 else 'uses'}." if more > 0 else ""


def _offers(entry: TherapyEntry, families: dict[str, list[Use]]) -> str:
    """Return what is sold without approval, where nothing is approved and no words are given."""
    sold = entry.therapy.unproven.sold if entry.therapy.unproven else ()
    return first_sentence(sold[0]) if sold and not families else ""


def _tried(entry: TherapyEntry) -> str:
    """Return what it is tried for, where no sentence says so."""
    studied = [use.condition for use in entry.therapy.uses if use.standing == "studied"]
    return f"Tried in trials: {'; '.join(studied[:MAX_BENEFITS])}." if studied else ""


def _in_short(guidance: Guidance) -> str:
    """Return the short form of a rule, with the sources of the rule where it names none."""
    told = guidance.in_short or ""
    if "[@" in told or not guidance.sources:
        return told
    cited = f" [{'; '.join(f'@{id}' for id in guidance.sources)}]"
    return f"{told[:-1]}{cited}." if told.endswith(".") else f"{told}{cited}"


def benefits(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What it can do: a facts box where a trial counted, else words."""
    if outcome := heading_outcome(entry):
        return facts_box(entry, outcome, citations)
    therapy = entry.therapy
    lasting = [therapy.lasting] if therapy.lasting else []
    return bullets([*therapy.benefits, *lasting][:MAX_BENEFITS], citations)


def risks(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What can go wrong: deaths first, then the harms to know, a line each."""
    deaths = entry.therapy.deaths or tuple(filter(None, [entry.therapy.facts.deaths]))
    told = run_in(deaths, citations)
    lines = tuple(risk_line(risk, citations) for risk in main_risks(entry))
    return (*told, Bullets(lines)) if lines else told


def main_risks(entry: TherapyEntry) -> list[Risk]:
    """Return the risks of the first page: those with a short form, else the most serious."""
    recorded = entry.therapy.risks
    chosen = [risk for risk in recorded if risk.in_short]
    return chosen or sorted(recorded, key=_seriousness)[:MAX_RISKS]


def _seriousness(risk: Risk) -> int:
    return list(HEADINGS).index(risk.seriousness)


def get_help(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """When to get help: every sign of an emergency a line, those of the same day run in."""
    parts = entry.therapy.get_help
    if parts is None:
        return ()
    emergency = citations.texts(parts.emergency)
    same_day = joined(parts.call_team, citations)
    after = ((Strong("Call your team today:"), " ", *same_day),) if same_day else ()
    if not emergency:
        return tuple(map(Paragraph, after))
    return (Callout(at_once(entry.therapy), emergency, after, anchor="help"),)


def process(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """How it goes: the steps with their times, and what they ask of a life."""
    steps = entry.therapy.steps
    life = [_in_short(each) for each in entry.therapy.life if each.in_short]
    fallback = [] if life else list(filter(None, [entry.therapy.facts.daily_life]))
    items = tuple(
        StepItem(
            number, step.title, citations.text(step.time or first_sentence(step.duration or ""))
        )
        for number, step in enumerate(steps, 1)
    )
    listed = (StepList(items),) if items else ()
    return (*listed, *run_in([*life, *fallback], citations))


def without(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The other choices and the outlook, and what people mix it up with."""
    therapy = entry.therapy
    is_not = [therapy.is_not] if therapy.is_not else []
    return run_in([*therapy.without_treatment[:MAX_OTHER], *is_not], citations)


def unknowns(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What nobody knows yet, the first few."""
    return bullets(entry.therapy.not_known[:MAX_UNKNOWN], citations)


def questions(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """The first few questions to take to the team."""
    items = tuple((question,) for question in entry.therapy.questions[:MAX_QUESTIONS])
    return (Bullets(items),) if items else ()


def telephones(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Whom to call: one number a region before a second, those of a reader's own file first."""
    contacts = list(entry.therapy.contacts.values())
    numbers = [each for each in contacts if _TELEPHONE.search(each.how) and ":" not in each.how]
    of_region = {each.region: each for each in reversed(numbers)}
    first = [each for each in numbers if each is of_region[each.region]]
    ordered = [*first, *(each for each in numbers if each not in first)]
    told = "; ".join(_told(ordered[:MAX_TELEPHONES], citations))
    return (Paragraph((f"Help by telephone: {told}.",)),) if told else ()


def _told(contacts: Iterable[Contact], citations: Citations) -> Iterator[str]:
    for each in contacts:
        place = in_brackets(citations.library.places(each.region))
        yield f"{each.name}{place} {each.how.removesuffix('.')}"

"""What kind of answer a question wants: the sections that give it, and whether a whole page."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .phrases import PhraseTable


class Intent(NamedTuple):
    """Phrases that people ask with, and what they want to see.

    sections: how much each counts. asked: any of these phrases tells it; a therapy's or product's
    name is `it` there. whole: the section that answers as a whole.
    """

    sections: dict[str, float]
    asked: str
    whole: str = ""


INTENTS = (
    Intent(
        {"risks": 2},
        "harm | harms | danger | dangers | dangerous | risk | risks | risky | safe | safer"
        " | complication | complications | how bad/common | side effect/effects | go/goes wrong",
    ),
    Intent(
        {"risks": 1.5},
        "die | dies | died | dying | death | deaths | killed | fatal | deadly"
        " | kill/kills me/my/us/you/people | can/could/will * kill $ | does it kill $",
    ),
    Intent({"risks": 1.5, "help": 0.5}, "sign | signs | symptom | symptoms | warning | warnings"),
    Intent(
        {"risks": 1.5},
        "cause | causes | lead/leads/linked to | give me | make/makes * worse"
        " | new/second/another/secondary cancer/cancers",
    ),
    Intent({"risks": 1}, "how is/are * treated/managed"),
    Intent(
        {"risks": 2.5, "help": 0.5},
        "know/tell/sure if/whether i/he/she/we/it have/has/get/gets | what does/do * look like",
    ),
    Intent({"help": 2, "risks": 1.5}, "what to do | what should/can/do/must i/we do"),
    Intent(
        {"risks": 1.8, "without": 2.1},
        "not/t/never/stop/stops/stopped work/works/worked/working | if it fail/fails/failed",
    ),
    Intent({"benefits": 2.2, "numbers": 1.5}, "how long does/do/will it last/work/stay/help"),
    Intent({"process": 1, "life": 0.7}, "how long"),
    Intent(
        {"risks": 1.2, "how": 1},
        "how long * last/lasts/live/survive | how soon | when do/does/will * start/begin/come",
    ),
    Intent(
        {"help": 2},
        "emergency | call | ring | phone | 999 | 911 | 112 | urgent | urgently | at once"
        " | hospital now | warning signs",
    ),
    Intent(
        {"help": 3},
        "emergency | when/whom/who * call/ring/phone/alarm | what temperature * call/ring/phone"
        " | when * get help | warning signs",
        whole="help",
    ),
    Intent(
        {"help": 1, "risks": 0.5},
        "fever | temperature | seizure | seizures | unconscious | breathless | confused | shiver"
        " | shivers | shivering | choke | choking",
    ),
    Intent(
        {"life": 2},
        "drive | driving | driver | working | job | school | nursery | travel | fly | flying"
        " | abroad | holiday | pet | pets | dog | cat | sex | sport | exercise | swim | gym"
        " | alcohol | drink | wine | eat | food | diet | shower | bath | sun | hair | jab | jabs"
        " | shot | shots | dentist | donate | carer | caregiver | near | far | contraception"
        " | baby | babies | again | repeated | tattoo | tired | fatigue | overnight | kids"
        " | relatives | family | car keys | back/go/going/return to work | off/at/can/i/my work"
        " | vaccine | vaccines | vaccinated | vaccination | vaccinations | blood donor | close to"
        " | line come out | alert card | at home | pregnant | pregnancy"
        " | have/having/father children/kids | have/having/father a baby | breastfeed"
        " | breastfeeding | fertility | fertile | second time | normal life | recover | recovery"
        " | visit | visits | visitors | garden | gardening | smoke | smoking",
    ),
    Intent(
        {"access": 2.5},
        "cost | costs | price | prices | pay | pays | paid | medicare | medicaid | nhs | nice"
        " | charge | charged | afford | expensive | bill | insurance | insurer | insurers"
        " | insured | cover | covers | covered | coverage | reimbursed | reimbursement | fund"
        " | funds | funded | funding | for free | free of charge | how much it | it how much"
        " | how much is | how much are | how much for | how much $",
    ),
    Intent(
        {"access": 2, "numbers": 0.5},
        "how many people/patients/children have/had/got had/been/it | how many have had"
        " | how many people have had | how many people fit/qualify/match",
    ),
    Intent(
        {"access": 1},
        "access | availability | nearest | find it/a/an/my * centre/center/hospital/trial"
        " | where can/do/could/is | get * in | near me | miss/misses out | waiting list"
        " | travel for",
    ),
    Intent(
        {"benefits": 1.2, "numbers": 1.2}, "worked | did/does/do/will/not/it/well/if * work/works"
    ),
    Intent(
        {"benefits": 1.2, "numbers": 1},
        "cure | cures | cured | work | works | worked | help | helps | chance | chances"
        " | effective | remission | survival | survive | alive | lengthen | beat | benefit"
        " | better | lasting | success | successful | respond | responded | responds | response"
        " | responses | rate | efficacy | outcome | outcomes | live longer"
        " | how long * last/lasts",
    ),
    Intent(
        {"benefits": 1.5, "numbers": 1.5},
        "lower | lowers | reduce | reduces | prevent | prevents | protect | protects | avoid"
        " | avoids | lengthen | lengthens | live/lives longer",
    ),
    Intent(
        {"numbers": 1.5, "benefits": 1.2},
        "result | results | evidence | studies | how did * do | what did * do/show/find",
    ),
    Intent(
        {"numbers": 1.5, "benefits": 0.7, "risks": 0.3},
        "statistics | percent | percentage | proportion | how many/likely/well"
        " | what are/is the/my/our chance/chances/odds"
        " | what are/is my/our child s chance/chances/odds | trial/trials show"
        " | how long do people",
    ),
    Intent(
        {"risks": 1, "without": 0.7, "life": 0.3},
        "fail | fails | failed | come/comes/came back | relapse | relapses | relapsed | not work"
        " | cannot be made",
    ),
    Intent({"life": 2, "process": 1}, "how many sessions/times/doses/injections"),
    Intent({"compare": 1.5, "glance": 1.5, "process": 1}, "made/come/comes from | made of"),
    Intent({"life": 1.5}, "know if/that/whether/when * worked | find out | worked yet | stay with"),
    Intent(
        {"without": 2},
        "alternative | alternatives | instead | without | otherwise | refuse"
        " | other treatment/treatments/option/options/choices | do nothing | what/anything else"
        " | what next",
    ),
    Intent(
        {"considered": 2, "uses": 0.5},
        "old | age | eligible | suitable | qualify | qualifies | qualified | allowed | delayed"
        " | matches | can/could he/she/they get/have it | who can/should/decides | can i have"
        " | can a/an adult/child/older | am i | too old/sick/ill/weak/frail | fit enough"
        " | should not have | not have | do/does * need | must * have/be | rule out | if i have"
        " | while i | with a/an",
    ),
    Intent(
        {"uses": 1.5},
        "treat | treats | used for | which cancer/cancers/disease/diseases/condition/conditions"
        " | which illness/illnesses | indicated | indication | indications | what * for"
        " | is/are * for | option for | given to | from what age | up to what age | for which",
    ),
    Intent(
        {"compare": 2, "life": 1, "process": 1},
        "given/done/just/only once | once or | one time | one off | is/are/do * once $",
    ),
    Intent(
        {"process": 2},
        "step | steps | process | procedure | happen | happens | infusion | collection"
        " | collected | needle | operation | paused | stopped | prepare | search | feel like"
        " | when do/does/can/should * stop/end/finish"
        " | how is/are/does/do * given/taken/done/made/collected/go/start/started/inject/injected"
        " | how is/are/does/do * run/used | how often do | tests do | tests before"
        " | stay in hospital | in hospital | how long is/does/will/do/are",
    ),
    Intent(
        {"process": 2},
        "steps of | how many weeks/months/days/hours * take | how long does/is/will * take"
        " | how long does/is/will * in all | how does * go | how do * go $ | course of"
        " | from start to end/finish | step by step | how is * made and | how is * and run"
        " | whole process | how is it * run",
        whole="process",
    ),
    Intent(
        {"products": 1.6, "uses": 1},
        "product | products | brand | brands | market | fda | ema | mhra | biosimilar"
        " | biosimilars | sell | sells | withdrawn | available | first | decision | license"
        " | licensed | licence | licenced | approve | approved | approval | approvals"
        " | authorised | authorized | under review | became of",
    ),
    Intent(
        {"products": 2},
        "which/list/all/name * product/products/brand/brands/drug/drugs/medicine/medicines"
        " | which/list/all/name * bispecific/bispecifics/inhibitor/inhibitors"
        " | which growth factors"
        " | what product/products/brand/brands/drug/drugs/medicine/medicines"
        " | where is * approved/licensed/available | is any/it * approved/licensed | list of it"
        " | it list | which/what it is/are * approved/licensed/available/biosimilar/biosimilars",
        whole="products",
    ),
    Intent({"uses": 2.2}, "any approved | ^ is/are it * approved/licensed/legal $"),
    Intent({"misconceptions": 2.5}, "exempt | free of"),
    Intent({"risks": 2}, "what happened to | happened to others/people"),
    Intent({"history": 3}, "first approved/licensed/used/given/made"),
    Intent({"products": 1}, "list | when could/was/were * given/approved/licensed"),
    Intent(
        {"unproven": 2.2, "misconceptions": 0.5},
        "clinic | clinics | unproven | offer | offers | offered | scam | scams | legal | listing"
        " | clinicaltrials | mexico | report | harmed | exempt | sold | sell | advertise"
        " | advertised | advertising | stem cell tourism",
    ),
    Intent(
        {"unproven": 2, "contacts": 1},
        "who/whom/where * tell/report/complain | reports of harm",
    ),
    Intent(
        {"without": 1.5, "special": 1.5, "misconceptions": 1.2},
        "^ is/are * chemo/chemotherapy/radiation/radiotherapy/immunotherapy/vaccine/vaccines $"
        " | ^ is/are * gene therapy $ | ^ is/are * surgery/regenerative/steroid/steroids $"
        " | ^ is/are * hormone/hormones $ | ^ is/are * it $ | ^ is/are * therapy/transplant $",
    ),
    Intent({"differences": 1.5}, "^ is/are it a it $ | ^ is/are it a * transplant/it $"),
    Intent(
        {"misconceptions": 1.5},
        "myth | myths | permanent | is it true | is * the same as | does everyone | is * free of",
    ),
    Intent(
        {"how": 2, "compare": 0.7, "glance": 0.7},
        "how do/does * work/know/kill/find/turn/stay | turn into | why does",
    ),
    Intent(
        {"glance": 3, "how": 1, "words": 2},
        "^ what is/are/s * $ | ^ so what is/are/s * $",
        whole="glance",
    ),
    Intent(
        {"words": 4},
        "definition | define | what does * mean | what is meant | meaning of | meaning $"
        " | how do i say | pronounce | pronounced | pronunciation | stand/stands for",
    ),
    Intent(
        {"mechanism": 2.7},
        "mechanism | signal | receptor | marker | markers | grade | graded | grading | molecule"
        " | molecular | costimulatory | laboratory know | how do * kill",
    ),
    Intent(
        {"special": 0.8, "misconceptions": 0.5},
        "special | unique | gene therapy | chemotherapy or | advantage | advantages",
    ),
    Intent(
        {"unknowns": 3},
        "unknown | uncertain | unanswered | unclear | nobody knows | not known | research gap/gaps",
    ),
    Intent(
        {"history": 2, "products": 0.3},
        "history | invented | discovered | first ever/time/person/child/patient"
        " | who made the first | what year | since when",
    ),
    Intent(
        {"questions": 4},
        "question | questions | can/should/to i ask my/our/the | can/should/to ask my/our/the",
        whole="questions",
    ),
    Intent(
        {"contacts": 3},
        "helpline | helplines | support | charity | charities"
        " | who/whom/where can my/our/i/we * ring/talk/turn/call | talk to someone",
    ),
    Intent({"codes": 2}, "code | codes | icd | atc | snomed | mesh | loinc"),
    Intent(
        {"differences": 1},
        "difference | differences | differ | differs | compare | compared | vs | versus"
        " | better/worse/safer/stronger than | which * better/worse/safer | better or worse"
        " | same as",
        whole="compare",
    ),
    Intent({}, "it or/vs/versus/and it | it or for/as it", whole="compare"),
)
"""In the order in which `whole` counts."""

_PHRASES = PhraseTable((number, each.asked) for number, each in enumerate(INTENTS))


def intents_of(questions: Iterable[Sequence[str]]) -> list[tuple[Intent, set[str]]]:
    """Return what a question wants, in the order of the table, each with the words that tell it.

    questions: its words, in each of the ways to read it.
    """
    told: dict[int, set[str]] = {}
    for words in questions:
        for number, found in _PHRASES.found(words):
            told.setdefault(number, set()).update(found)
    wants = [(INTENTS[number], told[number]) for number in sorted(told)]
    return [each for each in wants if each[0].whole != "glance"] or wants


def wanting_words() -> set[str]:
    """Return the words that tell what a question wants.

    >>> {"drive", "afford"} <= wanting_words()
    True
    """
    phrases = (each.asked.replace("/", " ").split() for each in INTENTS)
    return {word for words in phrases for word in words if word.isalpha()}

"""What kind of answer a question wants: the sections that give it, and whether a whole page."""

import re
from typing import NamedTuple

from .words import split_words


class Intent(NamedTuple):
    """Words that people ask with, and what they want to see.

    pattern: matches the question in small letters. sections: how much each counts.
    whole: the section that answers as a whole.
    """

    pattern: str
    sections: dict[str, float]
    whole: str = ""

    def words(self, question: str) -> set[str]:
        """Return the words of a question that tell this."""
        found = re.finditer(self.pattern, _asked(question))
        return (
            {word for each in found for word in split_words(each[0])} if not self.whole else set()
        )


INTENTS = (
    Intent(
        r"\b(side effects?|harms?|dangers?|dangerous|risks?|risky|safe|complications?|go wrong"
        r"|bad)\b",
        {"risks": 2},
    ),
    Intent(
        r"\b(die|dies|died|dying|death|deaths|killed|fatal|deadly)\b"
        r"|\bkills? (me|my|us|you|people)\b"
        r"|\b(can|could|will|does) .*(?<!to )kill$",
        {"risks": 1.5},
    ),
    Intent(
        r"\b(signs?|symptoms?)\b",
        {"risks": 1.5, "help": 0.5},
    ),
    Intent(
        r"\b(causes?|lead to|give me|new cancer|second cancer|another cancer)\b",
        {"risks": 1.5},
    ),
    Intent(
        r"\bhow (is|are) .*\b(treated|managed)\b",
        {"risks": 1},
    ),
    Intent(
        r"\b(emergency|call|ring|phone|999|911|112|urgent|urgently|at once|hospital now"
        r"|warning signs)\b",
        {"help": 2},
    ),
    Intent(
        r"\b(when|what temperature|whom?) .*\b(call|ring|phone|get help|alarm)\b|\bemergency\b"
        r"|\bwarning signs\b",
        {"help": 3},
        whole="help",
    ),
    Intent(
        r"\b(fever|temperature|shiver\w*|chok\w*|seizures?|unconscious|breathless|confused)\b",
        {"help": 1, "risks": 0.5},
    ),
    Intent(
        r"\b(drive|driving|driver|car keys|(back to|return to|at|can i|my) work|working|job"
        r"|school|nursery|travel|fly|flying|abroad|holiday|pets?|dog|cat|sex|sport|exercise"
        r"|swim|gym|alcohol|drink|wine|eat|food|diet|shower|bath|sun|hair|vaccin\w+|jabs?"
        r"|shots?|dentist|donate|blood donor|carer|caregiver|near|close to|far|stay near"
        r"|line come out|alert card|at home|sleep at home|contraception|pregnan\w+"
        r"|(have|having|father) (children|kids|a baby)"
        r"|breastfeed\w*|fertil\w*|baby|babies|second time|again|repeated|normal life"
        r"|recover\w*|visit\w*|garden\w*|smok\w*|tattoo|tired|fatigue|overnight|kids|relatives"
        r"|family)\b",
        {"life": 2},
    ),
    Intent(
        r"\b(cost|costs|price|prices|pays?|paid|insur\w+|medicare|medicaid|nhs|nice|cover(ed"
        r"|age|s)?|charge|charged|afford|expensive|reimburs\w+|fund(ed|s|ing)?|bill"
        r"|for free|free of charge)\b",
        {"access": 2.5},
    ),
    Intent(
        r"\bhow many (people|patients|children)? ?(have|had|get|got|are) (had|been|it|\S+ each)\b",
        {"access": 2, "numbers": 0.5},
    ),
    Intent(
        r"\bwhere (can|do|could|is)\b|\bget .* in\b|\bnear me\b|\bmisses? out"
        r"|\bhow many people have had|\baccess\b|\bwaiting list\b|\btravel for\b",
        {"access": 1},
    ),
    Intent(
        r"\b(did|does|do|will|not|it|well|if) (\S+ ){0,3}work(s|ed)?\b|\bworked\b",
        {"benefits": 1.2, "numbers": 1.2},
    ),
    Intent(
        r"\b(cure|cures|cured|work|works|worked|help|helps|success\w*|chances?|effective"
        r"|respond\w*|remission|survival|survive|alive|live longer|lengthen|beat|benefit"
        r"|better|lasting)\b|\bhow long .*\blasts?\b",
        {"benefits": 1.2, "numbers": 1},
    ),
    Intent(
        r"\b(lower|lowers|reduces?|prevents?|protects?|avoids?|lengthens?|lives? longer)\b",
        {"benefits": 1.5, "numbers": 1.5},
    ),
    Intent(
        r"\bhow did .* do\b|\bwhat did .* (do|show|find)\b|\b(results?|evidence|studies)\b",
        {"numbers": 1.5, "benefits": 1.2},
    ),
    Intent(
        r"\bhow many\b|\bhow likely\b|\bwhat (are|is) (the|my|our)( child'?s)? (chances?|odds)"
        r"|\bhow well\b|\bstatistics\b|\btrials? show|\bhow long do people\b",
        {"numbers": 1.5, "benefits": 0.7, "risks": 0.3},
    ),
    Intent(
        r"\b(fails?|failed|comes? back|came back|relapse\w*|not work|cannot be made)\b",
        {"risks": 1, "without": 0.7, "life": 0.3},
    ),
    Intent(
        r"\b(alternatives?|instead|other (treatments?|options?|choices)|without|otherwise"
        r"|do nothing|refuse)\b",
        {"without": 2},
    ),
    Intent(
        r"\b(who can|who should|who decides|can i have|can an? (adult|child|older)|am i"
        r"|too old|old|age|fit enough|eligible|suitable|qualify|allowed|should not have"
        r"|not have|(do|does) .* need|must .* (have|be)|rule out|if i have|while i|with an? "
        r"|delayed|matches)\b",
        {"considered": 2, "uses": 0.5},
    ),
    Intent(
        r"\b(used for|treats?|treat|which (cancers?|diseases?|conditions?|illness\w*)"
        r"|indicat\w+|what .* for|is .* for|option for|given to|from what age|up to what age"
        r"|for which)\b",
        {"uses": 1.5},
    ),
    Intent(
        r"\b(steps?|process|procedure|happens?|feel like|how (is|are|does|do) .*(given|done"
        r"|made|collected|go|start(ed)?|inject\w*|run|used)|how often do|infusion|collection"
        r"|collected|tests? do|tests? before|stay in hospital|in hospital|needle|operation"
        r"|paused|stopped|how long (is|does|will|do|are)|prepare|search)\b",
        {"process": 2},
    ),
    Intent(
        r"\b(steps of|how long (does|is|will) \S+( \S+){0,3} (take|in all)\b"
        r"|how does \S+( \S+){0,4} go\b|course of|from start to (end|finish)|step by step"
        r"|how is \S+( \S+){0,4} (made and|run)|whole process)",
        {"process": 2},
        whole="process",
    ),
    Intent(
        r"\b(licen[sc]ed?|approv\w+|products?|brands?|authori[sz]\w+|market|fda|ema|mhra"
        r"|biosimilars?|sells?|withdrawn|available|first|decision|under review|became of)\b",
        {"products": 2, "uses": 0.3},
    ),
    Intent(
        r"\b(which|what|list|all|name) (?!is |are |does )(\S+ ){0,3}"
        r"(products?|brands?|drugs?|medicines?|bispecifics?|inhibitors?|growth factors)\b.*"
        r"|\bwhere is .*(approved|licensed"
        r"|available)|\bis (any|it) .*(approved|licensed)"
        r"|\b(which|what) it (are|is) .*\b(approved|licensed|available|biosimilars?)",
        {"products": 2},
        whole="products",
    ),
    Intent(
        r"\b(clinics?|unproven|offers?|offered|scams?|legal|advertis\w*|listing|clinicaltrials"
        r"|mexico|report|harmed|stem cell tourism|exempt|sold|sell)\b",
        {"unproven": 2, "misconceptions": 0.4},
    ),
    Intent(
        r"\b(whom?|where) .*\b(tell|report|complain)\b|\breports? of harm\b",
        {"unproven": 2, "contacts": 1},
    ),
    Intent(
        r"^(so )?(is|are) .*\b(chemo|chemotherapy|radiation|radiotherapy|immunotherapy|gene therapy"
        r"|vaccines?|surgery|regenerative|steroids?|hormones?|an? (\S+ (therapy|transplant)|it))$",
        {"without": 1.5, "special": 1.5, "misconceptions": 1.2},
    ),
    Intent(
        r"\b(myths?|is it true|is .* the same as|does everyone|is .* free of|permanent)\b",
        {"misconceptions": 1.5},
    ),
    Intent(
        r"\bhow do(es)? (?!i\b|my\b|we\b)\S+( \S+){0,3} (work|know|kill|find|turn|stay)\b"
        r"|\b(made|comes?) from\b|\bturn into\b|\bwhy does\b",
        {"how": 2, "compare": 0.7, "glance": 0.7},
    ),
    Intent(
        r"^(so )?what('s| is| are) (an? |the )?[\w'-]+( [\w'-]+){0,3}\W*$",
        {"glance": 3, "how": 1, "words": 2},
        whole="glance",
    ),
    Intent(
        r"\b(what does .* mean|what is meant|meaning of|definition|define|how do i say"
        r"|pronounce\w*|stands? for)\b",
        {"words": 4},
    ),
    Intent(
        r"\b(mechanism|signal|receptor|molecul\w+|markers?|graded?|grading|costimulat\w+"
        r"|laboratory know|how do .* kill)\b",
        {"mechanism": 2},
    ),
    Intent(
        r"\b(gene therapy|chemotherapy or|special|unique|advantage\w*)\b",
        {"special": 0.8, "misconceptions": 0.5},
    ),
    Intent(
        r"\b(nobody knows|unknown|not known|uncertain|unanswered|research gaps?|unclear)\b",
        {"unknowns": 3},
    ),
    Intent(
        r"\b(history|invented|discovered|first (ever|time|person|child|patient)|who (invented"
        r"|discovered|made the first)|what year|since when)\b",
        {"history": 2, "products": 0.3},
    ),
    Intent(
        r"\b(questions?|(can|should|to) i? ?ask (my|our|the))\b",
        {"questions": 4},
        whole="questions",
    ),
    Intent(
        r"\b(helplines?|charit\w+|support groups?|(whom?|where) can (my|our|i|we) .*(ring|talk"
        r"|turn|call)|talk to someone|support)\b",
        {"contacts": 3},
    ),
    Intent(
        r"\b(code|codes|icd|atc|snomed|mesh|loinc)\b",
        {"codes": 2},
    ),
    Intent(
        r"\b(difference|differences|differ|differs|compare|compared|vs|better|worse"
        r"|than|same as)\b|(?<!graft-)(?<!graft )\bversus\b",
        {"differences": 1},
        whole="compare",
    ),
    Intent(
        r"\bor\b",
        {},
        whole="compare",
    ),
)
"""In the order in which `whole` counts."""

COMMON_WEIGHTS = {
    "numbers": 0.8,
    "glance": 0.9,
    "words": 0.75,
    "codes": 0.4,
    "contacts": 0.5,
    "history": 0.7,
    "questions": 0.25,
    "compare": 0.75,
    "differences": 0.7,
    "unknowns": 0.8,
    "mechanism": 0.9,
    "unproven": 0.8,
}
"""Beside a section that is asked for, these rarely hold what was meant."""

_COMPILED = tuple((re.compile(each.pattern), each) for each in INTENTS)


def _asked(question: str) -> str:
    return question.lower().replace("’", "'").strip('"? ')


def intents_of(question: str) -> list[Intent]:
    """Return what a question wants, in the order of the table."""
    asked = _asked(question)
    found = [intent for pattern, intent in _COMPILED if pattern.search(asked)]
    return [each for each in found if each.whole != "glance"] or found

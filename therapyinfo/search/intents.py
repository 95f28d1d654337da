"""What kind of answer a question wants: the sections that give it, and whether a whole page."""

import re

from .intent import Intent

_WORD = re.compile(r"\w+")

INTENTS = (
    Intent(
        {"risks": 2},
        words=(
            "harm harms danger dangers dangerous risk risks risky safe complication "
            "complications bad"
        ),
        pattern=r"\b(side effects?|go wrong)\b",
    ),
    Intent(
        {"risks": 1.5},
        words="die dies died dying death deaths killed fatal deadly",
        pattern=r"\bkills? (me|my|us|you|people)\b|\b(can|could|will|does) .*(?<!to )kill$",
    ),
    Intent({"risks": 1.5, "help": 0.5}, words="sign signs symptom symptoms"),
    Intent(
        {"risks": 1.5},
        words="cause causes",
        pattern=r"\b(lead to|give me|new cancer|second cancer|another cancer)\b",
    ),
    Intent({"risks": 1}, pattern=r"\bhow (is|are) .*\b(treated|managed)\b"),
    Intent(
        {"help": 2},
        words="emergency call ring phone 999 911 112 urgent urgently",
        pattern=r"\b(at once|hospital now|warning signs)\b",
    ),
    Intent(
        {"help": 3},
        words="emergency",
        pattern=(
            r"\b(when|what temperature|whom?) .*\b(call|ring|phone|get help|alarm)\b"
            r"|\bwarning signs\b"
        ),
        whole="help",
    ),
    Intent(
        {"help": 1, "risks": 0.5},
        words="fever temperature seizure seizures unconscious breathless confused",
        pattern=r"\b(shiver\w*|chok\w*)\b",
    ),
    Intent(
        {"life": 2},
        words=(
            "drive driving driver working job school nursery travel fly flying abroad holiday "
            "pet pets dog cat sex sport exercise swim gym alcohol drink wine eat food diet "
            "shower bath sun hair jab jabs shot shots dentist donate carer caregiver near far "
            "contraception baby babies again repeated tattoo tired fatigue overnight kids "
            "relatives family"
        ),
        pattern=(
            r"\b(car keys|(back to|return to|at|can i|my) work|vaccin\w+|blood donor|close to"
            r"|stay near|line come out|alert card|at home|sleep at home|pregnan\w+|(have|having"
            r"|father) (children|kids|a baby)|breastfeed\w*|fertil\w*|second time|normal life"
            r"|recover\w*|visit\w*|garden\w*|smok\w*)\b"
        ),
    ),
    Intent(
        {"access": 2.5},
        words=(
            "cost costs price prices pay pays paid medicare medicaid nhs nice charge charged "
            "afford expensive bill"
        ),
        pattern=(
            r"\b(insur\w+|cover(ed|age|s)?|reimburs\w+|fund(ed|s|ing)?|for free"
            r"|free of charge)\b"
        ),
    ),
    Intent(
        {"access": 2, "numbers": 0.5},
        pattern=(
            r"\bhow many (people|patients|children)? ?(have|had|get|got|are) (had|been|it"
            r"|\S+ each)\b"
        ),
    ),
    Intent(
        {"access": 1},
        words="access",
        pattern=(
            r"\bwhere (can|do|could|is)\b|\bget .* in\b|\bnear me\b|\bmisses? out"
            r"|\bhow many people have had|\bwaiting list\b|\btravel for\b"
        ),
    ),
    Intent(
        {"benefits": 1.2, "numbers": 1.2},
        words="worked",
        pattern=r"\b(did|does|do|will|not|it|well|if) (\S+ ){0,3}work(s|ed)?\b",
    ),
    Intent(
        {"benefits": 1.2, "numbers": 1},
        words=(
            "cure cures cured work works worked help helps chance chances effective remission "
            "survival survive alive lengthen beat benefit better lasting"
        ),
        pattern=r"\b(success\w*|respond\w*|live longer)\b|\bhow long .*\blasts?\b",
    ),
    Intent(
        {"benefits": 1.5, "numbers": 1.5},
        words=(
            "lower lowers reduce reduces prevent prevents protect protects avoid avoids lengthen "
            "lengthens"
        ),
        pattern=r"\b(lives? longer)\b",
    ),
    Intent(
        {"numbers": 1.5, "benefits": 1.2},
        words="result results evidence studies",
        pattern=r"\bhow did .* do\b|\bwhat did .* (do|show|find)\b",
    ),
    Intent(
        {"numbers": 1.5, "benefits": 0.7, "risks": 0.3},
        words="statistics",
        pattern=(
            r"\bhow many\b|\bhow likely\b|\bwhat (are|is) (the|my|our)( child'?s)? (chances?|odds)"
            r"|\bhow well\b|\btrials? show|\bhow long do people\b"
        ),
    ),
    Intent(
        {"risks": 1, "without": 0.7, "life": 0.3},
        words="fail fails failed",
        pattern=r"\b(comes? back|came back|relapse\w*|not work|cannot be made)\b",
    ),
    Intent(
        {"without": 2},
        words="alternative alternatives instead without otherwise refuse",
        pattern=r"\b(other (treatments?|options?|choices)|do nothing)\b",
    ),
    Intent(
        {"considered": 2, "uses": 0.5},
        words="old age eligible suitable qualify allowed delayed matches",
        pattern=(
            r"\b(who can|who should|who decides|can i have|can an? (adult|child|older)|am i"
            r"|too old|fit enough|should not have|not have|(do|does) .* need|must .* (have|be)"
            r"|rule out|if i have|while i|with an? )\b"
        ),
    ),
    Intent(
        {"uses": 1.5},
        words="treat treats",
        pattern=(
            r"\b(used for|which (cancers?|diseases?|conditions?|illness\w*)|indicat\w+|what .* for"
            r"|is .* for|option for|given to|from what age|up to what age|for which)\b"
        ),
    ),
    Intent(
        {"process": 2},
        words=(
            "step steps process procedure happen happens infusion collection collected needle "
            "operation paused stopped prepare search"
        ),
        pattern=(
            r"\b(feel like|how (is|are|does|do) .*(given|done|made|collected|go|start(ed)?"
            r"|inject\w*|run|used)|how often do|tests? do|tests? before|stay in hospital"
            r"|in hospital|how long (is|does|will|do|are))\b"
        ),
    ),
    Intent(
        {"process": 2},
        pattern=(
            r"\b(steps of|how long (does|is|will) \S+( \S+){0,3} (take|in all)\b"
            r"|how does \S+( \S+){0,4} go\b|course of|from start to (end|finish)|step by step"
            r"|how is \S+( \S+){0,4} (made and|run)|whole process)"
        ),
        whole="process",
    ),
    Intent(
        {"products": 2, "uses": 0.3},
        words=(
            "product products brand brands market fda ema mhra biosimilar biosimilars sell sells "
            "withdrawn available first decision"
        ),
        pattern=r"\b(licen[sc]ed?|approv\w+|authori[sz]\w+|under review|became of)\b",
    ),
    Intent(
        {"products": 2},
        pattern=(
            r"\b(which|what|list|all|name) (?!is |are |does )(\S+ ){0,3}(products?|brands?|drugs?"
            r"|medicines?|bispecifics?|inhibitors?|growth factors)\b.*|\bwhere is .*(approved"
            r"|licensed|available)|\bis (any|it) .*(approved|licensed)|\b(which|what) it (are"
            r"|is) .*\b(approved|licensed|available|biosimilars?)"
        ),
        whole="products",
    ),
    Intent(
        {"unproven": 2, "misconceptions": 0.4},
        words=(
            "clinic clinics unproven offer offers offered scam scams legal listing "
            "clinicaltrials mexico report harmed exempt sold sell"
        ),
        pattern=r"\b(advertis\w*|stem cell tourism)\b",
    ),
    Intent(
        {"unproven": 2, "contacts": 1},
        pattern=r"\b(whom?|where) .*\b(tell|report|complain)\b|\breports? of harm\b",
    ),
    Intent(
        {"without": 1.5, "special": 1.5, "misconceptions": 1.2},
        pattern=(
            r"^(so )?(is|are) .*\b(chemo|chemotherapy|radiation|radiotherapy|immunotherapy"
            r"|gene therapy|vaccines?|surgery|regenerative|steroids?|hormones?|an? (\S+ (therapy"
            r"|transplant)|it))$"
        ),
    ),
    Intent(
        {"misconceptions": 1.5},
        words="myth myths permanent",
        pattern=r"\b(is it true|is .* the same as|does everyone|is .* free of)\b",
    ),
    Intent(
        {"how": 2, "compare": 0.7, "glance": 0.7},
        pattern=(
            r"\bhow do(es)? (?!i\b|my\b|we\b)\S+( \S+){0,3} (work|know|kill|find|turn|stay)\b"
            r"|\b(made|comes?) from\b|\bturn into\b|\bwhy does\b"
        ),
    ),
    Intent(
        {"glance": 3, "how": 1, "words": 2},
        pattern=r"^(so )?what('s| is| are) (an? |the )?[\w'-]+( [\w'-]+){0,3}\W*$",
        whole="glance",
    ),
    Intent(
        {"words": 4},
        words="definition define",
        pattern=(
            r"\b(what does .* mean|what is meant|meaning of|how do i say|pronounce\w*"
            r"|stands? for)\b"
        ),
    ),
    Intent(
        {"mechanism": 2},
        words="mechanism signal receptor marker markers grade graded grading",
        pattern=r"\b(molecul\w+|costimulat\w+|laboratory know|how do .* kill)\b",
    ),
    Intent(
        {"special": 0.8, "misconceptions": 0.5},
        words="special unique",
        pattern=r"\b(gene therapy|chemotherapy or|advantage\w*)\b",
    ),
    Intent(
        {"unknowns": 3},
        words="unknown uncertain unanswered unclear",
        pattern=r"\b(nobody knows|not known|research gaps?)\b",
    ),
    Intent(
        {"history": 2, "products": 0.3},
        words="history invented discovered",
        pattern=(
            r"\b(first (ever|time|person|child|patient)|who (invented|discovered|made the first)"
            r"|what year|since when)\b"
        ),
    ),
    Intent(
        {"questions": 4},
        words="question questions",
        pattern=r"\b((can|should|to) i? ?ask (my|our|the))\b",
        whole="questions",
    ),
    Intent(
        {"contacts": 3},
        words="helpline helplines support",
        pattern=(
            r"\b(charit\w+|support groups?|(whom?|where) can (my|our|i|we) .*(ring|talk|turn|call)"
            r"|talk to someone)\b"
        ),
    ),
    Intent({"codes": 2}, words="code codes icd atc snomed mesh loinc"),
    Intent(
        {"differences": 1},
        words="difference differences differ differs compare compared vs better worse than",
        pattern=r"\b(same as)\b|(?<!graft-)(?<!graft )\bversus\b",
        whole="compare",
    ),
    Intent({}, words="or", whole="compare"),
)
"""In the order in which `whole` counts."""


def intents_of(question: str) -> list[tuple[Intent, set[str]]]:
    """Return what a question wants, in the order of the table, each with the words that tell it."""
    asked = question.lower().replace("’", "'").strip('"? ')
    words = {*_WORD.findall(asked)}
    found = [(each, told) for each in INTENTS if (told := each.told_by(asked, words))]
    return [each for each in found if each[0].whole != "glance"] or found

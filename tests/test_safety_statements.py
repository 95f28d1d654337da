"""What the built-in pages say where a reader can come to harm, as labels and regulators say it."""

import pytest

from .conftest import Run

STATED = {
    "Tecelra is forbidden with one tissue type": (
        "explain tcr-t --section considered",
        "You carry HLA-A*02:05P, on one or both copies of the gene. The US label forbids Tecelra",
    ),
    "the mechanism of TCR-T names the forbidden tissue type": (
        "explain tcr-t --section mechanism",
        "It must not be given to adults who carry HLA-A*02:05P",
    ),
    "the test before TCR-T tells what rules it out": (
        "walkthrough tcr-t --step 1",
        "Carrying the type HLA-A*02:05P rules Tecelra out",
    ),
    "every boxed warning for CRS is listed": (
        "explain bispecific-antibody --section special",
        "Columvi, Lunsumio, Lunsumio Velo and Kimmtrak carry it for CRS alone",
    ),
    "Kimmtrak has its figure for CRS": (
        "explain bispecific-antibody --section risks",
        "On tebentafusp (Kimmtrak) 77 in 100 had it at grade 2 or worse",
    ),
    "Kimmtrak has its watching time in the steps": (
        "walkthrough bispecific-antibody",
        "at least 16 hours after each of the first three doses",
    ),
    "Kimmtrak has its watching time in daily life": (
        "explain bispecific-antibody --section life",
        "On Kimmtrak you are watched for at least 16 hours after each of the first three doses",
    ),
    "driving on a bispecific does not end with the last small dose": (
        "explain bispecific-antibody --section life",
        "during the early doses (step-up) and for 48 hours after they are complete",
    ),
    "nobody drives with new brain effects of a bispecific": (
        "explain bispecific-antibody --section life",
        "Do not drive with new confusion or unusual sleepiness, even later on",
    ),
    "nobody drives while Blincyto is given": (
        "explain bispecific-antibody --section life",
        "Do not drive, do dangerous work or use heavy machines while Blincyto is being given",
    ),
    "the steps say it of Blincyto too": (
        "walkthrough bispecific-antibody",
        "While Blincyto is running you do not drive",
    ),
    "TCR-T has a time without driving": (
        "explain tcr-t --section life",
        "Do not drive or use heavy machines for four weeks after Tecelra",
    ),
    "TCR-T has a fever number": (
        "explain tcr-t --section help",
        "Fever (38 °C, 100.4 °F, or your team's limit)",
    ),
    "blood cancer is told of Lyfgenia itself": (
        "explain gene-edited-hsc --section risks",
        "Blood cancer has also happened in people treated with Lyfgenia",
    ),
    "the result for Lyfgenia does not pass for all cases": (
        "numbers gene-edited-hsc",
        "These are not all cases: the US label says that blood cancer has happened in people",
    ),
    "alpha-thalassaemia trait is a risk with Lyfgenia": (
        "explain gene-edited-hsc --section risks",
        "Lasting anaemia after Lyfgenia in people with alpha-thalassaemia trait",
    ),
    "alpha-thalassaemia trait counts before Lyfgenia": (
        "explain gene-edited-hsc --section considered",
        "You carry alpha-thalassaemia trait, for Lyfgenia: lasting anaemia can follow",
    ),
    "palifermin has its limit among growth factors": (
        "explain growth-factor --section considered",
        "it is not recommended before a transplant prepared with melphalan 200 mg/m2",
    ),
    "palifermin has its limit at a transplant": (
        "explain hsct --section risks",
        "The drug is not recommended with melphalan 200 mg/m2",
    ),
    "the EU watching time is today's": (
        "explain car-t --section life",
        "daily checks have lasted 7 days after Yescarta and Tecartus",
    ),
    "Yescarta in brain lymphoma tells its effects on brain and nerves": (
        "products car-t",
        "11 of them (85 in 100) had effects on brain or nerves, and 4 (31 in 100) had them severely",
    ),
}
NEVER = {
    "an insurer stands for the label": (
        "explain tcr-t --full",
        "an insurer's criteria",
    ),
    "no driving rule is said to exist for TCR-T": (
        "explain tcr-t --full",
        "No driving rule for TCR-T",
    ),
    "no fever number is said to exist for TCR-T": (
        "explain tcr-t --full",
        "no number for TCR-T was found",
    ),
}
"""What a page once said and must not say again: it kept a reader from the rule."""


def _page(therapyinfo: Run, command: str) -> str:
    code, out, _ = therapyinfo(f"{command} -f plain --width 100")
    assert code == 0
    return " ".join(out.split())


@pytest.mark.parametrize(("command", "words"), STATED.values(), ids=STATED)
def test_a_page_states_what_keeps_a_reader_safe(therapyinfo: Run, command: str, words: str) -> None:
    assert words in _page(therapyinfo, command)


@pytest.mark.parametrize(("command", "words"), NEVER.values(), ids=NEVER)
def test_a_page_does_not_say_that_there_is_no_rule(
    therapyinfo: Run, command: str, words: str
) -> None:
    assert words.casefold() not in _page(therapyinfo, command).casefold()

"""A result is headed by the disease it was found in, not by a line that several uses share."""

import pytest

from .conftest import Run

HEADED = {
    "one product of two that share a line": (
        "numbers car-t",
        "Multiple myeloma: alive after 30 months",
    ),
    "one disease of two that share a line": (
        "numbers car-t",
        "Chronic lymphocytic leukaemia or small lymphocytic lymphoma: no sign of cancer left",
    ),
    "one country of three that share a line": (
        "numbers msc",
        "Attack by donor cells after a transplant (acute GVHD), all ages: alive after 6 months",
    ),
    "a line that has a colon of its own": (
        "numbers growth-factor",
        "Low white cells with chemotherapy (neutropenia): died of infection",
    ),
}


@pytest.mark.parametrize(("command", "title"), HEADED.values(), ids=HEADED)
def test_a_result_is_headed_by_its_own_disease(therapyinfo: Run, command: str, title: str) -> None:
    code, out, _ = therapyinfo(f"{command} -f plain --width 200")
    assert code == 0
    assert title in " ".join(out.split())

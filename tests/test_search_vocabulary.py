"""What means the same finds the same: spellings, everyday words, names of terms, in any script."""

from contextlib import closing
from pathlib import Path

import pytest

from therapyinfo.library import Library
from therapyinfo.search import Document, make_index

from . import knowledge

LAYER = """\
extends: {base}
vocabulary:
  drip-stand: [drip stand, infusion pole]
"""


def document(text: str, title: str = "", names: tuple[str, ...] = ()) -> Document:
    return Document(
        therapy=None if names else "a", name="", section="words" if names else "how",
        heading="", title=title, text=text, command=("define", "x"), names=names,
    )  # fmt: skip


TERMS = (
    document("The heart gets too little blood.", "heart attack", ("heart attack", "MI")),
    document("A storm of signals.", "CRS", ("CRS", "cytokine release syndrome")),
)
VOCABULARY = {
    "tumour": ("tumour", "tumor"),
    "infarction": ("heart attack", "myocardial infarction"),
    "fertility": ("fertility", "have children"),
    "cells": ("細胞", "cells"),
    "fever": ("発熱", "熱"),
    "hospital": ("โรงพยาบาล", "hospital"),
}
FOUND = {
    "US spelling": ("tumor", "A tumour shrank."),
    "UK spelling": ("tumour", "A tumor shrank."),
    "a phrase for a phrase": ("heart attack", "Myocardial infarction was rare."),
    "a phrase the other way": ("myocardial infarction", "A heart attack was rare."),
    "the alias of a term": ("cytokine release syndrome", "CRS was mild."),
    "the term of an alias": ("CRS", "Cytokine release syndrome was mild."),
    "small words in a phrase": ("Can I have children?", "Fertility can suffer."),
    "accents": ("Guerin", "Calmette-Guérin is a vaccine."),
    "Han": ("細胞療法", "患者の細胞療法です。"),
    "Han for a Latin word": ("細胞", "Your own cells are used."),
    "kana": ("ワクチン", "生ワクチンは避けます。"),
    "another word in Han": ("発熱", "熱が出たら電話してください。"),
    "Thai": ("โรงพยาบาล", "อยู่ใกล้โรงพยาบาลสองสัปดาห์"),
    "Thai for a Latin word": ("โรงพยาบาล", "Stay near the hospital."),
}


@pytest.mark.parametrize(("asked", "text"), FOUND.values(), ids=FOUND)
def test_what_means_the_same_is_found(asked: str, text: str) -> None:
    documents = [document("Nothing of the kind."), *TERMS, document(text)]

    with closing(make_index(documents, vocabulary=VOCABULARY)) as index:
        found = [hit.document.text for hit in index.search(asked).hits]

    assert text in found
    assert "Nothing of the kind." not in found


APART = {
    "half of a phrase": ("attack", "Myocardial infarction was rare."),
    "words of a phrase apart": ("infarction", "The heart was well."),
}


@pytest.mark.parametrize(("asked", "text"), APART.values(), ids=APART)
def test_a_part_of_a_phrase_means_nothing_else(asked: str, text: str) -> None:
    with closing(
        make_index([document(text, "x")], vocabulary={"i": ("heart attack", "mi")})
    ) as index:
        assert asked in text.lower() or not index.search(asked).hits


PAIRS = [
    ("leukemia", "leukaemia"), ("anemia", "anaemia"), ("hemoglobin", "haemoglobin"),
    ("diarrhea", "diarrhoea"), ("pediatric", "paediatric"), ("edema", "oedema"),
    ("nausea", "feel sick"), ("hypertension", "high blood pressure"), ("caregiver", "carer"),
    ("acetaminophen", "paracetamol"), ("Yescarta", "axicabtagene ciloleucel"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_words_of_the_builtin_knowledge_find_each_other(one: str, other: str) -> None:
    library = knowledge.builtin()
    documents = [document(f"Of {one}."), document(f"Of {other}.")]
    product = document("A product.", one, ("Yescarta", "axicabtagene ciloleucel"))

    with closing(make_index([*documents, product], vocabulary=library.vocabulary)) as index:
        assert {hit.document.text for hit in index.search(one).hits} >= {f"Of {other}."}
        assert {hit.document.text for hit in index.search(other).hits} >= {f"Of {one}."}


def test_a_layer_adds_its_words_to_those_of_its_base(tmp_path: Path) -> None:
    path = tmp_path / "layer.yaml"
    path.write_text(LAYER.format(base="builtin"), encoding="utf-8")

    words = Library.open(path, cache=None).vocabulary

    assert words["drip-stand"] == ("drip stand", "infusion pole")
    assert words["tumour"] == ("tumour", "tumor")

"""Words that mean the same: two spellings, or what people say and what texts write."""

EQUAL_WORDS = (
    "tumour tumor", "leukaemia leukemia", "anaemia anemia", "haemoglobin hemoglobin",
    "diarrhoea diarrhea", "paediatric pediatric child", "oedema edema swelling", "oesophagus esophagus",
    "haematology hematology", "anaesthetic anesthetic", "centre center", "fibre fiber", "colour color",
    "programme program", "licence license", "ischaemia ischemia", "thalassaemia thalassemia",
    "neutropenia neutropaenia", "foetus fetus", "randomised randomized", "immunisation immunization vaccine"
    " vaccination vaccinated jab shot", "death die died dying kill fatal deadly", "carer caregiver",
    "child children kid baby boy girl", "infertile infertility fertility", "pregnant pregnancy",
    "drive driver", "cost price charge charged pay paid", "insurance insurer", "doctor specialist physician",
    "hospital centre", "sick nausea nauseous vomiting vomit", "tired tiredness fatigue exhausted",
    "confusion confused", "fever temperature", "bleed bleeding haemorrhage hemorrhage", "clot clots thrombosis",
    "baldness bald hair", "stroke strokes", "heart cardiac myocarditis", "kidney renal", "liver hepatic hepatitis",
    "lung pulmonary", "skin rash itch", "gut bowel colitis", "brain neurological nerve", "chemo chemotherapy",
    "radiation radiotherapy", "surgery operation surgeon", "drug medicine medication", "injection injected inject jab",
    "infusion drip", "approve approval licence licensed authorised authorized", "cure cured", "remission response respond responded",
    "relapse relapsed", "alive survive survived survival live lived", "donor donated donation donate",
    "sibling brother sister", "home outpatient", "paracetamol acetaminophen", "travel abroad fly flight flying holiday",
    "work job", "school nursery", "sex condom contraception", "breastfeed breastfeeding", "alcohol wine beer drink",
    "myeloma mm", "arthritis osteoarthritis", "knee knees", "ms sclerosis", "gvhd graft", "aml myeloid", "cll lymphocytic",
    "england nhs nice", "us america american fda usa", "uk britain british", "eu europe european ema", "japan japanese",
    "australia australian", "korea korean", "china chinese", "canada canadian", "second again twice", "permanent lasting",
    "overnight", "teeth dentist dental", "old older age", "eat food diet", "pet dog cat animal", "exercise sport gym",
)  # fmt: skip
"""Each line holds words of which one finds the others."""

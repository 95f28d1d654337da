"""A small valid knowledge file, for tests that need one to read, break or build on."""

SMALL = """\
version: "1"
reviewed: 2026-11-25

about:
  authors: The testers, who are not clinicians.
  clinical_review: No clinician has reviewed this text yet.
  funding: Nobody pays for it.
  updates: Once a year.
  report: https://example.org/issues
  disclaimer: This is general information and does not replace a doctor.

comparison:
  - id: cell-type
    label: Cell Type
    explanation: What the cells are.
  - id: main-action
    label: Main Action
    explanation: What they do.
  - id: main-harms
    label: Main harms
    explanation: The gravest harm.

categories:
  changed-cells:
    label: Changed cells
    meaning: Cells that got a new gene.

sources:
  elara-2022:
    publisher: Nature Medicine
    title: The ELARA trial
    url: https://example.org/elara
    published: 2022-01
    kind: trial
  label-2024:
    publisher: A regulator
    title: A label
    url: https://example.org/label
    kind: label

glossary:
  t-cell:
    term: T cell
    aliases: [T cells, T lymphocyte]
    meaning: A white blood cell that kills sick cells.
  leukapheresis:
    term: leukapheresis
    meaning: A machine takes white cells from your blood.
    say: loo-kuh-fuh-REE-sis

therapies:
  car-t:
    name: CAR-T therapy
    full_name: chimeric antigen receptor T-cell therapy
    aliases: [CAR-T cell therapy]
    category: changed-cells
    summary: Your own T cells, changed to find cancer.
    hard_words: [leukapheresis]
    main_message: A laboratory changes your T cells [@label-2024]. They can harm you too [@elara-2022].
    facts:
      cell_type: Engineered T cells
      main_action: Targets specific markers on diseased cells
      main_harms: Severe reactions in 12 in 100 people [@elara-2022].
    how_it_works:
      - A new gene helps your T cells to find cancer [@label-2024].
    total_time: About 2 months [@label-2024].
    steps:
      - title: Collection
        happens: A machine takes T cells from your blood (leukapheresis).
        you: You lie still.
        duration: 3 hours.
        where: Hospital
        sources: [label-2024]
      - title: Infusion
        happens: The cells come back through a drip.
        sources: [elara-2022]
    uses:
      - condition: Lymphoma
        standing: approved
        who: Adults after 2 treatments.
        region: US
        as_of: 2024-05
        sources: [label-2024]
    risks:
      - name: Severe reaction (CRS)
        seriousness: life-threatening
        what: The immune system reacts too strongly.
        how_often: 12 in 100 people [@elara-2022].
        signs: Fever.
    get_help:
      emergency:
        - Fever above 38 degrees [@label-2024].
    differences:
      msc: CAR-T therapy starts an attack, MSC therapy calms one [@label-2024].
    not_known:
      - How long it lasts [@elara-2022].
    related: [msc]
    products:
      - brand: Examplia
        generic: example-cel
        authorisations:
          - region: US
            regulator: FDA
            status: approved
            date: 2024-05-23
            indication: Adults with lymphoma
            sources: [label-2024]
    outcomes:
      - kind: benefit
        what: were in remission
        trial: ELARA
        group: adults with lymphoma
        n: 94
        count: 65
        endpoint: complete response
        certainty: One trial without a comparison group.
        sources: [elara-2022]
    questions: [Which product would I get?]
  msc:
    name: MSC therapy
    category: changed-cells
    main_message: Stromal cells calm the immune system [@label-2024].
    facts:
      cell_type: Mesenchymal stem cells
      main_action: Tissue support and immune modulation
"""

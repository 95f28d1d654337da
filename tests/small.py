"""Small valid knowledge files, for tests that need one to read, break or build on."""

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

FIRST_PAGE = (
    SMALL.replace(
        "sources:\n  elara-2022:",
        """regions:
  us: {name: US, aliases: [USA]}
  eu: {name: EU}
  japan: {name: Japan}

publishers:
  - name: A regulator
    short: REG

sources:
  null-2021:
    publisher: Journal of Trials
    title: The trial that found no difference
    url: https://example.org/null
    published: 2021-05
    kind: trial
  elara-2022:""",
    )
    .replace(
        "    how_it_works:\n",
        """    who:
      intro: "Approved if the cancer came back:"
      trials: Lupus is treated in trials only [@elara-2022].
      not_for: You must be free of infection [@label-2024].
    deaths:
      - 3 in 100 adults with lymphoma died of something other than the cancer [@elara-2022].
    heading_outcome: survival
    lasting: In ELARA 31 in 100 still responded after 5 years [@elara-2022].
    is_not: It is no regenerative therapy, because it repairs no tissue [@label-2024].
    how_it_works:
""",
    )
    .replace(
        """      - title: Collection
""",
        """      - title: Collection
        time: 2 to 6 hours
""",
    )
    .replace(
        """      - title: Infusion
""",
        """      - title: Infusion
        time: 30 minutes
""",
    )
    .replace(
        """      - condition: Lymphoma
        standing: approved
        who: Adults after 2 treatments.
        region: US
""",
        """      - condition: Follicular lymphoma
        family: Lymphomas
        standing: approved
        who: Adults after 2 treatments.
        region: [japan]
        sources: [elara-2022]
      - condition: Lymphoma
        family: Lymphomas
        standing: approved
        who: Adults after 2 treatments.
        region: [eu, us]
""",
    )
    .replace(
        """        seriousness: life-threatening
        what: The immune""",
        """        seriousness: life-threatening
        in_short: fever in the first days, in 12 in 100 people, and it is treated [@elara-2022].
        what: The immune""",
    )
    .replace(
        """    get_help:
      emergency:
        - Fever above 38 degrees [@label-2024].
""",
        """    get_help:
      emergency:
        - Fever above 38 degrees [@label-2024].
        - Confusion, or trouble with speech or writing [@label-2024].
      call_team:
        - New bruises.
        - Low mood that lasts [@elara-2022].
    life:
      - topic: Driving
        region: [us]
        in_short: In the US, do not drive for two weeks.
        text: Do not drive for two weeks after the infusion.
        sources: [label-2024]
    access:
      - topic: Cost
        region: [us]
        in_short: The cells alone cost US$475,000 (2017).
        text: The list price was US$475,000 in 2017.
        sources: [label-2024]
    without_treatment:
      - You may get other drugs, or care for comfort [@label-2024].
      - Before it 20 in 100 lived for 2 years [@elara-2022].
    contacts:
      web: {name: A charity, how: https://example.org/help, region: [us]}
      helpline: {name: A helpline, how: 555 0101, region: [us]}
""",
    )
    .replace(
        """    outcomes:
      - kind: benefit
""",
        """    outcomes:
      - id: survival
        kind: benefit
        label: Examplia
        question: first-choice
        finding: difference
        what: were alive after 4 years
        trial: ELARA
        group: Adults whose lymphoma came back
        n: 180
        percent: 54.6
        endpoint: survival
        comparison:
          group: chemotherapy, then a transplant if it worked
          label: usual care
          n: 179
          percent: 46
        certainty: One randomised trial.
        sources: [elara-2022]
      - id: survival-null
        kind: benefit
        question: first-choice
        finding: no-difference
        what: were alive after 4 years
        trial: NULLA
        group: Adults whose lymphoma came back
        endpoint: survival
        result: no difference
        certainty: One randomised trial.
        sources: [null-2021]
      - kind: benefit
""",
    )
)
"""The same file with what the first page is made of; `car-t` has something in each of its parts."""

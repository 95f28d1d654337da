"""The layer that `new` writes: small, commented, with one example of every entry."""

from datetime import date

_TEXT = """\
# yaml-language-server: $schema={schema}
# $schema: {schema}
#
# A layer: it is laid over the knowledge that comes with therapyinfo, field by field. Keep what
# you need, change the rest, leave nothing made up. Then:
#
#     therapyinfo check {name}                     every error, with its line and column
#     therapyinfo explain car-t --data {name}      what it looks like
#
# A key at the left that the base has too is changed; a list is replaced whole.

extends: builtin
reviewed: {today}    # when you last checked this file

about:    # stands beside what the base says of itself
  authors: Written by an example centre. Put your own name and training here.
  clinical_review: No clinician has reviewed this layer yet.
  disclaimer: This part of the text is from an example centre.
  # also, if they differ from the base: funding, updates, report

# Every claim cites a source by its id, as in [@example-leaflet].
sources:
  example-leaflet:
    publisher: Example centre
    title: Leaflet for patients
    url: https://example.org/leaflet
    published: {month}    # leave it out if the source bears no date
    kind: health-service
  example-trial:
    publisher: Example journal
    title: A trial of the example therapy
    url: https://example.org/trial
    published: 2024
    kind: trial

glossary:
  example-word:
    term: example word
    aliases: [example words]
    meaning: A word that your readers may not know, said in plain words.
    say: ig-ZAM-pul werd    # leave it out if it is said as it is written

categories:
  example-category:
    label: Examples
    meaning: Therapies that show how this file is written.

# The rows of `compare` are a list, so a layer that gives `comparison` gives every row:
# comparison:
#   - id: cell-type
#     label: Cell type
#     explanation: What the cells or the substance are.

therapies:

  # The therapy of the base, with your own telephone number. All else stays as it is.
  car-t:
    contacts:
      example-centre:
        name: Example centre, day and night
        how: 555 0100
        region: Your town
        note: For people whom we treat, and for those who care for them.

  # A therapy of your own.
  example-therapy:
    name: Example therapy
    full_name: example cell therapy
    aliases: [EXT]
    category: example-category
    summary: Cells of an example, given by a drip.
    hard_words: [example-word]
    main_message: >-
      Say in two to four sentences what a reader should take away [@example-leaflet].
      Name the gravest harm here too [@example-trial].

    facts:    # the short facts of the tables
      cell_type: Example cells
      main_action: Shows how an entry is written
      goal: To help you write your own [@example-leaflet].
      used_for: People who write a layer [@example-leaflet].
      standing: Not approved anywhere [@example-leaflet].
      cell_source: Your own cells [@example-leaflet].
      made_for: Made for you alone [@example-leaflet].
      how_given: Through a drip into a vein [@example-leaflet].
      how_long: 10 minutes [@example-leaflet].
      how_often: Once [@example-leaflet].
      can_do: 60 in 100 people had a file of their own [@example-trial].
      main_harms: Fever in 12 in 100 people [@example-trial].
      daily_life: You can go home the same day [@example-leaflet].
      evidence: One small trial without a comparison group [@example-trial].
      cost: Free of charge [@example-leaflet].

    how_it_works:
      - A paragraph an entry, three short sentences at most [@example-leaflet].
    mechanism:
      - The same in more detail, for students and nurses [@example-trial].
    special:
      - What sets it apart from other treatments [@example-leaflet].

    total_time: About 1 day [@example-leaflet].
    steps:
      - title: Taking the cells
        happens: A nurse takes blood from a vein.
        you: You sit or lie still.
        duration: 10 minutes.
        where: Clinic
        sources: [example-leaflet]

    uses:
      - condition: An example condition
        standing: studied    # or approved, or unproven
        who: Adults in one small trial.
        region: Your country
        as_of: {month}
        checked: {today}    # when you last looked and it still held
        sources: [example-trial]

    considered:
      when: ["When other treatment has not helped [@example-leaflet]."]
      when_not: ["When you have a fever [@example-leaflet]."]
      decided_by: ["Your team decides with you [@example-leaflet]."]

    benefits:
      - "60 in 100 people had a file of their own [@example-trial]."

    risks:
      - name: Fever
        seriousness: moderate    # or life-threatening, serious, mild
        what: Your temperature rises.
        how_often: 12 in 100 people [@example-trial].
        when: Within 2 days.
        signs: You feel hot or shiver.
        care: The team gives medicine against fever.
        sources: [example-leaflet]

    get_help:
      emergency: ["Fever above 38 degrees [@example-leaflet]."]
      call_team: ["A rash [@example-leaflet]."]

    contacts:
      example-centre:
        name: Example centre
        how: https://example.org/contact

    differences:    # by the id of the other therapy
      msc: Example therapy is made up, MSC therapy is not [@example-leaflet].
    not_known: ["How long it lasts [@example-trial]."]
    related: [car-t, msc]

    products:
      - brand: Examplia
        generic: example-cel
        company: Example company
        target: CD19
        authorisations:
          - region: Your country
            regulator: Your regulator
            status: under-review    # or approved, conditional, withdrawn, not-approved
            indication: Adults with an example condition.
            as_of: {month}
            note: Asked for, not decided.
            sources: [example-leaflet]
            # also: date (when it decided), withdrawn (when it was)

    outcomes:
      - kind: benefit    # or harm
        what: had a file of their own
        trial: EXAMPLE-1
        group: adults who write
        n: 50
        count: 30    # or `percent`, or `result` in words
        endpoint: files written
        follow_up: 1 year
        comparison:
          group: no template
          n: 50
          count: 10
        certainty: One small trial. Nobody has repeated it.
        as_of: 2024
        sources: [example-trial]

    life:
      - topic: Driving
        region: Your country
        as_of: {month}
        text: Do not drive on the day of the drip.
        sources: [example-leaflet]
    access:
      - topic: Cost
        region: Your country
        as_of: {month}
        text: Free of charge at the example centre.
        sources: [example-leaflet]
    without_treatment: ["Most people write without a template [@example-trial]."]

    unproven:
      sold: ["Nobody sells it [@example-leaflet]."]
      harm: ["No harm is on record [@example-leaflet]."]
      how_to_tell: [A seller who names no trial is a bad sign.]
      ask: [Ask your own team.]
    misconceptions:
      - belief: The example is real
        fact: It is made up, so replace it [@example-leaflet].
    events:
      - date: 2024
        text: The example trial ended [@example-trial].
    questions: ["What would you do in my place?"]
    codes:
      - system: Example codes
        code: EX-1
        label: Example therapy
        as_of: {month}
        sources: [example-leaflet]
"""


def starter(schema: str, today: date, name: str) -> str:
    """Return the text of a layer to start from, dated `today`.

    schema: the address of the JSON Schema, for editors. name: what the file is called, as a
    shell reads it.
    """
    iso = today.isoformat()
    return _TEXT.format(schema=schema, today=iso, month=iso[:7], name=name)

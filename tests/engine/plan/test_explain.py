"""The plan → sentences, in three languages."""

# ruff: noqa: E501 — rows of tables are sentences

from __future__ import annotations

import re

import pytest

from sereno.engine.messages import languages
from sereno.engine.plan.explain import PARTS, explain
from sereno.engine.plan.load import load_plan, read_plan
from sereno.engine.plan.model import Plan
from tests.engine.plan.small import SMALL

MORE = """\
guides:
  - guide: fire
    title: {en: When it burns}
    steps: [{en: People first.}]
    numbers: [{number: '112', title: {en: Emergency}}]
statutory:
  - {country: PL, days: 14, law: the law, types: [late]}
  - {country: ES, days: 1, law: the other law}
catalogue:
  - type: late
    topic: delivery
    title: {en: Late delivery}
    examples: {en: [Where is it?]}
    networks: [x]
    substance: {en: Where it is.}
    claim: {en: The form.}
    documents: {en: The number.}
    if_valid: {en: Admit it.}
    if_false: {en: Show it.}
    decides: area_owner
policy:
  tone: {en: Calm.}
  networks: [{to: x, tone: {en: Short.}}]
  audiences: [{to: parents, tone: {en: Warm.}}]
  use: {en: [gladly]}
  avoid: [{words: {en: [unfortunately]}, why: {en: It helps nobody.}, instead: {en: Say what we do.}}]
resources:
  - resource: voucher
    title: {en: Voucher}
    offered_by: [shop]
    up_to: 50 EUR
    above: committee
    legal_review: true
    hours: {monday: [00:00-24:00]}
    limits: {en: Once a year.}
committee:
  members: [committee, shop]
  quorum: 2
  spokesperson: committee
  assembles_within: 30m
  meets: {en: Room 1}
scenarios:
  - scenario: fire
    title: {en: A fire}
    triggers: [{risk: [safety], reach: large}, {storm: storm}]
    first_hour: [{do: {en: Call them.}, role: committee, within: 10m}]
    holding: {en: We are looking into it.}
drills:
  - {drill: spring, scenario: fire, first: 2026-03-12, every: 90d, announced: false}
  - {drill: autumn, scenario: fire, first: 2026-10-12, roles: [shop]}
tests:
  - test: burns
    post: {reads_as: {kind: complaint, risk: [safety], topic: delivery}, network: x, followers: 30000}
    at: 2026-11-21T23:30
    expect: {light: red, called: [], first_answer_by: 2026-11-22T00:30}
accepted:
  - {warning: too-few, reason: We are small.}
  - {warning: too-many, at: roles, reason: We are large.}
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    text = SMALL.replace("languages: [en]", "languages: [en]\n  audiences: [{audience: parents, title: {en: Parents}}]")
    text = text.replace("{role: shop, title: {en: Shop}}", "{role: shop, title: {en: Shop}, deputy: duty}")
    return load_plan(text + MORE, "full.yaml")


def told(plan: Plan, part: str, language: str = "en") -> list[str]:
    (section,) = explain(plan, language, [part])
    return [sentence.text for sentence in section.sentences]


def test_every_part_of_the_plan_is_told() -> None:
    assert set(PARTS) == set(Plan.model_fields) - {"sereno_plan", "plan", "version"}


@pytest.mark.parametrize("language", languages())
def test_the_whole_plan_is_told_in_each_language(plan: Plan, language: str) -> None:
    sections = explain(plan, language)
    assert tuple(section.part for section in sections) == PARTS
    sentences = [sentence.text for section in sections for sentence in section.sentences]
    assert not any(re.search(r"\{ ?\$|told-|None|\(\)|: \.$", sentence) for sentence in sentences)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("shipped", ["starter", "airline"])
def test_shipped_plans_are_told_in_each_language(shipped: str, language: str) -> None:
    sections = explain(read_plan(shipped), language)
    assert len({section.title for section in sections}) == len(sections)
    assert all(sentence.text.strip() for section in sections for sentence in section.sentences)


def test_each_sentence_knows_its_place_in_the_plan(plan: Plan) -> None:
    values = plan.model_dump()
    for section in explain(plan, "en"):
        for sentence in section.sentences:
            place = values
            for name in sentence.path:
                place = place[name]
            assert sentence.path[0] == section.part


@pytest.mark.parametrize(
    ("part", "sentences"),
    [
        ("brand", ["This is the plan of Acme, which answers in English.", "Its clock: Europe/Madrid. Its law and public holidays: Spain.", "Parents are spoken to in their own way."]),
        ("duty_hours", ["Monday to Thursday: 08:00–20:00", "Friday: 08:00–14:00 and 16:00–20:00", "Saturday to Sunday: nobody is on duty", "The public holidays of this country are no duty days: Spain."]),
        ("roles", ["Community manager.", "Shop; where nobody of this role can be reached, Community manager stands in.", "Committee."]),
        ("areas", ["Billing: Shop looks after billing.", "Everything else: Community manager looks after all that no other area does."]),
        ("reach", ["Large reach: more than 10,000 followers on Instagram and 20,000 elsewhere."]),
        ("statutory", ["Poland: 14 calendar days to answer complaints of the type “Late delivery” (the law).", "Spain: 1 calendar day to answer any complaint (the other law)."]),
        ("committee", ["Its members: Committee and Shop (deputy: Community manager).", "2 of 2 members, or their deputies, must be there to decide, within 30 minutes of the call, day and night.", "While a crisis lasts, one role alone speaks for the brand: Committee.", "It meets here: Room 1"]),
        ("scenarios", ["A fire", "Proposed for a red post when the text claims danger to people and the author has Large reach or more.", "Or when a storm is in this state or further: at full strength.", "Within 10 minutes, Committee: Call them.", "The first statement: We are looking into it.", "Who speaks: Committee."]),
        ("drills", ["“A fire” is rehearsed on Thursday, March 12, 2026. Then again every 90 days. The whole committee takes part. It comes as a surprise.", "“A fire” is rehearsed on Monday, October 12, 2026. Who takes part: Shop. It is announced."]),
        ("resources", ["Voucher: may be offered by Shop.", "At most €50.00 a case; beyond that decides: Committee.", "Legal has to see it first.", "Opening hours, Monday: all day and all night.", "Opening hours, Tuesday to Sunday: closed.", "Once a year."]),
        ("tests", ["burns: complaint, danger to people, delivery, X, 30,000 followers; Saturday, November 21, 2026, 23:30 → Light: red; Who is called by name: nobody; First answer due: Sun 22 Nov 2026, 00:30"]),
    ],
)  # fmt: skip
def test_a_part_in_words(plan: Plan, part: str, sentences: list[str]) -> None:
    assert told(plan, part) == sentences


EVERYTHING = """text: 'Era el “último” mueble.', reads_as: {kind: complaint, language: pl, topic: contract_price, risk: [data, fraud],
      severity: blame, polarity: neutral, hostile: 0.8, call_to_action: 0.9}, network: x, place: comment, visibility: private,
      about: [person], followers: 5, rating: 1, shares: 3, shares_per_hour: 2, repeat_contact: 2, open_promise: true, story: 4,
      storm: rising, author_type: journalist, country: ES"""


def test_a_test_tells_all_that_its_post_differs_in() -> None:
    tests = f"tests:\n  - {{test: all, post: {{{EVERYTHING}}}, at: 2026-11-28T23:30, expect: {{called: []}}}}\n"
    assert told(load_plan(SMALL + tests), "tests", "es") == [
        "all: «Era el “último” mueble.», leído como: queja, datos personales o privacidad, engaño o robo, contrato y "
        "precio, tono: condena, neutra para nuestra reputación, hostil con una probabilidad del 80 %, "
        "llama a actuar con una probabilidad del 90 %, idioma: polaco, X, 5 seguidores, lugar: "
        "comentario, visibilidad: privado, sobre: una persona nuestra, país: España, lo escribe: periodista, 1 estrella, "
        "compartido 3 veces, compartido 2 veces por hora, 4 personas cuentan lo mismo, tormenta: en aumento, ya escribió "
        "2 veces por este asunto, tiene pendiente una promesa nuestra; sábado, 28 de noviembre de 2026, 23:30 → A quién "
        "se avisa por su nombre: nadie"
    ]


def test_a_long_text_of_a_test_is_cut_at_a_word() -> None:
    tests = (
        f"tests:\n  - {{test: long, post: {{text: '{'word ' * 60}'}}, at: 2026-11-28T23:30, expect: {{light: red}}}}\n"
    )
    (said,) = told(load_plan(SMALL + tests), "tests")
    assert said.startswith(f"long: “{' '.join(['word'] * 28)}…”; Saturday")


def test_the_chain_is_told_step_by_step(plan: Plan) -> None:
    assert told(plan, "chain")[-3:] == [
        "Posts enter the chain here when their light is: red.",
        "Committee is called and has 10 minutes to acknowledge, counted day and night.",
        "The chain ends here: nobody else is called.",
    ]
    assert "The owner of the area is called and has 30 minutes to acknowledge, counted in duty hours." in told(
        plan, "chain"
    )
    assert told(plan, "chain", "pl")[-1] == "Łańcuch kończy się tutaj: nikt więcej nie dostaje zawiadomienia."


def test_a_part_that_no_plan_has_is_an_error(plan: Plan) -> None:
    with pytest.raises(KeyError):
        explain(plan, "en", ["weather"])

"""Hostile text in every field is shown as the text it is, on every page that shows it (SEC-13)."""

import csv
import io
import json

import pytest

from browsing import hostile, steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked
from browsing.raw import Raw

LEVEL = list(asked("standard"))
NOTES = dict(zip([q.id for domain in LEVEL for q in domain.questions], hostile.TEXTS))
REASONS = dict(zip([q.id for domain in LEVEL for q in domain.questions if not q.is_key][-4:], hostile.TEXTS[6:10]))


def answers():
    all_answers = steps.steady("standard", choice="2")
    for question, text in NOTES.items():
        all_answers[question].note = text
    for question, text in REASONS.items():
        all_answers[question] = Answer("na", note=NOTES.get(question, ""), reason=text)
    return all_answers


@pytest.mark.parametrize("number", range(0, len(hostile.TEXTS), 13))
def test_the_facts_show_it_as_typed(visit, number):
    """Name, enterprise number and search; the number is refused with the text kept."""
    anna = visit("en")
    steps.begin(anna, "starter")
    for text in hostile.TEXTS[number:number + 13]:
        anna.at("/facts")
        anna.page.locator('[name="firm.name"]').fill(text)
        anna.page.locator('[name="firm.number"]').fill(text)
        steps.search_sector(anna, text)
        assert not hostile.faults(anna, [text], "fields")
        assert anna.page.locator("#find").input_value() == text
        anna.press("save.continue")
        assert anna.status == 422
        assert not hostile.faults(anna, [text], "fields")
        anna.at()
        assert not hostile.faults(anna, [text])


def test_notes_and_reasons_show_it_on_every_page(visit, stage):
    anna = prepare(visit("en"), "standard", answers=answers(), name=hostile.TEXTS[2])
    for domain in LEVEL:
        assert not hostile.faults(anna.at(f"/sections/{domain.id}"), [NOTES[q.id] for q in domain.questions if q.id in NOTES], "fields")
    anna.at("/check")
    everything = [*NOTES.values(), *REASONS.values()]
    assert not hostile.faults(anna, everything)
    steps.confirm(anna)
    assert not hostile.faults(anna.at("/submissions/1/answers"), everything)
    assert not hostile.faults(anna.at("/submissions/1"), [hostile.TEXTS[2]])
    for place in ("/submissions/1/plan", "/submissions/1/why", "/submissions/1/confirmation"):
        assert not hostile.faults(anna.at(place), [])
    downloads(Raw(stage.server, anna), f"/en/assessments/{anna.assessment}/submissions/1")


def downloads(raw, place):
    status, headers, text = raw.ask("GET", f"{place}/result.json")
    assert status == 200 and headers["Content-Disposition"].startswith("attachment")
    assert {question: one.get("note") for question, one in json.loads(text)["answers"].items() if "note" in one} == NOTES
    status, headers, text = raw.ask("GET", f"{place}/result.csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert status == 200 and headers["Content-Disposition"].startswith("attachment")
    assert {row[0]: row[7] for row in rows if row[0] in NOTES} == {
        question: "'" + text if text[0] in "=+-@" else text for question, text in NOTES.items()}


def test_conflicts_and_kept_forms_show_it_too(visit):
    anna, ben = prepare(visit("en"), level="standard"), visit("en")
    steps.open_link(ben, anna.link)
    domain = LEVEL[0]
    for person, texts in ((anna, hostile.TEXTS[:5]), (ben, hostile.TEXTS[5:10])):
        person.at(f"/sections/{domain.id}")
        for question, text in zip(domain.questions, texts):
            steps.fill(person, question.id, Answer("3", note=text))
    anna.press("save.continue")
    ben.press("save.continue")
    assert ben.status == 409
    assert not hostile.faults(ben, hostile.TEXTS[:10])
    for question, text in zip(domain.questions, hostile.TEXTS[10:15]):
        steps.fill(ben.at(f"/sections/{domain.id}") if question == domain.questions[0] else ben, question.id, Answer("3", note=text))
    ben.context.clear_cookies()
    ben.press("save.continue")
    assert ben.status == 403
    assert not hostile.faults(ben, hostile.TEXTS[10:15], "fields")
    ben.page.locator("#link").fill(anna.link)
    ben.press("open.button")
    assert not hostile.faults(ben, hostile.TEXTS[10:15], "fields")
    ben.press("kept.save")
    assert ben.at(f"/sections/{domain.id}").status == 200
    assert not hostile.faults(ben, hostile.TEXTS[10:15], "fields")


def test_addresses_and_links_show_it_too(visit):
    anna = visit("en", scripts=True).go("/open")
    for text in hostile.TEXTS:
        anna.page.locator("#link").fill(text)
        anna.press("open.button")
        assert anna.status == 422
        assert not hostile.faults(anna, [text], "fields")
        anna.page.goto(anna.address("/nowhere/") + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E?x=%22onload=alert(1)")
        assert not hostile.faults(anna, [])
        anna.go("/open")

"""Switching the language inside a form saves first: typed but unsaved words survive (UX-30)."""

from itertools import pairwise

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked, texts

FIRST = next(asked("starter"))
ROUND = "nl fr nl de nl en fr de fr en de en nl".split()


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])
def test_in_every_direction_a_section_keeps_what_was_typed(visit, scripts):
    anna = prepare(visit("nl", scripts=scripts)).at(f"/sections/{FIRST.id}")
    question = FIRST.questions[0].id
    assert len(set(pairwise(ROUND))) == 12
    for number, (here, there) in enumerate(pairwise(ROUND)):
        assert anna.language == here
        note, choice = f"Ungesichert {here}→{there} naïve", str(1 + number % 5)
        steps.fill(anna, question, Answer(choice, note=note))
        anna.switch(there)
        assert anna.page.locator("html").get_attribute("lang") == there
        assert anna.path.endswith(f"/sections/{FIRST.id}")
        assert texts(there)["questions"][question]["ask"] in anna.text
        assert anna.chosen(f"{question}.practice") == choice
        assert anna.page.locator(f'[name="{question}.note"]').input_value() == note


def test_a_half_answer_survives_too(visit):
    anna = prepare(visit("fr", scripts=False), level="standard").at(f"/sections/{FIRST.id}?one=1")
    question = next(q.id for domain in asked("standard") for q in domain.questions if not q.is_key)
    anna.at(f"/sections/{FIRST.id}?one=1&question={question}&from=check")
    anna.choose(f"{question}.practice", "na")
    anna.switch("de")
    assert anna.chosen(f"{question}.practice") == "na"
    assert "one=1" in anna.page.url and "from=check" in anna.page.url


def test_the_facts_keep_what_was_typed(visit):
    anna = visit("en", scripts=False)
    steps.begin(anna, "starter")
    steps.search_sector(anna, "49")
    for name, text in (("firm.name", "Vervoer Ünal"), ("firm.number", "12 not a number")):
        anna.page.locator(f'[name="{name}"]').fill(text)
    anna.choose("firm.sector", "49")
    anna.choose("firm.size", "micro")
    anna.switch("nl")
    assert anna.page.locator('[name="firm.name"]').input_value() == "Vervoer Ünal"
    assert anna.page.locator('[name="firm.number"]').input_value() == "12 not a number"
    assert (anna.chosen("firm.sector"), anna.chosen("firm.size"), anna.chosen("firm.level")) == ("49", "micro", "starter")


def test_the_enter_key_saves_and_does_not_switch_the_language(visit):
    anna = visit("en", scripts=False)
    steps.begin(anna, "starter")
    steps.fill_facts(anna)
    name = anna.page.locator('[name="firm.name"]')
    name.fill("Enter & Co")
    with anna.page.expect_navigation():
        name.press("Enter")
    assert anna.path.endswith("/link"), anna.page.url
    assert anna.page.locator("html").get_attribute("lang") == "en"


def test_a_page_without_a_form_stays_the_same_page(visit):
    """UX-29: path and query are kept."""
    anna = prepare(visit("en", scripts=False))
    anna.at("?saved=later").switch("fr")
    assert anna.page.url.endswith(f"/fr/assessments/{anna.assessment}?saved=later")
    assert anna.heading == anna.words("tasks.title")

"""A form that comes too late: the session has ended, or another one has begun. Nothing typed is lost (UX-24)."""

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked
from browsing.words import LANGUAGES

SECTION = next(asked("standard"))
QUESTION = SECTION.questions[0].id
NOTE = "Drie regels\nmet \"aanhalingstekens\" & <haken>\nen één accent"


def typed_and_late(visit, language, scripts=True):
    """She typed, and then her browser forgot the cookie."""
    anna = prepare(visit(language, scripts=scripts), level="standard").at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("4", note=NOTE))
    anna.context.clear_cookies()
    return anna


def is_saved(anna):
    anna.at(f"/sections/{SECTION.id}")
    return anna.chosen(f"{QUESTION}.practice") == "4" and anna.page.locator(f'[name="{QUESTION}.note"]').input_value() == NOTE


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_typed_is_saved_once_the_private_link_is_given(visit, language):
    anna = typed_and_late(visit, language)
    anna.press("save.continue")
    assert anna.status == 403
    anna.inspect("kept form")
    assert anna.words("kept.what") in anna.text
    anna.page.locator("#link").fill("http://127.0.0.1/nl/open/wrong")
    anna.press("open.button")
    assert anna.status == 422
    anna.inspect("open/unreadable")
    anna.page.locator("#link").fill(anna.link)
    anna.press("open.button")
    anna.inspect("kept form opened again")
    anna.press("kept.save")
    assert anna.status == 200
    assert is_saved(anna)


def test_it_works_without_scripts_and_with_save_and_come_back_later(visit):
    anna = typed_and_late(visit, "nl", scripts=False)
    anna.press("save.later")
    anna.page.locator("#link").fill(anna.link)
    anna.press("open.button").press("kept.save")
    assert anna.words("saved.title") in anna.text
    assert is_saved(anna)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_an_earlier_session_needs_one_press(visit, language):
    """She opened the link again in another tab; the old tab's form carries the old proof."""
    anna = typed_and_late(visit, language)
    old, anna.page = anna.page, anna.context.new_page()
    steps.open_link(anna, anna.link)
    anna.page = old
    anna.press("save.continue")
    assert anna.status == 403
    anna.inspect("kept form/held")
    assert anna.words("kept.whatHeld") in anna.text
    anna.press("kept.save")
    assert is_saved(anna)


def test_the_facts_are_kept_too(visit):
    anna = prepare(visit("en")).at("/facts")
    anna.page.locator('[name="firm.name"]').fill("Te late naam")
    anna.context.clear_cookies()
    anna.press("save.continue")
    anna.page.locator("#link").fill(anna.link)
    anna.press("open.button").press("kept.save")
    assert "Te late naam" in anna.at().text


def test_a_closed_page_without_a_form_asks_for_the_link_and_leads_back(visit):
    anna = prepare(visit("de"))
    anna.context.clear_cookies()
    anna.at("/check")
    assert anna.status == 403
    anna.inspect("closed")
    anna.page.locator("#link").fill(anna.link)
    anna.press("open.button")
    assert anna.heading == anna.words("tasks.title")

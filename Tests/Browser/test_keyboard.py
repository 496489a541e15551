"""The keyboard alone: every stop is in view, marked and not covered (UX-22), and the journey can be done with it."""

import pytest

from browsing import focus, steps
from browsing.prepare import prepare
from browsing.questionnaire import asked

FIRST = next(asked("starter"))


@pytest.fixture(scope="module")
def anna(stage):
    anna = prepare(stage.visitor("en"), answers=steps.steady("starter", choice="2"), is_confirmed=True)
    yield anna
    stage.leave([anna])


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("place", ["", "/facts", f"/sections/{FIRST.id}", "/check", "/submissions/1", "/submissions/1/plan", "/link"])
def test_each_stop_of_the_tab_key_can_be_seen(anna, place, width):
    anna.page.set_viewport_size({"width": width, "height": 600})
    anna.at(place)
    stops, found = focus.faults(anna)
    assert len(stops) >= 8
    assert not found, "\n".join(found)
    assert 'class="skip"' in stops[0]


def test_the_start_and_its_error_can_be_seen_too(anna):
    anna.go("")
    assert not focus.faults(anna)[1]
    anna.press("home.start")
    assert not focus.faults(anna)[1]


def test_the_skip_link_leads_to_the_content(anna):
    anna.at("/check").page.keyboard.press("Tab")
    anna.page.keyboard.press("Enter")
    assert anna.page.evaluate("() => document.activeElement.id") == "main"


def test_the_skip_link_pushes_nothing_away_under_the_pointer(anna):
    """A press of the mouse takes its focus away: what was pressed must still be there at the release."""
    top = "() => document.querySelector('main').getBoundingClientRect().top"
    before = anna.go("").page.evaluate(top)
    anna.page.keyboard.press("Tab")
    assert anna.page.evaluate("() => document.activeElement.className") == "skip"
    assert anna.page.evaluate(top) == before


def test_a_section_is_answered_and_saved_without_a_mouse(anna):
    anna.at(f"/sections/{FIRST.id}")
    question = FIRST.questions[0].id
    anna.page.locator(f'input[name="{question}.practice"][value="2"]').focus()
    for _ in range(2):
        anna.page.keyboard.press("ArrowDown")
    with anna.page.expect_navigation():
        anna.page.keyboard.press("Enter")
    assert anna.at(f"/sections/{FIRST.id}").chosen(f"{question}.practice") == "4"


def test_an_error_link_brings_the_focus_to_its_field(anna):
    anna.go("").press("home.start")
    anna.page.locator(".summary a").press("Enter")
    assert anna.page.evaluate("() => document.activeElement.name") == "level"

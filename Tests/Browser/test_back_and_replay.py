"""The back button, reload, double clicks and replays never lose or double anything (UX-13, UX-14, REL-13, REL-14)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked
from browsing.raw import Raw, fields_of
from browsing.stage import Stage
from browsing.visitor import Visitor

SECTION = next(asked("starter"))
QUESTION = SECTION.questions[0].id
both = pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])


def ready_to_confirm(visit, scripts=False):
    return prepare(visit("en", scripts=scripts), answers=steps.steady("starter")).at("/check")


@both
def test_back_after_saving_shows_what_was_saved(visit, scripts):
    anna = prepare(visit("en", scripts=scripts)).at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("4", note="Zoals besproken"))
    anna.press("save.continue").back()
    assert anna.path.endswith(f"/sections/{SECTION.id}")
    assert anna.chosen(f"{QUESTION}.practice") == "4"
    assert anna.page.locator(f'[name="{QUESTION}.note"]').input_value() == "Zoals besproken"
    steps.fill(anna, QUESTION, Answer("2"))
    anna.press("save.continue")
    assert anna.status == 200
    assert anna.at(f"/sections/{SECTION.id}").chosen(f"{QUESTION}.practice") == "2"


def note_of(visitor):
    return visitor.page.locator(f'[name="{QUESTION}.note"]').input_value()


def test_back_undo_and_save_again_saves_the_undone(stage, keeping_browser):
    """REL-13: the page comes back as it was left, with the same form; what it says last is what counts."""
    visitor = Visitor(Stage(stage.server, keeping_browser), "en", scripts=True)
    anna = prepare(visitor, answers={QUESTION: Answer("3")}).at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("4", note="typed"))
    anna.press("save.continue")
    anna.page.evaluate("history.back()")
    anna.page.wait_for_function(f"location.pathname.endsWith('/sections/{SECTION.id}')")
    assert anna.page.evaluate("performance.getEntriesByType('navigation')[0].type") == "navigate", "kept whole, not loaded anew"
    assert (anna.chosen(f"{QUESTION}.practice"), note_of(anna)) == ("4", "typed")
    anna.choose(f"{QUESTION}.practice", "3")
    anna.page.locator(f'[name="{QUESTION}.note"]').fill("")
    anna.press("save.continue")
    anna.at(f"/sections/{SECTION.id}")
    assert (anna.chosen(f"{QUESTION}.practice"), note_of(anna)) == ("3", "")
    anna.context.close()


@both
def test_back_does_not_put_old_answers_over_a_colleagues(visit, scripts):
    """REL-15: the browser loads the page anew on Back, and must not fill in what it remembers over what is there now."""
    anna = prepare(visit("en", scripts=scripts)).at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("2", note="Anna's"))
    anna.press("save.continue")
    bert = visit("en")
    steps.open_link(bert, anna.link)
    bert.at(f"/sections/{SECTION.id}")
    steps.fill(bert, QUESTION, Answer("5", note="Bert's"))
    bert.press("save.continue")
    anna.back()
    assert (anna.chosen(f"{QUESTION}.practice"), note_of(anna)) == ("5", "Bert's")
    anna.press("save.continue")
    bert.at(f"/sections/{SECTION.id}")
    assert (bert.chosen(f"{QUESTION}.practice"), note_of(bert)) == ("5", "Bert's")


@both
def test_back_keeps_what_was_typed_and_not_saved(visit, scripts):
    anna = prepare(visit("en", scripts=scripts)).at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("4", note="not saved yet"))
    anna.follow("site.help").back()
    assert (anna.chosen(f"{QUESTION}.practice"), note_of(anna)) == ("4", "not saved yet")


def test_a_reload_never_posts_again(visit):
    """REL-14: what is shown after each save was asked for with GET."""
    anna, methods = prepare(visit("en", scripts=False)), []
    anna.context.on("request", lambda request: methods.append(request.method))
    anna.at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("3"))
    anna.press("save.continue")
    methods.clear()
    anna.page.reload()
    assert set(methods) == {"GET"}


@both
def test_back_after_confirming_says_that_it_is_sent(visit, scripts):
    anna = ready_to_confirm(visit, scripts)
    reference = steps.confirm(anna)
    anna.back()
    assert anna.path.endswith("/check")
    assert anna.words("check.alreadySent", date=anna.words.date(), reference=reference) in anna.text
    assert steps.confirm(anna) == reference, "confirming the same answers again"
    assert steps.results(anna) == 1


@both
def test_a_double_click_confirms_once(visit, scripts):
    anna = ready_to_confirm(visit, scripts)
    with anna.page.expect_navigation(url="**/confirmation"):
        anna.page.get_by_role("button", name=anna.words("check.confirm")).dblclick(no_wait_after=True)
    anna.page.wait_for_load_state("load")
    reference = steps.reference(anna)
    assert steps.results(anna) == 1
    assert reference in anna.text


def test_two_identical_confirmations_at_once_are_one(visit, stage):
    """UX-14, REL-13: same reference for both, and for a replay later."""
    anna = ready_to_confirm(visit)
    fields, path = fields_of(anna), f"/en/assessments/{anna.assessment}/check"
    raw = Raw(stage.server, anna)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: raw.post(path, fields), range(10)))
    answers.append(raw.post(path, fields))
    assert {status for status, _, _ in answers} == {303}
    assert {headers["Location"] for _, headers, _ in answers} == {f"/en/assessments/{anna.assessment}/submissions/1/confirmation"}
    assert steps.results(anna) == 1


def test_a_late_replay_of_a_save_does_not_undo_a_newer_one(visit, stage):
    anna = prepare(visit("en")).at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("2"))
    fields, path = fields_of(anna), f"/en/assessments/{anna.assessment}/sections/{SECTION.id}"
    raw = Raw(stage.server, anna)
    assert raw.post(path, fields)[0] == 303
    anna.at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("5"))
    anna.press("save.continue")
    assert raw.post(path, fields)[0] in (303, 409)
    assert anna.at(f"/sections/{SECTION.id}").chosen(f"{QUESTION}.practice") == "5"


def test_the_start_form_sent_twice_begins_one_assessment(visit, stage):
    anna = visit("en").go("")
    anna.choose("level", "starter")
    fields, raw = fields_of(anna), Raw(stage.server, anna)
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: raw.post("/en/start/supply-chain", fields), range(5)))
    assert {status for status, _, _ in answers} == {303}
    assert len({headers["Location"] for _, headers, _ in answers}) == 1


def test_deleting_twice_is_harmless(visit):
    anna = prepare(visit("en", scripts=False)).at("/deletion")
    anna.choose("sure", "yes")
    anna.press("deletion.button").back()
    assert anna.status in (200, 403)
    anna.at()
    assert anna.status == 403
    assert anna.heading == anna.words("closed.title")

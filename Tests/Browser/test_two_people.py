"""Two colleagues, or two tabs, in the same section (REL-15)."""

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked, texts

SECTION = next(asked("standard"))
ONE, TWO, THREE = [question.id for question in SECTION.questions][:3]


@pytest.fixture
def pair(visit):
    anna, ben = prepare(visit("nl"), level="standard"), visit("en")
    steps.open_link(ben, anna.link)
    return anna, ben


def both_open(pair):
    for person in pair:
        person.at(f"/sections/{SECTION.id}")


def save(person, answers):
    for question, answer in answers.items():
        steps.fill(person, question, answer if isinstance(answer, Answer) else Answer(answer))
    person.press("save.continue")


def value(person, question):
    return person.at(f"/sections/{SECTION.id}").chosen(f"{question}.practice")


def test_different_questions_merge_silently(pair):
    anna, ben = pair
    both_open(pair)
    save(anna, {ONE: "2"})
    save(ben, {TWO: "4"})
    assert ben.status == 200 and not ben.path.endswith(SECTION.id)
    assert (value(anna, ONE), value(anna, TWO)) == ("2", "4")


def test_the_same_change_by_both_is_no_conflict(pair):
    anna, ben = pair
    both_open(pair)
    save(anna, {ONE: "2"})
    save(ben, {ONE: "2"})
    assert ben.status == 200


def conflict(pair):
    """Both answer question one; the page that the second one gets."""
    anna, ben = pair
    both_open(pair)
    save(anna, {ONE: "5"})
    save(ben, {ONE: "3", TWO: "1"})
    assert ben.status == 409


def test_a_conflict_shows_both_versions_in_every_language(pair):
    anna, ben = pair
    for language in ("nl", "fr", "de", "en"):
        ben.speak(language)
        steps.fill(anna.at(f"/sections/{SECTION.id}"), ONE, Answer("1"))
        anna.press("save.later")
        conflict(pair)
        ben.inspect("conflict")
        assert texts(language)["questions"][ONE]["ask"] in ben.text
        scale = texts(language)["scale"]["practice"]
        assert f"5 – {scale[4]['name']}" in ben.text and f"3 – {scale[2]['name']}" in ben.text
        assert ben.chosen(f"{ONE}.practice") is None
        assert ben.page.locator("fieldset").count() == 1, "what is not in conflict has been saved and is not asked again"
        assert value(anna, TWO) == "1"


@pytest.mark.parametrize("pick, kept", [("3", "3"), ("5", "5"), (None, "5")], ids=["mine", "theirs", "nothing chosen"])
def test_the_version_that_was_chosen_stays(pair, pick, kept):
    anna, ben = pair
    conflict(pair)
    if pick:
        ben.choose(f"{ONE}.practice", pick)
    ben.press("save.continue")
    assert ben.status == 200 and not ben.path.endswith(SECTION.id)
    assert (value(anna, ONE), value(anna, TWO)) == (kept, "1")


def test_both_notes_are_shown_whole(pair):
    anna, ben = pair
    both_open(pair)
    mine, theirs = "Nota van Ben\nmet twee regels", "Nota van Anna: <b>vet</b>"
    save(anna, {ONE: Answer("3", note=theirs)})
    save(ben, {ONE: Answer("3", note=mine)})
    assert ben.status == 409
    ben.inspect("conflict", typed=["Nota"])
    for text in mine.split("\n") + [theirs]:
        assert text in ben.text
    ben.page.locator(f'input[name="{ONE}.note"]').first.check()
    ben.press("save.continue")
    anna.at(f"/sections/{SECTION.id}")
    assert anna.page.locator(f'[name="{ONE}.note"]').input_value() == mine


def test_a_third_change_while_choosing_is_a_conflict_again(pair):
    anna, ben = pair
    conflict(pair)
    anna.at(f"/sections/{SECTION.id}")
    save(anna, {ONE: "2"})
    ben.choose(f"{ONE}.practice", "3")
    ben.press("save.continue")
    assert ben.status == 409
    assert f"2 – {texts('en')['scale']['practice'][1]['name']}" in ben.text


def test_the_name_of_the_firm_can_be_in_conflict_too(pair):
    anna, ben = pair
    for person, name in ((anna, "Ènna BV"), (ben, "Ben BV")):
        person.at("/facts").page.locator('[name="firm.name"]').fill(name)
    anna.press("save.continue")
    ben.press("save.continue")
    assert ben.status == 409
    ben.inspect("conflict/facts", typed=["BV"])
    ben.choose("firm.name", "Ben BV")
    ben.press("save.continue")
    assert "Ben BV" in anna.at().text


def test_confirming_what_somebody_just_changed_asks_to_look_again(visit):
    anna, ben = prepare(visit("nl"), answers=steps.steady("starter")), visit("en")
    steps.open_link(ben, anna.link)
    for language in ("nl", "fr", "de", "en"):
        ben.speak(language).at("/check")
        anna.at(f"/sections/{SECTION.id}")
        steps.fill(anna, ONE, Answer(str(1 + "nl fr de en".split().index(language))))
        anna.press("save.later")
        ben.press("check.confirm")
        assert ben.status == 409
        ben.inspect("check/changed meanwhile")
        assert ben.words("check.changed") in ben.text
    assert steps.results(anna) == 0
    steps.confirm(ben)
    assert steps.results(anna) == 1

"""The walk, part 2: every section, "check your answers", and the confirmation."""

import pytest

from browsing import steps
from browsing.questionnaire import Answer, asked

pytestmark = pytest.mark.step
SECTIONS = list(asked("standard"))
QUESTIONS = [question for section in SECTIONS for question in section.questions]


def titles(walk, state):
    return walk.visitor.page.locator(".tasks .tag", has_text=walk.words(state)).count()


def test_a_section_asks_with_nothing_chosen(walk):
    visitor = walk.visitor
    visitor.press("tasks.continue", number=1)
    visitor.inspect(f"section {SECTIONS[0].id}/new")
    assert visitor.page.locator("main input:checked").count() == 0
    assert visitor.page.locator("fieldset.question").count() == len(SECTIONS[0].questions)
    assert walk.words("section.position", number=1, all=len(SECTIONS)) in visitor.text
    for question in SECTIONS[0].questions:
        values = visitor.page.locator(f'input[name="{question.id}.practice"]').evaluate_all("all => all.map(one => one.value)")
        assert values == ["1", "2", "3", "4", "5", "unknown"] + ([] if question.is_key else ["na"]), question.id


def test_saving_for_later_keeps_what_is_there(walk):
    visitor = walk.visitor
    steps.fill(visitor, SECTIONS[0].questions[0].id, Answer("4"))
    visitor.press("save.later")
    visitor.inspect("tasks/saved for later", typed=["Bakkerij"])
    assert walk.words("saved.title") in visitor.page.locator("main [role=status]").inner_text()
    assert titles(walk, "tasks.inProgress") == 1


def test_not_applicable_needs_a_reason_and_everything_typed_is_kept(walk):
    """UX-6, REL-16: the page names the fault, the draft is kept, also for a visit elsewhere in between."""
    visitor, question = walk.visitor, next(q for q in SECTIONS[0].questions if not q.is_key)
    visitor.press("tasks.continue", number=1)
    steps.fill(visitor, question.id, Answer("na", note="Nota die moet blijven"))
    visitor.press("save.continue")
    assert visitor.status == 422
    visitor.inspect(f"section {SECTIONS[0].id}/no reason", typed=["Nota"])
    number = visitor.page.locator("fieldset.question", has=visitor.page.locator(f"[id='{question.id}']")).locator("legend .number").inner_text()
    assert visitor.page.locator(".summary li").all_inner_texts() == [walk.words("fault.reasonMissing", number=number)]
    visitor.at().at(f"/sections/{SECTIONS[0].id}")
    assert visitor.chosen(f"{question.id}.practice") == "na"
    assert visitor.page.locator(f'[name="{question.id}.note"]').input_value() == "Nota die moet blijven"
    visitor.open_note(question.id).fill("")


def test_a_note_that_is_too_long_comes_back_whole(walk):
    """UX-16: 4,000 characters, said and never cut."""
    visitor, question = walk.visitor, SECTIONS[0].questions[0]
    long = "Nota met é. " * 334
    visitor.open_note(question.id).fill(long)
    visitor.press("save.continue")
    assert visitor.status == 422
    visitor.inspect(f"section {SECTIONS[0].id}/note too long", typed=["Nota"])
    assert visitor.page.locator(f'[name="{question.id}.note"]').input_value() == long
    visitor.open_note(question.id).fill("")
    visitor.press("save.later")


def test_confirming_too_early_names_every_open_question(walk):
    visitor = walk.visitor
    visitor.at("/check").inspect("check/open", typed=["Bakkerij"])
    visitor.press("check.confirm")
    assert visitor.status == 422
    visitor.inspect("check/refused", typed=["Bakkerij"])
    assert visitor.page.locator(".summary li").count() == 44


def test_every_section_is_answered(walk):
    walk.answers = steps.mixed("standard")
    visitor = walk.visitor
    visitor.at(f"/sections/{SECTIONS[0].id}")
    for domain in SECTIONS:
        visitor.inspect(f"section {domain.id}")
        steps.fill_section(visitor, domain, walk.answers)
        visitor.press("save.continue")
        assert visitor.status == 200, visitor.text
    assert visitor.path.endswith("/check")


def test_one_question_at_a_time_shows_the_same_answers(walk):
    """UX-2"""
    visitor, domain = walk.visitor, SECTIONS[1]
    visitor.at(f"/sections/{domain.id}")
    visitor.follow("section.one")
    visitor.inspect(f"section {domain.id} one by one")
    assert visitor.page.locator("fieldset.question").count() == 1
    for question in domain.questions:
        assert visitor.chosen(f"{question.id}.practice") == walk.answers[question.id].choice
        visitor.press("save.continue")
    assert visitor.path.endswith(f"/sections/{SECTIONS[2].id}")


def test_check_your_answers_has_a_row_and_a_change_link_for_each_question(walk):
    """UX-11"""
    visitor = walk.visitor.at("/check").inspect("check/complete", typed=["Bakkerij"])
    assert visitor.page.locator("dl.answers > div").count() == 6 + len(QUESTIONS), "facts and answers"
    names = visitor.page.locator("dl.answers a").evaluate_all("all => all.map(one => one.textContent.replace(/\\s+/g, ' ').trim())")
    assert len(set(names)) == 6 + len(QUESTIONS)
    assert all(name.startswith(walk.words("check.change") + " ") for name in names)
    answers = visitor.page.locator("dl.answers").filter(has=visitor.page.locator('a[href*="/sections/"]'))
    assert walk.words("check.none") not in answers.locator("dd:not(.change)").all_inner_texts()
    for answer in walk.answers.values():
        assert answer.note in visitor.text and answer.reason in visitor.text


def test_changing_one_answer_comes_straight_back(walk):
    visitor, question = walk.visitor, SECTIONS[2].questions[0]
    visitor.click(visitor.page.locator(f'dl.answers a[href$="#{question.id}"]'))
    visitor.inspect(f"section {SECTIONS[2].id}/from check")
    walk.answers[question.id] = Answer("5")
    steps.fill(visitor, question.id, Answer("5"))
    visitor.press("save.continue")
    assert visitor.path.endswith("/check")
    row = visitor.page.locator("dl.answers > div", has=visitor.page.locator(f'a[href$="#{question.id}"]'))
    assert row.locator("dd").first.inner_text().startswith("5 – ")


def test_the_task_list_is_complete(walk):
    walk.visitor.at().inspect("tasks/complete", typed=["Bakkerij"])
    assert titles(walk, "tasks.completed") == len(SECTIONS)


def test_confirming_gives_a_reference_that_stays(walk):
    """UX-12: the confirmation may be bookmarked and loaded again."""
    visitor = walk.visitor.at("/check")
    walk.reference = steps.confirm(visitor)
    visitor.inspect("confirmation")
    visitor.page.reload()
    assert steps.reference(visitor) == walk.reference
    assert steps.results(visitor) == 1

"""The task list and "check your answers" say exactly what has been answered (UX-10, UX-11)."""

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import asked, texts

SECTIONS = list(asked("standard"))


@pytest.fixture
def half_way(visit):
    """Whole sections, half sections and untouched ones, answered in any order."""
    anna = prepare(visit("nl", scripts=False), level="standard")
    anna.done, anna.begun = {SECTIONS[6].id, SECTIONS[1].id}, {SECTIONS[8].id, SECTIONS[0].id}
    answers = steps.mixed("standard")
    for place in (8, 6, 1, 0):
        domain = SECTIONS[place]
        chosen = domain.questions if domain.id in anna.done else domain.questions[:1]
        anna.at(f"/sections/{domain.id}")
        steps.fill_section(anna, domain, {q.id: answers[q.id] for q in chosen})
        anna.press("save.later")
    anna.missing = sum(len(one.questions) for one in SECTIONS) - sum(len(one.questions) for one in SECTIONS if one.id in anna.done) - 2
    return anna


def test_statuses_equal_what_was_answered_in_every_language(half_way):
    for language in ("nl", "fr", "de", "en"):
        half_way.speak(language).at()
        rows = half_way.page.locator(".tasks li")
        assert rows.count() == len(SECTIONS)
        for row, domain in zip(rows.all(), SECTIONS):
            state = "completed" if domain.id in half_way.done else "inProgress" if domain.id in half_way.begun else "notStarted"
            assert texts(language)["domains"][domain.id]["title"] == row.locator("a").inner_text()
            assert half_way.words(f"tasks.{state}") == row.locator(".tag").inner_text(), domain.id
            assert half_way.words.count(len(domain.questions), "question") in row.inner_text()
            assert row.locator("a").get_attribute("aria-describedby") == row.locator(".tag").get_attribute("id")
        assert half_way.words("tasks.progress", completed=2, all=len(SECTIONS)) in half_way.text


def test_check_your_answers_counts_what_is_missing(half_way):
    for language in ("nl", "fr", "de", "en"):
        half_way.speak(language).at("/check")
        answers = half_way.page.locator("dl.answers").filter(has=half_way.page.locator('a[href*="/sections/"]'))
        values = answers.locator("dd:not(.change)").evaluate_all("all => all.map(one => one.firstChild.textContent.trim())")
        assert len(values) == 45
        assert values.count(half_way.words("check.none")) == half_way.missing
        assert half_way.words.count(half_way.missing, "check.open") in half_way.text


def test_a_half_answer_is_in_progress_and_not_completed(visit):
    """"Does not apply" without a reason is a draft (REL-16)."""
    anna = prepare(visit("en", scripts=False), level="standard")
    domain = SECTIONS[0]
    anna.at(f"/sections/{domain.id}")
    steps.fill_section(anna, domain, steps.steady("standard"))
    anna.choose(f"{next(q.id for q in domain.questions if not q.is_key)}.practice", "na")
    anna.press("save.later")
    assert anna.page.locator(".tasks .tag").first.inner_text() == anna.words("tasks.inProgress")


def test_continue_leads_to_the_first_section_that_is_not_complete(half_way):
    half_way.at().press("tasks.continue", number=1)
    assert half_way.path.endswith(f"/sections/{SECTIONS[0].id}")


def test_the_position_equals_the_place_in_the_list(half_way):
    """UX-15"""
    for place, domain in enumerate(SECTIONS):
        half_way.at(f"/sections/{domain.id}")
        assert half_way.words("section.position", number=place + 1, all=len(SECTIONS)) in half_way.text

"""The walk, part 4: assessing again, comparing, and deleting everything."""

import pytest

from browsing import figures, steps
from browsing.figures import rounded
from browsing.questionnaire import Answer, asked, scores, texts

pytestmark = pytest.mark.step
SECTIONS = list(asked("standard"))


def test_the_old_answers_are_filled_in(walk):
    visitor = walk.visitor.at("/submissions/1")
    visitor.press("result.againButton")
    visitor.inspect("tasks/with a result", typed=["Bakkerij"])
    assert walk.words("tasks.submission", reference=walk.reference, date=walk.words.date()) in visitor.text
    visitor.at(f"/sections/{SECTIONS[0].id}")
    for question in SECTIONS[0].questions:
        assert visitor.chosen(f"{question.id}.practice") == walk.answers[question.id].choice


def test_unchanged_answers_are_said_to_be_sent_already(walk):
    """UX-13"""
    visitor = walk.visitor.at("/check").inspect("check/already sent", typed=["Bakkerij"])
    assert walk.words("check.alreadySent", date=walk.words.date(), reference=walk.reference) in visitor.text


def test_a_second_result_stands_beside_the_first_with_the_change(walk):
    visitor = walk.visitor
    walk.better = dict(walk.answers)
    for question in SECTIONS[0].questions:
        walk.better[question.id] = Answer("5")
    visitor.at(f"/sections/{SECTIONS[0].id}")
    for question in SECTIONS[0].questions:
        steps.fill(visitor, question.id, Answer("5"))
    visitor.press("save.continue")
    visitor.at("/check").inspect("check/changed since", typed=["Bakkerij"])
    assert walk.words("check.sentBefore", date=walk.words.date(), reference=walk.reference) in visitor.text
    second = steps.confirm(visitor)
    assert second != walk.reference
    visitor.press("confirmation.see")
    visitor.inspect("result/second", typed=["Bakkerij"])
    walk.second = second


def test_the_change_is_the_difference_of_both_figures(walk):
    visitor = walk.visitor
    before, old_total = scores("standard", "62", walk.answers)
    after, new_total = scores("standard", "62", walk.better)
    table = figures.table(visitor, walk.words("result.table"))
    titles = texts(walk.language)["domains"]
    rows = {titles[domain]["title"]: (before[domain], after[domain]) for domain in after}
    for title, (old, new) in [*rows.items(), (walk.words("result.total"), (old_total, new_total))]:
        cells = [walk.words.figure(cell) for cell in table[title]]
        change = rounded(new - old)
        assert (cells[0], cells[2], cells[3]) == (rounded(new), rounded(old), change if change == "0.00" else "+" + change), title
    side_by_side = figures.table(visitor, walk.words("result.earlierTable"))
    assert [walk.words.figure(cell) for cell in side_by_side[walk.words("result.total")]] == [rounded(new_total), rounded(old_total)]
    assert walk.second in str(side_by_side) and walk.reference in str(side_by_side)
    for value, drawn in zip(before.values(), figures.radar(visitor, dots="rect.dot.before"), strict=True):
        assert abs(float(value) - drawn) < 0.02


def test_the_first_result_has_not_changed(walk):
    walk.visitor.at("/submissions/1")
    assert walk.words.figure(walk.visitor.page.locator(".verdict b").inner_text()) == rounded(scores("standard", "62", walk.answers)[1])


def test_deleting_asks_once_more(walk):
    visitor = walk.visitor.at()
    visitor.follow("tasks.delete")
    visitor.inspect("deletion")
    visitor.press("deletion.button")
    assert visitor.status == 422
    visitor.inspect("deletion/not sure")


def test_deleted_is_gone_for_good(walk):
    """SEC-28"""
    visitor = walk.visitor
    visitor.choose("sure", "yes")
    visitor.press("deletion.button")
    visitor.inspect("deleted")
    for place in ("", "/check", f"/sections/{SECTIONS[0].id}", "/submissions/1", "/submissions/1/result.json"):
        visitor.at(place)
        assert visitor.status == 403
        assert "Bakkerij" not in visitor.page.content() and walk.reference not in visitor.page.content()
    visitor.at().inspect("closed")
    visitor.go(f"/open/{visitor.link.rsplit('/', 1)[1]}").inspect("open/with a link")
    visitor.press("open.button")
    assert visitor.status == 403
    visitor.inspect("open/opens nothing")
    assert walk.words("open.wrong") in visitor.text

"""REL-13: the same form many times at once (a double click, a proxy that tries again) does its work once, and every copy
gets the same answer."""

import threading

from faulting.database import count, fields
from faulting.visitor import MARK, Assessment, Visitor

COPIES = 12


def all_at_once(visitor, form, changes=None):
    """Each copy's status and place, over connections of their own."""
    outcomes, start = [], threading.Barrier(COPIES)

    def send():
        copy = Visitor(visitor.service, visitor.language)
        copy.cookie = visitor.cookie
        start.wait(10)
        answer = copy.send(form, changes)
        outcomes.append((answer.status, answer.place))

    threads = [threading.Thread(target=send) for _ in range(COPIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(outcomes) == COPIES
    return set(outcomes)


def test_a_beginning_that_is_repeated_begins_once(serve, folder, injector):
    """REL-13: one assessment, and every copy leads to it, on a disk slow enough that all arrive before the first is done."""
    service = serve(folder / "data", injector=injector)
    visitor = Visitor(service)
    form = visitor.get("/en").form("level")
    injector.sync_delay = 100
    outcomes = all_at_once(visitor, form, {"level": "starter"})
    injector.sync_delay = 0
    assert {status for status, _ in outcomes} == {303} and len(outcomes) == 1, outcomes
    assert count(folder / "data", "assessment") == 1


def test_a_submission_that_is_repeated_is_made_once(serve, folder, injector):
    """REL-13: one row, one reference, at once and again after a restart."""
    data = folder / "data"
    service = serve(data, injector=injector)
    assessment = Assessment(Visitor(service))
    assessment.tell_facts()
    assessment.answer_everything()
    form = assessment.page("/check").form("revision")
    injector.sync_delay = 100
    outcomes = all_at_once(assessment.visitor, form)
    injector.sync_delay = 0
    assert len(outcomes) == 1 and {status for status, _ in outcomes} == {303}, outcomes
    service.kill()
    assessment.visitor.service = serve(data)
    again = assessment.visitor.send(form)
    assert {(again.status, again.place)} == outcomes
    assert count(data, "submission") == 1


def test_a_save_that_is_repeated_is_no_conflict(serve, folder, injector):
    """REL-13, REL-15: every copy gets 303, and the answer is there once."""
    data = folder / "data"
    assessment = Assessment(Visitor(serve(data, injector=injector)))
    form = assessment.form()
    injector.sync_delay = 100
    outcomes = all_at_once(assessment.visitor, form, {"GOV-1.note": MARK, "then": "later"})
    injector.sync_delay = 0
    assert len(outcomes) == 1 and {status for status, _ in outcomes} == {303}, outcomes
    assert fields(data, assessment.id)["GOV-1.note"] == MARK

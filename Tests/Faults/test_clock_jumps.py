"""REL-19: the machine's clock jumps; nobody is logged out wrongly, nothing typed is lost, and the service goes on."""

import time

from faulting.visitor import MARK, Assessment, Visitor

HOUR = 3_600


def test_jumps_of_the_clock_log_nobody_out_wrongly(serve, folder, injector):
    """REL-19: a day back, nineteen hours ahead, and back again: the same browser goes on and is answered at once."""
    service = serve(folder / "data", injector=injector)
    assessment = Assessment(Visitor(service))
    for number, jump in enumerate((0, -24 * HOUR, 0, 19 * HOUR, -24 * HOUR, 0)):
        injector.clock_offset = jump
        began = time.monotonic()
        assert assessment.save({"GOV-1.note": f"{MARK} {number}"}).status == 303
        assert assessment.form().fields["GOV-1.note"] == f"{MARK} {number}"
        assert time.monotonic() - began < 2
    assert len({line["time"][:13] for line in service.lines("request")}) >= 3, "the clock did not jump"
    assert service.stop() == 0


def test_a_clock_that_is_a_day_ahead_loses_nothing_that_was_typed(serve, folder, injector):
    """REL-19: the session counts as over then; the form comes back whole, and is saved once the clock is right again."""
    assessment = Assessment(Visitor(serve(folder / "data", injector=injector)))
    form = assessment.form()
    injector.clock_offset = 25 * HOUR
    answer = assessment.visitor.send(form, {"GOV-1.note": f"{MARK} typed"})
    assert answer.status == 403
    assert answer.form("link").fields["keep.GOV-1.note"] == f"{MARK} typed"
    injector.clock_offset = 0
    assert assessment.visitor.send(form, {"GOV-1.note": f"{MARK} typed", "then": "later"}).status == 303
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} typed"


def test_housekeeping_by_a_wrong_clock_deletes_no_answers(serve, folder, injector):
    """REL-19: started with a clock that is a year ahead, the service must not clear away what somebody answered."""
    data = folder / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    token = assessment.tell_facts()
    assert assessment.save({"GOV-1.note": f"{MARK} answered"}).status == 303
    assert service.stop() == 0
    injector.clock_offset = 365 * 24 * HOUR
    service = serve(data, injector=injector)
    visitor = assessment.visitor = Visitor(service)
    opened = visitor.send(visitor.get(f"/en/open/{token}").form("link"))
    assert opened.status == 303
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} answered"

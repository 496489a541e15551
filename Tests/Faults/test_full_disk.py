"""REL-12: a full disk. The data folder lies on a small file system of its own."""

import pytest
from faulting.database import count, fields, is_sound
from faulting.disks import fill, small_disk
from faulting.pages import assert_kept
from faulting.visitor import MARK, Assessment, Visitor
from faulting.words import word


@pytest.fixture
def disk(stack):
    return stack.enter_context(small_disk("2m"))


def test_a_save_on_a_full_disk_comes_back_as_typed_and_goes_through_once_there_is_room(serve, disk):
    """REL-12: 503 with everything typed, the process lives, and it recovers when space returns."""
    service = serve(disk / "data")
    visitor = Visitor(service, "fr")
    assessment = Assessment(visitor)
    assert assessment.save({"GOV-1.note": f"{MARK} avant"}).status == 303
    form = assessment.form()
    typed = {f"GOV-{number}.note": f"{MARK} {number} " + "é" * 3_900 for number in (1, 2)}
    filler = fill(disk)
    refused = visitor.send(form, typed)
    assert_kept(refused, typed, "fr")
    assert "diskFull" in service.lines("notSaved")[0]["cause"]
    assert visitor.get("/health/ready").status in (200, 503)
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} avant"
    filler.unlink()
    assert visitor.send(refused.form("shown"), {"then": "later"}).status == 303
    assert service.stop() == 0
    assert is_sound(disk / "data")
    stored = fields(disk / "data", assessment.id)
    assert {name: stored[name] for name in typed} == typed


def test_nothing_is_lost_when_the_disk_fills_up_save_by_save(serve, disk):
    """REL-12: saves until the disk is full by itself, then kill -9: everything that got 303 is there."""
    data = disk / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    (disk / "filler").write_bytes(bytes(1 << 20))
    acknowledged = 0
    for number in range(1, 400):
        notes = {f"GOV-{question}.note": f"{MARK} {number} " + "x" * 3_900 for question in (1, 2)}
        answer = assessment.save(notes)
        if answer.status != 303:
            break
        acknowledged = number
    assert answer.status == 503 and acknowledged > 3
    assert_kept(answer, notes)
    service.kill()
    (disk / "filler").unlink()
    assessment.visitor.service = serve(data)
    found = assessment.form().fields["GOV-1.note"].split()[1]
    assert found == str(acknowledged)
    assert is_sound(data)


def test_nothing_begins_on_a_full_disk(serve, disk):
    """REL-12: the start page's button: a page that says that nothing was saved; no assessment is there."""
    service = serve(disk / "data")
    visitor = Visitor(service, "nl")
    form = visitor.get("/nl").form("level")
    filler = fill(disk)
    answer = visitor.send(form, {"level": "starter"})
    assert answer.status == 503 and answer.language == "nl"
    assert word("unavailable.title", "nl") in answer.text and word("error.nothingSaved", "nl") in answer.text
    assert visitor.get("/nl").status == 200
    filler.unlink()
    assert count(disk / "data", "assessment") == 0
    assert visitor.send(form, {"level": "starter"}).status == 303


def test_nothing_is_submitted_on_a_full_disk(serve, disk):
    """REL-12: the last button: the page again, saying that it was not sent; the same form goes through later, once."""
    service = serve(disk / "data")
    assessment = Assessment(Visitor(service, "de"))
    assessment.tell_facts()
    assessment.answer_everything(note=MARK)
    form = assessment.page("/check").form("revision")
    filler = fill(disk)
    answer = assessment.visitor.send(form)
    assert answer.status == 503 and answer.language == "de"
    assert word("notSaved.title", "de") in answer.text
    assert count(disk / "data", "submission") == 0
    filler.unlink()
    assert assessment.visitor.send(form).status == 303
    assert assessment.visitor.send(form).status == 303
    assert count(disk / "data", "submission") == 1


def test_everything_can_be_deleted_on_a_full_disk_or_nothing_is(serve, disk):
    """SEC-28 meets REL-12: deleting needs a little room. Either it is done, or the page says that it is not."""
    service = serve(disk / "data")
    assessment = Assessment(Visitor(service))
    assessment.save({"GOV-1.note": f"{MARK} {'x' * 3_900}"})
    form = assessment.page("/deletion").form("sure")
    fill(disk)
    answer = assessment.visitor.send(form, {"sure": "yes"})
    assert answer.status in (303, 503)
    assert (assessment.page().status == 200) == (answer.status == 503)


def test_a_service_does_not_start_on_a_full_disk_and_harms_nothing(serve, program, disk):
    """REL-12: started on a full disk it says why and ends with 3, or serves; with room again, all answers are there."""
    service = serve(disk / "data")
    assessment = Assessment(Visitor(service))
    assert assessment.save({"GOV-1.note": f"{MARK} kept"}).status == 303
    service.kill()
    filler = fill(disk)
    code, said, _ = program.refused(disk / "data")
    assert code == 3 and str(disk / "data") in said and "No space left" in said
    filler.unlink()
    assessment.visitor.service = serve(disk / "data")
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} kept"

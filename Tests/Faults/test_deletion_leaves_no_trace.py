"""SEC-28: what was deleted is in no file of the data folder any more, at once and for good."""

import re
import sqlite3
import time

import pytest
from faulting.database import contents
from faulting.mail import mail_server, write_msmtprc
from faulting.visitor import MARK, Assessment, Visitor, remember

NOTE = f"{MARK} note that only this firm typed"
NAME = f"{MARK} & Zonen BV"
TYPED_NUMBER, NUMBER = "0403.227.515", "0403227515"


def traces(data, *more):
    """Which of the firm's own words are in which files."""
    words = [NOTE, NAME, TYPED_NUMBER, NUMBER, *more]
    return sorted({(name, word) for name, bytes_ in contents(data).items() for word in words if word.encode() in bytes_})


def filled(service, language="nl"):
    """An assessment with all that a firm can type, submitted twice, and its submission's reference."""
    assessment = Assessment(Visitor(service, language))
    assessment.token = assessment.tell_facts(name=NAME, number=TYPED_NUMBER)
    assessment.answer_everything(note=f"{NOTE} {'long ' * 600}")
    assessment.save({"GOV-2.practice": "na", "GOV-2.reason": f"{NOTE} reason"})
    assessment.hand_in()
    assessment.save({"GOV-1.note": f"{NOTE} changed"})
    submission = assessment.hand_in()
    assessment.reference = assessment.visitor.get(f"{submission}/confirmation").html.split("<strong>")[2].split("<")[0]
    return assessment


def delete(assessment):
    answer = assessment.visitor.send(assessment.page("/deletion").form("sure"), {"sure": "yes"})
    assert answer.status == 303 and answer.place == f"/{assessment.visitor.language}/deleted"
    return answer


def test_nothing_of_a_deleted_assessment_is_left_in_any_file(serve, folder):
    """SEC-28: notes, reasons, name, number as typed and as stored, the assessment's id and the reference: in no file of the
    folder while serving, after a stop, and after kill -9; a neighbour's answers stay."""
    data = folder / "data"
    service = serve(data)
    neighbour = Assessment(Visitor(service))
    neighbour.save({"GOV-1.note": "Nachtegaal stays"})
    assessment = filled(service)
    own = (assessment.id, assessment.reference)
    found = {word for _, word in traces(data, *own)}
    assert found == {NOTE, NAME, TYPED_NUMBER, NUMBER, *own}, "the search finds what is there"
    delete(assessment)
    assert traces(data, *own) == []
    assert neighbour.form().fields["GOV-1.note"] == "Nachtegaal stays"
    service.kill()
    assert traces(data, *own) == []
    neighbour.visitor.service = service = serve(data)
    assert neighbour.form().fields["GOV-1.note"] == "Nachtegaal stays"
    assert service.stop() == 0
    assert traces(data, *own) == []


def test_a_deleted_assessment_opens_to_nobody(serve, folder):
    """SEC-28: neither the browser that held it nor its private link."""
    service = serve(folder / "data")
    assessment = Assessment(Visitor(service))
    token = assessment.tell_facts(name=NAME)
    form = assessment.form()
    delete(assessment)
    for place in ("", "/facts", "/check", "/sections/GOV", "/link", "/deletion", "/submissions/1"):
        assert assessment.page(place).status == 403, place
    assert assessment.visitor.send(form, {"GOV-1.note": NOTE}).status == 403
    stranger = Visitor(service)
    page = stranger.get(f"/en/open/{token}")
    assert stranger.send(page.form("link")).status == 403
    assert traces(folder / "data") == []


def test_without_the_tick_nothing_is_deleted(serve, folder):
    """SEC-28: the page again, with its error, and everything is still there."""
    assessment = Assessment(Visitor(serve(folder / "data")))
    assessment.save({"GOV-1.note": NOTE})
    answer = assessment.visitor.send(assessment.page("/deletion").form("sure"))
    assert answer.status == 422
    assert assessment.form().fields["GOV-1.note"] == NOTE


@pytest.mark.seconds(90)
def test_a_deletion_during_a_backup_is_completed_once_the_backup_is_done(serve, folder):
    """SEC-28: a long reader keeps the WAL from being emptied. Once it has gone, ordinary use removes the traces without
    waiting for a restart."""
    data = folder / "data"
    service = serve(data)
    neighbour = Assessment(Visitor(service))
    assessment = Assessment(Visitor(service))
    assessment.save({"GOV-1.note": NOTE})
    reader = sqlite3.connect(f"file:{data / 'linchpin.sqlite'}?mode=ro", uri=True, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM field").fetchone()
    delete(assessment)
    assert assessment.page().status == 403
    reader.execute("COMMIT")
    reader.close()
    end = time.monotonic() + 15
    number = 0
    while traces(data) and time.monotonic() < end:
        number += 1
        assert neighbour.save({"GOV-1.note": f"Nachtegaal {number}"}).status == 303
        time.sleep(0.2)
    assert traces(data) == []


def test_nothing_of_a_deleted_account_is_left_in_any_file(serve, folder, stack):
    """SEC-28: address, name, password hash and the answers that nobody else can open: in no file of the folder while serving,
    after kill -9 and after a stop; the audit trail holds random numbers only."""
    data, password = folder / "data", "twelve quiet herons wade"
    remember(password)
    server = stack.enter_context(mail_server())
    settings = {"LINCHPIN_MAIL_PROGRAM": write_msmtprc(folder, server), "LINCHPIN_MAIL_FROM": "linchpin@test.example"}
    service = serve(data, settings=settings)
    ann = Visitor(service)
    ann.send(ann.get("/en/register").form("email"), {"email": f"{MARK}@anvil.example"})
    text = server.wait_for(1)[0].parsed.get_content()
    path, token = re.search(r"(/en/register/([\w-]{43}))", text).groups()
    remember(token)
    assert ann.send(ann.get(path).form("newPassword"), {"name": NAME, "newPassword": password}).status == 303
    assessment = Assessment(ann)
    assessment.save({"GOV-1.note": NOTE})
    own = (f"{MARK}@anvil.example", "$argon2", "192.0.2", "127.0.0.1")
    found = {word for _, word in traces(data, *own)}
    assert {NOTE, NAME, own[0], own[1], own[3]} <= found, "the search finds what is there"
    taken = ann.send(next(form for form in ann.get("/en/account").forms if form.action == "/en/account/export.json"), {})
    assert taken.status == 200 and NOTE in taken.html and own[0] in taken.html and "argon2" not in taken.html
    gone = ann.send(ann.get("/en/account/deletion").form("sure"), {"sure": "yes", "password": password})
    assert gone.status == 303 and gone.place == "/en/account/deleted", gone.text
    assert traces(data, *own) == []
    service.kill()
    assert traces(data, *own) == []
    again = serve(data, settings=settings)
    assert Visitor(again).get("/en").status == 200
    assert again.stop() == 0
    assert traces(data, *own) == []

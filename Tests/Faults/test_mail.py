"""NOT-1, NOT-2: mail goes out through msmtp, whatever the mail server does, and no page waits for it."""

import errno
import re
import shutil
import statistics
import time

import pytest
from faulting.database import copied
from faulting.mail import HANG, HANG_UP, mail_server, make_certificate, write_msmtprc
from faulting.visitor import MARK, Visitor, remember

PASSWORD = "twelve quiet herons wade"
remember(PASSWORD)
REFUSALS = {"450": "450 4.2.0 Try later", "550": "550 5.1.1 No such user"}


def settings(program):
    return {"LINCHPIN_MAIL_PROGRAM": program, "LINCHPIN_MAIL_FROM": "linchpin@test.example"}


def ask_for_account(service, email, language="en"):
    """The answer of the page that sends the link."""
    visitor = Visitor(service, language)
    return visitor.send(visitor.get(f"/{language}/register").form("email"), {"email": email})


def text(mail):
    return mail.parsed.get_content().replace("\r\n", "\n")


def link(mail):
    """The path of the link in a mail."""
    found = re.search(r"http://127\.0\.0\.1:\d+(/\w\w/\w+/([\w-]{43}))\n", text(mail))
    remember(found[2])
    return found[1]


def outbox(data):
    with copied(data) as connection:
        rows = connection.execute("SELECT attempts, next_at, failed_at, detail, email FROM outbox ORDER BY created_at").fetchall()
    return [dict(zip(("attempts", "next_at", "failed_at", "detail", "email"), row, strict=True)) for row in rows]


def wait_until(condition, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not happen in {seconds} s")


def test_an_account_is_made_by_a_link_in_a_real_mail(serve, folder, stack):
    """NOT-1, NOT-2: the mail is there within two seconds, has the headers that it must have, and its link makes the account."""
    server = stack.enter_context(mail_server())
    service = serve(folder / "data", settings=settings(write_msmtprc(folder, server)))
    visitor = Visitor(service, "nl")
    answer = visitor.send(visitor.get("/nl/register").form("email"), {"email": "ann@anvil.example"})
    asked = time.monotonic()
    assert answer.status == 200
    mail = server.wait_for(1)[0]
    assert time.monotonic() - asked < 2
    assert mail.receivers == ["ann@anvil.example"] and mail.sender == "linchpin@test.example"
    assert mail.parsed["Auto-Submitted"] == "auto-generated" and mail.parsed["Content-Language"] == "nl"
    assert mail.parsed["Message-ID"].endswith("@127.0.0.1>") and mail.parsed["Date"].datetime.tzinfo
    # The public address names the port that the service was asked for, 0 here: the path is what counts.
    page = visitor.get(link(mail))
    made = visitor.send(page.form("newPassword"), {"name": MARK, "newPassword": PASSWORD})
    assert made.status == 303 and made.place == "/nl/account", made.text
    assert "ann@anvil.example" in visitor.get("/nl/account").text
    assert visitor.get(page.form("newPassword").action).status == 410
    assert outbox(service.data) == []
    assert [line["cause"] for line in service.lines("mail")] == ["register: sent"]


@pytest.mark.seconds(150)
def test_mail_waits_while_the_server_is_down_or_refuses_for_now_also_over_a_restart(serve, folder, stack):
    """NOT-1: a server that is down, then says 450: tried again a minute later, by the next process, with the same Message-ID."""
    server = stack.enter_context(mail_server())
    program = write_msmtprc(folder, server)
    server.stop()
    service = serve(folder / "data", settings=settings(program))
    assert ask_for_account(service, "down@anvil.example").status == 200
    wait_until(lambda: [mail["attempts"] for mail in outbox(service.data)] == [1])
    server.orders["RCPT"] = REFUSALS["450"]
    server.start()
    assert ask_for_account(service, "later@anvil.example").status == 200
    wait_until(lambda: [mail["attempts"] for mail in outbox(service.data)] == [1, 1])
    waiting = outbox(service.data)
    assert all(mail["failed_at"] is None and mail["email"] not in mail["detail"] for mail in waiting)
    assert "450" in waiting[1]["detail"]
    assert service.stop() == 0
    del server.orders["RCPT"]
    again = serve(folder / "data", settings=settings(program))
    mails = server.wait_for(2, seconds=90)
    assert time.time() * 1_000 >= waiting[1]["next_at"]
    assert sorted(mail.receivers[0] for mail in mails) == ["down@anvil.example", "later@anvil.example"]
    wait_until(lambda: outbox(again.data) == [])
    assert Visitor(again).get(link(mails[0])).status == 200


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "message"])
def test_a_550_is_final_recorded_and_not_tried_again(serve, folder, stack, step):
    """NOT-2: 5xx recorded and shown; the log names neither the address nor what the server said."""
    server = stack.enter_context(mail_server(orders={step: REFUSALS["550"]}))
    service = serve(folder / "data", settings=settings(write_msmtprc(folder, server)))
    assert ask_for_account(service, f"{MARK}@anvil.example").status == 200
    wait_until(lambda: [mail["failed_at"] is not None for mail in outbox(service.data)] == [True])
    failed = outbox(service.data)[0]
    assert failed["next_at"] is None and failed["attempts"] == 1 and "550" in failed["detail"]
    assert failed["email"] not in failed["detail"]
    connections = server.connections
    time.sleep(3)
    assert server.connections == connections and server.mails == []
    assert "anvil" not in service.log and "No such user" not in service.log
    assert [line["cause"] for line in service.lines("mail")] == ["register: failed for good"]


@pytest.mark.parametrize("step", ["connection", "message"])
def test_pages_stay_fast_while_the_server_hangs_and_a_stop_does_not_wait_for_it(serve, folder, stack, step):
    """NOT-1, NOT-2: a server that answers nothing for a minute; REL-17: SIGTERM ends the service in time; the message is not lost."""
    server = stack.enter_context(mail_server(orders={step: HANG}))
    program = write_msmtprc(folder, server, seconds=60)
    service = serve(folder / "data", settings=settings(program))
    for number in range(3):
        assert ask_for_account(service, f"p{number}@anvil.example").status == 200
    wait_until(lambda: server.connections >= 2)
    visitor = Visitor(service)
    times = []
    for _ in range(60):
        began = time.monotonic()
        assert visitor.get("/en").status == 200
        times.append(time.monotonic() - began)
    assert statistics.median(times) < 0.1 and max(times) < 1
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 10
    assert [mail["attempts"] for mail in outbox(service.data)] == [0, 0, 0]
    server.orders.clear()
    server.mails.clear()
    again = serve(folder / "data", settings=settings(program))
    assert {mail.receivers[0] for mail in server.wait_for(3)} == {f"p{number}@anvil.example" for number in range(3)}
    assert again.is_running


def test_a_server_that_hangs_up_is_tried_again_later(serve, folder, stack):
    """NOT-1: the connection breaks after the text."""
    server = stack.enter_context(mail_server(orders={"message": HANG_UP}))
    service = serve(folder / "data", settings=settings(write_msmtprc(folder, server)))
    assert ask_for_account(service, "ann@anvil.example").status == 200
    wait_until(lambda: [(mail["attempts"], mail["failed_at"]) for mail in outbox(service.data)] == [(1, None)])


def test_nothing_goes_out_unprotected_where_starttls_is_demanded(serve, folder, stack):
    """NOT-2: no STARTTLS, no mail, and no part of one; it waits. With STARTTLS it goes out."""
    certificate, trust = make_certificate(folder)
    server = stack.enter_context(mail_server())
    program = write_msmtprc(folder, server, trust=trust)
    service = serve(folder / "data", settings=settings(program))
    assert ask_for_account(service, "plain@anvil.example").status == 200
    wait_until(lambda: [(mail["attempts"], mail["failed_at"]) for mail in outbox(service.data)] == [(1, None)])
    assert server.mails == []
    server.certificate = certificate
    assert ask_for_account(service, "safe@anvil.example").status == 200
    assert server.wait_for(1)[0].receivers == ["safe@anvil.example"]


@pytest.mark.parametrize("email", [
    "ann@anvil.example\r\nBcc: all@evil.example", "ann@anvil.example\nSubject: x", "ann@anvil.example,all@evil.example",
    "\"ann\r\n\"@anvil.example", "ann@anvil.example\rBcc: all@evil.example", "ann@anvil.example%0d%0aBcc: all@evil.example",
])
def test_an_address_with_a_second_header_in_it_gets_no_mail(serve, folder, stack, email):
    """NOT-2: refused at the form; nothing reaches the mail server."""
    server = stack.enter_context(mail_server())
    service = serve(folder / "data", settings=settings(write_msmtprc(folder, server)))
    assert ask_for_account(service, email).status == 422
    assert ask_for_account(service, "bob@anvil.example").status == 200
    assert [mail.receivers for mail in server.wait_for(1)] == [["bob@anvil.example"]]


def test_an_address_that_looks_like_an_option_is_only_an_address(serve, folder, stack):
    """NOT-2: legal, if odd; msmtp gets it behind `--`."""
    server = stack.enter_context(mail_server())
    service = serve(folder / "data", settings=settings(write_msmtprc(folder, server)))
    assert ask_for_account(service, "--file=/etc/passwd@anvil.example").status == 200
    assert server.wait_for(1)[0].receivers == ["--file=/etc/passwd@anvil.example"]


def test_a_name_with_line_breaks_in_it_becomes_none_and_no_header(serve, folder, stack):
    """NOT-2: CRLF in a person's name: the form refuses it or makes it one line; every mail keeps its headers."""
    server = stack.enter_context(mail_server())
    service = serve(folder / "data", settings=settings(write_msmtprc(folder, server)))
    visitor = Visitor(service)
    visitor.send(visitor.get("/en/register").form("email"), {"email": "ann@anvil.example"})
    form = visitor.get(link(server.wait_for(1)[0])).form("newPassword")
    evil = f"{MARK}\r\nBcc: all@evil.example\r\n\r\nBuy this"
    made = visitor.send(form, {"name": evil, "newPassword": PASSWORD})
    if made.status == 422:
        made = visitor.send(form, {"name": MARK, "newPassword": PASSWORD})
    assert made.status == 303
    # A change of the password is told by mail.
    new = f"{PASSWORD} at dawn"
    changed = visitor.send(visitor.get("/en/account/password").form("newPassword"), {"password": PASSWORD, "newPassword": new})
    assert changed.status == 303, changed.text
    for mail in server.wait_for(2):
        assert mail.receivers == ["ann@anvil.example"]
        assert "Bcc" not in mail.parsed and len(mail.parsed.keys()) == len(set(mail.parsed.keys()))
        assert "Buy this" not in text(mail)


def test_a_service_that_dies_between_handing_over_and_noting_it_sends_again_with_the_same_id(serve, folder, stack):
    """NOT-1: at least once, with a stable Message-ID: the receiver can tell the repetition."""
    server = stack.enter_context(mail_server())
    msmtp = write_msmtprc(folder, server)
    program = folder / "deadly"
    program.write_text(f"#!/bin/sh\n{msmtp} \"$@\" || exit\nif rm '{folder}/die'; then kill -9 $PPID; fi\n")
    program.chmod(0o700)
    (folder / "die").touch()
    service = serve(folder / "data", settings=settings(str(program)))
    assert ask_for_account(service, "ann@anvil.example").status == 200
    wait_until(lambda: not service.is_running)
    assert service.process.returncode == -9
    first = server.wait_for(1)[0]
    again = serve(folder / "data", settings=settings(str(program)))
    mails = server.wait_for(2)
    assert mails[1].parsed["Message-ID"] == first.parsed["Message-ID"] and link(mails[1]) == link(first)
    wait_until(lambda: outbox(again.data) == [])
    time.sleep(2)
    assert len(server.mails) == 2


def test_a_program_that_is_gone_while_the_service_runs_only_delays_the_mail(serve, folder, stack):
    """NOT-1: an update of msmtp, for example."""
    server = stack.enter_context(mail_server())
    program = folder / "mailer"
    shutil.copy(shutil.which("true"), program)
    service = serve(folder / "data", settings=settings(str(program)))
    program.unlink()
    assert ask_for_account(service, "ann@anvil.example").status == 200
    wait_until(lambda: [(mail["attempts"], mail["failed_at"]) for mail in outbox(service.data)] == [(1, None)])
    assert service.is_running and server.mails == []


def test_mail_that_goes_out_while_the_disk_is_broken_goes_out_once(serve, folder, injector, stack):
    """NOT-1: the note that it was sent cannot be saved: it is not sent again and again meanwhile."""
    server = stack.enter_context(mail_server())
    msmtp = write_msmtprc(folder, server)
    program = folder / "slow"
    program.write_text(f"#!/bin/sh\n{msmtp} \"$@\" || exit\nsleep 2\n")
    program.chmod(0o700)
    service = serve(folder / "data", settings=settings(str(program)), injector=injector)
    assert ask_for_account(service, "ann@anvil.example").status == 200
    server.wait_for(1)
    injector.sync_error = errno.EIO
    wait_until(lambda: any("mailRoom" in line["event"] for line in service.lines()))
    time.sleep(4)
    injector.heal()
    wait_until(lambda: outbox(service.data) == [], seconds=25)
    assert len(server.mails) == 1

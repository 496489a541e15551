"""REL-17: SIGTERM ends the service within ten seconds; what was accepted is answered, what was answered is kept."""

import http.client
import signal
import socket
import threading
import time
import urllib.parse

import pytest
from faulting.database import count, fields, is_sound
from faulting.raw import connect, post_head, receive
from faulting.visitor import MARK, Assessment, Visitor


def test_saves_under_way_are_finished_and_kept(serve, folder, injector):
    """REL-17: sixteen saves wait for a slow disk when SIGTERM comes: each gets its 303, exit 0, and each is on disk."""
    data = folder / "data"
    service = serve(data, injector=injector)
    assessments = [Assessment(Visitor(service)) for _ in range(16)]
    forms = [assessment.form() for assessment in assessments]
    outcomes = [None] * 16

    def save(index):
        try:
            answer = assessments[index].visitor.send(forms[index], {"GOV-1.note": f"{MARK} {index}", "then": "later"})
            outcomes[index] = answer.status
        except (OSError, http.client.HTTPException) as error:
            outcomes[index] = error

    injector.sync_delay = 700
    threads = [threading.Thread(target=save, args=(index,)) for index in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    assert service.stop() == 0
    for thread in threads:
        thread.join(5)
    assert outcomes == [303] * 16
    assert is_sound(data)
    for index, assessment in enumerate(assessments):
        assert fields(data, assessment.id)["GOV-1.note"] == f"{MARK} {index}"


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_under_load_loses_nothing_and_resets_no_accepted_request(serve, folder, by):
    """REL-17: eight visitors save without pause: exit 0, the WAL is in the database, every 303 is on disk, and every
    request that was sent before the signal is answered."""
    data = folder / "data"
    service = serve(data)
    assessments = [Assessment(Visitor(service)) for _ in range(8)]
    acknowledged, sent, broken = [0] * 8, [0.0] * 8, [None] * 8

    def keep_saving(index):
        assessment = assessments[index]
        number = 0
        try:
            while True:
                form = assessment.form()
                number += 1
                sent[index] = time.monotonic()
                status = assessment.visitor.send(form, {"GOV-1.note": f"{MARK} {number}", "then": "later"}).status
                if status != 303:
                    broken[index] = status
                    return
                acknowledged[index] = number
                sent[index] = float("inf")
        except (OSError, http.client.HTTPException):
            return

    threads = [threading.Thread(target=keep_saving, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    signalled = time.monotonic()
    assert service.stop(by=by) == 0
    assert time.monotonic() - signalled < 10
    for thread in threads:
        thread.join(5)
    assert min(acknowledged) > 3
    assert set(broken) <= {None, 503}
    # A request that left within the last moment before the signal may not have arrived.
    assert [index for index in range(8) if sent[index] < signalled - 0.1] == []
    assert is_sound(data)
    assert not (data / "linchpin.sqlite-wal").exists() or (data / "linchpin.sqlite-wal").stat().st_size == 0
    for assessment, number in zip(assessments, acknowledged):
        assert int(fields(data, assessment.id)["GOV-1.note"].split()[1]) in (number, number + 1)


def test_idle_connections_do_not_hold_up_a_stop(serve, folder):
    """REL-17: thirty browsers keep a connection open, as all browsers do: exit 0 at once."""
    service = serve(folder / "data")
    connections = []
    for _ in range(30):
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=5)
        connection.request("GET", "/en/help")
        assert connection.getresponse().read()
        connections.append(connection)
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 3
    for connection in connections:
        connection.close()


def test_connections_that_never_asked_do_not_hold_up_a_stop(serve, folder):
    """REL-17: open sockets without a request, and with half a request line."""
    service = serve(folder / "data")
    connections = [connect(service.port) for _ in range(10)]
    for connection in connections[5:]:
        connection.sendall(b"GET /en HT")
    time.sleep(0.2)
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 10.5
    for connection in connections:
        connection.close()


def test_a_form_that_arrives_slowly_is_still_saved_during_a_stop(serve, folder):
    """REL-17: half of the body is there when SIGTERM comes, the rest a second later: the save is answered and on disk."""
    data = folder / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    form = assessment.form()
    body = urllib.parse.urlencode({**form.fields, "GOV-1.note": f"{MARK} slow", "then": "later"}).encode()
    with connect(service.port, 10) as connection:
        connection.sendall(post_head(assessment.visitor, form.action, len(body)) + body[:len(body) // 2])
        time.sleep(0.3)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        connection.sendall(body[len(body) // 2:])
        received, _ = receive(connection)
    assert received.startswith(b"HTTP/1.1 303 ")
    assert service.process.wait(12) == 0
    assert fields(data, assessment.id)["GOV-1.note"] == f"{MARK} slow"


def test_a_form_that_never_ends_does_not_hold_up_a_stop(serve, folder):
    """REL-17: half of a body and then silence: exit 0 within ten seconds, nothing of it saved."""
    data = folder / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    form = assessment.form()
    body = urllib.parse.urlencode({**form.fields, "GOV-1.note": f"{MARK} cut"}).encode()
    with connect(service.port, 20) as connection:
        connection.sendall(post_head(assessment.visitor, form.action, len(body)) + body[:len(body) // 2])
        time.sleep(0.3)
        began = time.monotonic()
        code = service.stop(20)
        took = time.monotonic() - began
    assert took < 11.5, f"it took {took:.1f} s"
    assert code == 0, f"exit {code}: {service.errors}"
    assert "GOV-1.note" not in fields(data, assessment.id)
    assert is_sound(data)


def test_a_form_that_is_cut_off_is_not_saved(serve, folder):
    """REL-16: the network drops in the middle of a post: nothing of it is saved, and the service goes on."""
    data = folder / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    form = assessment.form()
    body = urllib.parse.urlencode({"proof": form.fields["proof"], "GOV-1.note": f"{MARK} cut", "GOV-2.note": "x" * 20_000}).encode()
    for share in (0.01, 0.5, 0.99):
        with connect(service.port) as connection:
            connection.sendall(post_head(assessment.visitor, form.action, len(body)) + body[:int(len(body) * share)])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    time.sleep(0.3)
    assert assessment.form().fields["GOV-1.note"] == ""
    assert assessment.save({"GOV-1.note": f"{MARK} whole"}).status == 303


def test_nothing_new_is_taken_in_during_a_stop(serve, folder, injector):
    """REL-17: while a save waits for a slow disk after SIGTERM, new connections are refused, and the folder is still locked."""
    data = folder / "data"
    service = serve(data, injector=injector)
    assessment = Assessment(Visitor(service))
    form = assessment.form()
    injector.sync_delay = 3_000
    thread = threading.Thread(target=lambda: assessment.visitor.send(form, {"GOV-1.note": MARK, "then": "later"}))
    thread.start()
    time.sleep(0.3)
    service.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    with pytest.raises(OSError):
        answer = Visitor(service, seconds=2).ask("GET", "/en")
        raise AssertionError(f"answered {answer.status}")
    code, said, _ = service.program.refused(data)
    assert code == 3 and "in use" in said
    injector.sync_delay = 0
    thread.join(10)
    assert service.process.wait(10) == 0
    assert count(data, "assessment") == 1

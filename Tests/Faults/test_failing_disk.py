"""REL-12: when the disk refuses, nothing is acknowledged, nothing typed is lost, and the service goes on afterwards."""

import errno
import resource
import socket
import sqlite3
import subprocess
import sys
import threading

import pytest
from faulting.database import count, fields, is_sound
from faulting.pages import assert_kept
from faulting.visitor import MARK, Assessment, Visitor
from faulting.words import word

#: What to break, and what the log says of it.
FAULTS = {
    "fsync gives EIO": ({"sync_error": errno.EIO}, "I/O error"),
    "writing gives EIO": ({"write_error": errno.EIO}, "I/O error"),
    "writing gives ENOSPC": ({"write_error": errno.ENOSPC}, "diskFull"),
    "writing gives EDQUOT": ({"write_error": errno.EDQUOT}, "I/O error"),
    "the third call gives EIO": ({"write_error": errno.EIO, "sync_error": errno.EIO, "passing": 2}, "I/O error"),
}


def insert(injector, file, synchronous):
    """A foreign program that saves one row under the same faults; whether it says that it did."""
    script = (
        "import sqlite3, sys\n"
        "file = sqlite3.connect(sys.argv[1])\n"
        f"file.execute('PRAGMA synchronous = {synchronous}')\n"
        "file.execute('INSERT INTO t VALUES (1)')\n"
        "file.commit()\n")
    outcome = subprocess.run(
        [sys.executable, "-c", script, file], env=injector.environment, capture_output=True, text=True, timeout=20, check=False)
    assert outcome.returncode == 0 or "disk I/O error" in outcome.stderr
    return outcome.returncode == 0


def test_the_injected_fault_is_seen_by_whoever_waits_for_the_disk_and_by_nobody_else(injector, folder):
    """REL-12, the control of the tests below: under the same failing fsync a program that syncs is refused, one that
    does not sync is told "saved"; without the fault both are told "saved"."""
    file = folder / "control.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert insert(injector, file, "FULL") and insert(injector, file, "OFF")
    assert injector.failures == 0 and injector.syncs > 0
    injector.sync_error = errno.EIO
    assert not insert(injector, file, "FULL")
    assert injector.failures > 0
    assert insert(injector, file, "OFF")


def test_every_save_waits_for_the_disk(serve, folder, injector):
    """REL-2: saves one after another, each with a sync of its own before it is answered."""
    assessment = Assessment(Visitor(serve(folder / "data", injector=injector)))
    for number in range(5):
        before = injector.syncs
        assert assessment.save({"GOV-1.note": f"{MARK} {number}"}).status == 303
        assert injector.syncs > before


@pytest.mark.parametrize(("fault", "cause"), FAULTS.values(), ids=FAULTS.keys())
def test_a_save_that_the_disk_refuses_is_not_acknowledged_and_keeps_what_was_typed(serve, folder, injector, fault, cause):
    """REL-12: 503 with the typed text and the truth, one line in the log with the cause, and all is well afterwards."""
    data = folder / "data"
    service = serve(data, injector=injector)
    visitor = Visitor(service, "nl")
    assessment = Assessment(visitor)
    assert assessment.save({"GOV-1.note": f"{MARK} before"}).status == 303
    form = assessment.form()
    typed = {"GOV-1.note": f"{MARK} <during> & “after”\n\nà la carte", "GOV-2.practice": "4"}
    for name, value in fault.items():
        setattr(injector, name, value)
    refused = visitor.send(form, typed)
    assert_kept(refused, typed, "nl")
    assert injector.failures > 0
    assert visitor.get("/health/ready").status == 503 and visitor.get("/health").status == 200
    lines = service.lines("notSaved")
    assert len(lines) == 1 and cause in lines[0]["cause"]
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} before"

    injector.heal()
    again = visitor.send(refused.form("shown"), {"then": "later"})
    assert again.status == 303
    kept = assessment.form().fields
    assert {name: kept[name] for name in typed} == typed
    assert visitor.get("/health/ready").status == 200
    assert service.stop() == 0
    assert is_sound(data)
    assert fields(data, assessment.id)["GOV-1.note"] == typed["GOV-1.note"]


def test_what_was_refused_is_not_there_after_a_stop(serve, folder, injector):
    """REL-12: "nothing was saved" is still true when the service has been stopped in good order."""
    data = folder / "data"
    service = serve(data, injector=injector)
    assessment = Assessment(Visitor(service))
    form = assessment.form()
    injector.sync_error = errno.EIO
    assert assessment.visitor.send(form, {"GOV-1.note": f"{MARK} refused"}).status == 503
    injector.heal()
    assert service.stop() == 0
    assert "GOV-1.note" not in fields(data, assessment.id)


def test_facts_that_the_disk_refuses_come_back_as_typed(serve, folder, injector):
    """REL-12: the same for the page about the firm."""
    assessment = Assessment(Visitor(serve(folder / "data", injector=injector), "fr"))
    form = assessment.page("/facts").form("firm.level")
    typed = {"firm.name": f"{MARK} SRL", "firm.number": "0403 227 515", "firm.sector": "20"}
    injector.sync_error = errno.EIO
    refused = assessment.visitor.send(form, {**typed, "then": "continue"})
    assert_kept(refused, typed, "fr")


def test_facts_that_were_saved_before_the_disk_failed_are_not_called_unsaved(serve, folder, injector):
    """UX-17: the first visit of the facts page writes twice (the facts, the private link). When the second write fails,
    the page must not say that nothing was saved."""
    assessment = Assessment(Visitor(serve(folder / "data", injector=injector)))
    form = assessment.page("/facts").form("firm.level")
    facts = {
        "firm.name": f"{MARK} BV", "firm.sector": "62", "firm.size": form.choices["firm.size"][0],
        "firm.region": form.choices["firm.region"][1], "then": "continue",
    }
    injector.sync_error, injector.passing = errno.EIO, 1
    answer = assessment.visitor.send(form, facts)
    injector.heal()
    is_saved = assessment.page("/facts").form("firm.level").fields["firm.name"] == facts["firm.name"]
    says_unsaved = word("error.nothingSaved") in answer.text or word("notSaved.title") in answer.text
    assert answer.status in (303, 503)
    assert not (is_saved and says_unsaved), answer.text


@pytest.mark.parametrize("step", ["begin", "submit", "delete", "link"])
def test_no_other_step_is_acknowledged_either(serve, folder, injector, step):
    """REL-12: beginning, submitting, deleting and withdrawing the link: a page that says that it did not happen, and it did not."""
    data = folder / "data"
    service = serve(data, injector=injector)
    visitor = Visitor(service, "de")
    assessment = Assessment(visitor)
    if step == "begin":
        form, changes = visitor.get("/de").form("level"), {"level": "standard"}
    elif step == "submit":
        assessment.tell_facts()
        assessment.answer_everything()
        form, changes = assessment.page("/check").form("revision"), {}
    elif step == "delete":
        form, changes = assessment.page("/deletion").form("sure"), {"sure": "yes"}
    else:
        assessment.tell_facts()
        form, changes = assessment.page("/link").form("proof"), {"then": "kept"}
    before = [count(data, table) for table in ("assessment", "submission", "access")]
    injector.sync_error = errno.EIO
    answer = visitor.send(form, changes)
    assert answer.status == 503
    assert answer.language == "de"
    assert word("error.nothingSaved", "de") in answer.text or word("notSaved.title", "de") in answer.text
    injector.heal()
    assert visitor.get(assessment.path()).status == 200
    assert visitor.send(form, changes).status == 303
    after = [count(data, table) for table in ("assessment", "submission", "access")]
    difference = {"begin": [1, 0, 1], "submit": [0, 1, 0], "delete": [-1, 0, -1], "link": [0, 0, 0]}[step]
    assert [new - old for old, new in zip(before, after)] == difference


def test_a_form_that_comes_back_after_the_session_ended_survives_a_failing_disk(serve, folder, injector):
    """REL-12, UX-24: the session is over, the visitor gives her private link, and just then the disk fails:
    what she typed is still on the page."""
    service = serve(folder / "data", injector=injector)
    assessment = Assessment(Visitor(service))
    token = assessment.tell_facts()
    form = assessment.form()
    stranger = Visitor(service)
    stranger.get("/en")
    kept = stranger.send(form, {"GOV-1.note": f"{MARK} typed"}).form("link")
    assert kept.fields["keep.GOV-1.note"] == f"{MARK} typed"
    injector.sync_error = errno.EIO
    refused = stranger.send(kept, {"link": token})
    assert refused.status == 503
    assert any(form.fields.get("keep.GOV-1.note") == f"{MARK} typed" for form in refused.forms), refused.text


def test_a_disk_that_cannot_be_read_gives_a_page_and_not_the_end(serve, folder, injector):
    """REL-12: the same for reading: 503, a line with the cause, and all is well afterwards."""
    service = serve(folder / "data", injector=injector)
    assessment = Assessment(Visitor(service, "nl"))
    form = assessment.form()
    for number in range(12):
        Assessment(Visitor(service)).save({"GOV-1.note": f"{MARK} {number} {'x' * 3_900}"})
    injector.read_error = errno.EIO
    looks = [assessment.page(), assessment.page("/check")]
    saved = assessment.visitor.send(form, {"GOV-1.note": MARK, "then": "later"})
    assert [answer.status for answer in (*looks, saved)] == [503] * 3
    assert {answer.language for answer in (*looks, saved)} == {"nl"}
    assert word("error.nothingSaved", "nl") in saved.text
    assert len(service.lines("store")) == 3 and all(line["cause"] for line in service.lines("store"))
    injector.heal()
    assert assessment.form().fields["GOV-1.note"] == ""
    assert assessment.save({"GOV-2.note": f"{MARK} afterwards"}).status == 303


def test_a_disk_that_fails_now_and_then_never_tells_a_lie(serve, folder, injector):
    """REL-12: eight visitors at once while syncs fail at times: what got 303 is there, what got 503 is not."""
    data = folder / "data"
    service = serve(data, injector=injector)
    assessments = [Assessment(Visitor(service)) for _ in range(8)]
    outcomes = [[] for _ in assessments]

    def type_notes(assessment, outcome):
        for number in range(20):
            form = assessment.form()
            answer = assessment.visitor.send(form, {"GOV-1.note": f"{MARK} {number}", "then": "later"})
            outcome.append((number, answer.status, assessment.form().fields["GOV-1.note"]))

    threads = [threading.Thread(target=type_notes, args=pair) for pair in zip(assessments, outcomes)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        injector.sync_error, injector.passing = errno.EIO, 3
        threads[0].join(0.02)
        injector.sync_error = 0
        threads[0].join(0.02)
    statuses = set()
    for outcome in outcomes:
        assert len(outcome) == 20
        expected = ""
        for number, status, found in outcome:
            statuses.add(status)
            expected = f"{MARK} {number}" if status == 303 else expected
            assert found == expected
    assert statuses == {303, 503}
    injector.heal()
    assert service.stop() == 0
    assert is_sound(data)


def test_a_fault_during_recovery_changes_nothing_and_the_next_start_has_everything(serve, program, folder, injector):
    """REL-21: killed with answers in the WAL; the next start meets an I/O error and refuses; the one after has all."""
    data = folder / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    assert assessment.save({"GOV-1.note": f"{MARK} kept"}).status == 303
    service.kill()
    injector.write_error = injector.sync_error = errno.EIO
    outcome = program.run("serve", "--data", data, "--port", "0", injector=injector)
    assert outcome.returncode == 3
    assert str(data) in outcome.stderr and len(outcome.stderr.splitlines()) == 1
    assessment.visitor.service = serve(data)
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} kept"


def test_running_out_of_file_descriptors_stops_nothing(serve, folder):
    """REL-12: with more connections than descriptors (EMFILE) the process lives on, and serves when they are gone."""
    service = serve(folder / "data", limit=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
    assessment = Assessment(Visitor(service))
    sockets = []
    for _ in range(120):
        connection = socket.create_connection(("127.0.0.1", service.port), timeout=5)
        connection.sendall(b"GET /en HTTP/1.1\r\n")
        sockets.append(connection)
    assert service.is_running
    for connection in sockets:
        connection.close()
    assert assessment.save({"GOV-1.note": f"{MARK} afterwards"}).status == 303
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} afterwards"

"""`linchpin audit verify` and the marks in the log: a trail that was changed, cut off or written anew is found (SEC-18)."""

import contextlib
import re
import shutil
import sqlite3

import pytest
from faulting.database import contents

FREE = "DROP TRIGGER audit_never_changes; DROP TRIGGER audit_never_goes; "


def verify(program, data, *options):
    return program.run("audit", "verify", "--data", data, *options)


def sound(program, data, *options):
    """How many rows, and the mark of the last."""
    outcome = verify(program, data, *options)
    assert outcome.returncode == 0 and outcome.stderr == "", outcome
    found = re.fullmatch(r"(\d+) rows?, none changed or removed\n((\d+):[0-9a-f]{64})\n", outcome.stdout)
    assert found and found[1] == found[3], outcome
    return int(found[1]), found[2]


def broken(program, data, *options):
    """What it says where it is not."""
    outcome = verify(program, data, *options)
    assert outcome.returncode == 1 and outcome.stdout == "", outcome
    return outcome.stderr


@pytest.fixture(scope="module")
def trail_once(program, tmp_path_factory):
    """A folder with eight rows."""
    data = tmp_path_factory.mktemp("trail") / "data"
    for number in range(4):
        assert program.run("user", "add", "--analyst", f"p{number}@staff.example", "--data", data).returncode == 0
        assert program.run("user", "disable", f"p{number}@staff.example", "--data", data).returncode == 0
    return data


@pytest.fixture
def trail(trail_once, folder):
    """A copy of it, to spoil."""
    return shutil.copytree(trail_once, folder / "trail")


def spoil(data, sql):
    with contextlib.closing(sqlite3.connect(data / "linchpin.sqlite")) as connection:
        connection.executescript(FREE + sql)


def test_a_trail_is_followed_while_the_service_runs_and_while_it_does_not(serve, program, trail):
    """The service writes on meanwhile; its log has the mark of the beginning and of the end."""
    rows, mark = sound(program, trail)
    assert rows == 8
    service = serve(trail)
    assert sound(program, trail) == (8, mark)
    assert program.run("user", "enable", "p1@staff.example", "--data", trail).returncode == 0
    rows, later = sound(program, trail, "--expect", mark)
    assert rows == 9 and later != mark
    assert service.stop() == 0
    assert [line["cause"] for line in service.lines("audit")] == [mark, later]
    assert sound(program, trail, "--expect", later) == (9, later)


def test_a_service_without_rows_logs_no_mark(serve, program, folder):
    data = folder / "data"
    service = serve(data)
    outcome = verify(program, data)
    assert (outcome.returncode, outcome.stdout) == (0, "the audit trail has no rows yet\n")
    assert service.stop() == 0
    assert service.lines("audit") == []


def test_looking_changes_nothing(program, trail):
    before = contents(trail)
    sound(program, trail)
    after = contents(trail)
    companions = {"linchpin.sqlite-shm", "linchpin.sqlite-wal"}
    assert {name: after[name] for name in after if name not in companions} == before
    assert not after.get("linchpin.sqlite-wal")


@pytest.mark.parametrize("sql", [
    "UPDATE audit SET actor = 'nobody' WHERE number = 5", "UPDATE audit SET at = at - 1 WHERE number = 5",
    "DELETE FROM audit WHERE number = 5", "DELETE FROM audit WHERE number = 5; UPDATE audit SET number = number - 1 WHERE number > 5",
    "INSERT INTO audit_origin VALUES (5, '', '192.0.2.1')",
])
def test_a_changed_trail_is_found_with_its_first_wrong_row(program, trail, sql):
    spoil(trail, sql)
    assert "row 5 of the audit trail is not as it was written" in broken(program, trail)


def test_a_tail_that_was_cut_off_shows_against_a_mark(program, trail):
    _, mark = sound(program, trail)
    spoil(trail, "DELETE FROM audit WHERE number > 6")
    assert sound(program, trail)[0] == 6
    assert "ends at row 6, but row 8 is expected" in broken(program, trail, "--expect", mark)


def test_a_trail_that_was_written_anew_shows_against_a_mark(program, trail, folder):
    _, mark = sound(program, trail)
    other = folder / "other"
    for number in range(9):
        program.run("user", "add", "--analyst", f"q{number}@staff.example", "--data", other)
    assert sound(program, other)[0] == 9
    assert "row 8 of the audit trail has another hash than expected" in broken(program, other, "--expect", mark)


@pytest.mark.parametrize("mark", ["", "8", "8:", "8:abc", ":" + "a" * 64, "0:" + "a" * 64, "x:" + "a" * 64, "8:" + "A" * 64])
def test_what_is_no_mark_is_wrong_usage(program, trail, mark):
    assert verify(program, trail, "--expect", mark).returncode == 2


def test_a_folder_without_a_database_is_wrong_input_and_a_damaged_one_the_machines_fault(program, trail, folder):
    assert "there is no database" in broken(program, folder / "none")
    assert not (folder / "none").exists()
    file = trail / "linchpin.sqlite"
    file.write_bytes(b"SQLite format 3\0" + b"x" * 8_000)
    outcome = verify(program, trail)
    assert outcome.returncode == 3 and "damaged" in outcome.stderr, outcome

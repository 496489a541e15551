"""REL-4, REL-5: a backup is whole or absent, and a restore brings everything back or changes nothing."""

import hashlib
import re
import shutil
import signal
import sqlite3
import threading
import time

import pytest
from faulting.database import contents, is_sound
from faulting.visitor import MARK, Assessment, Visitor


def sound_rows(file):
    """Rows of a backup by table, after a full check."""
    connection = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = ("edition", "assessment", "field", "session", "access", "submission")
        return {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}
    finally:
        connection.close()


def assert_signed(file):
    """The sum beside a backup, in the format of sha256sum."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert (file.parent / f"{file.name}.sha256").read_text() == f"{digest}  {file.name}\n"


def everything(assessment, submission):
    """All pages and downloads of an assessment, without what is new on every page: form ids, references of errors."""
    places = ["", "/facts", "/check", "/link", "/deletion", *(f"/sections/{section}" for section in assessment.sections)]
    paths = [assessment.path(place, language) for language in ("nl", "en") for place in places]
    home = assessment.visitor.get(submission).html
    paths += sorted(set(re.findall(rf'href="({submission}[^"#]*)"', home)) | {submission, submission + "/confirmation"})
    assert len(paths) > 20
    pages = {}
    for path in paths:
        page = assessment.visitor.get(path)
        assert page.status == 200, f"{path}: {page.status}"
        pages[path] = re.sub(rb'name="form" value="[^"]*"', b"", page.body)
    return pages


def test_a_backup_while_serving_under_load_is_whole_and_signed(serve, program, folder):
    """REL-4: five backups while four visitors save: each sound, each with its sum, each with at least what had been
    acknowledged when it began; no save fails meanwhile."""
    data = folder / "data"
    service = serve(data)
    assessments = [Assessment(Visitor(service)) for _ in range(4)]
    acknowledged, failures, ended = [0] * 4, [], threading.Event()

    def keep_saving(index):
        while not ended.is_set():
            answer = assessments[index].save({"GOV-1.note": f"{MARK} {acknowledged[index] + 1}"})
            if answer.status != 303:
                failures.append(answer.status)
                return
            acknowledged[index] += 1

    threads = [threading.Thread(target=keep_saving, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(5):
            time.sleep(0.1)
            before = list(acknowledged)
            copy = folder / f"copy-{number}"
            outcome = program.run("backup", "--data", data, copy)
            assert outcome.returncode == 0, outcome.stderr
            assert sound_rows(copy)["assessment"] == 4
            assert_signed(copy)
            connection = sqlite3.connect(copy)
            for assessment, least in zip(assessments, before):
                query = "SELECT value FROM field WHERE assessment = ? AND name = 'GOV-1.note'"
                row = connection.execute(query, (assessment.id,)).fetchone()
                assert least == 0 or int(row[0].split()[1]) >= least
            connection.close()
    finally:
        ended.set()
        for thread in threads:
            thread.join(10)
    assert failures == [] and min(acknowledged) > 5
    assert service.stop() == 0 and is_sound(data)


def test_a_backup_never_overwrites(program, answered, folder):
    """REL-4: an existing file is refused with 1 and stays as it is; so is a folder without a database."""
    (folder / "copy").write_text("mine")
    outcome = program.run("backup", "--data", answered, folder / "copy")
    assert outcome.returncode == 1 and str(folder / "copy") in outcome.stderr
    assert (folder / "copy").read_text() == "mine"
    outcome = program.run("backup", "--data", folder / "nowhere", folder / "other")
    assert outcome.returncode == 1 and str(folder / "nowhere") in outcome.stderr
    assert not (folder / "nowhere").exists() and not (folder / "other").exists()


def test_copies_find_the_data_folder_as_the_service_does(serve, program, answered, folder):
    """README: by flag, environment or configuration file; a restore never goes past the lock of the folder that is meant."""
    config = folder / "linchpin.yaml"
    config.write_text(f"data: {answered}\n")
    for number, (options, settings) in enumerate([([], {"LINCHPIN_DATA": str(answered)}), (["--config", config], {}),
                                                  ([], {"LINCHPIN_CONFIG": str(config)})]):
        outcome = program.run("backup", *options, folder / f"copy-{number}", settings=settings)
        assert outcome.returncode == 0, outcome.stderr
        assert sound_rows(folder / f"copy-{number}")["assessment"] > 0
    serve(answered)
    outcome = program.run("restore", folder / "copy-0", settings={"LINCHPIN_DATA": str(answered)})
    assert outcome.returncode == 3 and "in use" in outcome.stderr
    assert not (program.folder / "data").exists()


@pytest.mark.seconds(90)
def test_a_backup_that_is_killed_leaves_nothing_or_a_valid_backup(program, answered, folder, injector):
    """REL-4: kill -9 before each single change that a backup makes to the disk: under its name there is nothing, or a
    sound copy that `restore` takes; the database is never touched, and the next backup works."""
    whole = program.run("backup", "--data", answered, folder / "first", injector=injector)
    assert whole.returncode == 0
    steps = injector.changes
    assert steps > 10
    rows = sound_rows(folder / "first")
    database = (answered / "linchpin.sqlite").read_bytes()
    step = 0
    while step < steps:
        step += 1 if step < 12 or step > steps - 12 else 5
        injector.heal()
        injector.die_at = step
        copy = folder / "copies" / f"{step}"
        copy.parent.mkdir(exist_ok=True)
        outcome = program.run("backup", "--data", answered, copy, injector=injector)
        assert outcome.returncode == (-signal.SIGKILL if step <= injector.changes else 0), f"step {step}: {outcome}"
        assert (answered / "linchpin.sqlite").read_bytes() == database
        if copy.exists():
            assert sound_rows(copy) == rows
            restored = program.run("restore", "--data", folder / "restored", copy)
            assert restored.returncode == 0, f"killed before change {step}: {restored.stderr}"
        else:
            again = program.run("backup", "--data", answered, copy)
            assert again.returncode == 0, f"killed before change {step}: {again.stderr}"
            assert sound_rows(copy) == rows
        shutil.rmtree(copy.parent)
        shutil.rmtree(folder / "restored", ignore_errors=True)


def test_a_restore_that_is_killed_can_be_done_again_and_loses_nothing(serve, program, answered, folder, injector):
    """REL-5: kill -9 before each single change that a restore makes: the database before is still there, in its place or
    set aside, and the same restore goes through afterwards."""
    assert program.run("backup", "--data", answered, folder / "copy").returncode == 0
    old = {"linchpin.sqlite": (answered / "linchpin.sqlite").read_bytes()}
    injector.heal()
    target = folder / "target"
    shutil.copytree(answered, target)
    assert program.run("restore", "--data", target, folder / "copy", injector=injector).returncode == 0
    steps = injector.changes
    assert steps > 5
    rows = sound_rows(folder / "copy")
    for step in range(1, steps + 1):
        shutil.rmtree(target)
        shutil.copytree(answered, target)
        injector.heal()
        injector.die_at = step
        outcome = program.run("restore", "--data", target, folder / "copy", injector=injector)
        assert outcome.returncode == -signal.SIGKILL, f"step {step}: {outcome}"
        left = contents(target)
        assert old["linchpin.sqlite"] in left.values(), f"killed before change {step}: the database is gone"
        if "linchpin.sqlite" not in left:
            code, said, _ = program.refused(target)
            assert code == 3 and "restore" in said, f"killed before change {step}: {said}"
        again = program.run("restore", "--data", target, folder / "copy")
        assert again.returncode == 0, f"killed before change {step}: {again.stderr}"
        assert sound_rows(target / "linchpin.sqlite") == rows


def test_a_restore_is_refused_while_the_service_runs(serve, program, folder):
    """REL-5: exit 3, the folder and the process by name; the service does not notice."""
    service = serve(folder / "data")
    assessment = Assessment(Visitor(service))
    assert program.run("backup", "--data", folder / "data", folder / "copy").returncode == 0
    assert assessment.save({"GOV-1.note": f"{MARK} after the backup"}).status == 303
    outcome = program.run("restore", "--data", folder / "data", folder / "copy")
    assert outcome.returncode == 3
    assert str(folder / "data") in outcome.stderr and f"process {service.process.pid}" in outcome.stderr
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} after the backup"
    assert not [name for name in contents(folder / "data") if name.startswith("replaced") or name.endswith("restoring")]


def test_after_a_restore_every_page_is_as_it_was(serve, program, folder):
    """REL-5, the drill: backup while serving → everything gone → restore → start: every page and download of the
    assessment is byte for byte the same, and the same browser goes on."""
    data = folder / "data"
    service = serve(data)
    visitor = Visitor(service)
    assessment = Assessment(visitor)
    assessment.tell_facts(name=f"{MARK} BV", number="0403.227.515")
    assessment.answer_everything(score="3", note=f"{MARK} <&>")
    submission = assessment.hand_in()
    assessment.save({"GOV-1.practice": "5"})
    before = everything(assessment, submission)
    assert program.run("backup", "--data", data, folder / "copy").returncode == 0
    assert_signed(folder / "copy")
    assert service.stop() == 0
    shutil.rmtree(data)
    restored = program.run("restore", "--data", data, folder / "copy")
    assert restored.returncode == 0, restored.stderr
    visitor.service = serve(data)
    after = everything(assessment, submission)
    assert after.keys() == before.keys()
    assert [path for path in before if before[path] != after[path]] == []
    assert assessment.save({"GOV-1.practice": "4"}).status == 303


def test_what_a_restore_replaces_is_set_aside(serve, program, folder):
    """REL-5: answers since the backup are not thrown away; the database and its WAL are in a folder of their own."""
    data = folder / "data"
    service = serve(data)
    assessment = Assessment(Visitor(service))
    assert program.run("backup", "--data", data, folder / "copy").returncode == 0
    assert assessment.save({"GOV-1.note": f"{MARK} since"}).status == 303
    service.kill()
    assert program.run("restore", "--data", data, folder / "copy").returncode == 0
    aside = [path for path in data.iterdir() if path.name.startswith("replaced-")]
    assert len(aside) == 1 and is_sound(aside[0])
    assessment.visitor.service = serve(data)
    assert assessment.form().fields["GOV-1.note"] == ""
    assessment.visitor.service = serve(aside[0])
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} since"


@pytest.mark.parametrize("spoiled", ["one bit", "cut off", "text", "another program", "sum of another", "empty sum"])
def test_a_spoiled_backup_is_refused_and_changes_nothing(program, answered, folder, spoiled):
    """REL-5: verified before anything is switched: exit 1, the file by name, the data folder as it was."""
    copy = folder / "copy"
    assert program.run("backup", "--data", answered, copy).returncode == 0
    whole, sums = copy.read_bytes(), folder / "copy.sha256"
    if spoiled == "one bit":
        copy.write_bytes(whole[:9_000] + bytes([whole[9_000] ^ 1]) + whole[9_001:])
    elif spoiled == "cut off":
        copy.write_bytes(whole[:-4_096])
        sums.unlink()
    elif spoiled == "text":
        copy.write_text("no database\n" * 999)
        sums.unlink()
    elif spoiled == "another program":
        copy.unlink()
        sums.unlink()
        connection = sqlite3.connect(copy)
        connection.executescript("CREATE TABLE recipes (name TEXT);")
        connection.close()
    elif spoiled == "sum of another":
        sums.write_text(f"{hashlib.sha256(b'').hexdigest()}  copy\n")
    else:
        sums.write_text("")
    before = contents(answered)
    outcome = program.run("restore", "--data", answered, copy)
    after = contents(answered)
    assert {name: after.get(name) for name in before if name != "linchpin.lock"} == {
        name: before[name] for name in before if name != "linchpin.lock"}
    assert not [name for name in after if name.startswith("replaced")]
    assert outcome.returncode == 1 and f" {copy} " in outcome.stderr, outcome


def test_a_refused_backup_leaves_no_copy_of_itself_behind(program, answered, folder):
    """REL-5, SEC-28: else personal data stays in the data folder, and an empty folder counts as "restore interrupted"."""
    copy = folder / "copy"
    assert program.run("backup", "--data", answered, copy).returncode == 0
    (folder / "copy.sha256").write_text(f"{hashlib.sha256(b'').hexdigest()}  copy\n")
    for data in (answered, folder / "empty"):
        assert program.run("restore", "--data", data, copy).returncode == 1
        assert {name for name in contents(data) if not name.startswith("linchpin.sqlite-")} <= {"linchpin.lock", "linchpin.sqlite", "linchpin.key"}


def test_a_backup_of_a_damaged_database_is_not_made(program, answered, folder):
    """REL-4: a copy of damage is no backup: exit 3, and no file under its name."""
    database = answered / "linchpin.sqlite"
    pages = database.stat().st_size // 4_096
    with database.open("r+b") as file:
        for page in range(2, pages):
            file.seek(page * 4_096)
            file.write(b"\xff" * 64)
    outcome = program.run("backup", "--data", answered, folder / "copy")
    assert outcome.returncode == 3 and "damaged" in outcome.stderr
    assert not list(folder.glob("copy*"))

"""A service that cannot serve well does not start: it says why and what to do, ends with the right code, and touches nothing."""

import datetime
import random
import re
import shutil
import socket
import sqlite3
import subprocess

import pytest
from faulting.database import contents
from faulting.disks import small_disk
from faulting.remote import remote_folder
from faulting.visitor import MARK, Assessment, Visitor


def copied_inputs(program, folder):
    """Questionnaires and wording to spoil, and the settings that use them."""
    shutil.copytree(program.folder / "Questionnaires", folder / "Questionnaires")
    shutil.copytree(program.folder / "Web", folder / "Web")
    return {"LINCHPIN_QUESTIONNAIRES": str(folder / "Questionnaires"), "LINCHPIN_WEB": str(folder / "Web")}


def spoil(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def assert_message(said, *parts):
    """One message of the command, with all of these in it; no stack trace beside it."""
    assert said.startswith("linchpin: ") and said.count("linchpin: ") == 1 and len(said.splitlines()) <= 2, said
    for part in parts:
        assert part in said, said


def assert_untouched(before, data):
    """The database and its WAL byte for byte as they were. The lock names its last holder, and a look at a database
    in WAL mode makes its (empty) companions."""
    after = contents(data)
    companions = {"linchpin.lock", "linchpin.sqlite-shm"} | ({"linchpin.sqlite-wal"} if not after.get("linchpin.sqlite-wal") else set())
    assert {name: after[name] for name in after if name not in companions} == {
        name: before[name] for name in before if name not in companions}


# The data folder


def test_a_second_service_in_the_same_folder_is_refused_and_the_first_serves_on(serve, program, folder):
    """REL-1: exit 3, the folder and the other process by name."""
    service = serve(folder / "data")
    code, said, _ = program.refused(folder / "data")
    assert code == 3
    assert_message(said, str(folder / "data"), f"process {service.process.pid}", "in use")
    assert Assessment(Visitor(service)).save({"GOV-1.note": MARK}).status == 303


def test_a_folder_is_free_again_after_kill_9(serve, folder):
    """REL-1: the lock ends with the process, however that ends."""
    serve(folder / "data").kill()
    assert serve(folder / "data").is_running


def test_a_damaged_database_is_not_opened_and_not_touched(program, answered):
    """REL-9: bytes overwritten in the middle: exit 3, what to do, every file byte for byte as it was."""
    database = answered / "linchpin.sqlite"
    pages = database.stat().st_size // 4_096
    with database.open("r+b") as file:
        for page in range(1, pages):
            file.seek(page * 4_096)
            file.write(b"\xff" * 64)
    before = contents(answered)
    code, said, _ = program.refused(answered)
    assert code == 3
    assert_message(said, "damaged", "linchpin restore")
    assert_untouched(before, answered)


@pytest.mark.parametrize("spoiled", ["no header", "cut off", "text"])
def test_a_file_that_is_no_database_any_more_is_not_opened_and_not_touched(program, answered, spoiled):
    """REL-9: the same for a lost header, a lost end, and another file in its place."""
    database = answered / "linchpin.sqlite"
    whole = database.read_bytes()
    database.write_bytes({"no header": bytes(100) + whole[100:], "cut off": whole[:4_096 * 3], "text": b"hello\n" * 999}[spoiled])
    before = contents(answered)
    code, said, _ = program.refused(answered)
    assert code == 3
    assert_message(said, "linchpin:")
    assert_untouched(before, answered)


def test_random_damage_never_crashes_the_start(serve, program, answered):
    """REL-9: eight seeded rounds of random damage: refused with 3, or served; never a signal, never a wrong code."""
    whole = (answered / "linchpin.sqlite").read_bytes()
    for seed in range(8):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 8, 200])):
            damaged[chance.randrange(100, len(damaged))] = chance.randrange(256)
        (answered / "linchpin.sqlite").write_bytes(damaged)
        service = serve(answered, wait=False)
        try:
            service.wait_until_serving()
        except AssertionError:
            assert service.process.returncode == 3, f"seed {seed}: exit {service.process.returncode}\n{service.errors}"
            assert (answered / "linchpin.sqlite").read_bytes() == bytes(damaged)
        else:
            assert Visitor(service).get("/en").status == 200
            assert service.stop() == 0


def test_a_newer_database_is_not_opened_and_not_touched(program, answered):
    """REL-18: exit 3, both schema numbers, every file as it was."""
    connection = sqlite3.connect(answered / "linchpin.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = contents(answered)
    code, said, _ = program.refused(answered)
    assert code == 3
    assert_message(said, "newer", "schema 99", "this one knows 2")
    assert_untouched(before, answered)


def test_the_database_of_another_program_is_not_opened_and_not_touched(program, folder):
    """REL-9: a SQLite file that is not ours."""
    (folder / "data").mkdir()
    connection = sqlite3.connect(folder / "data/linchpin.sqlite")
    connection.executescript("CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1;")
    connection.close()
    before = contents(folder / "data")
    code, said, _ = program.refused(folder / "data")
    assert code == 3
    assert_message(said, "another program")
    assert_untouched(before, folder / "data")


def test_a_read_only_data_folder_is_refused_by_name(serve, program):
    """Exit 3 and the path, on a file system that takes no writes."""
    with small_disk("8m") as disk:
        assert serve(disk / "data").stop() == 0
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        code, said, _ = program.refused(disk / "data")
        assert code == 3
        assert_message(said, str(disk / "data"), "Read-only file system")
        code, said, _ = program.refused(disk / "new")
        assert code == 3
        assert_message(said, str(disk / "new"), "Read-only file system")


def test_a_data_folder_that_is_a_file_is_refused_by_name(program, folder):
    (folder / "data").write_text("not a folder")
    code, said, _ = program.refused(folder / "data")
    assert code == 3
    assert_message(said, str(folder / "data"))
    assert (folder / "data").read_text() == "not a folder"


def test_a_data_folder_on_a_network_file_system_is_refused_by_its_kind(program):
    """REL-7: exit 3, the kind by name, and the setting that overrides it."""
    with remote_folder("sshfs") as remote:
        code, said, _ = program.refused(remote)
    assert code == 3
    assert_message(said, str(remote), "sshfs", "allow-network-file-system")


# The port


def test_a_taken_port_is_refused_by_its_number(program, folder):
    """Exit 3, and the port in the message; the data folder is left in good order."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        outcome = program.run("serve", "--data", folder / "data", "--port", port)
    assert outcome.returncode == 3
    assert_message(outcome.stderr, f"port {port}", "127.0.0.1", "another program uses this port", "--port")
    assert "serving" not in outcome.stdout
    assert program.run("backup", "--data", folder / "data", folder / "copy").returncode == 0


def test_an_address_that_is_not_ours_is_refused_by_its_name(program, folder):
    code, said, _ = program.refused(folder / "data", "--host", "192.0.2.1")
    assert code == 3
    assert "192.0.2.1" in said and "does not have the address" in said and "--host" in said


# Questionnaires and wording


def test_a_missing_questionnaire_folder_is_a_fault_of_the_input(program, folder):
    """Exit 1, and the folder by name; nothing is served."""
    code, told, said = program.refused(folder / "data", "--questionnaires", str(folder / "nowhere"))
    assert code == 1
    assert str(folder / "nowhere") in said and "nothing is served" in told


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("Questionnaires/supply-chain/questionnaire.yaml", "scale: {lowest: 1, highest: 5}", "scale: {lowest: 1, highest: 5", 4),
        ("Questionnaires/supply-chain/questionnaire.yaml", "  - {id: starter,", "  - {id: starter, colour: red,", 6),
        ("Questionnaires/supply-chain/nl.yaml", "title:", "titel:", 1),
        ("Web/Text/fr.yaml", "  title:", "  titre:", None),
    ],
    ids=["broken YAML", "unknown key", "missing translation", "missing wording"])
def test_faults_in_questionnaires_and_wording_are_named_by_file_and_line(program, folder, file, old, new, line):
    """Exit 1, `file:line: message`, and nothing is served; `linchpin check` says the same."""
    settings = copied_inputs(program, folder)
    spoil(folder / file, old, new)
    code, told, said = program.refused(folder / "data", settings=settings)
    assert code == 1
    faults = [text for text in said.splitlines() if text.startswith(f"{folder / file}:")]
    assert faults and all(text.split(":")[1].isdigit() and text.split(":", 2)[2].strip() for text in faults), said
    if line:
        assert any(abs(int(text.split(":")[1]) - line) <= 1 for text in faults), said
    assert "nothing is served" in told and '"serving"' not in said
    checked = program.run("check", folder / "Questionnaires", "--web", folder / "Web")
    assert checked.returncode == 1
    assert set(faults) <= set(checked.stdout.splitlines())


def checksum_of(program, folder, questionnaire):
    said = program.run("check", folder / "Questionnaires").stdout
    return re.search(rf"^{questionnaire} .*checksum (\w+)", said, re.M)[1]


def test_an_edition_that_changed_after_it_was_answered_is_refused_with_both_checksums(program, serve, folder):
    """Exit 1; a change is a new edition. An edition that nobody answered may change."""
    settings = copied_inputs(program, folder)
    questionnaire = folder / "Questionnaires/supply-chain/questionnaire.yaml"
    checksum = checksum_of(program, folder, "supply-chain")
    assert serve(folder / "data", settings=settings).stop() == 0
    spoil(questionnaire, "effort: small", "effort: large")
    assert serve(folder / "data", settings=settings).stop() == 0
    spoil(questionnaire, "effort: large", "effort: small")
    service = serve(folder / "data", settings=settings)
    assessment = Assessment(Visitor(service))
    assert assessment.save({"GOV-1.note": MARK}).status == 303
    assert service.stop() == 0

    spoil(questionnaire, "effort: small", "effort: large")
    changed = checksum_of(program, folder, "supply-chain")
    assert changed != checksum
    code, said, _ = program.refused(folder / "data", settings=settings)
    assert code == 1
    assert_message(said, checksum, changed, "supply-chain", "2026-11")

    spoil(questionnaire, "effort: large", "effort: small")
    assessment.visitor.service = serve(folder / "data", settings=settings)
    assert assessment.form().fields["GOV-1.note"] == MARK


def test_an_answered_edition_that_is_missing_is_refused_by_name(program, answered, folder):
    """Exit 1: the folder of an answered edition must stay."""
    settings = copied_inputs(program, folder)
    spoil(folder / "Questionnaires/supply-chain/questionnaire.yaml", 'edition: "2026-11"', 'edition: "2027-01"')
    code, said, _ = program.refused(answered, settings=settings)
    assert code == 1
    assert_message(said, "supply-chain", "2026-11")


# Configuration


@pytest.mark.parametrize(
    ("options", "settings", "named"),
    [
        (["--port", "eighty"], {}, "port"),
        (["--port", "70000"], {}, "port"),
        (["--port", "-1"], {}, "port"),
        (["--colour", "red"], {}, "colour"),
        (["--public-address", "linchpin.example"], {}, "public-address"),
        (["--public-address", "https://linchpin.example/"], {}, "public-address"),
        ([], {"LINCHPIN_CONNECTIONS": "many"}, "connections"),
        ([], {"LINCHPIN_CONNECTIONS": "0"}, "connections"),
        ([], {"LINCHPIN_ALLOW_NETWORK_FILE_SYSTEM": "perhaps"}, "allow-network-file-system"),
        (["--config", "nowhere.yaml"], {}, "nowhere.yaml"),
        ([], {"LINCHPIN_CONFIG": "nowhere.yaml"}, "nowhere.yaml"),
        ([], {"LINCHPIN_OPERATOR_CONTACT": "nobody"}, "operator.contact"),
        ([], {"LINCHPIN_PRIVACY_CONTACT": "a b@c.example"}, "privacy.contact"),
        ([], {"LINCHPIN_ACCESSIBILITY_CONTACT": "https://c.example"}, "accessibility.contact"),
        ([], {"LINCHPIN_TRUSTED_PROXIES": "127.0.0.1,proxy.example"}, "trusted-proxies"),
        ([], {"LINCHPIN_TRUSTED_PROXIES": "10.0.0.0/8"}, "trusted-proxies"),
        ([], {"LINCHPIN_MAIL_PROGRAM": "/nowhere/msmtp", "LINCHPIN_MAIL_FROM": "a@b.example"}, "mail.program"),
        ([], {"LINCHPIN_MAIL_PROGRAM": "no-such-mail-program -t", "LINCHPIN_MAIL_FROM": "a@b.example"}, "mail.program"),
        ([], {"LINCHPIN_MAIL_PROGRAM": "true"}, "mail.from"),
        ([], {"LINCHPIN_MAIL_PROGRAM": "true", "LINCHPIN_MAIL_FROM": "a@b.example\r\nBcc: c@d.example"}, "mail.from"),
        ([], {"LINCHPIN_SECURITY_CONTACT": "mailto:a@b.example"}, "security.expires"),
        ([], {"LINCHPIN_SECURITY_EXPIRES": "2027-01-01"}, "security.contact"),
        ([], {"LINCHPIN_SECURITY_CONTACT": "a@b.example", "LINCHPIN_SECURITY_EXPIRES": "2027-01-01"}, "security.contact"),
        ([], {"LINCHPIN_SECURITY_CONTACT": "mailto:a@b.example", "LINCHPIN_SECURITY_EXPIRES": "2020-01-01"}, "past"),
        ([], {"LINCHPIN_SECURITY_CONTACT": "mailto:a@b.example", "LINCHPIN_SECURITY_EXPIRES": "2999-01-01"}, "365 days"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else " ".join(f"{key}={text}" for key, text in value.items())
    if isinstance(value, dict) else "")
def test_a_malformed_setting_stops_the_start_and_is_named(program, folder, options, settings, named):
    """Exit 2, the setting by name, and no data folder: a typing error must not become a default."""
    arguments = [] if "--port" in options else ["--port", "0"]
    outcome = program.run("serve", "--data", folder / "data", *arguments, *options, settings=settings, seconds=10)
    assert outcome.returncode == 2, outcome
    assert named in outcome.stderr and outcome.stdout == ""
    assert not (folder / "data").exists()


@pytest.mark.parametrize("text", ["port: [1", "port: eighty", "connections: 1.5", "- a list"])
def test_a_malformed_configuration_file_stops_the_start_and_is_named(program, folder, text):
    """Exit 2, the file or the setting by name."""
    file = folder / "linchpin.yaml"
    file.write_text(text)
    outcome = program.run("serve", "--data", folder / "data", "--config", file, seconds=10)
    assert outcome.returncode == 2, outcome
    assert str(file) in outcome.stderr or text.split(":")[0] in outcome.stderr
    assert not (folder / "data").exists()


def test_a_backup_can_be_made_whatever_is_wrong_with_other_settings(program, answered, folder):
    """An end of security.txt that has passed must not keep the nightly backup from being made."""
    settings = {"LINCHPIN_SECURITY_CONTACT": "mailto:a@b.example", "LINCHPIN_SECURITY_EXPIRES": "2020-01-01"}
    assert program.run("backup", "--data", answered, folder / "copy", settings=settings).returncode == 0


def test_settings_with_lists_are_read_from_the_file(serve, folder):
    """SEC-26, SEC-17: a list or one value; the end is near, so the log warns."""
    file = folder / "linchpin.yaml"
    end = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=20)).date().isoformat()
    file.write_text(
        f"trusted-proxies: [127.0.0.1, \"::1\"]\nsecurity: {{contact: [mailto:a@b.example, https://b.example/x], expires: {end}}}\n"
        "operator: {name: Bond, address: Straat 1}\nprivacy: {contact: p@b.example}\naccessibility: {enforcement: Waakhond}\n")
    service = serve(folder / "data", "--config", str(file))
    told = Visitor(service).get("/.well-known/security.txt")
    assert told.status == 200 and told.headers["content-type"] == "text/plain; charset=utf-8"
    assert told.html.splitlines()[:3] == ["Contact: mailto:a@b.example", "Contact: https://b.example/x", f"Expires: {end}T00:00:00Z"]
    assert "Straat 1" in Visitor(service).get("/nl/privacy").text and "Waakhond" in Visitor(service).get("/nl/accessibility").text
    assert [line["level"] for line in service.lines("securityText")] == ["warning"]

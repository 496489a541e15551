"""`linchpin user`: the first administrator and everybody after her, while the service runs and while it does not."""

import contextlib
import fcntl
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import threading
import time

import pytest
from faulting.database import copied
from faulting.people import PASSWORD, choose_password, link_place, set_up_second_step, sign_in
from faulting.visitor import MARK, Visitor

SOCKET = "linchpin.control"


def user(program, data, *arguments, **more):
    return program.run("user", *arguments, "--data", data, **more)


def added(program, data, email, *options):
    """The path of the printed link."""
    outcome = user(program, data, "add", *(options or ["--administrator"]), email)
    assert outcome.returncode == 0 and outcome.stderr == "", outcome
    return link_place(outcome.stdout)


def assert_refused(outcome, code, *parts):
    assert outcome.returncode == code, outcome
    assert outcome.stdout == "", outcome
    for part in parts:
        assert part in outcome.stderr, outcome


@contextlib.contextmanager
def beside(serve, data, runs):
    """A service on the folder, or none."""
    service = serve(data) if runs else None
    yield service
    if service:
        assert service.stop() == 0


def test_the_first_administrator_of_an_empty_folder_gets_in_by_her_link_once(serve, program, folder):
    """SEC-19: there is no default password; the second step comes before anything else (SEC-2)."""
    data = folder / "data"
    place = added(program, data, "Chief@staff.example")
    service = serve(data)
    assert choose_password(service, place).status == 200
    assert choose_password(service, place, "another long password of mine").status == 410
    visitor, answer = sign_in(service, "chief@staff.example")
    assert (answer.status, answer.place) == (303, "/en/account/second-step")
    assert visitor.get("/en/administration").place == "/en/sign-in/code"
    set_up_second_step(visitor)
    assert visitor.get("/en/administration").status == 200


def test_while_the_service_runs_it_does_the_work_and_its_own_address_is_in_the_link(serve, program, folder):
    data = folder / "data"
    service = serve(data, "--public-address", "https://lp.example")
    outcome = user(program, data, "add", "--analyst", "ana@staff.example", "--name", "Ana Ünal", "--language", "fr")
    assert outcome.returncode == 0 and outcome.stdout.startswith("https://lp.example/fr/reset/"), outcome
    assert choose_password(service, link_place(outcome.stdout)).status == 200
    with copied(data) as connection:
        rows = connection.execute("SELECT email, name, language, is_administrator, is_analyst FROM account").fetchall()
    assert rows == [("ana@staff.example", "Ana Ünal", "fr", 0, 1)]
    _, answer = sign_in(service, "ana@staff.example")
    assert answer.place == "/en/account/second-step"


def test_without_a_service_the_address_comes_from_flag_environment_or_file(program, folder):
    data, settings = folder / "data", {"LINCHPIN_PUBLIC_ADDRESS": "https://environment.example"}
    file = folder / "settings.yaml"
    file.write_text(f"public-address: https://file.example\ndata: {data}\n", encoding="utf-8")
    flag = program.run(
        "user", "add", "--analyst", "a@staff.example", "--public-address", "https://flag.example", "--data", data, settings=settings)
    environment = program.run("user", "reset", "a@staff.example", "--data", data, settings=settings)
    configured = program.run("user", "reset", "a@staff.example", "--config", file)
    for outcome, name in ((flag, "flag"), (environment, "environment"), (configured, "file")):
        assert outcome.stdout.startswith(f"https://{name}.example/en/reset/"), outcome
        link_place(outcome.stdout)


@pytest.mark.parametrize("runs", [False, True])
def test_list_prints_everybody_sorted_by_address(serve, program, folder, runs):
    data = folder / "data"
    added(program, data, "Zoe@staff.example", "--administrator", "--analyst")
    added(program, data, "bo@staff.example", "--analyst", "--name", "Bo O'Neill & Co")
    assert user(program, data, "disable", "bo@staff.example").returncode == 0
    with beside(serve, data, runs):
        outcome = user(program, data, "list")
    assert outcome.returncode == 0 and outcome.stderr == ""
    assert outcome.stdout == (
        "bo@staff.example\tanalyst\tdisabled\tBo O'Neill & Co\nZoe@staff.example\tadministrator,analyst\tno password\tZoe\n")


def test_a_long_list_arrives_whole(serve, program, folder):
    """More than the service reads at a time and a socket holds."""
    data = folder / "data"
    added(program, data, "chief@staff.example")
    with contextlib.closing(sqlite3.connect(data / "linchpin.sqlite")) as connection, connection:
        connection.executemany(
            "INSERT INTO account SELECT ?1, ?2, ?2, ?3, language, password, totp, totp_step, 0, 0, created_at, active_at, NULL, NULL "
            "FROM account LIMIT 1",
            [(f"id{number}", f"p{number:05}@anvil.example", "N" * 90) for number in range(3_000)])
    with beside(serve, data, True):
        outcome = user(program, data, "list")
    assert outcome.returncode == 0, outcome.stderr
    lines = outcome.stdout.splitlines()
    assert len(lines) == 3_001
    assert [line.split("\t")[0] for line in lines[1:]] == [f"p{number:05}@anvil.example" for number in range(3_000)]


def test_disable_ends_the_session_of_a_signed_in_visitor_at_once(serve, program, folder):
    """SEC-4: her next request leads to the sign-in, which refuses her until she is enabled again."""
    data = folder / "data"
    added(program, data, "chief@staff.example")
    service = serve(data)
    choose_password(service, added(program, data, "ana@staff.example", "--analyst"))
    visitor, _ = sign_in(service, "ana@staff.example")
    set_up_second_step(visitor)
    assert visitor.get("/en/account").status == 200
    assert user(program, data, "disable", "ANA@staff.example").returncode == 0
    assert visitor.get("/en/account").place.startswith("/en/sign-in?to=")
    assert sign_in(service, "ana@staff.example")[1].status == 422
    assert user(program, data, "enable", "ana@staff.example").returncode == 0
    assert sign_in(service, "ana@staff.example")[1].place.startswith("/en/sign-in/code")


@pytest.mark.parametrize("runs", [False, True])
def test_reset_prints_a_link_that_ends_the_one_before(serve, program, folder, runs):
    """SEC-25: the old password works until the link was used; then every session is over."""
    data = folder / "data"
    first = added(program, data, "chief@staff.example")
    service = serve(data)
    assert choose_password(service, first).status == 200
    visitor, _ = sign_in(service, "chief@staff.example")
    set_up_second_step(visitor)
    if not runs:
        assert service.stop() == 0
    places = []
    for _ in range(2):
        outcome = user(program, data, "reset", "chief@staff.example")
        assert outcome.returncode == 0, outcome
        places.append(link_place(outcome.stdout))
    if not runs:
        service = serve(data)
        visitor.service = service
    assert visitor.get("/en/account").status == 200
    assert choose_password(service, places[0], "a much newer password").status == 410
    assert choose_password(service, places[1], "a much newer password").status == 200
    assert visitor.get("/en/account").status == 303
    assert sign_in(service, "chief@staff.example", PASSWORD)[1].status == 422
    # The second step is still hers.
    assert sign_in(service, "chief@staff.example", "a much newer password")[1].place.startswith("/en/sign-in/code")


@pytest.mark.parametrize("runs", [False, True])
def test_reset_takes_a_lost_second_step_away(serve, program, folder, runs):
    """SEC-2: with her phone gone she must set it up anew; her sessions and recovery codes are over."""
    data = folder / "data"
    place = added(program, data, "chief@staff.example")
    service = serve(data)
    choose_password(service, place)
    visitor, _ = sign_in(service, "chief@staff.example")
    set_up_second_step(visitor)
    if not runs:
        assert service.stop() == 0
    outcome = user(program, data, "reset", "chief@staff.example", "--second-step")
    assert outcome.returncode == 0, outcome
    if not runs:
        service = serve(data)
        visitor.service = service
    assert visitor.get("/en/account").status == 303
    assert choose_password(service, link_place(outcome.stdout), "a much newer password").status == 200
    assert sign_in(service, "chief@staff.example", "a much newer password")[1].place == "/en/account/second-step"
    with copied(data) as connection:
        assert connection.execute("SELECT count(*) FROM recovery_code").fetchone() == (0,)
        actions = [row[0] for row in connection.execute("SELECT action FROM audit WHERE actor = 'console' ORDER BY number")]
    assert actions == ["accountMade", "secondStepOff", "accountReset"]


@pytest.mark.parametrize("runs", [False, True])
def test_address_gives_an_account_another_one(serve, program, folder, runs):
    """NOT-3: without mail the operator changes an address; links that were given out before work no more."""
    data = folder / "data"
    place = added(program, data, "chief@staff.example")
    added(program, data, "other@staff.example")
    service = serve(data)
    choose_password(service, place)
    old = link_place(user(program, data, "reset", "chief@staff.example").stdout)
    if not runs:
        assert service.stop() == 0
    assert_refused(user(program, data, "address", "chief@staff.example", "other@staff.example"), 1, "other@staff.example already")
    assert_refused(user(program, data, "address", "nobody@staff.example", "new@staff.example"), 1, "no account of nobody@staff.example")
    assert_refused(user(program, data, "address", "chief@staff.example", "no address"), 1, "no e-mail address")
    outcome = user(program, data, "address", "chief@staff.example", "New@staff.example")
    assert outcome.returncode == 0, outcome
    if not runs:
        service = serve(data)
    assert sign_in(service, "chief@staff.example")[1].status == 422
    assert sign_in(service, "new@staff.example")[1].place.startswith("/en/account/second-step")
    assert choose_password(service, old, "a much newer password").status == 410
    with copied(data) as connection:
        assert connection.execute("SELECT action FROM audit WHERE actor = 'console' ORDER BY number DESC").fetchone() == ("emailChanged",)


@pytest.mark.parametrize("runs", [False, True])
def test_wrong_input_is_exit_1_and_changes_nothing(serve, program, folder, runs):
    data = folder / "data"
    added(program, data, "chief@staff.example")
    added(program, data, "bo@staff.example", "--analyst")
    assert user(program, data, "disable", "bo@staff.example").returncode == 0
    with beside(serve, data, runs):
        for verb in ("disable", "enable", "reset"):
            assert_refused(user(program, data, verb, "nobody@staff.example"), 1, "no account of nobody@staff.example")
            assert_refused(user(program, data, verb, "nobody"), 1, '"nobody" is no e-mail address')
        for wrong in ("", "a@b@c.example", "ä@b.example", "a b@c.example", "a@b", "a" * 65 + "@b.example"):
            assert_refused(user(program, data, "add", "--analyst", wrong), 1, "is no e-mail address")
        assert_refused(user(program, data, "add", "--analyst", "CHIEF@staff.example"), 1, "already", "linchpin user reset")
        assert_refused(user(program, data, "add", "--analyst", "x@b.example", "--name", "P\u0430ypal"), 1, "--name")
        assert_refused(user(program, data, "add", "--analyst", "x@b.example", "--name", "n" * 101), 1, "--name")
        assert_refused(user(program, data, "disable", "chief@staff.example"), 1, "last administrator")
        assert_refused(user(program, data, "reset", "bo@staff.example"), 1, "disabled")
        assert len(user(program, data, "list").stdout.splitlines()) == 2


@pytest.mark.parametrize("arguments", [
    ["add", "x@staff.example"], ["add", "--administrator"], ["add", "--analyst", "x@staff.example", "--language", "xx"],
    ["add", "--owner", "x@staff.example"], ["disable"], ["reset"], ["list", "x"], ["erase", "x@staff.example"],
])
def test_wrong_usage_is_exit_2_and_makes_nothing(program, folder, arguments):
    data = folder / "data"
    assert_refused(user(program, data, *arguments), 2)
    assert not data.exists()


def test_only_add_makes_a_folder(program, folder):
    data = folder / "data"
    for arguments in (["list"], ["disable", "x@staff.example"], ["enable", "x@staff.example"], ["reset", "x@staff.example"]):
        assert_refused(user(program, data, *arguments), 1, "no database", str(data))
    assert not data.exists()


def test_a_machine_at_fault_is_exit_3(program, folder):
    file = folder / "file"
    file.write_text("", encoding="utf-8")
    assert_refused(user(program, file / "data", "add", "--analyst", "x@staff.example"), 3, "cannot open")


def test_commands_at_the_same_moment_wait_for_each_other(program, folder):
    """REL-1: each holds the folder's lock for a moment; nobody is refused."""
    data = folder / "data"
    outcomes = []

    def add(number):
        outcomes.append(user(program, data, "add", "--analyst", f"p{number}@staff.example"))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [outcome.returncode for outcome in outcomes] == [0] * 6, outcomes
    for outcome in outcomes:
        link_place(outcome.stdout)
    assert len(user(program, data, "list").stdout.splitlines()) == 6


def test_commands_beside_a_service_that_starts_and_stops_are_all_carried_out(serve, program, folder):
    """REL-1: whoever holds the lock, a command gets its turn, and a command keeps no service from starting."""
    data = folder / "data"
    added(program, data, "chief@staff.example")
    outcomes, is_over = [], threading.Event()

    def keep_asking():
        while not is_over.is_set():
            outcomes.append(user(program, data, "list"))

    threads = [threading.Thread(target=keep_asking) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        service = serve(data)
        time.sleep(0.3)
        assert service.stop() == 0
    is_over.set()
    for thread in threads:
        thread.join(20)
    assert len(outcomes) > 8
    for outcome in outcomes:
        assert outcome.returncode == 0 and outcome.stdout.startswith("chief@staff.example\t"), outcome


# The socket


def test_the_socket_is_for_its_owner_only_and_goes_with_the_service(serve, folder):
    data = folder / "data"
    mask = os.umask(0)
    try:
        service = serve(data)
    finally:
        os.umask(mask)
    facts = (data / SOCKET).lstat()
    assert stat.S_ISSOCK(facts.st_mode) and stat.S_IMODE(facts.st_mode) == 0o600
    assert service.stop() == 0
    assert not (data / SOCKET).exists()


def test_what_a_killed_service_left_is_replaced_and_in_nobodys_way(serve, program, folder):
    data = folder / "data"
    serve(data).kill()
    assert (data / SOCKET).exists()
    added(program, data, "chief@staff.example")
    service = serve(data)
    assert user(program, data, "list").stdout.startswith("chief@staff.example\t")
    assert [line["cause"] for line in service.lines("control")] == ["list"]
    assert service.stop() == 0 and not (data / SOCKET).exists()


def test_a_folder_with_a_long_path_has_its_socket_too(serve, program, folder):
    """The address of a socket has 108 bytes."""
    data = folder / ("x" * 100) / ("y" * 100)
    service = serve(data)
    added(program, data, "chief@staff.example")
    assert [line["cause"] for line in service.lines("control")] == ["add"]
    assert service.stop() == 0 and not (data / SOCKET).exists()


def test_where_the_socket_cannot_be_made_the_site_is_served_all_the_same(serve, program, folder):
    data = folder / "data"
    added(program, data, "chief@staff.example")
    (data / SOCKET).mkdir()
    service = serve(data)
    assert Visitor(service).get("/en").status == 200
    assert [line["level"] for line in service.lines("control")] == ["error"]
    assert_refused(user(program, data, "list"), 3, "in use", "does not answer")
    assert service.stop() == 0


def ask(data, sent, seconds=5):
    """What the service says to these bytes, until it hangs up."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(seconds)
        connection.connect(str(data / SOCKET))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(65_536):
                received += piece
        return received


@pytest.mark.parametrize("sent", [
    b"\n", b"order=erase\n", b"order=list&email=x\n", b"order=add&email=x%40y.example&language=xx\n",
    b"order=add&email=x%40y.example&language=en&roles=owner\n", b"order=list&order=list\n", b"order=disable\n", b"order=%zz\n",
    b"\xff\xfe\n", b"order=list" + b"x" * 5_000, b"GET / HTTP/1.1\r\n\r\n", b"\0" * 100 + b"\n", b"order=list\rorder=list\n",
])
def test_what_is_no_order_is_refused(service, sent):
    assert ask(service.data, sent) == b"machine this is no order\n"


def test_an_order_in_pieces_is_carried_out_and_a_second_one_is_not(service):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(service.data / SOCKET))
        for piece in (b"ord", b"er=li", b"st\norder=disable&email=x\n"):
            connection.sendall(piece)
            time.sleep(0.05)
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(4_096):
                received += part
    assert received == b"taken\ndone\n"


def test_connections_that_say_nothing_keep_no_command_and_no_stop_waiting(serve, program, folder):
    """REL-17: they hang up again or stay; pages, commands and the end of the service do not wait for them."""
    data = folder / "data"
    service = serve(data)
    with contextlib.ExitStack() as open_ones:
        for _ in range(7):
            connection = open_ones.enter_context(socket.socket(socket.AF_UNIX))
            connection.connect(str(data / SOCKET))
            connection.sendall(b"order=li")
        added(program, data, "chief@staff.example")
        assert Visitor(service).get("/en").status == 200
        began = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - began < 5
    assert not (data / SOCKET).exists()


def test_a_service_that_does_not_answer_is_given_up(serve, program, folder):
    data = folder / "data"
    service = serve(data)
    service.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert_refused(user(program, data, "list"), 3, "did not answer")
        assert time.monotonic() - began < 15
    finally:
        service.process.send_signal(signal.SIGCONT)
    assert service.stop() == 0


def test_an_order_that_a_service_did_not_take_is_carried_out_without_it(program, folder):
    """The service ends while a command is connected: it has not said that it takes the order, so nothing was done."""
    data = folder / "data"
    added(program, data, "chief@staff.example")
    with socket.socket(socket.AF_UNIX) as ending, (data / "linchpin.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ending.bind(str(data / SOCKET))
        ending.listen()
        command = subprocess.Popen(
            [program.binary, "user", "list", "--data", data], cwd=program.folder, env=program.environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        connection, _ = ending.accept()
        connection.close()
        fcntl.flock(lock, fcntl.LOCK_UN)
    said, errors = command.communicate(timeout=15)
    assert command.returncode == 0 and said.startswith("chief@staff.example\t"), (said, errors)


def test_a_service_that_is_killed_amid_an_order_is_told_of(serve, program, folder, injector):
    """Nobody is told that something was done that may not be."""
    data = folder / "data"
    service = serve(data, injector=injector)
    injector.sync_delay = 3_000
    command = subprocess.Popen(
        [program.binary, "user", "add", "--analyst", "x@staff.example", "--data", data], cwd=program.folder,
        env=program.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    service.kill()
    said, errors = command.communicate(timeout=15)
    assert command.returncode == 3 and said == "", (said, errors)
    assert "linchpin user list" in errors


def test_no_log_names_anybody_or_holds_a_link(serve, program, folder):
    """SEC-18: the log has the order's name and nothing else of it."""
    data = folder / "data"
    service = serve(data)
    place = added(program, data, f"{MARK}@staff.example".lower(), "--administrator", "--name", MARK)
    choose_password(service, place)
    user(program, data, "list")
    user(program, data, "disable", f"{MARK}@other.example")
    assert [line["cause"] for line in service.lines("control")] == ["add", "list", "disable"]
    assert service.stop() == 0
    log = (service.log + service.errors).lower()
    assert MARK.lower() not in log and "@" not in log and place.rpartition("/")[2] not in service.log

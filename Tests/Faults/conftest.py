"""The service under test and what breaks it. Every test is bounded in time and leaves no process, mount or folder behind."""

import contextlib
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from faulting import injector as injection  # noqa: E402
from faulting import words  # noqa: E402
from faulting.service import BUILT, Program  # noqa: E402
from faulting.visitor import MARK, Assessment, Visitor  # noqa: E402

SECONDS_PER_TEST = 60


def pytest_configure(config):
    config.addinivalue_line("markers", "seconds(number): how long this test may take, instead of 60")


def pytest_collection_modifyitems(items):
    """What all tests left in the logs is read last."""
    items.sort(key=lambda item: item.path.name == "test_fault_logs.py")


@pytest.fixture(autouse=True)
def limited_time(request):
    marker = request.node.get_closest_marker("seconds")
    seconds = marker.args[0] if marker else SECONDS_PER_TEST

    def too_long(_signal, _frame):
        raise TimeoutError(f"the test took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def session_folder():
    path = Path(tempfile.mkdtemp(prefix="linchpin-faults-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def program(session_folder):
    if not BUILT.exists():
        pytest.skip(f"there is no {BUILT}: run swift build first")
    program = Program(session_folder)
    words.folder = program.folder / "Web/Text"
    yield program
    for service in program.services:
        service.kill()


@pytest.fixture
def folder():
    path = Path(tempfile.mkdtemp(prefix="linchpin-fault-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def serve(program):
    """Starts services, and kills them when the test is over. A failed test shows how their logs ended."""
    begun = len(program.services)
    yield program.serve
    for service in program.services[begun:]:
        service.kill()
        print(f"{service.log_file.name}:", *service.log.splitlines()[-5:], service.errors, sep="\n")


@pytest.fixture(scope="module")
def service(program):
    """One service for all tests of a file that leave it as it was."""
    path = Path(tempfile.mkdtemp(prefix="linchpin-fault-"))
    shared = program.serve(path / "data")
    yield shared
    shared.kill()
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def answered_once(program, session_folder):
    """A data folder with three assessments, of a service that has been stopped."""
    data = session_folder / "answered"
    service = program.serve(data)
    for number in range(3):
        assessment = Assessment(Visitor(service))
        assert assessment.save({"GOV-1.note": f"{MARK} {number} {'x' * 3_900}"}).status == 303
        assert assessment.save({"GOV-2.note": f"{MARK} {number} {'y' * 3_900}"}).status == 303
    assert service.stop() == 0
    return data


@pytest.fixture
def answered(answered_once, folder):
    """A copy of it, to spoil."""
    return shutil.copytree(answered_once, folder / "answered")


@pytest.fixture(scope="session")
def breaking_calls(session_folder):
    if not injection.compiler():
        pytest.skip("no C compiler for the fault injector: install gcc")
    return injection.build(session_folder)


@pytest.fixture
def injector(breaking_calls, folder):
    return injection.Injector(breaking_calls, folder / "breaking_calls")


@pytest.fixture
def stack():
    """Closes what a test opened, in reverse order."""
    with contextlib.ExitStack() as stack:
        yield stack

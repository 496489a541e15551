"""Fixtures of the browser tests. A run shares one service and one Chromium; each visitor has a context of her own."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from browsing.people import Mailbox, Town
from browsing.server import BINARY, Server
from browsing.stage import Stage
from browsing.words import LANGUAGES

OPERATOR = {"operator_name": "Kenniscentrum Proef", "operator_contact": "help@example.be"}


def pytest_configure(config):
    config.addinivalue_line("markers", "last: looks back on all that the other tests did")
    config.addinivalue_line("markers", "step: the walk cannot go on where this failed")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    if not BINARY.exists():
        pytest.exit(f"there is no {BINARY}: run `swift build` first, or set LINCHPIN_BINARY", returncode=3)
    try:
        server = Server(tmp_path_factory.mktemp("service"), **OPERATOR)
    except RuntimeError as fault:
        pytest.exit(str(fault), returncode=3)
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def keeping_browser(browser):
    """Keeps pages whole for Back, as people's browsers do and Playwright's do not."""
    with_cache = browser.browser_type.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"])
    yield with_cache
    with_cache.close()


@pytest.fixture(scope="session")
def stage(server, browser):
    return Stage(server, browser)


@pytest.fixture(scope="session")
def town(tmp_path_factory, stage, browser):
    """A second service, which sends mail."""
    folder = tmp_path_factory.mktemp("town")
    mail = Mailbox(folder)
    server = Server(
        folder, mail_program=str(mail.program), mail_from="linchpin@example.be", trusted_proxies="127.0.0.1", **OPERATOR)
    yield Town(server, browser, mail, stage)
    if server.process.poll() is None:
        server.stop()


def visitors(stage):
    before = stage.visitors
    yield stage.visitor
    stage.leave([one for one in stage.visitors if one not in before])


@pytest.fixture
def visit(stage):
    """Makes visitors; when the test is over, none of their browsers may have complained."""
    yield from visitors(stage)


@pytest.fixture
def meet(town):
    """The same where the service sends mail."""
    yield from visitors(town)


WALKS = [pytest.param((language, scripts), id=f"{language}-{'scripts' if scripts else 'plain'}")
         for scripts in (False, True) for language in LANGUAGES]


@pytest.fixture(scope="session", params=WALKS)
def walk(request, stage):
    """One assessment from start to end, in one language, with or without JavaScript (UX-34); its tests come in order."""
    language, scripts = request.param
    narrow = {"viewport": {"width": 320, "height": 640}} if not scripts and language in ("nl", "de") else {}
    visitor = stage.visitor(language, scripts=scripts, **narrow)
    visitor.findings = []
    walk = SimpleNamespace(visitor=visitor, words=visitor.words, language=language, scripts=scripts, answers={}, stopped=None)
    yield walk
    stage.leave([visitor])


@pytest.fixture(autouse=True)
def in_order(request):
    """A step of the walk makes no sense after one that failed."""
    if "walk" in request.fixturenames:
        walk = request.getfixturevalue("walk")
        if walk.stopped:
            pytest.skip(f"the walk stopped at: {walk.stopped}")


class RuleBroken(AssertionError):
    pass


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    result = yield
    walk = item.funcargs.get("walk")
    if walk and walk.visitor.findings:
        findings, walk.visitor.findings = walk.visitor.findings, []
        raise RuleBroken("\n".join(findings))
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    walk = item.funcargs.get("walk") if hasattr(item, "funcargs") else None
    has_stopped = call.when == "call" and report.failed and not call.excinfo.errisinstance(RuleBroken)
    if walk and has_stopped and item.get_closest_marker("step"):
        walk.stopped = walk.stopped or item.originalname
    return report

"""What is kept and how accessible the service is, and the end of an account, in every language."""

import email
import email.policy
import re
import time

import pytest

from browsing.server import Server
from browsing.stage import Stage
from browsing.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_notices_are_a_link_away_and_keep_every_rule(visit, language):
    anna = visit(language)
    anna.go().follow("site.privacy").inspect("privacy")
    assert anna.page.locator("main th[scope=row]").count() == 10
    anna.follow("site.accessibility").inspect("accessibility")
    assert "EN 301 549" in anna.text and "WCAG" in anna.text


@pytest.fixture
def mailing_stage(tmp_path, browser):
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/mail.part && mv {tmp_path}/mail.part {tmp_path}/mail\n")
    program.chmod(0o700)
    server = Server(tmp_path, mail_program=str(program), mail_from="linchpin@example.be")
    stage = Stage(server, browser)
    stage.mail = tmp_path / "mail"
    yield stage
    stage.leave(stage.visitors)
    assert server.stop() == 0


def link(stage, seconds=10):
    """The path behind the language of the link in the mail that has come."""
    end = time.monotonic() + seconds
    while not stage.mail.exists() and time.monotonic() < end:
        time.sleep(0.05)
    mail = email.message_from_bytes(stage.mail.read_bytes(), policy=email.policy.default)
    return re.search(r"/\w\w(/register/[\w-]{43})", mail.get_content())[1]


def test_an_account_is_deleted_on_a_page_that_keeps_every_rule(mailing_stage):
    anna = mailing_stage.visitor("en", expected=["Clear-Site-Data header on"])
    anna.go("/register")
    anna.page.locator("#email").fill("anna@example.be")
    anna.press("register.button")
    anna.go(link(mailing_stage))
    anna.page.locator("#name").fill("Anna")
    anna.page.locator("#newPassword").fill("twelve quiet herons wade")
    anna.press("register.goOnButton")
    for language in LANGUAGES:
        anna.speak(language).go("/account/deletion").inspect("account deletion")
        anna.press("accountDeletion.button").inspect("account deletion/nothing given")
    anna.page.locator("input[name=sure]").check()
    anna.page.locator("#password").fill("twelve quiet herons wade")
    anna.press("accountDeletion.button").inspect("account deleted")
    assert anna.heading == anna.words("accountDeleted.title")
    assert anna.go("/account").path == "/sign-in"

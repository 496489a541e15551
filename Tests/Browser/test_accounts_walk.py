"""An account from its first mail to its end, in four languages: two with scripts, two without, one of these on a small screen."""

import json
import shutil
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from browsing import figures, people
from browsing.people import PASSWORD, type_in

pytestmark = pytest.mark.step

OTHER_PASSWORD = "nine calm otters drift by"


@pytest.fixture(scope="module", params=["nl-plain-320", "fr-plain", "de-scripts", "en-scripts"])
def walk(request, town):
    language, kind, *narrow = request.param.split("-")
    options = {"viewport": {"width": 320, "height": 640}} if narrow else {}
    visitor = town.visitor(language, scripts=kind == "scripts", **options)
    visitor.findings = []
    visitor.email = people.new_address(language)
    town.secrets.update([visitor.email, PASSWORD, OTHER_PASSWORD])
    yield SimpleNamespace(visitor=visitor, words=visitor.words, language=language, mail=town.mail, stopped=None)
    town.leave([visitor])


def test_the_address_is_proven_by_mail(walk):
    visitor = walk.visitor.go("/register").inspect("register")
    visitor.press("register.button").inspect("register/missing")
    assert walk.words("email.missing") in visitor.text
    type_in(visitor, email="anna at firm.be").press("register.button").inspect("register/no address")
    type_in(visitor, email=visitor.email).press("register.button").inspect("mail sent/register")
    visitor.go(walk.mail.link(visitor.email, "register")).inspect("new account")


def test_a_weak_password_is_refused_and_the_name_stays(walk):
    visitor = walk.visitor
    visitor.press("register.goOnButton").inspect("new account/missing")
    type_in(visitor, name="Ève D’Hondt", newPassword="password1234567").press("register.goOnButton")
    visitor.inspect("new account/weak")
    assert visitor.page.locator("#name").input_value() == "Ève D’Hondt"
    assert visitor.page.locator("#newPassword").input_value() == ""
    type_in(visitor, newPassword=PASSWORD).press("register.goOnButton")
    assert visitor.path == "/account"
    visitor.inspect("account/new")
    assert walk.words("account.signedInAs", name="Ève D’Hondt", email=visitor.email) in visitor.text


def test_the_second_step_is_set_up_with_the_code_on_the_page(walk, tmp_path):
    visitor = walk.visitor.go("/account/second-step").inspect("second step/off")
    key = people.key_on_page(visitor)
    visitor.press("secondStep.button").inspect("second step/missing")
    assert people.key_on_page(visitor) == key
    visitor.page.locator("svg.qr").screenshot(path=tmp_path / "code.png")
    if shutil.which("zbarimg"):
        address = urlsplit(figures.decode(tmp_path / "code.png"))
        assert (address.scheme, address.netloc) == ("otpauth", "totp")
        assert parse_qs(address.query)["secret"] == [key]
    people.turn_on_second_step(visitor).inspect("recovery codes")
    assert len(set(visitor.codes)) == 10
    visitor.press("secondStep.codesKept")
    assert walk.words("account.secondStepOn") in visitor.inspect("account/two steps").text
    visitor.go("/account/second-step").inspect("second step/on")
    assert walk.words("secondStep.codesLeft", count=10) in visitor.text
    assert not set(visitor.codes) & set(visitor.text.split())


def test_signing_in_takes_the_password_and_a_code(walk):
    visitor = walk.visitor.go("/account").press("account.signOut").inspect("signed out")
    assert visitor.go("/account").path == "/sign-in"
    visitor.inspect("sign-in").press("signIn.button").inspect("sign-in/missing")
    type_in(visitor, email=visitor.email, password="wrong herons").press("signIn.button").inspect("sign-in/wrong")
    assert walk.words("signIn.wrong") in visitor.text
    type_in(visitor, password=PASSWORD).press("signIn.button")
    assert visitor.path == "/sign-in/code"
    visitor.inspect("code")
    type_in(visitor, code=visitor.phone.wrong()).press("code.button").inspect("code/wrong")
    assert visitor.go("/account").path == "/sign-in/code"
    visitor.page.locator("details > summary").click()
    type_in(visitor, recovery="ABCD-EFGH").press("code.button").inspect("code/wrong recovery code")
    type_in(visitor, recovery="", code=visitor.phone.code()).press("code.button")
    assert visitor.path == "/account"


def test_the_sessions_page_ends_another_browser(walk, town):
    other = town.visitor(walk.language)
    people.sign_in(other.go("/account"), walk.visitor.email, recovery=walk.visitor.codes[0])
    assert other.path == "/account"
    visitor = walk.visitor.go("/account/sessions").inspect("sessions")
    assert walk.words("sessions.this") in visitor.text and walk.words("sessions.wrongPassword") in visitor.text
    visitor.press("sessions.endOthers").inspect("sessions/ended")
    assert other.go("/account").path == "/sign-in"
    town.leave([other])


def test_the_password_is_changed_by_who_knows_it(walk):
    visitor = walk.visitor.go("/account/password").inspect("password")
    type_in(visitor, password="wrong herons", newPassword="short").press("password.button").inspect("password/wrong")
    type_in(visitor, password=PASSWORD, newPassword=OTHER_PASSWORD).press("password.button").inspect("password/changed")
    assert walk.words("password.changed") in visitor.text


def test_name_and_language_are_changed(walk):
    visitor = walk.visitor.go("/account/profile").inspect("profile")
    type_in(visitor, name="").press("profile.button").inspect("profile/missing")
    type_in(visitor, name="Ève Janssens").press("profile.button")
    assert visitor.path == "/account" and "Ève Janssens" in visitor.text


def test_another_address_counts_once_both_have_confirmed(walk):
    visitor = walk.visitor.go("/account/email").inspect("e-mail")
    new = people.new_address("eve")
    visitor.stage.secrets.add(new)
    visitor.press("changeEmail.button").inspect("e-mail/missing")
    type_in(visitor, email=new, password=OTHER_PASSWORD).press("changeEmail.button").inspect("mail sent/change")
    visitor.go(walk.mail.link(visitor.email, "confirm")).inspect("confirm e-mail")
    visitor.press("changeEmail.confirmButton").inspect("e-mail/half")
    assert visitor.email in visitor.go("/account").text
    visitor.go(walk.mail.link(new, "confirm")).press("changeEmail.confirmButton").inspect("e-mail/done")
    assert new in visitor.go("/account").text and visitor.email not in visitor.text
    visitor.email = new


def test_everything_about_her_comes_as_one_file(walk):
    visitor = walk.visitor.go("/account")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=walk.words("account.export"), exact=True).click()
    assert download.value.suggested_filename == "linchpin-account.json"
    export = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert (export["account"]["email"], export["account"]["name"]) == (visitor.email, "Ève Janssens")
    assert {one["outcome"] for one in export["signIns"]} == {"signedIn", "wrongPassword", "wrongCode"}


def test_the_account_goes_for_good(walk):
    visitor = walk.visitor.go("/account").follow("account.delete").inspect("account deletion")
    visitor.press("accountDeletion.button").inspect("account deletion/nothing given")
    visitor.page.locator("input[name=sure]").check()
    type_in(visitor, password=OTHER_PASSWORD).press("accountDeletion.button").inspect("account deleted")
    assert visitor.go("/account").path == "/sign-in"
    people.sign_in(visitor, visitor.email, OTHER_PASSWORD).inspect("sign-in/wrong")

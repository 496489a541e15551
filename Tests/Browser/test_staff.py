"""The staff at work: the first administrator comes from the command line, an analyst and a buyer through her pages."""

import re

import pytest

from browsing import people
from browsing.people import PASSWORD, inspect_everywhere, type_in


def choose_password(visitor, link):
    """By a link, and then on to the second step that staff must set up."""
    visitor.go(link).inspect("new password")
    visitor.press("forgot.newButton").inspect("new password/missing")
    type_in(visitor, newPassword=PASSWORD).press("forgot.newButton").inspect("sign-in/password saved")
    people.sign_in(visitor, visitor.email)
    assert visitor.path == "/account/second-step", visitor.text
    return visitor


@pytest.fixture(scope="module")
def administrator(town):
    ines = town.visitor("en")
    ines.email = people.new_address("ines")
    town.secrets.add(ines.email)
    printed = town.command("add", "--administrator", ines.email, "--name", "Ines Willems", "--language", "en")
    choose_password(ines, re.search(r"/reset/[\w-]+", printed)[0])
    inspect_everywhere(ines, "second step/must")
    assert ines.words("secondStep.required") in ines.text
    people.turn_on_second_step(ines).press("secondStep.codesKept")
    yield ines
    town.leave([ines])


def test_her_account_page_leads_to_the_administration(administrator):
    inspect_everywhere(administrator.go("/account"), "account/administrator")
    assert administrator.follow("account.administration").path == "/administration"


def test_a_search_that_finds_nothing_says_so(administrator):
    for place in ("accounts", "organisations"):
        inspect_everywhere(administrator.go(f"/administration/{place}?search=qwzx"), f"administered {place}/nothing found")


def test_an_analyst_is_invited_and_must_set_up_the_second_step(administrator, meet):
    ines, omar = administrator.go("/administration/accounts"), meet("de")
    ines.press("adminAccounts.inviteButton").inspect("administered accounts/missing")
    ines.choose("role", "administrator")
    omar.email = people.new_address("omar")
    type_in(ines, email=omar.email, name="Omar Haddad", password="wrong herons").press("adminAccounts.inviteButton")
    ines.inspect("administered accounts/wrong password")
    ines.choose("role", "analyst")
    ines.press("adminAccounts.inviteButton")
    inspect_everywhere(ines, "link for an account")
    link = ines.stage.mail.link(omar.email, "reset")
    assert ines.page.locator(".keep").inner_text().strip().endswith(link)
    choose_password(omar, link)
    people.turn_on_second_step(omar).press("secondStep.codesKept")
    assert omar.path == "/account"
    assert omar.go("/administration").status == 404


def test_an_account_is_helped_and_shut_out(administrator, meet):
    ines = administrator
    lies = people.register(meet("nl"), "Lies Bogaert")
    ines.go(f"/administration/accounts?search={lies.email.split('@')[0]}").inspect("administered accounts/found")
    ines.click(ines.page.get_by_role("link", name="Lies Bogaert"))
    card = ines.path
    inspect_everywhere(ines, "administered account")
    ines.press("adminAccounts.resetPassword").inspect("administered account/wrong password")
    ines.press("adminAccounts.disable").inspect("administered account/disabled")
    assert lies.go("/account").path == "/sign-in"
    people.sign_in(lies, lies.email).inspect("sign-in/wrong")
    ines.press("adminAccounts.enable")
    type_in(ines, password=PASSWORD).press("adminAccounts.resetPassword").inspect("link for an account/new password")
    lies.go(ines.stage.mail.link(lies.email, "reset"))
    type_in(lies, newPassword="nine calm otters drift by").press("forgot.newButton")
    inspect_everywhere(ines.go(f"{card}/link"), "link for an account/used")
    people.sign_in(lies, lies.email, "nine calm otters drift by")
    assert lies.path == "/account"


def test_nobody_ends_the_last_administrator(administrator):
    ines = administrator.go("/administration/accounts")
    ines.click(ines.page.get_by_role("link", name="Ines Willems").first)
    inspect_everywhere(ines, "administered account/own")
    ines.press("adminAccounts.takeAdministrator").inspect("administered account/last administrator")
    assert ines.words("adminAccounts.lastAdministrator") in ines.text


def test_an_organisation_is_confirmed_and_admitted_and_its_members_need_the_second_step_at_once(administrator, meet):
    ines = administrator
    tom = people.make_organisation(people.register(meet("en"), "Tom Segers"), "Haven Segers", number="BE 0403.170.701")
    assert people.at_organisation(tom).status == 200
    ines.go("/administration/organisations?search=haven").inspect("administered organisations/found")
    ines.click(ines.page.get_by_role("link", name="Haven Segers"))
    inspect_everywhere(ines, "administered organisation")
    ines.press("adminFirms.confirm")
    inspect_everywhere(ines, "administered organisation/confirmed")
    people.at_organisation(tom)
    assert tom.words("organisation.proofStaff", date=tom.words.date()) in tom.text
    ines.press("adminFirms.admit").inspect("administered organisation/buyer")
    people.at_organisation(tom)
    assert tom.path == "/account/second-step"
    tom.inspect("second step/must, while signed in")
    people.turn_on_second_step(tom)
    assert tom.words("organisation.buyer", date=tom.words.date()) in people.at_organisation(tom).text


def test_who_is_no_administrator_finds_no_room(meet):
    lea = people.register(meet("en"), "Lea Martens")
    for place in ("", "/accounts", "/organisations", "/mail", "/audit"):
        assert lea.go(f"/administration{place}").status == 404

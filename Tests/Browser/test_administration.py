"""The room of the administrators: every page and its faults, in every language, on a wide and a narrow screen."""

import pytest

from browsing.staff import PASSWORD, become_administrator
from browsing.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_invites_helps_and_looks_things_up(visit, language):
    chief = visit(language)
    become_administrator(chief, f"chief-{language}@staff.example", f"Chief {language}")
    typed = (f"Chief {language}", f"Bo {language}", f"bo-{language}@anvil.example", "staff.example", "chief-", "Bo ")
    chief.go("/administration").inspect("administration", typed=typed)
    chief.follow("adminAccounts.title").inspect("administered accounts", typed=typed)

    chief.page.fill("#email", "no address")
    chief.choose("role", "administrator")
    chief.press("adminAccounts.inviteButton")
    assert chief.status == 422
    chief.inspect("administered accounts/faults", typed=(*typed, "no address"))
    assert chief.chosen("role") == "administrator" and chief.page.locator("#password").is_visible()

    chief.page.fill("#email", f"bo-{language}@anvil.example")
    chief.page.fill("#name", f"Bo {language}")
    chief.choose("role", "analyst")
    chief.press("adminAccounts.inviteButton").inspect("link for an account", typed=typed)
    assert f"/{language}/reset/" in chief.page.locator(".keep").inner_text()
    assert chief.page.locator("svg.qr").is_visible()

    chief.click(chief.page.locator(".back")).inspect("administered account", typed=typed)
    chief.press("adminAccounts.resetPassword")
    assert chief.status == 422
    chief.inspect("administered account/faults", typed=typed)
    chief.page.fill("#password", PASSWORD)
    chief.press("adminAccounts.resetPassword").inspect("link for an account/again", typed=typed)
    chief.click(chief.page.locator(".back"))
    chief.press("adminAccounts.disable").inspect("administered account/disabled", typed=typed)

    chief.go(f"/administration/accounts?search=bo-{language}").inspect("administered accounts/found", typed=typed)
    assert chief.page.locator("tbody tr").count() == 1
    for place in ("organisations", "mail"):
        chief.go(f"/administration/{place}").inspect(f"administered {place}")
    chief.go("/administration/audit").inspect("audit", typed=typed)
    chief.press("audit.check").inspect("audit/checked", typed=typed)
    assert chief.page.locator(".notice.good").is_visible()

"""The session of an account ends while a form is filled in: signing in again, with the second step, saves it (UX-24)."""

import pytest

from browsing import people, steps
from browsing.questionnaire import Answer, asked

SECTION = next(asked("starter"))
QUESTION = SECTION.questions[0].id
NOTE = "Drie regels\nmet \"aanhalingstekens\" & <haken>\nen één accent"


@pytest.mark.parametrize("language, scripts", [("nl", False), ("fr", True), ("de", True), ("en", False)], ids=lambda one: str(one))
def test_answers_are_saved_once_she_has_signed_in_again(meet, language, scripts):
    anna = people.register(meet(language, scripts=scripts)).go("/account/second-step")
    people.begin(people.make_organisation(people.turn_on_second_step(anna), f"Weverij {language}"))
    anna.at(f"/sections/{SECTION.id}")
    steps.fill(anna, QUESTION, Answer("4", note=NOTE))
    form, anna.page = anna.page, anna.context.new_page()
    anna.go("/account").press("account.signOut")
    anna.page = form
    anna.press("save.continue")
    assert anna.status == 403
    anna.inspect("kept form")
    people.sign_in(anna, anna.email, "wrong herons").inspect("sign-in/kept form, wrong password")
    people.type_in(anna, password=people.PASSWORD).press("signIn.button").inspect("code/kept form")
    people.type_in(anna, code=anna.phone.wrong()).press("code.button").inspect("code/kept form, wrong code")
    people.type_in(anna, code=anna.phone.code()).press("code.button").inspect("kept form opened again")
    anna.press("kept.save")
    assert anna.status == 200
    anna.at(f"/sections/{SECTION.id}")
    assert anna.chosen(f"{QUESTION}.practice") == "4"
    assert anna.page.locator(f'[name="{QUESTION}.note"]').input_value() == NOTE


def test_a_form_outlives_a_session_that_another_browser_ended(meet):
    anna, other = people.make_organisation(people.register(meet("nl")), "Smederij Peeters"), meet("nl")
    people.at_organisation(anna, "/facts")
    people.type_in(anna, name="Smederij Peeters en dochter")
    people.sign_in(other.go("/account/sessions"), anna.email).press("sessions.endOthers")
    anna.press("profile.button")
    assert anna.status == 403 and anna.words("signIn.keptWhat") in anna.text
    anna.inspect("sign-in/kept form")
    people.sign_in(anna, anna.email).press("kept.save")
    assert anna.heading == "Smederij Peeters en dochter"


def test_a_page_asked_for_too_late_comes_after_signing_in(meet):
    anna = people.make_organisation(people.register(meet("fr")), "Menuiserie Peeters")
    anna.context.clear_cookies()
    people.at_organisation(anna, "/members")
    assert anna.path == "/sign-in"
    people.sign_in(anna, anna.email)
    assert anna.path.endswith("/members")

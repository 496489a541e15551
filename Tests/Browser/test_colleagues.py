"""An organisation, its members, somebody outside who answers one section, and an assessment that is taken in."""

import re

import pytest

from browsing import people, steps
from browsing.people import at_organisation, inspect_everywhere, type_in
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked

SECTIONS = list(asked("starter"))
FIRST, SECOND = SECTIONS[:2]
QUESTION = SECOND.questions[0].id
NOTE = "Back-ups staan bij de IT-firma"


@pytest.fixture(scope="module")
def owner(town):
    """Anna owns an organisation that has begun an assessment."""
    anna = people.make_organisation(people.register(town.visitor("en")), "Drukkerij Peeters", number="0403.227.515")
    people.begin(anna)
    yield anna
    town.leave([anna])


def test_an_organisation_is_made_and_its_pages_keep_every_rule(meet):
    els = people.register(meet("nl"), "Els Maes").follow("account.organisationNew")
    inspect_everywhere(els, "new organisation").press("organisation.make").inspect("new organisation/missing")
    people.fill_organisation(els, "Bakkerij Maes", number="0403.227.516").press("organisation.make")
    els.inspect("new organisation/wrong number")
    people.make_organisation(els, "Bakkerij Maes", number=" be 0403 227.515 ")
    inspect_everywhere(els, "organisation/new")
    for place, name in (
        ("/members", "members/one"), ("/invitations", "invitations/none"), ("/proof", "proof"), ("/audit", "organisation audit"),
        ("/departure", "departure"), ("/facts", "organisation facts"), ("/assessments", "begin"), ("/deletion", "organisation deletion"),
    ):
        inspect_everywhere(at_organisation(els, place), name)
    at_organisation(els, "/assessments").press("home.start").inspect("begin/no level")
    at_organisation(els, "/departure").press("departure.button").inspect("departure/not sure")
    els.page.locator("input[name=sure]").check()
    els.press("departure.button").inspect("departure/last owner")
    assert els.words("member.lastOwner") in els.text
    at_organisation(els, "/deletion").press("organisationDeletion.button").inspect("organisation deletion/nothing given")


def test_mail_at_its_own_domain_proves_an_organisation(owner, meet):
    address = people.new_address("info")
    at_organisation(owner, "/proof").press("register.button").inspect("proof/missing")
    type_in(owner, email="anna@gmail.com").press("register.button").inspect("proof/anybody")
    type_in(owner, email=address).press("register.button").inspect("mail sent/proof")
    reader = meet("de").go(owner.stage.mail.link(address, "prove"))
    inspect_everywhere(reader, "prove").press("prove.button").inspect("proven")
    domain = address.split("@")[1]
    at_organisation(owner)
    assert owner.words("organisation.proofMail", domain=domain, date=owner.words.date()) in owner.text


def test_a_colleague_joins_with_a_new_account(owner, meet):
    at_organisation(owner, "/invitations").press("invitation.button").inspect("invitations/missing")
    address = people.new_address("bart")
    link = people.invite(owner, address, "editor")
    inspect_everywhere(owner, "invitation/sent")
    inspect_everywhere(at_organisation(owner, "/invitations"), "invitations/open")
    bart = meet("fr").go(link)
    inspect_everywhere(bart, "join/new account").press("join.newButton").inspect("join/missing")
    people.join(bart, link, "Bart Claes")
    assert bart.words("member.editor") in bart.text and bart.words("member.ownerMay") not in bart.text
    bart.go(link)
    assert bart.status == 410
    inspect_everywhere(bart, "link over")
    inspect_everywhere(at_organisation(owner, "/members"), "members")
    assert "Bart Claes" in owner.text


def test_a_link_that_is_handed_over_proves_no_mailbox(owner, meet):
    """It lets a member in who has an account; who has none gets the link by mail (SEC-3)."""
    address = people.new_address("piet")
    people.invite(owner, address, "reader")
    shown = re.search(r"/join/[\w-]+", owner.page.locator(".keep").inner_text())[0]
    piet = meet("de").go(shown)
    inspect_everywhere(piet, "join/handed over").press("join.mailButton")
    piet.inspect("join/sent again")
    other = people.register(meet("nl"), "Piet Wouters").go(shown)
    inspect_everywhere(other, "join/signed in").press("join.button")
    assert other.heading == "Drukkerij Peeters"


def test_an_invitation_is_taken_back(owner, meet):
    address = people.new_address("weg")
    link = people.invite(owner, address, "reader")
    owner.press("invitation.withdraw")
    assert address not in owner.text
    assert meet("fr").go(link).status == 410


def test_roles_count_at_once(owner, meet):
    """A reader sees no way to change anything; an editor, in the next moment, does."""
    address = people.new_address("rik")
    rik = people.join(meet("en"), people.invite(owner, address, "reader"), "Rik Aerts")
    assert rik.page.get_by_role("link", name=rik.words("organisation.begin")).count() == 0
    inspect_everywhere(rik, "organisation/reader")
    rik.assessment = owner.assessment
    inspect_everywhere(rik.at(), "tasks/reader")
    for place in ("", "/check"):
        rik.at(place)
        changes = rik.page.locator('main a[href*="/sections/"], main a[href*="/facts"], main a[href$="/link"], main a[href$="/deletion"], main form')
        assert changes.count() == 0, changes.first.evaluate("one => one.outerHTML")
    rik.at(f"/sections/{FIRST.id}")
    assert rik.status == 403
    inspect_everywhere(rik, "role too low")
    owner.click(at_organisation(owner, "/members").page.get_by_role("link", name="Rik Aerts"))
    inspect_everywhere(owner, "member")
    owner.choose("role", "editor")
    owner.press("member.save").inspect("members/saved")
    assert rik.at(f"/sections/{FIRST.id}").status == 200
    owner.click(owner.page.get_by_role("link", name="Rik Aerts")).press("member.remove")
    assert "Rik Aerts" not in owner.text
    rik.at()
    assert rik.status == 403


def test_the_last_owner_stays_owner(owner):
    owner.click(at_organisation(owner, "/members").page.get_by_role("link", name=owner.words("member.you", name="Anna Peeters")))
    owner.choose("role", "reader")
    owner.press("member.save").inspect("member/last owner")


def test_somebody_outside_answers_her_section_and_sees_nothing_else(owner, meet):
    owner.at("/colleagues")
    inspect_everywhere(owner, "colleagues/none").press("colleague.button").inspect("colleagues/missing")
    link = people.ask(owner, "Onze IT-firma", SECOND.id)
    inspect_everywhere(owner, "colleague")
    kim = meet("nl").go(link)
    inspect_everywhere(kim, "contribute")
    people.help_out(kim, link)
    inspect_everywhere(kim, "contributor")
    assert [one.rsplit("/", 1)[1] for one in kim.page.locator("main .tasks a").evaluate_all("all => all.map(one => one.href)")] == [SECOND.id]
    for place in ("/facts", "/check", "/link", "/authors", "/colleagues", "/deletion", f"/sections/{FIRST.id}"):
        kim.at(place)
        assert kim.status == 403, place
    inspect_everywhere(kim.at(f"/sections/{SECOND.id}"), f"section {SECOND.id}/contributor")
    steps.fill(kim, QUESTION, Answer("4", note=NOTE))
    kim.press("save.later").inspect("contributor/saved")
    owner.at("/authors")
    inspect_everywhere(owner, "authors")
    row = owner.page.locator("tr", has_text="Onze IT-firma")
    assert row.count() == 1 and owner.words.date() in row.inner_text()


def test_withdrawal_shuts_her_out_and_keeps_what_she_typed(owner, meet):
    link = people.ask(owner, "Systeembeheer Jacobs", SECOND.id)
    card = owner.path
    jo = people.help_out(meet("de"), link).at(f"/sections/{SECOND.id}")
    steps.fill(jo, QUESTION, Answer("2", note="Getypt terwijl het slot dichtging"))
    owner.press("link.withdraw")
    inspect_everywhere(owner, "colleagues/some")
    inspect_everywhere(owner.go(card), "colleague/withdrawn")
    jo.press("save.continue")
    assert jo.status == 403 and jo.words("kept.what") in jo.text
    jo.inspect("kept form")
    assert jo.page.locator(f'input[name="keep.{QUESTION}.note"]').first.get_attribute("value") == "Getypt terwijl het slot dichtging"
    jo.at(f"/sections/{SECOND.id}")
    assert jo.status == 403
    jo.go(link)
    assert jo.status == 410


def test_an_anonymous_assessment_is_taken_in_and_its_link_ends(owner, meet):
    anna = prepare(meet("en"), answers={QUESTION: Answer("3", note=NOTE)}, name="Drukkerij Peeters")
    guest = meet("nl")
    steps.open_link(guest, anna.link)
    people.sign_in(anna.at().follow("adoption.title").inspect("sign-in/to adopt"), owner.email)
    assert anna.path.endswith("/adoption")
    anna.organisation = owner.organisation
    inspect_everywhere(anna, "adoption").press("adoption.button").inspect("adoption/missing")
    people.adopt(anna).inspect("tasks/adopted")
    assert anna.words("adoption.done") in anna.text
    at_organisation(owner)
    assert owner.page.locator(f'main a[href$="/assessments/{anna.assessment}"]').count() == 1
    inspect_everywhere(owner, "organisation/two assessments")
    inspect_everywhere(anna.at("/link"), "link/none")
    for place in (lambda: guest.at(), lambda: guest.go(f"/open/{anna.link.rsplit('/', 1)[1]}").press("open.button")):
        place()
        assert guest.status == 403


def test_the_organisation_sees_who_did_what(owner):
    at_organisation(owner, "/audit")
    inspect_everywhere(owner, "organisation audit/full")
    for key in ("audit.memberInvited", "audit.assessmentAdopted", "audit.contributorWithdrawn"):
        assert owner.words(key) in owner.text


def test_a_signed_in_reader_of_another_organisation_finds_nothing(owner, meet):
    stranger = people.register(meet("en"), "Sofie Daems")
    at_organisation(owner, "/members")
    stranger.organisation = owner.organisation
    for place in ("", "/members", "/invitations", "/audit", "/facts"):
        at_organisation(stranger, place)
        assert stranger.status == 404, place

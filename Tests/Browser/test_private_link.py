"""Coming back with the private link: a week later, on another machine, in another language."""

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked

FIRST = next(asked("starter"))


def test_the_link_opens_the_assessment_in_another_browser_and_language(visit):
    anna = prepare(visit("nl", scripts=False))
    question = FIRST.questions[0].id
    anna.at(f"/sections/{FIRST.id}")
    steps.fill(anna, question, Answer("4", note="Gesprek met de zaakvoerder"))
    anna.press("save.later")
    later = visit("fr", scripts=False)
    steps.open_link(later, anna.link)
    assert later.assessment == anna.assessment
    assert later.heading == later.words("tasks.title")
    later.at(f"/sections/{FIRST.id}")
    assert later.chosen(f"{question}.practice") == "4"
    assert later.page.locator(f'[name="{question}.note"]').input_value() == "Gesprek met de zaakvoerder"


def test_following_the_link_alone_opens_nothing(visit):
    """Mail scanners follow links; they press no buttons (SEC-10)."""
    anna, scanner = prepare(visit("en")), visit("en")
    scanner.page.goto(anna.link)
    scanner.assessment = anna.assessment
    scanner.at()
    assert scanner.status == 403


def test_a_link_that_is_typed_with_blanks_and_line_ends_still_opens(visit):
    """UX-9"""
    anna, later = prepare(visit("de")), visit("de", scripts=False)
    later.go("").follow("site.open")
    later.inspect("open")
    later.page.locator("#link").fill(f"   {anna.link}  ")
    later.press("open.button")
    assert later.heading == later.words("tasks.title")
    token = anna.link.rsplit("/", 1)[1]
    another = visit("de", scripts=False).go("/open")
    another.page.locator("#link").fill(token)
    another.press("open.button")
    assert another.heading == another.words("tasks.title")


def test_a_wrong_or_shortened_link_is_explained_and_kept_in_the_field(visit):
    anna, stranger = prepare(visit("nl")), visit("nl")
    for language in ("nl", "fr", "de", "en"):
        stranger.speak(language).go("/open").inspect("open")
        stranger.page.locator("#link").fill(anna.link[:-5])
        stranger.press("open.button")
        assert stranger.status == 422
        stranger.inspect("open/unreadable")
        wrong = anna.link[:-6] + ("AAAAAA" if not anna.link.endswith("AAAAAA") else "BBBBBA")
        stranger.page.locator("#link").fill(wrong)
        stranger.press("open.button")
        assert stranger.status in (403, 422)
        stranger.inspect("open/wrong")
        assert stranger.page.locator("#link").input_value() == wrong


def test_a_new_link_ends_the_old_one(visit):
    anna = prepare(visit("en"))
    old = anna.link
    anna.at("/link").press("link.new")
    anna.inspect("link/new")
    steps.keep_link(anna)
    assert anna.link != old
    stranger = visit("en").go(f"/open/{old.rsplit('/', 1)[1]}")
    stranger.press("open.button")
    assert stranger.status == 403
    friend = visit("en")
    steps.open_link(friend, anna.link)
    assert friend.assessment == anna.assessment


def test_a_withdrawn_link_leaves_only_this_browser(visit):
    """What the page promises: other browsers that had opened it are out at once."""
    anna, other = prepare(visit("en")), visit("en")
    steps.open_link(other, anna.link)
    for language in ("nl", "fr", "de", "en"):
        anna.speak(language).at("/link").inspect("link/kept")
    anna.press("link.withdraw")
    for language in ("nl", "fr", "de", "en"):
        anna.speak(language).at("/link").inspect("link/none")
    other.at()
    assert other.status == 403
    other.go(f"/open/{anna.link.rsplit('/', 1)[1]}").press("open.button")
    assert other.status == 403
    anna.at()
    assert anna.status == 200
    anna.at("/link").press("link.make")
    steps.keep_link(anna)
    steps.open_link(other, anna.link)


def test_nobody_sees_an_assessment_that_she_does_not_hold(visit):
    anna, stranger = prepare(visit("en")), prepare(visit("en"))
    stranger.assessment = anna.assessment
    for place in ("", "/facts", "/link", "/check", f"/sections/{FIRST.id}", "/submissions/1", "/deletion"):
        stranger.at(place)
        assert stranger.status == 403, place
        assert stranger.heading == stranger.words("closed.title")

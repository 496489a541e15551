"""Every error page, in four languages: what happened, what to do, and whether anything was saved (UX-17)."""

import pytest

from browsing.prepare import prepare
from browsing.questionnaire import asked
from browsing.raw import Raw, fields_of
from browsing.words import LANGUAGES

SECTION = next(asked("starter"))
POST = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def anna(visit, language):
    return prepare(visit(language)).at(f"/sections/{SECTION.id}")


def check(visitor, kind, status, posted):
    assert visitor.status == status
    visitor.inspect(f"error {kind}")
    assert visitor.heading == visitor.words(f"{kind}.title")
    assert visitor.words(f"{kind}.what") in visitor.text and visitor.words(f"{kind}.next") in visitor.text
    assert (visitor.words("error.nothingSaved") in visitor.text) == posted
    assert "help@example.be" in visitor.text
    assert visitor.page.locator(".summary").count() == 0
    for leak in ("Swift", "error:", "Exception", "/Sources/", "SQL", ".swift"):
        assert leak not in visitor.text


@in_each_language
def test_a_page_that_does_not_exist(visit, language):
    visitor = visit(language)
    for place in ("/nowhere", "/start", "/assessments", "/submissions/1"):
        visitor.go(place)
        check(visitor, "notFound", 404, posted=False)


@in_each_language
def test_a_section_or_result_that_does_not_exist(anna):
    for place in ("/sections/NOPE", "/submissions/1", "/submissions/x/plan", "/submissions/-1/result.csv"):
        anna.at(place)
        check(anna, "notFound", 404, posted=False)


@in_each_language
def test_a_method_that_an_address_does_not_answer(visit, language, stage):
    visitor = visit(language).go("/start/supply-chain")
    check(visitor, "wrongMethod", 405, posted=False)
    assert visitor.response.headers["allow"] == "POST"
    visitor.show(Raw(stage.server).ask("POST", f"/{language}/help", "a=b", POST), "/help")
    assert visitor.status == 405 and visitor.response.headers["allow"] == "GET, HEAD"


@in_each_language
def test_a_form_that_is_too_large(anna):
    question = SECTION.questions[0].id
    long = "Te lang! " * 32_000
    anna.choose(f"{question}.practice", "4")
    anna.open_note(question).fill(long)
    anna.press("save.continue")
    check(anna, "tooLarge", 413, posted=True)
    assert anna.at(f"/sections/{SECTION.id}").chosen(f"{question}.practice") is None


def test_the_back_button_keeps_the_text_of_a_form_that_was_too_large(visit):
    """What the page promises: "your text is still there"."""
    anna = prepare(visit("en")).at(f"/sections/{SECTION.id}")
    question = SECTION.questions[0].id
    anna.open_note(question).press_sequentially("Dit stond er.")
    anna.page.locator(f'[name="{question}.note"]').evaluate("area => { area.value += ' En dit te lange stuk.'.repeat(13000) }")
    anna.press("save.continue")
    assert anna.status == 413
    anna.back()
    assert anna.page.locator(f'[name="{question}.note"]').input_value().startswith("Dit stond er.")


@in_each_language
def test_something_that_is_no_form(anna):
    anna.page.locator("form#section").evaluate("form => { form.enctype = 'text/plain' }")
    anna.press("save.continue")
    check(anna, "notAForm", 415, posted=True)


@in_each_language
def test_text_that_is_no_utf_8(anna, stage):
    path = f"/{anna.language}/assessments/{anna.assessment}/sections/{SECTION.id}"
    for body in ("GOV-1.note=%ff%fe", "GOV-1.note=%C3", "GOV-1.note=%zz", "GOV-1.note=100%"):
        answer = Raw(stage.server, anna).ask("POST", path, body, POST)
        assert answer[0] == 422
    anna.show(answer, f"/assessments/{anna.assessment}/sections/{SECTION.id}")
    assert anna.words("brokenText.title") == anna.heading
    anna.inspect("error brokenText")


@in_each_language
def test_a_field_or_value_that_the_page_does_not_have(anna):
    question = SECTION.questions[0].id
    foreign = [("TEC-1.practice", "3"), ("constructor", "1"), (f"{question}.practice", "6"), (f"{question}.practice", "3 "), (f"{question}.note", "twice")]
    for name, value in foreign:
        anna.at(f"/sections/{SECTION.id}")
        anna.page.locator("form#section").evaluate("""(form, [name, value]) => {
            form.querySelectorAll(`input[name="${name}"]`).forEach(one => one.remove())
            form.insertAdjacentHTML('beforeend', `<input type="hidden" name="${name}" value="${value}">`) }""", [name, value])
        anna.choose(f"{SECTION.questions[-1].id}.practice", "5")
        anna.press("save.continue")
        check(anna, "badForm", 422, posted=True)
    assert anna.at(f"/sections/{SECTION.id}").page.locator("main input:checked").count() == 0


@in_each_language
def test_a_form_with_too_many_fields(anna):
    anna.page.locator("form#section").evaluate("""form => form.insertAdjacentHTML(
        'beforeend', Array.from({length: 1001}, (_, n) => `<input type="hidden" name="f${n}" value="">`).join(''))""")
    anna.press("save.continue")
    check(anna, "tooManyFields", 422, posted=True)


@in_each_language
def test_a_form_from_another_site(anna, stage):
    fields, place = fields_of(anna), f"/assessments/{anna.assessment}/sections/{SECTION.id}"
    raw = Raw(stage.server, anna)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
                    {"Sec-Fetch-Site": ""}, {"Sec-Fetch-Site": "", "Origin": "null"}):
        answer = raw.post(f"/{anna.language}{place}", fields, headers)
        assert answer[0] == 403, headers
    anna.show(answer, place)
    check_shown(anna, "otherSite")


def check_shown(visitor, kind):
    assert visitor.heading == visitor.words(f"{kind}.title")
    assert visitor.words("error.nothingSaved") in visitor.text
    visitor.inspect(f"error {kind}")


@in_each_language
def test_a_browser_that_keeps_no_cookie(visit, language):
    visitor = visit(language).go("")
    visitor.choose("level", "starter")
    visitor.context.clear_cookies()
    visitor.press("home.start")
    check(visitor, "noCookie", 403, posted=True)


@in_each_language
def test_the_help_page_passes_the_same_rules(visit, language):
    visitor = visit(language).go("")
    visitor.follow("site.help")
    visitor.inspect("help")
    assert "help@example.be" in visitor.text

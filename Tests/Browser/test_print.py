"""What people keep on paper: the result on two pages, and every answer (UX-33)."""

import pytest

from browsing import figures, steps
from browsing.prepare import prepare
from browsing.questionnaire import Answer, asked, texts
from browsing.words import LANGUAGES


def printed(visitor, file):
    visitor.page.pdf(path=file, format="A4", prefer_css_page_size=True)
    return squeezed(figures.pdf_text(file))


def squeezed(text):
    """Without blanks and hyphens, which lines may break at."""
    return "".join(text.replace("-", "").split())


STATES = {
    "mixed": lambda sector: steps.mixed("standard", sector),
    "worst": lambda sector: steps.steady("standard", sector, choice="1"),
    "unknown": lambda sector: steps.steady("standard", sector, choice="unknown"),
}


@pytest.fixture(params=[(state, sector) for state in STATES for sector in ("62", "20")], ids=lambda one: "-".join(one))
def result(request, visit):
    """Of a firm with a long name; sector 20 has an add-on."""
    state, sector = request.param
    anna = prepare(
        visit("nl"), "standard", sector, answers=STATES[state](sector), is_confirmed=True,
        name="Verpakkingen Vandenbroucke-Vanderstraeten en Zonen BV", number="0403227515")
    anna.reference = steps.reference(anna.at("/submissions/1/confirmation"))
    return anna


def assert_two_pages(visitor, number, file):
    for language in LANGUAGES:
        visitor.speak(language).at(f"/submissions/{number}")
        text = printed(visitor, file)
        level = texts(language)["levels"]["standard"]["title"]
        for words in (visitor.words("result.notMet", level=level), visitor.reference, visitor.words.date(), visitor.words("result.stepsTitle")):
            assert squeezed(words) in text, words
        assert squeezed(visitor.words("result.againButton")) not in text
        assert squeezed("Nederlands") not in text
        assert figures.pdf_pages(file) <= 2, language


def test_the_result_is_a_report_of_two_pages(result, tmp_path):
    assert_two_pages(result, 1, tmp_path / "one.pdf")


def test_so_is_the_second_result_with_the_change(result, tmp_path):
    section = next(asked("standard"))
    result.at(f"/sections/{section.id}")
    steps.fill(result, section.questions[0].id, Answer("2"))
    result.press("save.continue")
    result.at("/check")
    result.reference = steps.confirm(result)
    assert_two_pages(result, 2, tmp_path / "two.pdf")
    assert squeezed(result.words("result.change")) in printed(result, tmp_path / "two.pdf")


@pytest.mark.parametrize("result", [("mixed", "62")], indirect=True, ids=["mixed"])
def test_check_your_answers_prints_every_answer(result, tmp_path):
    result.at("/check")
    rows = result.page.locator("dl.answers > div").evaluate_all("""all => all.map(row =>
        [...row.querySelectorAll('dt, dd:not(.change)')].flatMap(one => [...one.childNodes].map(node => node.textContent.trim()).filter(Boolean)))""")
    text = printed(result, tmp_path / "check.pdf")
    assert len(rows) == 6 + 45, "facts and answers"
    missing = [part for row in rows for part in row if squeezed(part) not in text]
    assert not missing

"""What people keep on paper: the result on two pages, and every answer (UX-33)."""

import pytest

from browsing import figures, steps
from browsing.prepare import prepare
from browsing.questionnaire import texts
from browsing.words import LANGUAGES


def printed(visitor, file):
    visitor.page.pdf(path=file, format="A4", prefer_css_page_size=True)
    return squeezed(figures.pdf_text(file))


def squeezed(text):
    """Without blanks and hyphens, which lines may break at."""
    return "".join(text.replace("-", "").split())


@pytest.fixture(params=["mixed", "worst"])
def result(request, visit):
    answers = steps.mixed("standard") if request.param == "mixed" else steps.steady("standard", choice="1")
    anna = prepare(
        visit("nl"), "standard", answers=answers, is_confirmed=True,
        name="Verpakkingen Vandenbroucke-Vanderstraeten en Zonen BV", number="0403227515")
    anna.reference = steps.reference(anna.at("/submissions/1/confirmation"))
    return anna


def test_the_result_is_a_report_of_two_pages(result, tmp_path):
    for language in LANGUAGES:
        result.speak(language).at("/submissions/1")
        text = printed(result, tmp_path / f"{language}.pdf")
        level = texts(language)["levels"]["standard"]["title"]
        for words in (result.words("result.notMet", level=level), result.reference, result.words.date(), result.words("result.stepsTitle")):
            assert squeezed(words) in text, words
        assert squeezed(result.words("result.againButton")) not in text
        assert squeezed("Nederlands") not in text
        assert figures.pdf_pages(tmp_path / f"{language}.pdf") <= 2, language


def test_check_your_answers_prints_every_answer(result, tmp_path):
    result.at("/check")
    rows = result.page.locator("dl.answers > div").evaluate_all("""all => all.map(row =>
        [...row.querySelectorAll('dt, dd:not(.change)')].flatMap(one => [...one.childNodes].map(node => node.textContent.trim()).filter(Boolean)))""")
    text = printed(result, tmp_path / "check.pdf")
    assert len(rows) == 45
    missing = [part for row in rows for part in row if squeezed(part) not in text]
    assert not missing

"""CyFun: a whole Basic assessment in French without scripts, an Important one in Dutch from a filled workbook, and what comes of them."""

import io
import re

import openpyxl
import pytest
import yaml

from browsing import steps
from browsing.server import ROOT

FIXTURES = ROOT / "Tests/WorkbookTests/Fixtures"
SECTION = {"raw_limit": 120_000}


def structure(name):
    return yaml.safe_load((ROOT / f"Questionnaires/{name}/questionnaire.yaml").read_text(encoding="utf-8"))


def texts(name, language):
    return yaml.safe_load((ROOT / f"Questionnaires/{name}/{language}.yaml").read_text(encoding="utf-8"))


def sections(name, levels):
    """Domains with the questions of these levels."""
    for domain in structure(name)["domains"]:
        asked = [q["id"] for topic in domain["topics"] for q in topic["questions"] if q["level"] in levels]
        if asked:
            yield domain["id"], asked


def disclaimer(visitor, name="cyfun-2025"):
    assert texts(name, visitor.language)["disclaimer"] in visitor.text, visitor.page.url


def begin(visitor, name, level):
    visitor.go("")
    form = visitor.page.locator(f'form[action$="/start/{name}"]')
    form.locator(f'input[name="level"][value="{level}"]').check()
    visitor.click(form.locator("button.button"))
    steps.note_assessment(visitor)


def test_a_whole_basic_assessment_in_french(visit):
    eve = visit("fr", scripts=False)
    begin(eve, "cyfun-2025", "basic")
    steps.fill_facts(eve)
    eve.press("save.continue")
    steps.keep_link(eve)
    eve.inspect("tasks/cyfun")
    for group in texts("cyfun-2025", "fr")["groups"].values():
        assert eve.page.get_by_role("heading", name=group, exact=True).count() == 1
    eve.at("/sections/GV.OC")
    for number, (domain, questions) in enumerate(sections("cyfun-2025", ["basic"])):
        assert eve.path.endswith(f"/sections/{domain}")
        for place, question in enumerate(questions):
            eve.choose(f"{question}.documentation", str(1 + (number + place) % 5))
            eve.choose(f"{question}.implementation", str(2 + (number + 2 * place) % 4))
        eve.inspect(f"cyfun section {domain}", **SECTION)
        eve.press("save.continue")
    assert eve.path.endswith("/check")
    eve.inspect("check/cyfun", **SECTION)
    steps.confirm(eve)
    eve.inspect("confirmation/cyfun")
    disclaimer(eve)
    eve.press("confirmation.see").inspect("result/cyfun", **SECTION)
    disclaimer(eve)
    assert eve.page.locator("svg .now").count() and eve.page.locator("svg .second").count()
    assert eve.words("ladder.title") in eve.text and "34 / 133" in eve.text
    for key, name in [("planSee", "plan"), ("why.title", "why"), ("answers.title", "answers")]:
        eve.at(f"/submissions/1/{name}").inspect(f"{name}/cyfun", raw_limit=200_000)
        disclaimer(eve)


def upload(visitor, name):
    visitor.page.set_input_files("#workbook", FIXTURES / f"{name}.xlsx")
    return visitor.press("import.button")


def test_an_important_assessment_in_dutch_from_a_workbook(visit):
    bart = visit("nl").go("")
    upload(bart, "cyfun-2025-important")
    steps.note_assessment(bart)
    assert bart.path.endswith("/workbook")
    bart.inspect("comparison")
    disclaimer(bart)
    bart.press("comparison.next")
    steps.fill_facts(bart)
    bart.press("save.continue")
    steps.keep_link(bart)
    for domain, questions in sections("cyfun-2025", ["basic", "important"]):
        bart.at(f"/sections/{domain}").inspect(f"cyfun section {domain}", **SECTION)
        assert bart.page.locator("fieldset.question").count() == len(questions)
    bart.at("/sections/ID.AM?show=key").inspect("cyfun section ID.AM/key", **SECTION)
    bart.at("/check").inspect("check/cyfun", raw_limit=200_000)
    steps.confirm(bart)
    bart.press("confirmation.see").inspect("result/cyfun", **SECTION)
    # "Forbidden" is a word that rules about memory sticks need.
    bart.at("/submissions/1/plan").inspect("plan/cyfun", raw_limit=200_000, typed=("verboden", "Verboden"))
    bart.at("/submissions/1/why").inspect("why/cyfun", **SECTION)
    bart.at("/submissions/1/why?domain=PR.AA").inspect("why/cyfun domain", raw_limit=200_000)
    bart.at("/submissions/1")
    with bart.page.expect_download() as download:
        bart.page.get_by_role("link", name=bart.words("result.xlsx"), exact=True).click()
    # Another program reads it, and finds numbers and no formula.
    own = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert len(own.sheetnames) == 4
    cells = [cell for sheet in own for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in "ns" for cell in cells) and sum(cell.data_type == "n" for cell in cells) > 2 * 133
    assert {cell.value for cell in own.worksheets[0]["A"]} >= {question for _, asked in sections("cyfun-2025", ["basic", "important"]) for question in asked}
    bart.page.set_input_files("#workbook", FIXTURES / "cyfun-2025-important.xlsx")
    with bart.page.expect_download() as download:
        bart.page.get_by_role("button", name=bart.words("fill.button"), exact=True).click()
    filled, blank = (
        openpyxl.load_workbook(io.BytesIO(file.read_bytes())) for file in [download.value.path(), FIXTURES / "cyfun-2025-important.xlsx"]
    )
    assert filled.sheetnames == blank.sheetnames
    for name in ["GOVERN", "IDENTIFY", "PROTECT", "DETECT", "RESPOND", "RECOVER"]:
        for row in filled[name].iter_rows(min_row=3, min_col=7, max_col=8):
            others = [blank[name][cell.coordinate] for cell in row]
            given = [str(cell.value or "").strip() for cell in others]
            # The fixture is filled in with the same answers; "does not apply" is about both.
            assert [str(cell.value or "") for cell in row] == (["N/A"] * 2 if "N/A" in given else given), (name, row)
            assert [cell.protection.locked for cell in row] == [cell.protection.locked for cell in others]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_file_that_is_no_workbook_is_refused_in_plain_words(visit, language, tmp_path):
    anna = visit(language).go("/workbook").inspect("import")
    anna.press("import.button").inspect("import/missing")
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"no workbook")
    anna.page.set_input_files("#workbook", wrong)
    anna.press("import.button").inspect("import/wrong")
    assert anna.words("workbook.none") in anna.text


def test_2023_goes_on_in_2025_with_suggestions_to_confirm(visit):
    dora = visit("de", scripts=False).go("/workbook")
    upload(dora, "cyfun-2023").inspect("import/levels")
    assert dora.words("workbook.severalLevels") in dora.text
    dora.choose("level", "essential")
    upload(dora, "cyfun-2023")
    steps.note_assessment(dora)
    dora.press("comparison.next")
    steps.fill_facts(dora)
    dora.press("save.continue")
    steps.keep_link(dora)
    dora.at("/check")
    steps.confirm(dora)
    dora.press("confirmation.see")
    dora.press("carry.button", questionnaire=texts("cyfun-2025", "de")["title"])
    steps.note_assessment(dora)
    counts = re.findall(r"[0-9]+", dora.page.locator(".notice").first.inner_text())
    assert int(counts[0]) > 40 and int(counts[1]) > 60
    dora.press("save.continue")
    steps.keep_link(dora)
    dora.at("/sections/ID.AM").inspect("cyfun section ID.AM/suggestions", raw_limit=150_000)
    before = dora.page.locator(".suggestion").count()
    assert before > 3
    taken = dora.page.locator("fieldset.question", has=dora.page.locator(".suggestion")).first
    name = taken.locator("input").first.get_attribute("name")
    assert dora.chosen(name) is None, "nothing is taken silently"
    dora.click(taken.get_by_role("button", name=dora.words("suggestion.take"), exact=True))
    assert dora.chosen(name) is not None
    assert dora.page.locator(".suggestion").count() < before


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_scale_is_explained(visit, language):
    anna = visit(language).go("/questionnaires/cyfun-2025/scale").inspect("scale")
    disclaimer(anna)
    for aspect in texts("cyfun-2025", language)["scale"].values():
        for step in aspect:
            assert step["example"] in anna.text

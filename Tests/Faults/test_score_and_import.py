"""`linchpin score` and `linchpin import`: what comes out, and every fault of bad input with its id (exit 1)."""

import json
import re
import zipfile

import pytest

from faulting.service import ROOT

FIXTURES = ROOT / "Tests/WorkbookTests/Fixtures"
EVERY = {"documentation": 3, "implementation": 3}


@pytest.fixture(scope="module")
def basic():
    """All 34 requirements of Basic, each with the same answer."""
    ids = (line.split() for line in (ROOT / "Tests/QuestionnaireFilesTests/Fixtures/cyfun-2025-ids.txt").read_text().splitlines())
    return {row[2]: dict(EVERY) for row in ids if len(row) == 5 and row[3] == "basic"}


def score(program, folder, answers, *options, level="basic", **more):
    file = folder / "answers.json"
    file.write_text(json.dumps({"answers": answers, **more}))
    return program.run("score", "cyfun-2025", "--level", level, file, *options)


def test_a_scorecard_has_the_shape_of_the_design_and_nine_decimals(program, folder, basic):
    basic["GV.OC-03.1"] = {"documentation": 1, "implementation": 2}
    basic["ID.RA-05.1"] = {"notApplicable": "none"}
    basic["PR.AA-03.2"] = {"documentation": 1, "implementation": 3, "note": "on its way"}
    outcome = score(program, folder, basic, level="basic", edition="2025-10-01", questionnaire="cyfun-2025")
    assert outcome.returncode == 0, outcome
    card = json.loads(outcome.stdout)
    assert (card["questionnaire"], card["level"], card["answered"], card["asked"]) == ("cyfun-2025", "basic", 34, 34)
    assert card["domains"]["GV.OC"] == {"score": 1.5, "documentation": 1, "implementation": 2}
    # Four topics, of which one has a 3 and a 1; "does not apply" counts as 2.5: (14 × 3 + 1.5 + 2.75 + 2.875) / 17.
    assert card["domains"]["PR.AA"]["documentation"] == 2.75 and card["domains"]["ID.RA"]["score"] == 2.75
    assert card["total"] == 2.889705882
    assert card["verdict"] == "notMet"
    assert card["unmet"] == [{"condition": "keyMeasure", "id": "PR.AA-03.2", "score": 2, "required": 2.5}]


def test_unanswered_questions_leave_the_total_out(program, folder, basic):
    del basic["RC.RP-01.1"]
    card = json.loads(score(program, folder, basic).stdout)
    assert card["verdict"] == "incomplete" and card["total"] is None and card["domains"]["RC.RP"]["score"] is None
    assert {"condition": "unanswered", "id": "RC.RP-01.1"} in card["unmet"]


def test_every_fault_is_listed_with_its_id(program, folder, basic):
    basic["XX.YY-01.1"] = dict(EVERY)
    basic["GV.OC-03.1"] = {"documentation": 0, "implementation": 6}
    basic["GV.RM-03.1"] = {"documentation": 2.5, "implementation": 3}
    basic["GV.RR-04.1"] = {"documentation": 3}
    basic["PR.AA-01.1"] = {"notApplicable": "we have none"}
    basic["ID.RA-05.1"] = {"notApplicable": " "}
    basic["ID.IM-03.1"] = {"unknown": True, "documentation": 3}
    basic["PR.AA-03.2"] = 3
    outcome = score(program, folder, basic, edition="2023-03-01", questionnaire="cyfun-2023", **{"level": "basic"})
    assert outcome.returncode == 1 and outcome.stdout == ""
    lines = outcome.stderr.splitlines()
    for fault in ["XX.YY-01.1", "GV.OC-03.1: documentation", "GV.OC-03.1: implementation", "GV.RM-03.1: documentation",
                  "GV.RR-04.1: implementation is missing", "PR.AA-01.1", "ID.RA-05.1", "ID.IM-03.1", "PR.AA-03.2: give an object", "edition", "questionnaire"]:
        assert [line for line in lines if line.startswith(f"linchpin: {fault}")], (fault, lines)


def test_members_that_stand_twice_or_are_of_another_type_are_named(program, folder, basic):
    file = folder / "answers.json"
    twice = json.dumps({"answers": basic})[:-2] + ', "GV.OC-03.1": {"documentation": 9, "documentation": 2, "implementation": 3}}}'
    file.write_text(twice)
    outcome = program.run("score", "cyfun-2025", "--level", "basic", file)
    assert outcome.returncode == 1 and outcome.stdout == "", outcome
    assert "GV.OC-03.1 is there twice" in outcome.stderr and "GV.OC-03.1: documentation is there twice" in outcome.stderr
    basic["GV.RM-03.1"] = {"notApplicable": True}
    basic["GV.RR-04.1"] = {"unknown": False}
    basic["ID.RA-05.1"] = {**EVERY, "note": 3}
    outcome = score(program, folder, basic)
    assert outcome.returncode == 1
    for fault in ["GV.RM-03.1: notApplicable must be a text", "GV.RR-04.1: unknown must be true", "ID.RA-05.1: note must be a text"]:
        assert fault in outcome.stderr, outcome


def test_a_wrong_level_is_named(program, folder, basic):
    outcome = score(program, folder, basic, level="expert")
    assert outcome.returncode == 1 and "basic, important, essential" in outcome.stderr
    file = folder / "answers.json"
    file.write_text(json.dumps({"level": "important", "answers": basic}))
    outcome = program.run("score", "cyfun-2025", "--level", "basic", file)
    assert outcome.returncode == 1 and "level: the file is for important, not for basic" in outcome.stderr


@pytest.mark.parametrize("name, count", [("cyfun-2025-basic", 34), ("cyfun-2025-essential", 218), ("cyfun-2023", 219)])
def test_what_is_imported_can_be_scored(program, folder, name, count):
    if name == "cyfun-2023":
        several = program.run("import", FIXTURES / f"{name}.xlsx")
        assert several.returncode == 1 and "basic, important, essential; say which with --level" in several.stderr
        read = program.run("import", "--level", "essential", FIXTURES / f"{name}.xlsx")
    else:
        read = program.run("import", FIXTURES / f"{name}.xlsx")
    assert read.returncode == 0, read
    answers = json.loads(read.stdout)
    assert len(answers["answers"]) == count
    # The fixtures follow the published method: no figure of theirs differs.
    assert "the workbook shows" not in read.stderr
    file = folder / "answers.json"
    file.write_text(read.stdout)
    outcome = program.run("score", answers["questionnaire"], "--level", answers["level"], file)
    assert outcome.returncode == 0, outcome
    assert json.loads(outcome.stdout)["answered"] == count


@pytest.mark.parametrize("level", ["important", "nonsense"])
def test_a_level_that_the_workbook_is_not_of_is_refused(program, level):
    outcome = program.run("import", "--level", level, FIXTURES / "cyfun-2025-basic.xlsx")
    assert outcome.returncode == 1 and f"the workbook is for basic, not for {level}" in outcome.stderr and outcome.stdout == ""


def test_what_is_no_workbook_is_refused(program, folder):
    for content, words in [(b"", "no .xlsx"), (b"PK\x03\x04 cut off", "damaged"), (b"\xd0\xcf\x11\xe0", "password")]:
        file = folder / "wrong.xlsx"
        file.write_bytes(content)
        outcome = program.run("import", file)
        assert outcome.returncode == 1 and words in outcome.stderr and outcome.stdout == "", outcome
    assert program.run("import", folder / "none.xlsx").returncode == 1


def changed(folder, name, change):
    """A workbook of the fixtures with every sheet passed through `change(number, xml)`."""
    file = folder / "changed.xlsx"
    with zipfile.ZipFile(FIXTURES / f"{name}.xlsx") as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if sheet := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part):
                data = change(int(sheet[1]), data.decode()).encode()
            new.writestr(part, data)
    return file


def put(cell, value, xml):
    assert f'<c r="{cell}"' in xml
    return re.sub(rf'<c r="{cell}"([^>]*?)( t="\w+")?>.*?</c>', rf'<c r="{cell}"\1><v>{value}</v></c>', xml, count=1)


def test_every_fault_of_a_workbook_is_listed_with_sheet_and_cell(program, folder):
    file = changed(folder, "cyfun-2025-basic", lambda sheet, xml: put("G4", 2.5, put("F3", 9, xml)) if sheet == 2 else xml)
    outcome = program.run("import", file)
    assert outcome.returncode == 1 and outcome.stdout == ""
    assert 'linchpin: GOVERN!F3: "9" is no score; give 1, 2, 3, 4, 5 or N/A' in outcome.stderr
    assert 'GOVERN!G4: "2.5" is no score' in outcome.stderr and "has 2 faults; nothing is taken over" in outcome.stderr


def test_a_workbook_of_nothing_but_1s_is_taken_over_on_request(program, folder):
    def ones(sheet, xml):
        if not 2 <= sheet <= 7:
            return xml
        xml = re.sub(r'<c r="([FG](?!2")\d+)"([^>]*?)(?: t="\w+")?>(?:(?!</c>|<f).)*</c>', r'<c r="\1"\2><v>1</v></c>', xml)
        # Comments are what somebody wrote.
        return re.sub(r'<c r="L(?!2")\d+"[^>]*>.*?</c>', "", xml)

    file = changed(folder, "cyfun-2025-basic", ones)
    refused = program.run("import", file)
    assert refused.returncode == 1 and "all scores of basic are 1: is it filled in? If so, add --filled-in" in refused.stderr
    taken = program.run("import", "--filled-in", file)
    assert taken.returncode == 0 and len(json.loads(taken.stdout)["answers"]) == 34


def test_a_figure_of_the_workbook_that_differs_is_named(program, folder):
    def other(sheet, xml):
        return re.sub(r'(<c r="D5"[^>]*>.*?<v>)[^<]*(</v></c>)', r"\g<1>4.25\2", xml, count=1) if sheet == 8 else xml

    outcome = program.run("import", changed(folder, "cyfun-2025-basic", other))
    assert outcome.returncode == 0 and "the workbook shows 4.25, by the published method it is" in outcome.stderr
    assert outcome.stderr.count("the workbook shows") == 1

"""`linchpin score` and `linchpin import`: what comes out, and every fault of bad input with its id (exit 1)."""

import json

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


def test_what_is_no_workbook_is_refused(program, folder):
    for content, words in [(b"", "no .xlsx"), (b"PK\x03\x04 cut off", "damaged"), (b"\xd0\xcf\x11\xe0", "password")]:
        file = folder / "wrong.xlsx"
        file.write_bytes(content)
        outcome = program.run("import", file)
        assert outcome.returncode == 1 and words in outcome.stderr and outcome.stdout == "", outcome
    assert program.run("import", folder / "none.xlsx").returncode == 1

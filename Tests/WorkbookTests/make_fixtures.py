"""Makes the workbooks of this folder's tests: the layout of the official CyFun workbooks, with our own wording, random scores,
and formulas by the published method, which LibreOffice computes. Not part of a test run; needs openpyxl, PyYAML and LibreOffice:

    python Tests/WorkbookTests/make_fixtures.py
"""

import datetime
import random
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import yaml
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

PROJECT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).resolve().parent / "Fixtures"
LEVELS = ["basic", "important", "essential"]
SHEETS = {"GV": "GOVERN", "ID": "IDENTIFY", "PR": "PROTECT", "DE": "DETECT", "RS": "RESPOND", "RC": "RECOVER"}
COMMENTS = ["Seen on 3 March", "=1+1", "Straße & <b>\"quotes\"</b>", "two\nlines", "_x0041_ stays", "naïve 🔒"]


def load(name):
    folder = PROJECT / "Questionnaires" / name
    structure = yaml.safe_load((folder / "questionnaire.yaml").read_text())
    return structure, yaml.safe_load((folder / "en.yaml").read_text())


def rows(structure, text, level):
    """(category, subcategory, question) of a level, in order."""
    for domain in structure["domains"]:
        for topic in domain["topics"]:
            for question in topic["questions"]:
                if LEVELS.index(question["level"]) <= level:
                    yield domain["id"], topic["id"], question, text["questions"][question["id"]]["title"]


def table(sheet, entries, titles, level, chance, counts_as, prefix=False):
    """Fills a sheet from row 3 on; returns the cells of each category's two means."""
    columns = {title: index + 1 for index, title in enumerate(titles)}
    for title, column in columns.items():
        sheet.cell(2, column, title)
    score = [columns["Documentation Score"], columns["Implementation Score"]]
    check = DataValidation(type="list", formula1='"1,2,3,4,5,N/A"', allow_blank=True)
    sheet.add_data_validation(check)
    places, row, last = {}, 3, (None, None)
    for category, topic, question, title in entries:
        if "Category" in columns and category != last[0]:
            sheet.cell(row, columns["Category"], f"Our name ({category})")
        if topic != last[1]:
            sheet.cell(row, columns["Subcategory"], f"{topic}: our name")
        if question.get("keyMeasure"):
            sheet.cell(row, columns["Key Measure"], "Key Measure")
        name = f"{question['level'].upper()}_{question['id']}" if prefix else question["id"]
        sheet.cell(row, columns["Requirement"], f"{name}: {title}")
        sheet.cell(row, columns["Comments and/or additional information"]).protection = Protection(locked=False)
        may_be_na = counts_as is not None and not question.get("keyMeasure") and not question.get("mustApply")
        for column in score:
            cell = sheet.cell(row, column, chance.randint(1, 5))
            cell.protection = Protection(locked=False)
            check.add(cell)
        if may_be_na and chance.random() < 0.03 and sheet.parent.gaps > 0:
            sheet.cell(row, score[chance.randint(0, 1)], "N/A")
            sheet.cell(row, columns["Comments and/or additional information"], "Not here")
            sheet.parent.gaps -= 1
        elif chance.random() < 0.1:
            sheet.cell(row, columns["Comments and/or additional information"], chance.choice(COMMENTS)).data_type = "s"
        places.setdefault(category, {}).setdefault(topic, []).append(row)
        last = (category, topic)
        row += 1
    means = {}
    for category, topics in places.items():
        first = min(min(rows) for rows in topics.values())
        for aspect in range(2):
            letters = [get_column_letter(column) for column in score]
            for rows_of_topic in topics.values():
                terms = [
                    f'IF(OR({letters[0]}{r}="N/A",{letters[1]}{r}="N/A"),{counts_as},{letters[aspect]}{r})' if counts_as else f"{letters[aspect]}{r}"
                    for r in rows_of_topic
                ]
                sheet.cell(rows_of_topic[0], score[1] + 1 + aspect, f"=AVERAGE({','.join(terms)})")
            own = get_column_letter(score[1] + 1 + aspect)
            sheet.cell(first, score[1] + 3 + aspect, f"=AVERAGE({','.join(f'{own}{rows[0]}' for rows in topics.values())})")
            means.setdefault(category, []).append(f"'{sheet.title}'!{get_column_letter(score[1] + 3 + aspect)}{first}")
    sheet.protection.sheet = True
    return means


def summary(book, level, means):
    sheet = book.create_sheet(f"{LEVELS[level].upper()} Summary")
    titles = {
        2: "CyberFundamentals Categories", 3: "Target Maturity Score", 4: "Category Maturity Score", 5: "Documentation Maturity Score",
        6: "Implementation Maturity Score", 9: "Total Maturity level",
    }
    for column, title in titles.items():
        sheet.cell(2, column, title)
    for offset, (category, cells) in enumerate(means.items()):
        row = 5 + offset
        sheet.cell(row, 2, f"Our name ({category})")
        sheet.cell(row, 4, f"=AVERAGE(E{row},F{row})")
        sheet.cell(row, 5, f"={cells[0]}")
        sheet.cell(row, 6, f"={cells[1]}")
    sheet.cell(4, 9, f"=SUM(D5:D{row})/COUNT(D5:D{row})")


def introduction(book, row):
    sheet = book.active
    sheet.title = "Introduction"
    sheet.cell(row, 17, "This self-assessment was completed by the organisation on:")
    sheet.cell(row, 20, datetime.date(2026, 2, 20)).number_format = "yyyy-mm-dd"


def edition_2025(level, chance):
    structure, text = load("cyfun-2025")
    book = openpyxl.Workbook()
    book.gaps = [1, 3, 5][level]
    introduction(book, [27, 23, 31][level])
    titles = ["Category", "Controls linked to the management aspects", "Key Measure", "Subcategory"]
    titles += ([] if level == 0 else ["Assurance level"]) + [
        "Requirement", "Documentation Score", "Implementation Score", "Subcategory Documentation Maturity Score",
        "Subcategory Implementation Maturity Score", "Category Documentation Maturity Score", "Category Implementation Maturity Score",
        "Comments and/or additional information", "Assessor comments",
    ]
    entries, means = list(rows(structure, text, level)), {}
    for function, name in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet["A1"] = "Our copy of the layout of 2025"
        sheet["G1"] = LEVELS[level].upper()
        own = [entry for entry in entries if entry[0].startswith(function)]
        means.update(table(sheet, own, titles, level, chance, [2.5, 3, 3][level]))
    summary(book, level, means)
    return book


def edition_2023(chance):
    structure, text = load("cyfun-2023")
    book = openpyxl.Workbook()
    book.gaps = 0
    introduction(book, 27)
    titles = [
        "Function", "Category", "Key Measure", "Subcategory", "Requirement", "Guidance", "Documentation Score", "Implementation Score",
        "Subcategory Documentation Maturity Score", " Subcategory\nImplementation Maturity Score", "Category Documentation Maturity Score",
        "Category Implementation Maturity Score", "Comments and/or additional information", "Assessor comments",
    ]
    for level, name in enumerate(LEVELS):
        sheet = book.create_sheet(f"{name.upper()} Details")
        means = table(sheet, list(rows(structure, text, level)), titles, level, chance, None, prefix=level > 0)
        if level == 2:
            misprint(sheet)
        summary(book, level, means)
    return book


def misprint(sheet):
    """What the official sheet misprints."""
    for row in range(3, sheet.max_row + 1):
        cell = sheet.cell(row, 5)
        for right, wrong in [("ID.BE-2.1", "ID.BE-1.2"), ("ID.BE-3.1", "ID.BE-1.3"), ("ID.BE-4.1", "ID.BE-1.4")]:
            if f"_{right}:" in str(cell.value):
                cell.value = cell.value.replace(right, wrong)
        if "PR.AC-3.4" in str(cell.value):
            cell.value = cell.value.replace("PR.AC-3.4", "R.AC-3.4")


def main():
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as folder:
        for level, name in enumerate(LEVELS):
            edition_2025(level, chance).save(Path(folder) / f"cyfun-2025-{name}.xlsx")
        edition_2023(chance).save(Path(folder) / "cyfun-2023.xlsx")
        files = sorted(str(file) for file in Path(folder).glob("*.xlsx"))
        subprocess.run(["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(FIXTURES), *files], check=True)


if __name__ == "__main__":
    main()

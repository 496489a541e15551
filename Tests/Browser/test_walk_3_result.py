"""The walk, part 3: what the result says, and what one can take along."""

import csv
import io
import json
import re
import time

from browsing import figures
from browsing.figures import rounded
from browsing.questionnaire import asked, score, scores, texts


def download(walk, key):
    with walk.visitor.page.expect_download() as waiting:
        walk.visitor.page.get_by_role("link", name=walk.words(key), exact=True).click()
    assert walk.reference in waiting.value.suggested_filename
    return open(waiting.value.path(), "rb").read().decode("utf-8")


def test_the_verdict_is_a_sentence_with_the_level(walk):
    visitor = walk.visitor.at("/submissions/1").inspect("result", typed=["Bakkerij"])
    level = texts(walk.language)["levels"]["standard"]["title"]
    _, total = scores("standard", "62", walk.answers)
    keys = [score(walk.answers[q.id]) for domain in asked("standard") for q in domain.questions if q.is_key]
    unmet = (total < 3) + sum(value < 3 for value in keys)
    assert unmet > 1, "the sample answers do not reach the level"
    assert walk.words.count(unmet, "result.notMet") in visitor.page.locator(".verdict").inner_text()
    assert walk.words("result.notMet", level=level) in visitor.page.locator(".verdict").inner_text()
    assert walk.words.figure(visitor.page.locator(".verdict b").inner_text()) == rounded(total)
    assert walk.words("result.unmetTitle") in visitor.text
    assert walk.words("result.selfAssessment") in visitor.text
    assert walk.reference in visitor.text and walk.words.date() in visitor.text and "0403.227.515" in visitor.text


def test_the_table_has_the_scores_that_the_answers_give(walk):
    table = figures.table(walk.visitor, walk.words("result.table"))
    titles = texts(walk.language)["domains"]
    domains, total = scores("standard", "62", walk.answers)
    for domain, value in domains.items():
        assert walk.words.figure(table[titles[domain]["title"]][0]) == rounded(value), domain
    assert walk.words.figure(table[walk.words("result.total")][0]) == rounded(total)


def test_bars_and_radar_show_the_figures_of_the_table(walk):
    """UX-20"""
    table = figures.table(walk.visitor, walk.words("result.table"))
    titles = [texts(walk.language)["domains"][domain.id]["title"] for domain in asked("standard")]
    shown = {figures.bare(title): walk.words.figure(table[title][0]) for title in titles}
    assert figures.bars(walk.visitor) == shown
    for value, drawn in zip(shown.values(), figures.radar(walk.visitor), strict=True):
        assert abs(float(value) - drawn) < 0.02


def test_the_five_next_steps_say_what_they_bring(walk):
    visitor = walk.visitor
    assert visitor.page.locator(".steps li").count() == 5
    gains = [re.search(r"\+\d+\.\d\d", walk.words.figure(text)) for text in visitor.page.locator(".steps .gain").all_inner_texts()]
    assert all(float(gain[0]) > 0 for gain in gains)
    unknown = sum(answer.choice == "unknown" for answer in walk.answers.values())
    left_out = sum(answer.choice == "na" for answer in walk.answers.values())
    assert walk.words("result.sure", answered=45 - unknown - left_out, asked=45) in visitor.text


def test_the_plan_lists_everything_that_is_open(walk):
    visitor = walk.visitor
    visitor.follow("plan.see")
    visitor.inspect("plan")
    below = sum(1 for one in walk.answers.values() if (value := score(one)) is not None and value < 3)
    assert visitor.page.locator(".steps li").count() == below
    assert len(figures.table(visitor, walk.words("plan.openTable"))) == below + 1


def test_why_this_score_explains_every_figure(walk):
    visitor = walk.visitor.at("/submissions/1")
    visitor.follow("why.title")
    visitor.inspect("why")
    for domain in asked("standard"):
        assert texts(walk.language)["domains"][domain.id]["title"] in visitor.page.locator("h2").all_inner_texts()
    origins = visitor.page.locator("td:last-child").all_inner_texts()
    choices = [answer.choice for answer in walk.answers.values()]
    assert origins.count(walk.words("why.unknown", score=1)) == choices.count("unknown")
    assert origins.count(walk.words("why.notApplicable")) == choices.count("na")
    assert origins.count(walk.words("why.score")) == sum(choice.isdigit() for choice in choices)
    assert origins.count(walk.words("why.figure")) == len(list(asked("standard"))), "only the domains are explained below"


def test_the_confirmed_answers_are_a_record(walk):
    visitor = walk.visitor.at("/submissions/1")
    visitor.follow("answers.title")
    visitor.inspect("answers", typed=["Bakkerij"])
    assert visitor.page.locator("dl.answers > div").count() == 45
    for answer in walk.answers.values():
        assert answer.note in visitor.text and answer.reason in visitor.text


def test_the_json_file_holds_the_answers_and_the_scorecard(walk):
    walk.visitor.at("/submissions/1")
    file = json.loads(download(walk, "result.json"))
    assert (file["reference"], file["level"], file["verdict"], file["asked"]) == (walk.reference, "standard", "notMet", 45)
    assert abs(file["total"] - float(scores("standard", "62", walk.answers)[1])) < 1e-8
    for question, answer in walk.answers.items():
        expected = {"na": {"notApplicable": answer.reason}, "unknown": {"unknown": True}}.get(
            answer.choice, {"practice": int(answer.choice) if answer.choice.isdigit() else 0})
        assert file["answers"][question] == expected | ({"note": answer.note} if answer.note else {})


def test_the_csv_file_is_safe_to_open_in_a_spreadsheet(walk):
    """SEC-14"""
    text = download(walk, "result.csv")
    assert text.startswith("\ufeff") and "\r\n" in text
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\0", "\r", "\n")]
    by_id = {row[0]: row for row in rows if row[0]}
    for question, answer in walk.answers.items():
        note = "'" + answer.note if answer.note.startswith("=") else answer.note
        assert by_id[question][6:] == [answer.reason, note]


def test_the_calendar_file_reminds_in_a_year(walk):
    text = download(walk, "result.calendar")
    assert text.endswith("\r\n") and all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    stack = []
    for line in filter(None, lines):
        name, value = line.split(":", 1)
        if name == "BEGIN":
            stack.append(value)
        if name == "END":
            assert stack.pop() == value
    assert not stack
    day = next(line for line in lines if line.startswith("DTSTART")).split(":")[1]
    assert day in [time.strftime("%Y%m%d", time.gmtime(time.time() + (365 * 24 + hours) * 3600)) for hours in (-1, 0)]
    assert walk.reference in text.replace("\r\n ", "")

"""Pictures of the journey, to look at: `python Tests/Browser/screenshots.py FOLDER nl fr`.

Writes start, facts, link, tasks, section, error, check, confirmation, result, plan and why at 320 and 1280 pixels, and the result as
PDF, for each language given. LINCHPIN_BINARY names the service, as in the tests.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from browsing import steps
from browsing.questionnaire import Answer, asked
from browsing.server import Server
from browsing.stage import Stage

WIDTHS = (320, 1280)


def shoot(visitor, folder, name):
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.screenshot(path=folder / f"{visitor.language}-{name}-{width}.png", full_page=True)


def journey(visitor, folder):
    sections, answers = list(asked("standard")), steps.mixed("standard")
    shoot(visitor.go(""), folder, "start")
    steps.begin(visitor)
    steps.fill_facts(visitor, name="Drukkerij Peeters BV", number="0403.227.515")
    shoot(visitor, folder, "facts")
    shoot(visitor.press("save.continue"), folder, "link")
    steps.keep_link(visitor)
    visitor.at(f"/sections/{sections[0].id}")
    shoot(visitor, folder, "section")
    open_one = next(q for q in sections[0].questions if not q.is_key)
    steps.fill(visitor, open_one.id, Answer("na"))
    shoot(visitor.press("save.continue"), folder, "error")
    steps.answer_all(visitor, answers, "standard")
    shoot(visitor.at(), folder, "tasks-complete")
    shoot(visitor.at("/check"), folder, "check")
    steps.confirm(visitor)
    shoot(visitor, folder, "confirmation")
    shoot(visitor.at("/submissions/1"), folder, "result")
    visitor.page.pdf(path=folder / f"{visitor.language}-result.pdf", format="A4", prefer_css_page_size=True)
    shoot(visitor.at("/submissions/1/plan"), folder, "plan")
    shoot(visitor.at("/submissions/1/why"), folder, "why")
    for question in sections[2].questions:
        answers[question.id] = Answer("5")
    steps.fill_section(visitor.at(f"/sections/{sections[2].id}"), sections[2], answers)
    visitor.press("save.continue").at("/check")
    steps.confirm(visitor)
    shoot(visitor.at("/submissions/2"), folder, "result-second")


def tasks_half_way(visitor, folder):
    sections = list(asked("standard"))
    steps.set_out(visitor, "standard")
    for place, count in ((0, 5), (1, 2)):
        visitor.at(f"/sections/{sections[place].id}")
        steps.fill_section(visitor, sections[place], {q.id: Answer("4") for q in sections[place].questions[:count]})
        visitor.press("save.later")
    shoot(visitor.at(), folder, "tasks")


def main(folder, languages):
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data), operator_name="Kenniscentrum Proef", operator_contact="help@example.be")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        stage = Stage(server, browser)
        for language in languages:
            journey(stage.visitor(language), folder)
            tasks_half_way(stage.visitor(language), folder)
        stage.leave(stage.visitors)
        browser.close()
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ["nl", "en"])

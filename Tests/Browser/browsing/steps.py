"""The steps of an assessment, as a visitor takes them with her browser."""

import re

from .questionnaire import Answer, asked


def begin(visitor, level="standard"):
    visitor.go("")
    visitor.choose("level", level)
    visitor.press("home.start")
    note_assessment(visitor)


def note_assessment(visitor):
    visitor.assessment = re.search(r"/assessments/([\w-]+)", visitor.page.url)[1]
    visitor.stage.secrets.add(visitor.assessment)


def search_sector(visitor, text):
    visitor.page.locator('[name="find"]').fill(text)
    visitor.press("facts.findButton")


def fill_facts(visitor, sector="62", size="small", region="BE21", name="", number=""):
    """On the facts page; "Save and continue" is left to the caller."""
    search_sector(visitor, sector)
    visitor.choose("firm.sector", sector)
    visitor.choose("firm.size", size)
    visitor.page.locator('[name="firm.region"]').select_option(region)
    visitor.page.locator('[name="firm.name"]').fill(name)
    visitor.page.locator('[name="firm.number"]').fill(number)


def keep_link(visitor):
    visitor.link = visitor.page.locator(".keep").inner_text().strip()
    visitor.stage.secrets.add(visitor.link.rsplit("/", 1)[1])
    visitor.press("link.kept")


def set_out(visitor, level="starter", **facts):
    """From the start to the task list."""
    begin(visitor, level)
    fill_facts(visitor, **facts)
    visitor.press("save.continue")
    keep_link(visitor)
    return visitor


def open_link(visitor, link):
    """In this visitor's language, whatever language the link was made in."""
    visitor.go(f"/open/{link.rsplit('/', 1)[1]}")
    visitor.press("open.button")
    note_assessment(visitor)


def steady(level, sector="", choice="3"):
    return {q.id: Answer(choice) for domain in asked(level, sector) for q in domain.questions}


def mixed(level, sector=""):
    """Every choice there is: all five steps, "I don't know", "does not apply", notes."""
    answers = {}
    for place, question in enumerate(q for domain in asked(level, sector) for q in domain.questions):
        answers[question.id] = Answer(str(1 + (place**3 // 7 + place) % 5))
    open_ones = [q.id for domain in asked(level, sector) for q in domain.questions if not q.is_key]
    answers[open_ones[0]].note = "Lijst bij Ève: 1 < 2 & \"af\""
    answers[open_ones[1]] = Answer("unknown")
    answers[open_ones[3]] = Answer("na", reason="Wij hebben geen eigen magazijn")
    answers[open_ones[4]].note = "=1+1"
    return answers


def fill(visitor, question, answer):
    visitor.choose(f"{question}.practice", answer.choice)
    if answer.reason:
        visitor.page.locator(f'[name="{question}.reason"]').fill(answer.reason)
    if answer.note:
        visitor.open_note(question).fill(answer.note)
    visitor.stage.secrets.update(text for text in (answer.note, answer.reason) if len(text) > 5)


def fill_section(visitor, domain, answers):
    for question in domain.questions:
        if question.id in answers:
            fill(visitor, question.id, answers[question.id])


def answer_all(visitor, answers, level="starter", sector=""):
    """Section after section, as "Save and continue" leads, up to "check your answers"."""
    sections = list(asked(level, sector))
    visitor.at(f"/sections/{sections[0].id}")
    for domain in sections:
        assert visitor.path.endswith(f"/sections/{domain.id}"), visitor.page.url
        fill_section(visitor, domain, answers)
        visitor.press("save.continue")
    assert visitor.path.endswith("/check"), visitor.page.url


def confirm(visitor):
    """The reference."""
    visitor.press("check.confirm")
    return reference(visitor)


def reference(visitor):
    assert visitor.path.endswith("/confirmation"), visitor.page.url
    return visitor.page.locator("main strong").first.inner_text()


def results(visitor):
    """The references on the task list, newest first."""
    visitor.at()
    return visitor.page.locator('main ul a[href*="/submissions/"]').count()

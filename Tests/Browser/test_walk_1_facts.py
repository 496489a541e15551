"""The walk, part 1: from the start page to the task list. In four languages, with and without JavaScript (UX-34)."""

import shutil

from browsing import figures, steps
from browsing.questionnaire import ROOT, asked

import pytest
import yaml

pytestmark = pytest.mark.step


def division_name(number, language):
    sectors = yaml.safe_load((ROOT / "Questionnaires/classifications/sectors.yaml").read_text(encoding="utf-8"))
    return next(one for section in sectors["sections"] for one in section["divisions"] if one["id"] == number)["names"][language]


def test_the_start_says_what_it_is_and_who_sees_the_answers(walk):
    walk.visitor.go("").inspect("start")
    text = walk.visitor.text
    for key in ("home.lead", "home.who", "home.once"):
        assert walk.words(key) in text
    for level in ("starter", "standard"):
        count = sum(len(domain.questions) for domain in asked(level))
        minutes = {"starter": 10, "standard": 40}[level]
        assert walk.words("home.levelSize", count=count, minutes=minutes) in text


def test_starting_without_a_level_says_what_to_choose(walk):
    walk.visitor.press("home.start")
    assert walk.visitor.status == 422
    walk.visitor.inspect("start/no level")
    assert walk.words("home.levelMissing") in walk.visitor.text


def test_starting_leads_to_the_facts_with_nothing_chosen(walk):
    steps.begin(walk.visitor)
    walk.visitor.inspect("facts")
    assert walk.visitor.chosen("level") is None
    assert walk.visitor.chosen("firm.level") == "standard"
    for name in ("firm.sector", "firm.size"):
        assert walk.visitor.chosen(name) is None
    assert walk.visitor.page.locator('[name="firm.region"]').input_value() == ""


def test_missing_facts_are_all_named_at_once(walk):
    walk.visitor.page.locator('[name="firm.name"]').fill("Bakkerij Ève & zonen")
    walk.visitor.page.locator('[name="firm.number"]').fill("0403.227.516")
    walk.visitor.press("save.continue")
    assert walk.visitor.status == 422
    walk.visitor.inspect("facts/missing", typed=["Bakkerij"])
    named = walk.visitor.page.locator(".summary li").all_inner_texts()
    assert named == [walk.words(f"facts.{key}") for key in ("sectorMissing", "sizeMissing", "regionMissing", "numberCheck")]


def test_a_search_that_finds_nothing_says_so_and_offers_every_sector(walk):
    steps.search_sector(walk.visitor, "qwzx")
    walk.visitor.inspect("facts/nothing found", typed=["qwzx"])
    assert walk.words("facts.foundNothing", find="qwzx") in walk.visitor.text
    assert walk.visitor.page.locator('input[name="firm.sector"]').count() > 80


def test_a_sector_is_found_by_an_everyday_word_and_the_rest_is_kept(walk):
    steps.search_sector(walk.visitor, "software")
    walk.visitor.inspect("facts/found")
    assert division_name("62", walk.language) in walk.visitor.text
    assert walk.visitor.page.locator('[name="firm.name"]').input_value() == "Bakkerij Ève & zonen"
    walk.visitor.choose("firm.sector", "62")


def test_a_messy_enterprise_number_is_understood(walk):
    """UX-9"""
    steps.fill_facts(walk.visitor, name="Bakkerij Ève & zonen", number=" be 0403 227.515 ")
    walk.visitor.press("save.continue")
    assert walk.visitor.path.endswith("/link"), walk.visitor.text


def test_the_private_link_is_shown_with_its_code_until_it_is_kept(walk, tmp_path):
    visitor = walk.visitor.inspect("link/shown")
    address = visitor.page.locator(".keep").inner_text().strip()
    assert address.startswith(visitor.address("/open/"))
    visitor.page.locator("svg.qr").screenshot(path=tmp_path / "code.png")
    if shutil.which("zbarimg"):
        assert figures.decode(tmp_path / "code.png") == address
    visitor.page.reload()
    assert visitor.page.locator(".keep").inner_text().strip() == address
    steps.keep_link(visitor)
    visitor.at("/link").inspect("link/kept")
    assert visitor.page.locator(".keep, svg.qr").count() == 0
    assert address not in visitor.page.content()
    assert walk.words("link.exists", date=walk.words.date()) in visitor.text


def test_the_task_list_begins_with_nothing_done(walk):
    visitor = walk.visitor.at().inspect("tasks/new", typed=["Bakkerij"])
    sections = list(asked("standard"))
    assert visitor.page.locator(".tasks .tag").all_inner_texts() == [walk.words("tasks.notStarted")] * len(sections)
    assert walk.words("tasks.progress", completed=0, all=len(sections)) in visitor.text
    assert "0403.227.515" in visitor.text
    assert "Bakkerij Ève & zonen" in visitor.text

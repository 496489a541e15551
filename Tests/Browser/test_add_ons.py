"""Extra questions come only to the sector that they are for."""

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.questionnaire import asked, domains, texts
from browsing.words import LANGUAGES

ADD_ONS = {domain.id: domain.sectors for domain in domains() if domain.sectors}


def shown(visitor):
    visitor.at()
    return visitor.page.locator(".tasks a").evaluate_all("all => all.map(one => one.href.split('/').pop())")


@pytest.mark.parametrize("sector, add_on", [(sector, one) for one, sectors in ADD_ONS.items() for sector in sectors])
def test_a_sector_gets_its_own_add_on(visit, sector, add_on):
    anna = prepare(visit("en", scripts=False), sector=sector)
    assert [one for one in shown(anna) if one in ADD_ONS] == [add_on]
    assert shown(anna) == [domain.id for domain in asked("starter", sector)]
    row = anna.page.locator(".tasks li").last.inner_text()
    assert anna.words("tasks.addOn") in row


@pytest.mark.parametrize("sector", ["10", "46", "62", "86"])
def test_other_sectors_get_none(visit, sector):
    anna = prepare(visit("en", scripts=False), sector=sector)
    assert not [one for one in shown(anna) if one in ADD_ONS]
    anna.at("/sections/CHE")
    assert anna.status == 404


@pytest.mark.parametrize("add_on", ADD_ONS)
def test_an_add_on_passes_every_rule_in_every_language(visit, add_on):
    anna = prepare(visit("en"), level="standard", sector=ADD_ONS[add_on][0])
    for language in LANGUAGES:
        anna.speak(language).at(f"/sections/{add_on}").inspect(f"section {add_on}")
        assert anna.heading == texts(language)["domains"][add_on]["title"]
        assert anna.page.locator("fieldset.question").count() == 6


def test_a_change_of_sector_takes_the_add_on_away_and_brings_its_answers_back(visit):
    anna = prepare(visit("en", scripts=False), sector="20").at("/sections/CHE")
    steps.fill_section(anna, next(d for d in asked("starter", "20") if d.id == "CHE"), steps.steady("starter", "20", "4"))
    anna.press("save.later")
    for sector, add_ons in (("49", ["LOG"]), ("20", ["CHE"])):
        anna.at("/facts")
        steps.search_sector(anna, sector)
        anna.choose("firm.sector", sector)
        anna.press("save.continue")
        assert [one for one in shown(anna) if one in ADD_ONS] == add_ons
    assert anna.at("/sections/CHE").chosen("CHE-1.practice") == "4"


def test_the_result_counts_the_add_on_as_a_domain_of_its_own(visit):
    anna = prepare(visit("en", scripts=False), sector="21", answers=steps.steady("starter", "21", "4"), is_confirmed=True)
    anna.at("/submissions/1")
    assert texts("en")["domains"]["PHA"]["title"] in anna.text
    assert anna.words("result.met", level=texts("en")["levels"]["starter"]["title"]) in anna.text

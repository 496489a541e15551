"""An operator's name, logo and contact stand in header, footer and help; a service without them is whole too."""

import pytest

from browsing.server import Server
from browsing.stage import Stage
from browsing.words import LANGUAGES

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20"/></svg>'


@pytest.fixture
def other_stage(tmp_path, browser, request):
    (tmp_path / "logo.svg").write_text(LOGO)
    options = {"operator_name": "Cyberhuis <Oost>", "operator_website": "https://www.example.be/cyber", "operator_contact": "cyber@example.be",
               "operator_logo": str(tmp_path / "logo.svg")} if request.param else {}
    server = Server(tmp_path, **options)
    stage = Stage(server, browser)
    yield stage
    stage.leave(stage.visitors)
    assert server.stop() == 0


@pytest.mark.parametrize("other_stage", [True], ids=["named"], indirect=True)
def test_a_named_operator_is_seen_in_every_language(other_stage):
    anna = other_stage.visitor("nl")
    for language in LANGUAGES:
        anna.speak(language).go("/help").inspect("help/operator")
        assert anna.words("site.offeredBy", operator="Cyberhuis <Oost>") in anna.page.locator("footer").inner_text()
        assert anna.page.locator("main a[href='mailto:cyber@example.be']").count() == 1
        assert anna.page.locator("main a[href='https://www.example.be/cyber']").count() == 1
        logo = anna.page.locator("header img.logo")
        assert logo.get_attribute("alt") == "Cyberhuis <Oost>"
        assert logo.evaluate("image => image.complete && image.naturalWidth > 0")


@pytest.mark.parametrize("other_stage", [False], ids=["nobody"], indirect=True)
def test_without_an_operator_every_page_is_whole(other_stage):
    anna = other_stage.visitor("nl")
    for language in LANGUAGES:
        for place in ("", "/help", "/open", "/nowhere"):
            anna.speak(language).go(place).inspect(f"{place or 'start'}/nobody")
        assert anna.words("site.offeredByNobody") in anna.page.locator("footer").inner_text()

"""A first visit without a language in the address: what the browser asks for, else a page to choose (UX-32)."""

import pytest

from browsing.raw import Raw

TABLE = [
    (None, None), ("", None), ("*", None), ("es, pt;q=0.8", None), ("nld", None), ("fr;q=0", None), ("x-klingon", None), (",,;q=,", None),
    ("nl", "nl"), ("NL-be", "nl"), ("nl-BE,nl;q=0.9,en;q=0.8", "nl"), ("es, nl;q=0.5", "nl"), ("en;q=0.1, nl;q=0.9", "nl"),
    ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"), ("fr;q=0, en;q=0.3", "en"), (" fr ; q=0.7 , de ;q=0.9", "de"),
    ("gsw, de-AT;q=0.4", "de"), ("nl;q=0.8,fr;q=0.8", "nl"), ("zh-Hans-CN,zh;q=0.9,en-GB;q=0.8", "en"), ("fr;q=abc, en;q=0.2", "en"),
    ("en;q=0.001", "en"), ("xx," * 3_000 + "nl", None),
]


@pytest.mark.parametrize("header, language", TABLE, ids=[str(header)[:30] for header, _ in TABLE])
def test_the_wish_of_the_browser_is_followed(stage, header, language):
    headers = {} if header is None else {"Accept-Language": header}
    status, found, text = Raw(stage.server).ask("GET", "/", headers=headers)
    assert found["Vary"] == "Accept-Language"
    if language:
        assert (status, found["Location"]) == (303, f"/{language}")
    else:
        assert status == 200 and text.count("hreflang") == 4


def test_the_chooser_offers_four_languages_in_their_own_words(visit):
    anna = visit("en", locale="es-ES")
    anna.response = anna.page.goto(f"{anna.stage.server.address}/")
    anna.inspect("chooser", is_chooser=True)
    for language in ("nl", "fr", "de", "en"):
        anna.speak(language)
        link = anna.page.locator(f"main a[lang={language}]")
        assert anna.words("site.choose") in link.inner_text()
    anna.click(anna.page.locator("main a[lang=de]"))
    assert anna.page.locator("html").get_attribute("lang") == "de"


def test_an_address_with_a_language_is_never_overruled(visit):
    anna = visit("fr", locale="de-DE").go("")
    assert anna.page.locator("html").get_attribute("lang") == "fr"
    assert "accept-language" not in anna.response.headers.get("vary", "").lower()

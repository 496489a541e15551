"""The interface's words in four languages: no reproach, no jargon, buttons that say what they do (UX-3, UX-8)."""

import re

import pytest

from browsing.inspection import BAD_WORDS
from browsing.words import LANGUAGES, words

BARE_BUTTONS = {
    "en": "next ok submit send", "nl": "volgende ok indienen verzenden", "fr": "suivant ok soumettre valider envoyer",
    "de": "weiter ok absenden senden"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_apologises_or_reproaches(language):
    pattern = re.compile(r"(?<!\w)(" + "|".join(BAD_WORDS[language]) + r")(?!\w)", re.IGNORECASE)
    assert not {key: text for key, text in words(language).texts.items() if pattern.search(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_has_an_asterisk_and_no_button_only_says_next(language):
    texts = words(language).texts
    assert not {key: text for key, text in texts.items() if "*" in text}
    assert not {key: text for key, text in texts.items() if text.lower() in BARE_BUTTONS[language].split()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_the_placeholders_of_the_english_one(language):
    """UX-31"""
    def names(text):
        return sorted(set(re.findall(r"{(\w+)}", text)))

    english, own = words("en").texts, words(language).texts
    assert own.keys() == english.keys()
    assert {key: names(text) for key, text in own.items()} == {key: names(text) for key, text in english.items()}

"""The interface's wording, to recognise pages in every language."""

import functools

import yaml

#: The folder of the wording; conftest.py sets it.
folder = None
LANGUAGES = ("nl", "fr", "de", "en")


@functools.cache
def _texts(language):
    return yaml.safe_load((folder / f"{language}.yaml").read_text(encoding="utf-8"))


def word(key, language="en"):
    """The words of `"tooLarge.title"`, blanks as a page shows them."""
    text = functools.reduce(lambda texts, part: texts[part], key.split("."), _texts(language))
    return " ".join(text.split())

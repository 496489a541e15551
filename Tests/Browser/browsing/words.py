"""The interface's wording, read from the same files as the service reads."""

import functools
import time

import yaml

from .server import ROOT

LANGUAGES = ("nl", "fr", "de", "en")
OWN_NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}


class Words:
    def __init__(self, language):
        self.language = language
        self.texts = dict(_flat(yaml.safe_load((ROOT / f"Web/Text/{language}.yaml").read_text(encoding="utf-8"))))

    def __call__(self, key, **values):
        text = self.texts[key]
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def count(self, number, key):
        return self(f"{key}{'One' if number == 1 else 'Many'}" if f"{key}One" in self.texts else f"{key}.{'one' if number == 1 else 'many'}",
                    count=number)

    def date(self, moment=None):
        """A day as the pages write it; the service and the tests share a time zone."""
        parts = time.localtime(moment)
        day = self("date.first") if parts.tm_mday == 1 else parts.tm_mday
        return self("date.pattern", day=day, month=self("date.months").split()[parts.tm_mon - 1], year=parts.tm_year)

    def figure(self, text):
        """A figure on a page as a number with a point: "2,67" in Dutch."""
        return text if self.language == "en" else text.replace(",", ".")


def _flat(tree, prefix=""):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


@functools.cache
def words(language):
    return Words(language)

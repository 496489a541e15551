"""The questionnaire as the files give it: what is asked at which level and sector, and the scores that must come out."""

import functools
from dataclasses import dataclass
from fractions import Fraction

import yaml

from .server import ROOT

FOLDER = ROOT / "Questionnaires/supply-chain"
LEVELS = ("starter", "standard")


@dataclass(frozen=True)
class Question:
    id: str
    level: str
    is_key: bool


@dataclass(frozen=True)
class Domain:
    id: str
    sectors: tuple
    questions: tuple


@dataclass
class Answer:
    """`choice` is a radio's value: "1" to "5", "unknown" or "na"."""

    choice: str
    note: str = ""
    reason: str = ""


@functools.cache
def domains():
    tree = yaml.safe_load((FOLDER / "questionnaire.yaml").read_text(encoding="utf-8"))
    return tuple(
        Domain(one["id"], tuple(one.get("when", {}).get("sector", ())), tuple(_questions(one)))
        for one in tree["domains"])


def _questions(domain):
    for one in domain.get("questions", []) + [q for topic in domain.get("topics", []) for q in topic["questions"]]:
        yield Question(one["id"], one["level"], "keyMeasure" in one)


def asked(level, sector=""):
    """Domains with the questions of that level; add-ons only for their sectors."""
    names = LEVELS[: LEVELS.index(level) + 1]
    for domain in domains():
        questions = tuple(q for q in domain.questions if q.level in names)
        if questions and (not domain.sectors or sector in domain.sectors):
            yield Domain(domain.id, domain.sectors, questions)


@functools.cache
def texts(language):
    return yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


@functools.cache
def all_text(language):
    """Every wording of questionnaires and classifications in one string, to tell content from interface."""
    files = [*FOLDER.parent.glob(f"*/{language}.yaml"), *(FOLDER.parent / "classifications").glob("*.yaml")]
    return "\n".join(_strings([yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]))


def _strings(tree):
    if isinstance(tree, str):
        return [" ".join(tree.split())]
    return [text for one in (tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []) for text in _strings(one)]


def score(answer):
    """None where the question is left out of the mean."""
    return {"na": None, "unknown": Fraction(1)}.get(answer.choice, Fraction(int(answer.choice)) if answer.choice.isdigit() else None)


def scores(level, sector, answers):
    """Per domain the mean of its questions, and the mean of the domains."""
    by_domain = {}
    for domain in asked(level, sector):
        counted = [value for q in domain.questions if (value := score(answers[q.id])) is not None]
        by_domain[domain.id] = sum(counted, Fraction(0)) / len(counted)
    return by_domain, sum(by_domain.values(), Fraction(0)) / len(by_domain)

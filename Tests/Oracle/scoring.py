"""CyFun scored a second time, from the published method, with Python's fractions: an oracle that shares nothing with the engine
but the questionnaires' files."""

from fractions import Fraction
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
LEVELS = ["basic", "important", "essential"]
MASK = (1 << 64) - 1


class SplitMix64:
    """Sebastiano Vigna's generator: the same in a few lines of any language."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def load(name):
    return yaml.safe_load((PROJECT / "Questionnaires" / name / "questionnaire.yaml").read_text(encoding="utf-8"))


def fill(questions, random, number):
    """Random answers: (documentation, implementation), "na", or None; "?" is "I don't know"."""
    mode, has_na = number % 4, number // 4 % 2 == 0
    low, span = [(1, 5), (3, 3), (2, 3), (2, 2)][mode]
    answers = {}
    for question in questions:
        draw = random.next() % 100
        if draw < 2 and has_na:
            answers[question] = "na"
        elif draw < 4 and mode == 0:
            answers[question] = None
        elif draw < 5:
            answers[question] = ("?", low + random.next() % span)
        else:
            answers[question] = (low + random.next() % span, low + random.next() % span)
    return answers


class Level:
    """One level of an edition, ready to score."""

    def __init__(self, structure, index):
        rules = structure["levels"][index]
        self.total = Fraction(str(rules["total"]))
        self.key = Fraction(str(rules["keyMeasure"]))
        self.domain = Fraction(str(rules["domain"])) if "domain" in rules else None
        na = rules.get("notApplicable")
        self.at_most, self.counts_as = (na["atMost"], Fraction(str(na["countsAs"]))) if na else (None, None)
        reached = lambda question, key: key in question and LEVELS.index(question[key]) <= index
        self.domains, self.keys, self.no_na = [], set(), set()
        for domain in structure["domains"]:
            topics = []
            for topic in domain["topics"]:
                asked = [q for q in topic["questions"] if LEVELS.index(q["level"]) <= index]
                topics.append([q["id"] for q in asked])
                self.keys |= {q["id"] for q in asked if reached(q, "keyMeasure")}
                self.no_na |= {q["id"] for q in asked if reached(q, "keyMeasure") or reached(q, "mustApply")}
            topics = [topic for topic in topics if topic]
            if topics:
                self.domains.append((domain["id"], topics))
        self.questions = [q for _, topics in self.domains for topic in topics for q in topic]

    def figures(self, answer, question):
        """(documentation, implementation), or None where there is no answer."""
        if answer is None:
            return None
        if answer == "na":
            allowed = self.at_most is not None and question not in self.no_na
            return (self.counts_as, self.counts_as) if allowed else (Fraction(1), Fraction(1))
        return tuple(Fraction(1 if score == "?" else score) for score in answer)

    def line(self, answers):
        """Verdict, total, both aspects, and every unmet condition."""
        mean = lambda values: sum(values, Fraction(0)) / len(values)
        figures = {q: self.figures(answers[q], q) for q in self.questions}
        missing = [q for q in self.questions if figures[q] is None]
        unmet, scores = [], []
        for domain, topics in self.domains:
            if any(figures[q] is None for topic in topics for q in topic):
                continue
            aspects = [mean([mean([figures[q][aspect] for q in topic]) for topic in topics]) for aspect in range(2)]
            scores.append((domain, aspects))
        total = aspects = None
        if not missing:
            aspects = [mean([own[aspect] for _, own in scores]) for aspect in range(2)]
            total = mean(aspects)
            if total < self.total:
                unmet.append("total")
        if self.domain is not None:
            unmet += [domain for domain, own in scores if mean(own) < self.domain]
        unmet += [q for q in self.questions if q in self.keys and figures[q] is not None and mean(figures[q]) < self.key]
        refused = [q for q in self.questions if answers[q] == "na" and (self.at_most is None or q in self.no_na)]
        allowed = sum(1 for q in self.questions if answers[q] == "na") - len(refused)
        if self.at_most is not None and allowed > self.at_most:
            unmet.append(f"na{allowed}")
        unmet += refused + missing
        verdict = "incomplete" if missing else "notMet" if unmet else "met"
        text = lambda value: "-" if value is None else f"{value.numerator}/{value.denominator}"
        return " ".join([verdict, text(total)] + [text(aspect) for aspect in aspects or [None, None]] + unmet)

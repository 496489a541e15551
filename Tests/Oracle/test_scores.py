"""The committed digests are those of the published method; the Swift tests compare the engine with the same digests."""

import hashlib

import pytest
from scoring import LEVELS, PROJECT, Level, SplitMix64, fill, load

FILLS = 10_000
DIGESTS = PROJECT / "Tests" / "QuestionnaireFilesTests" / "Fixtures" / "cyfun-scores.txt"


def digest(edition, index):
    level = Level(load(edition), index)
    hash, verdicts = hashlib.sha256(), {}
    for number in range(FILLS):
        random = SplitMix64(number + 1_000_003 * (index + 1))
        line = level.line(fill(level.questions, random, number))
        verdicts[line.split()[0]] = verdicts.get(line.split()[0], 0) + 1
        hash.update(line.encode() + b"\n")
    # Fills of one kind only would prove little.
    assert len(verdicts) == 3 and min(verdicts.values()) >= 5, verdicts
    return hash.hexdigest()


@pytest.mark.parametrize("edition", ["cyfun-2023", "cyfun-2025"])
@pytest.mark.parametrize("index", range(3))
def test_ten_thousand_random_fills_score_as_the_published_method_says(edition, index):
    expected = dict(line.rsplit(" ", 1) for line in DIGESTS.read_text().splitlines())
    assert digest(edition, index) == expected[f"{edition} {LEVELS[index]}"]


if __name__ == "__main__":
    for edition in ["cyfun-2023", "cyfun-2025"]:
        for index, name in enumerate(LEVELS):
            print(edition, name, digest(edition, index), flush=True)

"""What a page must say and hold when nothing could be saved."""

from .words import word


def assert_kept(answer, typed, language="en"):
    """A 503 page that holds what was typed and says that nothing was saved."""
    assert answer.status == 503
    assert answer.language == language
    assert word("notSaved.title", language) in answer.text
    assert word("notSaved.text", language) in answer.text
    assert answer.headers["retry-after"] == "30"
    kept = answer.form("shown").fields
    assert {name: kept[name] for name in typed} == typed

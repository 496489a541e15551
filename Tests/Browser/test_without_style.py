"""Without the style sheet the journey still completes (UX-34)."""

from browsing import steps


def test_the_journey_completes_without_the_style_sheet(visit):
    anna = visit("fr", scripts=False, expected=["Failed to load resource: net::ERR_FAILED"])
    anna.context.route("**/assets/**", lambda route: route.abort())
    steps.set_out(anna, name="Sans style SA")
    answers = steps.mixed("starter")
    steps.answer_all(anna, answers)
    assert anna.page.locator("dl.answers > div").count() == 6 + 15
    reference = steps.confirm(anna)
    anna.press("confirmation.see")
    assert anna.page.evaluate("() => getComputedStyle(document.body).margin") == "8px", "the browser's own style only"
    assert reference in anna.text and anna.words("result.stepsTitle") in anna.text
    anna.follow("plan.see")
    assert anna.page.locator(".steps li").count() > 0

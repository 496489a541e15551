"""axe-core on the page that is shown, with every WCAG 2.2 A and AA rule; `target-size` is on only when asked for (F8)."""

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "options => axe.run(document, options).then(result => result.violations)"


def violations(page, run_only=None):
    """One line per element that breaks a rule."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, {"runOnly": run_only or {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [f"axe {one['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
            for one in found for node in one["nodes"]]


def violations_in_the_dark(page):
    page.emulate_media(color_scheme="dark")
    found = violations(page, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return [f"dark {line}" for line in found]

"""A screen of 320 pixels, a reader's own text spacing, and folded parts unfolded (UX-21)."""

import contextlib

# WCAG 1.4.12. An adopted style sheet, since the content security policy takes no inline one.
SPACING = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-bottom: 2em !important}')
    document.adoptedStyleSheets = [sheet]
}"""
WIDE = """() => {
    const page = document.scrollingElement
    if (page.scrollWidth <= page.clientWidth) return []
    const wide = [...document.body.querySelectorAll('*')].filter(element =>
        element.getBoundingClientRect().right > page.clientWidth + 1 && !element.parentElement.closest('.scroll'))
    return [`${page.scrollWidth} of ${page.clientWidth} px`, ...wide.slice(-3).map(element => element.outerHTML.slice(0, 120))]
}"""
# A table whose rows become blocks has no reason left to be wider than the screen.
STACKED = """() => [...document.querySelectorAll('.scroll:has(.stacks)')].filter(one => one.scrollWidth > one.clientWidth)
    .map(one => `${one.scrollWidth} of ${one.clientWidth} px: ${one.textContent.slice(0, 120)}`)"""
# The radar's frame cuts its empty sides off; its words must all be inside.
CLIPPED = """() => [...document.body.querySelectorAll('main *')].filter(element => {
    const hides = ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
    if (!hides || element.closest('.unseen, svg, input, textarea, select') || element.clientWidth <= 1 || element.scrollWidth <= element.clientWidth + 1) return false
    const frame = element.getBoundingClientRect(), words = [...element.querySelectorAll('svg text')]
    return !words.length || words.map(word => word.getBoundingClientRect()).some(box =>
        box.width && (box.left < frame.left - 1 || box.right > frame.right + 1))
}).map(element => element.outerHTML.slice(0, 120))"""


@contextlib.contextmanager
def everything_open(page):
    page.evaluate("() => document.querySelectorAll('details:not([open])').forEach(one => { one.open = true; one.dataset.test = 'x' })")
    yield
    page.evaluate("() => document.querySelectorAll('details[data-test]').forEach(one => { one.open = false; delete one.dataset.test })")


def faults(page):
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 256})
    found = [f"UX-21 at 320 px: {line}" for line in page.evaluate(WIDE)]
    found += [f"UX-21 stacked at 320 px: {line}" for line in page.evaluate(STACKED)]
    page.evaluate(SPACING)
    found += [f"UX-21 spaced at 320 px: {line}" for line in page.evaluate(WIDE)]
    found += [f"UX-21 clipped at 320 px: {line}" for line in page.evaluate(CLIPPED)]
    page.evaluate("() => { document.adoptedStyleSheets = [] }")
    page.set_viewport_size(before)
    return found

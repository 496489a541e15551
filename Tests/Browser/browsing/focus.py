"""The way through a page with the Tab key (UX-22): each stop is in view, marked, and not covered."""

STOP = """() => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const shown = element.matches('[type=radio], [type=checkbox]') && element.closest('label') || element
    const box = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 0), innerHeight - 1)
    const top = document.elementFromPoint(x, y)
    const faults = []
    const isInView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    if (!isInView) faults.push('not in view')
    if (!(style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) && style.boxShadow === 'none') faults.push('no mark')
    if (isInView && !(top && (shown.contains(top) || top.contains(element)))) faults.push('covered by ' + (top && top.outerHTML.slice(0, 80)))
    return {name: element.outerHTML.slice(0, 120), faults}
}"""


def faults(visitor, limit=60):
    """Presses Tab until the focus leaves the page; the number of stops, and a line per fault."""
    found, stops = [], []
    visitor.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    for _ in range(limit):
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(STOP)
        if stop is None or (stops and stop["name"] == stops[0]):
            break
        stops.append(stop["name"])
        found += [f"UX-22 {fault}: {stop['name']}" for fault in stop["faults"]]
    visitor.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    return stops, found

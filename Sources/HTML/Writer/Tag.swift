/// The elements there are. No `script` (see ``HTML/script(src:)``), `style`, `iframe`, `object`, `template`, and no
/// SVG element that animates or embeds.
public enum Tag: String, Sendable, CaseIterable {
    case html, head, title, body
    case header, footer, main, nav, section, article, aside, search, div
    case h1, h2, h3, h4, p, pre, blockquote, figure, figcaption, ul, ol, li, dl, dt, dd
    case a, abbr, b, bdi, cite, code, data, em, i, kbd, mark, q, s, small, span, strong, sub, sup, time, u
    case details, summary
    case form, fieldset, legend, label, button, select, optgroup, option, textarea, output, meter, progress
    case table, caption, colgroup, thead, tbody, tfoot, tr, th, td
    case svg, g, path, polygon, polyline, line, rect, circle, tspan, desc, defs, pattern
    case svgText = "text"
}

/// The elements that have no inside.
public enum VoidTag: String, Sendable, CaseIterable {
    case input, br, hr, meta, link, img, col, wbr
}

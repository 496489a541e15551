import HTML
import Testing

@Test func `text is escaped`() {
    var html = HTML()
    html.element(.p, .class("x"), .title("\u{22}\u{301} onfocus=1")) { $0.text("<b>&") }
    #expect(String(decoding: html.bytes, as: UTF8.self) == "<p class=\"x\" title=\"&#34;\u{301} onfocus=1\">&lt;b&gt;&amp;</p>")
}

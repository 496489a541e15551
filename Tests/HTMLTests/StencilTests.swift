import HTML
import Testing

@Suite struct `Pages drawn once` {
    private func page(id: String, first: HTML.Content, second: HTML.Content) -> HTML {
        var html = HTML()
        html.element(.a, .href(Link(path: "/\(id)/x")), text: "one")
        html.form(action: Link(path: "/\(id)?id=\(id)")) { form in
            first(&form)
            form.paragraph("between & beyond")
            second(&form)
        }
        return html
    }

    private func shown(_ stencil: Stencil, text: String, _ gaps: [String]) -> String {
        written { html in stencil.show(in: &html, texts: [text]) { number, html in html.paragraph(gaps[number]) } }
    }

    @Test func `a stencil that is filled in is the page as drawn`() {
        let stencil = Stencil(page(id: "Ab-_9", first: { $0.gap() }, second: { $0.gap() }), cutting: ["Ab-_9"])
        let direct = page(id: "other", first: { $0.paragraph("1") }, second: { $0.paragraph("2") })
        #expect(shown(stencil, text: "other", ["1", "2"]) == String(decoding: direct.bytes, as: UTF8.self))
    }

    @Test func `nothing of the first visitor is left in it`() {
        let stencil = Stencil(page(id: "Ab-_9", first: { $0.gap() }, second: { _ in }), cutting: ["Ab-_9"])
        #expect(!shown(stencil, text: "x", ["1"]).contains("Ab-_9"))
    }

    @Test(arguments: hostileTexts) func `what is filled in is escaped like all text`(_ text: String) throws {
        let stencil = Stencil(page(id: "Ab-_9", first: { $0.gap() }, second: { _ in }), cutting: ["Ab-_9"])
        let page = try Markup.reading { html in stencil.show(in: &html, texts: [text]) { _, html in html.paragraph(text) } }
        #expect(page.inside.map(\.tag) == ["a", "form", "p", "p"])
        #expect(page.all("a")[0].attributes.keys.sorted() == ["href"])
    }

    @Test func `several texts are cut out, each for its own`() {
        var html = HTML()
        for text in ["one", "-", "two", "one"] { html.text(text) }
        let stencil = Stencil(html, cutting: ["one", "two"])
        #expect(written { stencil.show(in: &$0, texts: ["1", "<2>"]) { _, _ in } } == "1-&lt;2&gt;1")
    }

    @Test func `gaps and cuts at the edges lose nothing`() {
        var html = HTML()
        html.gap()
        html.text("aa")
        html.gap()
        html.gap()
        #expect(shown(Stencil(html, cutting: ["a"]), text: "b", ["0", "1", "2"]) == "<p>0</p>bb<p>1</p><p>2</p>")
        #expect(shown(Stencil(HTML(), cutting: ["a"]), text: "b", []) == "")
    }

    @Test func `a drawn question is the question, with its own note or another`() {
        var panel = samplePanel(selected: "2")
        let drawn = DrawnQuestion(panel)
        #expect(written { $0.question(drawn) } == written { $0.question(panel) })
        panel.note?.area.value = "as agreed <in May>"
        let note = panel.note
        #expect(written { $0.question(drawn, note: note) } == written { $0.question(panel) })
    }
}

import HTML
import Testing

@Suite struct `The page around the content` {
    func page(form: String? = nil) throws -> Markup {
        try Markup.reading { $0.document(sampleSite(), samplePage(form: form)) { $0.pageHeading("Sections", caption: "Level") } }
    }

    @Test func `the skip link comes first and leads to main`() throws {
        let body = try #require(try page().all("body").first)
        #expect(body.children.first?["href"] == "#main")
        #expect(body.element(id: "main")?.tag == "main")
        #expect(body.all("main").count == 1)
    }

    @Test func `the back link stands before main`() throws {
        let order = try page().inside.filter { $0.tag == "main" || $0.classes.contains("back") }.map(\.tag)
        #expect(order == ["a", "main"])
    }

    @Test func `the head says language, title, scheme, viewport and that it is private`() throws {
        let page = try page()
        #expect(page.all("html").first?["lang"] == "en")
        #expect(page.all("title").first?.text == "Error: Your sections – Linchpin")
        let metas = Dictionary(
            page.all("meta").compactMap { meta in meta["name"].map { ($0, meta["content"] ?? "") } }, uniquingKeysWith: { a, _ in a })
        #expect(metas == ["viewport": "width=device-width, initial-scale=1", "color-scheme": "light dark", "robots": "noindex, nofollow"])
        #expect(page.all("meta").first?["charset"] == "utf-8")
    }

    @Test func `each language is an alternate, and a link in its own language`() throws {
        let page = try page()
        #expect(page.all("link").filter { $0["rel"] == "alternate" }.map { $0["hreflang"] } == ["nl", "fr", "de", "en", "x-default"])
        let nav = try #require(page.all("nav").first)
        #expect(nav["aria-label"]?.isEmpty == false)
        #expect(nav.all("a").map { $0["lang"] } == ["nl", "fr", "de"])
        #expect(nav.all("a").map { $0["hreflang"] } == ["nl", "fr", "de"])
        #expect(nav.all("span").map { $0["aria-current"] } == ["true"])
    }

    @Test func `in a form the languages are its buttons, and Enter still continues`() throws {
        let buttons = try page(form: "section").all("button")
        #expect(buttons.allSatisfy { $0["form"] == "section" && $0["type"] == "submit" && $0["name"] == "then" })
        #expect(buttons.map { $0["value"] } == ["continue", "language:nl", "language:fr", "language:de"])
        #expect(buttons.first?["hidden"] != nil)
    }

    @Test func `the content's heading is the page's only one`() throws {
        let headings = try page().all("h1")
        #expect(headings.map(\.text) == ["Level Sections"])
    }

    @Test func `every id in a page with everything is there once, and every reference finds one`() throws {
        let page = try Markup.reading { everything(&$0, text: "x") }
        let ids = page.inside.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count, "\(ids.filter { id in ids.count(where: { $0 == id }) > 1 })")
        for element in page.inside {
            for name in ["aria-describedby", "aria-labelledby", "for", "form"] {
                for id in element[name]?.split(separator: " ") ?? [] { #expect(ids.contains(String(id)), "\(name)=\(id)") }
            }
            if let target = element["href"], target.hasPrefix("#") { #expect(ids.contains(String(target.dropFirst())), "\(target)") }
        }
    }

    @Test func `every control has a label, every group a legend`() throws {
        let page = try Markup.reading { everything(&$0, text: "x") }
        let labelled = Set(page.all("label").compactMap { $0["for"] })
        let wrapped = Set(page.all("label").flatMap(\.children).map(ObjectIdentifier.init))
        for control in page.inside where ["input", "select", "textarea"].contains(control.tag) && control["type"] != "hidden" {
            #expect(wrapped.contains(ObjectIdentifier(control)) || labelled.contains(control["id"] ?? ""), "\(control.attributes)")
        }
        for group in page.all("fieldset") {
            #expect(group.children.first?.tag == "legend")
            #expect(group.children.first?.text.isEmpty == false)
        }
    }
}

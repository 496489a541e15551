import HTML
import Testing

@Suite struct `A question` {
    @Test func `UX-5: is a fieldset with a legend, and nothing is checked before it is answered`() throws {
        let page = try Markup.reading { $0.question(samplePanel()) }
        #expect(page.children.map(\.tag) == ["fieldset"])
        #expect(page.all("legend").first?.text == "2.1 Know your suppliers? Know your suppliers?")
        #expect(page.all("input").filter { $0["type"] == "radio" }.count == 7)
        #expect(page.inside.filter { $0["checked"] != nil }.isEmpty)
        #expect(page.inside.filter { $0["required"] != nil || $0["maxlength"] != nil }.isEmpty)
    }

    @Test func `the answer is checked, and only that`() throws {
        let page = try Markup.reading { $0.question(samplePanel(selected: "4")) }
        #expect(page.inside.filter { $0["checked"] != nil }.map { $0["value"] } == ["4"])
        #expect(page.children[0].classes == ["question", "done"])
    }

    @Test func `the first radio has the question's id, and all have its name`() throws {
        let radios = try Markup.reading { $0.question(samplePanel(id: "GV.OC-03.1")) }.all("input").filter { $0["type"] == "radio" }
        #expect(radios.map { $0["id"] } == ["GV.OC-03.1"] + Array(repeating: nil, count: 6))
        #expect(Set(radios.map { $0["name"] }) == ["GV.OC-03.1"])
    }

    @Test func `hint and error describe the group`() throws {
        let page = try Markup.reading { $0.question(samplePanel(error: "Choose an answer")) }
        let ids = page.children[0]["aria-describedby"]?.split(separator: " ").map(String.init) ?? []
        #expect(ids.compactMap { page.element(id: $0)?.text } == ["Know your suppliers?", "Choose an answer"])
        #expect(page.children[0].classes == ["question", "faulty"])
    }

    @Test func `the reason stands right after its choice, and keeps what was typed`() throws {
        let page = try Markup.reading { $0.question(samplePanel(selected: "na", reasonError: "Say why")) }
        let apart = try #require(page.all("div", class: "apart").first)
        #expect(apart.children.map(\.tag) == ["label", "label", "div"])
        let reason = try #require(page.element(id: "q1-reason"))
        #expect(reason["value"] == "Know your suppliers?")
        #expect(reason["aria-invalid"] == "true")
        #expect(page.children[0].classes.contains("faulty"))
    }

    @Test func `two scales are two groups of their own, each with its error`() throws {
        let page = try Markup.reading { $0.question(samplePanel(error: "Choose", scales: 2)) }
        let groups = page.all("fieldset").dropFirst()
        #expect(groups.map { $0.all("legend").first?.text } == ["Know your suppliers? 1", "Know your suppliers? 2"])
        #expect(groups.map { $0.all("input").first?["id"] } == ["q1", "q1-2"])
        #expect(groups.map { $0.all("input").first?["name"] } == ["q1.1", "q1.2"])
        #expect(groups.map { $0["aria-describedby"].flatMap { page.element(id: $0)?.text } } == ["Choose", "Choose"])
    }

    @Test func `a note is folded in while empty and open once written`() throws {
        var panel = samplePanel()
        #expect(try Markup.reading { $0.question(panel) }.all("details").map { $0["open"] != nil } == [false, true])
        panel.note?.area.value = ""
        #expect(try Markup.reading { $0.question(panel) }.all("details").map { $0["open"] != nil } == [false, false])
        panel.note?.area.error = "Too long"
        #expect(try Markup.reading { $0.question(panel) }.all("details").map { $0["open"] != nil } == [false, true])
    }

    @Test func `a question in another language says so`() throws {
        var panel = samplePanel()
        panel.lang = "en"
        #expect(try Markup.reading { $0.question(panel) }.children[0]["lang"] == "en")
    }
}

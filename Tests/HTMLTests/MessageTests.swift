import HTML
import Testing

@Suite struct `Messages` {
    @Test func `UX-6: the error summary is announced, can take the focus, and links to each field`() throws {
        let page = try Markup.reading {
            $0.errorSummary(
                ErrorSummary(
                    title: "There is a problem", faults: [FieldFault("Say why", field: "q2-reason"), FieldFault("Choose", field: "q3")]))
            $0.question(samplePanel(id: "q2", selected: "na", reasonError: "Say why"))
            $0.question(samplePanel(id: "q3", error: "Choose"))
        }
        let box = try #require(page.children.first)
        #expect(box["role"] == "alert")
        #expect(box["tabindex"] == "-1")
        #expect(box.all("h2").map(\.text) == ["There is a problem"])
        #expect(box.all("a").map { $0["href"] } == ["#q2-reason", "#q3"])
        for link in box.all("a") {
            let field = try #require(page.element(id: String(link["href"]?.dropFirst() ?? "")))
            #expect(field.tag == "input")
            #expect(page.all("p", class: "fault").contains { $0.text == link.text })
        }
    }

    @Test func `no errors, no summary`() {
        #expect(written { $0.errorSummary(ErrorSummary(title: "There is a problem", faults: [])) } == "")
    }

    @Test func `UX-25: only a success is a status message`() throws {
        let page = try Markup.reading {
            $0.notice(Notice(.success, title: "Saved", text: "Your answers are kept."))
            $0.notice(Notice(.warning, text: "Write the link down."))
        }
        #expect(page.children.map { $0["role"] } == ["status", nil])
    }
}

import HTML
import Testing

@Suite struct `Fields` {
    @Test func `label, hint and error belong to the input`() throws {
        let page = try Markup.reading {
            $0.textField(
                TextField(
                    id: "org", name: "organisation", label: "Name (optional)", value: "Müller & Söhne", hint: "As on invoices",
                    error: "Too long",
                    autocomplete: "organization", isSpellChecked: false))
        }
        let input = try #require(page.element(id: "org"))
        #expect(
            input.attributes == [
                "id": "org", "name": "organisation", "type": "text", "value": "Müller & Söhne", "autocomplete": "organization",
                "spellcheck": "false",
                "aria-describedby": "org-hint org-error", "aria-invalid": "true",
            ])
        #expect(page.all("label").first?["for"] == "org")
    }

    @Test func `a label may be the page's heading`() throws {
        let page = try Markup.reading { $0.textField(TextField(id: "x", name: "x", label: "Name", labelIsHeading: true)) }
        #expect(page.all("h1").first?.children.first?.tag == "label")
    }

    @Test func `a select groups neighbours and selects one`() throws {
        let page = try Markup.reading {
            $0.select(
                SelectField(
                    id: "r", name: "r", label: "Region",
                    options: [
                        .init(value: "", label: "–"), .init(value: "BE1", label: "Brussels", group: "Belgium"),
                        .init(value: "BE2", label: "Flanders", group: "Belgium"), .init(value: "NL", label: "Netherlands"),
                    ], selected: "BE2"))
        }
        #expect(page.all("optgroup").map { $0["label"] } == ["Belgium"])
        #expect(page.all("option").map { $0["value"] } == ["", "BE1", "BE2", "NL"])
        #expect(page.all("option").filter { $0["selected"] != nil }.map(\.text) == ["Flanders"])
    }

    @Test func `choices: one is radios, several is checkboxes, none is checked unasked`() throws {
        let choices = [ChoiceItem(value: "a", label: "A", description: "first"), ChoiceItem(value: "b", label: "B")]
        let page = try Markup.reading {
            $0.choiceList(ChoiceList(id: "one", name: "one", legend: "One", legendIsHeading: true, choices: choices))
            $0.choiceList(ChoiceList(id: "many", name: "many", legend: "Many", kind: .several, choices: choices, selected: ["b"]))
        }
        #expect(page.all("input").map { $0["type"] } == ["radio", "radio", "checkbox", "checkbox"])
        #expect(page.all("input").map { $0["checked"] != nil } == [false, false, false, true])
        #expect(page.all("input").map { $0["id"] } == ["one", nil, "many", nil])
        #expect(page.all("h1").map(\.text) == ["One"])
    }

    @Test func `UX-7: forms that post leave checking to the server`() throws {
        let page = try Markup.reading {
            $0.form(id: "f", action: "/save") { $0.buttons([Button("Save and continue", .submit(name: "then", value: "continue"))]) }
        }
        #expect(page.children[0].attributes == ["id": "f", "method": "post", "action": "/save", "novalidate": ""])
        #expect(page.all("button").first?["value"] == "continue")
    }

    @Test func `links that look like buttons stay links`() throws {
        let page = try Markup.reading {
            $0.buttons([Button("Print", .go("/print")), Button("Save file", .download("/x.json", filename: "x.json"), look: .second)])
        }
        #expect(page.all("a").map { $0["download"] } == [nil, "x.json"])
        #expect(page.all("button").isEmpty)
    }

    @Test func `a password manager learns whose password it is, from a field that is neither seen nor sent`() {
        var html = HTML()
        html.userName("a\"b@c.example")
        #expect(
            String(decoding: html.bytes, as: UTF8.self) == #"<input type="text" autocomplete="username" value="a&#34;b@c.example" hidden>"#)
    }
}

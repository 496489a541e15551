import HTML
import Testing

@Suite struct `Lists, tables and the verdict` {
    @Test func `UX-10: a task links when it can be started, and its status describes the link`() throws {
        let page = try Markup.reading {
            $0.taskList([
                TaskRow(title: "Suppliers", hint: "6 questions", status: Badge(.wait, "In progress"), link: "/2"),
                TaskRow(title: "Send", status: Badge(.neutral, "Cannot start yet"), link: nil),
            ])
        }
        #expect(page.all("a").map(\.text) == ["Suppliers"])
        #expect(page.all("a").first?["aria-describedby"].flatMap { page.element(id: $0)?.text } == "In progress")
        #expect(page.all("li").count == 2)
    }

    @Test func `UX-11: every Change link has a name of its own`() throws {
        let rows = (1...3).map {
            SummaryRow(
                key: "Question \($0)", value: "Not provided",
                change: .init("Change", hidden: "question \($0)", link: Link(path: "/2#q\($0)")))
        }
        let page = try Markup.reading { $0.summaryList(rows) }
        #expect(page.all("a").map(\.text) == ["Change question 1", "Change question 2", "Change question 3"])
        #expect(page.all("dt").count == 3)
    }

    @Test func `a table has a caption, scopes, and a frame that the keyboard can scroll`() throws {
        let page = try Markup.reading {
            $0.table(
                DataTable(
                    caption: "The same figures", columns: [.init("Domain"), .init("Score", isNumeric: true), .init("Status")],
                    rows: [.init("Backup", [.text("2.40"), .badge(Badge(.wait, "open"))])], narrow: .stacks))
        }
        let frame = page.children[0]
        #expect(frame["role"] == "region" && frame["tabindex"] == "0" && frame["aria-label"] == "The same figures")
        #expect(page.all("caption").map(\.text) == ["The same figures"])
        #expect(page.all("th").map { $0["scope"] } == ["col", "col", "col", "row"])
        #expect(page.all("td").map { $0["data-label"] } == ["Score", "Status"])
        #expect(page.all("td").map(\.classes) == [["n"], []])
    }

    @Test func `a row with too many cells is still written`() throws {
        let page = try Markup.reading {
            $0.table(DataTable(caption: "x", columns: [.init("A")], rows: [.init("r", [.text("1"), .text("2")])]))
        }
        #expect(page.all("td").map(\.text) == ["1", "2"])
    }

    @Test func `the verdict is said in words`() throws {
        let page = try Markup.reading {
            $0.verdict(VerdictPanel(outcome: .met, figure: "3.10", scale: "of 5", title: "Met.", text: "Well done."))
        }
        #expect(page.text == "3.10 of 5Met. Well done.")
        #expect(page.children[0].classes == ["verdict", "met"])
    }

    @Test func `steps are an ordered list with what each brings`() throws {
        let page = try Markup.reading { $0.steps([StepItem(title: "List them", gain: "+ 0.11 points", text: "Half a day.")]) }
        #expect(page.all("ol").first?.all("li").count == 1)
        #expect(page.all("h3").map(\.text) == ["List them"])
        #expect(page.all("span", class: "gain").map(\.text) == ["+ 0.11 points"])
    }
}

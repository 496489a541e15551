import Store
import Testing

@testable import Site

@Suite struct OrganisationTests {
    @Test func `DAT-1, NOT-8: an organisation shows what it is, how far that is proven, and what one may do`() async throws {
        let ann = try await TestSite().colleague("Ann")
        let made = try await ann.send("/en/organisations/new", anvil)
        #expect(made.status == 303 && made.location.hasPrefix("/en/organisations/"))
        let page = try await ann.get(made.location)
        #expect(page.status == 200 && page.body.contains("<h1>Anvil &amp; Sons</h1>"))
        for text in ["0403.227.515", "Nobody yet. The organisation itself says so.", "Owner: may do everything", "1 member"] {
            #expect(page.body.contains(text), "\(text)")
        }
        #expect(try await ann.get("/en/account").body.contains("href=\"\(made.location)\">Anvil &amp; Sons"))
    }

    @Test(arguments: [
        ("name", "", "Type the name of the organisation"), ("name", " \t ", "Type the name of the organisation"),
        ("name", "Pаypal", "use ordinary letters"), ("name", "Anvil\r\nBcc: x", "use ordinary letters"),
        ("name", "Anvil\u{202E}liv", "use ordinary letters"), ("name", String(repeating: "x", count: 101), "may have 100 characters"),
        ("number", "0403227516", "wrong digit"), ("number", "040322751", "wrong digit"), ("number", "04032275155", "10. Count them again"),
        ("number", "2403227515", "must begin with 0 or 1"), ("number", "QQ123", "two letters of a country"),
        ("number", "NL12345678XX90", "letter where a digit belongs"), ("number", "...", "10. Count them again"),
        ("sector", "", "Choose what your firm does"), ("size", "", "how many people work"), ("region", "", "where your main office is"),
    ])
    func `UX-6, SEC-12: what is wrong with an organisation's facts is said, and all that was typed is kept`(
        _ field: String, _ value: String, _ words: String
    ) async throws {
        let ann = try await TestSite().colleague("Ann")
        let refused = try await ann.send("/en/organisations/new", anvil.filter { $0.0 != field } + [(field, value)])
        #expect(refused.status == 422 && refused.body.contains("<title>Error: "))
        let fault = try #require(refused.body.firstMatch(of: /<a href="#([a-z]+)">([^<]*)</))
        #expect(fault.1 == field && fault.2.contains(words) && refused.body.contains("id=\"\(field)\""))
        let kept: [(String, String)] = [
            ("name", "value=\"Anvil &amp; Sons\""), ("sector", "value=\"25\" selected"), ("size", "value=\"small\" checked"),
            ("region", "value=\"BE21\" selected"), ("number", "value=\"BE 0403.227.515\""),
        ]
        for (name, text) in kept where name != field { #expect(refused.body.contains(text), "\(text)") }
        #expect(try await ann.get("/en/account").body.contains("You belong to no organisation yet."))
    }

    @Test(arguments: ["0403227515", " be 0403 227 515", "nl123456782b90", "", "  "])
    func `DAT-1, DAT-2, UX-9: a number is taken as people write it, or none`(_ number: String) async throws {
        let ann = try await TestSite().colleague("Ann")
        let made = try await ann.send("/en/organisations/new", anvil.filter { $0.0 != "number" } + [("number", number)])
        #expect(made.status == 303)
        let shown = number.contains("nl") ? "NL 123456782B90" : number.contains("4") ? "0403.227.515" : "Not provided"
        #expect(try await ann.get(made.location).body.contains(shown))
    }

    @Test(arguments: [
        ("sector", "1"), ("sector", "C"), ("size", "huge"), ("region", "BE2"), ("proof", "staff"), ("role", "owner"), ("buyer", "1"),
    ])
    func `SEC-12: a choice or field that the page does not have is refused, and nothing is made`(_ field: String, _ value: String)
        async throws
    {
        let ann = try await TestSite().colleague("Ann")
        let refused = try await ann.send("/en/organisations/new", anvil.filter { $0.0 != field } + [(field, value)])
        #expect(refused.status == 422 && refused.body.contains("This form does not fit the page"))
        #expect(try await ann.get("/en/account").body.contains("You belong to no organisation yet."))
    }

    @Test func `REL-13, UX-14: the same form sent many times at once adds one organisation`() async throws {
        let ann = try await TestSite().colleague("Ann")
        let form = Browser.framework(try await ann.get("/en/organisations/new")) + anvil
        let locations = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<10 { group.addTask { try await Browser(sharing: ann.browser).post("/en/organisations/new", form).location } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(locations.count == 1)
        #expect(try ann.browser.test.site.store.memberships(of: ann.id).count == 1)
    }

    @Test func `NOT-8: facts are changed by owners, and another name ends a confirmation`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let id = try #require(path.split(separator: "/").last.map(String.init))
        try await test.site.store.prove(.staff, by: "id-staff", organisation: id, by: Actor("id-staff"), now: test.site.clock())
        #expect(try await ann.get(path).body.contains("A member of staff of this service, on "))
        let form = try await ann.get("\(path)/facts")
        #expect(form.body.contains("it has to be confirmed again") && form.body.contains("value=\"0403.227.515\""))
        let refused = try await ann.send("\(path)/facts", anvil.filter { $0.0 != "name" } + [("name", "")])
        #expect(refused.status == 422)
        #expect(try await ann.send("\(path)/facts", anvil.filter { $0.0 != "region" } + [("region", "other")]).status == 303)
        #expect(try await ann.get(path).body.contains("A member of staff of this service, on "), "a region is not what was confirmed")
        try await ann.send("\(path)/facts", anvil.filter { $0.0 != "name" } + [("name", "Hammer")])
        let page = try await ann.get(path)
        #expect(page.body.contains("<h1>Hammer</h1>") && page.body.contains("The organisation itself says so."))
    }

    @Test func `UX-23: an assessment begun in an organisation has its facts, is its members', and needs no private link`() async throws {
        let test = try TestSite()
        let (ann, mia, eve) = (try await test.colleague("Ann"), try await test.colleague("Mia"), try await test.colleague("Eve"))
        let path = try await ann.organisation()
        try await ann.add(mia, to: path, as: .reader)
        let page = try await ann.get("\(path)/assessments")
        #expect(page.body.contains("action=\"\(path)/assessments/supply-chain\""))
        #expect(try await ann.send("\(path)/assessments", to: "\(path)/assessments/supply-chain").status == 422, "no level chosen")
        let form = Browser.framework(page) + [("level", "starter")]
        let begun = try await ann.browser.post("\(path)/assessments/supply-chain", form)
        #expect(begun.status == 303 && begun.location.hasSuffix("/facts"))
        #expect(try await ann.browser.post("\(path)/assessments/supply-chain", form).location == begun.location, "REL-13")
        let facts = try await ann.get(begun.location)
        for value in [
            "value=\"25\" checked", "value=\"small\" checked", "value=\"BE21\" selected", "value=\"Anvil &amp; Sons\"", "0403227515",
        ] {
            #expect(facts.body.contains(value), "\(value)")
        }
        let assessment = String(begun.location.dropLast("/facts".count))
        let saved = try await ann.send(begun.location, [("then", "continue")])
        #expect(saved.location == assessment)
        #expect(try await mia.get(assessment).status == 200)
        #expect(try await eve.get(assessment).status == 403)
        #expect(try await Browser(test).get(assessment).status == 403)
        let list = try await mia.get(path).body
        #expect(list.contains("href=\"\(assessment)\"") && list.contains("not confirmed yet") && !list.contains("Begin a new assessment"))
        #expect(try await mia.send(path, to: "\(path)/assessments/supply-chain", [("level", "starter")]).status == 403)
        #expect(try await ann.send("\(path)/assessments", to: "\(path)/assessments/none", [("level", "starter")]).status == 404)
        let odd = try await ann.send("\(path)/assessments", to: "\(path)/assessments/supply-chain", [("level", "none")])
        #expect(odd.status == 422)
    }

    @Test func `an organisation lists each assessment with its level, state and last result`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let assessment = try await ann.begin(in: path)
        try await ann.browser.answerAll(assessment, score: "3")
        let submission = try await ann.browser.confirm(assessment)
        let confirmed = try await ann.get(path).body
        #expect(confirmed.contains("href=\"\(submission)\">Result ") && confirmed.contains(">confirmed<") && confirmed.contains("Starter"))
        try await ann.browser.save("\(assessment)/sections/GOV", [("GOV-1.practice", "4")])
        #expect(try await ann.get(path).body.contains("changed since the last result"))
    }
}

extension Colleague {
    /// Begins an assessment in an organisation, with its facts, and returns its path.
    func begin(in organisation: String) async throws -> String {
        let begun = try await send(
            "\(organisation)/assessments", to: "\(organisation)/assessments/supply-chain", [("level", "starter")])
        try await send(begun.location, [("then", "continue")])
        return String(begun.location.dropLast("/facts".count))
    }
}

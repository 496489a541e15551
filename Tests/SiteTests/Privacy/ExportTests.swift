import Foundation
import HTTPTypes
import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct ExportTests {
    private typealias Object = [String: Any]

    /// Presses the button of the page on which it stands.
    private func export(_ browser: Browser, _ place: String) async throws -> Page {
        try await browser.fill(place, [], from: place.replacing("/export.json", with: ""))
    }

    private func file(_ browser: Browser, _ place: String) async throws -> (page: Page, object: Object) {
        let page = try await export(browser, place)
        return (page, try #require(try JSONSerialization.jsonObject(with: Data(page.body.utf8)) as? Object))
    }

    @Test func `SEC-28: an account's file holds all that is kept about the person, and no secret`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example", name: "An \"Peeters\" \u{1F600}")
        _ = try await browser.turnOnSecondStep()
        let account = try #require(try browser.account())
        let salt = try #require(account.totp?.salt)
        try await test.site.store.make(OrganisationFacts(name: "Anvil"), id: "org", owner: account.id, by: Actor(account.id), now: test.now)
        let path = try await browser.beginWithFacts()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "Zweefvlieg <b>\n\"\\")])
        let other = Browser(test)
        try await other.register("bo@anvil.example", name: "Bo")
        let theirs = try await other.beginWithFacts()
        try await other.save("\(theirs)/sections/GOV", [("GOV-1.note", "Nachtegaal")])

        let (page, object) = try await file(browser, "/account/export.json")
        #expect(page.headers[.contentType] == "application/json; charset=utf-8")
        #expect(page.headers[.contentDisposition] == "attachment; filename=\"linchpin-account.json\"")
        #expect(object["format"] as? String == "linchpin-account-1")
        let own = try #require(object["account"] as? Object)
        #expect(own["email"] as? String == "an@anvil.example" && own["name"] as? String == "An \"Peeters\" \u{1F600}")
        #expect(own["secondStep"] as? Bool == true)
        for (name, least) in [
            ("sessions", 1), ("signIns", 1), ("memberships", 1), ("links", 1), ("messages", 1), ("opened", 1), ("did", 3),
        ] {
            #expect((object[name] as? [Any])?.count ?? 0 >= least, "\(name)")
        }
        let fields = try #require(object["fields"] as? [Object])
        #expect(fields.contains { $0["name"] as? String == "GOV-1.note" && $0["value"] as? String == "Zweefvlieg <b>\n\"\\" })
        for secret in [
            account.password ?? "?", "$argon2", salt, browser.sid ?? "?", "Nachtegaal", "bo@anvil.example", "\"hash\"", "\"salt\"",
            "\"token\"", try browser.sessionKey().hexadecimal,
        ] { #expect(!page.body.contains(secret), "\(secret)") }
    }

    @Test func `SEC-28: what she typed before she signed in is in her file, what belongs to an organisation is in that one's`() async throws
    {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        let path = try await browser.beginWithFacts()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "Zweefvlieg")])
        try await browser.register("an@anvil.example")
        let (_, object) = try await file(browser, "/account/export.json")
        let opened = try #require(object["opened"] as? [Object])
        #expect(opened.map { $0["assessment"] as? String } == [path.split(separator: "/").last.map(String.init)])
        let fields = try #require(opened[0]["fields"] as? [Object])
        #expect(fields.contains { $0["name"] as? String == "GOV-1.note" && $0["value"] as? String == "Zweefvlieg" })
    }

    @Test func `SEC-28: an organisation's file names every invitation that is kept, also those that are over`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let (ann, bob) = (try await test.colleague("Ann"), try await test.colleague("Bob"))
        let organisation = try await ann.organisation()
        try await ann.add(bob, to: organisation, as: .reader)
        _ = try await ann.invite("kim@anvil.example", to: organisation)
        let (_, object) = try await file(ann.browser, "\(organisation.dropFirst("/en".count))/export.json")
        let invitations = try #require(object["invitations"] as? [Object])
        #expect(Set(invitations.compactMap { $0["email"] as? String }) == ["bob@anvil.example", "kim@anvil.example"])
        #expect(invitations.count { $0["ended"] != nil } == 1)
    }

    @Test func `SEC-28: a file of thousands of fields and rows is whole`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try browser.accountID()
        let key = try browser.sessionKey()
        let fields = Dictionary(uniqueKeysWithValues: (0..<450).map { ("field\($0)", "") })
        for number in 0..<3 {
            try await test.site.store.begin(
                NewAssessment(
                    id: "many\(number)", questionnaire: "supply-chain", edition: "2026-11", checksum: try checksum(), language: "nl",
                    fields: fields), session: key, expires: test.now.adding(days: 1), now: test.now)
            _ = try await test.site.store.save(
                fields.keys.map { FieldChange(name: $0, value: "value of \($0)", base: 1) }, form: "f", assessment: "many\(number)",
                session: key,
                permit: { _ in true }, now: test.now)
        }
        for number in 0..<402 {
            try await test.site.store.setDisabled(
                number % 2 == 0, account: account, by: .visitor(address: "192.0.2.9"), now: test.now)
        }
        try await browser.signIn("an@anvil.example")
        let (page, object) = try await file(browser, "/account/export.json")
        let written = (object["fields"] as? [Object] ?? []).compactMap { $0["value"] as? String }
        #expect(written.count == 1_350 && Set(written).count == 450)
        let about = object["wasDoneTo"] as? [Object] ?? []
        #expect(about.count >= 401 && Set(about.compactMap { $0["number"] as? Int }).count == about.count)
        // Where a stranger tried from is not hers to know.
        #expect(about.allSatisfy { $0["address"] == nil } && page.body.contains("accountDisabled"))
    }

    private func checksum() throws -> String { try TestSite.catalogue.get().current("supply-chain")?.checksum ?? "" }

    @Test func `SEC-28: an organisation's file holds its members, assessments, results and trail`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try #require(try browser.account())
        let store = test.site.store
        try await store.make(
            OrganisationFacts(number: "0403227515", name: "Anvil"), id: "org", owner: account.id, by: Actor(account.id), now: test.now)
        let (path, _) = try await browser.finish()
        let id = String(path.split(separator: "/").last ?? "")
        let key = try browser.sessionKey()
        try await store.adopt(
            id, organisation: "org", keepsLink: false, session: key, permit: { $0.holds }, memberPermit: { _ in true },
            by: Actor(account.id, address: "192.0.2.7"), now: test.now)
        let (page, object) = try await file(browser, "/organisations/org/export.json")
        #expect(object["format"] as? String == "linchpin-organisation-1")
        #expect((object["organisation"] as? Object)?["number"] as? String == "0403227515")
        #expect((object["members"] as? [Object])?.map { $0["email"] as? String } == ["an@anvil.example"])
        let assessment = try #require((object["assessments"] as? [Object])?.first)
        #expect(assessment["id"] as? String == id)
        #expect((assessment["fields"] as? [Object])?.contains { $0["author"] as? String == account.id } == true)
        let submission = try #require((assessment["submissions"] as? [Object])?.first)
        #expect((submission["scorecard"] as? Object)?["verdict"] != nil && submission["answers"] is Object)
        #expect((object["audit"] as? [Object])?.compactMap { $0["action"] as? String }.contains("assessmentAdopted") == true)
        #expect(!page.body.contains("192.0.2.7"))
        #expect(assessment["disclaimer"] == nil)
    }

    @Test func `a CyFun result in an organisation's file says that it is no label`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try browser.accountID()
        let store = test.site.store
        try await store.make(OrganisationFacts(name: "Anvil"), id: "org", owner: account, by: Actor(account), now: test.now)
        let (path, _) = try await browser.finish(workbook: "cyfun-2025-basic")
        try await store.adopt(
            String(path.split(separator: "/").last ?? ""), organisation: "org", keepsLink: false, session: try browser.sessionKey(),
            permit: { $0.holds }, memberPermit: { _ in true }, by: Actor(account), now: test.now)
        let (_, object) = try await file(browser, "/organisations/org/export.json")
        let text = try #require((object["assessments"] as? [Object])?.first?["disclaimer"] as? String)
        #expect(try text == TestSite.catalogue.get().current("cyfun-2025")?.text(.en).disclaimer)
    }

    @Test func `SEC-10: looking at the pages that delete and lead to the files changes nothing, and no link takes a file along`()
        async throws
    {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let id = try browser.accountID()
        try await test.site.store.make(OrganisationFacts(name: "Anvil"), id: "org", owner: id, by: Actor(id), now: test.now)
        let data = {
            ["", "-wal"].map { FileManager.default.contents(atPath: "\(test.site.configuration.dataFolder)/linchpin.sqlite\($0)") }
        }
        let before = data()
        for place in ["/account", "/account/deletion", "/organisations/org", "/organisations/org/deletion"] {
            #expect(try await browser.get("/en\(place)").status == 200)
        }
        for place in ["/account/export.json", "/organisations/org/export.json"] {
            #expect(try await browser.get("/en\(place)").status == 405)
        }
        #expect(data() == before)
    }

    @Test func `SEC-11: nobody gets another's file; a reader or editor not the organisation's`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let (owner, member, stranger) = (Browser(test), Browser(test), Browser(test))
        try await owner.register("an@anvil.example")
        try await member.register("bo@anvil.example")
        try await stranger.register("cy@anvil.example")
        let (an, bo) = (try owner.accountID(), try member.accountID())
        try await test.site.store.make(OrganisationFacts(name: "Anvil"), id: "org", owner: an, by: Actor(an), now: test.now)
        let ticket = test.site.issue(.invite, organisation: "org", role: .editor, email: "bo@anvil.example")
        try await test.site.store.issue(ticket.ticket, now: test.now)
        _ = try await test.site.store.join(ticket: ticket.token.digest, account: bo, by: Actor(bo), now: test.now)
        let place = "/organisations/org/deletion"
        #expect(try await owner.get("/en\(place)").status == 200)
        #expect(try await member.get("/en\(place)").status == 403)
        #expect(try await stranger.get("/en\(place)").status == 404)
        #expect(try await Browser(test).get("/en\(place)").status == 303)
        #expect(try await owner.get("/en/organisations/other/deletion").status == 404)
        let files = ["org", "other"].map { "/organisations/\($0)/export.json" }
        #expect(try await owner.fill(files[0], [], from: "/account").status == 200)
        #expect(try await member.fill(files[0], [], from: "/account").status == 403)
        #expect(try await stranger.fill(files[0], [], from: "/account").status == 404)
        #expect(try await owner.fill(files[1], [], from: "/account").status == 404)
        for file in files + ["/account/export.json"] {
            let page = try await Browser(test).fill(file, [], from: "/sign-in")
            #expect(page.status != 200 || !page.body.contains("\"format\""), "\(file)")
        }
        #expect(try test.site.store.audit().filter { $0.action == "organisationExported" }.map(\.actor) == [an])
    }

    @Test func `SEC-18: who took a file along is in the trail: the organisation's members see it of theirs`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let id = try browser.accountID()
        try await test.site.store.make(OrganisationFacts(name: "Anvil"), id: "org", owner: id, by: Actor(id), now: test.now)
        let before = try test.site.store.audit().count
        let (_, object) = try await file(browser, "/organisations/org/export.json")
        #expect((object["audit"] as? [Object])?.first?["action"] as? String == "organisationExported", "the file names itself")
        _ = try await file(browser, "/account/export.json")
        let rows = try test.site.store.audit()
        #expect(rows.count == before + 2)
        #expect(rows.prefix(2).map(\.action) == ["accountExported", "organisationExported"])
        #expect(rows.prefix(2).allSatisfy { $0.actor == id } && rows.prefix(2).map(\.object) == [id, "org"])
        let trail = try await browser.get("/en/organisations/org/audit").body
        #expect(trail.contains("downloaded the data of the organisation") && !trail.contains("downloaded the data of an account"))
    }
}

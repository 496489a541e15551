import HTTPTypes
import Store
import Testing

@testable import Site

@Suite struct MembersPagesTests {
    /// Ann owns, Mia edits, Rob reads; Eve owns another organisation.
    private struct House {
        let test: TestSite
        let ann, mia, rob, eve: Colleague
        let path, other: String

        init() async throws {
            test = try TestSite()
            ann = try await test.colleague("Ann")
            mia = try await test.colleague("Mia")
            rob = try await test.colleague("Rob")
            eve = try await test.colleague("Eve")
            path = try await ann.organisation()
            other = try await eve.organisation([("name", "Evil"), ("number", ""), ("sector", "62"), ("size", "micro"), ("region", "other")])
            try await ann.add(mia, to: path, as: .editor)
            try await ann.add(rob, to: path, as: .reader)
        }
    }

    @Test func `members see each other with role and since when; owners find the ways to change that`() async throws {
        let house = try await House()
        for (who, isOwner) in [(house.ann, true), (house.mia, false), (house.rob, false)] {
            let page = try await who.get("\(house.path)/members")
            #expect(page.status == 200)
            for text in ["Ann", "ann@anvil.example", "Mia", "Editor", "Rob", "Reader"] { #expect(page.body.contains(text), "\(text)") }
            #expect(page.body.contains("href=\"\(house.path)/members/\(house.mia.id)\"") == isOwner)
            #expect(page.body.contains("Invite a colleague") == isOwner)
        }
    }

    /// What belongs to an organisation: method, place, fields, and the least role that may.
    private static let pages: [(place: String, isPost: Bool, fields: [(String, String)], least: MemberRole)] = [
        ("", false, [], .reader), ("/members", false, [], .reader), ("/audit", false, [], .reader), ("/departure", false, [], .reader),
        ("/assessments", false, [], .editor), ("/assessments/supply-chain", true, [("level", "starter")], .editor),
        ("/facts", false, [], .owner), ("/facts", true, anvil, .owner), ("/proof", false, [], .owner),
        ("/proof", true, [("email", "a@anvil.example")], .owner), ("/invitations", false, [], .owner),
        ("/invitations", true, [("email", "new@anvil.example"), ("role", "owner")], .owner),
        ("/members/id-ann", false, [], .owner), ("/members/id-ann", true, [("then", "role"), ("role", "reader")], .owner),
        ("/invitations/none", false, [], .owner), ("/invitations/none/withdrawal", true, [], .owner),
    ]

    @Test func `SEC-11: who is no member gets what a missing organisation gets, on every page and form`() async throws {
        let house = try await House()
        let proof = try await house.eve.get("/en/account").hidden("proof") ?? ""
        let neutral = { (page: Page) in
            page.body.replacing(/give this number: [^<]*/, with: "").replacing(/\/organisations\/[^"]*/, with: "")
        }
        for page in Self.pages {
            var bodies: Set<String> = []
            for organisation in [house.path, "/en/organisations/none", "/en/organisations/AAAAAAAAAAAAAAAAAAAAAA"] {
                let answer =
                    page.isPost
                    ? try await house.eve.browser.post("\(organisation)\(page.place)", [("proof", proof), ("form", "f")] + page.fields)
                    : try await house.eve.get("\(organisation)\(page.place)")
                #expect(answer.status == 404, "\(page.place) of \(organisation)")
                bodies.insert(neutral(answer))
            }
            #expect(bodies.count == 1, "\(page.place)")
        }
        #expect(try house.test.site.store.members(of: String(house.path.split(separator: "/").last ?? "")).count == 3)
    }

    @Test func `SEC-11: each role may what it may, and a form that it may not send changes nothing`() async throws {
        let house = try await House()
        let order: [MemberRole] = [.reader, .editor, .owner]
        for (who, role) in [(house.rob, MemberRole.reader), (house.mia, .editor)] {
            let proof = try await who.get("/en/account").hidden("proof") ?? ""
            for page in Self.pages {
                let isEnough = (order.firstIndex(of: role) ?? 0) >= (order.firstIndex(of: page.least) ?? 0)
                let answer =
                    page.isPost
                    ? try await who.browser.post("\(house.path)\(page.place)", [("proof", proof), ("form", "f")] + page.fields)
                    : try await who.get("\(house.path)\(page.place)")
                #expect(answer.status == (isEnough ? (page.isPost ? 303 : 200) : 403), "\(role) \(page.place)")
                if !isEnough { #expect(answer.body.contains("<h1>Your role does not allow this</h1>")) }
            }
        }
        let page = try await house.ann.get("\(house.path)/members").body
        #expect(page.contains("Ann (you)") && page.contains("Owner"))
        #expect(try await house.ann.get("\(house.path)/invitations").body.contains("There are none."))
    }

    @Test func `SEC-11: without signing in every page leads to the sign-in, and back`() async throws {
        let house = try await House()
        for page in Self.pages where !page.isPost {
            let answer = try await Browser(house.test).get("\(house.path)\(page.place)")
            #expect(answer.status == 303 && answer.location.hasPrefix("/en/sign-in?to=%2Forganisations%2F"), "\(page.place)")
        }
    }

    @Test func `SEC-4: a role change counts at the next request, also for what was being typed`() async throws {
        let house = try await House()
        let assessment = try await house.ann.begin(in: house.path)
        let section = try await house.mia.get("\(assessment)/sections/GOV")
        #expect(section.status == 200)
        let changed = try await house.ann.send("\(house.path)/members/\(house.mia.id)", [("then", "role"), ("role", "reader")])
        #expect(changed.status == 303)
        let late = try await house.mia.browser.post(
            "\(assessment)/sections/GOV", Browser.framework(section) + [("GOV-1.practice", "5"), ("then", "continue")])
        #expect(late.status == 403 && late.body.contains("Your role does not allow this"))
        #expect(try await house.mia.get("\(assessment)/sections/GOV").status == 403)
        #expect(try await house.mia.get(assessment).status == 200)
        #expect(try await !house.ann.get("\(assessment)/sections/GOV").body.contains(" checked>"))
        try await house.ann.send("\(house.path)/members/\(house.mia.id)", [("then", "role"), ("role", "owner")])
        #expect(try await house.mia.get("\(house.path)/facts").status == 200)
    }

    @Test func `SEC-4: a removed member is shut out at once, from the organisation and from its assessments`() async throws {
        let house = try await House()
        let assessment = try await house.ann.begin(in: house.path)
        let page = try await house.mia.get("\(assessment)/sections/GOV")
        let removed = try await house.ann.send("\(house.path)/members/\(house.mia.id)", [("then", "remove")])
        #expect(removed.status == 303 && removed.location == "\(house.path)/members?saved=1")
        #expect(try await house.mia.get(house.path).status == 404)
        #expect(try await house.mia.get(assessment).status == 403)
        let late = try await house.mia.browser.post(
            "\(assessment)/sections/GOV", Browser.framework(page) + [("GOV-1.note", "typed & kept"), ("then", "continue")])
        #expect(late.status == 403 && late.hidden("keep.GOV-1.note") == "typed & kept")
        #expect(try await !house.ann.get("\(house.path)/members").body.contains("Mia"))
    }

    @Test func `the last owner can neither leave nor become less, and reads why on the same page`() async throws {
        let house = try await House()
        let words = "The organisation needs an owner: make somebody else an owner first"
        for (place, fields) in [
            ("/members/\(house.ann.id)", [("then", "role"), ("role", "editor")]), ("/members/\(house.ann.id)", [("then", "remove")]),
            ("/departure", [("sure", "yes")]),
        ] {
            let refused = try await house.ann.send("\(house.path)\(place)", fields)
            #expect(refused.status == 422 && refused.body.contains(words), "\(place)")
            let target = try #require(refused.body.firstMatch(of: /<a href="#([a-z]+)">The organisation/))
            #expect(refused.body.contains("id=\"\(target.1)\""))
        }
        #expect(try await house.ann.get("\(house.path)/facts").status == 200)
        try await house.ann.send("\(house.path)/members/\(house.mia.id)", [("then", "role"), ("role", "owner")])
        let less = try await house.ann.send("\(house.path)/members/\(house.ann.id)", [("then", "role"), ("role", "reader")])
        #expect(less.status == 303)
        #expect(try await house.ann.get(less.location).status == 200)
        #expect(try await house.ann.get("\(house.path)/facts").status == 403)
    }

    @Test func `leaving takes a tick, and then there is no way back in`() async throws {
        let house = try await House()
        let unsure = try await house.rob.send("\(house.path)/departure")
        #expect(unsure.status == 422 && unsure.body.contains("Tick the box if you want to leave"))
        let left = try await house.rob.send("\(house.path)/departure", [("sure", "yes")])
        #expect(left.status == 303 && left.location == "/en/account")
        #expect(try await house.rob.get(house.path).status == 404)
        #expect(try await house.rob.get("/en/account").body.contains("You belong to no organisation yet."))
    }

    @Test(arguments: ["id-eve", "id-nobody", "", "../members"])
    func `SEC-11: the id of somebody who is no member here is answered as if there were none`(_ id: String) async throws {
        let house = try await House()
        let path = "\(house.path)/members/\(Base64URL.percentEncoded(id))"
        let proof = try await house.ann.get("/en/account").hidden("proof") ?? ""
        for fields in [[("then", "remove")], [("then", "role"), ("role", "reader")]] {
            let answer = try await house.ann.browser.post(path, [("proof", proof)] + fields)
            #expect(answer.status == (id.isEmpty ? 405 : 404))
        }
        #expect(try house.test.site.store.memberships(of: "id-eve").map(\.role) == [.owner])
    }

    @Test(arguments: [
        [("then", "role"), ("role", "god")], [("then", "role")], [("then", "other")], [], [("then", "remove"), ("member", "id-ann")],
    ])
    func `SEC-12: a role or button that there is none of is refused`(_ fields: [(String, String)]) async throws {
        let house = try await House()
        #expect(try await house.ann.send("\(house.path)/members/\(house.mia.id)", fields).status == 422)
        #expect(try await house.ann.get("\(house.path)/members").body.contains("Editor"))
    }

    @Test func `SEC-10: a form without its proof, or from another site, removes nobody`() async throws {
        let house = try await House()
        let path = "\(house.path)/members/\(house.mia.id)"
        #expect(try await house.ann.browser.post(path, [("then", "remove")]).status == 403)
        let proof = try await house.ann.get(path).hidden("proof") ?? ""
        let foreign = try await house.ann.browser.post(
            path, [("proof", proof), ("then", "remove")],
            headers: [.contentType: "application/x-www-form-urlencoded", .origin: "https://evil.example"])
        #expect(foreign.status == 403)
        #expect(try await house.ann.get("\(house.path)/members").body.contains("Mia"))
    }

    @Test func `the trail tells members who did what, by name, and nothing of other organisations`() async throws {
        let house = try await House()
        let assessment = try await house.mia.begin(in: house.path)
        try await house.mia.browser.answerAll(assessment, score: "3")
        _ = try await house.mia.browser.confirm(assessment)
        try await house.ann.send("\(house.path)/members/\(house.rob.id)", [("then", "remove")])
        let page = try await house.mia.get("\(house.path)/audit")
        #expect(page.status == 200)
        let rows = page.body.matches(of: /<tr><th scope="row">.*?<\/tr>/).map { $0.0.replacing(/<[^>]*>/, with: "|") }
        let told = { (words: [String]) in rows.contains { row in words.allSatisfy { row.contains($0) } } }
        #expect(told(["Ann", "left, or removed a member", "Rob"]))
        #expect(told(["Mia", "confirmed answers", "-"]) && told(["Mia", "began an assessment"]))
        #expect(told(["Rob", "joined", "Reader"]) && told(["Ann", "invited somebody", "rob@anvil.example"]))
        #expect(told(["Ann", "added the organisation"]))
        let organisation = String(house.path.split(separator: "/").last ?? "")
        #expect(rows.count == (try house.test.site.store.audit(organisation: organisation).count))
        #expect(!page.body.contains("Eve") && !page.body.contains("Evil") && !page.body.contains("signed in"))
        #expect(try await house.eve.get("\(house.other)/audit").body.contains("added the organisation"))
    }

    @Test func `the trail is read page by page, and a page that is none is empty`() async throws {
        let house = try await House()
        let (store, organisation) = (house.test.site.store, String(house.path.split(separator: "/").last ?? ""))
        for number in 0..<120 {
            try await store.setRole(
                number.isMultiple(of: 2) ? .reader : .editor, member: house.mia.id, of: organisation, account: house.ann.id,
                permit: { _ in true }, by: Actor(house.ann.id), now: house.test.site.clock())
        }
        let first = try await house.ann.get("\(house.path)/audit")
        #expect(first.body.matches(of: /<th scope="row">/).count == 100)
        let next = try #require(first.body.firstMatch(of: /href="([^"]*\?before=[0-9]+)"/)?.1)
        let second = try await house.ann.get(String(next))
        #expect(second.body.matches(of: /<th scope="row">/).count < 100 && second.body.contains("added the organisation"))
        #expect(!second.main.contains("?before="))
        #expect(try await house.ann.get("\(house.path)/audit?before=1").body.contains("There is nothing to show."))
        for odd in ["x", "-1", "99999999999999999999"] {
            #expect(try await house.ann.get("\(house.path)/audit?before=\(odd)").status == 200)
        }
    }
}

import Foundation
import HTTPTypes
import Testing

@testable import Site

@Suite struct ProtectionTests {
    @Test func `SEC-10: a form from another site, without origin, without or with a wrong proof changes nothing`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let page = try await browser.get("\(path)/sections/GOV")
        let form = Browser.framework(page) + [("GOV-1.practice", "5"), ("then", "continue")]
        let type: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        var cross = type
        cross[try #require(HTTPField.Name.secFetchSite)] = "cross-site"
        var origin = type
        origin[.origin] = "https://evil.example"
        for headers in [cross, origin, type] {
            #expect(try await browser.post("\(path)/sections/GOV", form, headers: headers).status == 403)
        }
        let withoutProof = form.filter { $0.0 != "proof" }
        for proof in ["", "AAAAAAAAAAAAAAAAAAAAAA", "x"] {
            #expect(try await browser.post("\(path)/sections/GOV", withoutProof + [("proof", proof)]).status == 403)
        }
        #expect(try await browser.post("\(path)/sections/GOV", withoutProof).status == 403)
        #expect(try await !browser.get("\(path)/sections/GOV").body.contains(" checked>"))
        var own = type
        own[.origin] = "https://test.example"
        #expect(try await browser.post("\(path)/sections/GOV", form, headers: own).status == 303)
    }

    @Test func `the operator's logo may be the very file of our icon`() async throws {
        let test = try TestSite { $0.operatorLogo = "\(TestSite.projectFolder)/Web/icon.svg" }
        let browser = Browser(test)
        let logo = try #require(try await browser.get("/en").body.firstMatch(of: /class="logo" src="([^"]+)"/)?.1)
        #expect(try await browser.get(String(logo)).status == 200)
    }

    @Test func `SEC-10: no GET changes the database`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let (path, submission) = try await browser.finish()
        let before = try Self.databaseBytes(test)
        var pages = ["/", "/en", "/en/help", "/en/open", "/en/open/AAAA", "/en/deleted", "/robots.txt", "/health", "/en/none"]
        pages += ["/en/privacy", "/en/accessibility", "/en/account/deleted", "/.well-known/security.txt"]
        pages += ["", "/facts", "/facts?find=chem", "/link", "/check", "/deletion", "/sections/GOV", "/sections/GOV?one=1"].map {
            path + $0
        }
        pages += ["", "/confirmation", "/plan", "/why", "/answers", "/result.json", "/result.csv", "/reminder.ics"].map { submission + $0 }
        for page in pages { _ = try await browser.get(page) }
        #expect(try Self.databaseBytes(test) == before)
    }

    private static func databaseBytes(_ test: TestSite) throws -> [Data] {
        ["linchpin.sqlite", "linchpin.sqlite-wal"].map {
            FileManager.default.contents(atPath: "\(test.site.configuration.dataFolder)/\($0)") ?? Data()
        }
    }

    @Test func `SEC-6 to SEC-9: every answer carries the headers, whatever its status`() async throws {
        let browser = Browser(try TestSite())
        let (path, submission) = try await browser.finish()
        for page in [
            "/", "/en", "/en/none", "/zz", path, "\(path)/none", "\(submission)/result.json", "/health", "/assets/none.css",
            "/en/assessments/none",
        ] {
            for method in [HTTPRequest.Method.get, .post, .delete, .head] {
                let answer = try await browser.send(method, page, headers: [:])
                #expect(answer.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
                #expect(answer.headers[.strictTransportSecurity] == "max-age=31536000; includeSubDomains")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[HTTPField.Name("Referrer-Policy")!] == "same-origin")
                #expect(answer.headers[.cacheControl] == "no-store")
                if answer.status != 303, method != .head {
                    #expect(answer.headers[.contentType]?.hasSuffix("charset=utf-8") == true, "\(method) \(page) \(answer.status)")
                }
                for cookie in answer.headers[values: .setCookie] {
                    #expect(cookie.hasPrefix("__Host-sid=") && cookie.hasSuffix("; Path=/; Secure; HttpOnly; SameSite=Lax"))
                }
            }
        }
    }

    @Test func `a wrong method is 405 with the right ones named, an unknown path is 404`() async throws {
        let browser = Browser(try TestSite())
        let wrong = try await browser.send(.delete, "/en/help", headers: [:])
        #expect(wrong.status == 405)
        #expect(wrong.headers[.allow] == "GET, HEAD")
        #expect(try await browser.send(HTTPRequest.Method("TRACE")!, "/en", headers: [:]).status == 405)
        #expect(
            try await browser.send(HTTPRequest.Method("FOO")!, "/en/assessments/x/check", headers: [:]).headers[.allow] == "GET, HEAD, POST"
        )
        #expect(try await browser.get("/en/helpless").status == 404)
        #expect(try await browser.get("/en/helpless").body.contains("This page does not exist"))
    }

    @Test func `SEC-18: the log has one JSON line per request and holds no token, answer, name or query`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let path = try await browser.beginWithFacts()
        let link = try #require(try await browser.get("\(path)/link").body.firstMatch(of: /\/en\/open\/([A-Za-z0-9_-]+)/)?.1)
        _ = try await browser.get("/en/open/\(link)?find=secret-query")
        try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "secret-note\r\n{\"level\":\"fake\"}")])
        let lines = test.log.split(separator: "\n")
        #expect(lines.count >= 8)
        for line in lines { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
        for secret in [
            String(link), browser.sid ?? "-", "secret-query", "secret-note", "fake", String(path.split(separator: "/").last ?? ""),
        ] {
            #expect(!test.log.contains(secret), "\(secret)")
        }
    }

    @Test func `an error page is in the language of the path and says that nothing was saved`() async throws {
        let browser = Browser(try TestSite())
        for (language, words) in [("nl", "Er is niets"), ("fr", "Rien"), ("de", "nichts"), ("en", "Nothing")] {
            let page = try await browser.send(.post, "/\(language)/open", headers: [.contentType: "text/plain"], body: "x")
            #expect(page.status == 415)
            #expect(page.body.contains("<html lang=\"\(language)\""))
            #expect(page.body.localizedCaseInsensitiveContains(words), "\(language)")
        }
    }

    @Test func `a body over 256 KiB is refused`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let page = try await browser.get("\(path)/sections/GOV")
        let large = try await browser.post(
            "\(path)/sections/GOV", Browser.framework(page) + [("GOV-1.note", String(repeating: "x", count: 262_144))])
        #expect(large.status == 413)
    }
}

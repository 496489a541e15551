import HTML
import Testing

@Suite struct `Links` {
    @Test(arguments: [
        ("/nl/help?x=1&y=2#z", "/nl/help?x=1&y=2#z"), ("?one=1", "?one=1"), ("#q1", "#q1"), ("help", "/help"), ("", "/"),
        ("//evil.example", "/evil.example"), ("///evil.example", "/evil.example"), ("/\\evil.example", "/%5Cevil.example"),
        ("/\t/evil.example", "/%09/evil.example"), ("\t//evil.example", "/%09//evil.example"),
        ("javascript:alert(1)", "/javascript:alert(1)"),
        ("data:text/html,x", "/data:text/html,x"), ("https://evil.example", "/https://evil.example"), ("/a b\"'<>", "/a%20b%22%27%3C%3E"),
        ("/é", "/%C3%A9"), ("/%C3%A9%2f%zz%", "/%C3%A9%2f%25zz%25"), ("/a\u{0}b", "/a%00b"),
    ])
    func `a path stays on this site, whatever it says`(_ path: String, _ expected: String) {
        #expect(Link(path: path).address == expected)
    }

    @Test func `parts of a path cannot end it`() {
        let link = Link.path(["nl", "a/b?c#d", "..", ".", "", "é"], query: [("q", "x&y=z#"), ("p", "ü")], fragment: "GV.OC 1")
        #expect(link.address == "/nl/a%2Fb%3Fc%23d/%C3%A9?q=x%26y%3Dz%23&p=%C3%BC#GV.OC%201")
        #expect(Link.path([]).address == "/")
        #expect(Link.path(["", "", "evil.example"]).address == "/evil.example")
        #expect(Link.path(["nl", ""]).address == "/nl/")
        #expect(Link.fragment("q 1\"").address == "#q%201%22")
    }

    @Test(arguments: [
        "https://ccb.belgium.be", "https://a.example:8443/x?y=z#f", "https://a.example/%C3%A9", "mailto:help@a.example", "tel:+32(0)2-501",
    ])
    func `the operator's own addresses are kept`(_ address: String) {
        #expect(Link(outside: address)?.address == address)
    }

    @Test(arguments: [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "http://a.example", "//a.example", "/x", "https://", "https:///x",
        "https://user@a.example",
        "https://a.example/\"onclick=", "https://a.example/ x", "https://a\u{301}.example", "https://a.example/\u{0}", "mailto:",
        "mailto:a b@c",
        "mailto:nobody", "tel:", "tel:javascript", " https://a.example", "https://-a.example", "vbscript:x", "blob:https://a.example",
    ])
    func `any other address outside is refused`(_ address: String) {
        #expect(Link(outside: address) == nil)
    }

    @Test func `nothing is loaded from, or sent, elsewhere`() throws {
        let outside = try #require(Link(outside: "https://a.example/x"))
        let text = written {
            $0.void(.img, .src(outside), .alt(""))
            $0.element(.form, .action(outside)) { $0.element(.button, .formaction(outside), text: "Go") }
            $0.element(.a, .href(outside), text: "There")
        }
        #expect(text == "<img alt=\"\"><form><button>Go</button></form><a href=\"https://a.example/x\">There</a>")
    }
}

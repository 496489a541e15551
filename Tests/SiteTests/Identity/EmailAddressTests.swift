import Testing

@testable import Site

@Suite struct EmailAddressTests {
    @Test(arguments: [
        "ann@example.be", "ann.peeters@example.be", "a@b.co", "1@example.com", "ann+linchpin@example.com", "ann-peeters@example.com",
        // RFC 3696 §3, those without quotes.
        "user+mailbox@example.com", "customer/department=shipping@example.com", "$A12345@example.com", "!def!xyz%abc@example.com",
        "_somename@example.com",
        "!#$%&'*+-/=?^_`{|}~@example.com", "o'brien@example.ie", "a.b.c.d@example.com", "ann@xn--mnchen-3ya.de",
        "ann@xn--80ak6aa92e.xn--p1ai",
        "ann@3com.com", "ann@1.2.com", "ann@a-b.c-d.example", "ann@sub.sub.sub.example.be", "ann@example.museum", "ann@a.b1",
        "-@example.be",
    ])
    func `an address that mail can be sent to is accepted as it is`(_ text: String) throws {
        #expect(try EmailAddress(text).text == text)
    }

    @Test(arguments: [
        ("", EmailFault.empty), ("   ", .empty), ("\t\u{A0}", .empty),
        ("ann", .noAt), ("ann.example.be", .noAt), ("\n", .noAt), ("ann(at)example.be", .noAt),
        ("ann@@example.be", .severalAts), ("ann@peeters@example.be", .severalAts), ("@a.be,@b.be:ann@example.be", .severalAts),
        ("ann@example.be,bob@example.be", .severalAts), ("ann@example.be;bob@example.be", .severalAts),
        // RFC 3696 §3, with quotes.
        (#"Abc\@def@example.com"#, .severalAts), (#""Abc@def"@example.com"#, .severalAts), (#"Fred\ Bloggs@example.com"#, .localPart),
        (#""Fred Bloggs"@example.com"#, .localPart), (#"Joe.\\Blow@example.com"#, .localPart), (#""ann"@example.be"#, .localPart),
        (#""<script>"@example.be"#, .localPart),
        ("@example.be", .localPart), (".ann@example.be", .localPart), ("ann.@example.be", .localPart), ("ann..p@example.be", .localPart),
        (".@example.be", .localPart), ("ann peeters@example.be", .localPart), ("ann @example.be", .localPart),
        ("ann(work)@example.be", .localPart), ("Ann <ann@example.be>", .localPart), ("<ann@example.be>", .localPart),
        ("mailto:ann@example.be", .localPart), ("a,b@example.be", .localPart), ("[ann]@example.be", .localPart),
        ("ann\u{0}@example.be", .localPart), ("ann\u{7F}@example.be", .localPart), ("\r\nann@example.be", .localPart),
        ("ann@", .domain), ("ann@localhost", .domain), ("ann@.be", .domain), ("ann@example.", .domain), ("ann@example.be.", .domain),
        ("ann@example..be", .domain), ("ann@-example.be", .domain), ("ann@example-.be", .domain), ("ann@ex_ample.be", .domain),
        ("ann@ example.be", .domain), ("ann@example.be (work)", .domain), ("ann@[192.0.2.1]", .domain),
        ("ann@[IPv6:2001:db8::1]", .domain),
        ("ann@192.0.2.1", .domain), ("ann@example.123", .domain), ("ann@example.be:25", .domain), ("ann@example.be/path", .domain),
        ("ann@xn--.be", .domain), ("ann@example.be\u{0}", .domain), ("ann@example.be\n", .domain), ("ann@exam\tple.be", .domain),
        ("ann@example.be\r\nBcc: everybody", .domain), ("ann@example.be%0Ax", .domain), ("ann@example.be\nSubject: hello", .domain),
        ("ann@example.be\r\nBcc: bob@example.be", .severalAts),
        ("änn@example.be", .notASCII), ("ann@münchen.de", .notASCII), ("аnn@example.be", .notASCII), ("ann@exаmple.be", .notASCII),
        ("ann＠example.be", .notASCII), ("ann@example。be", .notASCII), ("ann@example.be\u{200B}", .notASCII),
        ("\u{202E}ann@example.be", .notASCII), ("ann@example.be\u{2028}", .notASCII), ("ann@e\u{301}xample.be", .notASCII),
        ("ann@example.be\u{85}", .notASCII),
    ])
    func `what mail cannot be sent to is refused, and says why`(_ text: String, _ fault: EmailFault) {
        #expect(throws: fault) { try EmailAddress(text) }
    }

    @Test(arguments: [" ann@example.be", "ann@example.be ", "\t ann@example.be\u{A0}", "\u{3000}ann@example.be"])
    func `blanks round an address are dropped`(_ text: String) throws {
        #expect(try EmailAddress(text).text == "ann@example.be")
    }

    @Test func `the local part stays as typed, the domain is in lower case, and the key tells no case apart`() throws {
        let address = try EmailAddress("Ann.Peeters@Example.BE")
        #expect(address.text == "Ann.Peeters@example.be")
        #expect(address.key == "ann.peeters@example.be")
        #expect(address.localPart == "Ann.Peeters")
        #expect(address.domain == "example.be")
        #expect(try EmailAddress(address.text).text == address.text)
        #expect(try EmailAddress(address.key).key == address.key)
    }

    @Test func `a local part has 64 bytes at most, a label 63, the whole 254`() throws {
        let local = String(repeating: "a", count: 64), label = String(repeating: "b", count: 63)
        #expect(try EmailAddress("\(local)@example.be").localPart == local)
        #expect(throws: EmailFault.tooLong) { try EmailAddress("a\(local)@example.be") }
        #expect(try EmailAddress("ann@\(label).be").domain == "\(label).be")
        #expect(throws: EmailFault.domain) { try EmailAddress("ann@b\(label).be") }
        let whole = "\(local)@\(label).\(label).\(String(repeating: "c", count: 58)).be"
        #expect(whole.utf8.count == 254)
        #expect(try EmailAddress(whole).text == whole)
        #expect(throws: EmailFault.tooLong) { try EmailAddress("\(whole)e") }
        #expect(throws: EmailFault.tooLong) { try EmailAddress(String(repeating: "é@", count: 100_000)) }
    }

    @Test func `of ASCII only letters, digits and nineteen signs may stand in a local part, and hyphens in a domain`() {
        let signs = Set("!#$%&'*+-/=?^_`{|}~".unicodeScalars)
        for value in UInt8(0)..<128 where value != UInt8(ascii: "@") {
            let scalar = Unicode.Scalar(value)
            let isLetterOrDigit = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            let (before, after) = (try? EmailAddress("a\(scalar)b@example.be"), try? EmailAddress("ann@a\(scalar)b.be"))
            #expect((before != nil) == (isLetterOrDigit || signs.contains(scalar) || scalar == "."), "\(value)")
            #expect((after != nil) == (isLetterOrDigit || scalar == "-" || scalar == "."), "\(value)")
        }
    }

    @Test(arguments: [
        "gmail.com", "GMAIL.com", "outlook.be", "hotmail.fr", "live.nl", "msn.com", "yahoo.co.uk", "icloud.com", "me.com", "proton.me",
        "skynet.be", "telenet.be", "users.telenet.be", "scarlet.be", "proximus.be", "belgacom.net", "voo.be", "gmx.de", "web.de",
        "orange.fr",
        "laposte.net", "ziggo.nl", "kpn.nl", "kpnmail.nl", "pt.lu", "a.b.gmail.com", "mailinator.com", "googlemail.com", "mac.com",
    ])
    func `an address at a public provider proves no organisation`(_ domain: String) {
        #expect(EmailDomain.isPublic(domain))
    }

    @Test(arguments: [
        "example.be", "notgmail.com", "gmail.com.example.be", "com", "be", "", ".", "co.uk", "gmail", "mail.example.com",
        "telenetgroup.be",
        "outlook.example.be", "google.com", "microsoft.com", "ugent.be",
    ])
    func `any other domain may belong to an organisation`(_ domain: String) {
        #expect(!EmailDomain.isPublic(domain))
    }
}

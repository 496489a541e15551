import Foundation
import Testing

@testable import Site

@Suite struct PasswordRulesTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Web/common-passwords.txt")
    private static let list = Result<CommonPasswords, any Error> { try CommonPasswords(Data(contentsOf: file)) }

    private func fault(_ password: String, second: Bool = false, context: [String] = []) throws -> PasswordFault? {
        PasswordRules.check(password, hasSecondFactor: second, context: context, common: try Self.list.get())
    }

    @Test func `SEC-1: 15 scalars without a second factor, 8 with one`() throws {
        let scalars = "vq7-zé#kW2m€xTL".unicodeScalars
        #expect(scalars.count == 15)
        #expect(try fault(String(scalars)) == nil)
        #expect(try fault(String(scalars.prefix(14))) == .tooShort(least: 15))
        #expect(try fault(String(scalars.prefix(8)), second: true) == nil)
        #expect(try fault(String(scalars.prefix(7)), second: true) == .tooShort(least: 8))
        #expect(try fault("") == .tooShort(least: 15))
        // Scalars, not what looks like one sign.
        #expect(try fault("e\u{301}a\u{301}o\u{301}u\u{301}k", second: true) == nil)
    }

    @Test func `SEC-1: 1,024 bytes at most`() throws {
        let words = "Vijf fietsers eten zelden mosterd bij het kanaal. "
        var longest = ""
        while longest.utf8.count < 1_000 { longest += "\(longest.utf8.count) \(words)" }
        longest += String(repeating: "~", count: 1_024 - longest.utf8.count)
        #expect(try fault(longest) == nil)
        #expect(try fault(longest + "~") == .tooLong)
    }

    @Test(arguments: [
        "Ångström über Øresund: ζωή, любовь и 七転び八起き — drei Igel essen Kohl",
        "correct horse battery staple", "mijn password ligt onder de mat", "Drie koeien vliegen naar Gent", "welkom in mijn azertywereld",
        "een geheim dat niemand kent", "hunter2 is not what I would choose", "🐎🔋📎✅🏠🌲⛵🎻🧀🚲🦊🍐🪑🧭🥾", "8f!Qz0%vLp2@Rk9^",
        "Wachtwoorden onthouden is saai", "motdepasse oublié sous le tapis", "x7#Kq9!vTz2$Lm4", "98237465019283746",
        "welkom thuis lieve kat", "uaivohcheequiequ", "xkVbqTzPwNmRjsLd", "zomer op de Veluwe", "qwerty voor de vijfde keer",
        "hallo wereld daar buiten",
        "bloemkool en spruitjes", "9f86d081884c7d659a2feaa0c55ad015", "Tr0ub4dor&3 und Freunde",
    ])
    func `SEC-1: a long passphrase passes, whatever signs it has, even if a common word is in it`(_ password: String) throws {
        #expect(try fault(password) == nil)
    }

    @Test func `SEC-1: a passphrase of 64 scalars of many scripts passes`() throws {
        let password = "Ångström über Øresund: ζωή, любовь и 七転び八起き — drei Igel essen Öl"
        #expect(password.unicodeScalars.count == 64)
        #expect(try fault(password) == nil)
    }

    @Test(arguments: [
        "password1234567", "passwordpassword", "Welkom2026Welkom2026", "qwertyuiopasdfg", "123456789012345", "aaaaaaaaaaaaaaa",
        "PASSWORD1234567!", "P@ssw0rd1234567", "p@$$w0rd!!!!!!!!", "1234567password", "!!!password!!!!!", "password password",
        "Passw0rd-passw0rd",
        "Password2025Password2026!", "password#password#password", "abcabcabcabcabc", "abcabcabcabcabcab", "xyz1xyz1xyz1xyz1",
        "Welkom123456789", "W3lk0m2026!!!!!", "wachtwoord12345", "Wachtwoord!2026!", "geheim1234567890", "bonjour12345678",
        "motdepasse12345",
        "MotDePasse2026!", "azertyuiopqsdfg", "azertyuiopqsdfghjklm", "qwertzuiopasdfg", "passwort1234567", "hallohallohallo",
        "Hallo-2026-Hallo",
        "1qaz2wsx3edc4rfv", "zaq1xsw2cde3vfr4", "!QAZ@WSX#EDC$RFV", "abcdefghijklmno", "zyxwvutsrqponml", "098765432109876",
        "112233445566778899",
        "qwertyqwertyqwerty", "qwerty123456789", "azerty123456789", "111111111111111", "aaaaaaaabbbbbbbb", "1234567890qwerty",
        "qwertyuiop12345",
        "        a       ", "...............", "&é\"'(§è!çà&é\"'(§", "Zomer2026Zomer2026", "$$$$$iloveyou$$$", "1loveyou1234567",
        "  Letmein  2026!!",
        "Anderlecht 1908!", "Bruxelles2026!!", "ééééééééééééééé", "0000000000000000", "Sécurité 2026!!!", "0123456789abcdef",
    ])
    func `SEC-1: a common password is refused, however it is dressed up`(_ password: String) throws {
        #expect(password.unicodeScalars.count >= 15)
        #expect(try fault(password) == .common)
    }

    @Test(arguments: [
        "password", "Passw0rd", "P@ssword1", "welkom01", "Welkom2026!", "12345678", "qwerty123", "azerty12", "qwer1234", "aaaaaaaa",
        "abababab",
        "iloveyou", "!Q2w3e4r", "1q2w3e4r", "trustno1", "Monkey99", "Summer2026", "Test1234", "azertyui", "11112222", "zomer2026",
        "Geheim!!",
    ])
    func `SEC-1: so it is beside a second factor`(_ password: String) throws {
        #expect(try fault(password, second: true) == .common)
    }

    @Test(arguments: [
        "peeters12345678", "Ann.Peeters2026", "annpeeters!!!!!!", "Peeters-Peeters", "Brouwerij2026!!!", "linchpin1234567",
        "L1nchp1n!L1nchp1n",
        "ann@brouwerij.be", "LinchpinPeeters", "PeetersWachtwoord", "AnnPeeters4ever", "brouwerijbrouwerij", "Peeters 2026 xyz",
        "on@brouwerij.be 2026 on@brouwerij.be 2026 on@brouwerij.be 2026 ",
    ])
    func `SEC-1: a password of little more than what all know of its owner is refused`(_ password: String) throws {
        let context = ["ann.peeters", "brouwerij.be", "Linchpin", "Ann Peeters"]
        #expect(try fault(password, context: context) == .context)
    }

    @Test(arguments: ["Peeters drinkt nooit koffie", "de brouwerij ruikt naar gist", "annexatie van Lapland", "pinchlin wonderboom"])
    func `SEC-1: a context word in a longer passphrase is no fault, nor is a context without words`(_ password: String) throws {
        #expect(try fault(password, context: ["ann.peeters", "brouwerij.be", "Linchpin", "Ann Peeters"]) == nil)
        #expect(try fault(password, context: ["", " ", "a", "--", "é"]) == nil)
    }

    @Test func `SEC-1: what comes after byte 72 counts, and so nothing is cut off`() throws {
        let repeated = String(repeating: "a", count: 72)
        #expect(try fault(repeated) == .common)
        #expect(try fault(repeated + "b") == .common)
        #expect(try fault(repeated + "vq7-zk#W2mxTL9") == nil)
        #expect(try fault(String(repeating: "mus ", count: 18)) == .common)
        #expect(try fault(String(repeating: "mus ", count: 18) + "zes spreeuwen fluiten") == nil)
    }

    @Test func `the list has 10,000 entries, and a short or broken one is refused`() throws {
        _ = try Self.list.get()
        #expect(throws: CommonPasswordsFault.tooFew(found: 2, least: 10_000)) { try CommonPasswords("# list\nwelkom\n\ngeheim".utf8) }
        #expect(throws: CommonPasswordsFault.brokenText(line: 2)) { try CommonPasswords(Array("welkom\n".utf8) + [0xFF], least: 1) }
        let list = try CommonPasswords("# list\r\nZebrapad\r\n".utf8, least: 1)
        let verdict = { PasswordRules.check($0, hasSecondFactor: true, context: [], common: list) }
        #expect(verdict("zebrapad") == .common)
        #expect(verdict("Z3brapad2026!") == .common)
        #expect(verdict("zebrapaden") == nil)
    }

    @Test func `a hostile password takes no time to speak of`() throws {
        let hostile = [
            String(repeating: "1", count: 1_024), String(repeating: "1!", count: 512), String(repeating: "ab", count: 511) + "a!",
            String(repeating: "12345678", count: 127) + "x", String(repeating: "a", count: 511) + "b" + String(repeating: "a", count: 511),
            String(repeating: "€", count: 341), String(repeating: "password", count: 127) + "wachten",
        ]
        let time = try ContinuousClock().measure { for text in hostile { _ = try fault(text, context: ["ann.peeters", "1", "aaa"]) } }
        #expect(time < .seconds(2))
    }
}

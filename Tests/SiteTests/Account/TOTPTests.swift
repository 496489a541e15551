import Store
import Testing

@testable import Site

@Suite struct TOTPTests {
    private let totp = TOTP(secret: Array("12345678901234567890".utf8))

    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func `SEC-2: codes are those of RFC 6238, appendix B`(_ second: Int64, _ code: String) {
        #expect(totp.code(TOTP.step(at: Timestamp(milliseconds: second * 1_000))) == code)
    }

    @Test func `ASVS 6.5.5: the present step, one before and one after count, to the millisecond`() {
        let start: Int64 = 1_795_000_020_000
        let step = TOTP.step(at: Timestamp(milliseconds: start))
        #expect(start % 30_000 == 0)
        let code = totp.code(step)
        for (offset, isTaken) in [(-30_001, false), (-30_000, true), (0, true), (59_999, true), (60_000, false)] as [(Int64, Bool)] {
            #expect((totp.step(of: code, now: Timestamp(milliseconds: start + offset)) == step) == isTaken, "\(offset)")
        }
    }

    @Test(arguments: [-40, 40])
    func `with a clock that is off by 40 seconds two codes in three are taken, and ten seconds after a refused one the phone's is`(
        _ seconds: Int64
    ) {
        func isTaken(at now: Int64) -> Bool {
            let shown = totp.code(TOTP.step(at: Timestamp(milliseconds: now + seconds * 1_000)))
            return totp.step(of: shown, now: Timestamp(milliseconds: now)) != nil
        }
        let moments = (0..<30).map { 1_795_000_020_000 + $0 * 1_000 as Int64 }
        #expect(moments.count(where: isTaken) == 20)
        #expect(moments.allSatisfy { isTaken(at: $0) || isTaken(at: $0 + 10_000) })
    }

    @Test func `a code may be typed with blanks, and nothing else`() {
        let now = Timestamp(milliseconds: 59_000)
        #expect(totp.step(of: "287 082", now: now) == 1 && totp.step(of: " 287082 ", now: now) == 1)
        for typed in ["", "28708", "2870820", "２８７０８２", "287082\u{301}", "287-082"] { #expect(totp.step(of: typed, now: now) == nil) }
    }

    @Test func `ASVS 6.5.2, 6.5.4: ten recovery codes carry 120 random bits each, and are typed as one likes`() {
        var fed: UInt8 = 0
        let codes = RecoveryCode.make { count in
            fed += 1
            return [UInt8](repeating: fed, count: count)
        }
        #expect(codes.count == 10 && Set(codes).count == 10 && fed == 10)
        #expect(codes.allSatisfy { $0.utf8.count == 29 && $0.split(separator: "-").allSatisfy { $0.utf8.count == 4 } })
        let code = codes[0]
        #expect(RecoveryCode.digest(code) == RecoveryCode.digest(code.lowercased().replacing("-", with: " ")))
        #expect(RecoveryCode.digest(String(code.dropLast())) == nil)
        #expect(RecoveryCode.digest(codes[1]) != RecoveryCode.digest(code))
    }

    @Test func `ASVS 6.5.3: two accounts share no secret, even with one salt`() throws {
        let test = try TestSite()
        let key = test.site.store.key
        #expect(TOTP(account: "a", salt: "s", key: key).text != TOTP(account: "b", salt: "s", key: key).text)
        #expect(TOTP(account: "a", salt: "s", key: key).text != TOTP(account: "a", salt: "t", key: key).text)
        #expect(TOTP(account: "a", salt: "s", key: try TestSite().site.store.key).text != TOTP(account: "a", salt: "s", key: key).text)
    }
}

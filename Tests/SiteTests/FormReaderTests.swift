import NIOCore
import Testing

@testable import Site

@Suite struct FormReaderTests {
    private func read(_ text: String) throws -> PostedForm { try FormReader.read(ByteBuffer(string: text)) }

    @Test func `names and values are decoded in order, plus signs too`() throws {
        let form = try read("a+b=c+d&e%26=%C3%A9%0D%0Af&empty=&bare")
        #expect(form.fields.map(\.name) == ["a b", "e&", "empty", "bare"])
        #expect(form.fields.map(\.value) == ["c d", "é\nf", "", ""])
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%C3", "a=%ED%A0%80", "a=%C0%AF", "a=%FF"])
    func `broken percent signs and broken UTF-8 are refused`(_ text: String) {
        #expect(throws: FormFault.brokenText) { try read(text) }
    }

    @Test func `a repeated name is refused`() {
        #expect(throws: FormFault.repeated("a")) { try read("a=1&b=2&a=3") }
    }

    @Test func `SEC-16: a thousand fields pass, one more does not`() throws {
        let fields = (0..<Limit.fields).map { "f\($0)=" }
        #expect(try read(fields.joined(separator: "&")).fields.count == Limit.fields)
        #expect(throws: FormFault.tooManyFields(limit: Limit.fields)) { try read((fields + ["more="]).joined(separator: "&")) }
    }

    @Test func `control characters are dropped, tabs and line breaks stay`() throws {
        #expect(try read("a=x%00%01%7Fy%09%0Az")["a"] == "xy\t\nz")
    }

    @Test func `random bytes never stop the reader`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let form = try? FormReader.read(ByteBuffer(bytes: bytes))
            #expect(form?.fields.count ?? 0 <= 41)
        }
    }
}

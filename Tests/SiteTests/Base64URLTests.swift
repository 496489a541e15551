import Foundation
import Testing

@testable import Site

@Suite struct Base64URLTests {
    @Test func `agrees with Foundation's base64 on random bytes of every length`() {
        var random = SystemRandomNumberGenerator()
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(Base64URL.encode(bytes) == expected)
            #expect(Base64URL.decode(expected) == bytes)
        }
    }

    @Test(arguments: ["A", "AAAAA", "AB", "AAB", "AA==", "AA+A", "AA/A", "AA A", "AAA\u{301}", "ÄAAA", "\0AAA"])
    func `text that no bytes encode to is refused`(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}

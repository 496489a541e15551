import Testing

@testable import Store

@Suite struct DigestTests {
    @Test func `a digest is the SHA-256 of its secret, and travels as hexadecimal`() {
        let digest = Digest32(of: Array("abc".utf8))
        #expect(digest.hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest32(hexadecimal: digest.hexadecimal) == digest)
        #expect(Digest32(hexadecimal: "BA78") == nil)
        #expect(Digest32(hexadecimal: String(repeating: "g", count: 64)) == nil)
    }
}

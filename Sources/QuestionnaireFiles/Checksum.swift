import Crypto

/// A fingerprint of parsed files: comments, quotes and the order of keys do not matter, any text or structure does.
struct Checksum {
    private var hash = SHA256()

    mutating func add(file name: String, _ root: Node) {
        var bytes: [UInt8] = []
        Self.append(name, to: &bytes)
        Self.append(root, to: &bytes)
        hash.update(data: bytes)
    }

    /// 64 lowercase hexadecimal digits.
    var hex: String {
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// A letter for the kind, a count, and that many parts: no two trees have the same bytes.
    private static func append(_ node: Node, to bytes: inout [UInt8]) {
        switch node.content {
        case .text(let text):
            append(text, to: &bytes)
        case .list(let items):
            bytes += "l\(items.count):".utf8
            for item in items { append(item, to: &bytes) }
        case .map(let entries):
            bytes += "m\(entries.count):".utf8
            for entry in entries.sorted(by: { $0.key < $1.key }) {
                append(entry.key, to: &bytes)
                append(entry.value, to: &bytes)
            }
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes += "t\(text.utf8.count):".utf8
        bytes += text.utf8
    }
}

import Store

/// What a form showed when it was drawn: per field the version and a digest of the value. It travels in the form, so that
/// a save can tell what the visitor changed from what somebody else changed meanwhile (REL-15).
struct ShownFields {
    private struct Shown { let version: Int64, digest: UInt32 }

    private var fields: [String: Shown] = [:]

    /// The hidden field's text; fields that were never saved need no entry.
    static func text(names: [String], stored: (String) -> StoredField?) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(4_096)
        for name in names {
            guard let field = stored(name) else { continue }
            if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            text.append(contentsOf: name.utf8)
            text.append(UInt8(ascii: ":"))
            text.append(contentsOf: String(field.version).utf8)
            text.append(UInt8(ascii: ":"))
            let digest = digest(field.value)
            for shift in stride(from: 28, through: 0, by: -4) { text.append(hexadecimal[Int(digest >> UInt32(shift) & 15)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    /// Reads the hidden field. Entries that make no sense are dropped: the field then counts as never shown.
    init(_ text: String) {
        for entry in text.split(separator: " ") {
            let parts = entry.split(separator: ":")
            guard parts.count == 3, let version = Int64(parts[1]), let digest = UInt32(parts[2], radix: 16) else { continue }
            fields[String(parts[0])] = Shown(version: version, digest: digest)
        }
    }

    /// The posted fields, and whether each has the value that was shown. A field that is missing from the form is no change.
    func changes(in form: PostedForm, names: some Sequence<String>) -> [FieldChange] {
        names.compactMap { name in
            guard let value = form[name] else { return nil }
            let shown = fields[name]
            return FieldChange(
                name: name, value: value, base: shown?.version ?? 0, isAsShown: Self.digest(value) == shown?.digest ?? Self.digest(""))
        }
    }

    /// Names the state of the fields that a form shows: another once one of them has been saved anew.
    static func state(_ text: String) -> String {
        var text = text
        return "at-" + String(text.withUTF8(digest), radix: 36)
    }

    private static func digest(_ value: String) -> UInt32 {
        var value = value
        return value.withUTF8(digest)
    }

    /// FNV-1a, 32 bits: it guards against accidents, not against the visitor, who may change her own answers anyway.
    private static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}

import Store

/// What a form showed when it was drawn: per field the version and a digest of the value. It travels in the form, so that
/// a save can tell what the visitor changed from what somebody else changed meanwhile (REL-15).
struct ShownFields {
    private struct Shown { let version: Int64, digest: UInt32 }

    private var fields: [String: Shown] = [:]

    /// The hidden field's text; fields that were never saved need no entry.
    static func text(names: [String], stored: [String: StoredField]) -> String {
        var text = ""
        for name in names {
            guard let field = stored[name] else { continue }
            if !text.isEmpty { text += " " }
            text += name
            text += ":"
            text += String(field.version)
            text += ":"
            text += String(digest(field.value), radix: 36)
        }
        return text
    }

    /// Reads the hidden field. Entries that make no sense are dropped: the field then counts as never shown.
    init(_ text: String) {
        for entry in text.split(separator: " ") {
            let parts = entry.split(separator: ":")
            guard parts.count == 3, let version = Int64(parts[1]), let digest = UInt32(parts[2], radix: 36) else { continue }
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
    static func state(_ text: String) -> String { "at-" + String(digest(text), radix: 36) }

    /// FNV-1a, 32 bits: it guards against accidents, not against the visitor, who may change her own answers anyway.
    private static func digest(_ value: String) -> UInt32 {
        value.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}

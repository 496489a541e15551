import NIOCore

/// The fields of a posted form, in the order they came.
struct PostedForm: Sendable {
    let fields: [(name: String, value: String)]
    private let values: [String: String]

    /// Refuses a name that comes twice: no form of ours sends one (SEC-12, parameter pollution).
    init(fields: [(name: String, value: String)]) throws(FormFault) {
        var values = [String: String](minimumCapacity: fields.count)
        for (name, value) in fields where values.updateValue(value, forKey: name) != nil {
            throw .repeated(name)
        }
        self.fields = fields
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }

    /// What was typed and chosen, as one text: the same form sent again with something else means something else (REL-13).
    var typed: String {
        fields.filter { !Saving.framework.contains($0.name) }.map { "\($0.name.utf8.count) \($0.name) \($0.value.utf8.count) \($0.value)" }
            .joined(separator: " ")
    }

    /// Sent by a button of the language switch.
    var isForLanguage: Bool { values["then"]?.hasPrefix("language:") ?? false }
}

/// What is wrong with a form as a whole. Nothing of such a form is written.
enum FormFault: Error, Equatable {
    case notAForm
    case brokenText
    case tooManyFields(limit: Int)
    case repeated(String)
    case unknown(String)
}

/// Reads `application/x-www-form-urlencoded` as the URL standard says, but strictly:
/// broken percent signs and broken UTF-8 are refused rather than repaired.
enum FormReader {
    static func read(_ body: ByteBuffer) throws(FormFault) -> PostedForm {
        try PostedForm(fields: pairs(body.readableBytesView))
    }

    static func pairs(_ bytes: some Collection<UInt8>) throws(FormFault) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Limit.fields else { throw .tooManyFields(limit: Limit.fields) }
            let sign = part.firstIndex(of: UInt8(ascii: "="))
            let name = try text(part[..<(sign ?? part.endIndex)])
            // A password is taken as it is or not at all (ASVS 6.2.8).
            let isExact = name == "password" || name == "newPassword"
            let value = try sign.map { at throws(FormFault) in try text(part[part.index(after: at)...], isExact: isExact) } ?? ""
            pairs.append((name, value))
        }
        return pairs
    }

    /// Percent-decodes, turns `+` into a space and CR LF into LF, and drops other control characters.
    /// - Parameter isExact: Refuses what would be dropped.
    private static func text(_ bytes: some Collection<UInt8>, isExact: Bool = false) throws(FormFault) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { throw .brokenText }
                let value = high << 4 | low
                let isText = value >= 0x20 && value != 0x7F || value == 0x0A || value == 0x09
                if isExact, !isText || value < 0x20 { throw .brokenText }
                if isText { decoded.append(value) }
            case 0..<0x20, 0x7F:
                if isExact { throw .brokenText }
            default: decoded.append(byte)
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .brokenText }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

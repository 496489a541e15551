import Assessment

extension FileReader {
    /// Text as it stands, `nil` where it is absent (which `section` reported) or of another type.
    mutating func scalar(_ node: Node?, _ what: @autoclosure () -> String) -> String? {
        guard let node else { return nil }
        guard case .text(let text) = node.content else {
            fault(node.line, "\(what()) must be text; write it on one line")
            return nil
        }
        return text
    }

    /// Wording for people: not empty, without control characters, at most `limit` Unicode scalars.
    mutating func wording(_ node: Node?, _ what: @autoclosure () -> String, limit: Int = 1000) -> String {
        guard let node, let text = scalar(node, what()) else { return "" }
        if text.allSatisfy(\.isWhitespace) {
            fault(node.line, "\(what()) is empty; write it")
        } else if let scalar = TextEncodingCheck.firstForbidden(in: text) {
            let fix = scalar == "\n" ? "write it on one line, or with >-" : "remove it"
            fault(node.line, "\(what()) has the control character \(TextEncodingCheck.codePoint(scalar)); \(fix)")
        } else if text.unicodeScalars.count > limit {
            fault(node.line, "\(what()) has \(text.unicodeScalars.count) characters; shorten it to \(limit)")
        }
        return text
    }

    /// An id: letters, digits, dots and hyphens, a letter or digit first, at most 40.
    mutating func id(_ node: Node?, _ what: @autoclosure () -> String) -> String? {
        guard let node, let text = scalar(node, what()) else { return nil }
        if !isIdentifier(text) {
            fault(
                node.line,
                "\(what()) \"\(TextEncodingCheck.excerpt(text))\" is no id; use at most 40 letters, digits, dots and hyphens, no dot or hyphen first"
            )
        }
        return text
    }

    /// The id of a list's item, which no other of its kind may have.
    mutating func uniqueID(_ node: Node?, _ name: String, _ kind: String, in lines: inout [String: Int]) -> String? {
        guard let node, let id = id(node, "\"id\" of \(name)") else { return nil }
        if let first = lines[id] {
            fault(node.line, "duplicate \(kind) id \(TextEncodingCheck.excerpt(id)), first on line \(first); choose another")
        } else {
            lines[id] = node.line
        }
        return id
    }

    mutating func wholeNumber(
        _ node: Node?, _ what: @autoclosure () -> String, in range: ClosedRange<Int>
    ) -> Int? {
        guard let node, let text = scalar(node, what()) else { return nil }
        guard let number = parseWholeNumber(text) else {
            fault(node.line, "\(what()) \"\(TextEncodingCheck.excerpt(text))\" is no whole number; write digits only")
            return nil
        }
        guard range.contains(number) else {
            fault(node.line, "\(what()) is \(number); it must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func fraction(_ node: Node?, _ what: @autoclosure () -> String) -> Fraction? {
        guard let node, let text = scalar(node, what()) else { return nil }
        guard !text.hasSuffix("%"), let value = Fraction.parse(text) else {
            fault(node.line, "\(what()) \"\(TextEncodingCheck.excerpt(text))\" is no number; write it like 3 or 2.5")
            return nil
        }
        guard 1000 % value.denominator == 0 else {
            fault(node.line, "\(what()) \"\(TextEncodingCheck.excerpt(text))\" is too fine; write at most three decimals")
            return nil
        }
        return value
    }
}

private func isIdentifier(_ text: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 40 else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
}

/// Digits with an optional minus, without leading zeros (YAML reads `012` as ten), at most nine of them.
func parseWholeNumber(_ text: String) -> Int? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard (1...9).contains(digits.utf8.count), digits == "0" || !digits.hasPrefix("0"),
        digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
}

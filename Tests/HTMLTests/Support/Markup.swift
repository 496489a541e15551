import HTML

/// A strict little reader of what the writer writes: quoted attributes, every element closed, nothing twice.
final class Markup {
    struct Broken: Error, CustomStringConvertible { let description: String }

    let tag: String
    let attributes: [String: String]
    private(set) var children: [Markup] = []
    private(set) var ownText = ""
    /// Own text and that of everything inside, in order of the source.
    private(set) var text = ""

    private init(tag: String, attributes: [String: String]) {
        self.tag = tag
        self.attributes = attributes
    }

    /// What `write` writes, under a root without a name.
    static func reading(_ write: (inout HTML) -> Void) throws -> Markup {
        var html = HTML()
        write(&html)
        return try Markup.reading(html.bytes)
    }

    static func reading(_ bytes: [UInt8]) throws -> Markup {
        var reader = Reader(rest: bytes[...])
        let root = Markup(tag: "", attributes: [:])
        var open = [root]
        while let byte = reader.rest.first {
            if byte != UInt8(ascii: "<") {
                let text = try reader.text(until: UInt8(ascii: "<"))
                open[open.count - 1].ownText += text
                for element in open { element.text += text }
            } else if reader.skip("</") {
                let tag = reader.name()
                guard reader.skip(">") else { throw Broken(description: "unfinished end tag \(tag)") }
                guard open.count > 1, open.removeLast().tag == tag else { throw Broken(description: "</\(tag)> closes nothing") }
            } else if !reader.skip("<!DOCTYPE html>") {
                let element = try reader.startTag()
                open[open.count - 1].children.append(element.node)
                if !element.isClosed { open.append(element.node) }
            }
        }
        guard open.count == 1 else { throw Broken(description: "<\(open[open.count - 1].tag)> stays open") }
        return root
    }

    /// Everything inside, in order of the source.
    var inside: [Markup] { children.flatMap { [$0] + $0.inside } }

    func all(_ tag: String, class look: String? = nil) -> [Markup] {
        inside.filter { $0.tag == tag && (look == nil || $0.classes.contains(look ?? "")) }
    }

    var classes: [String] { attributes["class"]?.split(separator: " ").map(String.init) ?? [] }

    func element(id: String) -> Markup? { inside.first { $0.attributes["id"] == id } }

    subscript(name: String) -> String? { attributes[name] }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func skip(_ text: String) -> Bool {
            guard rest.starts(with: text.utf8) else { return false }
            rest = rest.dropFirst(text.utf8.count)
            return true
        }

        mutating func name() -> String {
            let name = rest.prefix { (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            rest = rest.dropFirst(name.count)
            return String(decoding: name, as: UTF8.self)
        }

        mutating func startTag() throws -> (node: Markup, isClosed: Bool) {
            guard skip("<") else { throw Broken(description: "no tag") }
            let tag = name()
            guard !tag.isEmpty else { throw Broken(description: "a < that is no tag") }
            var attributes: [String: String] = [:]
            while skip(" ") {
                let key = name()
                guard !key.isEmpty, attributes[key] == nil else {
                    throw Broken(description: "attribute \(key) of \(tag) twice or nameless")
                }
                if skip("=\"") {
                    attributes[key] = try text(until: UInt8(ascii: "\""))
                    guard skip("\"") else { throw Broken(description: "\(key) of \(tag) has no end") }
                } else {
                    attributes[key] = ""
                }
            }
            let isSelfClosed = skip("/>")
            guard isSelfClosed || skip(">") else { throw Broken(description: "unfinished tag \(tag)") }
            let isVoid = VoidTag(rawValue: tag) != nil
            return (Markup(tag: tag, attributes: attributes), isSelfClosed || isVoid)
        }

        /// Text with the five references resolved; any other `&`, and any quote or bracket, is an error.
        mutating func text(until end: UInt8) throws -> String {
            var text: [UInt8] = []
            while let byte = rest.first, byte != end {
                let plain = rest.prefix { !"&<>\"'".utf8.contains($0) }
                text += plain
                rest = rest.dropFirst(plain.count)
                guard plain.isEmpty else { continue }
                let references = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#34;", "\""), ("&#39;", "'")]
                guard let (_, meaning) = references.first(where: { skip($0.0) }) else {
                    throw Broken(description: "raw \(Character(Unicode.Scalar(byte))) after \(String(decoding: text, as: UTF8.self))")
                }
                text += Array(meaning.utf8)
            }
            return String(decoding: text, as: UTF8.self)
        }
    }
}

func written(_ write: (inout HTML) -> Void) -> String {
    var html = HTML()
    write(&html)
    return String(decoding: html.bytes, as: UTF8.self)
}

import CExpat

/// Reads XML as a stream of events, by expat. Document types are refused: with them go all entities but the five of XML.
final class XMLWalk {
    /// What happens on the way. Names come without their prefix.
    protocol Visitor: AnyObject {
        func begin(_ name: String, _ attributes: [String: String], at bytes: Range<Int>)
        func text(_ text: String)
        func end(_ name: String, at bytes: Range<Int>)
    }

    private let visitor: any Visitor
    private let parser: XML_Parser
    private var hasDocumentType = false
    private var (depth, elements) = (0, 0)
    private var isTooMuch = false
    /// Of the text since the last tag, in bytes, and how many pieces all texts came in: a line break is one.
    private var (textLength, pieces) = (0, 0)
    /// A sheet nests seven elements; the largest official one has 4,000.
    private static let depthLimit = 64
    private static let elementLimit = 300_000
    private static let pieceLimit = 1_000_000
    /// In bytes.
    private static let (piece, tagLimit) = (1 << 18, 1 << 19)

    /// Walks through all of a part.
    static func walk(_ bytes: [UInt8], part: String, _ visitor: any Visitor) throws(WorkbookFault) {
        // Where cells stand is counted in bytes of UTF-8; a sheet in UTF-16 has others.
        guard !bytes.prefix(4).contains(0), !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]),
            let parser = XML_ParserCreate("UTF-8")
        else { throw .damaged(part: part) }
        defer { XML_ParserFree(parser) }
        let walk = XMLWalk(visitor, parser)
        XML_SetUserData(parser, Unmanaged.passUnretained(walk).toOpaque())
        XML_SetElementHandler(parser, began, ended)
        XML_SetCharacterDataHandler(parser, found)
        XML_SetStartDoctypeDeclHandler(parser, refused)
        let isWhole = bytes.withUnsafeBytes { walk.walk($0) }
        if walk.hasDocumentType { throw .documentType(part: part) }
        if walk.isTooMuch { throw .tooMuch }
        guard isWhole else { throw .damaged(part: part) }
    }

    /// In pieces, so that no tag can be longer than its limit: its attributes would all be kept.
    private func walk(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var end = 0
        repeat {
            let start = end
            end = min(start + Self.piece, bytes.count)
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end]).baseAddress?.assumingMemoryBound(to: CChar.self)
            guard XML_Parse(parser, piece, CInt(end - start), end == bytes.count ? 1 : 0) == XML_STATUS_OK else { return false }
            let token = Int(XML_GetCurrentByteIndex(parser))
            if end < bytes.count, token >= 0, end - token > Self.tagLimit {
                isTooMuch = true
                return false
            }
        } while end < bytes.count
        return true
    }

    private init(_ visitor: any Visitor, _ parser: XML_Parser) {
        self.visitor = visitor
        self.parser = parser
    }

    private var bytes: Range<Int> {
        let start = Int(XML_GetCurrentByteIndex(parser))
        return start..<start + Int(XML_GetCurrentByteCount(parser))
    }

    private func stop(_ reason: ReferenceWritableKeyPath<XMLWalk, Bool>) {
        self[keyPath: reason] = true
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLWalk? {
        data.map { Unmanaged<XMLWalk>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func name(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        let name = String(cString: text)
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.utf8.index(after: colon)...])
    }

    private static let began: XML_StartElementHandler = { data, element, attributes in
        guard let walk = of(data) else { return }
        walk.depth += 1
        walk.elements += 1
        walk.textLength = 0
        guard walk.depth <= depthLimit, walk.elements <= elementLimit else {
            return walk.stop(\.isTooMuch)
        }
        var values: [String: String] = [:]
        var next = attributes
        while let pair = next, let key = pair[0], let value = pair[1] {
            values[name(key)] = String(cString: value)
            next = pair + 2
        }
        walk.visitor.begin(name(element), values, at: walk.bytes)
    }

    private static let ended: XML_EndElementHandler = { data, element in
        guard let walk = of(data), !walk.isTooMuch else { return }
        walk.depth -= 1
        walk.textLength = 0
        walk.visitor.end(name(element), at: walk.bytes)
    }

    private static let found: XML_CharacterDataHandler = { data, text, length in
        guard let walk = of(data), let text, !walk.isTooMuch else { return }
        walk.textLength += Int(length)
        walk.pieces += 1
        guard walk.textLength <= Cell.textLimit, walk.pieces <= pieceLimit else {
            return walk.stop(\.isTooMuch)
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(length))
        walk.visitor.text(String(decoding: bytes, as: UTF8.self))
    }

    private static let refused: XML_StartDoctypeDeclHandler = { data, _, _, _, _ in
        guard let walk = of(data) else { return }
        walk.stop(\.hasDocumentType)
    }
}

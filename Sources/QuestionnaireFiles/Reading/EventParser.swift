import CYaml

/// libyaml's event stream over a file.
///
/// Yams composes nodes itself but resolves aliases and hashes keys while doing so, recurses without a limit of ours
/// and stops at the first duplicate key. Its events, read from the C library within the same package, let us refuse
/// aliases before anything is built and report every duplicate.
final class EventParser {
    enum Event: Equatable {
        /// Not quoted: `plain`.
        case text(String, plain: Bool)
        case listStart, listEnd, mapStart, mapEnd
        case alias
        case documentStart, documentEnd, streamStart, streamEnd
    }

    private let file: String
    private let bytes: UnsafeBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// Where the event that `next` returned last begins.
    private(set) var line = 1

    /// - Parameter bytes: UTF-8; must outlive the parser.
    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(Fault) {
        self.file = file
        self.bytes = bytes
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Fault(file: file, line: 1, message: "cannot be parsed: out of memory")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    func next() throws(Fault) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxFault() }
        defer { yaml_event_delete(&event) }
        line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try refuse(anchor: start.anchor, tag: start.tag)
            return .listStart
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try refuse(anchor: start.anchor, tag: start.tag)
            return .mapStart
        case YAML_MAPPING_END_EVENT: return .mapEnd
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(anchor: scalar.anchor, tag: scalar.tag)
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .text(text, plain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        default: return .streamEnd
        }
    }

    func fault(_ message: String) -> Fault { Fault(file: file, line: line, message: message) }

    private func refuse(anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?) throws(Fault) {
        if anchor != nil { throw fault("anchors (&) are not allowed; write the text out, or put it in quotes") }
        if tag != nil { throw fault("tags (!) are not allowed; remove it, or put the text in quotes") }
    }

    private func syntaxFault() -> Fault {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
        // The library's own limit, which its look-ahead meets before our reader meets ours.
        if problem.hasPrefix("Maximum nesting level") { return Composer.tooDeep(file: file, line: line) }
        let line =
            parser.pointee.error == YAML_READER_ERROR
            ? 1 + bytes.prefix(Int(parser.pointee.problem_offset)).count { $0 == UInt8(ascii: "\n") }
            : Int(parser.pointee.problem_mark.line) + 1
        return Fault(
            file: file, line: line,
            message: "invalid YAML: \(problem); correct it (text with \": \" or a symbol in front needs quotes)")
    }
}

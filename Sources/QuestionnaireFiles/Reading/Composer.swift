/// Builds nodes from a file's events, within limits that keep a hostile file harmless.
struct Composer {
    /// Conditions nest deepest, and three of them are hard to read already.
    static let maximumDepth = 32
    /// The largest file of ours has some thousands.
    static let maximumNodes = 100_000

    private let events: EventParser
    private let file: String
    private var nodes = 0
    /// Faults that do not stop the reading: duplicate keys.
    private(set) var faults: [Fault] = []

    /// The file's only document and its duplicate keys.
    static func compose(_ bytes: [UInt8], file: String) throws(Fault) -> (root: Node, faults: [Fault]) {
        guard !bytes.isEmpty else { throw empty(file) }
        try TextEncodingCheck.check(bytes, file: file)
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return try bytes.withUnsafeBufferPointer { buffer throws(Fault) in
            let text = UnsafeBufferPointer(rebasing: buffer.dropFirst(bytes.starts(with: byteOrderMark) ? 3 : 0))
            var composer = try Composer(events: EventParser(text, file: file), file: file)
            return (try composer.document(), composer.faults)
        }
    }

    static func tooDeep(file: String, line: Int) -> Fault {
        Fault(file: file, line: line, message: "nested deeper than \(maximumDepth) levels; flatten it")
    }

    private static func empty(_ file: String) -> Fault {
        Fault(file: file, line: 1, message: "the file is empty; fill it or remove it")
    }

    private init(events: EventParser, file: String) {
        self.events = events
        self.file = file
    }

    private mutating func document() throws(Fault) -> Node {
        var event = try events.next()
        if event == .streamStart { event = try events.next() }
        guard event == .documentStart else { throw Self.empty(file) }
        let root = try node(from: try events.next(), line: 1, depth: 0)
        guard try events.next() == .documentEnd, try events.next() == .streamEnd else {
            throw events.fault("a second document begins; keep one per file")
        }
        return root
    }

    private mutating func node(from event: EventParser.Event, line: Int, depth: Int) throws(Fault) -> Node {
        nodes += 1
        guard nodes <= Self.maximumNodes else {
            throw events.fault("the file has more than \(Self.maximumNodes) entries; split it")
        }
        guard depth <= Self.maximumDepth else {
            throw Self.tooDeep(file: file, line: events.line)
        }
        switch event {
        case .text(let text, let plain):
            let isNull = plain && (text == "~" || text == "null")
            return Node(line: line, content: .text(isNull ? "" : text))
        case .listStart:
            return Node(line: line, content: .list(try list(depth: depth + 1)))
        case .mapStart:
            return Node(line: line, content: .map(try map(depth: depth + 1)))
        case .alias:
            throw events.fault("aliases (*) are not allowed; write the text out, or put it in quotes")
        case .listEnd, .mapEnd, .documentStart, .documentEnd, .streamStart, .streamEnd:
            throw events.fault("invalid YAML: a value is missing; add it")
        }
    }

    private mutating func list(depth: Int) throws(Fault) -> [Node] {
        var items: [Node] = []
        var event = try events.next()
        while event != .listEnd {
            items.append(try node(from: event, line: events.line, depth: depth))
            event = try events.next()
        }
        return items
    }

    private mutating func map(depth: Int) throws(Fault) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var firstLines: [String: Int] = [:]
        var event = try events.next()
        while event != .mapEnd {
            let line = events.line
            guard case .text(let key, _) = event else { throw events.fault("a key must be text; write \"key: value\"") }
            let value = try node(from: try events.next(), line: line, depth: depth)
            if let first = firstLines[key] {
                let message = "duplicate key \"\(TextEncodingCheck.excerpt(key))\", first on line \(first); remove one of them"
                faults.append(Fault(file: file, line: line, message: message))
            } else {
                firstLines[key] = line
                entries.append(Node.Entry(key: key, value: value))
            }
            event = try events.next()
        }
        return entries
    }
}

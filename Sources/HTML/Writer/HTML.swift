/// Writes HTML as UTF-8 bytes into one growing array. Text can only enter escaped.
///
/// Tags are enum cases, attribute names are functions of ``Attribute``, addresses are ``Link``s; every `String` goes
/// through the escaper below, which looks at bytes, never at `Character`s (a quote followed by a combining mark is
/// one `Character`, and two bytes sequences of which the first still closes an attribute). SEC-13.
public struct HTML: Sendable {
    /// Writes the inside of an element.
    public typealias Content = (inout HTML) -> Void

    /// Longer than what is written, so that most writes are a check and a copy.
    private var storage: [UInt8]
    /// In bytes.
    public private(set) var count = 0
    /// Where a ``Stencil`` has something to fill in.
    private(set) var gaps: [Int] = []

    /// What has been written so far.
    public var bytes: [UInt8] { withBytes { Array($0) } }

    /// Lends what has been written so far.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    public init(capacity: Int = 16_384) { storage = Array(repeating: 0, count: max(capacity, 64)) }

    /// Leaves a place between elements, to be filled in by a ``Stencil``.
    public mutating func gap() { gaps.append(count) }

    public mutating func doctype() { raw("<!DOCTYPE html>") }

    public mutating func text(_ text: String) { escaped(text) }

    public mutating func text(_ number: Int) { integer(number) }

    /// Adds what the same kind of writer wrote before, as it is.
    public mutating func append(_ fragment: HTML) { append(fragment, 0..<fragment.count) }

    /// Adds a part of it, which begins and ends between elements or texts.
    mutating func append(_ fragment: HTML, _ part: Range<Int>) {
        fragment.storage.withUnsafeBufferPointer { append(UnsafeBufferPointer(rebasing: $0[part])) }
    }

    public mutating func element(_ tag: Tag, _ attributes: Attribute..., content: Content) {
        element(tag, attributes, content: content)
    }

    public mutating func element(_ tag: Tag, _ attributes: [Attribute], content: Content) {
        open(tag, attributes)
        content(&self)
        close(tag)
    }

    public mutating func element(_ tag: Tag, _ attributes: Attribute..., text: String) {
        element(tag, attributes, text: text)
    }

    public mutating func element(_ tag: Tag, _ attributes: [Attribute], text: String) {
        open(tag, attributes)
        escaped(text)
        close(tag)
    }

    public mutating func void(_ tag: VoidTag, _ attributes: Attribute...) { void(tag, attributes) }

    public mutating func void(_ tag: VoidTag, _ attributes: [Attribute]) {
        start(tag.rawValue, attributes)
    }

    /// The only way to a script: a file of ours, loaded after the page has been read.
    public mutating func script(src: Link) {
        raw("<script")
        write(.src(src))
        raw(" defer></script>")
    }
}

extension HTML {
    /// Only for fragments of this module that are closed by another.
    mutating func open(_ tag: Tag, _ attributes: [Attribute]) {
        start(tag.rawValue, attributes)
        // A parser drops one line break here, so the first one must be ours, not the user's.
        if tag == .textarea || tag == .pre { append(UInt8(ascii: "\n")) }
    }

    private mutating func start(_ name: String, _ attributes: [Attribute]) {
        append(UInt8(ascii: "<"))
        trusted(name)
        for index in attributes.indices { write(attributes[index]) }
        append(UInt8(ascii: ">"))
    }

    /// An element of a drawing without an inside.
    mutating func shape(_ tag: Tag, _ attributes: Attribute...) {
        append(UInt8(ascii: "<"))
        trusted(tag.rawValue)
        for attribute in attributes { write(attribute) }
        raw("/>")
    }

    mutating func close(_ tag: Tag) {
        raw("</")
        trusted(tag.rawValue)
        append(UInt8(ascii: ">"))
    }

    private mutating func write(_ attribute: Attribute) {
        switch attribute.value {
        case .absent: return
        case .flag:
            raw(attribute.opening)
            return
        case .text(let value):
            raw(attribute.opening)
            escaped(value)
        case .fixed(let value):
            raw(attribute.opening)
            fixed(value)
        case .list(let values):
            raw(attribute.opening)
            for (index, value) in values.enumerated() {
                if index > 0 { append(UInt8(ascii: " ")) }
                fixed(value)
            }
        case .integer(let value):
            raw(attribute.opening)
            integer(value)
        case .decimal(let value):
            raw(attribute.opening)
            decimal(value)
        case .percent(let value):
            raw(attribute.opening)
            decimal(value)
            append(UInt8(ascii: "%"))
        case .box(let x, let y, let width, let height):
            raw(attribute.opening)
            for (index, value) in [x, y, width, height].enumerated() {
                if index > 0 { append(UInt8(ascii: " ")) }
                decimal(value)
            }
        case .points(let points):
            raw(attribute.opening)
            for (index, point) in points.enumerated() {
                if index > 0 { append(UInt8(ascii: " ")) }
                decimal(point.x)
                append(UInt8(ascii: ","))
                decimal(point.y)
            }
        case .named(let value):
            append(UInt8(ascii: " "))
            raw(attribute.opening)
            raw("=\"")
            escaped(value)
        }
        append(UInt8(ascii: "\""))
    }

    /// Markup of this module's own, unescaped. Not public on purpose.
    mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { append($0) }
    }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        let end = count + text.count
        if end > storage.count { grow(to: end) }
        let free = count..<end
        storage.withUnsafeMutableBytes { $0[free].copyBytes(from: text) }
        count = end
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        if count == storage.count { grow(to: count + 1) }
        storage[count] = byte
        count += 1
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        storage.append(contentsOf: repeatElement(0, count: max(needed, 2 * storage.count) - storage.count))
    }

    private mutating func fixed(_ value: StaticString) {
        value.withUTF8Buffer { escape($0) }
    }

    /// A tag's name, from an enum of this module.
    private mutating func trusted(_ name: String) {
        if name.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
            Array(name.utf8).withUnsafeBufferPointer { append($0) }
        }
    }

    private mutating func escaped(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ escape($0) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { escape($0) }
        }
    }

    mutating func integer(_ number: Int) { trusted(String(number)) }

    /// Writes a coordinate with at most one decimal; anything beyond ±10⁹, or not a number, as 0.
    mutating func decimal(_ number: Double) {
        guard number.magnitude < 1e9 else { return append(UInt8(ascii: "0")) }
        let tenths = Int((number * 10).rounded())
        if tenths < 0 { append(UInt8(ascii: "-")) }
        integer(Int(tenths.magnitude / 10))
        let rest = UInt8(tenths.magnitude % 10)
        if rest > 0 {
            append(UInt8(ascii: "."))
            append(UInt8(ascii: "0") + rest)
        }
    }
}

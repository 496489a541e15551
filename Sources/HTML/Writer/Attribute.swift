/// One attribute. Its name is fixed in this file; its value is escaped, a number, or a checked ``Link``.
///
/// A value of `nil` leaves the attribute out. There is no `style`, no `on…`, no `required` (UX-7): they cannot be
/// written, not even through ``custom(_:_:)``.
public struct Attribute: Sendable {
    enum Value: Sendable {
        case absent, flag
        case text(String), fixed(StaticString), list([StaticString])
        case integer(Int), decimal(Double), percent(Double), box(Double, Double, Double, Double), points([Point])
        case named(String)
    }

    /// ` name="`, or the bare name for `.named`, or ` name` for `.flag`.
    let opening: StaticString
    let value: Value

    private init(_ opening: StaticString, _ value: Value) {
        self.opening = opening
        self.value = value
    }
    private init(_ opening: StaticString, _ text: String?) {
        self.init(opening, text.map { .text($0) } ?? .absent)
    }
    private init(_ opening: StaticString, _ number: Int?) {
        self.init(opening, number.map { .integer($0) } ?? .absent)
    }
    private init(_ opening: StaticString, _ link: Link?) {
        self.init(opening, link.map { .text($0.address) } ?? .absent)
    }
    private init(_ opening: StaticString, _ isOn: Bool) { self.init(opening, isOn ? .flag : .absent) }
}

/// A point of a drawing, in its own units, y downwards.
public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

// Global attributes
extension Attribute {
    public static func `class`(_ name: StaticString?) -> Attribute { .init(" class=\"", name.map { .fixed($0) } ?? .absent) }
    public static func classes(_ names: [StaticString]) -> Attribute {
        .init(" class=\"", names.isEmpty ? .absent : .list(names))
    }
    public static func id(_ value: String?) -> Attribute { .init(" id=\"", value) }
    public static func lang(_ value: String?) -> Attribute { .init(" lang=\"", value) }
    public static func title(_ value: String?) -> Attribute { .init(" title=\"", value) }
    public static func dir(_ value: StaticString) -> Attribute { .init(" dir=\"", .fixed(value)) }
    public static func tabindex(_ value: Int) -> Attribute { .init(" tabindex=\"", value) }
    public static func role(_ value: StaticString?) -> Attribute { .init(" role=\"", value.map { .fixed($0) } ?? .absent) }
    public static func hidden(_ isOn: Bool) -> Attribute { .init(" hidden", isOn) }
    public static func spellcheck(_ isOn: Bool) -> Attribute { .init(" spellcheck=\"", .fixed(isOn ? "true" : "false")) }
    public static func autocapitalize(_ value: StaticString) -> Attribute { .init(" autocapitalize=\"", .fixed(value)) }

    public static func ariaLabel(_ value: String?) -> Attribute { .init(" aria-label=\"", value) }
    public static func ariaLabelledBy(_ ids: String?) -> Attribute { .init(" aria-labelledby=\"", ids) }
    /// Ids, separated by spaces.
    public static func ariaDescribedBy(_ ids: String?) -> Attribute { .init(" aria-describedby=\"", ids) }
    public static func ariaCurrent(_ value: StaticString?) -> Attribute {
        .init(" aria-current=\"", value.map { .fixed($0) } ?? .absent)
    }
    public static func ariaInvalid(_ isOn: Bool) -> Attribute { .init(" aria-invalid=\"", isOn ? .fixed("true") : .absent) }

    /// An attribute of a script of ours or of assistive technology: `data-…` or `aria-…`. Any other name is left out,
    /// and stops a debug build.
    public static func custom(_ name: StaticString, _ value: String) -> Attribute {
        guard isNameSpaced(name) else {
            assertionFailure("only data-… and aria-… may be named freely: \(name)")
            return .init(name, .absent)
        }
        return .init(name, .named(value))
    }

    /// One of HTML's on/off attributes by name. Any other name is left out, and stops a debug build.
    public static func flag(_ name: StaticString, _ isOn: Bool) -> Attribute {
        switch name.description {
        case "autofocus": .init(" autofocus", isOn)
        case "checked": checked(isOn)
        case "disabled": disabled(isOn)
        case "formnovalidate": .init(" formnovalidate", isOn)
        case "hidden": hidden(isOn)
        case "multiple": .init(" multiple", isOn)
        case "novalidate": .init(" novalidate", isOn)
        case "open": .init(" open", isOn)
        case "readonly": readonly(isOn)
        case "reversed": .init(" reversed", isOn)
        case "selected": selected(isOn)
        default:
            {
                assertionFailure("not an on/off attribute: \(name)")
                return .init(name, .absent)
            }()
        }
    }

    private static func isNameSpaced(_ name: StaticString) -> Bool {
        let bytes = Array(name.description.utf8)
        return (bytes.starts(with: "data-".utf8) || bytes.starts(with: "aria-".utf8)) && bytes.count > 5
            && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

// Addresses
extension Attribute {
    public static func href(_ link: Link?) -> Attribute { .init(" href=\"", link) }
    /// Pages ask no third party for anything: an address elsewhere is left out.
    public static func src(_ link: Link) -> Attribute { .init(" src=\"", link.isOnThisSite ? link : nil) }
    /// Answers go to this site only: an address elsewhere is left out.
    public static func action(_ link: Link) -> Attribute { .init(" action=\"", link.isOnThisSite ? link : nil) }
    public static func formaction(_ link: Link?) -> Attribute {
        .init(" formaction=\"", link?.isOnThisSite == true ? link : nil)
    }
    public static func hreflang(_ value: String) -> Attribute { .init(" hreflang=\"", value) }
    public static func rel(_ value: StaticString) -> Attribute { .init(" rel=\"", .fixed(value)) }
    public static func download(_ filename: String) -> Attribute { .init(" download=\"", filename) }
}

// Forms
extension Attribute {
    public static func name(_ value: String?) -> Attribute { .init(" name=\"", value) }
    public static func value(_ value: String?) -> Attribute { .init(" value=\"", value) }
    public static func value(_ value: Int) -> Attribute { .init(" value=\"", value) }
    public static func type(_ value: StaticString) -> Attribute { .init(" type=\"", .fixed(value)) }
    public static func `for`(_ id: String) -> Attribute { .init(" for=\"", id) }
    public static func form(_ id: String?) -> Attribute { .init(" form=\"", id) }
    /// The visible title of an `optgroup`.
    public static func label(_ value: String) -> Attribute { .init(" label=\"", value) }
    public static func method(_ value: StaticString) -> Attribute { .init(" method=\"", .fixed(value)) }
    public static func enctype(_ value: StaticString) -> Attribute { .init(" enctype=\"", .fixed(value)) }
    public static func accept(_ value: StaticString) -> Attribute { .init(" accept=\"", .fixed(value)) }
    public static func autocomplete(_ value: StaticString?) -> Attribute {
        .init(" autocomplete=\"", value.map { .fixed($0) } ?? .absent)
    }
    public static func inputmode(_ value: StaticString?) -> Attribute {
        .init(" inputmode=\"", value.map { .fixed($0) } ?? .absent)
    }
    public static func placeholder(_ value: String) -> Attribute { .init(" placeholder=\"", value) }
    public static func rows(_ value: Int) -> Attribute { .init(" rows=\"", value) }
    public static func size(_ value: Int?) -> Attribute { .init(" size=\"", value) }
    public static func checked(_ isOn: Bool) -> Attribute { .init(" checked", isOn) }
    public static func selected(_ isOn: Bool) -> Attribute { .init(" selected", isOn) }
    public static func disabled(_ isOn: Bool) -> Attribute { .init(" disabled", isOn) }
    public static func readonly(_ isOn: Bool) -> Attribute { .init(" readonly", isOn) }
    public static func open(_ isOn: Bool) -> Attribute { .init(" open", isOn) }
    public static var novalidate: Attribute { .init(" novalidate", true) }
    public static var multiple: Attribute { .init(" multiple", true) }
}

// Tables, time, figures, head
extension Attribute {
    public static func scope(_ value: StaticString) -> Attribute { .init(" scope=\"", .fixed(value)) }
    public static func colspan(_ value: Int?) -> Attribute { .init(" colspan=\"", value) }
    public static func rowspan(_ value: Int?) -> Attribute { .init(" rowspan=\"", value) }
    public static func headers(_ ids: String) -> Attribute { .init(" headers=\"", ids) }
    public static func datetime(_ value: String) -> Attribute { .init(" datetime=\"", value) }
    public static func start(_ value: Int) -> Attribute { .init(" start=\"", value) }
    public static func alt(_ value: String) -> Attribute { .init(" alt=\"", value) }
    public static func charset(_ value: StaticString) -> Attribute { .init(" charset=\"", .fixed(value)) }
    public static func content(_ value: String) -> Attribute { .init(" content=\"", value) }
    public static func media(_ value: StaticString) -> Attribute { .init(" media=\"", .fixed(value)) }
    public static func sizes(_ value: StaticString) -> Attribute { .init(" sizes=\"", .fixed(value)) }
    public static func min(_ value: Int) -> Attribute { .init(" min=\"", value) }
    public static func max(_ value: Int) -> Attribute { .init(" max=\"", value) }
}

// Drawings
extension Attribute {
    public static func viewBox(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Attribute {
        .init(" viewBox=\"", .box(x, y, width, height))
    }
    /// How a shape looks without a style sheet; any rule of one goes before it.
    static func fill(_ paint: StaticString) -> Attribute { .init(" fill=\"", .fixed(paint)) }
    static func stroke(_ paint: StaticString) -> Attribute { .init(" stroke=\"", .fixed(paint)) }
    public static func points(_ points: [Point]) -> Attribute { .init(" points=\"", .points(points)) }
    public static func d(_ path: String) -> Attribute { .init(" d=\"", path) }
    public static func x(_ value: Double) -> Attribute { .init(" x=\"", .decimal(value)) }
    public static func dx(_ value: Double) -> Attribute { .init(" dx=\"", .decimal(value)) }
    public static func y(_ value: Double) -> Attribute { .init(" y=\"", .decimal(value)) }
    public static func x1(_ value: Double) -> Attribute { .init(" x1=\"", .decimal(value)) }
    public static func y1(_ value: Double) -> Attribute { .init(" y1=\"", .decimal(value)) }
    public static func x2(_ value: Double) -> Attribute { .init(" x2=\"", .decimal(value)) }
    public static func y2(_ value: Double) -> Attribute { .init(" y2=\"", .decimal(value)) }
    /// Positions in percent of the drawing's width keep text at its size while bars stretch.
    public static func x(percent: Double) -> Attribute { .init(" x=\"", .percent(percent)) }
    public static func x1(percent: Double) -> Attribute { .init(" x1=\"", .percent(percent)) }
    public static func x2(percent: Double) -> Attribute { .init(" x2=\"", .percent(percent)) }
    public static func cx(percent: Double) -> Attribute { .init(" cx=\"", .percent(percent)) }
    public static func width(percent: Double) -> Attribute { .init(" width=\"", .percent(percent)) }
    public static func cx(_ value: Double) -> Attribute { .init(" cx=\"", .decimal(value)) }
    public static func cy(_ value: Double) -> Attribute { .init(" cy=\"", .decimal(value)) }
    public static func r(_ value: Double) -> Attribute { .init(" r=\"", .decimal(value)) }
    public static func width(_ value: Double) -> Attribute { .init(" width=\"", .decimal(value)) }
    public static func height(_ value: Double) -> Attribute { .init(" height=\"", .decimal(value)) }
    public static func textAnchor(_ value: StaticString) -> Attribute { .init(" text-anchor=\"", .fixed(value)) }
    public static func patternUnits(_ value: StaticString) -> Attribute { .init(" patternUnits=\"", .fixed(value)) }
    public static func shapeRendering(_ value: StaticString) -> Attribute { .init(" shape-rendering=\"", .fixed(value)) }
}

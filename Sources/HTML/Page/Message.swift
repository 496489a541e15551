/// What is wrong with a form, at the top of `<main>` (UX-6).
public struct ErrorSummary: Sendable {
    public var title: String
    public var faults: [FieldFault]
    public init(title: String, faults: [FieldFault]) {
        self.title = title
        self.faults = faults
    }
}

/// One thing to mend, in the same words as beside its field.
public struct FieldFault: Sendable {
    public var text: String
    /// The id of the field; for radios, of the first one.
    public var field: String
    public init(_ text: String, field: String) {
        self.text = text
        self.field = field
    }
}

/// Says that something happened, or what to know before going on.
public struct Notice: Sendable {
    public enum Kind: Sendable {
        /// It worked: read out when the page opens (`role="status"`).
        case success
        /// Something the reader should know.
        case information
        /// Something that may be lost.
        case warning
    }
    public var kind: Kind
    public var title: String?
    public var text: String
    public var link: TextLink?
    public init(_ kind: Kind, title: String? = nil, text: String, link: TextLink? = nil) {
        self.kind = kind
        self.title = title
        self.text = text
        self.link = link
    }
}

extension HTML {
    public mutating func errorSummary(_ summary: ErrorSummary) {
        guard !summary.faults.isEmpty else { return }
        element(.div, .class("summary"), .role("alert"), .tabindex(-1), .ariaLabelledBy("error-title")) { box in
            box.element(.h2, .id("error-title"), text: summary.title)
            box.element(.ul) { list in
                for fault in summary.faults {
                    list.element(.li) { $0.element(.a, .href(.fragment(fault.field)), text: fault.text) }
                }
            }
        }
    }

    public mutating func notice(_ notice: Notice) {
        let look: [StaticString] =
            switch notice.kind {
            case .success: ["notice", "good"]
            case .information: ["notice"]
            case .warning: ["notice", "wait"]
            }
        let isSuccess = if case .success = notice.kind { true } else { false }
        element(.div, .classes(look), .role(isSuccess ? "status" : nil)) { box in
            if let title = notice.title { box.element(.p) { $0.element(.strong, text: title) } }
            box.element(.p) { paragraph in
                paragraph.text(notice.text)
                if let link = notice.link {
                    paragraph.text(" ")
                    paragraph.element(.a, .href(link.link), text: link.text)
                }
            }
        }
    }
}

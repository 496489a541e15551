/// One row of a task list: a section and how far it is (UX-10).
public struct TaskRow: Sendable {
    public var title: String
    public var hint: String?
    public var status: Badge
    /// Nil for "Cannot start yet".
    public var link: Link?
    public init(title: String, hint: String? = nil, status: Badge, link: Link?) {
        self.title = title
        self.hint = hint
        self.status = status
        self.link = link
    }
}

/// One row of "check your answers" (UX-11).
public struct SummaryRow: Sendable {
    public var key: String
    public var value: String
    /// A second line: a reason, a note.
    public var note: String?
    public var badge: Badge?
    public var change: Change?
    public init(key: String, value: String, note: String? = nil, badge: Badge? = nil, change: Change? = nil) {
        self.key = key
        self.value = value
        self.note = note
        self.badge = badge
        self.change = change
    }

    /// "Change", and what, for those who hear links out of their place.
    public struct Change: Sendable {
        public var text: String
        public var hidden: String
        public var link: Link
        /// For an error summary to lead here.
        public var id: String?
        public init(_ text: String, hidden: String, link: Link, id: String? = nil) {
            self.text = text
            self.hidden = hidden
            self.link = link
            self.id = id
        }
    }
}

/// One step of a plan.
public struct StepItem: Sendable {
    public var title: String
    /// What it brings: "+ 0.11 points".
    public var gain: String?
    public var text: String
    public var badges: [Badge]
    public var link: TextLink?
    public init(title: String, gain: String? = nil, text: String, badges: [Badge] = [], link: TextLink? = nil) {
        self.title = title
        self.gain = gain
        self.text = text
        self.badges = badges
        self.link = link
    }
}

extension HTML {
    /// Tasks; ids of the statuses begin with `id`.
    public mutating func taskList(_ tasks: [TaskRow], id: String = "task") {
        element(.ul, .class("tasks")) { list in
            for (index, task) in tasks.enumerated() {
                let status = "\(id)-\(index + 1)-status"
                list.element(.li) { row in
                    row.element(.div) { words in
                        if let link = task.link {
                            words.element(.a, .href(link), .ariaDescribedBy(status), text: task.title)
                        } else {
                            words.element(.span, text: task.title)
                        }
                        if let hint = task.hint { words.element(.small, text: hint) }
                    }
                    row.badge(task.status, id: status)
                }
            }
        }
    }

    public mutating func summaryList(_ rows: [SummaryRow]) {
        element(.dl, .class("answers")) { list in
            for row in rows {
                list.element(.div) { box in
                    box.element(.dt, text: row.key)
                    box.element(.dd) { value in
                        value.text(row.value)
                        if let badge = row.badge {
                            value.text(" ")
                            value.badge(badge)
                        }
                        if let note = row.note { value.element(.small, text: note) }
                    }
                    if let change = row.change {
                        box.element(.dd, .class("change")) { cell in
                            cell.element(.a, .id(change.id), .href(change.link)) { link in
                                link.text(change.text)
                                link.unseen(" " + change.hidden)
                            }
                        }
                    }
                }
            }
        }
    }

    public mutating func definitionList(_ entries: [Definition]) {
        element(.dl) { list in
            for entry in entries {
                list.element(.dt, text: entry.term)
                list.element(.dd, text: entry.text)
            }
        }
    }

    public mutating func steps(_ steps: [StepItem]) {
        element(.ol, .class("steps")) { list in
            for step in steps {
                list.element(.li) { item in
                    item.element(.h3, text: step.title)
                    if let gain = step.gain { item.element(.span, .class("gain"), text: gain) }
                    item.element(.p) { words in
                        for badge in step.badges {
                            words.badge(badge)
                            words.text(" ")
                        }
                        words.text(step.text)
                        if let link = step.link {
                            words.text(" ")
                            words.element(.a, .href(link.link), text: link.text)
                        }
                    }
                }
            }
        }
    }

    /// A part to unfold. `isPrinted`: on paper it is unfolded in any case.
    public mutating func details(_ summary: String, isOpen: Bool = false, isPrinted: Bool = false, content: Content) {
        element(.details, .class(isPrinted ? "printed" : nil), .open(isOpen)) { details in
            details.element(.summary, text: summary)
            details.element(.div, content: content)
        }
    }
}

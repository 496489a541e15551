import HTML

extension HTML {
    /// Links to other views of the same page: the one without a place is this one.
    mutating func viewLinks(_ label: String, _ links: [(label: String, place: String?)]) {
        element(.nav, .class("filters"), .ariaLabel(label)) { nav in
            nav.element(.ul) { list in
                for link in links {
                    list.element(.li) { item in
                        guard let place = link.place else { return item.element(.strong, text: link.label) }
                        item.element(.a, .href(Link(path: place)), text: link.label)
                    }
                }
            }
        }
    }
}

import HTML

/// Texts that have broken out of other writers: OWASP's filter-evasion list, and quotes that hide in a grapheme.
let hostileTexts: [String] = [
    "<script>alert(1)</script>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "\" onfocus=\"alert(1)\" autofocus x=\"",
    "\u{22}\u{301} onfocus=alert(1) autofocus x=", "\u{27}\u{200D} onfocus=alert(1) x=", "<\u{301}script>alert(1)</script>",
    "&\u{FE0F}lt;script>", ">\u{20DD}<\u{20DD}img src=x onerror=alert(1)>", "\"\u{FE0F}>", "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "javascript:alert(1)", "java\u{0}script:alert(1)", "java\tscript:alert(1)", "&#x6A;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<!--", "]]>", "<![CDATA[<script>alert(1)</script>]]>", "<%00script>", "%3Cscript%3E", "\\\"><b>", "`onmouseover=alert(1)`",
    "{{constructor.constructor('alert(1)')()}}", "\u{202E}<b>", "\u{FEFF}<b>", "＜script＞", "\u{BC}script\u{BE}", "a\r\nb\rc",
    "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}\u{80}\u{9F}",
]

let germanDomains = [
    "Steuerung und Verantwortung", "Lieferanten kennen und auswählen", "Vereinbarungen mit Lieferanten und Kunden",
    "Zugang für Personen und Lieferanten", "Systeme und Daten schützen", "Datensicherung und Weiterarbeiten",
    "Vorfälle erkennen und behandeln", "Menschen und Bewusstsein", "Technologischer Wandel",
]

func samplePanel(
    id: String = "q1", text: String = "Know your suppliers?", selected: String? = nil, error: String? = nil, reasonError: String? = nil,
    scales: Int = 1
) -> QuestionPanel {
    let choices = (1...5).map { ChoiceItem(value: String($0), label: "\(text) \($0)") }
    let apart = [
        ChoiceItem(value: "unknown", label: "I don't know"),
        ChoiceItem(
            value: "na", label: "Does not apply, because…",
            reveals: TextField(id: id + "-reason", name: id + ".reason", label: text, value: text, hint: text, error: reasonError)),
    ]
    return QuestionPanel(
        id: id, legend: text, number: "2.1", badges: [Badge(.neutral, text)], hint: text, error: error, isDone: selected != nil,
        help: .init(summary: text, entries: [Definition(text, text)]),
        scales: (1...scales).map {
            .init(
                name: scales == 1 ? id : "\(id).\($0)", legend: scales == 1 ? nil : "\(text) \($0)", error: scales == 1 ? nil : error,
                choices: choices, apart: $0 == scales ? apart : [], selected: selected)
        },
        note: .init(summary: text, area: TextArea(id: id + "-note", name: id + ".note", label: text, value: "\n" + text, hint: text)))
}

func sampleSite(text: String = "Your sections") -> SiteFrame {
    SiteFrame(
        lang: "en", siteName: "Linchpin", tagline: text, operatorName: text, operatorLogo: "/assets/logo.svg", home: "/en/",
        stylesheet: "/assets/site.css", icon: "/assets/icon.svg", script: "/assets/comfort.js", skipLabel: text, languageLabel: text,
        footerLabel: text, footerLinks: [TextLink(text, "/en/help")], footerText: text)
}

func samplePage(text: String = "Your sections", form: String? = nil) -> PageFrame {
    PageFrame(
        title: text, errorPrefix: "Error: ",
        languages: [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")].map {
            LanguageLink(code: $0.0, ownName: $0.1, link: Link(path: "/\($0.0)/sections"), isCurrent: $0.0 == "en")
        },
        languageForm: form, alternates: ["nl", "fr", "de", "en", "x-default"].map { Alternate(code: $0, link: Link(path: "/\($0)/")) },
        backLink: TextLink(text, "/en/"), isPrivate: true)
}

func sampleRadar(_ names: [String], id: String = "radar") -> RadarChart {
    RadarChart(
        id: id, caption: "Caption", title: "The same figures are in the table", axes: names.map { .init($0) },
        series: [
            .init("Target", style: .target, values: names.map { _ in 3 }),
            .init("Before", style: .before, values: names.indices.map { Double($0 % 5) }),
            .init("Now", style: .now, values: names.indices.map { Double($0 % 4) + 1.25 }),
        ])
}

func sampleBars(_ text: String = "Backup") -> BarChart {
    BarChart(
        id: "bars", caption: text, title: text,
        bars: [
            .init(text, value: 2.4, text: "2.40", isLow: true, before: 2), .init("Access", value: 3.6, text: "3.60", isLow: false),
            .init("Open", value: nil, text: "–", isLow: false),
        ],
        target: 3, targetLabel: text, beforeLabel: text, reachedLabel: text, lowLabel: text)
}

/// Every component once, with the text wherever a text goes.
func everything(_ html: inout HTML, text: String) {
    html.document(sampleSite(text: text), samplePage(text: text, form: "section")) { main in
        main.errorSummary(ErrorSummary(title: text, faults: [FieldFault(text, field: "q1-reason")]))
        main.notice(Notice(.success, title: text, text: text, link: TextLink(text, Link(path: text))))
        main.notice(Notice(.information, text: text))
        main.notice(Notice(.warning, text: text))
        main.pageHeading(text, caption: text)
        main.lead(text)
        main.inset(text)
        main.bullets([text])
        main.keepsake(text)
        main.paperLine(text)
        main.form(id: "section", action: Link(path: text)) { form in
            form.hiddenField(name: "csrf", value: text)
            form.question(samplePanel(text: text, reasonError: text))
            form.question(samplePanel(id: "q2", text: text, selected: "3", error: text, scales: 2))
            form.textField(
                TextField(id: "t", name: "t", label: text, value: text, hint: text, error: text, width: .short, inputmode: "numeric"))
            form.textField(TextField(id: "t2", name: "t2", label: text, width: .medium))
            form.textArea(TextArea(id: "area", name: "area", label: text, value: text, error: text))
            form.select(
                SelectField(
                    id: "s", name: "s", label: text,
                    options: [.init(value: "", label: text), .init(value: text, label: text, group: text)],
                    selected: text))
            form.choiceList(
                ChoiceList(
                    id: "c", name: "c", legend: text, hint: text, error: text, layout: .columns,
                    choices: [ChoiceItem(value: text, label: text, description: text)], apart: [ChoiceItem(value: "x", label: text)]))
            form.buttons([Button(text), Button(text, .go("/x"), look: .second), Button(text, .submit(), look: .warning)])
        }
        main.heading(text)
        main.taskList([
            TaskRow(title: text, hint: text, status: Badge(.wait, text), link: Link(path: text)),
            TaskRow(title: text, status: Badge(.plain, text), link: nil),
        ])
        main.summaryList([
            SummaryRow(key: text, value: text, note: text, badge: Badge(.bad, text), change: .init(text, hidden: text, link: "/change"))
        ])
        main.verdict(VerdictPanel(outcome: .met, figure: text, scale: text, title: text, text: text))
        main.verdict(VerdictPanel(outcome: .notMet, figure: text, scale: text, title: text, text: text))
        main.verdict(VerdictPanel(outcome: .incomplete, figure: nil, scale: text, title: text, text: text))
        main.steps([StepItem(title: text, gain: text, text: text, badges: [Badge(.good, text)], link: TextLink(text, "/why"))])
        main.columns({ $0.radarChart(sampleRadar([text, text, text])) }, { $0.barChart(sampleBars(text)) })
        main.radarChart(sampleRadar(Array(repeating: text, count: 22), id: "radar22"))
        main.table(
            DataTable(
                caption: text, columns: [.init(text), .init(text, isNumeric: true), .init(text), .init(text)],
                rows: [.init(text, link: "/x", [.text(text), .badge(Badge(.good, text)), .link(TextLink(text, "/y"))])], narrow: .stacks))
        main.details(text, isPrinted: true) { $0.paragraph(text) }
        main.qrCode("https://example.org/" + text, label: text)
    }
}

import Assessment
import HTTPTypes
import QuestionnaireFiles
import Store
import Testing

@testable import Site
@testable import Workbook

@Suite struct CyFunPagesTests {
    private static func questionnaire(_ id: String = "cyfun-2025") throws -> LoadedQuestionnaire {
        let catalogue = try TestSite.catalogue.get()
        return try #require(catalogue.current(id))
    }

    @Test(arguments: ["en", "nl", "fr", "de"])
    func `every page and file with a result says that it is no label, and whose trademark it is`(_ language: String) async throws {
        let browser = Browser(try TestSite(), language: language)
        let (path, submission) = try await browser.finish(workbook: "cyfun-2025-basic")
        let spoken = try #require(Language(rawValue: language))
        let text = try #require(try Self.questionnaire().text(spoken).disclaimer)
        #expect(text.contains("CyFun®") && text.contains("CCB"))
        for place in ["", "/confirmation", "/plan", "/why", "/answers", "/workbook", "/result.json", "/result.csv"] {
            let page = try await browser.get(submission + place)
            #expect(page.status == 200 && page.body.replacing("&#39;", with: "'").contains(text), "\(place)")
        }
        #expect(try await browser.get("\(path)/workbook").body.contains(text))
        #expect(try await browser.get("/\(language)/questionnaires/cyfun-2025/scale").body.contains(text))
        let file = try WorkbookFile(try await browser.get("\(submission)/result.xlsx").bytes, wanted: { _ in true })
        #expect(file.sheets.count == 4)
        #expect(file.sheets.allSatisfy { sheet in (1...4).contains { sheet.text($0, 0) == text } }, "each sheet says so")
    }

    @Test(arguments: ["en", "nl", "fr", "de"])
    func `our own workbook has figures as numbers, and a row per unmet condition`(_ language: String) async throws {
        let browser = Browser(try TestSite(), language: language)
        let (_, submission) = try await browser.finish(workbook: "cyfun-2025-essential")
        let words = browser.test.site.words(Language(rawValue: language) ?? .en)
        let file = try WorkbookFile(try await browser.get("\(submission)/result.xlsx").bytes, wanted: { _ in true })
        #expect(file.sheets.map(\.name) == [words[.answersSheet], words[.scoresSheet], words[.planTitle], words[.conditionsSheet]])
        let definition = try Self.questionnaire().definition
        let reading = try CyFunReading(try Browser.workbook("cyfun-2025-essential"), questionnaires: [definition])
        let card = definition.score(definition.read(reading.sheet, level: 2, profile: Profile()).answers, level: 2, profile: Profile())
        let last = try #require(file.sheets[1].rows.last)
        #expect(Double(file.sheets[1].text(last, 3)) == card.total?.approximate && card.total != nil)
        let title = try #require(file.sheets[3].rows.first { file.sheets[3].text($0, 0) == words[.resultUnmetTitle] })
        #expect(file.sheets[3].rows.count { $0 > title } == card.unmet.count && !card.unmet.isEmpty)
        let page = try await browser.get(submission).body
        for unmet in card.unmet.suffix(3) {
            guard case .keyMeasure(let id, _, _) = unmet else { continue }
            let name = try Self.questionnaire().text(Language(rawValue: language) ?? .en).title(ofQuestion: id)
            #expect(page.replacing("&#39;", with: "'").contains(name), "\(id)")
        }
    }

    @Test func `our own workbook has answers, scores, plan and conditions, in the language, and no formula`() async throws {
        let browser = Browser(try TestSite(), language: "fr")
        let (_, submission) = try await browser.finish(workbook: "cyfun-2025-important")
        let page = try await browser.get("\(submission)/result.xlsx")
        #expect(page.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"linchpin-") == true)
        let file = try WorkbookFile(page.bytes, wanted: { _ in true })
        #expect(file.sheets.map(\.name) == ["Réponses", "Scores", "Votre plan d’action", "Conditions"])
        let rows = file.sheets[0].rows.map { file.sheets[0].text($0, 0) }
        let asked = try Self.questionnaire().definition.questions.filter { $0.level <= 1 }.map(\.id)
        #expect(Array(rows.suffix(133)) == asked)
        for name in file.archive.names where name.hasPrefix("xl/worksheets/") {
            #expect(!String(decoding: try file.archive.read(name), as: UTF8.self).contains(/<f[ >]/))
        }
    }

    @Test func `the blank official workbook comes back with everything filled in`() async throws {
        let browser = Browser(try TestSite())
        let original = try Browser.workbook("cyfun-2025-basic")
        let (_, submission) = try await browser.finish(workbook: "cyfun-2025-basic")
        let blank = try WorkbookTestEdit.allOnes(original)
        let form = Browser.framework(try await browser.get("\(submission)/workbook"))
        let filled = try await browser.upload("\(submission)/workbook", form, file: blank)
        #expect(filled.status == 200 && filled.headers[.contentType]?.contains("spreadsheetml") == true)
        let definitions = try TestSite.catalogue.get().offered.map(\.definition)
        let (before, after) = (
            try CyFunReading(original, questionnaires: definitions), try CyFunReading(filled.bytes, questionnaires: definitions)
        )
        #expect(before.sheet == after.sheet && before.level == after.level)
        let other = try await browser.upload("\(submission)/workbook", form, file: try Browser.workbook("cyfun-2025-important"))
        #expect(other.status == 422 && other.body.contains("The workbook is for the level Important; your result is for Basic."))
        #expect(try await browser.upload("\(submission)/workbook", form, file: nil).status == 422)
    }

    @Test func `where the workbook has no cell for an answer it is refused, or filled with 1 on request`() async throws {
        let browser = Browser(try TestSite())
        let file = try Browser.workbook("cyfun-2025-basic")
        let path = String(try await browser.bringIn(file).location.dropLast("/workbook".count))
        _ = try await browser.save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        _ = try await browser.save("\(path)/sections/GV.OC", [("GV.OC-03.1.documentation", "unknown")])
        let submission = try await browser.confirm(path)
        let page = try await browser.get("\(submission)/workbook")
        #expect(page.body.contains("name=\"gaps\""))
        let refused = try await browser.upload("\(submission)/workbook", Browser.framework(page), file: file)
        #expect(refused.status == 422 && refused.body.contains("GV.OC-03.1: the workbook has no cell"))
        #expect(refused.body.contains("href=\"\(path)/sections/GV.OC?question=GV.OC-03.1#GV.OC-03.1\""), "the way there")
        #expect(try await browser.upload("\(submission)/workbook", Browser.framework(page) + [("gaps", "yes")], file: file).status == 200)
    }

    @Test func `writing down and doing are different steps, and both aspects are shown apart`() async throws {
        let browser = Browser(try TestSite())
        let (_, submission) = try await browser.finish(workbook: "cyfun-2025-basic")
        let page = try await browser.get(submission).body
        #expect(page.contains("class=\"second\"") && page.contains("class=\"now\""), "the radar has two outlines")
        #expect(page.contains("<th scope=\"col\" class=\"n\">Documentation</th><th scope=\"col\" class=\"n\">Implementation</th>"))
        let plan = try await browser.get("\(submission)/plan").body
        let text = try Self.questionnaire().text(.en)
        #expect(plan.contains("Write down: ") && text.questions.values.contains { plan.contains($0.step) })
        #expect(text.questions.values.contains { plan.contains($0.inPlace[0]) }, "how to write it down")
    }

    @Test func `where the official workbook computes something else, its figure stands beside ours with the reason`() async throws {
        let browser = Browser(try TestSite())
        let (_, submission) = try await browser.finish(workbook: "cyfun-2025-essential")
        let page = try await browser.get(submission).body
        let words = browser.test.site.words(.en)
        #expect(page.contains(words[.resultOfficial]) && page.contains("PR.IR-03, PR.IR-04"))
        let definition = try Self.questionnaire().definition
        let reading = try CyFunReading(try Browser.workbook("cyfun-2025-essential"), questionnaires: [definition])
        let card = definition.score(definition.read(reading.sheet, level: 2, profile: Profile()).answers, level: 2, profile: Profile())
        for figure in definition.workbookFigures(card) {
            let (theirs, ours) = (words.figure(figure.workbook), words.figure(figure.published))
            #expect(try page.contains(Regex(">\(theirs)</[^\n]{1,80}>\(ours)</")), "\(figure)")
        }
        let (_, earlier) = try await browser.finish(workbook: "cyfun-2023")
        #expect(!(try await browser.get(earlier).body.contains(words[.resultOfficial])))
    }

    @Test func `every unmet condition is listed, and who met a level is led to the next one`() async throws {
        let browser = Browser(try TestSite())
        let file = try WorkbookTestEdit.allOnes(try Browser.workbook("cyfun-2025-essential"))
        let path = String(try await browser.bringIn(file, [("filledIn", "yes")]).location.dropLast("/workbook".count))
        _ = try await browser.save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        let failed = try await browser.get(try await browser.confirm(path)).body
        let words = browser.test.site.words(.en)
        let list = failed.split(separator: words[.resultUnmetTitle]).last?.split(separator: "</ul>").first
        let items = list?.matches(of: /<li>/).count
        #expect(items == 1 + 22 + 29, "the total, each category, each key measure")
        #expect(!failed.contains("/facts#level"))

        let basic = try await browser.beginWithFacts("cyfun-2025", level: "basic")
        for section in Set(try await browser.get(basic).body.matches(of: /\/sections\/([A-Z]+\.[A-Z]+)"/).map { String($0.1) }).sorted() {
            let form = try await browser.get("\(basic)/sections/\(section)")
            let names = Set(form.body.matches(of: /name="([A-Z0-9.-]+\.(?:documentation|implementation))"/).map { String($0.1) })
            _ = try await browser.save("\(basic)/sections/\(section)", names.sorted().map { ($0, "3") })
        }
        let met = try await browser.get(try await browser.confirm(basic)).body
        #expect(met.contains("href=\"\(basic)/facts#level\"") && met.contains(words[.ladderNextButton, ["level": "Important"]]))
    }

    @Test(arguments: ["en", "nl", "fr", "de"])
    func `a requirement shows what both aspects mean, a proof, a first step and its references`(_ language: String) async throws {
        let browser = Browser(try TestSite(), language: language)
        let path = try await browser.beginWithFacts("cyfun-2025", level: "basic")
        let page = try await browser.get("\(path)/sections/GV.OC").body.replacing("&#39;", with: "'")
        let spoken = Language(rawValue: language) ?? .en
        let text = try #require(try Self.questionnaire().text(spoken).questions["GV.OC-03.1"])
        for part in text.inPlace + [text.evidence ?? "?", text.firstStep, text.ask] { #expect(page.contains(part), "\(part)") }
        let words = browser.test.site.words(spoken)
        #expect(page.contains(words[.sectionNoteEvidence]) && page.contains(">GV.OC-03.1 · ") && page.contains("21.2.a"))
        #expect(page.contains("A.5.31, A.5.34"))
    }

    private static func plan(ones name: String) async throws -> Page {
        let browser = Browser(try TestSite())
        let file = try WorkbookTestEdit.allOnes(try Browser.workbook(name))
        let path = String(try await browser.bringIn(file, [("filledIn", "yes")]).location.dropLast("/workbook".count))
        _ = try await browser.save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        _ = try await browser.save("\(path)/sections/PR.AA", [("PR.AA-01.1.documentation", "5")])
        let submission = try await browser.confirm(path)
        return try await browser.get("\(submission)/plan")
    }

    @Test func `a plan of everything stays readable`() async throws {
        let page = try await Self.plan(ones: "cyfun-2025-essential")
        #expect(page.status == 200 && page.bytes.count < 120_000, "\(page.bytes.count)")
        #expect(page.body.contains("And 315 more. The spreadsheet of your result has them all."))
    }

    @Test func `what is written down already is left to be put into practice`() async throws {
        let page = try await Self.plan(ones: "cyfun-2025-basic")
        let text = try Self.questionnaire().text(.en)
        let name = try #require(text.questions["PR.AA-01.1"]?.title)
        #expect(page.body.contains("Put into practice: \(name)") && !page.body.contains("Write down: \(name)"))
    }

    @Test func `levels are a ladder: each says how far it is, and going up keeps all answers`() async throws {
        let browser = Browser(try TestSite())
        let (path, submission) = try await browser.finish(workbook: "cyfun-2025-basic")
        let page = try await browser.get(submission).body
        #expect(
            page.contains("How far each level is") && page.contains("34 / 34") && page.contains("34 / 133") && page.contains("34 / 218"))
        #expect(page.contains("questions to answer: 99") && page.contains("questions to answer: 184"))
        _ = try await browser.save("\(path)/facts", [("firm.level", "important")])
        let section = try await browser.get("\(path)/sections/ID.AM").body
        #expect(section.contains("name=\"ID.AM-01.1.documentation\" value=") && section.contains("checked"))
        #expect(section.contains("the same as for “"), "the lower level's answer is suggested")
        #expect(try await browser.get(path).body.contains("19 questions · 5 answered"))
    }

    @Test func `a suggestion is shown, never silently taken, and one press takes it over with all that was typed`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts("cyfun-2025", level: "important")
        let section = "\(path)/sections/ID.AM"
        _ = try await browser.save(section, [("ID.AM-01.1.documentation", "4"), ("ID.AM-01.1.implementation", "2")])
        let page = try await browser.get(section)
        #expect(
            page.body.contains("value=\"take:ID.AM-01.2\"")
                && page.body.contains("Documentation: 4 – Managed; Implementation: 2 – Repeatable"))
        #expect(!page.body.contains("name=\"ID.AM-01.2.documentation\" value=\"4\" checked"))
        let taken = try await browser.save(section, [("ID.AM-02.1.documentation", "5")], then: "take:ID.AM-01.2")
        #expect(taken.status == 303 && taken.location.hasSuffix("/sections/ID.AM#ID.AM-01.2"))
        let after = try await browser.get(section).body
        for name in [
            "ID.AM-01.2.documentation\" value=\"4", "ID.AM-01.2.implementation\" value=\"2", "ID.AM-02.1.documentation\" value=\"5",
        ] {
            #expect(after.contains("name=\"\(name)\" checked"), "\(name)")
        }
        #expect(!after.contains("take:ID.AM-01.2\""))
        #expect(try await browser.save(section, [], then: "take:GV.OC-03.1").status == 422, "a question that is not on the page")
        #expect(try await browser.save(section, [("ID.AM-02.1.suggested", "1 1 x y")]).status == 422, "suggestions are ours to make")
        #expect(try await browser.save("\(path)/facts", [], then: "take:ID.AM-01.2").status == 422)
    }

    @Test func `long sections are filtered by what is open, key or of a level, and nothing hidden is lost`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts("cyfun-2025", level: "important")
        let section = "\(path)/sections/PR.AA"
        func shown(_ query: String) async throws -> [String] {
            try await browser.get(section + query).body.matches(of: /name="(PR\.AA-[0-9.]+)\.implementation" value="1"/).map {
                String($0.1)
            }
        }
        let all = try await shown("")
        #expect(all.count == 15)
        _ = try await browser.save(section, [("PR.AA-01.1.documentation", "3"), ("PR.AA-01.1.implementation", "3")])
        #expect(try await shown("?show=open") == all.filter { $0 != "PR.AA-01.1" })
        #expect(try await shown("?show=key").count == 7)
        let levels = (try await shown("?show=basic"), try await shown("?show=important"))
        #expect(levels.0.count == 8 && levels.1.count == 7 && Set(levels.0 + levels.1) == Set(all))
        #expect(try await shown("?show=essential").isEmpty)
        #expect(try await shown("?show=other") == all)
        _ = try await browser.save("\(section)?show=key", [("PR.AA-03.2.documentation", "2")])
        let page = try await browser.get(section).body
        #expect(page.contains("name=\"PR.AA-01.1.documentation\" value=\"3\" checked"))
        #expect(page.contains("name=\"PR.AA-03.2.documentation\" value=\"2\" checked"))
    }

    @Test func `a form of open questions that came back with a fault still has all its questions when it is sent again`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts("cyfun-2025", level: "important")
        let section = "\(path)/sections/PR.AA?show=open&from=check"
        let filled = [
            ("PR.AA-01.1.documentation", "3"), ("PR.AA-01.1.implementation", "3"), ("PR.AA-01.2.documentation", "na"),
        ]
        let refused = try await browser.save(section, filled)
        #expect(refused.status == 422 && refused.body.contains("PR.AA-01.1.documentation\" value=\"3\" checked"))
        #expect(refused.body.contains("action=\"\(path)/sections/PR.AA?show=open&amp;from=check\""))
        let form = Browser.framework(refused) + filled + [("PR.AA-01.2.reason", "We have no such accounts."), ("then", "continue")]
        let again = try await browser.post(section, form)
        #expect(again.status == 303 && again.location == "\(path)/check#section-PR.AA")
        let page = try await browser.get("\(path)/sections/PR.AA").body
        #expect(page.contains("PR.AA-01.1.implementation\" value=\"3\" checked") && page.contains("We have no such accounts."))
    }

    @Test(arguments: ["cyfun-2023", "cyfun-2025"], ["en", "nl", "fr", "de"])
    func `no section has forty controls or 120 kB, and sections stand under their functions`(_ id: String, _ language: String) async throws
    {
        let browser = Browser(try TestSite(), language: language)
        let path = try await browser.beginWithFacts(id, level: "essential")
        let questionnaire = try Self.questionnaire(id)
        let tasks = try await browser.get(path).body
        for name in questionnaire.text(Language(rawValue: language) ?? .en).groups.values {
            #expect(tasks.contains(">\(name)</h2>"), "\(name)")
        }
        for domain in questionnaire.definition.domains {
            let page = try await browser.get("\(path)/sections/\(domain.id)")
            #expect(page.status == 200 && page.bytes.count < 120_000, "\(domain.id): \(page.bytes.count)")
            #expect(domain.topics.flatMap(\.questions).count < 40)
        }
    }

    @Test(arguments: ["en", "fr"])
    func `however much is typed, a section comes in parts below 120 kB, and each question is on one of them`(_ language: String)
        async throws
    {
        let browser = Browser(try TestSite(), language: language)
        let path = try await browser.beginWithFacts("cyfun-2025", level: "essential")
        let section = "\(path)/sections/ID.AM"
        let asked = try #require(try Self.questionnaire().definition.domains.first { $0.id == "ID.AM" }).topics.flatMap(\.questions).map(
            \.id)
        let note = String(repeating: "é<", count: 2_000)
        for some in [asked.prefix(14), asked.suffix(14)] { _ = try await browser.save(section, some.map { ("\($0).note", note) }) }
        var (place, found) = (section, [String]())
        for _ in 0..<asked.count where place.hasPrefix(section) {
            let page = try await browser.get(place)
            #expect(page.status == 200 && page.bytes.count < 120_000, "\(place): \(page.bytes.count)")
            let here = page.body.matches(of: /<textarea id="(ID\.AM-[0-9.]+)\.note"/).map { String($0.1) }
            found += here
            let links = page.body.matches(of: /<a href="[^"]*\/sections\/ID\.AM\?question=ID\.AM-[0-9.]+"/).count
            #expect(links > 1 && page.body.contains("<strong>7.\(asked.firstIndex(of: here[0]).map { $0 + 1 } ?? 0) – 7."))
            let action = try #require(page.body.firstMatch(of: /<form id="section"[^>]* action="([^"]*)"/)).1
            place = String(action).replacing("&amp;", with: "&")
            place = try await browser.save(place, here.map { ("\($0).implementation", "4") }).location
        }
        #expect(found == asked)
        #expect(place == "\(path)/sections/ID.RA")
        let last = try #require(asked.last)
        let check = try await browser.get("\(path)/check").body
        #expect(check.contains("/sections/ID.AM?question=\(last)&amp;from=check#\(last)\""))
        let page = try await browser.get("\(section)?question=\(last)&from=check")
        #expect(page.body.contains("name=\"\(last).implementation\"") && page.bytes.count < 120_000)
        #expect(try await browser.save("\(section)?question=\(last)&from=check", []).location == "\(path)/check#section-ID.AM")
        // A fault on a part brings that part back, with all of it.
        let form = try await browser.get("\(section)?question=\(asked[0])")
        let refused = try await browser.post(
            "\(section)?question=\(asked[0])",
            Browser.framework(form) + [("\(asked[0]).documentation", "na"), ("\(asked[0]).note", "x"), ("then", "continue")])
        #expect(refused.status == 422 && refused.body.contains("id=\"\(asked[0]).note\"") && !refused.body.contains("id=\"\(last).note\""))
    }

    @Test func `an answered 2023 assessment begins one of 2025: equal pairs are taken over, the others suggested`() async throws {
        let browser = Browser(try TestSite())
        let (_, submission) = try await browser.finish(workbook: "cyfun-2023")
        let page = try await browser.get(submission)
        #expect(page.body.contains("/carry/cyfun-2025\"") && page.body.contains("Begin CyberFundamentals 2025"))
        let begun = try await browser.post("\(submission)/carry/cyfun-2025", Browser.framework(page))
        #expect(begun.status == 303 && begun.location.contains("/facts?saved=carried&equal="))
        #expect(try await browser.post("\(submission)/carry/cyfun-2025", Browser.framework(page)).location == begun.location, "once")
        let facts = try await browser.get(begun.location).body
        #expect(facts.contains("Taken over: ") && facts.contains("value=\"essential\" checked"))
        let path = String(begun.location.prefix { $0 != "?" }.dropLast("/facts".count))
        let (new, old) = (try Self.questionnaire().definition, try Self.questionnaire("cyfun-2023").definition)
        let reading = try CyFunReading(try Browser.workbook("cyfun-2023"), questionnaires: [old], level: "essential")
        let carried = new.carryOver(old.read(reading.sheet, level: 2, profile: Profile()).answers, of: old)
        #expect(carried.count { $0.isEqual } > 40 && carried.count { !$0.isEqual } > 60)
        let assessment = try #require(path.split(separator: "/").last)
        let key = try #require(SessionSecret(cookie: browser.sid ?? "")).key
        let fields = try #require(try browser.test.site.store.assessment(String(assessment), session: key, now: browser.test.now)).fields
        for one in carried {
            let stored = new.aspects.indices.map { fields[new.field(.aspect($0), of: one.question).name]?.value }
            if one.isEqual {
                #expect(stored == one.scores.map { $0.map { String($0) } }, "\(one.question)")
                #expect(one.origins.count == 1)
            } else {
                #expect(stored == [nil, nil] && fields["\(one.question).suggested"] != nil, "\(one.question)")
            }
        }
        let suggested = try #require(carried.first { !$0.isEqual })
        let domain = try #require(new.domains.first { $0.topics.contains { $0.questions.contains { $0.id == suggested.question } } }).id
        let section = try await browser.get("\(path)/sections/\(domain)").body
        #expect(section.contains("from your answers to CyberFundamentals 2023") && section.contains("take:\(suggested.question)"))
    }

    @Test func `a suggestion brings the note along, and only those of the level are counted`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts("cyfun-2023", level: "basic")
        for section in Set(try await browser.get(path).body.matches(of: /\/sections\/([A-Z]+\.[A-Z]+)"/).map { String($0.1) }).sorted() {
            let form = try await browser.get("\(path)/sections/\(section)")
            let names = Set(form.body.matches(of: /name="([A-Z0-9.-]+\.(?:documentation|implementation))"/).map { String($0.1) })
            let notes = Set(names.map { $0.split(separator: ".").dropLast().joined(separator: ".") }).map {
                ("\($0).note", "note of \($0)")
            }
            _ = try await browser.save("\(path)/sections/\(section)", names.sorted().map { ($0, "3") } + notes)
        }
        let submission = try await browser.confirm(path)
        let begun = try await browser.post("\(submission)/carry/cyfun-2025", Browser.framework(try await browser.get(submission))).location
        let (new, old) = (try Self.questionnaire().definition, try Self.questionnaire("cyfun-2023").definition)
        let answers = Dictionary(
            uniqueKeysWithValues: old.questions.filter { $0.level == 0 }.map { ($0.id, Answer.marks([.score(3), .score(3)])) })
        let asked = new.carryOver(answers, of: old).filter { new.question($0.question)?.level == 0 }
        #expect(begun.hasSuffix("&equal=\(asked.count { $0.isEqual })&similar=\(asked.count { !$0.isEqual })") && asked.count > 10)
        let one = try #require(asked.first { !$0.isEqual })
        let section = try #require(new.domains.first { $0.topics.contains { $0.questions.contains { $0.id == one.question } } }).id
        let place = String(begun.prefix { $0 != "?" }.dropLast("/facts".count)) + "/sections/\(section)"
        let page = try await browser.get(place).body
        #expect(page.contains("Your note there: note of \(one.origins[0])"))
        #expect(try await browser.save(place, [], then: "take:\(one.question)").status == 303)
        #expect(try await browser.get(place).body.contains("\nnote of \(one.origins[0])"), "in the note's field now")
    }

    @Test func `the plan of 2023 tells writing down from doing too`() async throws {
        let browser = Browser(try TestSite())
        let file = try WorkbookTestEdit.allOnes(try Browser.workbook("cyfun-2023"))
        let path = String(
            try await browser.bringIn(file, [("filledIn", "yes"), ("level", "basic")]).location.dropLast("/workbook".count))
        _ = try await browser.save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        let plan = try await browser.get("\(try await browser.confirm(path))/plan").body
        let text = try Self.questionnaire("cyfun-2023").text(.en)
        let question = try #require(text.questions["PR.AC-1.1"])
        #expect(plan.contains("Write down: \(question.title)") && plan.contains("Implementation: \(question.step)"))
        #expect(plan.contains("Write on one page how you do this"))
    }

    @Test func `what may no longer be left out at a higher level says so at the question`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts("cyfun-2025", level: "important")
        _ = try await browser.save("\(path)/sections/GV.RM", [("GV.RM-01.1.documentation", "na"), ("GV.RM-01.1.reason", "none")])
        let words = browser.test.site.words(.en)
        let said = "Every firm must answer question 2.1 at this level"
        #expect(!(try await browser.get("\(path)/sections/GV.RM").body.contains(said)))
        _ = try await browser.save("\(path)/facts", [("firm.level", "essential")])
        #expect(try await browser.get("\(path)/sections/GV.RM").body.contains(said) && !words[.errorTitle].isEmpty)
    }

    @Test func `check and answers stay pages below 120 kB, however long the notes are`() async throws {
        let browser = Browser(try TestSite())
        let (path, _) = try await browser.finish(workbook: "cyfun-2025-essential")
        let note = String(repeating: "A note that goes on. ", count: 50)
        for domain in try Self.questionnaire().definition.domains {
            let names = domain.topics.flatMap(\.questions).map { "\($0.id).note" }
            _ = try await browser.save("\(path)/sections/\(domain.id)", names.map { ($0, note + $0) })
        }
        let check = try await browser.get("\(path)/check")
        #expect(check.status == 200 && check.bytes.count < 120_000 && check.body.contains(" …<"), "\(check.bytes.count)")
        let submission = try await browser.confirm(path)
        let first = try await browser.get("\(submission)/answers")
        let places = first.body.matches(of: /href="([^"]*\/answers\?domain=[A-Z.]+)"/).map { String($0.1) }
        #expect(places.count == 21 && first.bytes.count < 120_000)
        for place in places {
            let page = try await browser.get(place)
            #expect(page.status == 200 && page.bytes.count < 120_000)
            #expect(page.body.contains("\(place.split(separator: "=").last ?? "")-0"), "its notes whole")
        }
    }

    @Test(arguments: ["en", "nl", "fr", "de"])
    func `a section full of suggestions stays within 120 kB too`(_ language: String) async throws {
        let browser = Browser(try TestSite(), language: language)
        let (_, submission) = try await browser.finish(workbook: "cyfun-2023")
        let begun = try await browser.post("\(submission)/carry/cyfun-2025", Browser.framework(try await browser.get(submission)))
        let path = begun.location.prefix { $0 != "?" }.dropLast("/facts".count)
        for domain in try Self.questionnaire().definition.domains {
            let page = try await browser.get("\(path)/sections/\(domain.id)")
            #expect(page.status == 200 && page.bytes.count < 120_000, "\(domain.id): \(page.bytes.count)")
        }
    }

    @Test func `the supply-chain questionnaire and CyFun suggest answers to each other, and take none over`() async throws {
        let browser = Browser(try TestSite())
        let (_, submission) = try await browser.finish(level: "standard", score: "4")
        let page = try await browser.get(submission)
        let begun = try await browser.post("\(submission)/carry/cyfun-2025", Browser.framework(page))
        #expect(try #require(begun.location.firstMatch(of: /equal=0&similar=([0-9]+)/)).1.count == 2, "tens of suggestions")
        let (_, back) = try await browser.finish(workbook: "cyfun-2025-basic")
        let again = try await browser.post("\(back)/carry/supply-chain", Browser.framework(try await browser.get(back)))
        #expect(try #require(again.location.firstMatch(of: /equal=0&similar=([0-9]+)/)).1.count == 2)
        #expect(try await browser.post("\(back)/carry/cyfun-2025", Browser.framework(try await browser.get(back))).location == back)
        #expect(try await browser.post("\(back)/carry/none", Browser.framework(try await browser.get(back))).status == 404)
    }

    @Test func `the first check for very small firms has one level, no pass mark and no verdict`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts("cyfun-small", level: "small")
        for section in ["PWD", "SYS", "MAL", "NET", "BCK", "ADM", "PHY", "INC"] {
            let page = try await browser.get("\(path)/sections/\(section)")
            let name = try #require(page.body.firstMatch(of: /name="(SMALL-[1-8]\.practice)"/)?.1)
            _ = try await browser.post(
                "\(path)/sections/\(section)", Browser.framework(page) + [(String(name), "2"), ("then", "continue")])
        }
        let result = try await browser.get(try await browser.confirm(path)).body
        #expect(
            result.contains("This check has no pass mark") && !result.contains("You reach the level")
                && !result.contains("How far each level is"))
    }

    @Test func `the scale is explained with an everyday example, in every language`() async throws {
        let test = try TestSite()
        for language in Language.allCases {
            let page = try await Browser(test).get("/\(language)/questionnaires/cyfun-2025/scale").body.replacing("&#39;", with: "'")
            let text = try Self.questionnaire().text(language)
            for step in text.scale.values.joined() {
                #expect(page.contains(step.example ?? "none") && page.contains(step.meaning))
            }
        }
        #expect(try await Browser(test).get("/en/questionnaires/none/scale").status == 404)
    }
}

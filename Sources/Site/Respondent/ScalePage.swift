import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles

/// What the scores of a questionnaire mean, with an example from everyday life.
struct ScalePage {
    let visit: Visit
    let questionnaire: LoadedQuestionnaire

    static func add(to routes: inout RouteTable) {
        routes.add(
            .get, "/questionnaires/{questionnaire}/scale",
            anyone: { visit in
                guard let questionnaire = visit.site.catalogue.current(try visit.parameter("questionnaire")) else {
                    throw SiteError.notFound
                }
                return ScalePage(visit: visit, questionnaire: questionnaire).response()
            })
    }

    func response() -> Response {
        let words = visit.words
        let text = questionnaire.text(visit.language)
        return visit.page(PageSetting(title: words[.scaleTitle], isPrivate: false)) { html in
            html.pageHeading(words[.scaleTitle], caption: text.title)
            html.lead(words[questionnaire.definition.aspects.count > 1 ? .scaleLeadAspects : .scaleLead])
            for aspect in questionnaire.definition.aspects.indices {
                html.table(table(aspect, text, caption: AnswerWords(visit, questionnaire).aspect(aspect)))
            }
            html.disclaimer(text)
        }
    }

    private func table(_ aspect: Int, _ text: QuestionnaireText, caption: String) -> DataTable {
        let words = visit.words
        let answers = AnswerWords(visit, questionnaire)
        let steps = text.scale[questionnaire.definition.aspects[aspect]] ?? []
        let hasExamples = steps.contains { $0.example != nil }
        let columns = [words[.resultScore], words[.scaleMeaning]] + (hasExamples ? [words[.scaleExample]] : [])
        return DataTable(
            caption: caption, columns: columns.map { DataTable.Column($0) },
            rows: zip(questionnaire.definition.scale, steps).map { score, step in
                let cells = [step.meaning] + (hasExamples ? [step.example ?? ""] : [])
                return DataTable.Row(answers.step(score, aspect: aspect), cells.map { .text($0) })
            }, narrow: .stacks)
    }
}

extension HTML {
    /// The scale of each aspect, folded in, with a link to the page that explains it.
    mutating func scaleInShort(_ visit: Visit, _ questionnaire: LoadedQuestionnaire) {
        let words = visit.words
        let definition = questionnaire.definition
        let answers = AnswerWords(visit, questionnaire)
        details(words[.scaleTitle]) { html in
            for aspect in definition.aspects.indices {
                let steps = questionnaire.text(visit.language).scale[definition.aspects[aspect]] ?? []
                html.element(.p) { $0.element(.strong, text: answers.aspect(aspect)) }
                html.definitionList(
                    zip(definition.scale, steps).map { Definition(answers.step($0, aspect: aspect), $1.meaning) })
            }
            let page = Link(path: visit.path("/questionnaires/\(definition.id)/scale"))
            html.element(.p) { $0.element(.a, .href(page), text: words[.scaleExamples]) }
        }
    }
}

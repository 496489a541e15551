import Assessment
import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct SpanTests {
    private func lies(_ name: String, in span: FieldSpan) -> Bool {
        !name.utf8.lexicographicallyPrecedes(span.first.utf8) && name.utf8.lexicographicallyPrecedes(span.end.utf8)
    }

    private func names(_ ids: [String]) -> [String] { ids.flatMap { id in ["practice", "reason", "note"].map { "\(id).\($0)" } } }

    @Test(arguments: [["GOV-1", "GOV-2", "GOV-10"], ["A-1", "A-1-b", "A-1.2", "A"], ["GV.OC-03.1", "GV.OC-03.10"], ["Ü", "z"]])
    func `a span holds every field of its questions`(_ ids: [String]) {
        let span = AnswerField.span(of: ids.map { Question(id: $0) })
        for name in names(ids) { #expect(lies(name, in: span), "\(name)") }
    }

    @Test func `no other section's fields lie within a section's span, and no facts`() throws {
        let definition = try #require(try TestSite.catalogue.get().current("supply-chain")).definition
        for domain in definition.domains {
            let span = AnswerField.span(of: domain.topics.flatMap(\.questions))
            let others = definition.questions.map(\.id).filter { definition.domain(ofQuestion: $0)?.id != domain.id }
            for name in names(others) + FirmField.allCases.map(\.rawValue) { #expect(!lies(name, in: span), "\(name)") }
        }
        for fact in FirmField.allCases { #expect(lies(fact.rawValue, in: FirmField.span)) }
    }
}

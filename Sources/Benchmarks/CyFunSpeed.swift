import Assessment
import Foundation
import QuestionnaireFiles
import Workbook

/// The largest questionnaires: loading them, scoring, a workbook read, the longest section page.
enum CyFunSpeed {
    static func measure(_ catalogue: Catalogue) async throws {
        guard let new = catalogue.current("cyfun-2025"), let old = catalogue.current("cyfun-2023") else { return print("no CyFun") }
        try load()
        EngineSpeed.measure(new.definition, promised: "≤ 60 µs")
        try readWorkbook(new.definition)
        try await PageSpeed.measure(cyfun: old)
    }

    private static func load() throws {
        let before = residentKilobytes
        let kept = try Catalogue.load(folder: "Questionnaires")
        let grown = residentKilobytes - before
        let took = try (0..<9).map { _ in
            try ContinuousClock().measure { _ = try Catalogue.load(folder: "Questionnaires") } / .milliseconds(1)
        }
        report("\(kept.questionnaires.count) questionnaires loaded", "\(rounded(median(took), 0)) ms", promised: "≤ 250 ms")
        report("memory of all their texts, loading included", "\(grown / 1_024) MB", promised: "≤ 40 MB")
    }

    private static var residentKilobytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    /// Comments that hardly compress make it two megabytes.
    private static func readWorkbook(_ definition: Questionnaire) throws {
        let blank = Array(try Data(contentsOf: URL(fileURLWithPath: "Tests/WorkbookTests/Fixtures/cyfun-2025-essential.xlsx")))
        let answers = Dictionary(uniqueKeysWithValues: definition.questions.map { ($0.id, Answer.marks([.score(3), .score(4)])) })
        var state: UInt64 = 1
        let notes = definition.questions.map { question in
            let text = String(
                String.UnicodeScalarView(
                    (0..<3_900).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return Unicode.Scalar(0x4E00 + UInt32(state >> 33) % 0x5000) ?? "x"
                    }))
            return (question.id, text)
        }
        let bytes = try CyFunFilling.fill(
            blank, questionnaire: definition, level: 2, answers: answers, notes: Dictionary(uniqueKeysWithValues: notes), day: 20_000)
        let took = try (0..<9).map { _ in
            try ContinuousClock().measure {
                let reading = try CyFunReading(bytes, questionnaires: [definition])
                precondition(reading.sheet.count > 600, "the work was done")
            } / .milliseconds(1)
        }
        report(
            "workbook of \(rounded(Double(bytes.count) / 1_048_576, 1)) MiB read", "\(rounded(median(took), 0)) ms", promised: "≤ 300 ms")
    }
}

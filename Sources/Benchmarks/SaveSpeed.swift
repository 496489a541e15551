import Assessment
import Foundation
import QuestionnaireFiles
import Site
import Store

/// Durable saves of ten fields at 64 connections: with group commit, and with one commit per save.
enum SaveSpeed {
    static func measure(_ catalogue: Catalogue, _ questionnaire: LoadedQuestionnaire) async throws {
        var group: [Double] = []
        var single: [Double] = []
        for round in 0..<3 {
            let together = try await rate(catalogue, questionnaire, batchLimit: StoreOptions().batchLimit, port: 18_473 + round)
            let alone = try await rate(catalogue, questionnaire, batchLimit: 1, port: 18_483 + round)
            print(
                "  round \(round): group commit \(Int(together.requestsPerSecond))/s (p99 \(together.p99)), one commit per save \(Int(alone.requestsPerSecond))/s (p99 \(alone.p99))"
            )
            group.append(together.requestsPerSecond)
            single.append(alone.requestsPerSecond)
        }
        report("save of ten answers against one commit each", rounded(median(group) / median(single)), promised: "≥ 1.5")
    }

    private static func rate(_ catalogue: Catalogue, _ questionnaire: LoadedQuestionnaire, batchLimit: Int, port: Int) async throws -> Load
    {
        let scratch = try Scratch()
        defer { scratch.remove() }
        var options = StoreOptions()
        options.batchLimit = batchLimit
        let store = try Store.open(folder: "\(scratch.path)/data", options: options)
        let prepared = try await Prepared(store, questionnaire, count: 64)
        let script = "\(scratch.path)/save.lua"
        try lua(prepared, questionnaire).write(toFile: script, atomically: true, encoding: .utf8)
        let log = AccessLog(descriptor: open("\(scratch.path)/log", O_CREAT | O_WRONLY | O_APPEND, 0o600))
        let site = try Site(configuration: SiteConfiguration(port: port), catalogue: catalogue, store: store, log: log)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await site.serve() }
            try await waitUntilReady(port: port)
            let load = try Load.run("http://127.0.0.1:\(port)", script: script)
            precondition(load.failures == 0, "every save was acknowledged")
            group.cancelAll()
            return load
        }
    }

    /// Each request changes all ten fields of a section; the form's id stays, so that no save is a conflict.
    private static func lua(_ prepared: Prepared, _ questionnaire: LoadedQuestionnaire) -> String {
        let questions = questionnaire.definition.domains[0].topics.flatMap(\.questions).map(\.id)
        let fields = questions.map { "\($0).practice=\" .. (1 + n % 5) .. \"&\($0).note=n\" .. n .. \"" }.joined(separator: "&")
        let table = prepared.all.map { "{\"\($0.id)\", \"\($0.secret.cookie)\", \"\($0.secret.proof)\"}" }.joined(separator: ",\n")
        return """
            local all = {\(table)}
            local n = 0
            request = function()
              n = n + 1
              local one = all[1 + n % #all]
              local body = "proof=" .. one[3] .. "&form=benchmark&shown=&then=continue&\(fields)"
              return wrk.format("POST", "/en/assessments/" .. one[1] .. "/sections/GOV", {
                ["Cookie"] = "__Host-sid=" .. one[2], ["Sec-Fetch-Site"] = "same-origin",
                ["Content-Type"] = "application/x-www-form-urlencoded"}, body)
            end
            """
    }
}

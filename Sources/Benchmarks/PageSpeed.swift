import Assessment
import Foundation
import Hummingbird
import NIOCore
import QuestionnaireFiles
import Site
import Store

/// A section page through the whole stack, in a process of its own, beside a bare route that returns the same bytes.
enum PageSpeed {
    static func measure(_ questionnaire: LoadedQuestionnaire) async throws {
        let answered = ["GOV-1.practice": "3", "GOV-2.practice": "2", "GOV-2.note": "as agreed in May", "SUP-1.practice": "4"]
        try await measure(questionnaire, section: "GOV", answered, promised: "≥ 0.4", memory: "≤ 80 MB")
    }

    /// The longest section of CyFun, half filled in.
    static func measure(cyfun questionnaire: LoadedQuestionnaire) async throws {
        let definition = questionnaire.definition
        guard let longest = definition.domains.max(by: { $0.topics.flatMap(\.questions).count < $1.topics.flatMap(\.questions).count })
        else { return }
        var fields = ["firm.level": "essential"]
        for question in longest.topics.flatMap(\.questions).enumerated() where question.offset % 2 == 0 {
            for aspect in definition.aspects.indices { fields[definition.field(.aspect(aspect), of: question.element.id).name] = "3" }
        }
        try await measure(questionnaire, section: longest.id, fields, promised: "≥ 0.3", memory: "≤ 80 MB")
    }

    private static func measure(
        _ questionnaire: LoadedQuestionnaire, section: String, _ answered: [String: String], promised: String, memory: String
    ) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try Store.open(folder: "\(scratch.path)/data")
        let one = try await Prepared(store, questionnaire, count: 1, fields: answered).all[0]
        await store.close()

        let server = try Server(folder: "\(scratch.path)/data", log: "\(scratch.path)/log", port: 18_471)
        defer { server.stop() }
        report("ready after start", "\(rounded(server.readyMilliseconds, 0)) ms", promised: "≤ 300 ms")
        let page = "http://127.0.0.1:18471/en/assessments/\(one.id)/sections/\(section)"
        let cookie = "Cookie: __Host-sid=\(one.secret.cookie)"
        let bytes = Array(try shell("curl", ["-s", "-H", cookie, page]).utf8)
        precondition(String(decoding: bytes, as: UTF8.self).contains("name=\"\(section)"), "the page is the section")
        try await bare(bytes, port: 18_472) {
            var ratios: [Double] = []
            // Many short rounds side by side: what else the machine does then weighs on both.
            for round in 0..<12 {
                let full = try Load.run(page, headers: [cookie], seconds: 2)
                let plain = try Load.run("http://127.0.0.1:18472/", seconds: 2)
                precondition(full.failures == 0 && plain.failures == 0, "no failures")
                if round > 0 { ratios.append(full.requestsPerSecond / plain.requestsPerSecond) }
                print(
                    "  round \(round): section \(Int(full.requestsPerSecond))/s (p99 \(full.p99)), bare \(Int(plain.requestsPerSecond))/s")
            }
            report("section page (\(bytes.count) bytes) against bare", rounded(median(ratios)), promised: promised)
        }
        report("resident memory under that load", "\(server.residentMegabytes) MB", promised: memory)
    }

    private static func bare(_ bytes: [UInt8], port: Int, while body: @escaping @Sendable () async throws -> Void) async throws {
        let router = Router()
        let buffer = ByteBuffer(bytes: bytes)
        router.get("/") { _, _ in
            Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: ResponseBody(byteBuffer: buffer))
        }
        let application = Application(router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            try await Task.sleep(for: .milliseconds(300))
            try await body()
            group.cancelAll()
        }
    }
}

/// `linchpin serve` as users run it.
final class Server {
    let readyMilliseconds: Double
    private let process = Process()

    init(folder: String, log: String, port: Int) throws {
        let binary = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("linchpin")
        try Data().write(to: URL(fileURLWithPath: log))
        process.executableURL = binary
        process.arguments = ["serve", "--data", folder, "--port", String(port)]
        process.standardOutput = FileHandle(forWritingAtPath: log)
        let started = ContinuousClock.now
        try process.run()
        while try !isReady(port: port) {
            guard process.isRunning, started.duration(to: .now) < .seconds(20) else { throw CocoaError(.executableNotLoadable) }
        }
        readyMilliseconds = started.duration(to: .now) / .milliseconds(1)
    }

    var residentMegabytes: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1_024
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}

import Foundation

/// wrk on loopback, with what it reports.
struct Load {
    let requestsPerSecond: Double
    let p99: String
    let failures: Int

    static func run(_ url: String, headers: [String] = [], script: String? = nil, seconds: Int = 5, connections: Int = 64) throws -> Load {
        var arguments = ["-t1", "-c\(connections)", "-d\(seconds)s", "--latency"]
        for header in headers { arguments += ["-H", header] }
        if let script { arguments += ["-s", script] }
        let output = try shell("wrk", arguments + [url])
        let lines = output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let word = { (prefix: String) in
            lines.first { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count).trimmingCharacters(in: .whitespaces) }
        }
        return Load(
            requestsPerSecond: word("Requests/sec:").flatMap(Double.init) ?? 0, p99: word("99%") ?? "?",
            failures: word("Non-2xx or 3xx responses:").flatMap { Int($0) } ?? 0)
    }
}

func shell(_ command: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

/// Whether a service on this port has just read and written its database.
func isReady(port: Int) throws -> Bool {
    try shell("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:\(port)/health/ready"]) == "200"
}

func waitUntilReady(port: Int) async throws {
    for _ in 0..<200 {
        if try isReady(port: port) { return }
        try await Task.sleep(for: .milliseconds(25))
    }
    throw CocoaError(.executableNotLoadable)
}

/// A folder that goes when the run ends.
struct Scratch {
    let path = NSTemporaryDirectory() + "linchpin-benchmark-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

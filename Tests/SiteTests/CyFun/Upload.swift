import FoundationEssentials
import HTTPTypes

@testable import Site

/// Sending files as browsers do.
extension Browser {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "WorkbookTests/Fixtures")

    static func workbook(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: fixtures.appending(path: "\(name).xlsx"))) }

    /// Posts a form with a file.
    func upload(_ path: String, _ fields: [(String, String)], file: [UInt8]?, named field: String = "workbook") async throws -> Page {
        let boundary = "----test0123456789"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            let head =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"C:\\my; file.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            body += Array(head.utf8) + file + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        var headers: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]
        if let name = HTTPField.Name.secFetchSite { headers[name] = "same-origin" }
        return try await send(.post, path, headers: headers, bytes: body)
    }

    /// Brings a workbook in and returns the page that comes of it.
    func bringIn(_ file: [UInt8]?, _ more: [(String, String)] = []) async throws -> Page {
        let page = try await get("/\(language)/workbook")
        return try await upload("/\(language)/workbook", Self.framework(page) + more, file: file)
    }

    /// An assessment from a workbook, with facts, and its first submission.
    func finish(workbook name: String) async throws -> (assessment: String, submission: String) {
        // The one of 2023 is filled in for every level.
        let page = try await bringIn(try Self.workbook(name), name == "cyfun-2023" ? [("level", "essential")] : [])
        let path = String(page.location.dropLast("/workbook".count))
        _ = try await save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        return (path, try await confirm(path))
    }

    /// Begins a questionnaire and gives the facts.
    func beginWithFacts(_ questionnaire: String, level: String) async throws -> String {
        let home = try await get("/\(language)")
        let fields = [("proof", home.hidden("proof") ?? ""), ("form", home.hidden("form") ?? ""), ("level", level)]
        let started = try await post("/\(language)/start/\(questionnaire)", fields)
        let path = String(started.location.dropLast("/facts".count))
        _ = try await save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        return path
    }
}

import Assessment
import CZip
import FoundationEssentials
import Glibc
import QuestionnaireFiles
import Testing

@testable import Workbook

/// The workbooks of the folder Fixtures (made by make_fixtures.py), and what tests do to them.
enum Sample {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let definitions = Result<[Questionnaire], any Error> {
        try Catalogue.load(folder: folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Questionnaires").path)
            .offered.map(\.definition)
    }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: "Fixtures/\(name).xlsx"))) }

    static func read(_ bytes: [UInt8], level: String? = nil, isFilledIn: Bool = false) throws -> CyFunReading {
        try CyFunReading(bytes, questionnaires: try definitions.get(), level: level, isFilledIn: isFilledIn)
    }

    static func faults(_ bytes: [UInt8], level: String? = nil) -> [WorkbookFault] {
        do {
            _ = try read(bytes, level: level)
            return []
        } catch {
            return (error as? WorkbookFaults)?.faults ?? []
        }
    }

    static func definition(_ id: String) throws -> Questionnaire {
        try #require(try definitions.get().first { $0.id == id })
    }

    /// The workbook with cells changed: by sheet and name; `nil` empties one.
    static func changing(_ bytes: [UInt8], _ changes: [(sheet: String, cell: String, text: String?)]) throws -> [UInt8] {
        let file = try WorkbookFile(bytes, wanted: { _ in true })
        var edits: [String: [Edit]] = [:]
        for change in changes {
            guard let sheet = file.sheet(change.sheet), let cell = sheet.cell(change.cell) else { throw WorkbookFault.foreign }
            let number = change.text.flatMap { Int64($0) }
            edits[sheet.part, default: []].append(Edit(cell, number.map { .number($0) } ?? .text(change.text ?? "")))
        }
        var parts: [String: [UInt8]] = [:]
        for (part, edits) in edits { parts[part] = Edit.apply(edits, to: try file.archive.read(part)) }
        return try file.archive.replacing(parts)
    }

    /// The workbook with one part written anew.
    static func changing(_ bytes: [UInt8], part: String, _ change: (String) -> String) throws -> [UInt8] {
        let archive = try ZipArchive(bytes)
        let text = String(decoding: try archive.read(part), as: UTF8.self)
        return try archive.replacing([part: Array(change(text).utf8)])
    }

    /// An archive with a part more, of so many zeros or of this text.
    static func adding(_ name: String, zeros: Int = 0, _ text: String = "", to bytes: [UInt8] = []) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.path + "/" + "workbook-\(UUID().uuidString).zip"
        defer { try? FileManager.default.removeItem(atPath: path) }
        if !bytes.isEmpty { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
        let archive = try #require(zip_open(path, CInt(ZIP_CREATE), nil))
        let length = max(zeros, text.utf8.count)
        let memory = try #require(calloc(length + 1, 1))
        memory.copyMemory(from: Array(text.utf8), byteCount: text.utf8.count)
        _ = zip_file_add(archive, name, zip_source_buffer(archive, memory, UInt64(length), 1), 0)
        guard zip_close(archive) == 0 else { throw WorkbookFault.damaged(part: name) }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

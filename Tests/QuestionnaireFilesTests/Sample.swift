import Foundation
import QuestionnaireFiles
import Testing

/// A small folder of questionnaires, changed by a test and then loaded from a folder of its own.
struct Sample {
    /// By path below the folder.
    var files: [String: String]

    init() {
        files = [
            "sample/questionnaire.yaml": Self.structure,
            "classifications/sectors.yaml": Self.sectors,
            "classifications/regions.yaml": Self.regions,
            "classifications/sizes.yaml": Self.sizes,
            "classifications/nis2.yaml": Self.nis2,
            "classifications/references.yaml": Self.references,
        ]
        for language in Language.allCases {
            files["sample/\(language).yaml"] = Self.texts.replacing("LANGUAGE", with: language.ownName)
        }
    }

    /// The text must be there, so that no test passes by a misspelling.
    mutating func replace(_ old: String, with new: String, in file: String) throws {
        let text = try #require(files[file])
        let range = try #require(text.range(of: old), "\(file) has no \(old)")
        files[file] = text.replacingCharacters(in: range, with: new)
    }

    func load() throws(LoadFailure) -> Catalogue {
        let folder = TemporaryFolder()
        for (path, text) in files { folder.write(Array(text.utf8), to: path) }
        return try folder.load()
    }

    /// What is reported, with paths below the folder.
    func faults() -> [String] {
        let folder = TemporaryFolder()
        for (path, text) in files { folder.write(Array(text.utf8), to: path) }
        return folder.faults()
    }
}

/// Exists as long as the value that made it.
final class TemporaryFolder {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/linchpin-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to file: String) {
        let url = URL(fileURLWithPath: path + "/" + file)
        try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? Data(bytes).write(to: url)
    }

    func load() throws(LoadFailure) -> Catalogue { try Catalogue.load(folder: path) }

    func faults() -> [String] {
        reports { () throws(LoadFailure) in _ = try load() }
    }

    func reports(_ body: () throws(LoadFailure) -> Void) -> [String] {
        do {
            try body()
            return []
        } catch {
            return error.faults.map { $0.description.replacing(path + "/", with: "").replacing(path, with: "") }
        }
    }
}

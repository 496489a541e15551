import Assessment

/// Everything under `Questionnaires/`: all editions of all questionnaires, and the classifications.
public struct Catalogue: Sendable {
    /// By id, then from the lowest edition to the highest.
    public let questionnaires: [LoadedQuestionnaire]
    public let classifications: Classifications

    /// Reads and checks every file of a folder.
    /// - Throws: every fault that was found; nothing is loaded in part.
    public static func load(folder path: String) throws(LoadFailure) -> Catalogue {
        var faults: [Fault] = []
        do {
            if let catalogue = try load(try SourceFolder(path: path), faults: &faults) { return catalogue }
        } catch {
            faults.append(error)
        }
        throw LoadFailure(faults)
    }

    /// `nil` where `faults` has grown.
    private static func load(_ folder: SourceFolder, faults: inout [Fault]) throws(Fault) -> Catalogue? {
        var classifications: Classifications?
        do {
            let folder = try folder.folder(ClassificationFiles.folderName)
            classifications = ClassificationFiles.load(folder, faults: &faults)
        } catch {
            faults.append(error)
        }
        var loaded: [QuestionnaireFolder.Loaded] = []
        for name in try folder.names() where name != ClassificationFiles.folderName && folder.isFolder(name) {
            do {
                let folder = try folder.folder(name)
                guard let next = QuestionnaireFolder.load(folder, classifications: classifications, faults: &faults)
                else { continue }
                if let fault = twice(next, in: loaded) { faults.append(fault) }
                loaded.append(next)
            } catch {
                faults.append(error)
            }
        }
        if loaded.isEmpty && faults.isEmpty {
            throw Fault(file: folder.path, line: 1, message: "the folder has no questionnaire; add one")
        }
        guard faults.isEmpty, let classifications else { return nil }
        return Catalogue(
            questionnaires: loaded.map(\.questionnaire).sorted { $0.precedes($1) }, classifications: classifications)
    }

    private static func twice(_ next: QuestionnaireFolder.Loaded, in loaded: [QuestionnaireFolder.Loaded]) -> Fault? {
        let definition = next.questionnaire.definition
        guard
            let other = loaded.map(\.questionnaire).first(where: {
                $0.definition.id == definition.id && $0.definition.edition == definition.edition
            })
        else { return nil }
        return Fault(
            file: next.questionnaire.folder + "/" + QuestionnaireFolder.structureFile, line: next.identityLine,
            message: "edition \(definition.edition) of \(definition.id) is in \(other.folder) too; give this one another edition")
    }

    public func questionnaire(_ id: String, edition: String) -> LoadedQuestionnaire? {
        questionnaires.first { $0.definition.id == id && $0.definition.edition == edition }
    }

    /// The highest edition.
    public func current(_ id: String) -> LoadedQuestionnaire? { questionnaires.last { $0.definition.id == id } }

    /// The highest edition of each id, in the order of lists.
    public var offered: [LoadedQuestionnaire] {
        zip(questionnaires, questionnaires.dropFirst().map(Optional.some) + [nil])
            .filter { $0.definition.id != $1?.definition.id }.map(\.0)
            .sorted { ($0.definition.order, $0.definition.id) < ($1.definition.order, $1.definition.id) }
    }
}

extension LoadedQuestionnaire {
    /// By id, then by edition.
    fileprivate func precedes(_ other: LoadedQuestionnaire) -> Bool {
        if definition.id != other.definition.id { return definition.id < other.definition.id }
        return editionPrecedes(definition.edition, other.definition.edition)
    }
}

/// Numbers in an edition count as numbers: "9" comes before "10", and "2026-11" before "2026-11.2".
private func editionPrecedes(_ left: String, _ right: String) -> Bool {
    func parts(_ edition: String) -> [Substring] { edition.split { $0 == "." || $0 == "-" } }
    for (left, right) in zip(parts(left), parts(right)) where left != right {
        if let leftNumber = Int(left), let rightNumber = Int(right), leftNumber != rightNumber {
            return leftNumber < rightNumber
        }
        return left < right
    }
    return left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
}

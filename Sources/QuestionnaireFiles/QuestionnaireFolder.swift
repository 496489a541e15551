import Assessment

/// Reads one questionnaire's five files.
enum QuestionnaireFolder {
    static let structureFile = "questionnaire.yaml"

    /// A questionnaire, and the line on which its id stands.
    typealias Loaded = (questionnaire: LoadedQuestionnaire, identityLine: Int)

    /// `nil` where something is at fault, which is added to `faults`.
    static func load(_ folder: SourceFolder, classifications: Classifications?, faults: inout [Fault]) -> Loaded? {
        let before = faults.count
        do throws(Fault) {
            let names = try folder.names()
            guard names.contains(where: knownFiles.contains) else {
                throw Fault(
                    file: folder.path, line: 1, message: "the folder has no \(structureFile); add it, or remove the folder")
            }
            faults += strayFiles(names, folder)
        } catch {
            faults.append(error)
            return nil
        }
        var checksum = Checksum()
        let source = SourceFile.load(folder, structureFile, faults: &faults)
        var structure = StructureReader(
            file: FileReader(file: folder.path + "/" + structureFile, faults: source?.faults ?? []),
            classifications: classifications)
        var definition: Questionnaire?
        if let source {
            checksum.add(file: structureFile, source.root)
            definition = structure.read(source.root)
            faults += structure.file.faults
        }
        let texts = texts(folder, structure.outline, checksum: &checksum, faults: &faults)
        guard faults.count == before, let definition,
            let questionnaire = LoadedQuestionnaire(
                definition: definition, texts: texts, checksum: checksum.hex, folder: folder.path)
        else { return nil }
        return (questionnaire, structure.identityLine)
    }

    private static func texts(
        _ folder: SourceFolder, _ outline: Outline, checksum: inout Checksum, faults: inout [Fault]
    ) -> [Language: QuestionnaireText] {
        var texts: [Language: QuestionnaireText] = [:]
        var readers: [(language: Language, reader: TextReader)] = []
        for language in Language.byOrigin {
            guard let source = SourceFile.load(folder, language.fileName, faults: &faults) else { continue }
            checksum.add(file: language.fileName, source.root)
            var reader = TextReader(file: FileReader(file: source.path, faults: source.faults), outline: outline)
            texts[language] = reader.read(source.root)
            faults += reader.file.faults
            readers.append((language, reader))
        }
        for (language, reader) in readers {
            for (id, own) in reader.optionalKeys {
                for key in TextReader.optional where !own.keys.contains(key) {
                    guard let other = readers.first(where: { $0.reader.optionalKeys[id]?.keys.contains(key) == true }) else { continue }
                    let message = "question \(id) has no \"\(key)\", which \(other.language.fileName) has; add it"
                    faults.append(Fault(file: reader.file.file, line: own.line, message: message))
                }
            }
            let says = { (text: QuestionnaireText) in (text.disclaimer != nil, text.scale.values.joined().contains { $0.example != nil }) }
            guard let own = texts[language].map(says), let first = readers.first.flatMap({ texts[$0.language] }).map(says) else { continue }
            if own != first {
                let message = "the languages must agree on having a \"disclaimer\", and an \"example\" per step; add or remove them"
                faults.append(Fault(file: reader.file.file, line: 1, message: message))
            }
        }
        return texts
    }

    /// A file that nobody would read, such as `nl.yml`, is a mistake; a read-me is not.
    private static func strayFiles(_ names: [String], _ folder: SourceFolder) -> [Fault] {
        names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !knownFiles.contains($0) }.map { name in
            let message = "unknown file; remove it or use one of \(knownFiles.joined(separator: ", "))"
            return Fault(file: folder.path + "/" + name, line: 1, message: message)
        }
    }

    private static let knownFiles = [structureFile] + Language.byOrigin.map(\.fileName)
}

import Assessment
import Dispatch
import Synchronization

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
        for read in read(folder, outline) {
            faults += read.faults
            guard let source = read.source, let reader = read.reader else { continue }
            checksum.add(file: read.language.fileName, source.root)
            texts[read.language] = read.text
            faults += reader.file.faults
            readers.append((read.language, reader))
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

    private struct ReadText: Sendable {
        let language: Language
        var source: SourceFile?
        var reader: TextReader?
        var text: QuestionnaireText?
        var faults: [Fault] = []
    }

    /// The languages beside each other, for a start waits for them.
    private static func read(_ folder: SourceFolder, _ outline: Outline) -> [ReadText] {
        let languages = Language.byOrigin
        let read = Mutex<[Language: ReadText]>([:])
        DispatchQueue.concurrentPerform(iterations: languages.count) { index in
            var one = ReadText(language: languages[index])
            one.source = SourceFile.load(folder, one.language.fileName, faults: &one.faults)
            if let source = one.source {
                var reader = TextReader(file: FileReader(file: source.path, faults: source.faults), outline: outline)
                one.text = reader.read(source.root)
                one.reader = reader
            }
            read.withLock { [one] in $0[one.language] = one }
        }
        return read.withLock { read in languages.compactMap { read[$0] } }
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

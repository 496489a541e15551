/// The interface's wording: one file per language, nested maps flattened to dotted keys.
public struct Wording: Sendable {
    /// Reads `en.yaml`, `nl.yaml`, `fr.yaml` and `de.yaml`.
    /// - Parameter keys: what every language must have, no more and no less.
    /// - Throws: every key that is missing, unknown, twice there or empty, and every text whose placeholders, such
    ///   as `{name}`, differ from the English one's.
    public static func load(folder path: String, keys: [String]) throws(LoadFailure) -> [Language: [String: String]] {
        var faults: [Fault] = []
        var wording: [Language: [String: String]] = [:]
        do {
            let folder = try SourceFolder(path: path)
            var english: [String: WordingReader.Text] = [:]
            for language in Language.byOrigin {
                guard let source = SourceFile.load(folder, language.fileName, faults: &faults) else { continue }
                var reader = WordingReader(file: FileReader(file: source.path, faults: source.faults))
                reader.read(source.root, keys: keys)
                if language == .en { english = reader.texts }
                reader.comparePlaceholders(with: english)
                faults += reader.file.faults
                wording[language] = reader.texts.mapValues(\.text)
            }
        } catch {
            faults.append(error)
        }
        guard faults.isEmpty else { throw LoadFailure(faults) }
        return wording
    }
}

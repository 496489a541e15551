/// Reads the folder of classifications.
enum ClassificationFiles {
    static let folderName = "classifications"

    /// `nil` where a file is at fault: then nothing is compared with it.
    static func load(_ folder: SourceFolder, faults: inout [Fault]) -> Classifications? {
        let before = faults.count
        let sectors = read(folder, "sectors.yaml", &faults) { SectorReader.read($1, &$0) }
        let regions = read(folder, "regions.yaml", &faults) { RegionReader.read($1, &$0) }
        let sizes = read(folder, "sizes.yaml", &faults) { SizeReader.read($1, &$0) }
        let nis2 = read(folder, "nis2.yaml", &faults) { Nis2Reader.read($1, &$0) }
        let schemes = read(folder, "references.yaml", &faults) { ReferenceReader.read($1, &$0) }
        guard faults.count == before, let sectors, let regions, let sizes, let nis2, let schemes else { return nil }
        return Classifications(
            sectors: sectors.sections, sectorVersion: sectors.version, regions: regions, sizes: sizes,
            nis2: nis2.annexes, nis2Version: nis2.version, referenceSchemes: schemes)
    }

    private static func read<Value>(
        _ folder: SourceFolder, _ name: String, _ faults: inout [Fault],
        _ interpret: (inout FileReader, Node) -> Value?
    ) -> Value? {
        guard let source = SourceFile.load(folder, name, faults: &faults) else { return nil }
        var file = FileReader(file: source.path, faults: source.faults)
        let value = interpret(&file, source.root)
        faults += file.faults
        return value
    }
}

extension FileReader {
    /// A text in every language.
    mutating func names(_ node: Node?, of owner: String) -> [Language: String] {
        guard let node, let section = translations(node, "names of \(owner)") else { return [:] }
        var names: [Language: String] = [:]
        for language in Language.allCases {
            names[language] = wording(section[language.rawValue], section.what(language.rawValue))
        }
        return names
    }

    mutating func translations(_ node: Node, _ name: String) -> Section? {
        section(node, name, required: Language.byOrigin.map(\.rawValue))
    }
}

/// One YAML file, read and parsed but not understood yet.
struct SourceFile: Sendable {
    let path: String
    let root: Node
    /// Duplicate keys.
    let faults: [Fault]

    /// `nil` where the file cannot be read or parsed, which is added to `faults`.
    static func load(_ folder: SourceFolder, _ name: String, faults: inout [Fault]) -> SourceFile? {
        let path = folder.path + "/" + name
        do {
            let (root, duplicates) = try Composer.compose(try folder.bytes(of: name), file: path)
            return SourceFile(path: path, root: root, faults: duplicates)
        } catch {
            faults.append(error)
            return nil
        }
    }
}

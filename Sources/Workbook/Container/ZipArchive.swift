import CZip
import Glibc

/// The parts of a workbook file, held in memory. Nothing is unpacked beyond the limits (SEC-16).
final class ZipArchive {
    /// Of everything together, unpacked.
    static let limit = 64 << 20
    private static let entryLimit = 2_000

    private let archive: OpaquePointer
    private let source: OpaquePointer
    /// Index and unpacked size by name.
    private let entries: [String: (index: UInt64, size: Int)]
    var names: [String] { Array(entries.keys) }

    init(_ bytes: [UInt8]) throws(WorkbookFault) {
        guard !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { throw .encrypted }
        guard bytes.starts(with: Array("PK".utf8)), let copy = malloc(bytes.count) else { throw .notAWorkbook }
        UnsafeMutableRawBufferPointer(start: copy, count: bytes.count).copyBytes(from: bytes)
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        // From here on the copy is the source's to free.
        guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error) else {
            free(copy)
            throw .notAWorkbook
        }
        zip_source_keep(source)
        guard let archive = zip_open_from_source(source, 0, &error) else {
            // Of one that was not opened, both references are ours.
            zip_source_free(source)
            zip_source_free(source)
            throw .damaged(part: "")
        }
        do {
            entries = try Self.entries(of: archive)
        } catch {
            zip_discard(archive)
            zip_source_free(source)
            throw error
        }
        self.archive = archive
        self.source = source
    }

    private var isOpen = true

    deinit {
        if isOpen { zip_discard(archive) }
        zip_source_free(source)
    }

    private static func entries(of archive: OpaquePointer) throws(WorkbookFault) -> [String: (index: UInt64, size: Int)] {
        let count = zip_get_num_entries(archive, 0)
        guard count > 0, count <= entryLimit else { throw count > 0 ? .tooMuch : .notAWorkbook }
        var (entries, total) = ([String: (index: UInt64, size: Int)](), 0)
        for index in 0..<UInt64(count) {
            var facts = zip_stat_t()
            zip_stat_init(&facts)
            guard zip_stat_index(archive, index, 0, &facts) == 0, let name = facts.name else { throw .damaged(part: "") }
            guard facts.encryption_method == ZIP_EM_NONE else { throw .encrypted }
            guard facts.size <= UInt64(limit), total + Int(facts.size) <= limit else { throw .tooLarge(limit: limit) }
            total += Int(facts.size)
            entries[String(cString: name)] = (index, Int(facts.size))
        }
        return entries
    }

    func has(_ name: String) -> Bool { entries[name] != nil }

    /// The bytes of a part, whose checksum is compared on the way.
    func read(_ name: String) throws(WorkbookFault) -> [UInt8] {
        guard let entry = entries[name], let file = zip_fopen_index(archive, entry.index, 0) else { throw .damaged(part: name) }
        defer { zip_fclose(file) }
        // One more than it says, so that one that says too little is noticed.
        var count: Int64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: entry.size + 1) { buffer, filled in
            while filled < buffer.count, let start = buffer.baseAddress {
                count = zip_fread(file, start + filled, UInt64(buffer.count - filled))
                guard count > 0 else { return }
                filled += Int(count)
            }
        }
        guard count == 0, bytes.count == entry.size else { throw .damaged(part: name) }
        return bytes
    }

    /// The archive with some parts replaced; every other part stays as it is, byte for byte. Ends the archive.
    func replacing(_ parts: [String: [UInt8]]) throws(WorkbookFault) -> [UInt8] {
        for (name, bytes) in parts {
            guard let entry = entries[name], let copy = malloc(max(bytes.count, 1)) else { throw .damaged(part: name) }
            bytes.withUnsafeBytes { if let start = $0.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) } }
            guard let new = zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil) else {
                free(copy)
                throw .damaged(part: name)
            }
            guard zip_file_replace(archive, entry.index, new, 0) == 0 else {
                zip_source_free(new)
                throw .damaged(part: name)
            }
        }
        guard zip_close(archive) == 0 else { throw .damaged(part: "") }
        isOpen = false
        guard zip_source_open(source) == 0 else { throw .damaged(part: "") }
        defer { zip_source_close(source) }
        guard zip_source_seek(source, 0, SEEK_END) == 0 else { throw .damaged(part: "") }
        let size = Int(zip_source_tell(source))
        guard zip_source_seek(source, 0, SEEK_SET) == 0 else { throw .damaged(part: "") }
        let whole = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            filled = max(0, Int(zip_source_read(source, buffer.baseAddress, UInt64(size))))
        }
        guard whole.count == size else { throw .damaged(part: "") }
        return whole
    }
}

import CXLSXWriter
import Glibc

/// One sheet to write: lines above, then a table.
public struct OutputSheet: Sendable {
    /// At most 31 characters count, and none of `[]:*?/\`.
    public let name: String
    public let head: [String]
    public let columns: [OutputColumn]
    public let rows: [[OutputCell]]

    public init(name: String, head: [String], columns: [OutputColumn], rows: [[OutputCell]]) {
        self.name = name
        self.head = head
        self.columns = columns
        self.rows = rows
    }
}

public struct OutputColumn: Sendable {
    public let title: String
    /// In characters.
    public let width: Double

    public init(_ title: String, width: Double) {
        self.title = title
        self.width = width
    }
}

public enum OutputCell: Sendable {
    /// Always written as text: it never becomes a formula, whatever it begins with (SEC-14).
    case text(String)
    case number(Double)
}

/// Writes .xlsx by libxlsxwriter, into memory: answers leave no file behind.
public enum WorkbookWriter {
    public struct Failure: Error {
        /// As libxlsxwriter or the system says.
        public let detail: String
    }

    /// - Parameter created: Seconds since 1970, later than 1970: the same sheets then make the same bytes whenever they are written.
    public static func write(_ sheets: [OutputSheet], created: Int) throws(Failure) -> [UInt8] {
        let descriptor = linchpin_memory_file()
        guard descriptor >= 0 else { throw Failure(detail: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard let workbook = workbook_new("/proc/self/fd/\(descriptor)") else { throw Failure(detail: "no workbook") }
        var properties = lxw_doc_properties()
        properties.created = created
        workbook_set_properties(workbook, &properties)
        guard let bold = workbook_add_format(workbook), let wrapped = workbook_add_format(workbook) else {
            throw Failure(detail: "no format")
        }
        format_set_bold(bold)
        format_set_text_wrap(bold)
        format_set_text_wrap(wrapped)
        format_set_align(wrapped, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        var names: Set<String> = []
        for sheet in sheets {
            guard let page = workbook_add_worksheet(workbook, name(sheet.name, &names)) else { throw Failure(detail: "no sheet") }
            write(sheet, to: page, bold, wrapped)
        }
        let status = workbook_close(workbook)
        guard status == LXW_NO_ERROR else { throw Failure(detail: String(cString: lxw_strerror(status))) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        guard size > 0, bytes.count == size else { throw Failure(detail: "the workbook could not be read back") }
        return bytes
    }

    private static func write(
        _ sheet: OutputSheet, to page: UnsafeMutablePointer<lxw_worksheet>, _ bold: UnsafeMutablePointer<lxw_format>,
        _ wrapped: UnsafeMutablePointer<lxw_format>
    ) {
        for (column, facts) in sheet.columns.enumerated() {
            worksheet_set_column(page, UInt16(column), UInt16(column), facts.width, nil)
        }
        for (row, line) in sheet.head.enumerated() { worksheet_write_string(page, UInt32(row), 0, clean(line), nil) }
        let top = UInt32(sheet.head.count + 1)
        for (column, facts) in sheet.columns.enumerated() { worksheet_write_string(page, top, UInt16(column), clean(facts.title), bold) }
        worksheet_freeze_panes(page, top + 1, 0)
        for (offset, cells) in sheet.rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                let row = top + 1 + UInt32(offset)
                switch cell {
                case .text(let text): worksheet_write_string(page, row, UInt16(column), clean(text), wrapped)
                case .number(let number): worksheet_write_number(page, row, UInt16(column), number, wrapped)
                }
            }
        }
    }

    /// What a cell can hold: 32,767 characters (UTF-16 units), no control characters.
    private static func clean(_ text: String) -> String {
        var result = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }))
        while result.utf16.count > 32_767 { result.removeLast() }
        return result
    }

    private static func name(_ text: String, _ taken: inout Set<String>) -> String {
        let clean = String(text.filter { !"[]:*?/\\".contains($0) }.prefix(31))
        let name = taken.contains(clean.lowercased()) ? "\(clean.prefix(28)) \(taken.count + 1)" : clean
        taken.insert(name.lowercased())
        return name
    }
}

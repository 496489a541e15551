import GRDBSQLite

/// The row that a statement is at, by column position. Reads SQLite directly: a quarter of the time of GRDB's rows, and a
/// damaged file throws `.corrupted` where GRDB's subscripts stop the process.
struct Columns {
    let statement: OpaquePointer

    func text(_ column: Int) throws -> String {
        guard let text = optionalText(column) else { throw StoreError.corrupted(detail: "NULL where text belongs") }
        return text
    }

    func integer(_ column: Int) throws -> Int64 {
        guard let number = optionalInteger(column) else { throw StoreError.corrupted(detail: "NULL where a number belongs") }
        return number
    }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, CInt(column)) == SQLITE_NULL }
    func count(_ column: Int) throws -> Int { Int(try integer(column)) }
    func flag(_ column: Int) throws -> Bool { try integer(column) != 0 }
    func time(_ column: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(column)) }
    func optionalTime(_ column: Int) -> Timestamp? { optionalInteger(column).map(Timestamp.init(milliseconds:)) }

    func optionalText(_ column: Int) -> String? {
        guard let bytes = sqlite3_column_text(statement, CInt(column)) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, CInt(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private func optionalInteger(_ column: Int) -> Int64? {
        guard !isNull(column) else { return nil }
        return sqlite3_column_int64(statement, CInt(column))
    }
}

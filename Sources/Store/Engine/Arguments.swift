import GRDBSQLite

/// What can be an argument of a statement. Own, because GRDB's strings end at the first NUL.
protocol Argument {
    /// Copies the value into a statement; returns SQLite's result code.
    func bind(to statement: OpaquePointer, at index: CInt) -> CInt
}

extension Int64: Argument {
    func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, self) }
}

extension Int: Argument {
    func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, Int64(self)) }
}

extension String: Argument {
    func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
        var text = self
        return text.withUTF8 { bytes in
            guard let count = CInt(exactly: bytes.count) else { return SQLITE_TOOBIG }
            // An empty string may have no address, which SQLite would take for NULL.
            guard let start = bytes.baseAddress, count > 0 else { return sqlite3_bind_text(statement, index, "", 0, copied) }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(statement, index, $0, count, copied)
            }
        }
    }
}

/// SQLITE_TRANSIENT, a macro that Swift does not import: SQLite makes its own copy at once.
private var copied: sqlite3_destructor_type? { unsafeBitCast(-1, to: sqlite3_destructor_type?.self) }

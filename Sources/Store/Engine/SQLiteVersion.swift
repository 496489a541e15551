import GRDBSQLite

/// The SQLite library in this process.
enum SQLiteVersion {
    static var text: String { String(cString: sqlite3_libversion()) }

    /// The WAL-reset bug is in 3.7.0 to 3.51.2, except for the fixed 3.50.7 and 3.44.6 (sqlite.org/wal.html#walresetbug).
    static var hasWALResetBug: Bool { hasWALResetBug(Int(sqlite3_libversion_number())) }

    /// `number` is such as 3040001 for 3.40.1.
    static func hasWALResetBug(_ number: Int) -> Bool {
        let isFixedSeries = (3_050_007..<3_051_000).contains(number) || (3_044_006..<3_045_000).contains(number)
        return number >= 3_007_000 && number < 3_051_003 && !isFixedSeries
    }
}

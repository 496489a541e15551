import GRDB
import GRDBSQLite

/// SQL text that is fixed when the program is compiled: a literal makes one, a value never can.
struct ConstantSQL: ExpressibleByStringLiteral, Sendable {
    let text: String
    init(stringLiteral text: String) { self.text = text }

    /// Two constants make one, on lines of their own: what several statements begin with is written once.
    static func + (left: Self, right: Self) -> Self { .init(stringLiteral: "\(left.text)\n\(right.text)") }
}

/// Every statement of the store runs through these. A statement is compiled once per connection.
extension Database {
    /// Runs a statement that returns no rows.
    func run(_ sql: ConstantSQL, _ arguments: (any Argument)?...) throws {
        try visit(sql, arguments) { _ in true }
    }

    /// Runs a statement that changes rows, and tells how many.
    func change(_ sql: ConstantSQL, _ arguments: (any Argument)?...) throws -> Int {
        try visit(sql, arguments) { _ in true }
        return changesCount
    }

    /// Whether there is a row.
    func any(_ sql: ConstantSQL, _ arguments: (any Argument)?...) throws -> Bool {
        var found = false
        try visit(sql, arguments) { _ in
            found = true
            return false
        }
        return found
    }

    /// The first row, decoded; `nil` where there is none.
    func first<Value>(_ sql: ConstantSQL, _ arguments: (any Argument)?..., decode: (Columns) throws -> Value) throws -> Value? {
        var value: Value?
        try visit(sql, arguments) { columns in
            value = try decode(columns)
            return false
        }
        return value
    }

    /// Shows every row.
    func each(_ sql: ConstantSQL, _ arguments: (any Argument)?..., body: (Columns) throws -> Void) throws {
        try visit(sql, arguments) { columns in
            try body(columns)
            return true
        }
    }

    /// Every row, decoded.
    func all<Value>(_ sql: ConstantSQL, _ arguments: (any Argument)?..., decode: (Columns) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try visit(sql, arguments) { columns in
            values.append(try decode(columns))
            return true
        }
        return values
    }

    /// Runs BEGIN, COMMIT, SAVEPOINT and their like: GRDB must see these, as it keeps track of transactions.
    func control(_ sql: ConstantSQL) throws { try cachedStatement(sql: sql.text).execute() }

    /// Shows rows until `body` says no. Steps SQLite itself: GRDB's cursors and rows cost more than the lookups here.
    private func visit(_ sql: ConstantSQL, _ arguments: [(any Argument)?], body: (Columns) throws -> Bool) throws {
        let statement = try cachedStatement(sql: sql.text).sqliteStatement
        sqlite3_reset(statement)
        defer { sqlite3_reset(statement) }
        guard Int(sqlite3_bind_parameter_count(statement)) == arguments.count else {
            throw DatabaseError(resultCode: .SQLITE_RANGE, message: "\(arguments.count) arguments")
        }
        for (index, argument) in arguments.enumerated() {
            let place = CInt(index + 1)
            try succeed(argument?.bind(to: statement, at: place) ?? sqlite3_bind_null(statement, place))
        }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            if code != SQLITE_ROW { try succeed(code) }
            guard try body(Columns(statement: statement)) else { return }
        }
    }

    private func succeed(_ code: CInt) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage)
    }
}

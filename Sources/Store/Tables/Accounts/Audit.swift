import Crypto
import GRDB

/// What came of checking the audit trail.
public enum AuditCheck: Sendable, Hashable {
    /// How many rows, and the hash of the last one: kept elsewhere, it shows whether rows were cut off at the end.
    case sound(rows: Int64, hash: String)
    /// The first row that does not follow from the one before.
    case broken(number: Int64)
}

extension Store {
    /// Rows of the audit trail, newest first: all, or those of one organisation.
    public func audit(organisation: String? = nil, before number: Int64 = .max, limit: Int = 100) throws -> [AuditEntry] {
        try read.once { db in
            if let organisation {
                return try db.all(
                    """
                    SELECT audit.number, at, actor, action, object, organisation, detail, address
                    FROM audit LEFT JOIN audit_origin ON audit_origin.number = audit.number
                    WHERE organisation = ? AND audit.number < ? ORDER BY audit.number DESC LIMIT ?
                    """, organisation, number, limit, decode: AuditEntry.init(row:))
            }
            return try db.all(
                """
                SELECT audit.number, at, actor, action, object, organisation, detail, address
                FROM audit LEFT JOIN audit_origin ON audit_origin.number = audit.number
                WHERE audit.number < ? ORDER BY audit.number DESC LIMIT ?
                """, number, limit, decode: AuditEntry.init(row:))
        }
    }

    /// Follows the chain of a data folder from its first row to its last; only reads, so that the service may run.
    public static func verifyAudit(folder path: String) throws -> AuditCheck {
        let database = DataFolder(path: path).database
        guard Files.exists(database) else { throw StoreError.notFound(path: database) }
        do {
            let queue = try Connections.observer(database)
            let check = try queue.read { try $0.verifyAudit() }
            try queue.close()
            return check
        } catch {
            throw StoreError(opening: database, error)
        }
    }
}

extension Database {
    /// Adds a row to the audit trail, in the transaction of what it tells of.
    func audit(
        _ action: AuditAction, _ object: String, organisation: String = "", detail: String = "", by actor: Actor, now: Timestamp
    ) throws {
        let last = try first("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1") { (try $0.integer(0), try $0.text(1)) }
        let number = (last?.0 ?? 0) + 1
        // 128 random bits: nobody finds the address by trying all of them once the salt is gone.
        let salt = actor.address.isEmpty ? "" : Digest32(of: (0..<16).map { _ in UInt8.random(in: .min ... .max) }).hexadecimal
        let origin = actor.address.isEmpty ? "" : Digest32(of: Array("\(salt)\(actor.address)".utf8)).hexadecimal
        let row = AuditRow(
            number: number, at: now.milliseconds, texts: [actor.id, action.rawValue, object, organisation, detail, origin])
        try run(
            """
            INSERT INTO audit (number, at, actor, action, object, organisation, detail, origin, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, now.milliseconds, actor.id, action.rawValue, object, organisation, detail, origin, row.hash(after: last?.1 ?? ""))
        guard !actor.address.isEmpty else { return }
        try run("INSERT INTO audit_origin (number, salt, address) VALUES (?, ?, ?)", number, salt, actor.address)
    }

    /// Takes the addresses out of an actor's rows; the chain stays sound.
    func forgetOrigins(of actor: String) throws {
        try run("DELETE FROM audit_origin WHERE number IN (SELECT number FROM audit WHERE actor = ?)", actor)
    }

    func verifyAudit() throws -> AuditCheck {
        var (number, hash) = (Int64(0), "")
        var broken: Int64?
        try each("SELECT number, at, actor, action, object, organisation, detail, origin, hash FROM audit ORDER BY number") { row in
            guard broken == nil else { return }
            let found = AuditRow(number: try row.integer(0), at: try row.integer(1), texts: try (2...7).map { try row.text($0) })
            let next = found.hash(after: hash)
            guard found.number == number + 1, next == (try row.text(8)) else {
                broken = number + 1
                return
            }
            (number, hash) = (found.number, next)
        }
        // An address that was changed no longer fits the digest in its row.
        let odd = try all(
            "SELECT audit.number, origin, salt, address FROM audit_origin JOIN audit ON audit.number = audit_origin.number ORDER BY audit.number"
        ) { row in
            let digest = Digest32(of: Array("\(try row.text(2))\(try row.text(3))".utf8)).hexadecimal
            return (number: try row.integer(0), fits: digest == (try row.text(1)))
        }.first { !$0.fits }
        if let first = [broken, odd?.number].compactMap({ $0 }).min() { return .broken(number: first) }
        return .sound(rows: number, hash: hash)
    }
}

/// What a row's hash covers. Lengths before texts: no two rows give the same bytes.
private struct AuditRow {
    let number: Int64
    let at: Int64
    let texts: [String]

    func hash(after last: String) -> String {
        let content = texts.reduce(into: "\(last) \(number) \(at)") { $0 += " \($1.utf8.count):\($1)" }
        return Digest32(of: Array(content.utf8)).hexadecimal
    }
}

extension AuditEntry {
    fileprivate init(row: Columns) throws {
        self.init(
            number: try row.integer(0), at: try row.time(1), actor: try row.text(2), action: try row.text(3), object: try row.text(4),
            organisation: try row.text(5), detail: try row.text(6), address: row.optionalText(7) ?? "")
    }
}

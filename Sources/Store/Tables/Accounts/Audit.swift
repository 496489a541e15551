import Crypto
import GRDB

extension Store {
    /// Rows of the audit trail, newest first: all, or those of one organisation.
    public func audit(organisation: String? = nil, before number: Int64 = .max, limit: Int = 100) throws -> [AuditEntry] {
        try read.once { db in
            if let organisation {
                return try db.all(
                    AuditEntry.select + "WHERE organisation = ? AND audit.number < ? ORDER BY audit.number DESC LIMIT ?",
                    organisation, number, limit, decode: AuditEntry.init(row:))
            }
            return try db.all(
                AuditEntry.select + "WHERE audit.number < ? ORDER BY audit.number DESC LIMIT ?",
                number, limit, decode: AuditEntry.init(row:))
        }
    }

    /// The number and hash of the last row; `nil` where there is none yet.
    public func auditHead() throws -> AuditMark? {
        try read.once { db in
            try db.first("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1") { row in
                AuditMark(number: try row.integer(0), hash: try row.text(1))
            }
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
        let origin = actor.address.isEmpty ? "" : AuditRow.origin(actor.address, salt: salt)
        let row = AuditRow(
            number: number, at: now.milliseconds, texts: [actor.id, action.rawValue, object, organisation, detail, origin])
        try run(
            """
            INSERT INTO audit (number, at, actor, action, object, organisation, detail, origin, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, now.milliseconds, actor.id, action.rawValue, object, organisation, detail, origin, row.hash(after: last?.1 ?? ""))
        guard !actor.address.isEmpty else { return }
        try run("INSERT INTO audit_origin (number, salt, address) VALUES (?, ?, ?)", number, salt, actor.address)
    }

    /// Takes the addresses out of an account's rows, also out of those of whoever tried to sign in to it; the chain stays sound.
    func forgetOrigins(of account: String) throws {
        try run(
            """
            DELETE FROM audit_origin WHERE number IN (
                SELECT number FROM audit WHERE actor = ?1 UNION ALL SELECT number FROM audit WHERE object = ?1 AND actor = 'visitor')
            """, account)
    }
}

/// What a row's hash covers. Lengths before texts: no two rows give the same bytes.
struct AuditRow {
    let number: Int64
    let at: Int64
    /// Actor, action, object, organisation, detail, origin.
    let texts: [String]

    func hash(after last: String) -> String {
        let content = texts.reduce(into: "\(last) \(number) \(at)") { $0 += " \($1.utf8.count):\($1)" }
        return Digest32(of: Array(content.utf8)).hexadecimal
    }

    /// What a row keeps of an address.
    static func origin(_ address: String, salt: String) -> String { Digest32(of: Array("\(salt)\(address)".utf8)).hexadecimal }
}

extension AuditEntry {
    static let select: ConstantSQL = """
        SELECT audit.number, at, actor, action, object, organisation, detail, address
        FROM audit LEFT JOIN audit_origin ON audit_origin.number = audit.number
        """

    /// Eight columns: number, at, actor, action, object, organisation, detail, address.
    init(row: Columns) throws {
        self.init(
            number: try row.integer(0), at: try row.time(1), actor: try row.text(2), action: try row.text(3), object: try row.text(4),
            organisation: try row.text(5), detail: try row.text(6), address: row.optionalText(7) ?? "")
    }
}

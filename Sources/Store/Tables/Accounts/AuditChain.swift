import GRDB

/// What came of checking the audit trail.
public enum AuditCheck: Sendable, Hashable {
    /// Every row follows from the one before. The last one, or number 0 and no hash where there is none.
    case sound(AuditMark)
    /// The first row that does not follow from the one before, or whose address is not the one it was written with.
    case broken(number: Int64)
    /// The chain is sound but ends before the row that was noted elsewhere.
    case cutOff(last: Int64, expected: Int64)
    /// The chain is sound but has another hash at the row that was noted elsewhere: it was written anew.
    case rewritten(number: Int64)
}

extension Store {
    /// Follows the chain of a data folder from its first row to its last; only reads, so that the service may run. Blocks the
    /// calling thread.
    /// - Parameter expected: What was noted elsewhere before.
    public static func verifyAudit(folder path: String, expecting expected: AuditMark? = nil) throws -> AuditCheck {
        let database = DataFolder(path: path).database
        guard Files.exists(database) else { throw StoreError.notFound(path: database) }
        do {
            let queue = try Connections.observer(database)
            var walk = AuditWalk(expected: expected)
            while walk.finding == nil { walk = try queue.read { try $0.follow(walk) } }
            try queue.close()
            return walk.finding ?? .sound(walk.last)
        } catch {
            throw StoreError(opening: database, error)
        }
    }

    /// The same for an open store, beside everything else.
    public func checkAudit() async throws -> AuditCheck {
        var walk = AuditWalk(expected: nil)
        while walk.finding == nil { walk = try await read.scan { [walk] in try $0.follow(walk) } }
        return walk.finding ?? .sound(walk.last)
    }
}

/// How far a check has come. It goes in pieces, so that no read lasts long: rows are only ever added.
private struct AuditWalk: Sendable {
    static let pieceLength = 2_000

    let expected: AuditMark?
    var last = AuditMark(number: 0, hash: "")
    var finding: AuditCheck?

    /// Numbers begin at 1; what somebody put in before them is found too.
    var start: Int64 { last.number == 0 ? .min : last.number + 1 }

    mutating func take(_ row: AuditRow, hash: String, address: (salt: String, text: String)?) {
        guard finding == nil else { return }
        let isNext = row.number == last.number + 1 && row.hash(after: last.hash) == hash
        // A salt of another length could take signs from the address.
        let isFrom = address.map { $0.salt.utf8.count == 64 && AuditRow.origin($0.text, salt: $0.salt) == row.texts.last } ?? true
        guard isNext, isFrom else {
            finding = .broken(number: last.number + 1)
            return
        }
        last = AuditMark(number: row.number, hash: hash)
        if let expected, expected.number == row.number, expected.hash != hash { finding = .rewritten(number: row.number) }
    }

    mutating func end() {
        guard finding == nil else { return }
        finding = expected.flatMap { $0.number > last.number ? .cutOff(last: last.number, expected: $0.number) : nil } ?? .sound(last)
    }
}

extension Database {
    /// Checks the next piece of the chain.
    fileprivate func follow(_ walk: AuditWalk) throws -> AuditWalk {
        var walk = walk
        var count = 0
        try each(
            """
            SELECT audit.number, at, actor, action, object, organisation, detail, origin, hash, salt, address
            FROM audit LEFT JOIN audit_origin ON audit_origin.number = audit.number
            WHERE audit.number >= ? ORDER BY audit.number LIMIT ?
            """, walk.start, AuditWalk.pieceLength
        ) { row in
            count += 1
            let found = AuditRow(number: try row.integer(0), at: try row.integer(1), texts: try (2...7).map { try row.text($0) })
            let address = try row.optionalText(10).map { (salt: try row.text(9), text: $0) }
            walk.take(found, hash: try row.text(8), address: address)
        }
        if count < AuditWalk.pieceLength { walk.end() }
        return walk
    }
}

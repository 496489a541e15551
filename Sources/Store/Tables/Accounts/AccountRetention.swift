import GRDB

/// What a purge did with an account.
enum AccountPurge {
    case kept
    /// Its owner is told when it will go.
    case told
    case erased
}

extension Database {
    /// Accounts that nobody signed in to for so long that their owners must be told or they go.
    func idleAccounts(now: Timestamp) throws -> [String] {
        try all(
            "SELECT id FROM account WHERE active_at <= ? ORDER BY active_at, id",
            now.adding(days: Retention.noticeDays).adding(months: -Retention.months).milliseconds
        ) { try $0.text(0) }
    }

    /// Tells the owner of an idle account, or erases it with the organisations that it leads alone. Kept is what another still
    /// uses: an account that alone leads an organisation goes only when nobody uses that any more.
    func purge(account id: String, notice: RetentionNotice?, now: Timestamp) throws -> AccountPurge {
        guard let account = try account(id: id), Retention.noticeBegins(after: account.activeAt) <= now else { return .kept }
        let departure = try departure(of: id)
        let organisations = (departure.alone + departure.unled).map(\.organisation)
        let last = try organisations.map(lastUse(of:)).max().map { max($0, account.activeAt) } ?? account.activeAt
        guard !departure.isLastAdministrator, Retention.noticeBegins(after: last) <= now else {
            // She is told anew once it comes to that again.
            try run("UPDATE account SET noticed_at = NULL WHERE id = ? AND noticed_at IS NOT NULL", id)
            return .kept
        }
        if let notice, try noticedAt(id) == nil {
            let end = max(Retention.end(after: last), now.adding(days: Retention.noticeDays))
            guard let mail = notice(account, end) else { return .kept }
            try insert(mail, now: now)
            try run("UPDATE account SET noticed_at = ? WHERE id = ?", now.milliseconds, id)
            return .told
        }
        guard Retention.end(after: last) <= now else { return .kept }
        if notice != nil {
            let told = try organisations.flatMap(members(of:)).map(\.account) + [id]
            let limit = now.adding(days: -Retention.noticeDays)
            guard try told.allSatisfy({ try noticedAt($0).map { $0 <= limit } ?? false }) else { return .kept }
        }
        try erase(account: id, with: organisations, by: .service, now: now)
        return .erased
    }

    private func noticedAt(_ account: String) throws -> Timestamp? {
        try first("SELECT noticed_at FROM account WHERE id = ?", account) { $0.optionalTime(0) } ?? nil
    }

    /// The last sign-in of a member or change of an assessment.
    private func lastUse(of organisation: String) throws -> Timestamp {
        let last = try first(
            """
            SELECT max(
                changed_at,
                ifnull((SELECT max(active_at) FROM membership JOIN account ON account.id = membership.account
                    WHERE membership.organisation = ?1), 0),
                ifnull((SELECT max(changed_at) FROM assessment WHERE assessment.organisation = ?1), 0))
            FROM organisation WHERE id = ?1
            """, organisation
        ) { try $0.time(0) }
        guard let last else { throw StoreError.corrupted(detail: "a membership of no organisation") }
        return last
    }
}

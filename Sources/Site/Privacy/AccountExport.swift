import Hummingbird
import Store

/// Everything that is kept about a person, as one file for her to take along (GDPR, articles 15 and 20):
///
/// ```
/// {"format": "linchpin-account-1", "exported": TIME,
///  "account": {"id", "email", "name", "language", "roles": […], "made": TIME, "lastSignIn": TIME, "secondStep": true},
///  "sessions": [{"began": TIME, "ends": TIME, "address", "browser"}],
///  "signIns": [{"at": TIME, "outcome", "address", "browser"}],
///  "memberships": [{"organisation", "name", "role", "since": TIME}],
///  "links": [{"purpose", "made": TIME, "expires": TIME, "used": TIME, "email", "organisation", "role"}],
///  "messages": [{"kind", "written": TIME, "failed": TIME}],
///  "opened": [{"assessment", "fields": [{"name", "value", "changed": TIME}]}], fields where it belongs to no organisation
///  "asked": [{"id", "name", "sections": […], "made": TIME, "expires": TIME, "withdrawn": TIME}],
///  "fields": [{"assessment", "name", "value", "changed": TIME}],
///  "did": [{"number", "at": TIME, "actor", "action", "object", "organisation", "detail", "address"}],
///  "wasDoneTo": [the same without address]}
/// ```
///
/// Passwords, codes, salts and digests are not in it: they would help only who should not have them.
enum AccountExport {
    static func add(to routes: inout RouteTable) {
        routes.add(.post, "/account/export.json", .signedIn, signed: export)
    }

    private static func export(_ signed: SignedVisit) async throws -> Response {
        _ = try signed.fields([])
        try await signed.site.store.noteExport(account: signed.account.id, by: signed.actor, now: signed.now)
        return ExportFile.response(name: "linchpin-account.json") { json, send in
            let (account, store) = (signed.account, signed.site.store)
            json.member("format", "linchpin-account-1")
            json.member("exported", signed.now)
            json.member("account", object: { write(account, into: &$0) })
            try write(signIns: account, signed, into: &json)
            try write(bonds: account, store, into: &json)
            try await send(&json)
            try await write(openedBy: account.id, store, into: &json, send)
            try await ExportFile.rows("fields", into: &json, send: send) { last in
                try store.fields(writtenBy: account.id, after: last, limit: ExportFile.part)
            } write: { field, json in
                json.member("assessment", field.assessment)
                json.member("name", field.name)
                json.member("value", field.value)
                json.member("changed", field.changedAt)
            }
            try await ExportFile.rows("did", into: &json, send: send) { (last: AuditEntry?) in
                try store.audit(by: account.id, after: last?.number ?? 0, limit: ExportFile.part)
            } write: { entry, json in
                json.members(entry)
                json.optional("address", entry.address)
            }
            try await ExportFile.rows("wasDoneTo", into: &json, send: send) { (last: AuditEntry?) in
                try store.audit(about: account.id, after: last?.number ?? 0, limit: ExportFile.part)
            } write: { entry, json in
                json.members(entry)
            }
        }
    }

    private static func write(
        openedBy account: String, _ store: Store, into json: inout JSONText, _ send: (inout JSONText) async throws -> Void
    ) async throws {
        json.begin(.array, "opened")
        for assessment in try store.opened(by: account) {
            let fields = try store.fields(ofOpened: assessment, by: account)
            json.element(object: { json in
                json.member("assessment", assessment)
                json.list("fields", fields.sorted { $0.key < $1.key }) { field, json in
                    json.member("name", field.key)
                    json.member("value", field.value.value)
                    json.member("changed", field.value.changedAt)
                }
            })
            try await send(&json)
        }
        json.end(.array)
    }

    private static func write(_ account: Account, into json: inout JSONText) {
        json.member("id", account.id)
        json.member("email", account.email)
        json.member("name", account.name)
        json.member("language", account.language)
        json.member("roles", array: { roles in account.roles.map(\.rawValue).sorted().forEach { roles.element($0) } })
        json.member("made", account.createdAt)
        json.member("lastSignIn", account.activeAt)
        json.member("secondStep", account.totp != nil)
    }

    private static func write(signIns account: Account, _ signed: SignedVisit, into json: inout JSONText) throws {
        let sessions = try signed.site.store.sessions(of: account.id, now: signed.now)
        json.list("sessions", sessions) { session, json in
            json.member("began", session.beganAt)
            json.member("ends", session.expiresAt)
            json.members(session.origin)
        }
        json.list("signIns", try signed.site.store.signInHistory(of: account.id, limit: .max)) { record, json in
            json.member("at", record.at)
            json.member("outcome", record.outcome.rawValue)
            json.members(record.origin)
        }
    }

    private static func write(bonds account: Account, _ store: Store, into json: inout JSONText) throws {
        json.list("memberships", try store.memberships(of: account.id)) { membership, json in
            json.member("organisation", membership.organisation)
            json.member("name", membership.name)
            json.member("role", membership.role.rawValue)
            json.member("since", membership.since)
        }
        json.list("links", try store.tickets(for: account)) { ticket, json in
            json.member("purpose", ticket.purpose.rawValue)
            json.member("made", ticket.madeAt)
            json.member("expires", ticket.expiresAt)
            json.optional("used", ticket.usedAt)
            json.optional("email", ticket.email)
            json.optional("organisation", ticket.organisation)
            json.optional("role", ticket.role?.rawValue)
        }
        json.list("messages", try store.mailStates(to: account)) { mail, json in
            json.member("kind", mail.kind)
            json.member("written", mail.createdAt)
            json.optional("failed", mail.failedAt)
        }
        json.list("asked", try store.contributions(askedBy: account.id)) { $1.members($0) }
    }
}

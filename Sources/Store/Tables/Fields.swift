import GRDB

extension Store {
    /// Writes the fields that the visitor changed (REL-15). A field is written where nobody else changed it since the form was
    /// drawn, or where the same form wrote it before (double click, Back); it is left alone where it has that value already;
    /// else it is a conflict, and theirs stays. Throws `.noAccess`.
    ///
    /// Prolongs the session by its own lifetime.
    /// - Parameters:
    ///   - selection: Holds the names of all changes.
    ///   - section: Whose fields these are, for a contributor.
    public func save(
        _ changes: [FieldChange], form: String, assessment: String, section: String? = nil, selection: FieldSelection = .all,
        session: SessionKey, permit: @escaping Permit, now: Timestamp
    ) async throws -> SaveOutcome {
        try await writer.write { db in
            let author = try db.require(permit, session, to: assessment, now: now).author(section: section)
            var fields = try db.fields(of: assessment, selection)
            var saved: [String] = []
            var conflicts: [Conflict] = []
            var hasWritten = false
            for change in changes {
                switch Merge(change, over: fields[change.name], form: form, author: author, now: now) {
                case .same: saved.append(change.name)
                case .untouched: break
                case .conflict(let conflict): conflicts.append(conflict)
                case .write(let field):
                    try db.write(field, name: change.name, assessment: assessment)
                    fields[change.name] = field
                    saved.append(change.name)
                    hasWritten = true
                }
            }
            let revision = try hasWritten ? db.countRevision(of: assessment, now: now) : db.revision(of: assessment)
            try db.extend(session, now: now)
            return SaveOutcome(saved: saved, conflicts: conflicts, revision: revision, fields: fields)
        }
    }
}

/// What one change means for what is stored.
enum Merge: Equatable {
    case same
    /// The form says nothing about it.
    case untouched
    case write(StoredField)
    case conflict(Conflict)

    init(_ change: FieldChange, over stored: StoredField?, form: String, author: String = "", now: Timestamp) {
        let version = stored?.version ?? 0
        let value = stored?.value ?? ""
        let isSameForm = stored?.form == form && !form.isEmpty
        if value.utf8.elementsEqual(change.value.utf8) {
            self = .same
        } else if change.isAsShown && !isSameForm {
            self = .untouched
        } else if version == change.base || isSameForm {
            self = .write(StoredField(value: change.value, version: version + 1, form: form, changedAt: now, author: author))
        } else {
            self = .conflict(
                Conflict(
                    name: change.name, mine: change.value, theirs: value, theirsVersion: version, changedAt: stored?.changedAt ?? now))
        }
    }
}

extension Database {
    func fields(of assessment: String, _ selection: FieldSelection) throws -> [String: StoredField] {
        var fields: [String: StoredField] = [:]
        try each(
            """
            SELECT name, value, version, form, changed_at, author FROM field WHERE assessment = ?1 AND name >= ?2 AND name < ?3
            UNION ALL
            SELECT name, value, version, form, changed_at, author FROM field WHERE assessment = ?1 AND name >= ?4 AND name < ?5
            """, assessment, selection.one.first, selection.one.end, selection.other.first, selection.other.end
        ) { row in fields[try row.text(0)] = try row.field(from: 1) }
        return fields
    }

    func write(_ field: StoredField, name: String, assessment: String) throws {
        try run(
            """
            INSERT INTO field (assessment, name, value, version, form, changed_at, author) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (assessment, name) DO UPDATE SET value = excluded.value, version = excluded.version, form = excluded.form,
                changed_at = excluded.changed_at, author = excluded.author
            """, assessment, name, field.value, field.version, field.form, field.changedAt.milliseconds, field.author)
    }
}

extension Columns {
    /// Five columns: value, version, form, changed_at, author.
    func field(from column: Int) throws -> StoredField {
        StoredField(
            value: try text(column), version: try integer(column + 1), form: try text(column + 2), changedAt: try time(column + 3),
            author: try text(column + 4))
    }
}

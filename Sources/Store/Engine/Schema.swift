/// One step of the database's shape. Its statements and its number are written in one transaction (REL-18).
struct Migration: Sendable {
    /// 1, 2, 3 …; the file's `user_version` once it is done.
    let number: Int
    /// The last one sets `user_version`, as SQL knows no argument there.
    let statements: [ConstantSQL]
}

/// The shape of the database: STRICT tables in the subset that SQLite ≥ 3.40 and PostgreSQL ≥ 15 share, as far as it goes.
/// Times are milliseconds UTC; digests are 64 hexadecimal digits; 0 and 1 are no and yes.
enum Schema {
    /// Marks a SQLite file as Linchpin's (`PRAGMA application_id`): "LPIN".
    static let applicationID: Int64 = 0x4C50_494E

    static let migrations = [Migration(number: 1, statements: first), Migration(number: 2, statements: accounts)]

    private static let first: [ConstantSQL] = [
        "PRAGMA application_id = 1280330062",
        """
        CREATE TABLE edition (
            questionnaire TEXT NOT NULL, edition TEXT NOT NULL, checksum TEXT NOT NULL, recorded_at INTEGER NOT NULL,
            PRIMARY KEY (questionnaire, edition)
        ) STRICT
        """,
        """
        CREATE TABLE assessment (
            id TEXT NOT NULL PRIMARY KEY,
            questionnaire TEXT NOT NULL, edition TEXT NOT NULL, language TEXT NOT NULL,
            revision INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
            link TEXT UNIQUE, link_made_at INTEGER, link_kept_at INTEGER,
            FOREIGN KEY (questionnaire, edition) REFERENCES edition (questionnaire, edition)
        ) STRICT
        """,
        "CREATE INDEX assessment_by_edition ON assessment (questionnaire, edition)",
        "CREATE INDEX assessment_by_change ON assessment (changed_at)",
        """
        CREATE TABLE field (
            assessment TEXT NOT NULL REFERENCES assessment (id), name TEXT NOT NULL, value TEXT NOT NULL,
            version INTEGER NOT NULL, form TEXT NOT NULL, changed_at INTEGER NOT NULL,
            PRIMARY KEY (assessment, name)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE session (
            key TEXT NOT NULL PRIMARY KEY, expires_at INTEGER NOT NULL, lifetime INTEGER NOT NULL, extended_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX session_by_expiry ON session (expires_at)",
        """
        CREATE TABLE access (
            session TEXT NOT NULL REFERENCES session (key) ON DELETE CASCADE,
            assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
            PRIMARY KEY (session, assessment)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX access_by_assessment ON access (assessment)",
        """
        CREATE TABLE submission (
            assessment TEXT NOT NULL REFERENCES assessment (id), number INTEGER NOT NULL,
            form TEXT NOT NULL, revision INTEGER NOT NULL, reference TEXT NOT NULL UNIQUE, submitted_at INTEGER NOT NULL,
            edition TEXT NOT NULL, level TEXT NOT NULL, language TEXT NOT NULL,
            sector TEXT NOT NULL, size_class TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
            enterprise_number TEXT NOT NULL,
            answers TEXT NOT NULL, scorecard TEXT NOT NULL,
            PRIMARY KEY (assessment, number), UNIQUE (assessment, form)
        ) STRICT
        """,
        // What may be deleted at this moment: a row lives only within the transaction that erases its assessment.
        "CREATE TABLE erasure (assessment TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
        """
        CREATE TRIGGER submission_never_changes BEFORE UPDATE ON submission
        BEGIN SELECT RAISE(ABORT, 'a submission never changes'); END
        """,
        """
        CREATE TRIGGER submission_goes_only_by_erasure BEFORE DELETE ON submission
        WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE assessment = OLD.assessment)
        BEGIN SELECT RAISE(ABORT, 'a submission goes only with its assessment'); END
        """,
        // One row: how often readiness was checked, and whether traces of erased rows may be left (see Sweeper).
        """
        CREATE TABLE upkeep (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), checks INTEGER NOT NULL, sweep_owed INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO upkeep (id, checks, sweep_owed) VALUES (1, 0, 0)",
        "PRAGMA user_version = 1",
    ]
}

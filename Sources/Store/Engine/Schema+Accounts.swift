/// Migration 2: people who sign in, their organisations, links that work once, mail to send, and the audit trail.
extension Schema {
    static let accounts: [ConstantSQL] = [
        """
        CREATE TABLE account (
            id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL, language TEXT NOT NULL, password TEXT,
            totp TEXT, totp_step INTEGER NOT NULL, is_administrator INTEGER NOT NULL, is_analyst INTEGER NOT NULL,
            created_at INTEGER NOT NULL, active_at INTEGER NOT NULL, disabled_at INTEGER, noticed_at INTEGER
        ) STRICT
        """,
        "CREATE INDEX account_by_activity ON account (active_at)",
        """
        CREATE TABLE recovery_code (
            account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, code TEXT NOT NULL, PRIMARY KEY (account, code)
        ) STRICT, WITHOUT ROWID
        """,
        // An empty number is none. Where a number is proven, it is proven once.
        """
        CREATE TABLE organisation (
            id TEXT NOT NULL PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL,
            sector TEXT NOT NULL, size_class TEXT NOT NULL, region TEXT NOT NULL,
            proof TEXT NOT NULL, proof_by TEXT NOT NULL, proof_at INTEGER, buyer_at INTEGER,
            created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX organisation_by_number ON organisation (number)",
        "CREATE UNIQUE INDEX organisation_by_proven_number ON organisation (number) WHERE proof <> 'self' AND number <> ''",
        """
        CREATE TABLE membership (
            organisation TEXT NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
            account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, role TEXT NOT NULL, since INTEGER NOT NULL,
            PRIMARY KEY (account, organisation)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX membership_by_organisation ON membership (organisation)",
        // A link that works once; `token` is the digest of what stands in it.
        """
        CREATE TABLE ticket (
            id TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL,
            account TEXT REFERENCES account (id) ON DELETE CASCADE,
            organisation TEXT REFERENCES organisation (id) ON DELETE CASCADE,
            role TEXT NOT NULL, email TEXT NOT NULL, made_by TEXT REFERENCES account (id) ON DELETE SET NULL,
            made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
        ) STRICT
        """,
        "CREATE INDEX ticket_by_account ON ticket (account)",
        "CREATE INDEX ticket_by_organisation ON ticket (organisation)",
        "CREATE INDEX ticket_by_maker ON ticket (made_by)",
        "CREATE INDEX ticket_by_expiry ON ticket (expires_at)",
        // `ends_at` is the latest end whatever is saved meanwhile; `is_half` waits for the second step.
        "ALTER TABLE session ADD COLUMN account TEXT REFERENCES account (id) ON DELETE CASCADE",
        "ALTER TABLE session ADD COLUMN is_half INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE session ADD COLUMN began_at INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE session ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 9223372036854775807",
        "ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX session_by_account ON session (account)",
        """
        CREATE TABLE signin (
            account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, number INTEGER NOT NULL, at INTEGER NOT NULL,
            outcome TEXT NOT NULL, address TEXT NOT NULL, browser TEXT NOT NULL, PRIMARY KEY (account, number)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX signin_by_time ON signin (at)",
        "ALTER TABLE assessment ADD COLUMN organisation TEXT REFERENCES organisation (id)",
        "ALTER TABLE assessment ADD COLUMN noticed_at INTEGER",
        "CREATE INDEX assessment_by_organisation ON assessment (organisation)",
        // Who wrote it: an account, a contribution, or nobody that is known.
        "ALTER TABLE field ADD COLUMN author TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX field_by_author ON field (author) WHERE author <> ''",
        // Sections that somebody without an account may fill in. `sections` are ids with a blank before and after each.
        """
        CREATE TABLE contribution (
            id TEXT NOT NULL PRIMARY KEY, assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
            token TEXT NOT NULL UNIQUE, sections TEXT NOT NULL, name TEXT NOT NULL, made_by TEXT NOT NULL,
            made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, withdrawn_at INTEGER
        ) STRICT
        """,
        "CREATE INDEX contribution_by_assessment ON contribution (assessment)",
        """
        CREATE TABLE contribution_access (
            session TEXT NOT NULL REFERENCES session (key) ON DELETE CASCADE,
            contribution TEXT NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
            PRIMARY KEY (session, contribution)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX contribution_access_by_contribution ON contribution_access (contribution)",
        // What the mail program still has to take. No secret is in it: a link's token is derived from `ticket` when sending.
        """
        CREATE TABLE outbox (
            id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL, email TEXT NOT NULL, facts TEXT NOT NULL,
            ticket TEXT REFERENCES ticket (id) ON DELETE CASCADE, account TEXT REFERENCES account (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL, next_at INTEGER, attempts INTEGER NOT NULL, failed_at INTEGER, detail TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX outbox_by_next ON outbox (next_at)",
        "CREATE INDEX outbox_by_ticket ON outbox (ticket)",
        "CREATE INDEX outbox_by_account ON outbox (account)",
        // `hash` covers the row before and everything of this one; the address only by a digest, so that it can be erased.
        """
        CREATE TABLE audit (
            number INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            object TEXT NOT NULL, organisation TEXT NOT NULL, detail TEXT NOT NULL, origin TEXT NOT NULL, hash TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX audit_by_organisation ON audit (organisation, number)",
        "CREATE INDEX audit_by_actor ON audit (actor)",
        "CREATE INDEX audit_by_object ON audit (object)",
        """
        CREATE TABLE audit_origin (
            number INTEGER NOT NULL PRIMARY KEY REFERENCES audit (number), salt TEXT NOT NULL, address TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail never changes'); END
        """,
        """
        CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail never goes'); END
        """,
        "ALTER TABLE upkeep ADD COLUMN key_check TEXT NOT NULL DEFAULT ''",
        "PRAGMA user_version = 2",
    ]
}

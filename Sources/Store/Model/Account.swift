/// What somebody may do in the whole installation.
public enum InstallationRole: String, Sendable, Hashable, CaseIterable {
    case administrator, analyst
    /// Comes from being a member of an organisation that an administrator admitted as a buyer.
    case buyer
}

/// What a member may do in an organisation: an owner everything, an editor answer and confirm, a reader look.
public enum MemberRole: String, Sendable, Hashable, CaseIterable {
    case owner, editor, reader
}

/// A person who can sign in.
public struct Account: Sendable, Hashable {
    /// Random text that says nothing about the person.
    public let id: String
    public let email: String
    public let name: String
    /// Two letters.
    public let language: String
    public let roles: Set<InstallationRole>
    /// The PHC string of the password; `nil` until one was chosen.
    public let password: String?
    public let totp: StoredTOTP?
    public let createdAt: Timestamp
    /// The last time of a sign-in.
    public let activeAt: Timestamp
    public let disabledAt: Timestamp?

    /// SEC-2: who can see others' data needs a second step.
    public var needsSecondStep: Bool { !roles.isEmpty }
}

/// The second step of an account. The secret itself is not stored: it is derived from `salt` and the key of the installation.
public struct StoredTOTP: Sendable, Hashable {
    public let salt: String
    /// The last 30-second step whose code was used: no code works twice.
    public let lastStep: Int64
}

/// A session that somebody signed in to.
public struct SignedIn: Sendable, Hashable {
    public let account: Account
    /// The password was right; the second step is still to come.
    public let isHalf: Bool
    public let expiresAt: Timestamp
    /// How long it lasts after a save, in milliseconds.
    public let lifetime: Int64
    public let beganAt: Timestamp
    /// When it ends whatever is saved meanwhile.
    public let endsAt: Timestamp
}

/// One of an account's sessions, for the page that lists them.
public struct SessionSummary: Sendable, Hashable {
    /// Names the session on the page; opens nothing.
    public let id: String
    public let beganAt: Timestamp
    public let expiresAt: Timestamp
    public let isHalf: Bool
    public let origin: Origin
}

/// Where a request came from.
public struct Origin: Sendable, Hashable {
    /// An IP address, or empty.
    public let address: String
    /// In words such as "Firefox, Windows"; or empty.
    public let browser: String

    public init(address: String = "", browser: String = "") {
        self.address = address
        self.browser = browser
    }
}

/// One line of an account's sign-in history.
public struct SignInRecord: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable {
        case signedIn, wrongPassword, wrongCode, refusedDisabled
        /// Chose a password by a mailed or handed link; it signs nobody in.
        case passwordChosen
    }

    public let at: Timestamp
    public let outcome: Outcome
    public let origin: Origin
}

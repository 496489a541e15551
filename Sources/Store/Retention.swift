/// How long personal data is kept (SEC-30). The privacy page says the same figures.
public enum Retention {
    /// An account after its last sign-in, an organisation after the last sign-in of a member or change of an assessment, an
    /// assessment of no organisation after its last change.
    public static let months = 24
    /// How long before its end the owner of an account is told, where the service sends mail.
    public static let noticeDays = 30
    /// A line of the sign-in history.
    public static let signInDays = 180
    /// An IP address in the audit trail.
    public static let addressMonths = 12
    /// A link after the end of its time, and a message that could not be sent.
    public static let linkDays = 30
    /// An assessment that was never answered.
    public static let untouchedDays = 30

    /// When something goes that was last used at a moment.
    public static func end(after last: Timestamp) -> Timestamp { last.adding(months: months) }

    /// From when on the one who uses it is told.
    public static func noticeBegins(after last: Timestamp) -> Timestamp { end(after: last).adding(days: -noticeDays) }
}

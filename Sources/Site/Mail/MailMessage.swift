import QuestionnaireFiles
import Store

/// One plain-text mail to one receiver, as sendmail-compatible programs take it on standard input (RFC 5322).
/// No text given to it can begin a header or end the headers: see `MailHeader`.
struct MailMessage: Sendable, Equatable {
    struct Sender: Sendable, Equatable {
        let name: String
        let address: String
    }

    /// `<text@host>`, the same at every attempt, so that a receiver can tell a repetition.
    let id: String
    let from: Sender
    let to: String
    let subject: String
    let body: String
    let language: Language
    let createdAt: Timestamp

    /// Headers and body in printable ASCII. Lines end in LF alone: on standard input a sendmail expects the line ends of a
    /// local text file and makes CR LF of them itself; some make CR CR LF of a CR LF.
    var bytes: [UInt8] {
        let headers = [
            MailHeader.mailbox("From", name: from.name, address: from.address),
            MailHeader.address("To", to),
            MailHeader.text("Subject", subject),
            MailHeader.moment("Date", createdAt),
            MailHeader.token("Message-ID", id),
            // No holiday notice shall answer (RFC 3834).
            MailHeader.token("Auto-Submitted", "auto-generated"),
            MailHeader.token("Content-Language", language.rawValue),
            MailHeader.token("MIME-Version", "1.0"),
            "Content-Type: text/plain; charset=utf-8\n",
            MailHeader.token("Content-Transfer-Encoding", "quoted-printable"),
        ]
        return Array(headers.joined().utf8) + [UInt8(ascii: "\n")] + QuotedPrintable.encoded(body)
    }
}

import QuestionnaireFiles
import ServiceLifecycle
import Store

/// Hands waiting messages to the mail program, beside the application, so that no request waits for a mail server (NOT-1). It
/// looks once a second, and so needs no signal from whoever writes a message. A message is handed over at least once, always
/// with the same Message-ID.
struct MailRoom: Service {
    private static let atOnce = 2
    private static let pause = Duration.seconds(1)
    /// After a fault of the database.
    private static let longPause = Duration.seconds(10)

    private let site: Site
    private let program: Sendmail

    init(site: Site, timeLimit: Duration = .seconds(60)) throws(Sendmail.Fault) {
        self.site = site
        program = try Sendmail(commandLine: site.configuration.mailProgram, timeLimit: timeLimit)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled { await sleep(await deliver()) }
        }
    }

    /// Hands over what has waited longest, and tells how long to wait until the next look.
    func deliver() async -> Duration {
        let due: [WaitingMail]
        do { due = try site.store.dueMail(now: site.clock(), limit: Self.atOnce) } catch {
            return failed(error)
        }
        guard !due.isEmpty else { return Self.pause }
        return await withTaskGroup(of: Duration.self) { group in
            for mail in due { group.addTask { await deliver(mail) } }
            return await group.reduce(.zero, max)
        }
    }

    private func deliver(_ mail: WaitingMail) async -> Duration {
        let outcome: MailOutcome
        do {
            outcome = self.outcome(await program.hand(try message(mail)), mail)
        } catch let reason as Undeliverable {
            outcome = .failed(detail: reason.rawValue)
        } catch {
            return failed(error)
        }
        // Where the service stops, the next start tries again; it is nothing against the message.
        if case .later = outcome, Task.isCancelled { return .zero }
        log(outcome, mail)
        // It must not be handed over again because the disk is full: first this is on it.
        while true {
            do {
                try await site.store.note(outcome, mail: mail.id, now: site.clock())
                return .zero
            } catch {
                let wait = failed(error)
                if Task.isCancelled { return wait }
                await sleep(wait)
            }
        }
    }

    private func outcome(_ handed: Sendmail.Outcome, _ mail: WaitingMail) -> MailOutcome {
        switch handed {
        case .handed: return .sent
        case .refused(let detail): return .failed(detail: detail.withoutAddress(of: mail))
        case .later(let detail):
            guard let wait = Backoff.wait(afterAttempts: mail.attempts + 1) else {
                return .failed(detail: detail.withoutAddress(of: mail))
            }
            return .later(at: site.clock().adding(milliseconds: wait), detail: detail.withoutAddress(of: mail))
        }
    }

    /// Neither addresses nor what a program said, which may repeat them.
    private func log(_ outcome: MailOutcome, _ mail: WaitingMail) {
        let (level, word): (AccessLog.Level, String) =
            switch outcome {
            case .sent: (.info, "sent")
            case .later(let next, _): (.warning, "try \(mail.attempts + 1) failed, next at \(next.iso8601)")
            // Whoever ended the link wants no message; nothing is wrong.
            case .failed(detail: Undeliverable.linkOver.rawValue): (.info, "not sent: its link is over")
            case .failed: (.error, "failed for good")
            }
        site.log.event(level, "mail", at: site.clock(), cause: "\(mail.kind): \(word)", id: mail.id)
    }

    private func failed(_ error: any Error) -> Duration {
        site.log.event(.error, "mailRoom", at: site.clock(), cause: "\(error)")
        return Self.longPause
    }

    private func sleep(_ time: Duration) async {
        // Cancelled, it ends at once: the service stops.
        do { try await Task.sleep(for: time) } catch { return }
    }
}

/// Why a message can never be sent, for the operator.
enum Undeliverable: String, Error {
    case unknownKind = "This version does not know this kind of message."
    case linkOver = "The link in it was used, withdrawn, or is too old."
}

extension MailRoom {
    /// What a waiting message says, in its language. Throws `Undeliverable`, and what the store throws.
    func message(_ mail: WaitingMail) throws -> MailMessage {
        guard let kind = MailKind(rawValue: mail.kind) else { throw Undeliverable.unknownKind }
        let language = Language(rawValue: mail.language) ?? .en
        let words = site.words(language)
        let link = try link(mail, language)
        return MailMessage(
            id: "<\(mail.id)@\(site.configuration.publicHost)>",
            from: MailMessage.Sender(name: words[.siteName], address: site.configuration.mailFrom), to: mail.email,
            subject: kind.subject(words, mail.facts),
            body: kind.body(words, mail.facts, link: link?.address, works: link?.until, site: site.configuration.publicAddress),
            language: language, createdAt: mail.createdAt)
    }

    private func link(_ mail: WaitingMail, _ language: Language) throws -> (address: String, until: Timestamp?)? {
        let now = site.clock()
        if let id = mail.ticket {
            guard let ticket = try site.store.ticket(id: id), ticket.works(at: now) else { throw Undeliverable.linkOver }
            return (site.address(of: ticket.purpose, token: site.token(id), language: language), ticket.expiresAt)
        }
        if let id = mail.facts["contribution"] {
            guard let contribution = try site.store.contribution(id), contribution.works(at: now) else { throw Undeliverable.linkOver }
            return (site.address("/contribute/\(site.token(id).text)", language), contribution.expiresAt)
        }
        return mail.facts["link"].map { (site.address($0, language), nil) }
    }
}

extension String {
    /// Mail programs and servers like to name the receiver.
    fileprivate func withoutAddress(of mail: WaitingMail) -> String { replacing(mail.email, with: "…") }
}

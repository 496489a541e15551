import ServiceLifecycle
import Store

/// Once an hour: what has reached the end of its time goes, owners of idle accounts are told that theirs will (SEC-30), and the
/// log says where the audit trail stands. Once a minute: looks at results go into that trail.
struct Housekeeping: Service {
    let site: Site

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    do {
                        try await tidy()
                    } catch let error where !(error is CancellationError) {
                        site.log.event(.error, "housekeeping", at: site.clock(), cause: "\(error)")
                    }
                    site.logAuditHead()
                    for _ in 0..<60 {
                        try await Task.sleep(for: .seconds(60))
                        await site.writeLooks()
                    }
                }
            }
        } catch is CancellationError {
            return
        }
    }

    func tidy() async throws {
        let purged = try await site.store.purge(now: site.clock(), notice: site.sendsMail ? notice : nil)
        guard purged.accounts + purged.notices > 0 else { return }
        site.log.event(
            .info, "retention", at: site.clock(), cause: "\(purged.accounts) idle accounts erased, \(purged.notices) owners told")
    }

    private var notice: RetentionNotice {
        { [site] account, end in
            site.mail(
                .retention, to: account.email, language: account.language,
                facts: ["at": String(end.milliseconds), "link": "/sign-in"], account: account.id)
        }
    }
}

import Store
import Synchronization

/// Who looked at which organisation's results, kept until housekeeping writes it into the audit trail: looking itself writes
/// nothing (SEC-10). A person counts once a day for an assessment.
final class Looks: Sendable {
    private struct Seen: Hashable {
        let assessment: String
        let actor: String
    }

    private struct Day {
        var number = Int64.min
        var seen: Set<Seen> = []
        var waiting: [Look] = []
    }

    private let day = Mutex(Day())

    func add(_ look: Look) {
        day.withLock { day in
            let number = look.at.milliseconds / Timestamp.millisecondsPerDay
            if number != day.number {
                day.number = number
                day.seen = []
            }
            guard day.seen.insert(Seen(assessment: look.assessment, actor: look.actor.id)).inserted else { return }
            day.waiting.append(look)
        }
    }

    /// How many looks are not written yet.
    var waiting: Int { day.withLock { $0.waiting.count } }

    fileprivate func take() -> [Look] {
        day.withLock { day in
            defer { day.waiting = [] }
            return day.waiting
        }
    }

    fileprivate func putBack(_ looks: [Look]) { day.withLock { $0.waiting = looks + $0.waiting } }
}

extension Site {
    /// Writes the looks since the last time; what cannot be written waits for the next.
    func writeLooks() async {
        let looks = looks.take()
        guard !looks.isEmpty else { return }
        do {
            try await store.note(looks)
        } catch {
            self.looks.putBack(looks)
            log.event(.error, "notSaved", at: clock(), cause: "looks at results: \(error)")
        }
    }
}

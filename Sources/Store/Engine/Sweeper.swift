import GRDB

/// Takes the last traces of erased rows out of the database (SEC-28). `secure_delete` overwrites a deleted row, but not the
/// copies of it that SQLite left in the gaps of pages when it once split or merged them; only VACUUM, which writes all pages
/// anew, does. The WAL is emptied after it. That a sweep is owed is stored, so that a crash does not forget it.
///
/// A sweep holds up writes for as long as it takes (about a second per 100 MB), so those who wait together share one, and
/// the next one waits four times as long as the last one took: erasing cannot be used to keep others from saving.
actor Sweeper {
    private let writer: Writer
    private let report: @Sendable (StoreNotice) -> Void
    private var waiting: [CheckedContinuation<Erasure, Never>] = []
    private var isRunning = false
    private var isRetrying = false
    /// On the monotonic clock, in milliseconds.
    private var restsUntil: Int64 = 0

    init(writer: Writer, report: @escaping @Sendable (StoreNotice) -> Void) {
        self.writer = writer
        self.report = report
    }

    /// Returns after a sweep that began after this call.
    func sweep() async -> Erasure {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            guard !isRunning else { return }
            isRunning = true
            Task { await run() }
        }
    }

    private func run() async {
        while !waiting.isEmpty {
            await rest()
            let served = waiting
            waiting = []
            let start = Monotonic.milliseconds
            let outcome = await once()
            restsUntil = Monotonic.milliseconds + 4 * (Monotonic.milliseconds - start)
            for continuation in served { continuation.resume(returning: outcome) }
            if outcome == .tracesLeft { tryAgainLater() }
        }
        isRunning = false
    }

    /// A reader that stayed too long, such as a backup, keeps the WAL from being emptied: it goes away some time.
    private func tryAgainLater() {
        guard !isRetrying else { return }
        isRetrying = true
        Task {
            do { try await Task.sleep(for: .seconds(2)) } catch { return }
            isRetrying = false
            _ = await sweep()
        }
    }

    private func rest() async {
        let left = restsUntil - Monotonic.milliseconds
        guard left > 0 else { return }
        // Cancelled only where the process ends; sweeping early does no harm then.
        do { try await Task.sleep(for: .milliseconds(left)) } catch { return }
    }

    private func once() async -> Erasure {
        do {
            try await writer.alone { try $0.sweep() }
            return .complete
        } catch StoreError.closed {
            // The next start finds that a sweep is owed.
            isRetrying = true
            return .tracesLeft
        } catch {
            report(.sweepFailed(detail: "\(error)"))
            return .tracesLeft
        }
    }
}

extension Database {
    private static let inMemoryBytes: Int64 = 32 << 20

    func oweSweep() throws { try run("UPDATE upkeep SET sweep_owed = 1 WHERE id = 1") }

    func isSweepOwed() throws -> Bool { try any("SELECT 1 FROM upkeep WHERE id = 1 AND sweep_owed = 1") }

    /// Must run outside a transaction. A small database is rebuilt in memory, a larger one in SQLite's temporary folder.
    func sweep() throws {
        let bytes = try first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") { try $0.integer(0) } ?? 0
        if bytes > Self.inMemoryBytes { try run("PRAGMA temp_store = FILE") }
        defer { if bytes > Self.inMemoryBytes { restoreTemporaryStore() } }
        try run("VACUUM")
        // Saves wait behind this: where a reader is in the way, try again later rather than wait for it here.
        try run("PRAGMA busy_timeout = 100")
        defer { restorePatience() }
        try checkpoint(.truncate)
        try run("UPDATE upkeep SET sweep_owed = 0 WHERE id = 1")
    }

    private func restorePatience() {
        // Cannot fail on an open connection; were it to, a write that finds the file locked is refused sooner.
        do { try run("PRAGMA busy_timeout = 5000") } catch { return }
    }

    private func restoreTemporaryStore() {
        // Cannot fail on an open connection; were it to, savepoints would spill to a file, which is only slower.
        do { try run("PRAGMA temp_store = MEMORY") } catch { return }
    }
}

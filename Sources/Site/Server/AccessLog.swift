import Glibc
import Store
import Synchronization

/// One JSON object per line: what was asked and how it went.
/// Holds no answers, tokens, query strings or addresses of assessments: a route is logged by its pattern (SEC-18).
/// Lines about requests are written together, at most a fifth of a second late; an event is written at once.
public final class AccessLog: Sendable {
    public enum Level: String, Sendable { case info, warning, error }

    private let descriptor: Int32
    private let waiting = Mutex<[UInt8]>([])
    private static let waitingLimit = 32_768

    /// Writes to an open file descriptor; standard output by default.
    public init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    func request(at now: Timestamp, id: String, method: String, route: String, status: Int, microseconds: Int64, bytes: Int) {
        var line = JSONText()
        line.object {
            $0.member("time", now.iso8601)
            $0.member("level", "info")
            $0.member("event", "request")
            $0.member("id", id)
            $0.member("method", method)
            $0.member("route", route)
            $0.member("status", status)
            $0.member("microseconds", Int(microseconds))
            $0.member("bytes", bytes)
        }
        write(line, isUrgent: false)
    }

    /// One line with the cause, for the operator.
    public func event(_ level: Level, _ event: String, at now: Timestamp, cause: String, id: String? = nil, route: String? = nil) {
        var line = JSONText()
        line.object {
            $0.member("time", now.iso8601)
            $0.member("level", level.rawValue)
            $0.member("event", event)
            if let id { $0.member("id", id) }
            if let route { $0.member("route", route) }
            $0.member("cause", cause)
        }
        write(line, isUrgent: true)
    }

    /// Writes what waits.
    public func flush() { waiting.withLock { drain(&$0) } }

    private func write(_ line: JSONText, isUrgent: Bool) {
        let isFirst = waiting.withLock { bytes in
            let isFirst = bytes.isEmpty
            bytes += line.bytes
            bytes.append(UInt8(ascii: "\n"))
            if isUrgent || bytes.count >= Self.waitingLimit { drain(&bytes) }
            return isFirst && !bytes.isEmpty
        }
        guard isFirst else { return }
        Task {
            do {
                try await Task.sleep(for: .milliseconds(200))
            } catch {
                // Cancelled: so much the sooner.
            }
            flush()
        }
    }

    /// A log that cannot be written must not stop the service: a failing write is dropped.
    private func drain(_ bytes: inout [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { break }
        }
        bytes.removeAll(keepingCapacity: true)
    }
}

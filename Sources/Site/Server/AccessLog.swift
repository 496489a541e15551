import Glibc
import Store

/// One JSON object per line: what was asked and how it went.
/// Holds no answers, tokens, query strings or addresses of assessments: a route is logged by its pattern (SEC-18).
public final class AccessLog: Sendable {
    public enum Level: String, Sendable { case info, warning, error }

    private let descriptor: Int32

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
        write(line)
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
        write(line)
    }

    /// One call writes the whole line, so that lines of several threads do not mix (write(2): a file keeps each call
    /// together, a pipe up to 4,096 bytes). A log that cannot be written must not stop the service: a failing write is dropped.
    private func write(_ line: JSONText) {
        var rest = (line.bytes + [UInt8(ascii: "\n")])[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                if errno == EINTR { continue }
                return
            }
            rest = rest.dropFirst(written)
        }
    }
}

import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// A JSON file that is read and sent piece by piece, so that the largest takes no more memory than a page. Times are
/// `2026-11-25T12:00:00Z`; members that do not apply are missing.
enum ExportFile {
    /// Rows that one read takes.
    static let part = 200

    /// - Parameter write: Writes the file's members, and calls `send` from time to time.
    static func response(
        name: String,
        write: @escaping @Sendable (_ json: inout JSONText, _ send: (inout JSONText) async throws -> Void) async throws -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            var json = JSONText()
            json.begin(.object)
            try await write(&json) { json in try await writer.write(ByteBuffer(bytes: json.take())) }
            json.end(.object)
            try await writer.write(ByteBuffer(bytes: json.take() + [UInt8(ascii: "\n")]))
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: body)
    }

    /// Writes an array of as many rows as there are, a part at a time.
    static func rows<Row>(
        _ name: String, into json: inout JSONText, send: (inout JSONText) async throws -> Void, read: (_ after: Row?) throws -> [Row],
        write: (Row, inout JSONText) -> Void
    ) async throws {
        json.begin(.array, name)
        var last: Row?
        repeat {
            let rows = try read(last)
            for row in rows { json.element(object: { write(row, &$0) }) }
            try await send(&json)
            last = rows.count == part ? rows.last : nil
        } while last != nil
        json.end(.array)
    }
}

extension HTML {
    /// The button that downloads a file: a form, for that leaves a row in the audit trail.
    mutating func exportForm(_ signed: SignedVisit, _ place: String, _ label: Word) {
        signed.visit.form(&self, "\(place)/export.json") { $0.buttons([Button(signed.words[label], look: .second)]) }
    }
}

extension JSONText {
    /// An array of objects.
    mutating func list<Item>(_ name: String, _ items: [Item], _ write: (Item, inout JSONText) -> Void) {
        member(name, array: { json in for item in items { json.element(object: { write(item, &$0) }) } })
    }

    mutating func member(_ name: String, _ time: Timestamp) { member(name, time.iso8601) }

    /// Nothing where there is no value or an empty one.
    mutating func optional(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { member(name, value) }
    }

    mutating func optional(_ name: String, _ time: Timestamp?) {
        if let time { member(name, time) }
    }

    mutating func members(_ origin: Origin) {
        optional("address", origin.address)
        optional("browser", origin.browser)
    }

    mutating func members(_ contribution: Contribution) {
        member("id", contribution.id)
        member("name", contribution.name)
        member("sections", array: { list in contribution.sections.forEach { list.element($0) } })
        member("made", contribution.madeAt)
        member("expires", contribution.expiresAt)
        optional("withdrawn", contribution.withdrawnAt)
    }

    mutating func members(_ entry: AuditEntry) {
        member("number", Int(entry.number))
        member("at", entry.at)
        member("actor", entry.actor)
        member("action", entry.action)
        member("object", entry.object)
        optional("organisation", entry.organisation)
        optional("detail", entry.detail)
    }
}

import Glibc
import NIOCore

/// A file that came with a form. Its name is the sender's and is not used.
struct UploadedFile: Sendable {
    let field: String
    let bytes: [UInt8]
    /// Holds its place among the files in memory.
    var pass: UploadGate.Pass?
}

/// Reads `multipart/form-data` (RFC 7578): fields, and at most one file. Parts of another shape are refused, not repaired.
enum MultipartReader {
    private static let headerLimit = 1_024

    static func boundary(_ contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let match = contentType.firstMatch(of: /boundary=(?:"([^"]{1,70})"|([^;,\s"]{1,70})(?=[;,\s]|$))/)
        else { return nil }
        return (match.1 ?? match.2).map(String.init)
    }

    static func read(_ body: ByteBuffer, boundary: String) throws(FormFault) -> (PostedForm, UploadedFile?) {
        let bytes = body.readableBytesView
        let mark = Array("\r\n--\(boundary)".utf8)
        guard bytes.starts(with: mark.dropFirst(2)) else { throw .notAForm }
        var (fields, file) = ([(name: String, value: String)](), UploadedFile?.none)
        var place = bytes.startIndex + mark.count - 2
        while true {
            let rest = bytes[place...]
            if rest.starts(with: Array("--".utf8)) { break }
            guard rest.starts(with: Array("\r\n".utf8)) else { throw .notAForm }
            guard fields.count < Limit.fields else { throw .tooManyFields(limit: Limit.fields) }
            let start = place + 2
            guard let headersEnd = find(Array("\r\n\r\n".utf8), in: bytes, from: place), headersEnd - start <= headerLimit,
                let end = find(mark, in: bytes, from: headersEnd + 2), end >= headersEnd + 4 || end == headersEnd + 2
            else { throw .notAForm }
            let (name, isFile) = try disposition(bytes[start..<max(start, headersEnd)])
            let content = bytes[min(headersEnd + 4, end)..<end]
            if isFile {
                guard file == nil else { throw .repeated(name) }
                file = UploadedFile(field: name, bytes: Array(content))
            } else {
                guard content.count <= Limit.bodyBytes else { throw .tooManyFields(limit: Limit.fields) }
                fields.append((name, try text(content)))
            }
            place = end + mark.count
        }
        return (try PostedForm(fields: fields), file)
    }

    /// The name, and whether a file's name stands beside it.
    private static func disposition(_ headers: ByteBufferView) throws(FormFault) -> (name: String, isFile: Bool) {
        guard let text = String(validating: headers, as: UTF8.self) else { throw .brokenText }
        for line in text.split(separator: "\r\n") where line.lowercased().hasPrefix("content-disposition:") {
            guard line.lowercased().contains("form-data"), let name = line.firstMatch(of: /[;\s]name="([^"]*)"/)?.1 else { break }
            return (String(name), line.contains(/[;\s]filename\*?=/))
        }
        throw .notAForm
    }

    /// Line breaks become LF; other control characters go.
    private static func text(_ bytes: ByteBufferView) throws(FormFault) -> String {
        guard let text = String(validating: bytes.filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }, as: UTF8.self) else {
            throw .brokenText
        }
        return text
    }

    private static func find(_ needle: [UInt8], in bytes: ByteBufferView, from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            let offset = start - bytes.startIndex
            guard var place = buffer.baseAddress.map({ $0 + offset }), let base = buffer.baseAddress else { return nil }
            while base + buffer.count - place >= needle.count, let next = memchr(place, CInt(needle[0]), base + buffer.count - place) {
                place = UnsafeRawPointer(next)
                guard base + buffer.count - place >= needle.count else { return nil }
                if memcmp(place, needle, needle.count) == 0 { return bytes.startIndex + (place - base) }
                place += 1
            }
            return nil
        }
    }
}

import CQRCode

extension HTML {
    /// A QR code with error correction M and the quiet zone of four modules, dark on light in every colour scheme.
    ///
    /// `label` is its text for a screen reader; the text itself should stand beside it to read or copy. Returns false,
    /// and writes nothing, if the text is empty or too long (2,331 bytes).
    @discardableResult
    public mutating func qrCode(_ text: String, label: String) -> Bool {
        guard let code = QRModules(text) else { return false }
        let size = Double(code.width + 2 * QRModules.quietZone)
        element(
            .svg, .class("qr"), .role("img"), .ariaLabel(label), .viewBox(0, 0, size, size), .shapeRendering("crispEdges")
        ) { svg in
            svg.element(.title, text: label)
            svg.shape(.rect, .class("light"), .width(size), .height(size))
            svg.shape(.path, .class("dark"), .d(code.path))
        }
        return true
    }
}

/// The dark and light squares of a QR code.
struct QRModules {
    static let quietZone = 4
    let width: Int
    /// Row by row.
    let isDark: [Bool]

    /// Nil if the text is empty, holds NUL, or is too long.
    init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        isDark = (0..<width * width).map { data[$0] & 1 == 1 }
    }

    /// One box per run of dark squares in a row, moved by the quiet zone.
    var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let run = isDark[(row * width + column)..<((row + 1) * width)].prefix { $0 }.count
                if run > 0 { path += "M\(column + Self.quietZone) \(row + Self.quietZone)h\(run)v1h-\(run)z" }
                column += run + 1
            }
        }
        return path
    }
}

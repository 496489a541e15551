/// Members that an object has twice: decoders keep one of them and say nothing.
enum JSONKeys {
    /// - Parameter text: In the form of JSON, which the decoder has seen.
    /// - Returns: The name of the object, as a member of the one around it, and the key.
    static func twice(in text: String) -> [(object: String, key: String)] {
        var found: [(object: String, key: String)] = []
        /// Of each object or list that is open: its name and, of an object, the keys so far.
        var open: [(name: String, keys: Set<String>?)] = []
        var (last, key) = ("", "")
        let bytes = Array(text.utf8)
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                let start = place + 1
                place = start
                while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
                last = String(decoding: bytes[start..<min(place, bytes.count)], as: UTF8.self)
            case UInt8(ascii: ":"):
                key = last
                guard let object = open.indices.last, open[object].keys?.insert(key).inserted == false else { break }
                found.append((open[object].name, key))
            case UInt8(ascii: "{"): open.append((key, []))
            case UInt8(ascii: "["): open.append((key, nil))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            default: break
            }
            place += 1
        }
        return found
    }
}

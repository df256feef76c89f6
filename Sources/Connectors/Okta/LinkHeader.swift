internal import HTTP

/// The `Link` headers of an answer (RFC 8288): several lines, or one with commas between the links.
struct LinkHeader {
    private(set) var links: [(target: String, relations: [String])] = []

    /// Reads all lines; what is not a link is passed over.
    init(_ head: HTTPResponseHead) {
        for header in head.headers where header.name.lowercased() == "link" {
            var reader = LinkReader(bytes: Array(header.value.utf8))
            while let link = reader.next() { links.append(link) }
        }
    }

    /// The target of the first link with a relation.
    func target(_ relation: String) -> String? { links.first { $0.relations.contains(relation) }?.target }
}

/// Reads links from one line; linear in it.
private struct LinkReader {
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func next() -> (target: String, relations: [String])? {
        while let byte = current, byte != UInt8(ascii: "<") { skip(byte) }
        guard current != nil else { return nil }
        position += 1
        let target = text { $0 != UInt8(ascii: ">") }
        position += 1
        var relations: [String]?
        while let byte = current, byte != UInt8(ascii: ",") {
            guard byte == UInt8(ascii: ";") else {
                skip(byte)
                continue
            }
            position += 1
            let (name, value) = parameter()
            // A second `rel` counts for nothing (RFC 8288, section 3.3).
            if name == "rel", relations == nil { relations = value.lowercased().split(separator: " ").map(String.init) }
        }
        return (target, relations ?? [])
    }

    private mutating func parameter() -> (name: String, value: String) {
        skipSpace()
        let name = text { !Self.endsName($0) }.lowercased()
        skipSpace()
        guard current == UInt8(ascii: "=") else { return (name, "") }
        position += 1
        skipSpace()
        return (name, current == UInt8(ascii: "\"") ? quoted() : text { !Self.endsName($0) })
    }

    private static func endsName(_ byte: UInt8) -> Bool { Array("=;, \t".utf8).contains(byte) }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x09 { position += 1 }
    }

    /// Goes past a byte, or past a whole quoted text, whose commas and brackets mean nothing.
    private mutating func skip(_ byte: UInt8) {
        if byte == UInt8(ascii: "\"") { _ = quoted() } else { position += 1 }
    }

    private mutating func text(while belongs: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = current, belongs(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted() -> String {
        position += 1
        var value: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
            value.append(bytes[position])
            position += 1
        }
        position += 1
        return String(decoding: value, as: UTF8.self)
    }
}

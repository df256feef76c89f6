/// XML as Kusto's `parse_xml()` turns it into bags: attributes as `@name`, text beside other content as `#text`,
/// elements of one name as an array. Declarations, comments and instructions are passed over; entities are the five of
/// XML and numbers, and no others are defined, so nothing can be expanded endlessly.
struct XMLReader {
    private let bytes: [UInt8]
    private var index = 0
    private static let depthLimit = 200

    init(_ text: String) { bytes = Array(text.utf8.prefix(ValueLimits.bytes + 1)) }

    /// `nil` for what is no document or longer than a megabyte.
    mutating func document() -> Dynamic? {
        guard bytes.count <= ValueLimits.bytes else { return nil }
        skipBetween()
        guard let (name, value) = element(depth: 0) else { return nil }
        skipBetween()
        return index == bytes.count ? .bag(Dynamic.Bag([Dynamic.Bag.Member(name, value)])) : nil
    }

    /// Blanks, declarations and comments.
    private mutating func skipBetween() {
        while index < bytes.count {
            if Self.isBlank(bytes[index]) || at("\u{FEFF}") {
                index += Self.isBlank(bytes[index]) ? 1 : 3
            } else if !skipMarkup() {
                return
            }
        }
    }

    private mutating func skipMarkup() -> Bool {
        if at("<?") { return skip(past: "?>") }
        if at("<!--") { return skip(past: "-->") }
        return at("<!") && !at("<![CDATA[") ? skip(past: ">") : false
    }

    private mutating func element(depth: Int) -> (name: String, value: Dynamic)? {
        guard depth < Self.depthLimit, accept("<"), let name = name(), var members = attributes() else { return nil }
        if accept("/>") { return (name, members.isEmpty ? .null : Self.bag(members)) }
        guard accept(">") else { return nil }
        var text = ""
        while !at("</") {
            if accept("<![CDATA[") {
                guard let end = find("]]>") else { return nil }
                text += String(decoding: bytes[index..<end], as: UTF8.self)
                index = end + 3
            } else if at("<!") || at("<?") {
                guard skipMarkup() else { return nil }
            } else if at("<") {
                guard let child = element(depth: depth + 1) else { return nil }
                members.append(child)
            } else {
                guard let run = run(until: "<") else { return nil }
                text += run
            }
        }
        guard accept("</"), self.name() == name else { return nil }
        skipBlanks()
        guard accept(">") else { return nil }
        return (name, Self.value(members, Self.trimmed(text)))
    }

    private static func value(_ members: [(name: String, value: Dynamic)], _ text: String) -> Dynamic {
        if members.isEmpty { return text.isEmpty ? .null : .string(text) }
        if text.isEmpty { return bag(members) }
        let attributes = members.prefix { $0.name.hasPrefix("@") }
        return bag(attributes + [("#text", .string(text))] + members.dropFirst(attributes.count))
    }

    /// Members of one name become an array where the first stands.
    private static func bag(_ members: [(name: String, value: Dynamic)]) -> Dynamic {
        var places: [Scalar: Int] = [:]
        var groups: [(name: String, values: [Dynamic])] = []
        for member in members {
            if let place = places[.string(member.name)] {
                groups[place].values.append(member.value)
            } else {
                places[.string(member.name)] = groups.count
                groups.append((member.name, [member.value]))
            }
        }
        return .bag(
            Dynamic.Bag(
                groups.map { Dynamic.Bag.Member($0.name, $0.values.count == 1 ? $0.values[0] : .array($0.values)) }))
    }

    /// Those before `>` or `/>`; `nil` where they are not well-formed.
    private mutating func attributes() -> [(name: String, value: Dynamic)]? {
        var members: [(name: String, value: Dynamic)] = []
        while true {
            skipBlanks()
            if at(">") || at("/>") { return members }
            guard let name = name() else { return nil }
            skipBlanks()
            guard accept("=") else { return nil }
            skipBlanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
                return nil
            }
            let quote = String(UnicodeScalar(bytes[index]))
            index += 1
            guard let value = run(until: quote) else { return nil }
            index += 1
            members.append(("@" + name, .string(value)))
        }
    }
}

// MARK: Letters

extension XMLReader {
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    private static func trimmed(_ text: String) -> String {
        let head = text.utf8.drop { isBlank($0) }
        let tail = head.reversed().drop { isBlank($0) }
        return String(decoding: tail.reversed(), as: UTF8.self)
    }

    private func at(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private mutating func accept(_ text: String) -> Bool {
        guard at(text) else { return false }
        index += text.utf8.count
        return true
    }

    private func find(_ text: String) -> Int? { bytes[index...].firstRange(of: Array(text.utf8))?.lowerBound }

    private mutating func skip(past text: String) -> Bool {
        guard let end = find(text) else { return false }
        index = end + text.utf8.count
        return true
    }

    private mutating func skipBlanks() { while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 } }

    private mutating func name() -> String? {
        let ends = Set("<>/=\"'&!? \t\r\n".utf8)
        let name = bytes[index...].prefix { !ends.contains($0) }
        index += name.count
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    /// The text before a sign, entities written out; `nil` where the sign does not follow or an entity is unknown.
    private mutating func run(until sign: String) -> String? {
        guard let end = find(sign) else { return nil }
        var rest = bytes[index..<end]
        index = end
        var result: [UInt8] = []
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else { result.append(byte); continue }
            guard let stop = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let entity = Self.entity(String(decoding: rest[..<stop], as: UTF8.self))
            else { return nil }
            result += Array(entity.utf8)
            rest = rest[(stop + 1)...]
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func entity(_ name: String) -> String? {
        if let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
        let code = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10)
        return code.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}

/// Numbers that look random and are the same every time (Sebastiano Vigna's SplitMix64, public domain).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// True one time in `count`.
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}

/// JSON as it is written, keys repeated or not; a token is written as it stands and need not be JSON.
indirect enum WrittenJSON {
    case token(String)
    case text(String)
    case list([WrittenJSON])
    case object([(key: String, value: WrittenJSON)])
}

/// Makes System Log events of the shapes that are met, and then some that should not be.
struct EventGenerator {
    /// What events are wrapped in.
    enum Wrapping: CaseIterable {
        case none, eventBridge, splunkHEC, panther
    }

    var random: SeededGenerator
    /// Whether newlines stand between tokens.
    let spansLines: Bool

    init(seed: UInt64, spansLines: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.spansLines = spansLines
    }

    /// An event of a shape, mostly changed a little.
    mutating func event(_ wrapping: Wrapping, id: Int) -> [UInt8] {
        var event = logEvent(id: id)
        while random.oneIn(2) { alter(&event) }
        var bytes: [UInt8] = []
        write(wrapped(event, in: wrapping), to: &bytes)
        if random.oneIn(3) { damage(&bytes) }
        return bytes
    }

    private mutating func wrapped(_ event: WrittenJSON, in wrapping: Wrapping) -> WrittenJSON {
        switch wrapping {
        case .none: return event
        case .eventBridge:
            return .object([
                ("version", .text("0")), ("id", .text("b1")), ("detail-type", .text("SystemLog")), ("detail", event),
            ])
        case .splunkHEC: return .object([("time", .token("1762970400")), ("event", event), ("host", .text("h"))])
        case .panther:
            guard case .object(let members) = event else { return event }
            return .object(members.map { ($0.key.lowercased(), $0.value) })
        }
    }
}

// MARK: Events

extension EventGenerator {
    /// Seldom two of the same id; the fields are those of Okta's `LogEvent`, each of which may be missing.
    private mutating func logEvent(id: Int) -> WrittenJSON {
        let uuid = random.oneIn(2) ? "e\(id)" : "0c0f7a1e-cc19-11ed-a688-\(100_000_000_000 + id)"
        var members: [(key: String, value: WrittenJSON)] = [
            ("uuid", .text(uuid)), ("published", .text("2025-11-12T18:00:0\(id % 10).\(100 + id % 800)Z")),
            ("eventType", .text("user.session.start")),
        ]
        let others: [(key: String, value: WrittenJSON)] = [
            ("version", .text("0")), ("severity", .text("INFO")), ("legacyEventType", .text("core.user")),
            ("displayMessage", someText()), ("actor", actor()), ("client", client()), ("device", .token("null")),
            ("outcome", .object([("result", .text("SUCCESS")), ("reason", .token("null"))])), ("target", target()),
            ("transaction", .object([("type", .text("WEB")), ("id", someText()), ("detail", .object([]))])),
            ("debugContext", .object([("debugData", .object([("requestUri", someText()), ("dtHash", someText())]))])),
            ("authenticationContext", .object([("authenticationStep", .token("0")), ("externalSessionId", someText())])),
            ("securityContext", .object([("asNumber", someNumber()), ("isp", someText()), ("isProxy", .token("false"))])),
        ]
        members += others.filter { _ in random.oneIn(2) }
        if random.oneIn(4) { members.shuffle(using: &random) }
        return .object(members)
    }

    private mutating func actor() -> WrittenJSON {
        .object([
            ("id", someText()), ("type", .text("User")), ("alternateId", .text("ann@example.com")),
            ("displayName", someText()), ("detailEntry", .token("null")),
        ])
    }

    private mutating func client() -> WrittenJSON {
        let place = WrittenJSON.object([
            ("city", someText()), ("country", .text("US")), ("geolocation", .object([("lat", someNumber()), ("lon", someNumber())])),
        ])
        return .object([
            ("userAgent", .object([("rawUserAgent", someText()), ("os", .text("Linux"))])), ("zone", .text("null")),
            ("id", .token("null")), ("ipAddress", .text("203.0.113.7")), ("geographicalContext", place),
        ])
    }

    private mutating func target() -> WrittenJSON {
        let entry = WrittenJSON.object([("id", someText()), ("type", .text("AppInstance")), ("displayName", someText())])
        return .list((0..<Int.random(in: 0...2, using: &random)).map { _ in entry })
    }

    private mutating func someText() -> WrittenJSON {
        .text(["", "null", "unknown", "Zürich 🙂", "a \"b\" \\ /", "tab\tline\n", "\0", "plain text of some length"]
            .randomElement(using: &random) ?? "")
    }

    private mutating func someNumber() -> WrittenJSON {
        .token(["0", "-0", "64512", "-73.98", "43.6532", "1e3", "123456789012345", "1234567890.1234567", "9007199254740993",
            "18446744073709551617", "-0.0", "null", "true"].randomElement(using: &random) ?? "0")
    }

    /// Any value, JSON or nearly.
    private mutating func someValue() -> WrittenJSON {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: someText()
        case 1: someNumber()
        case 2: .list([someText(), .object([("id", someText())])])
        case 3: .object([("0", .object([("id", someText())])), ("id", someNumber()), ("", someText())])
        default:
            .token(["false", "[]", "{}", "1E400", "00", "1.", "-", ".5", "+1", "tru", "nulll", "NaN", "", "[[[[1]]]]", "\"\\ud800\""]
                .randomElement(using: &random) ?? "")
        }
    }
}

// MARK: Changes

extension EventGenerator {
    /// Removes, repeats, renames or replaces something anywhere in an object.
    private mutating func alter(_ json: inout WrittenJSON) {
        guard case .object(var members) = json, !members.isEmpty else { return json = someValue() }
        let index = members.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<8, using: &random) {
        case 0: members.remove(at: index)
        case 1: members.append((members[index].key, someValue()))
        case 2: members[index].key = ["events", "event", "detail", "eventtype", "Actor", "", "id", "0"].randomElement(using: &random) ?? ""
        case 3: members[index].value = someValue()
        case 4: members.insert((["events", "detail", "event", "note"].randomElement(using: &random) ?? "", someValue()), at: index)
        default: alter(&members[index].value)
        }
        json = .object(members)
    }

    /// Changes, removes or adds a few bytes.
    private mutating func damage(_ bytes: inout [UInt8]) {
        let pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", " ", "\t", "\r", "\n", "0", "é", "🙂", "null", "\u{2028}"]
        let rawBytes: [UInt8] = [0x00, 0x1F, 0x7F, 0x80, 0xC0, 0xED, 0xF4, 0xFF]
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let index = bytes.indices.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.removeSubrange(index..<min(bytes.count, index + 1 + Int.random(in: 0..<40, using: &random)))
            case 3: bytes.insert(rawBytes.randomElement(using: &random) ?? 0, at: index)
            case 4 where random.oneIn(4): bytes.removeSubrange(index...)
            default: bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: index)
            }
        }
    }
}

// MARK: Writing

extension EventGenerator {
    private mutating func write(_ json: WrittenJSON, to bytes: inout [UInt8]) {
        switch json {
        case .token(let token): bytes += Array(token.utf8)
        case .text(let text): write(text, to: &bytes, escapes: random.oneIn(12))
        case .list(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                space(&bytes)
                write(element, to: &bytes)
                space(&bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                space(&bytes)
                write(member.key, to: &bytes, escapes: random.oneIn(400))
                space(&bytes)
                bytes.append(UInt8(ascii: ":"))
                space(&bytes)
                write(member.value, to: &bytes)
                space(&bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private mutating func space(_ bytes: inout [UInt8]) {
        guard random.oneIn(12) else { return }
        bytes += Array((["  ", "\t", "\r", spansLines ? "\n  " : " "].randomElement(using: &random) ?? "").utf8)
    }

    /// - Parameter escapes: Whether characters are written as escapes that need not be.
    private mutating func write(_ text: String, to bytes: inout [UInt8], escapes: Bool) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || escapes && random.oneIn(4) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    bytes += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                }
            } else {
                bytes += Array(String(scalar).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

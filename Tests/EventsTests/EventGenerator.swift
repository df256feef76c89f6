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
        var scribbler = JSONScribbler(random: SeededGenerator(seed: random.next()), spansLines: spansLines)
        scribbler.write(wrapped(event, in: wrapping), to: &bytes)
        if random.oneIn(3) { damage(&bytes) }
        return bytes
    }

    mutating func wrapped(_ event: WrittenJSON, in wrapping: Wrapping) -> WrittenJSON {
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
            ("authenticationContext", .object([("authenticationStep", .token("0")),
            ("externalSessionId", someText())])),
            ("securityContext", .object([("asNumber", someNumber()), ("isp", someText()), ("isProxy", someNumber())])),
        ]
        members += others.filter { _ in random.oneIn(2) }
        if random.oneIn(4) { members.shuffle(using: &random) }
        return .object(members)
    }

    mutating func actor() -> WrittenJSON {
        .object([
            ("id", someText()), ("type", .text("User")), ("alternateId", .text("ann@example.com")),
            ("displayName", someText()), ("detailEntry", .token("null")),
        ])
    }

    mutating func client() -> WrittenJSON {
        let geolocation = WrittenJSON.object([("lat", someNumber()), ("lon", someNumber())])
        let place = WrittenJSON.object([("city", someText()), ("country", .text("US")), ("geolocation", geolocation)])
        return .object([
            ("userAgent", .object([("rawUserAgent", someText()), ("os", .text("Linux"))])), ("zone", .text("null")),
            ("id", .token("null")), ("ipAddress", .text("203.0.113.7")), ("geographicalContext", place),
        ])
    }

    private mutating func target() -> WrittenJSON {
        let entry = WrittenJSON.object([("id", someText()), ("type", .text("App")), ("displayName", someText())])
        return .list([WrittenJSON](repeating: entry, count: Int.random(in: 0...2, using: &random)))
    }

    private mutating func someText() -> WrittenJSON { .text(one(of: Self.texts)) }

    private static let texts = [
        "", "null", "unknown", "Zürich 🙂", "a \"b\" \\ /", "tab\tline\n", "\0", "plain text of some length",
    ]

    private mutating func someNumber() -> WrittenJSON { .token(one(of: Self.numbers)) }

    private static let numbers = [
        "0", "-0", "-0.0", "64512", "-73.98", "43.6532", "1e3", "123456789012345", "1234567890.1234567",
        "9007199254740993", "18446744073709551617", "null", "true",
    ]

    /// Any value, JSON or nearly.
    private mutating func someValue() -> WrittenJSON {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: someText()
        case 1: someNumber()
        case 2: .list([someText(), .object([("id", someText())])])
        case 3: .object([("0", .object([("id", someText())])), ("id", someNumber()), ("", someText())])
        default: .token(one(of: Self.tokens))
        }
    }

    private static let tokens = [
        "false", "[]", "{}", "1E400", "00", "1.", "-", ".5", "+1", "tru", "nulll", "NaN", "", "[[[[1]]]]",
        "\"\\ud800\"",
    ]

    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}

// MARK: Changes

extension EventGenerator {
    /// Removes, repeats, renames or replaces something anywhere in an object.
    mutating func alter(_ json: inout WrittenJSON) {
        guard case .object(var members) = json, !members.isEmpty else { return json = someValue() }
        let index = one(of: Array(members.indices))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: members.remove(at: index)
        case 1: members.append((members[index].key, someValue()))
        case 2: members[index].key = one(of: Self.otherKeys)
        case 3: members[index].value = someValue()
        case 4: members.insert((one(of: Self.otherKeys), someValue()), at: index)
        default: alter(&members[index].value)
        }
        json = .object(members)
    }

    /// Among them some by which other shapes and wrappings are told.
    private static let otherKeys = [
        "events", "event", "detail", "eventtype", "Actor", "", "id", "0", "note", "message", "_raw", "raw_data", "data",
        "p_log_type", "actor.id", "time", "host", "timestamp", "_source", "result", "Log", "event_type", "class_uid",
    ]

    /// Changes, removes or adds a few bytes.
    mutating func damage(_ bytes: inout [UInt8]) {
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...40, using: &random)))
            case 3: bytes.insert(one(of: [0x00, 0x1F, 0x7F, 0x80, 0xC0, 0xED, 0xF4, 0xFF]), at: index)
            case 4 where random.oneIn(4): bytes.removeSubrange(index...)
            default: bytes.insert(contentsOf: Array(one(of: Self.pieces).utf8), at: index)
            }
        }
    }

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", " ", "\t", "\r", "\n", "0", "é", "🙂", "null",
        "\u{2028}",
    ]
}

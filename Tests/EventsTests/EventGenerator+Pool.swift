@testable import Events

// Events that repeat who acts, from which client, in which session, byte by byte, as those of one person do.
extension EventGenerator {
    /// What may stand under one key, as it is written.
    struct PooledObjects {
        let key: String
        let whole: [WrittenJSON]
        /// What is no JSON, or nothing of which a column is made.
        let broken: [WrittenJSON]
    }

    /// A few objects for each of the keys under which they are remembered, some of them all but the same.
    mutating func objectPool() -> [PooledObjects] {
        let values: [(key: String, objects: [WrittenJSON])] = [
            ("actor", [actor(), person("Ann"), person("Bob"), person("Ann\u{301}"), actor(), .object([])]),
            ("client", [client(), client(), client(), .object([("ipAddress", .text("203.0.113.8"))])]),
            ("authenticationContext", ["s1", "s2", ""].map { .object([("externalSessionId", .text($0))]) }),
            ("securityContext", ["64512", "64513", "-0", "1e3", "null"].map(network)),
            ("request", [.object([("ipChain", .list([.object([("ip", .text("203.0.113.7"))])]))]), nest(61), nest(62)]),
        ]
        return values.map { key, objects in
            let whole = objects.map { written($0) }
            return PooledObjects(
                key: key, whole: whole.map { .token($0) }, broken: whole.prefix(2).map { .token(damaged($0)) } + [.token("null")])
        }
    }

    /// An event with objects of a pool; seldom with a broken one, or with one under a key twice.
    mutating func event(from pool: [PooledObjects], _ wrapping: Wrapping, id: Int) -> [UInt8] {
        var members: [(key: String, value: WrittenJSON)] = [
            ("uuid", .text("e\(id)")), ("published", .text("2025-11-12T18:00:0\(id % 10).000Z")),
            ("eventType", .text("user.session.start")), ("severity", .text("INFO")),
        ]
        for objects in pool where !random.oneIn(5) { members.append((objects.key, object(of: objects))) }
        if random.oneIn(20) { members.append((pool[0].key, object(of: pool[0]))) }
        if random.oneIn(4) { members.shuffle(using: &random) }
        var event = WrittenJSON.object(members)
        if random.oneIn(8) { alter(&event) }
        var bytes = Array(written(wrapped(event, in: wrapping)).utf8)
        if random.oneIn(8) { damage(&bytes) }
        return bytes
    }

    private mutating func object(of objects: PooledObjects) -> WrittenJSON {
        one(of: random.oneIn(20) ? objects.broken : objects.whole)
    }

    /// People whose first bytes are the same, by which remembered objects are found.
    private func person(_ name: String) -> WrittenJSON {
        .object([("id", .text("00u1aaaaaaaaaaaaaaaa")), ("type", .text("User")), ("displayName", .text(name))])
    }

    private func network(_ number: String) -> WrittenJSON {
        .object([("asNumber", .token(number)), ("isp", .text("an isp")), ("isProxy", .token("false"))])
    }

    /// An object that is as deep as is allowed in an event, or, with one level more, only in an event without a wrapping.
    private func nest(_ levels: Int) -> WrittenJSON {
        .object([("x", .token(String(repeating: "[", count: levels) + String(repeating: "]", count: levels)))])
    }

    private mutating func written(_ json: WrittenJSON) -> String {
        var scribbler = JSONScribbler(random: SeededGenerator(seed: random.next()), spansLines: spansLines), bytes: [UInt8] = []
        scribbler.write(json, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func damaged(_ text: String) -> String {
        var bytes = Array(text.utf8)
        damage(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

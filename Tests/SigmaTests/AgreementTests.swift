import Events
import JSON
import Sigma
import Testing

@Suite("The engine agrees with the plainest evaluation, event by event")
struct AgreementTests {
    @Test("Random rules in both languages over random events", .timeLimit(.minutes(10)), arguments: [1, 2, 3] as [UInt64])
    func agreement(seed: UInt64) async throws {
        var random = Random(state: seed)
        let events = (0..<700).map { _ in random.event() }
        let rules = (0..<100).map { _ in random.rule(depth: 3) }
        var texts: [RuleText] = []
        for (index, rule) in rules.enumerated() {
            if let sigma = rule.sigma {
                texts.append(RuleText(name: "s\(index).yml", bytes: Array(sigmaRule(sigma).replacing("id: test", with: "id: s\(index)").utf8)))
            }
            if let filter = rule.filter {
                texts.append(RuleText(name: "f\(index)", bytes: Array(filterRule(filter).replacing("test.yml", with: "f\(index)").utf8)))
            }
        }
        let set = RuleSet(texts)
        #expect(set.refusalLines == [])
        #expect(set.rules.count > 120)
        let table = try await table(events)
        var found = try await Dictionary(uniqueKeysWithValues: set.matches(in: table).map { ($0.rule.id, $0.rows.sorted()) })
        for rule in set.rules {
            let index = try #require(Int(rule.id.dropFirst()))
            let expected = events.indices.filter { rules[index].holds(events[$0]) }
            #expect(found.removeValue(forKey: rule.id) ?? [] == expected, "seed \(seed), \(rule.id): \(rules[index])")
        }
        #expect(found.isEmpty)
    }
}

/// Chooses by a seed; the same on every machine.
private struct Random {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    private static let texts = ["", "a", "A", "ab", "abc", "Bob", "null", "true", "5", "5.0", "1e1", "é", "É", "a\"b", "x\\y", "a\nb", "🙂"]
    private static let fields = [
        "eventType", "severity", "displayMessage", "actor.id", "actor.alternateId", "ACTOR.ID", "client.ipAddress",
        "outcome.result", "outcome.reason", "target.displayName", "target.0.displayName", "target.1.displayName", "target.0.id",
        "target", "target.0", "target.detailEntry.x", "debugContext.debugData.risk", "debugContext.debugData", "debugContext.debugData.1",
        "securityContext.isProxy", "securityContext.asNumber", "nothing", "actor", "legacyEventType", "client.id.x",
    ]

    mutating func rule(depth: Int) -> NaiveRule {
        if depth > 0 {
            switch below(6) {
            case 0: return .all((0...below(3)).map { _ in rule(depth: depth - 1) })
            case 1: return .any((0...below(3)).map { _ in rule(depth: depth - 1) })
            case 2: return .not(rule(depth: depth - 1))
            default: break
            }
        }
        let path = pick(Self.fields), text = pick(["a", "A", "ab", "b", "ob", "5", "0", "é", "\"", "x\\y", "{", "\n", "true", ""])
        switch below(13) {
        case 0, 1: return .equals(path, .string(pick(Self.texts.filter { !$0.contains("\\") })))
        case 2: return .equals(path, pick([5, 10, true, false, 0]))
        case 3, 4: return .contains(path, text)
        case 5: return .begins(path, text)
        case 6: return .ends(path, text)
        case 7: return .fits(path, pick(["a*", "*b", "*a*", "a?c", "?", "*", "??*", "a*c", "*\"*", "{*}", "5?0"]))
        case 8: return .exists(path)
        case 9: return .isNull(path)
        case 10: return .isPresent(path)
        case 11: return .isGreater(path, pick([0, 4.5, 9]))
        default: return .expression(path, pick(["^a", "b$", "a.c", "[0-9]+", "^$", "é|b", "\"x\""]))
        }
    }

    mutating func event() -> JSONValue {
        var members = [JSONValue.Member("uuid", .string("\(state)"))]
        for (key, value) in [
            ("eventType", scalar()), ("severity", scalar()), ("displayMessage", scalar()), ("legacyEventType", scalar()),
            ("actor", object(["id", "alternateId", "displayName"])), ("client", object(["ipAddress", "id", "zone"])),
            ("outcome", object(["result", "reason"])), ("target", targets()), ("securityContext", object(["isProxy", "asNumber"])),
            ("debugContext", .object([JSONValue.Member("debugData", object(["risk", "1", "x"]))])), ("version", scalar()),
        ] where below(8) > 0 { members.append(JSONValue.Member(below(30) == 0 ? key.lowercased() : key, value)) }
        if below(2) == 0 { members.swapAt(0, members.count - 1) }
        return .object(members)
    }

    private mutating func object(_ keys: [String]) -> JSONValue {
        if below(12) == 0 { return scalar() }
        return .object(keys.compactMap { key in
            below(5) == 0 ? nil : JSONValue.Member(below(30) == 0 ? key.uppercased() : key, value(depth: 2))
        })
    }

    private mutating func targets() -> JSONValue {
        switch below(8) {
        case 0: .null
        case 1: object(["id", "displayName"])
        default: .array((0..<below(4)).map { _ in below(8) == 0 ? value(depth: 2) : target() })
        }
    }

    private mutating func target() -> JSONValue {
        object(["id", "displayName"]).setting("detailEntry", to: below(2) == 0 ? .null : object(["x", "y"]))
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch depth > 0 ? below(10) : 9 {
        case 0: .array((0..<below(3)).map { _ in value(depth: depth - 1) })
        case 1: .object((0..<below(3)).map { JSONValue.Member(["x", "id", "0"][$0], value(depth: depth - 1)) })
        default: scalar()
        }
    }

    private mutating func scalar() -> JSONValue {
        switch below(12) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .integer(Int64(below(12)))
        case 3: pick([.number(5.5), .number(-2.25), .number(1e300), .integer(-7), .number(5), .integer(123_456_789_012_345_678)])
        default: .string(pick(Self.texts))
        }
    }
}

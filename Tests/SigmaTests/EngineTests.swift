import Events
import JSON
@testable import Sigma
import Tables
import Testing

@Suite("Rules over many events")
struct EngineTests {
    /// Events that repeat themselves in `type` and `uri` and differ in `note`; the last comes first.
    private static func events(_ count: Int) -> [JSONValue] {
        (0..<count).reversed().map { index in
            let seconds = index % 60, minutes = index / 60 % 60, hours = index / 3600
            let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
            return [
                "uuid": .string("e\(index)"), "published": .string("2025-11-12T\(two(hours)):\(two(minutes)):\(two(seconds))Z"),
                "eventType": .string("type.\(index % 11)"), "actor": ["id": .string("u\(index % 5000)")],
                "debugContext": ["debugData": ["uri": .string("/a/\(index % 9)"), "note": .string("n\(index)"), "long": .string(String(repeating: "x", count: index % 700))]],
            ]
        }
    }

    private static let rules = ruleSet(
        [
            ("typed", "{eventType: TYPE.3}"), ("raw", "{debugContext.debugData.uri|endswith: /7}"),
            ("both", "{eventType|re: '^type[.]1', debugContext.debugData.note|contains: '77'}"), ("actor", "{actor.id|endswith: '42'}"),
            ("long", "{debugContext.debugData.long|re: '^x{600,}$'}"), ("word", "n1234"), ("none", "{eventType: absent, debugContext: x}"),
        ].map { id, selection in sigmaRule("s: \(selection)\ncondition: s").replacing("id: test", with: "id: \(id)") }
            .joined(separator: "---\n"))

    @Test("Every row is asked, in every chunk; rows come in time order, matches in the rules' order")
    func manyRows() async throws {
        let count = 10_000, table = try await table(Self.events(count))
        let found = try await Self.rules.matches(in: table)
        #expect(found.map(\.rule.id) == ["typed", "raw", "both", "actor", "long", "word"])
        let expected: [(Int) -> Bool] = [
            { $0 % 11 == 3 }, { $0 % 9 == 7 }, { [1, 10].contains($0 % 11) && "\($0)".contains("77") }, { "\($0 % 5000)".hasSuffix("42") },
            { $0 % 700 >= 600 }, { $0 == 1234 },
        ]
        for (match, isExpected) in zip(found, expected) {
            #expect(match.rows.map { table[$0].id } == (0..<count).filter(isExpected).map { "e\($0)" }, "\(match.rule.id)")
        }
    }

    @Test("The same events in another order give the same matches")
    func order() async throws {
        let events = Self.events(3000)
        let one = try await Self.rules.found(in: table(events))
        let other = try await Self.rules.found(in: table(events.sorted { $0["uuid"]?.string ?? "" < $1["uuid"]?.string ?? "" }))
        #expect(one == other && one.count == 6)
    }

    @Test("No events and no rules match nothing")
    func nothing() async throws {
        #expect(try await Self.rules.matches(in: EventTable()).isEmpty)
        #expect(try await RuleSet([]).matches(in: table(Self.events(10))).isEmpty)
    }

    @Test("A cancelled task stops, and says so")
    func cancelled() async throws {
        let table = try await table(Self.events(5000))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Self.rules.matches(in: table).count
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Types of events that a rule cannot match are told apart before any row is asked")
    func prefilter() async throws {
        let table = try await table(Self.events(100))
        let predicates = Self.rules.rules.compactMap { if case .predicate(let predicate) = $0.content { predicate } else { nil } }
        var evaluator = Evaluator(Program(predicates), table)
        let types = table.column(.eventType).dictionary, plans = evaluator.plansByType()
        let names = { (type: String) in
            plans[types.firstIndex(of: type) ?? 0].rules.map { Self.rules.rules[Int($0)].id }
        }
        #expect(names("type.3") == ["typed", "raw", "actor", "long", "word"])
        #expect(names("type.10") == ["raw", "both", "actor", "long", "word"])
        #expect(names("type.4") == ["raw", "actor", "long", "word"])
    }

    @Test("Bytes that changed after they were read are survived: any prefix, any damage", .timeLimit(.minutes(1)))
    func damagedBytes() {
        let tree = PathTree(["a.b", "a.0", "a.0.b", "c", "c.d.e", "f.1.g"].map { FieldPath($0) })
        let text = Array(#"{"a": [{"b": "x\"y"}, [1, {"b": null}]], "c": {"d": {"e": -1.5e3}, "é": "\\"}, "f": [{}, {"g": [true, []]}]}"#.utf8)
        var scanner = PathScanner(tree), state: UInt64 = 3, good = 0
        for turn in 0..<20_000 {
            var bytes = turn < text.count ? Array(text.prefix(turn)) : text
            for _ in 0..<(turn < text.count ? 0 : turn % 5) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let alphabet = Array("{}[]\",:\\ 0x".utf8) + [0, 0xFF]
                bytes[Int(state >> 33) % bytes.count] = alphabet[Int(state >> 20) % alphabet.count]
            }
            if bytes.withUnsafeBytes({ scanner.scan($0) }) { good += 1 }
            #expect(scanner.found.values.allSatisfy { $0.start >= 0 && $0.count >= 0 && $0.start + $0.count <= bytes.count })
        }
        #expect((4000..<20_000).contains(good))
        for open in ["[", "{\"a\":", "[{\"a\":"] {
            let deep = Array(String(repeating: open, count: 200_000).utf8)
            #expect(!deep.withUnsafeBytes { scanner.scan($0) })
        }
    }

    @Test("Rules of absurd size are run or refused, soon", .timeLimit(.minutes(1)))
    func absurd() async throws {
        let deepPath = String(repeating: "a.", count: 200_000) + "b"
        let many = (0..<6000).map { "s\($0): {a: \($0)}" }.joined(separator: "\n")
        for detection in [
            "s: {\(deepPath): x}\ncondition: s", "\(many)\ncondition: 1 of them", "\(many)\ncondition: 1 of s1* or 1 of s2*",
            "s: {a: b}\ncondition: " + String(repeating: "s or ", count: 100_000) + "s",
            "\(many)\ncondition: " + String(repeating: "1 of s* or ", count: 3000) + "s1",
            "s: {a|windash|contains: '" + String(repeating: "-a ", count: 4) + String(repeating: "x", count: 400_000) + "'}\ncondition: s",
            "s: {a: '" + String(repeating: "?", count: 500_000) + "'}\ncondition: s",
        ] {
            let rules = ruleSet(sigmaRule(detection))
            #expect(rules.rules.count + rules.refusals.count == 1)
            _ = try await rules.matches(#"{"eventType": "x"}"#)
        }
    }

    @Test("Hostile rules and hostile values take linear time", .timeLimit(.minutes(1)))
    func hostile() async throws {
        let rules = ruleSet(sigmaRule("""
            a: {displayMessage|re: '(a+)+b'}
            b: {displayMessage|contains: '\(String(repeating: "a", count: 5000))b'}
            c: {displayMessage: '*a*a*a*a*a*a*a*a*a*a*a*a*b'}
            d: {displayMessage: '*a?a?a?a?a?a?a?a*b'}
            e: {actor.displayName|contains: '\(String(repeating: "ab", count: 3000))c'}
            condition: 1 of them
            """))
        #expect(rules.refusalLines == [])
        let event: JSONValue = [
            "displayMessage": .string(String(repeating: "a", count: 300_000)),
            "actor": ["displayName": .string(String(repeating: "ab", count: 150_000))],
        ]
        #expect(try await rules.matches(in: table([event])).isEmpty)
    }
}

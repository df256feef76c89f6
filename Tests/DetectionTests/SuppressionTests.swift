import Detection
import Diagnostics
import Events
import JSON
import Tables
import Testing

@Suite("Suppressions")
struct SuppressionTests {
    /// Bob, mostly at home: a and b in one network, c in another, d without an address; e and f open applications.
    private static let log = """
        a 10:00:00 bob s ip=203.0.113.9 asn=64500
        b 10:05:00 bob s ip=203.0.113.10 asn=64500
        c 10:06:00 bob s ip=198.51.100.1 asn=64501
        d 10:07:00 bob s asn=64500
        e 10:08:00 bob sso ip=203.0.113.9 asn=64500 target=User:bob,AppInstance:Payroll
        f 10:09:00 bob sso ip=203.0.113.9 asn=64500 target=AppInstance:Wiki
        g 10:10:00 eve s ip=203.0.113.9 asn=64500
        """

    private static func finding(_ ids: String, users: Int = 1, figures: [JSONValue.Member] = []) -> DetectionFinding {
        let events = ids.map { String($0) }
        return DetectionFinding(
            detector: ImpossibleTravel(), groupKey: "bob", description: "d", oktaEventIDs: events, userID: "bob",
            createdAt: Timestamp("2025-11-12T10:09:00Z"),
            figures: [.init("user_count", .integer(Int64(users)))] + figures)
    }

    private static let clock = Timestamp("2025-11-12T20:00:00Z")!

    private static func scope(_ text: String) throws -> SuppressionScope {
        try SuppressionScope(json: JSONValue(parsing: text))
    }

    @Test("All that a scope gives must fit the finding", arguments: [
        (#"{"rule":"impossible_travel"}"#, "ac", true), (#"{"rule":"new_country"}"#, "ac", false),
        (#"{"rule":"Impossible_Travel"}"#, "ac", false),
        (#"{"actor":"bob"}"#, "a", true), (#"{"actor":"BOB@example.COM"}"#, "a", true), (#"{"actor":"bo"}"#, "a", false),
        (#"{"rule":"impossible_travel","actor":"eve"}"#, "a", false),
        (#"{"ip":"203.0.113.9"}"#, "a", true), (#"{"ip":"203.0.113.9"}"#, "ab", false),
        (#"{"ip":"203.0.113.0/24"}"#, "ab", true), (#"{"ip":"203.0.113.0/24"}"#, "abc", false),
        (#"{"asn":64500}"#, "abd", true), (#"{"asn":64500}"#, "abc", false),
        (#"{"app":"payroll"}"#, "e", true), (#"{"app":"payroll"}"#, "ae", true), (#"{"app":"payroll"}"#, "ef", false),
        (#"{"app":"payroll"}"#, "a", false), (#"{"app":"bob"}"#, "e", false),
        (#"{"rule":"impossible_travel","actor":"bob","ip":"203.0.113.0/24","asn":64500,"app":"Payroll"}"#, "abe", true),
    ])
    func fits(scope: String, events: String, isCovered: Bool) async throws {
        let log = try await placed(Self.log)
        #expect(try Self.scope(scope).covers(Self.finding(events), in: log) == isCovered)
    }

    @Test("What is not known does not fit: no address, an event that is not loaded, events that are only counted", arguments: [
        (#"{"ip":"203.0.113.0/24"}"#, finding("ad"), false),
        (#"{"ip":"203.0.113.0/24"}"#, finding("az"), false),
        (#"{"actor":"bob"}"#, finding("az"), true),
        (#"{"ip":"203.0.113.0/24"}"#, finding("ab", figures: [.init("count", 3)]), false),
        (#"{"ip":"203.0.113.0/24"}"#, finding("ab", figures: [.init("failure_count", 900)]), false),
        (#"{"app":"Payroll"}"#, finding("e", figures: [.init("more_events", 1)]), false),
    ] as [(String, DetectionFinding, Bool)])
    func unknown(scope: String, finding: DetectionFinding, isCovered: Bool) async throws {
        #expect(try await Self.scope(scope).covers(finding, in: placed(Self.log)) == isCovered)
    }

    @Test("Of more events than a finding names, its lists tell, while they are not full", arguments: [
        (1, "203.0.113.0/24", true), (19, "203.0.113.0/24", true), (20, "203.0.113.0/24", false), (5, "198.51.100.0/24", false),
    ])
    func many(addresses: Int, network: String, isCovered: Bool) async throws {
        let list = (0..<addresses).map { "203.0.113.\($0)" }
        let figures: [JSONValue.Member] = [.init("count", 5000), .init("ips", JSONValue(list)), .init("more_events", 4998)]
        let scope = try SuppressionScope(ip: network)
        #expect(try await scope.covers(Self.finding("ab", figures: figures), in: placed(Self.log)) == isCovered)
    }

    @Test("A finding about several accounts is not that of one of them")
    func severalAccounts() async throws {
        let log = try await placed(Self.log), bob = try SuppressionScope(actor: "bob")
        #expect(bob.covers(Self.finding("a", users: 1), in: log))
        #expect(!bob.covers(Self.finding("a", users: 2), in: log))
        #expect(!bob.covers(Self.finding("a", figures: [.init("users", ["bob", "eve"])]), in: log))
        #expect(try SuppressionScope(ip: "203.0.113.9").covers(Self.finding("a", users: 2), in: log))
        let rule: [JSONValue.Member] = [.init("level", "high")]
        #expect(bob.covers(Self.finding("ab", figures: rule), in: log))
        #expect(!bob.covers(Self.finding("abg", figures: rule), in: log))
    }

    @Test("A burst of 1200 failures from a scanner is covered by its address, and not once another took part")
    func realBurst() async throws {
        let failures = (0..<1200).map { LogEntry(id: "f\($0)", seconds: Double($0) / 3, user: "ann") }
        let scanner = try SuppressionScope(rule: "failed_login_burst", ip: "203.0.113.9")
        var other = failures
        other[1100].address = "198.51.100.7"
        for (entries, isCovered) in [(failures, true), (other, false)] {
            let events = try await entries.table
            let bursts = FailedLoginBurst().findings(in: events)
            #expect(bursts.map { scanner.covers($0, in: events) } == [isCovered])
        }
    }

    // MARK: Records

    private static let record = #"{"id":"x","rule":"r","actor":null,"ip":"203.0.113.0/24","asn":64500,"app":null,"owner":"nina","reason":"scanner","ticket":"SEC-1","expires":"2026-03-01T00:00:00Z","created_at":"2025-11-12T20:00:00Z"}"#

    @Test("A record of the contract, read and written again unchanged", arguments: [
        record, record.replacing("}", with: #","removed_at":"2025-12-01T00:00:00Z"}"#),
        record.replacing(#""2026-03-01T00:00:00Z""#, with: "null").replacing(#""SEC-1""#, with: "null"),
    ])
    func roundTrip(record: String) throws { #expect(try Suppression(json: JSONValue(parsing: record)).json.text == record) }

    @Test("Lines that are no suppression are skipped with their place, and widen nothing", arguments: [
        (#"{"rule":"r","owner":"o","reason":"w","expires":null"#, "the JSON ends inside an object, at byte 51"),
        (#"{"owner":"o","reason":"w","expires":null}"#, "a suppression of nothing in particular would hide everything"),
        (#"{"rule":"","owner":"o","reason":"w","expires":null}"#, "the `rule` of a suppression is empty"),
        (#"{"rule":"r","actor":5,"owner":"o","reason":"w","expires":null}"#, "the `actor` of a suppression needs a text, not a number"),
        (#"{"rule":"r","asn":"AS64500","owner":"o","reason":"w","expires":null}"#, "the `asn` of a suppression needs a whole number, not a string"),
        (#"{"asn":0,"owner":"o","reason":"w","expires":null}"#, "0 is not the number of an autonomous system"),
        (#"{"rule":"r","ip":"203.0.113.0/99","owner":"o","reason":"w","expires":null}"#, "`203.0.113.0/99` is not an address or a network"),
        (#"{"rule":"r","reason":"w","expires":null}"#, "a suppression needs `owner`, a text"),
        (#"{"rule":"r","owner":"o","reason":"","expires":null}"#, "a suppression needs `reason`, a text"),
        (#"{"rule":"r","owner":"o","reason":"w"}"#, "a suppression needs `expires`"),
        (#"{"rule":"r","owner":"o","reason":"w","expires":"soon"}"#, "the `expires` of a suppression is no time"),
        (#"["rule"]"#, "a suppression of nothing in particular would hide everything"),
    ])
    func badLine(line: String, problem: String) {
        let good = #"{"rule":"kept","owner":"o","reason":"w","expires":null}"#
        let read = Suppressions(jsonLines: Array("\(good)\n\n\(line)\n\(good.replacing("kept", with: "too"))".utf8), file: "s.jsonl")
        #expect(read.records.map(\.scope.rule) == ["kept", "too"])
        #expect(read.problems.map(\.problem) == ["a line is not a suppression: \(problem)"])
        #expect(read.problems.map(\.place) == [Place(file: "s.jsonl", line: 3)])
    }

    @Test("The id is that of the scope, whatever its case, owner and end")
    func ids() throws {
        func id(_ scope: SuppressionScope, owner: String = "o", expires: String? = nil) -> String {
            Suppression(scope, owner: owner, reason: "w", expires: expires.flatMap { Timestamp($0) }, createdAt: nil).id
        }
        let first = id(try SuppressionScope(actor: "bob"))
        #expect(first == id(try SuppressionScope(actor: "BOB"), owner: "p", expires: "2026-01-01"))
        #expect(first != id(try SuppressionScope(rule: "bob")))
        #expect(first != id(try SuppressionScope(actor: "bob", app: "x")))
        #expect(first.split(separator: "-")[2].hasPrefix("5"))
    }

    @Test("The last line of an id counts; one that was taken back does not, until it is made again")
    func lastCounts() throws {
        let line = #"{"id":"x","rule":"r","owner":"o","reason":"1","expires":null}"#
        let gone = line.replacing("}", with: #","removed_at":"2025-11-12"}"#), again = line.replacing(#""1""#, with: #""2""#)
        func read(_ lines: [String]) -> [String] {
            Suppressions(jsonLines: Array(lines.joined(separator: "\n").utf8), file: "s").kept.map(\.reason)
        }
        #expect(read([line, again]) == ["2"])
        #expect(read([line, gone]) == [])
        #expect(read([line, gone, again]) == ["2"])
    }

    // MARK: Marks

    @Test("A covered finding is kept and marked with the first suppression; the rest stay as they were")
    func marks() async throws {
        let log = try await placed(Self.log), findings = [Self.finding("ab"), Self.finding("c")]
        let lines = [
            #"{"id":"1","ip":"203.0.113.0/24","owner":"nina","reason":"lab","ticket":"SEC-1","expires":"2026-01-01"}"#,
            #"{"id":"2","ip":"203.0.113.0/25","owner":"max","reason":"x","expires":null}"#,
        ]
        let marked = Suppressions(jsonLines: Array(lines.joined(separator: "\n").utf8), file: "s").marked(findings, in: log, at: Self.clock)
        #expect(marked.map(\.isSuppressed) == [true, false])
        #expect(marked[0].metadata["suppressed"]?.text
            == #"{"id":"1","owner":"nina","reason":"lab","ticket":"SEC-1","expires":"2026-01-01T00:00:00Z"}"#)
        #expect(marked[1] == findings[1])
        #expect(Suppressions().marked(marked, in: log, at: Self.clock) == findings)
    }

    @Test("One that has run out by the clock counts no more", arguments: [
        ("2025-11-12T20:00:01Z", true), ("2025-11-12T20:00:00Z", false), ("2020-01-01", false),
    ])
    func expired(end: String, counts: Bool) async throws {
        let line = #"{"actor":"bob","owner":"o","reason":"w","expires":"\#(end)"}"#
        let suppressions = Suppressions(jsonLines: Array(line.utf8), file: "s")
        let marked = try await suppressions.marked([Self.finding("a")], in: placed(Self.log), at: Self.clock)
        #expect(marked.map(\.isSuppressed) == [counts])
        #expect(suppressions.expired(at: Self.clock).count == (counts ? 0 : 1))
        #expect(suppressions.inForce(at: Self.clock).count == (counts ? 1 : 0))
    }
}

import Detection
import Diagnostics
import Events
import Foundation
import JSON
import Sigma
import Testing

/// What the built-in rules are tested on: a line each for events that fire a rule, or look alike and do not.
struct RuleCase: Sendable, CustomStringConvertible {
    let rule: String
    let line: Int
    let isExpected: Bool
    let why: String
    /// The events, as newline-delimited JSON.
    let events: String

    var description: String { "\(rule):\(line) \(why)" }

    init(rule: String, line: Int, _ value: JSONValue) {
        self.rule = rule
        self.line = line
        isExpected = value["expected"]?.bool ?? false
        why = value["why"]?.string ?? ""
        events = (value["events"]?.array ?? [value["event"] ?? .null]).map(\.text).joined(separator: "\n")
    }

    /// Of one rule, by its file's name.
    static func all(of rule: String) throws -> [RuleCase] {
        let text = try String(contentsOf: Folders.ruleTests.appending(path: rule + ".ndjson"), encoding: .utf8)
        return try text.split(separator: "\n").enumerated()
            .map { RuleCase(rule: rule, line: $0 + 1, try JSONValue(parsing: Array($1.utf8))) }
    }
}

/// Where the tests' own files and the product's are.
enum Folders {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let ruleTests = tests.appending(path: "Rules")
    static let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    static let rules = root.appending(path: "Sources/Detection/Rules")

    static func names(in folder: URL, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }
}

@Suite("The built-in rules")
struct RulePackTests {
    static let rules = RuleSet(BuiltInRules.texts)

    @Test("Each rule fires on its events, and stays silent on what looks alike", arguments: BuiltInRules.names)
    func cases(name: String) async throws {
        let rule = Self.rules.reporting { $0.name == name }
        for ruleCase in try RuleCase.all(of: name) {
            let fires = try await !rule.matches(in: table(ruleCase.events)).isEmpty
            #expect(fires == ruleCase.isExpected, "\(ruleCase)")
        }
    }

    @Test("Each rule has an event that fires it, and two that do not", arguments: BuiltInRules.names)
    func enough(name: String) throws {
        let cases = try RuleCase.all(of: name)
        #expect(cases.contains { $0.isExpected } && cases.count { !$0.isExpected } >= 2)
    }

    @Test("The list names the folder's files, and every file has tests")
    func list() throws {
        #expect(try BuiltInRules.names == Folders.names(in: Folders.rules, ending: ".yml"))
        #expect(try BuiltInRules.names == Folders.names(in: Folders.ruleTests, ending: ".ndjson"))
    }

    @Test("Each file is compiled as it stands, and its last rule has its name")
    func files() throws {
        #expect(Self.rules.refusals == [] && Self.rules.skipped == [])
        let reported = Self.rules.reported
        #expect(reported.compactMap(\.name).sorted() == BuiltInRules.names)
        for text in BuiltInRules.texts {
            let name = try #require(text.name.split(separator: ":").last)
            #expect(try text.bytes == Array(Data(contentsOf: Folders.rules.appending(path: String(name)))))
        }
    }

    @Test("Each rule says what it means, what else it may be, and which techniques of ATT&CK it shows")
    func texts() throws {
        for rule in Self.rules.reported {
            let name = rule.name ?? rule.id
            #expect(UUID(uuidString: rule.id) != nil && rule.unknownFields.isEmpty, "\(name)")
            #expect(rule.description.count > 60 && !rule.falsePositives.isEmpty && !rule.references.isEmpty, "\(name)")
            #expect(!rule.attack.isEmpty, "\(name)")
        }
    }
}

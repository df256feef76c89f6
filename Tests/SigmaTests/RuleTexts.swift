import Diagnostics
import Events
import Foundation
import JSON
import Sigma
import Testing

/// Rules of texts that are named `a.yml`, `b.yml`, … in messages.
func ruleSet(_ texts: String..., placeholders: [String: [String]] = [:]) -> RuleSet {
    RuleSet(
        zip("abcdefgh", texts).map { RuleText(name: "\($0).yml", bytes: Array($1.utf8)) }, placeholders: placeholders)
}

/// A Sigma rule with this detection section.
func sigmaRule(_ detection: String) -> String {
    let lines = detection.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    return "title: Test\nid: test\nlogsource:\n    product: okta\ndetection:\n" + lines.joined(separator: "\n") + "\n"
}

/// A rule of this System Log filter.
func filterRule(_ filter: String) -> String {
    JSONValue.object([JSONValue.Member("file", "test.yml"), JSONValue.Member("filter", .string(filter))]).text
}

/// Events of one input; an event without an id gets one by its place.
func table(_ events: [JSONValue]) async throws -> EventTable {
    let lines = events.enumerated().map { index, event in
        (event["uuid"] == nil && event["id"] == nil ? event.setting("uuid", to: .string("e\(index)")) : event).text
    }
    return try await table(lines.joined(separator: "\n"))
}

/// Events of one input, all of which must be accepted.
func table(_ json: String) async throws -> EventTable {
    let source = RawBytes(name: "events", bytes: Array(json.utf8))
    let (table, report) = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
    #expect(report.read == report.accepted, "\(report.problems)")
    return table
}

extension RuleSet {
    /// Every refusal in one line: place, problem.
    var refusalLines: [String] { refusals.map { "\($0.place.map(\.description) ?? "nowhere"): \($0.problem)" } }

    /// The ids of the rules that match, each with the ids of its events.
    func found(in events: EventTable) async throws -> [String] {
        try await matches(in: events).map { match in
            "\(match.rule.id): \(match.rows.map { events[$0].id }.joined(separator: " "))"
        }
    }

    /// Whether any rule matches an event.
    func matches(_ event: String) async throws -> Bool {
        try await !matches(in: table([try JSONValue(parsing: event)])).isEmpty
    }
}

/// The shared files beside the repository; `nil` where they are not there.
let corpus: String? = {
    // #filePath may run through a symbolic link of a build folder.
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let path = tests.appending(path: "../../../shared/corpus").standardizedFileURL.path
    return FileManager.default.fileExists(atPath: path) ? path : nil
}()

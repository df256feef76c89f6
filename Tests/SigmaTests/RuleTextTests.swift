import Diagnostics
import Foundation
import Sigma
import Testing

@Suite("Files of rules")
struct RuleTextTests {
    /// A folder that is gone after the body.
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sigma-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(folder.path)
    }

    @Test("A folder stands for the rule files in it and below, by path; a file for itself, whatever its name")
    func folder() throws {
        let rule = sigmaRule("s: {a: b}\ncondition: s")
        try withFolder(["b.yml": rule, "x/a.YAML": rule, "x/y/c.ndjson": "{}", "LICENSE": "text", "readme.md": "text", ".hidden.yml": rule]) { folder in
            let (texts, faults) = try RuleText.read(folder)
            #expect(texts.map { String($0.name.dropFirst(folder.count)) } == ["/b.yml", "/x/a.YAML", "/x/y/c.ndjson"])
            #expect(faults == [] && texts[0].bytes == Array(rule.utf8))
            #expect(try RuleText.read(folder + "/LICENSE").texts.map(\.name) == [folder + "/LICENSE"])
            #expect(try RuleText.read(folder + "/x/*/*.ndjson").texts.count == 1)
        }
    }

    @Test("Rules without an id are called by their name or file", arguments: [
        ("title: T\nname: the_name\nlogsource: {product: okta}\ndetection: {s: {a: b}, condition: s}", ["the_name"]),
        ("title: T\nlogsource: {product: okta}\ndetection: {s: {a: b}, condition: s}", ["my.rule"]),
        ("title: T\ndetection: {s: {a: b}, condition: s}\n---\ndetection: {s: {a: b}, condition: s}", ["my.rule#1", "my.rule#2"]),
        ("detection: {okta_systemlog: {OIE: eventType pr}}", ["my.rule"]),
    ])
    func names(text: String, ids: [String]) {
        let rules = RuleSet([RuleText(name: "folder/my.rule.yml", bytes: Array(text.utf8))])
        #expect(rules.refusalLines == [] && rules.rules.map(\.id) == ids)
        #expect(rules.rules.first?.title == (text.contains("title") ? "T" : "my.rule"))
    }

    @Test("Tags become ATT&CK techniques", arguments: [
        ("attack.t1110", ["T1110"]), ("attack.T1110.003", ["T1110.003"]), ("attack.persistence", []), ("attack.t11100", []),
        ("attack.t1110.03", ["T1110"]), ("detection.t1110", []), ("attack.ta0001", []), ("t1110", []),
    ])
    func attack(tag: String, techniques: [String]) {
        let rules = ruleSet("title: T\ntags: [\(tag), \(tag)]\nlogsource: {}\ndetection: {s: {a: b}, condition: s}")
        #expect(rules.rules.map(\.attack) == [techniques])
    }

    @Test("What cannot be read is said", arguments: [("/nowhere/at/all", Diagnostic.Kind.failed), ("-", .usage)])
    func unreadable(path: String, kind: Diagnostic.Kind) {
        let fault = #expect(throws: Diagnostic.self) { try RuleText.read(path) }
        #expect(fault?.kind == kind && fault?.remedy.isEmpty == false)
    }

    @Test("A folder without rules is said to have none")
    func noRules() throws {
        try withFolder(["notes.txt": "x"]) { folder in
            let fault = #expect(throws: Diagnostic.self) { try RuleText.read(folder) }
            #expect(fault?.problem == "there are no rules in `\(folder)`")
        }
    }
}

import KQL
import Tables
import Testing

@testable import Hunting

/// Texts that try to be more than a value.
private let hostile = [
    #"bob" or "1" == "1"#, #"bob\"#, #"bob\" | take 5 //"#, "bob\n| take 5", "bob\r\n.drop table SigninLogs", "';--",
    "// bob", "\"; print 1; \"",
    "a\u{2028}b", "a\u{0}b", "\u{1B}[2J", "\u{202E}bob", "%27%20or", "{{7*7}}",
    "日本語 \u{1F600}", "e\u{301}\"\u{301}",
    "```", "h\"x\"", "@\"x\"",
]

@Suite("Values in queries")
struct KQLTextTests {
    @Test("A value is read back as it was, whatever it says", arguments: hostile)
    func literal(value: String) throws {
        let result = try QueryEngine(tables: [], now: HuntQuestion.now).run("print x = \(KQLText.literal(value))")
        #expect(result.columns.count == 1 && result.count == 1)
        #expect(Array(result.text(row: 0, column: 0).utf8) == Array(value.utf8))
        #expect(
            !KQLText.literal(value).unicodeScalars.contains {
                $0 == "\n" || $0 == "\r" || $0.value == 0x1B || $0.value == 0x202E
            })
    }

    @Test(
        "What a literal looks like",
        arguments: [
            ("bob", #""bob""#), (#"a"b"#, #""a\"b""#), (#"C:\x"#, #""C:\\x""#), ("a\nb", #""a\nb""#),
            ("a\u{1B}b", #""a\u001bb""#),
        ])
    func form(value: String, expected: String) { #expect(KQLText.literal(value) == expected) }

    @Test("An overlong value is cut") func cut() {
        #expect(KQLText.literal(String(repeating: "a", count: 100_000)).count == 2002)
    }

    @Test(
        "A question's texts stay values: the query reads one table and has as many steps as with an honest text",
        arguments: hostile)
    func question(value: String) throws {
        let grammar = HuntGrammar(catalog: QuestionCheck.catalog)
        for ask in [
            "command lines containing `\(value)`", "failed okta logins by \(value)",
            "registry values containing “\(value)”",
        ] {
            guard let draft = try? grammar.draft(ask) else { continue }
            let outline = try QuestionCheck.catalog.engine.outline(of: draft.query)
            #expect(outline.reads.count == 1)
            #expect(
                draft.query.split(separator: "\n").allSatisfy { line in
                    line == draft.query.split(separator: "\n").first
                        || ["| where ", "| project ", "| top ", "| summarize "].contains { line.hasPrefix($0) }
                        || line.prefixMatch(of: #/ {4,}(or|and) /#) != nil
                })
        }
    }

    @Test("A condition too long for a line has a line for each alternative, and means the same")
    func lines() {
        let long = String(repeating: "x", count: 40)
        let condition = HuntCondition.any([
            .all([.text("File", .same, ["a"]), .any([.text("Line", .has, [long]), .text("Line", .has, [long + "y"])])]),
            .text("Parent", .contains, ["b", "c"]),
        ])
        #expect(condition.spread(indent: 4) == """
            (File =~ "a"
                    and (Line has "\(long)"
                        or Line has "\(long)y"))
                or (Parent contains "b" or Parent contains "c")
            """)
        #expect(condition.spread(indent: 4).split { $0.isWhitespace }.joined(separator: " ") == condition.kql)
        #expect(HuntCondition.any([.text("A", .same, ["1"]), .text("B", .same, ["2"])]).spread(indent: 4) == #"A == "1" or B == "2""#)
    }

    @Test(
        "Conditions in KQL",
        arguments: [
            (HuntCondition.text("User", .same, ["bob"]), #"User =~ "bob""#),
            (.text("Code", .same, ["0"]), #"Code == "0""#),
            (.text("User", .same, ["a", "b"]), #"User in~ ("a", "b")"#),
            (.not(.text("User", .same, ["bob"])), #"User !~ "bob""#),
            (.not(.text("Code", .same, ["0", "1"])), #"Code !in ("0", "1")"#),
            (.text("Text", .has, ["a", "b"]), #"Text has_any ("a", "b")"#),
            (.text("Text", .contains, ["a", "b"]), #"Text contains "a" or Text contains "b""#),
            (.number("Port", [22, 23]), "Port in (22, 23)"),
            (
                .all([.truth("X", true), .any([.number("A", [1]), .number("B", [1])])]),
                "X == true and (A == 1 or B == 1)"
            ),
            (.not(.any([.number("A", [1]), .number("B", [1])])), "not(A == 1 or B == 1)"),
            (.network("IP", ["10.0.0.0/8"]), #"ipv4_is_in_range(IP, "10.0.0.0/8")"#),
        ])
    func condition(condition: HuntCondition, expected: String) { #expect(condition.kql == expected) }
}

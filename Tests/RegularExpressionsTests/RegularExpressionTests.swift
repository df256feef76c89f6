import Diagnostics
import RegularExpressions
import Testing

@Suite("Regular expressions")
struct RegularExpressionTests {
    @Test("What matches, by pattern, options and text", arguments: [
        ("b", [], "abc", true),
        ("^b", [], "abc", false),
        ("^abc$", [], "abc", true),
        ("^abc$", [], "abc\n", false),
        ("ABC", [], "abc", false),
        ("ABC", .ignoresCase, "xabcx", true),
        ("É", .ignoresCase, "é", true),
        ("^b$", [], "a\nb\nc", false),
        ("^b$", .multiline, "a\nb\nc", true),
        ("a.c", [], "a\nc", false),
        ("a.c", .dotMatchesNewline, "a\nc", true),
        ("A.C", [.ignoresCase, .dotMatchesNewline], "a\nc", true),
        ("^.$", [], "é", true),
        ("^.$", [], "e\u{301}", false),
        ("a{2,3}", [], "caab", true),
        ("", [], "", true),
        ("^$", [], "", true),
        ("x", [], "", false),
        ("a\0b", [], "a\0b", true),
        (#"\d+"#, [], "room 101", true),
        (#"\bfoo\b"#, [], "a foo.", true),
    ] as [(String, RegularExpression.Options, String, Bool)])
    func matching(pattern: String, options: RegularExpression.Options, text: String, isMatch: Bool) throws {
        #expect(try RegularExpression(pattern, options).matches(text) == isMatch)
    }

    @Test("Where the first match is, and its groups, in bytes", arguments: [
        ("b+", "abbbc", 0, [1..<4]),
        ("(a)|(b)", "xb", 0, [1..<2, nil, 1..<2]),
        (#"(\w+)@(\w+)"#, "to é@x ann@example", 0, [8..<19, 8..<11, 12..<19]),
        ("(?P<user>a*)b", "b", 0, [0..<1, 0..<0]),
        ("a", "aXa", 1, [2..<3]),
        ("^a", "aa", 1, nil),
        ("", "", 0, [0..<0]),
        ("a", "a", 2, nil),
    ] as [(String, String, Int, [Range<Int>?]?)])
    func finding(pattern: String, text: String, start: Int, ranges: [Range<Int>?]?) throws {
        #expect(try RegularExpression(pattern).firstMatch(in: Array(text.utf8), from: start)?.ranges == ranges)
    }

    @Test("Groups are counted, named and passed-over ones too", arguments: [("a", 0), ("(a)(?:b)(?P<c>d)", 2)])
    func groups(pattern: String, count: Int) throws {
        #expect(try RegularExpression(pattern).groupCount == count)
    }

    @Test("What is no pattern says why", arguments: [
        ("(", "the regular expression does not compile: missing ): ("),
        (#"(a)\1"#, #"the regular expression does not compile: invalid escape sequence: \1"#),
        ("a(?=b)", "the regular expression does not compile: invalid perl operator: (?="),
        ("a{1001}", "the regular expression does not compile: invalid repetition size: {1001}"),
        ("((((a{100}){100}){100}){100})", "the regular expression does not compile: invalid repetition size: {100}"),
        (String(repeating: "a", count: 40_000), "the regular expression is longer than 32768 bytes"),
    ])
    func refused(pattern: String, problem: String) throws {
        let refusal = #expect(throws: Diagnostic.self) { try RegularExpression(pattern) }
        #expect(refusal?.problem == problem)
    }

    /// Each of these takes backtracking engines longer than anyone waits.
    @Test("Hostile patterns take linear time", .timeLimit(.minutes(10)), arguments: [
        "(a+)+b", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)x$", "^(([a-z])+.)+[A-Z]([a-z])+$", "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaab",
        "(x+x+)+y", "(?i)(a|b|ab)*c",
    ])
    func linear(pattern: String) throws {
        let expression = try RegularExpression(pattern)
        #expect(!expression.matches(String(repeating: "a", count: 200_000) + "!"))
    }

    @Test("One pattern serves many tasks at once")
    func shared() async throws {
        let expression = try RegularExpression("^user([0-9]+)@example\\.com$")
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<2000).count { expression.matches("user\($0)@example.\($0 % 2 == 0 ? "com" : "org")") } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [Int](repeating: 1000, count: 8))
    }

    @Test("A quoted text matches itself and nothing else", arguments: ["a.b", "[x]*", #"\d"#, "a\0b", "é_1", "", " \n#"])
    func quoted(text: String) throws {
        let expression = try RegularExpression("^" + RegularExpression.quoted(text) + "$")
        #expect(expression.matches(text) && !expression.matches("x" + text))
    }

    @Test("Patterns are the same by their bytes and options, never by Unicode's equivalence")
    func equality() throws {
        let composed = try RegularExpression("caf\u{E9}"), decomposed = try RegularExpression("cafe\u{301}")
        #expect(composed != decomposed && !composed.matches("cafe\u{301}"))
        #expect(try composed == RegularExpression("caf\u{E9}"))
        #expect(try composed != RegularExpression("caf\u{E9}", .ignoresCase))
    }
}

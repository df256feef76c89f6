import Diagnostics
@testable import Sigma
import Testing

@Suite("YAML within limits")
struct YAMLTests {
    @Test("What plain and quoted scalars are", arguments: [
        ("null", true, nil, nil), ("~", true, nil, nil), ("", true, nil, nil), ("'null'", false, nil, nil),
        ("true", false, true, nil), ("False", false, false, nil), ("'true'", false, nil, nil), ("yes", false, nil, nil),
        ("12", false, nil, 12), ("-1.5e3", false, nil, -1500), ("0x1F", false, nil, 31), ("0o17", false, nil, 15),
        ("'12'", false, nil, nil), ("1_000", false, nil, nil), (".inf", false, nil, nil), ("1.2.3", false, nil, nil),
        ("2024-01-01", false, nil, nil),
    ] as [(String, Bool, Bool?, Double?)])
    func scalars(text: String, isNull: Bool, bool: Bool?, number: Double?) throws {
        let value = try #require(read("a: \(text)").documents.first?["a"]?.scalar)
        #expect(value.isNull == isNull && value.bool == bool && value.number == number)
    }

    @Test("Nodes know their lines and columns, counted from 1")
    func marks() throws {
        let document = try #require(read("# c\na:\n  - é: x\n    b: |\n      y\n").documents.first)
        let element = try #require(document["a"]?.elements?.first)
        #expect(document.mark == YAMLMark(line: 2, column: 1))
        #expect(element.mark == YAMLMark(line: 3, column: 5))
        #expect(element["b"]?.mark == YAMLMark(line: 4, column: 8) && element["b"]?.text == "y\n")
    }

    @Test("Anchors and aliases are followed, in their own document")
    func aliases() throws {
        let documents = read("a: &x {b: 1}\nc: *x\nd: &y [*x, *x]\n---\ne: *x\n")
        #expect(documents.documents.count == 1)
        #expect(documents.documents.first?["d"]?.elements?.map { $0["b"]?.text } == ["1", "1"])
        #expect(documents.fault?.problem == "the YAML has the alias `*x`, which nothing bears, at column 4")
        #expect(documents.fault?.place == Place(file: "f", line: 5))
    }

    @Test("What is refused, and where", arguments: [
        ("a: 1\na: 2", "the YAML has the key `a` twice, at column 1", 2),
        ("a: 1\n'a': 2", "the YAML has the key `a` twice, at column 1", 2),
        ("a: !!python/object/apply:os.system ['x']", "the YAML has the tag `tag:yaml.org,2002:python/object/apply:os.system`; rules have none, at column 4", 1),
        ("a: !x 1", "the YAML has the tag `!x`; rules have none, at column 4", 1),
        ("%TAG ! tag:x,2000:\n---\na: 1", "`%TAG` is not read in rules", 1),
        ("? [a, b]\n: c", "the YAML has a key that is a list, at column 3", 1),
        ("? {a: b}\n: c", "the YAML has a key that is a map, at column 3", 1),
        ("a: [1, 2", "the YAML cannot be read: did not find expected ',' or ']', at column 1", 2),
        ("a:\n\t- b", "the YAML cannot be read: found character that cannot start any token, at column 1", 2),
        ("a: *nobody", "the YAML has the alias `*nobody`, which nothing bears, at column 4", 1),
        ("a: &a [*a]", "the YAML has the alias `*a`, which nothing bears, at column 8", 1),
        ("a: \"\\ud800\"", "the YAML cannot be read: found invalid Unicode character escape code, at column 7", 1),
    ])
    func refused(text: String, problem: String, line: Int) {
        let fault = read(text).fault
        #expect(fault?.problem == problem)
        #expect(fault?.place == Place(file: "f", line: line))
    }

    @Test("Bytes that are not UTF-8, and a mark of byte order")
    func encoding() {
        #expect(YAMLDocuments([0x61, 0x3A, 0x20, 0xFF], file: "f").fault?.problem == "the file is not UTF-8")
        #expect(YAMLDocuments([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), file: "f").documents.first?["a"]?.text == "1")
    }

    @Test("Depth is limited, whatever nests", .timeLimit(.minutes(10)), arguments: [LongText](texts: [
        "a: " + String(repeating: "[", count: 900), String(repeating: "{a: ", count: 200_000),
        String(repeating: "- ", count: 500_000), String(repeating: "? ", count: 500_000),
        (0..<1200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "a: &a0 [x]\n" + (1...40).map { "b\($0): &a\($0) [*a\($0 - 1)]\n" }.joined(),
    ]))
    func depth(text: LongText) {
        #expect(read(text.text).fault?.problem.hasPrefix("the YAML nests deeper than 32 levels, at column") == true, "\(read(text.text).fault?.problem ?? "")")
    }

    @Test("32 levels are read")
    func deepest() {
        let text = String(repeating: "[", count: 32) + "x" + String(repeating: "]", count: 32)
        #expect(read(text).fault == nil && read("[\(text)]").fault != nil)
    }

    @Test("Size, nodes and aliases are limited", .timeLimit(.minutes(10)), arguments: [
        (LongText(String(repeating: "a", count: 1 << 20) + "b"), "the file is larger than 1024 KiB, too large for rules"),
        (LongText("[" + String(repeating: "1,", count: 200_000) + "]"), "the YAML has more than 100000 nodes, at column "),
        (LongText("a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e]\n"),
         "the YAML has aliases for more than 10000 nodes, at column "),
        (LongText("a: &a x\nb: [" + String(repeating: "*a,", count: 20_000) + "]"), "the YAML has aliases for more than 10000 nodes, at column "),
    ])
    func sizes(text: LongText, problem: String) {
        #expect(read(text.text).fault?.problem.hasPrefix(problem) == true, "\(read(text.text).fault?.problem ?? "")")
    }

    @Test(
        "Large and odd texts take time in proportion to their size", .timeLimit(.minutes(10)), arguments: [LongText](texts: [
        String(repeating: "[", count: 1_000_000), "a: " + String(repeating: "[", count: 1_000_000),
        "a: \"" + String(repeating: "x", count: 1_000_000) + "\"", "a: |\n  " + String(repeating: "x\n  ", count: 200_000),
        String(repeating: "#", count: 1_000_000), String(repeating: "\n", count: 1_000_000),
        String(repeating: "a: 1\n---\n", count: 20_000), "a: " + String(repeating: "&", count: 1_000_000),
        "a: " + String(repeating: "x ", count: 400_000), String(repeating: "\"", count: 1_000_000),
        (0..<40_000).map { "k\($0): &a\($0) v\n" }.joined(), String(repeating: "a", count: 1_000_000),
    ]))
    func hugeTexts(text: LongText) {
        let documents = read(text.text)
        #expect(documents.fault != nil || documents.documents.allSatisfy { $0.size < 100_000 })
    }

    @Test("Any prefix of a rule, and any damage to it, is a rule or a reason why not")
    func damage() {
        let text = Array(sigmaRule("s:\n    a|contains: ['x', \"y\\n\", &a z, *a]\n    b|re: '^x'\ncondition: 1 of s*").utf8)
        var state: UInt64 = 7
        for turn in 0..<1500 {
            var bytes = turn < text.count ? Array(text.prefix(turn)) : text
            for _ in 0..<(turn < text.count ? 0 : turn % 4 + 1) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let alphabet = Array("{}[]\"',:|>&*!%#\n -x?".utf8) + [0, 0xFF]
                bytes[Int(state >> 33) % bytes.count] = alphabet[Int(state >> 20) % alphabet.count]
            }
            let rules = RuleSet([RuleText(name: "f", bytes: bytes)])
            #expect(!rules.rules.isEmpty || !rules.refusals.isEmpty || !rules.skipped.isEmpty)
        }
    }

    private func read(_ text: String) -> YAMLDocuments { YAMLDocuments(Array(text.utf8), file: "f") }
}

/// A text whose beginning stands for it in the log of the tests.
struct LongText: Sendable, CustomTestStringConvertible {
    let text: String

    init(_ text: String) { self.text = text }

    var testDescription: String { "\(text.prefix(24).debugDescription)… of \(text.utf8.count) bytes" }
}

extension [LongText] {
    fileprivate init(texts: [String]) { self = texts.map { LongText($0) } }
}

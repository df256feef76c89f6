import JSON
import Testing

@testable import Shell

/// Results in the formats that other programs read.
@Suite struct RenderingRecordTests {
    private static let records: [JSONValue] = [
        ["id": "8f3c", "score": 0.72, "ids": ["evt-1", "evt-2"], "note": nil],
        ["id": "91aa", "score": 3, "who": "bob", "ok": true],
    ]

    private func rows(_ records: [JSONValue], _ format: OutputFormat) -> String {
        RecordPrinter(format: format, screen: Screen(width: 80, colour: false))
            .rows(records, table: TextTable(columns: [.init("id")], rows: [["8f3c"], ["91aa"]]))
    }

    @Test(arguments: [
        (.table, "  id\n  8f3c\n  91aa\n"),
        (.jsonl, """
            {"id":"8f3c","score":0.72,"ids":["evt-1","evt-2"],"note":null}
            {"id":"91aa","score":3,"who":"bob","ok":true}

            """),
        (.json, """
            [
              {
                "id": "8f3c",
                "score": 0.72,
                "ids": [
                  "evt-1",
                  "evt-2"
                ],
                "note": null
              },
              {
                "id": "91aa",
                "score": 3,
                "who": "bob",
                "ok": true
              }
            ]

            """),
        (.csv, """
            id,score,ids,note,who,ok
            8f3c,0.72,"[""evt-1"",""evt-2""]",,,
            91aa,3,,,bob,true

            """),
        (.md, #"""
            | id | score | ids | note | who | ok |
            | --- | --- | --- | --- | --- | --- |
            | 8f3c | 0.72 | \["evt-1","evt-2"\] |  |  |  |
            | 91aa | 3 |  |  | bob | true |

            """#),
        (.line, """
            id: 8f3c
            score: 0.72
            ids: ["evt-1","evt-2"]
            note:

            id: 91aa
            score: 3
            who: bob
            ok: true

            """),
    ] as [(OutputFormat, String)])
    func formats(format: OutputFormat, expected: String) { #expect(rows(Self.records, format) == expected) }

    @Test(arguments: [
        (.json, "[]\n"), (.jsonl, ""), (.csv, ""), (.md, ""), (.line, ""),
    ] as [(OutputFormat, String)])
    func noRecords(format: OutputFormat, expected: String) { #expect(rows([], format) == expected) }

    @Test(arguments: [
        (.table, "  two lines\n  for people\n"), (.json, "{\n  \"read\": 9\n}\n"), (.jsonl, "{\"read\":9}\n"),
        (.csv, "read\n9\n"), (.line, "read: 9\n"), (.md, "| read |\n| --- |\n| 9 |\n"),
    ] as [(OutputFormat, String)])
    func oneValue(format: OutputFormat, expected: String) {
        let printer = RecordPrinter(format: format, screen: Screen(width: 80, colour: false))
        #expect(printer.value(["read": 9], lines: ["  two lines", "  for people"]) == expected)
    }

    /// In JSON, a hidden character is an escape, and the value stays the same.
    @Test(arguments: [
        ("a\u{1B}b", #""a\u001bb""#), ("a\u{7F}b", #""a\u007fb""#), ("\u{9B}0m", #""\u009b0m""#),
        ("\u{202E}x", #""\u202ex""#), ("\u{200B}", #""\u200b""#), ("\u{E0041}", #""\udb40\udc41""#),
        ("\n\t", #""\n\t""#), ("é山👩", #""é山👩""#), ("\\u{1B}", #""\\u{1B}""#), ("👩\u{200D}👩", #""👩\u200d👩""#),
    ])
    func printableJSON(text: String, expected: String) throws {
        let value = JSONValue.string(text)
        #expect(value.printableText == expected)
        #expect(try JSONValue(parsing: value.printableText) == value)
        let nested: JSONValue = ["a": ["\(text)"]]
        #expect(try JSONValue(parsing: nested.printablePrettyText) == nested)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", #""a,b""#), (#"a"b"#, #""a""b""#), ("a\nb", "\"a\nb\""), ("a;b", #""a;b""#),
        ("=1+1", "'=1+1"), ("+1+1", "'+1+1"), ("-1+1", "'-1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", #"'\t=1"#),
        ("\r=1", #"'\r=1"#), ("＝1+1", "'＝1+1"), (#"=HYPERLINK("http://x","y")"#, #""'=HYPERLINK(""http://x"",""y"")""#),
        ("-5", "-5"), ("+1.5e3", "+1.5e3"), ("-Infinity", "-Infinity"), ("-12:00:00", "'-12:00:00"), ("-0x10", "'-0x10"),
        ("-nan", "'-nan"), ("a\u{1B}b", #"a\u{1B}b"#), (" x", "\" x\""), ("'x", "'x"), ("", #""""#),
    ])
    func csvCells(text: String, expected: String) {
        #expect(CSVText.text([["a": .string(text)]]) == "a\n\(expected)\n")
    }

    @Test func csvHeadersAreCells() {
        #expect(CSVText.text([["=a": -5, "b,c": nil]]) == "'=a,\"b,c\"\n-5,\n")
    }

    @Test(arguments: [
        ("failed_login_burst", "failed_login_burst"), ("_x_ *y*", #"\_x\_ \*y\*"#), ("a|b", "a&#124;b"),
        ("[x](y)", #"\[x\](y)"#), ("![x](y)", #"\!\[x\](y)"#), ("<img src=x>", "&lt;img src=x&gt;"), ("a`b", #"a\`b"#),
        ("&lt;", "&amp;lt;"), ("a\nb", #"a\\nb"#), (#"a\|b"#, #"a\\&#124;b"#), ("~~x~~ $y$", #"\~\~x\~\~ \$y\$"#),
        ("https://evil.example/", "`https://evil.example/`"), ("WWW.evil.example", "`WWW.evil.example`"),
        ("bob@example.com", "`bob@example.com`"), ("@bob", "`@bob`"), ("see #12", "`see #12`"),
        ("a@b|c`d", "``a@b``&#124;``c`d``"), ("`@", "`` `@ ``"), ("@|", "`@`&#124;"), (#"@\|"#, #"`@\`&#124;"#),
        ("[x](https://evil.example)", "`[x](https://evil.example)`"), ("\u{202E}", #"\\u{202E}"#),
    ])
    func markdownCells(text: String, expected: String) { #expect(MarkdownText.inline(text) == expected) }

    @Test func linesAreSafe() {
        #expect(rows([["k\u{7}": "a\nid: fake\u{1B}"], "text"], .line) == #"k\u{7}: a\nid: fake\u{1B}"# + "\n\nvalue: text\n")
    }

    @Test func keysAreToldApartByTheirBytes() {
        let records: [JSONValue] = [["é": 1], ["e\u{301}": 2]]
        #expect(CSVText.text(records).unicodeScalars.elementsEqual("é,e\u{301}\n1,\n,2\n".unicodeScalars))
    }
}

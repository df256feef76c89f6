import Foundation
import JSON
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    @Test("What is JSON, and its value", arguments: [
        ("null", nil), ("true", true), ("false", false), (" 1 ", 1), ("\t\r\n[ ]\n", []), ("{}", [:]),
        ("-0", 0), ("-12", -12), ("9223372036854775807", 9_223_372_036_854_775_807),
        ("-9223372036854775808", -9_223_372_036_854_775_808), ("9223372036854775808", .number(9.223372036854775808e18)),
        ("0.72", 0.72), ("-1.5e3", -1500.0), ("1E+2", 100.0), ("1e-400", 0.0), ("5.0", 5.0),
        (#""""#, ""), (#""a\"b\\c\/d""#, "a\"b\\c/d"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\u00E9""#, "A\u{E9}\u{E9}"), (#""\u0000""#, "\0"), ("\"Zürich 🙂\u{7F}\"", "Zürich 🙂\u{7F}"),
        (#""\ud83d\ude42""#, "🙂"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude42x""#, "\u{FFFD}x"), (#""\udc00\udc00""#, "\u{FFFD}\u{FFFD}"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""\ud83d\ud83d\ude42""#, "\u{FFFD}🙂"), (#""\ud83d\n""#, "\u{FFFD}\n"),
        (#"[1,"two",[3],{"four":4}]"#, [1, "two", [3], ["four": 4]]),
        (#"{"b":1,"a":2,"":3}"#, ["b": 1, "a": 2, "": 3]),
        (#"{"a":1,"b":2,"a":3}"#, .object([.init("a", 1), .init("b", 2), .init("a", 3)])),
    ] as [(String, JSONValue)])
    func accepted(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test("What is not, why, and at which byte", arguments: [
        ("", "is empty", 0), ("  ", "ends before a value", 2), ("\u{FEFF}1", "has a character that begins no value", 0),
        ("tru", "ends inside a word", 0), ("truth", "has a word that is not true, false or null", 0),
        ("nul1", "has a word that is not true, false or null", 0), ("NaN", "has a character that begins no value", 0),
        ("1 2", "goes on after its end", 2), ("01", "goes on after its end", 1), ("{} x", "goes on after its end", 3),
        ("-", "has a number without digits", 1), ("1.", "has a number without digits", 2),
        (".5", "has a character that begins no value", 0), ("+1", "has a character that begins no value", 0),
        ("1e", "has a number without digits", 2), ("1e+", "has a number without digits", 3),
        ("[1e400]", "has a number out of range", 1), ("-1e309", "has a number out of range", 0),
        ("[", "ends before a value", 1), ("[1", "ends inside an array", 2), ("[1,", "ends before a value", 3),
        ("[1,]", "has a character that begins no value", 3), ("[,1]", "has a character that begins no value", 1),
        ("[1 2]", "needs `,` or `]`", 3), ("[1}", "needs `,` or `]`", 2),
        ("{", "needs a key in quotes", 1), ("{a:1}", "needs a key in quotes", 1), (#"{"a""#, "needs `:` after a key", 4),
        (#"{"a" 1}"#, "needs `:` after a key", 5), (#"{"a":}"#, "has a character that begins no value", 5),
        (#"{"a":1"#, "ends inside an object", 6), (#"{"a":1,}"#, "needs a key in quotes", 7),
        (#"{"a":1]"#, "needs `,` or `}`", 6), ("// c\n1", "has a character that begins no value", 0),
        (#""ab"#, "ends inside a string", 3), (#""ab\"#, "ends inside a string", 4),
        (#""\q""#, "has an unknown escape inside a string", 3), (#""\u12""#, "ends inside an escape", 3),
        (#""\u12x4""#, #"has a `\u` escape without four hexadecimal digits"#, 5),
        ("\"a\nb\"", "has a control character inside a string", 2), ("\"a\0\"", "has a control character inside a string", 2),
        ("\"\\n\u{1F}\"", "has a control character inside a string", 3), ("\0", "has a character that begins no value", 0),
        ("'a'", "has a character that begins no value", 0),
    ])
    func refused(text: String, reason: String, byte: Int) {
        #expect(fault(Array(text.utf8)) == JSONFault(reason, at: byte))
    }

    @Test("Bytes that are not UTF-8 are refused inside strings and out", arguments: [
        ([0x22, 0xFF, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 1)),
        ([0x22, 0xC0, 0x80, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 1)),
        ([0x22, 0xED, 0xA0, 0x80, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 1)),
        ([0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 3)),
        ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 1)),
        ([0x22, 0x61, 0xC3, 0xA9, 0xFF, 0x62, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 4)),
        ([0x22, 0x61, 0xF0, 0x9F, 0x99, 0x62, 0x22], JSONFault("has bytes that are not UTF-8 inside a string", at: 2)),
        ([0xFF], JSONFault("has a character that begins no value", at: 0)),
    ] as [([UInt8], JSONFault)])
    func invalidUTF8(bytes: [UInt8], expected: JSONFault) {
        #expect(fault(bytes) == expected)
    }

    @Test("The fault reaches the user with its byte")
    func diagnostic() {
        #expect { try JSONValue(parsing: "[1,") } throws: { error in
            "\(error)".contains("the JSON ends before a value, at byte 3")
        }
    }

    @Test("64 levels are read, 65 are refused at the bracket that is too many", arguments: ["[", #"{"a":"#])
    func depth(open: String) throws {
        let close = open == "[" ? "]" : "}"
        let text = { (levels: Int) in
            String(repeating: open, count: levels - 1) + (open == "[" ? "[]" : "{}") + String(repeating: close, count: levels - 1)
        }
        #expect(try JSONValue(parsing: text(64)).text == text(64))
        #expect(fault(Array(text(65).utf8)) == JSONFault("nests deeper than 64 levels", at: 64 * open.utf8.count))
        #expect(fault(Array(repeating: UInt8(ascii: "["), count: 1_000_000)) == JSONFault("nests deeper than 64 levels", at: 64))
    }

    @Test("Depth is safe on a thread with a stack of 512 KiB")
    func smallStack() async {
        let depths = await withCheckedContinuation { continuation in
            let thread = Thread {
                let texts = [64, 65, 100_000].map { String(repeating: #"[{"a":"#, count: $0 / 2) + "1" }
                continuation.resume(returning: texts.map { fault(Array($0.utf8))?.reason })
            }
            thread.stackSize = 512 * 1024
            thread.start()
        }
        #expect(depths == ["ends inside an object", "ends inside an object", "nests deeper than 64 levels"])
    }
}

/// Why bytes are not JSON; `nil` when they are.
private func fault(_ bytes: [UInt8]) -> JSONFault? {
    bytes.withUnsafeBytes { buffer in
        if case .failure(let fault) = JSONParser.parse(buffer) { fault } else { nil }
    }
}

import Diagnostics
import Testing

@Suite("Text from outside, made safe to print")
struct VisibleTests {
    @Test("What acts on a terminal or hides is written out", arguments: [
        ("plain text", "plain text"),
        ("Zürich 東京 🙂 naïve", "Zürich 東京 🙂 naïve"),
        ("\u{1B}[31mred\u{1B}[0m", #"\u{1B}[31mred\u{1B}[0m"#),
        ("\u{1B}]0;title\u{07}", #"\u{1B}]0;title\u{7}"#),
        ("over\rwritten", #"over\rwritten"#),
        ("two\r\nlines", #"two\r\nlines"#),
        ("a\tb\nc", #"a\tb\nc"#),
        ("nul\0del\u{7F}", #"nul\u{0}del\u{7F}"#),
        ("\u{9B}2J", #"\u{9B}2J"#),
        ("next\u{85}line", #"next\u{85}line"#),
        ("user\u{202E}gpj.exe", #"user\u{202E}gpj.exe"#),
        ("\u{2066}isolated\u{2069}", #"\u{2066}isolated\u{2069}"#),
        ("zero\u{200B}width\u{200D}\u{FEFF}", #"zero\u{200B}width\u{200D}\u{FEFF}"#),
        ("soft\u{AD}hyphen", #"soft\u{AD}hyphen"#),
        ("tag\u{E0041}\u{E007F}", #"tag\u{E0041}\u{E007F}"#),
        ("variation\u{FE0F}\u{E0100}", #"variation\u{FE0F}\u{E0100}"#),
        ("line\u{2028}paragraph\u{2029}", #"line\u{2028}paragraph\u{2029}"#),
        ("filler\u{3164}\u{FFA0}", #"filler\u{3164}\u{FFA0}"#),
        ("shorthand\u{1BCA0}", #"shorthand\u{1BCA0}"#),
        ("", ""),
    ])
    func writtenOut(text: String, expected: String) {
        #expect(text.visible == expected)
    }

    @Test("Texts of several lines keep their newlines and nothing else", arguments: [
        ("one\ntwo", "one\ntwo"),
        ("one\r\ntwo", "one\\r\ntwo"),
        ("\u{1B}[2J\n\tend", "\\u{1B}[2J\n\\tend"),
    ])
    func lines(text: String, expected: String) {
        #expect(text.visibleLines == expected)
    }

    @Test("A limit counts characters of the result, the mark included", arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("a\u{1B}b", 4, "a\\u…"), ("abc", 1, "…"), ("abc", 0, "…"),
        ("", 0, ""),
    ])
    func cut(text: String, limit: Int, expected: String) {
        #expect(text.visible(limit: limit) == expected)
    }

    @Test("No scalar that Unicode calls a control, a bidi control or ignorable survives")
    func property() {
        var random = Lottery(seed: 1)
        for _ in 0..<2_000 {
            let text = random.text(of: 40)
            let shown = text.visible
            #expect(shown.unicodeScalars.allSatisfy { !Self.isForbidden($0) }, "from \(text.unicodeScalars.map(\.value))")
            #expect(shown.visible == shown)
        }
    }

    @Test("Every single scalar is shown as itself or written out with its number")
    func everyScalar() {
        let wrong = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter { scalar in
            let shown = String(scalar).visible
            if Self.isForbidden(scalar) { return shown.unicodeScalars.first != "\\" }
            return shown.unicodeScalars.first != scalar && shown.first != "\\"
        }
        #expect(wrong == [])
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        let category = properties.generalCategory
        return category == .control || category == .lineSeparator || category == .paragraphSeparator
            || properties.isBidiControl || properties.isDefaultIgnorableCodePoint
    }
}

/// The same random numbers on every run.
struct Lottery: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    /// Scalars from all over Unicode, those below U+3000 most often.
    mutating func text(of length: Int) -> String {
        var scalars = String.UnicodeScalarView()
        while scalars.count < length {
            let limit: UInt32 = Bool.random(using: &self) ? 0x3000 : 0x10FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &self)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}

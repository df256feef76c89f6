import Testing

@testable import Shell

@Suite struct RenderingTextTests {
    @Test(arguments: [
        ("one two three", 20, 2, ["  one two three"]),
        ("one two three", 9, 2, ["  one two", "  three"]),
        ("abcdefghij", 6, 2, ["  abcd", "  efgh", "  ij"]),
        ("a abcdefgh b", 5, 0, ["a", "abcde", "fgh b"]),
        ("山田 太郎", 4, 0, ["山田", "太郎"]),
        // A text from a log makes no lines of its own.
        ("one\n\ntwo\n", 20, 2, [#"  one\n\ntwo\n"#]),
        ("  - one two three", 12, 0, ["  - one two", "  three"]),
        ("a\u{1B}[2Jb", 40, 0, [#"a\u{1B}[2Jb"#]),
        ("", 10, 2, [""]),
        ("山", 1, 0, ["山"]),
        ("ab", 0, 4, ["    a", "    b"]),
    ])
    func wrapping(text: String, width: Int, indent: Int, expected: [String]) {
        #expect(wrap(text, width: width, indent: indent) == expected)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("abcd", 1, "…"), ("abcd", 0, ""), ("山田太", 5, "山田…"),
        ("山田太", 4, "山…"), ("cafe\u{301}", 4, "cafe\u{301}"), ("", 0, ""),
    ])
    func cutting(text: String, columns: Int, expected: String) { #expect(text.cut(toColumns: columns) == expected) }

    @Test(arguments: [
        (0, "event", "0 events"), (1, "event", "1 event"), (1_204_882, "event", "1,204,882 events"),
        (2, "entry", "2 entries"), (2, "day", "2 days"), (2, "address", "2 addresses"), (3, "match", "3 matches"),
        (2, "index", "2 indexes"), (1, "entry", "1 entry"),
    ])
    func counting(count: Int, noun: String, expected: String) { #expect(counted(count, noun) == expected) }

    @Test func anUnusualPlural() { #expect(counted(2, "analysis", plural: "analyses") == "2 analyses") }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (-999, "-999"), (123_456_789, "123,456,789"),
        (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func grouping(number: Int, expected: String) { #expect(number.grouped == expected) }

    @Test func groupingByThinSpaces() { #expect(235_904_113.grouped(by: "\u{202F}") == "235\u{202F}904\u{202F}113") }

    @Test(arguments: [
        (0, "B", "0 B"), (512, "B", "512 B"), (999, "B", "999 B"), (1000, "B", "1.0 kB"), (1_900_000_000, "B", "1.9 GB"),
        (612_345, "", "612 k"), (42, "", "42"), (9_960, "", "10 k"), (999_600, "", "1.0 M"), (-2_500, "", "-2.5 k"),
    ])
    func scaling(count: Int, unit: String, expected: String) { #expect(scaled(count, unit) == expected) }

    @Test(arguments: [
        (.zero, "0 ms"), (.microseconds(400), "< 1 ms"), (.milliseconds(3), "3 ms"), (.milliseconds(999), "999 ms"),
        (.microseconds(999_800), "1.0 s"), (.milliseconds(3400), "3.4 s"), (.seconds(6), "6.0 s"), (.seconds(59.9), "59.9 s"),
        (.seconds(59.97), "1 min"), (.seconds(60), "1 min"), (.seconds(125), "2 min 5 s"), (.seconds(3900), "1 h 5 min"),
        (.seconds(86_400), "1 d"), (.seconds(97_200), "1 d 3 h"), (.seconds(-5), "0 ms"),
    ] as [(Duration, String)])
    func durations(duration: Duration, expected: String) { #expect(duration.brief == expected) }

    @Test(arguments: [
        (0, "░░░░░░░░"), (0.5, "▓▓▓▓░░░░"), (0.99, "▓▓▓▓▓▓▓░"), (1, "▓▓▓▓▓▓▓▓"), (-1, "░░░░░░░░"), (7, "▓▓▓▓▓▓▓▓"),
        (.nan, "░░░░░░░░"),
    ] as [(Double, String)])
    func bars(fraction: Double, expected: String) { #expect(progressBar(fraction: fraction, width: 8) == expected) }

    @Test func paintedTextIsSafe() {
        #expect(Screen(width: 80, colour: true).paint("a\u{1B}b", .error) == "\u{1B}[31ma\\u{1B}b\u{1B}[0m")
        #expect(Screen(width: 80, colour: false).paint("a\u{1B}b", .error) == "a\\u{1B}b")
    }
}

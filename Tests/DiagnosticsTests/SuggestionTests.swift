import Diagnostics
import Testing

@Suite("Names that were nearly right")
struct SuggestionTests {
    @Test("The edits between two names", arguments: [
        ("", "", 0), ("detect", "detect", 0), ("", "abc", 3), ("abc", "", 3),
        ("detect", "detct", 1), ("detect", "detects", 1), ("detect", "detact", 1),
        ("detect", "dtect", 1), ("detect", "edtect", 1), ("ca", "abc", 3),
        ("kitten", "sitting", 3), ("score", "SCORE", 5), ("né", "ne", 1),
    ])
    func distance(left: String, right: String, expected: Int) {
        #expect(left.editDistance(to: right) == expected)
        #expect(right.editDistance(to: left) == expected)
    }

    @Test("One edit for short names, two from six letters on", arguments: [
        ("detct", "detect"), ("comands", "commands"), ("incidnets", "incidents"), ("pln", "plan"), ("palns", "plans"),
        ("escaalte", "escalate"), ("xplan", "plan"), ("pn", nil), ("esclt", nil), ("quit!!", nil), ("", nil),
    ] as [(String, String?)])
    func nearest(unknown: String, expected: String?) {
        let names = ["detect", "commands", "incidents", "plan", "plans", "escalate"]
        #expect(names.nearest(to: unknown) == expected)
    }

    @Test("Of two that are equally near the first by name is taken, in any order of the names")
    func ties() {
        #expect(["plan", "play"].nearest(to: "plax") == "plan")
        #expect(["play", "plan"].nearest(to: "plax") == "plan")
    }

    @Test("The remedy names the nearest, or all", arguments: [
        ("tabel", "Did you mean `table`?"), ("xml", "Use one of: csv, json, table"),
    ])
    func remedy(unknown: String, expected: String) {
        #expect(["table", "json", "csv"].remedy(for: unknown) == expected)
    }
}

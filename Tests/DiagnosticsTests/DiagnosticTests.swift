import Diagnostics
import Testing

@Suite("What the user is told")
struct DiagnosticTests {
    @Test("Problem, place and remedy", arguments: [
        (Diagnostic("there is no file `a`", remedy: "Check the path"), "error: there is no file `a`\n  Check the path"),
        (Diagnostic("it is torn", remedy: "Mend it", at: Place(file: "a.json")), "error: a.json: it is torn\n  Mend it"),
        (
            Diagnostic("it is torn", remedy: "Mend it", at: Place(file: "a.json", line: 3)),
            "error: a.json:3: it is torn\n  Mend it"
        ),
        (
            Diagnostic("it is torn", remedy: "Mend it", at: Place(file: "a.json", line: 3, byte: 41)),
            "error: a.json:3 (byte 41): it is torn\n  Mend it"
        ),
        (
            Diagnostic("bad \u{1B}[2J", remedy: "no \r here", at: Place(file: "x\u{202E}y")),
            #"error: x\u{202E}y: bad \u{1B}[2J"# + "\n" + #"  no \r here"#
        ),
    ])
    func rendered(diagnostic: Diagnostic, expected: String) {
        #expect(diagnostic.rendered == expected)
    }

    @Test("An error is a failure unless it says otherwise")
    func kind() {
        #expect(Diagnostic("a", remedy: "b").kind == .failed)
        #expect(Diagnostic.interrupted.kind == .interrupted)
        #expect(Diagnostic("a", remedy: "b", kind: .usage) != Diagnostic("a", remedy: "b"))
    }
}

import Diagnostics
import Foundation
import Tables
import Testing

@testable import Shell

@Suite struct PromptTests {
    @Test(arguments: [
        ([PromptSegment("> ")], "> "),
        (
            [PromptSegment("wf", style: "1;32"), PromptSegment(" > ")],
            "\u{1}\u{1B}[0;1;32m\u{1}wf\u{1}\u{1B}[0m\u{1} > "
        ),
        // A reset is never the last thing: libedit would drop it and the input would be coloured.
        ([PromptSegment("wf> ", style: "36")], "\u{1}\u{1B}[0;36m\u{1}wf>\u{1}\u{1B}[0m\u{1} "),
        ([PromptSegment("wf>", style: "36")], "\u{1}\u{1B}[0;36m\u{1}wf>\u{1}\u{1B}[0m\u{1} "),
        // Two styles side by side make one literal run: libedit garbles two that touch.
        (
            [PromptSegment("a", style: "1"), PromptSegment("b", style: "2"), PromptSegment(" ")],
            "\u{1}\u{1B}[0;1m\u{1}a\u{1}\u{1B}[0;2m\u{1}b\u{1}\u{1B}[0m\u{1} "
        ),
        (
            [
                PromptSegment("a", style: "1"), PromptSegment("", style: "2"), PromptSegment("b", style: "1"),
                PromptSegment(" "),
            ],
            "\u{1}\u{1B}[0;1m\u{1}ab\u{1}\u{1B}[0m\u{1} "
        ),
        ([PromptSegment("x\u{1}\u{1B}[2J", style: "31;evil"), PromptSegment("> ")], "x\\u{1}\\u{1B}[2J> "),
        ([], ""),
    ])
    func styledPromptsKeepLibeditsRules(segments: [PromptSegment], composed: String) {
        #expect(Prompt.compose(segments, styled: true) == composed)
    }

    @Test func plainPromptsAreTheText() {
        let segments = [PromptSegment("wf", style: "1"), PromptSegment(" ❯ ")]
        #expect(Prompt.compose(segments, styled: false) == "wf ❯ ")
    }
}

@Suite struct CompletionTests {
    @Test(arguments: [
        ("inc", ["incidents"], 0, .insert("idents ", removing: 0)),
        ("show inc", ["incidents"], 5, .insert("idents ", removing: 0)),
        ("incidents", ["incidents"], 0, .insert(" ", removing: 0)),
        ("INC", ["incidents"], 0, .insert("incidents ", removing: 3)),
        ("s", ["show", "showcase"], 0, .insert("how", removing: 0)),
        ("show", ["show", "showcase"], 0, .list(["show", "showcase"])),
        ("", ["ask", "why"], 0, .list(["ask", "why"])),
        ("x", [], 0, .nothing),
        ("e\u{301}t", ["étage"], 0, .insert("étage ", removing: 3)),
        ("é", ["étage", "étape"], 0, .insert("ta", removing: 0)),
    ] as [(String, [String], Int, CompletionStep)])
    func tabAtTheEnd(line: String, candidates: [String], wordStart: Int, step: CompletionStep) {
        let request = CompletionRequest(line: line, cursor: line.count)
        #expect(CompletionStep(Completion(candidates: candidates, wordStart: wordStart), for: request) == step)
    }

    @Test func aSuffixThatIsThereIsNotRepeated() {
        let request = CompletionRequest(line: "sho events", cursor: 3)
        let completion = Completion(candidates: ["show"], wordStart: 0)
        #expect(CompletionStep(completion, for: request) == .insert("w", removing: 0))
    }

    @Test func aFolderGoesOn() {
        let completion = Completion(candidates: ["Fixtures"], wordStart: 7, suffix: "/")
        let step = CompletionStep(completion, for: CompletionRequest(line: "ingest Fix", cursor: 10))
        #expect(step == .insert("tures/", removing: 0))
    }

    @Test func candidatesStandInColumns() {
        #expect(CandidateList.text(["one", "two", "three", "four", "漢字"], width: 14) == """
            one    four
            two    漢字
            three

            """)
    }

    @Test func aLongListIsCutAndSaysSo() {
        let lines = CandidateList.text((1...130).map { "c\($0)" }, width: 4).split(separator: "\n")
        #expect(lines.count == 101)
        #expect(lines.last == "… 30 more")
    }

    @Test func candidatesCannotActOnTheTerminal() {
        #expect(CandidateList.text(["a\u{1B}[2J", "b"], width: 80) == "a\\u{1B}[2J  b\n")
    }

    @Test(arguments: [
        ("one\ntwo\n\u{1B}[201~", "one\ntwo"),
        ("a\r\nb\rc\u{1B}[201~", "a\nb\nc"),
        ("a\tb\u{3}\u{1B}[2J", "a b[2J"),
        ("", ""),
    ])
    func pastesPressNoKeys(received: String, kept: String) {
        #expect(Paste.clean(received) == kept)
    }
}

@Suite struct HistoryFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    private var file: HistoryFile { HistoryFile(path: folder.appending(path: "deep/history.jsonl").path) }
    private let time = Timestamp("2025-03-01T09:00:00Z")

    private func withFile(_ body: (HistoryFile) throws -> Void) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(file)
    }

    @Test func linesComeBackAsTyped() throws {
        try withFile { file in
            for line in ["detect", "kql Logins\n| count", "é \"quoted\" \\"] { try file.append(line) }
            #expect(file.entries().map(\.line) == ["detect", "kql Logins\n| count", "é \"quoted\" \\"])
        }
    }

    @Test func theFileIsPlainAndPrivate() throws {
        try withFile { file in
            try file.append("why ab12", at: try #require(time))
            #expect(try String(contentsOfFile: file.path, encoding: .utf8)
                == "{\"ts\":\"2025-03-01T09:00:00Z\",\"line\":\"why ab12\"}\n")
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(file.entries() == [HistoryFile.Entry(at: time, line: "why ab12")])
        }
    }

    @Test func repeatsBlanksAndSecretsAreNotKept() throws {
        try withFile { file in
            for line in ["a", "a", "b", "a", " secret", "", "  "] { try file.append(line) }
            #expect(file.entries().map(\.line) == ["a", "b", "a"])
        }
    }

    @Test func aTornLineCostsOnlyItself() throws {
        try withFile { file in
            try file.append("first")
            let handle = try #require(FileHandle(forWritingAtPath: file.path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("garbage\n{\"ts\":\"2025".utf8))
            try handle.close()
            try file.append("second")
            #expect(file.entries().map(\.line) == ["first", "second"])
        }
    }

    @Test func searchingIgnoresCase() throws {
        try withFile { file in
            for line in ["show Events", "detect", "EVENTS?"] { try file.append(line) }
            #expect(file.search("events").map(\.line) == ["show Events", "EVENTS?"])
            #expect(file.search("").count == 3)
            #expect(file.search("nothing").isEmpty)
        }
    }

    @Test func aFileThatCannotBeWrittenIsADiagnostic() {
        #expect(throws: Diagnostic(
            "the history cannot be written: Not a directory",
            remedy: "Make the file writable; until then lines are remembered in this shell only",
            at: Place(file: "/dev/null/history"))
        ) { try HistoryFile(path: "/dev/null/history").append("x") }
        #expect(HistoryFile(path: "/dev/null/history").entries().isEmpty)
    }
}

@Suite struct TerminalTests {
    @Test(arguments: [
        (.auto, ["TERM": "xterm"], true, true),
        (.auto, ["TERM": "xterm"], false, false),
        (.auto, ["TERM": "dumb"], true, false),
        (.auto, [:], true, false),
        (.auto, ["TERM": "xterm", "NO_COLOR": "1"], true, false),
        (.auto, ["TERM": "xterm", "NO_COLOR": ""], true, true),
        (.auto, ["CLICOLOR_FORCE": "1"], false, true),
        (.auto, ["CLICOLOR_FORCE": "0"], false, false),
        (.auto, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
        (.always, ["NO_COLOR": "1"], false, true),
        (.never, ["TERM": "xterm", "CLICOLOR_FORCE": "1"], true, false),
    ] as [(Terminal.ColorMode, [String: String], Bool, Bool)])
    func colour(mode: Terminal.ColorMode, environment: [String: String], isTerminal: Bool, expected: Bool) {
        let terminal = Terminal(color: mode, environment: environment, terminals: isTerminal ? [.output] : [])
        #expect(terminal.usesColor(on: .output) == expected)
    }

    @Test func keysArePutTogetherFromBytes() {
        var assembler = ScalarAssembler()
        let bytes: [UInt8] = [0x61, 0xFF, 0x80, 0xC3, 0xA9, 0xE6, 0x62, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0, 0x80, 0x63]
        #expect(bytes.compactMap { assembler.add($0) } == ["a", "é", "b", "😀", "c"])
    }
}

@Suite struct PseudoTerminalTests {
    @Test func aProgramTalksToItsTerminal() throws {
        let terminal = try PseudoTerminal(running: "/bin/cat")
        terminal.send("first\r")
        try terminal.expect("first\nfirst\n")  // the echo, then the program
        terminal.send(.controlD)
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func theTerminalControlsTheProgram() throws {
        let terminal = try PseudoTerminal(running: "/bin/cat")
        terminal.send("waiting\r")
        try terminal.expect("waiting\nwaiting\n")
        terminal.send(.controlC)
        #expect(try terminal.waitForExit() == 128 + SIGINT)
    }

    @Test func environmentFolderAndSizeArrive() throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", ["-c", "echo $NAME $PWD; stty size; exit 7"], environment: ["NAME": "value"],
            directory: "/", columns: 61, rows: 17)
        try terminal.expect("value /\n17 61\n")
        #expect(try terminal.waitForExit() == 7)
    }

    @Test func whatDoesNotComeIsReported() throws {
        let terminal = try PseudoTerminal(running: "/bin/bash", ["-c", "printf '\\e[1mhere\\e[0m'"])
        #expect(throws: PseudoTerminal.Missing.self) { try terminal.expect("there", within: .seconds(2)) }
        try terminal.expect("here")
        #expect(terminal.transcript == "\u{1B}[1mhere\u{1B}[0m")
    }
}

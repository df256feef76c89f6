import Diagnostics
import Foundation
import JSON
import Journal
import Testing

@Suite("A transcript that is open")
struct SealedJournalTests {
    private let time = "2025-11-12T18:00:00Z"

    @Test("Records are on disk, in a chain, readable by their owner only")
    func append() async throws {
        let file = try TemporaryFile()
        let (journal, wasTorn) = try SealedJournal.open(path: file.path)
        #expect(!wasTorn)
        #expect(try await journal.append(type: "session", time: time, [.init("name", "s")]) == 0)
        #expect(try await journal.append(type: "note", time: time, []) == 1)
        #expect(try await chain(of: file) == HashChain(head: journal.head, next: journal.count))
        #expect(await journal.count == 2)
        #expect(file.mode == 0o600)
    }

    @Test("Opened again it goes on with the same chain")
    func resumes() async throws {
        let file = try TemporaryFile()
        for number in 0..<3 {
            let journal = try SealedJournal.open(path: file.path).journal
            #expect(try await journal.append(type: "note", time: time, []) == number)
        }
        #expect(try chain(of: file).next == 3)
    }

    @Test("While one holds it a second is refused, and told who has it")
    func held() async throws {
        let file = try TemporaryFile()
        let first = try SealedJournal.open(path: file.path).journal
        #expect(throws: Diagnostic(
            "the session is open in another process (process \(ProcessInfo.processInfo.processIdentifier))",
            remedy: "Quit it there, or begin another session", at: Place(file: file.path))
        ) {
            try SealedJournal.open(path: file.path)
        }
        #expect(try await first.append(type: "note", time: time, []) == 0)
    }

    @Test("When it is let go, its lock and the note of its holder are gone")
    func released() throws {
        let file = try TemporaryFile()
        do { _ = try SealedJournal.open(path: file.path) }
        #expect(!FileManager.default.fileExists(atPath: file.path + ".lock"))
        _ = try SealedJournal.open(path: file.path)
    }

    @Test("A tail that a crash left", arguments: [(#"{"v":1,"se"#, true), ("\0\0", true), ("", false)])
    func torn(tail: String, expected: Bool) async throws {
        let file = try TemporaryFile()
        do {
            let journal = try SealedJournal.open(path: file.path).journal
            try await journal.append(type: "session", time: time, [])
            try await journal.append(type: "note", time: time, [])
        }
        let whole = file.text
        try file.tear(tail)
        let (journal, wasTorn) = try SealedJournal.open(path: file.path)
        #expect(wasTorn == expected)
        #expect(file.text == whole)
        #expect(try await journal.append(type: "end", time: time, []) == 2)
        #expect(try chain(of: file).next == 3)
    }

    @Test("A last record without its newline is kept")
    func newline() async throws {
        let file = try TemporaryFile()
        do { try await SealedJournal.open(path: file.path).journal.append(type: "session", time: time, []) }
        try Data(file.text.dropLast().utf8).write(to: URL(filePath: file.path))
        let (journal, wasTorn) = try SealedJournal.open(path: file.path)
        #expect(!wasTorn)
        #expect(try await journal.append(type: "end", time: time, []) == 1)
        #expect(try chain(of: file).next == 2)
    }

    @Test("A hostile last number does not stop it", arguments: ["9223372036854775807", "-9223372036854775808", "1e3"])
    func hostile(seq: String) async throws {
        let file = try TemporaryFile(#"{"seq":\#(seq),"hash":"x"}"# + "\n")
        let journal = try SealedJournal.open(path: file.path).journal
        try await journal.append(type: "note", time: time, [])
        #expect(try JournalFile(path: file.path).read().records.count == 2)
    }

    @Test("A path that cannot be opened says so", arguments: ["/no-such-folder/a.jsonl", "/"])
    func unopenable(path: String) {
        #expect(throws: Diagnostic.self) { try SealedJournal.open(path: path) }
    }

    private func chain(of file: TemporaryFile) throws -> HashChain {
        let records = try JournalFile(path: file.path).read().records
        return try HashChain.verify(records.map { (number: $0.line, text: $0.text) }).get()
    }
}

import Diagnostics
import Foundation
import JSON
import Journal
import Testing

@Suite("Files of JSON Lines")
struct JournalFileTests {
    @Test("Appending creates the file for its owner only, and adds whole lines")
    func append() throws {
        let file = try TemporaryFile()
        let journal = JournalFile(path: file.path)
        try journal.append([#"{"id":1}"#, #"{"id":2}"#])
        try journal.append([String]())
        try journal.append([#"{"id":3}"#])
        #expect(file.text == "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n")
        #expect(file.mode == 0o600)
    }

    @Test("Appending nothing creates nothing; a file that is not there has no records")
    func nothing() throws {
        let file = try TemporaryFile()
        try JournalFile(path: file.path).append([String]())
        #expect(!FileManager.default.fileExists(atPath: file.path))
        let (records, problems) = try JournalFile(path: file.path).read()
        #expect(records.isEmpty && problems.isEmpty)
    }

    @Test("A tail that a crash left is mended before the next line", arguments: [
        ("", "{\"n\":9}\n"),
        ("{\"n\":1}\n", "{\"n\":1}\n{\"n\":9}\n"),
        ("{\"n\":1}", "{\"n\":1}\n{\"n\":9}\n"),
        ("{\"n\":1}\n{\"n\":2}", "{\"n\":1}\n{\"n\":2}\n{\"n\":9}\n"),
        ("{\"n\":1}\n{\"n\":", "{\"n\":1}\n{\"n\":9}\n"),
        ("{\"n\":1}\n{\"n\":\"a", "{\"n\":1}\n{\"n\":9}\n"),
        ("{\"n\":1}\n\0\0\0", "{\"n\":1}\n{\"n\":9}\n"),
        ("{", "{\"n\":9}\n"),
        ("bad\n{\"n\":1}\n", "bad\n{\"n\":1}\n{\"n\":9}\n"),
    ])
    func mending(before: String, after: String) throws {
        let file = try TemporaryFile(before)
        try JournalFile(path: file.path).append([#"{"n":9}"#])
        #expect(file.text == after)
    }

    @Test("A torn tail longer than a reading block is cut off whole", arguments: [65_535, 65_536, 65_537, 3_000_000])
    func longTail(length: Int) throws {
        let torn = "{\"n\":\"" + String(repeating: "x", count: length - 6)
        for head in ["", "{\"n\":1}\n"] {
            let file = try TemporaryFile(head + torn)
            try JournalFile(path: file.path).append([#"{"n":9}"#])
            #expect(file.text == head + "{\"n\":9}\n")
        }
        let whole = torn + "\"}"
        let file = try TemporaryFile("{}\n" + whole)
        try JournalFile(path: file.path).append([#"{"n":9}"#])
        #expect(file.text == "{}\n" + whole + "\n{\"n\":9}\n")
    }

    @Test("A bad line is reported with its number and skipped; its neighbours are kept")
    func badLines() throws {
        let file = try TemporaryFile("{\"n\":1}\n{\"n\":\n\n{\"n\":2}\r\nnonsense\n{\"n\":3}")
        let (records, problems) = try JournalFile(path: file.path).read()
        #expect(records.map(\.line) == [1, 4, 6])
        #expect(records.map(\.value) == [["n": 1], ["n": 2], ["n": 3]])
        #expect(records.map(\.text) == [#"{"n":1}"#, "{\"n\":2}\r", #"{"n":3}"#])
        #expect(problems.map(\.place) == [Place(file: file.path, line: 2), Place(file: file.path, line: 5)])
        #expect(problems.map(\.problem) == [
            "a line is not a record: the JSON ends before a value, at byte 5",
            "a line is not a record: the JSON has a word that is not true, false or null, at byte 0",
        ])
    }

    @Test("Bytes that are not UTF-8 spoil their own line only")
    func notUTF8() throws {
        let file = try TemporaryFile()
        try (Data("{\"n\":1}\n{\"n\":\"".utf8) + Data([0xFF]) + Data("\"}\n{\"n\":3}\n".utf8)).write(to: URL(filePath: file.path))
        let (records, problems) = try JournalFile(path: file.path).read()
        #expect(records.map(\.line) == [1, 3])
        #expect(problems.map(\.place) == [Place(file: file.path, line: 2)])
    }

    @Test("Writers at the same time leave whole lines, each once")
    func writers() async throws {
        let file = try TemporaryFile()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let padding = String(repeating: "x", count: writer * 500)
                    for index in 0..<50 {
                        try JournalFile(path: file.path).append(["{\"w\":\(writer),\"i\":\(index),\"p\":\"\(padding)\"}"])
                    }
                }
            }
            try await group.waitForAll()
        }
        let (records, problems) = try JournalFile(path: file.path).read()
        #expect(problems == [])
        for writer in 0..<4 {
            let own = records.filter { $0.value["w"] == .integer(Int64(writer)) }
            #expect(own.compactMap { $0.value["i"]?.integer } == Array(0..<50))
        }
    }

    @Test("Writers that look before they add never add the same record twice")
    func fresh() async throws {
        let file = try TemporaryFile("{\"id\":3}\n{\"id\":")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for id in 0..<10 as Range<Int64> {
                        try JournalFile(path: file.path).append { records in
                            records.contains { $0.value["id"] == .integer(id) } ? [] : [["id": .integer(id)]]
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let (records, problems) = try JournalFile(path: file.path).read()
        #expect(problems == [])
        #expect(records.compactMap { $0.value["id"]?.integer }.sorted() == Array(0..<10))
    }

    @Test("While one looks and adds, no other can: the file is locked")
    func locked() throws {
        let file = try TemporaryFile("{}\n")
        let descriptor = open(file.path, O_RDWR)
        defer { close(descriptor) }
        try JournalFile(path: file.path).append { _ in
            #expect(flock(descriptor, LOCK_EX | LOCK_NB) == -1)
            return [[:]]
        }
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(file.text == "{}\n{}\n")
    }

    @Test("A path that cannot be written says so", arguments: ["", "/no-such-folder/a.jsonl", "/"])
    func unwritable(path: String) throws {
        #expect(throws: Diagnostic.self) { try JournalFile(path: path).append(["{}"]) }
    }
}

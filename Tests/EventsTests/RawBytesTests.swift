import Diagnostics
import Events
import Foundation
import Testing

@Suite("The bytes of an input")
struct RawBytesTests {
    private let folder = NSTemporaryDirectory() + "/watchfloor-\(UUID().uuidString)"

    @Test("A file is read, under its path or another name; an empty one too", arguments: ["", "{\"uuid\":\"a\"}\n"])
    func file(text: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/a.txt"
        try Data(text.utf8).write(to: URL(filePath: path))
        let source = try RawBytes(path: path)
        #expect(source.name == path)
        #expect(source.count == text.utf8.count)
        #expect(source.withBytes { Array($0) } == Array(text.utf8))
        #expect(try RawBytes(path: path, name: "b").name == "b")
        let table = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).table
        try FileManager.default.removeItem(atPath: path)
        #expect((0..<table.count).map { table[$0].id } == (text.isEmpty ? [] : ["a"]))
        #expect((0..<table.count).map { table[$0].origin.file } == (text.isEmpty ? [] : [path]))
    }

    @Test("What is no file says so")
    func noFile() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let missing = folder + "/missing.json", pipe = folder + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: Diagnostic("there is no file `\(missing)`", remedy: "Check the path; Tab completes file names")) {
            try RawBytes(path: missing)
        }
        for path in [folder, pipe, "/dev/null"] {
            #expect(throws: Diagnostic(
                "`\(path)` is not a file", remedy: "Name a file; `-` is standard input", at: Place(file: path))
            ) {
                try RawBytes(path: path)
            }
        }
        #expect(throws: Diagnostic.self) { try RawBytes(path: "") }
    }

    @Test("Bytes in memory are copied")
    func memory() {
        var bytes = Array("abc".utf8)
        let source = RawBytes(name: "-", bytes: bytes)
        bytes[0] = 0
        #expect(source.withBytes { Array($0) } == Array("abc".utf8))
        #expect(RawBytes(name: "-", bytes: []).withBytes { $0.count } == 0)
    }
}

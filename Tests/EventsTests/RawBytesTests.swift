import Diagnostics
@testable import Events
import Foundation
import Testing

@Suite("The bytes of an input")
struct RawBytesTests {
    private let folder: InputFolder

    init() throws { folder = try InputFolder() }

    @Test("A file is read, under its path or another name; an empty one too", arguments: ["", "{\"uuid\":\"a\"}\n"])
    func file(text: String) async throws {
        let path = try folder.write(Array(text.utf8))
        let source = try RawBytes(path: path)
        #expect(source.name == path)
        #expect(source.count == text.utf8.count)
        #expect(source.withBytes { Array($0) } == Array(text.utf8))
        #expect(try RawBytes(path: path, name: "b").name == "b")
        let table = try await read(source).table
        try FileManager.default.removeItem(atPath: path)
        #expect((0..<table.count).map { table[$0].id } == (text.isEmpty ? [] : ["a"]))
        #expect((0..<table.count).map { table[$0].origin.file } == (text.isEmpty ? [] : [path]))
    }

    @Test("What is no file says so")
    func noFile() throws {
        let missing = folder.path + "/missing.json", pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let remedy = "Check the path; Tab completes file names"
        #expect(throws: Diagnostic("there is no file `\(missing)`", remedy: remedy)) { try RawBytes(path: missing) }
        for path in [folder.path, pipe, "/dev/null"] {
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

    @Test("Size and digest (FIPS 180-4's own example)")
    func digest() throws {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let file = try folder.write(Array("abc".utf8))
        for source in [RawBytes(name: "-", bytes: Array("abc".utf8)), try RawBytes(path: file)] {
            #expect(source.sha256 == abc && source.originalCount == 3 && source.problems == [])
        }
    }

    @Test("Where nothing more can be mapped, a file is read, as far as it goes", arguments: [0, 1, 3])
    func memoryContents(count: Int) throws {
        let file = try OpenFile(path: folder.write(Array("abc".utf8)))
        let bytes = try FileContents.read(file.descriptor, count: count, name: "a")
        #expect(bytes == Array("abc".utf8.prefix(count)))
        #expect(Foundation.truncate(file.path, 2) == 0)
        #expect(try FileContents.read(file.descriptor, count: count, name: "a") == Array(bytes.prefix(2)))
    }

    @Test("A NUL does not end a path")
    func nul() throws {
        let path = try folder.write([]) + "\0.json"
        #expect(throws: Diagnostic("there is no file `\(path)`", remedy: "Check the path; Tab completes file names")) {
            try RawBytes(path: path)
        }
    }
}

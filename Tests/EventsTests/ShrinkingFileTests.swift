import Events
import Foundation
import Testing

@Suite("Files that shrink while they are read")
struct ShrinkingFileTests {
    private let folder: InputFolder
    private let page = Int(getpagesize())

    init() throws { folder = try InputFolder() }

    /// A file of four pages full of `a`.
    private func file() throws -> String { try folder.write([UInt8](repeating: 0x61, count: 4 * page)) }

    private func truncate(_ path: String, to pages: Double) {
        #expect(Foundation.truncate(path, off_t(pages * Double(page))) == 0)
    }

    @Test("What is gone reads as zeros, and the place is told", arguments: [0, 0.5, 1, 2, 3.5, 4, 5])
    func shrink(pages: Double) throws {
        let path = try file(), source = try RawBytes(path: path)
        #expect(source.cutShortAt == nil)
        truncate(path, to: pages)
        let kept = Int(min(pages, 4) * Double(page))
        let expected = [UInt8](repeating: 0x61, count: kept) + [UInt8](repeating: 0, count: 4 * page - kept)
        #expect(source.withBytes { Array($0) } == expected)
        #expect(source.cutShortAt == (pages < 4 ? kept : nil))
    }

    @Test("A file that has grown again stays cut where it was seen to be")
    func regrown() throws {
        let path = try file(), source = try RawBytes(path: path)
        truncate(path, to: 1)
        #expect(source.withBytes { $0[2 * page] } == 0)
        truncate(path, to: 4)
        #expect(source.cutShortAt == 2 * page)
        #expect(source.withBytes { $0[0] } == 0x61)
    }

    @Test("A file that was replaced by another is whole, and so is one that was removed")
    func replaced() throws {
        let path = try file(), source = try RawBytes(path: path)
        try FileManager.default.removeItem(atPath: path)
        #expect(source.cutShortAt == nil)
        try folder.write([])
        #expect(source.cutShortAt == nil && source.withBytes { $0.allSatisfy { $0 == 0x61 } })
    }

    @Test("Many threads may find out at once, each in its own file and in a shared one")
    func threads() async throws {
        let shared = try file(), source = try RawBytes(path: shared)
        truncate(shared, to: 0)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<16 {
                group.addTask {
                    guard let own = try? folder.write([UInt8](repeating: 0x61, count: 4 * page), to: "own\(number)"),
                        let mine = try? RawBytes(path: own)
                    else { return false }
                    truncate(own, to: 1)
                    let sum = [source, mine].map { $0.withBytes { $0.reduce(0) { $0 + Int($1) } } }
                    return sum == [0, 0x61 * page] && mine.cutShortAt == page
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        #expect(source.cutShortAt == 0)
    }

    @Test("Digest and reader live through it")
    func whole() async throws {
        let line = "{\"uuid\":\"a\"}\n"
        let path = try folder.write(Array((line + String(repeating: " ", count: 4 * page)).utf8))
        let source = try RawBytes(path: path)
        #expect(Foundation.truncate(path, off_t(line.utf8.count)) == 0)
        let table = try await read(source).table
        #expect(table.ids == ["a"] && source.sha256.count == 64 && source.cutShortAt == line.utf8.count)
    }
}

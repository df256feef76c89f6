import Digests
@testable import Events
import Foundation
import Testing

@Suite("Compressed inputs")
struct GzipTests {
    private let folder: InputFolder
    private var limits = SpoolLimits()

    init() throws {
        folder = try InputFolder()
        limits.folders = [folder.path]
    }

    /// Opens bytes as a file called `x.gz`.
    private func open(_ bytes: [UInt8]) throws -> RawBytes {
        try RawBytes.open(path: folder.write(bytes), name: "x.gz", limits: limits)
    }

    @Test("All members are read, and zeros after the last one passed over", arguments: [
        (gzip("a"), "a"), (gzip("a", "b"), "ab"), (gzip("a", "", "b"), "ab"), (gzip(""), ""), (gzip("", ""), ""),
        (gzip("a") + [0], "a"), (gzip("a", "b") + [0, 0, 0], "ab"),
        (gzip(gzip("a", "b")), "ab"), (gzip(gzip("")), ""),
    ])
    func members(file: [UInt8], text: String) throws {
        let source = try open(file)
        #expect(source.text == text && source.count == text.utf8.count)
        #expect(source.problems == [] && source.cutShortAt == nil)
    }

    @Test("Zeros that fill more than a buffer are passed over too, and counted when they are not the end")
    func padding() throws {
        let file = gzip("a", "b") + [UInt8](repeating: 0, count: 300_000)
        #expect(try open(file).problems == [])
        #expect(try open(file + [1]).problems.map(\.message) == [
            "after the last gzip member of `x.gz` there is something that is not gzip (300001 B)"
        ])
    }

    @Test("Size and digest are those of the file on disk", arguments: [
        gzip("a"), gzip(gzip("a")), gzip("a") + [1], Array(gzip("abc").prefix(15)), [0xFE, 0xFF, 0, 0x61],
        Array("a".utf8), [],
    ])
    func original(file: [UInt8]) throws {
        let source = try open(file)
        #expect(source.originalCount == file.count)
        #expect(source.sha256 == SHA256(file).hex)
    }

    @Test("A fault ends the reading; what came before is kept, and the fault is told", arguments: [
        (gzip("a") + [1], "a", "after the last gzip member of `x.gz` there is something that is not gzip (1 B)"),
        (gzip("a") + [0, 1], "a", "after the last gzip member of `x.gz` there is something that is not gzip (2 B)"),
        (gzip("a") + Array("\u{1F}abc".utf8), "a",
         "after the last gzip member of `x.gz` there is something that is not gzip (4 B)"),
        (gzip("a") + [0x1F], "a", "after the last gzip member of `x.gz` there is something that is not gzip (1 B)"),
        (gzip("a") + gzip("b").dropLast(), "ab", "gzip member 2 of `x.gz` is cut short"),
        (flipped(gzip("abc"), fromEnd: 8), "abc", "gzip member 1 of `x.gz`: its checksum differs"),
        (flipped(gzip("abc"), fromEnd: 4), "abc", "gzip member 1 of `x.gz`: its length differs"),
        (gzip("a") + flipped(gzip("b"), fromEnd: 8) + gzip("c"), "ab",
         "gzip member 2 of `x.gz`: its checksum differs; nothing after that was read"),
        ([0x1F, 0x8B, 7, 0], "", "gzip member 1 of `x.gz`: it is damaged (unknown compression method)"),
        (gzip(Array(gzip("abc").dropLast())), "abc", "gzip member 1 of `x.gz` is cut short"),
        (Array(gzip(gzip("abc")).dropLast()), "abc", "gzip member 1 of `x.gz` is cut short"),
    ])
    func faults(file: [UInt8], text: String, message: String) throws {
        let source = try open(file)
        #expect(source.text == text)
        #expect(source.problems == [RawBytes.Problem(byte: text.utf8.count, message: message)])
    }

    @Test("Cut at any byte, it gives the beginning of its text and one problem, or none between two members")
    func truncation() throws {
        let texts = [lines(0..<40), lines(40..<90)]
        let whole = gzip(texts[0], texts[1]), boundary = gzip(texts[0]).count
        for end in 2..<whole.count {
            let source = try open(Array(whole.prefix(end)))
            #expect((texts[0] + texts[1]).hasPrefix(source.text), "cut at \(end)")
            #expect(source.problems.map(\.byte) == (end == boundary ? [] : [source.count]), "cut at \(end)")
            if end > boundary { #expect(source.text.hasPrefix(texts[0]), "cut at \(end)") }
        }
    }

    @Test("A changed byte is found, unless it is one of the header's that do not matter")
    func damage() throws {
        let text = lines(0..<40), whole = gzip(text, "b")
        for place in 2..<whole.count {
            let source = try open(flipped(whole, fromEnd: whole.count - place))
            #expect(source.problems.count == 1 || source.text == text + "b", "byte \(place)")
        }
    }

    @Test("What it is, is told by its content")
    func content() throws {
        for name in ["a.json", "a.txt", "a"] {
            #expect(try RawBytes.open(path: folder.write(gzip("{}"), to: name)).text == "{}")
        }
        #expect(try RawBytes.open(path: folder.write(Array("{}".utf8), to: "a.gz")).text == "{}")
        #expect(try RawBytes.open(path: folder.write([0x1F], to: "b.gz")).text == "\u{1F}")
    }

    @Test("Events are read from it")
    func events() async throws {
        let source = try open(gzip("{\"uuid\":\"a\"}\n{\"uu", "id\":\"b\"}\n"))
        let table = try await read(source).table
        #expect(table.ids == ["a", "b"])
    }
}

/// Events enough that deflate makes several blocks' worth of matches.
private func lines(_ numbers: Range<Int>) -> String {
    numbers.map { "{\"uuid\":\"\($0 * 7919)\",\"eventType\":\"user.session.start\"}\n" }.joined()
}

/// The bytes with one of them changed, counted from the end.
private func flipped(_ bytes: [UInt8], fromEnd distance: Int) -> [UInt8] {
    var bytes = bytes
    bytes[bytes.count - distance] ^= 0x10
    return bytes
}

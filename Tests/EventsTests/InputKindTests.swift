import Diagnostics
import Digests
@testable import Events
import Foundation
import Testing

@Suite("Inputs that are not plain UTF-8")
struct InputKindTests {
    private let folder: InputFolder

    init() throws { folder = try InputFolder() }

    /// Opens bytes as a file called `x`.
    private func open(_ bytes: [UInt8]) throws -> RawBytes { try RawBytes.open(path: folder.write(bytes), name: "x") }

    @Test("UTF-16 with its mark becomes UTF-8, also within gzip", arguments: [
        "", "{}", "aé€😀\u{0}\r\n", "\u{FEFF}a",
    ], [false, true])
    func utf16(text: String, isBigEndian: Bool) throws {
        let file = outFile(text, isBigEndian: isBigEndian)
        for bytes in [file, gzip(file)] {
            let source = try open(bytes)
            #expect(Array(source.text.unicodeScalars) == Array(text.unicodeScalars) && source.problems == [])
            #expect(source.sha256 == SHA256(bytes).hex)
        }
    }

    @Test("Wherever the bytes are cut, the text is the same", arguments: [false, true])
    func utf16Pieces(isBigEndian: Bool) {
        let text = "aé😀€😀"
        let bytes = outFile(text, isBigEndian: isBigEndian)
        for cut in 0...bytes.count {
            for second in cut...bytes.count {
                var decoder = UTF16Decoder(isBigEndian: isBigEndian), output: [UInt8] = []
                for piece in [bytes[..<cut], bytes[cut..<second], bytes[second...]] {
                    Array(piece).withUnsafeBytes { decoder.decode($0, into: &output) }
                }
                decoder.finish(into: &output)
                #expect(output == Array(text.utf8), "cut at \(cut) and \(second)")
            }
        }
    }

    @Test("What is no UTF-16 becomes U+FFFD, and its neighbours are kept", arguments: [
        ([0x61, 0xD83D, 0x62] as [UInt16], "a\u{FFFD}b"), ([0xDE00, 0x62], "\u{FFFD}b"), ([0xD83D], "\u{FFFD}"),
        ([0xD83D, 0xD83D, 0xDE00], "\u{FFFD}😀"), ([0xDE00, 0xD83D, 0x62], "\u{FFFD}\u{FFFD}b"),
    ])
    func surrogates(units: [UInt16], text: String) throws {
        let bytes = ([0xFEFF] + units).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        #expect(try open(bytes).text == text)
        #expect(try open(bytes + [0x61]).text == text + "\u{FFFD}")
    }

    @Test("Other formats are named, with what to do", arguments: [
        ("PK\u{3}\u{4}\u{14}", "a zip archive", "Unpack it with `unzip FILE`, then name the files"),
        ("PK\u{3}\u{4}\u{14}..[Content_Types].xml",
         "an Excel or other Office file", "Save it as CSV, and name that file"),
        ("SQLite format 3\0", "a SQLite database",
         "Export its table with `sqlite3 -json FILE 'select * from TABLE'`, and name the result"),
        ("%PDF-1.7", "a PDF document", "Ask for the events as JSON or CSV"),
        ("PAR1", "a Parquet file", "Export it as JSON Lines, for example with `duckdb`"),
        (String(repeating: "x", count: 257) + "ustar", "a tar archive",
         "Unpack it with `tar -xf FILE`, then name the files"),
    ])
    func foreign(head: String, name: String, remedy: String) throws {
        for file in [Array(head.utf8), gzip(head)] {
            #expect(throws: Diagnostic("`x` is \(name), which is not read", remedy: remedy)) { try open(file) }
        }
    }

    @Test("Other compressions are named, with the command", arguments: [
        ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard-compressed", "zstd -d FILE"),
        (Array("BZh91AY&SY".utf8), "bzip2-compressed", "bzip2 -dk FILE"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz-compressed", "xz -dk FILE"),
    ])
    func compressions(head: [UInt8], name: String, command: String) {
        #expect(throws: Diagnostic(
            "`x` is \(name), which is not read", remedy: "Decompress it with `\(command)`, and name the result")
        ) { try open(head + [0, 0]) }
    }

    @Test("Text that only looks a little like them is text", arguments: ["PK", "BZh9", "PK\u{3}", "%PDF", "ustar"])
    func lookalikes(text: String) throws { #expect(try open(Array(text.utf8)).text == text) }
}

/// As PowerShell's `Out-File` writes it.
private func outFile(_ text: String, isBigEndian: Bool) -> [UInt8] {
    ([0xFEFF] + Array(text.utf16)).flatMap { unit in
        let bytes = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
        return isBigEndian ? bytes : bytes.reversed()
    }
}

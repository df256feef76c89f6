/// What an input is, told by its first bytes, never by its name.
enum InputKind: Hashable, Sendable {
    /// To be read as it is; all that is nothing else.
    case text
    /// RFC 1952.
    case gzip
    /// UTF-16 with a byte-order mark, as PowerShell's `Out-File` writes.
    case utf16(isBigEndian: Bool)
    /// Something that has to be turned into text first.
    case foreign(ForeignFormat)

    /// How many bytes are looked at: enough to find a tar archive's mark.
    static let headSize = 512

    init(head: [UInt8]) {
        if head.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if let format = ForeignFormat.all.first(where: { $0.matches(head) }) {
            self = .foreign(format)
        } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            self = .utf16(isBigEndian: head[0] == 0xFE)
        } else {
            self = .text
        }
    }
}

/// A format that holds events but is not read, and what to do about it.
struct ForeignFormat: Hashable, Sendable {
    /// With its article: `a zip archive`.
    let name: String
    let remedy: String
    private let magic: [UInt8]
    private let offset: Int
    /// What must also occur in the first bytes.
    private let also: [UInt8]

    private init(_ name: String, _ magic: [UInt8], at offset: Int = 0, also: String = "", remedy: String) {
        self.name = name
        self.remedy = remedy
        self.magic = magic
        self.offset = offset
        self.also = Array(also.utf8)
    }

    private init(_ name: String, _ magic: String, at offset: Int = 0, also: String = "", remedy: String) {
        self.init(name, Array(magic.utf8), at: offset, also: also, remedy: remedy)
    }

    func matches(_ head: [UInt8]) -> Bool {
        guard head.dropFirst(offset).starts(with: magic) else { return false }
        return also.isEmpty || head.firstRange(of: also) != nil
    }

    /// In the order they are tried. The marks are those of each format's specification, as `file`(1) knows them.
    static let all = [
        ForeignFormat(
            "an Excel or other Office file", "PK\u{3}\u{4}", also: "[Content_Types].xml",
            remedy: "Save it as CSV, and name that file"),
        ForeignFormat("a zip archive", "PK\u{3}\u{4}", remedy: unzip),
        ForeignFormat("an empty zip archive", "PK\u{5}\u{6}", remedy: "Ask for the file again"),
        ForeignFormat("a part of a zip archive", "PK\u{7}\u{8}", remedy: unzip),
        ForeignFormat("Zstandard-compressed", [0x28, 0xB5, 0x2F, 0xFD], remedy: decompress("zstd -d FILE")),
        ForeignFormat("bzip2-compressed", "BZh", also: "1AY&SY", remedy: decompress("bzip2 -dk FILE")),
        ForeignFormat("xz-compressed", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], remedy: decompress("xz -dk FILE")),
        ForeignFormat("LZ4-compressed", [0x04, 0x22, 0x4D, 0x18], remedy: decompress("lz4 -d FILE")),
        ForeignFormat("compressed with `compress`", [0x1F, 0x9D], remedy: decompress("gzip -d FILE")),
        ForeignFormat(
            "a 7-Zip archive", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
            remedy: "Unpack it with `7z x FILE`, then name the files"),
        ForeignFormat("a tar archive", "ustar", at: 257, remedy: "Unpack it with `tar -xf FILE`, then name the files"),
        ForeignFormat(
            "a SQLite database", "SQLite format 3\0",
            remedy: "Export its table with `sqlite3 -json FILE 'select * from TABLE'`, and name the result"),
        ForeignFormat("a PDF document", "%PDF-", remedy: "Ask for the events as JSON or CSV"),
        ForeignFormat("a Parquet file", "PAR1", remedy: "Export it as JSON Lines, for example with `duckdb`"),
        ForeignFormat("a Windows event log", "ElfFile\0", remedy: "Name a file of Okta events"),
        ForeignFormat("UTF-32 text", [0xFF, 0xFE, 0, 0], remedy: iconv),
        ForeignFormat("UTF-32 text", [0, 0, 0xFE, 0xFF], remedy: iconv),
    ]

    private static let unzip = "Unpack it with `unzip FILE`, then name the files"
    private static let iconv = "Convert it: `iconv -f UTF-32 -t UTF-8 FILE`"

    private static func decompress(_ command: String) -> String {
        "Decompress it with `\(command)`, and name the result"
    }
}

internal import Diagnostics

/// Inflates all members of a gzip file (RFC 1952) into a spool file.
///
/// What came out before a fault is kept. After a fault nothing more is read, because nothing says where the next
/// member begins.
struct GzipDecoder: ~Copyable {
    private let name: String
    private let output = SpoolBuffer()
    private var inflater: Inflater
    private var phase = Phase.member
    /// Counted from 1.
    private var member = 1
    /// Where the member, or what follows the last one, begins in the compressed file.
    private var memberStart = 0

    private enum Phase {
        /// In a member; the first begins at once.
        case member
        /// After a member: another one, zeros, or the end may follow.
        case boundary
        /// In zeros that fill up a block of tape or disk.
        case padding
        /// The rest is not gzip.
        case foreign
        /// The member is damaged.
        case broken(String)
    }

    init(name: String) throws(Diagnostic) {
        self.name = name
        inflater = try Inflater()
    }

    /// Takes the next bytes of the compressed file, the first of which lies at `offset`.
    ///
    /// - Parameter allowed: How many bytes may have come out in all by now.
    mutating func decode(
        _ input: UnsafeRawBufferPointer, at offset: Int, into spool: inout SpoolFile, allowed: Int
    ) throws(Diagnostic) {
        var rest = input
        while let first = rest.first {
            switch phase {
            case .member: try inflate(&rest, into: &spool, allowed)
            case .boundary: beginNext(with: first, at: offset + input.count - rest.count)
            case .padding:
                guard rest.contains(where: { $0 != 0 }) else { return }
                phase = .foreign
            case .foreign, .broken: return
            }
        }
    }

    private mutating func beginNext(with byte: UInt8, at offset: Int) {
        memberStart = offset
        switch byte {
        case 0x1F:
            inflater.restart()
            member += 1
            phase = .member
        case 0: phase = .padding
        default: phase = .foreign
        }
    }

    private mutating func inflate(
        _ input: inout UnsafeRawBufferPointer, into spool: inout SpoolFile, _ allowed: Int
    ) throws(Diagnostic) {
        var isFull = true
        while !input.isEmpty || isFull {
            let (step, count) = try inflater.step(&input, into: output.bytes)
            isFull = count == output.bytes.count
            guard spool.count + count <= allowed else { throw bomb }
            try spool.write(output.first(count))
            switch step {
            case .more: continue
            case .end: phase = .boundary
            case .fault(let words): phase = isNoMember ? .foreign : .broken(words)
            }
            return
        }
    }

    /// Whether what began as a further member did not even get past the two bytes that mark one.
    private var isNoMember: Bool { member > 1 && inflater.taken <= 2 }

    /// What is wrong with the file, now that it has ended; `nil` when all of it was read.
    func fault(atEnd end: Int) -> String? {
        switch phase {
        case .boundary, .padding: nil
        case .member where isNoMember, .foreign:
            "after the last gzip member of `\(name)` there is something that is not gzip (\(end - memberStart) B)"
        case .member: "gzip member \(member) of `\(name)` is cut short"
        case .broken(let words):
            "gzip member \(member) of `\(name)`: \(Self.plain(words))"
                + (hasUnread(before: end) ? "; nothing after that was read" : "")
        }
    }

    /// Whether more follows a fault than the member's trailer, which has 8 bytes.
    private func hasUnread(before end: Int) -> Bool { end - memberStart > inflater.taken + 8 }

    private var bomb: Diagnostic {
        Diagnostic(
            "`\(name)` grows more than a log ever does when it is decompressed: it looks made to fill the disk",
            remedy: "If you trust it, decompress it yourself (`gzip -dc FILE`), and name the result")
    }

    /// zlib's words in ours.
    private static func plain(_ words: String) -> String {
        switch words {
        case "incorrect data check": "its checksum differs"
        case "incorrect length check": "its length differs"
        case "header crc mismatch": "its header's checksum differs"
        default: "it is damaged (\(words))"
        }
    }
}

public import Diagnostics
internal import Digests

/// The bytes of one input, kept as long as an event refers to them.
///
/// A file is mapped into memory, not read: its pages come and go as they are used.
/// Safe to share between threads because nothing in it changes after `init` and the memory is given back only in
/// `deinit`; hence `@unchecked`. Another process may still change a mapped file; see ``cutShortAt``.
public final class RawBytes: @unchecked Sendable {
    /// What the user called it.
    public let name: String
    /// Bytes as they are read: decompressed, and in UTF-8.
    public let count: Int
    /// Bytes of the file as it lies on disk.
    public let originalCount: Int
    /// What of the file could not be turned into bytes, in their order; see ``open(path:name:progress:)``.
    public let problems: [Problem]
    private let base: UnsafeRawPointer?
    /// What `base` points into; `nil` when it is memory of our own.
    private let mapping: MappedFile?
    /// The digest of the file when it is not `base` that it is made of.
    private let originalDigest: String?

    /// A part of an input that is lost before anything in it can be counted, such as the end of a damaged gzip file.
    public struct Problem: Hashable, Sendable {
        /// The place in the bytes as they are read at which the loss is; from 0.
        public let byte: Int
        /// What is wrong, without a full stop.
        public let message: String
    }

    /// Bytes that are in memory already, such as standard input.
    public convenience init(name: String, bytes: [UInt8]) { self.init(name: name, .memory(bytes)) }

    /// An input of which nothing can be read, for the reason given: its loss is counted where it is read.
    public static func lost(name: String, because message: String) -> RawBytes {
        RawBytes(name: name, .memory([]), problems: [Problem(byte: 0, message: message)])
    }

    /// A file, mapped as it lies; ``open(path:name:progress:)`` also decompresses.
    ///
    /// - Parameter name: What to call it in messages, when that is not its path.
    /// - Throws: When there is no such file, it is a folder, or it cannot be read.
    public convenience init(path: String, name: String? = nil) throws(Diagnostic) {
        try self.init(OpenFile(path: path), name: name ?? path)
    }

    /// An open file, mapped as it lies.
    convenience init(_ file: borrowing OpenFile, name: String) throws(Diagnostic) {
        self.init(name: name, try FileContents(file.descriptor, count: file.count, name: name, identity: file.identity))
    }

    /// - Parameter original: Size and digest of the file that the contents were made from, when they are not its own.
    init(
        name: String, _ contents: FileContents, original: (count: Int, sha256: String)? = nil, problems: [Problem] = []
    ) {
        self.name = name
        self.problems = problems
        switch contents {
        case .mapped(let file): (base, count, mapping) = (file.base, file.count, file)
        case .memory(let bytes): (base, count, mapping) = (bytes.copied, bytes.count, nil)
        }
        originalCount = original?.count ?? count
        originalDigest = original?.sha256
    }

    deinit { if mapping == nil { base?.deallocate() } }

    /// All bytes; valid while this object lives.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : count)) }
    }

    /// A copy of some of the bytes.
    func copy(_ range: Range<Int>) -> [UInt8] { withBytes { Array($0[range]) } }

    /// The SHA-256 of the file as it lies on disk, in lower-case hexadecimal digits.
    ///
    /// Reads everything unless the file was decompressed, which digests it on the way. May run beside a parser.
    public var sha256: String { originalDigest ?? sha256(upTo: count) }

    /// The SHA-256 of the first bytes as they are read.
    public func sha256(upTo end: Int) -> String { digest(of: end, unless: { false }) ?? "" }

    /// As ``sha256``; `nil` when it was given up on the way, which is asked for every few megabytes.
    public func sha256(unless isGivenUp: () -> Bool) -> String? {
        originalDigest ?? digest(of: count, unless: isGivenUp)
    }

    private func digest(of end: Int, unless isGivenUp: () -> Bool) -> String? {
        withBytes { bytes in
            var stream = SHA256Stream(), position = 0
            let end = Swift.min(end, bytes.count)
            while position < end {
                guard !isGivenUp() else { return nil }
                let next = Swift.min(end, position + 4 << 20)
                stream.update(UnsafeRawBufferPointer(rebasing: bytes[position..<next]))
                position = next
            }
            return stream.finish()
        }
    }

    /// The first byte that is there no more because another process cut the file short after it was opened; from
    /// there on, zeros may have been read. `nil` when it is whole. Asks the file system; ask when reading is done.
    public var cutShortAt: Int? { mapping?.cutShortAt }
}

private extension [UInt8] {
    /// A copy that belongs to the caller; `nil` when there is nothing to copy.
    var copied: UnsafeRawPointer? {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return nil }
            let copy = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 1)
            copy.copyMemory(from: start, byteCount: bytes.count)
            return UnsafeRawPointer(copy)
        }
    }
}

public import Diagnostics
internal import Foundation
public import JSON

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file of JSON Lines that only grows.
///
/// Appending takes a lock for its moment, mends a tail that an earlier crash tore, and writes all lines with one
/// call; it returns when the bytes are on disk. Reading skips what is not a record, and says so.
public struct JournalFile: Hashable, Sendable {
    /// Where the file is or will be.
    public let path: String

    /// Names the file; nothing is opened.
    public init(path: String) { self.path = path }

    /// A record that was read, with the line it stands on, from 1.
    public struct Record: Hashable, Sendable {
        /// From 1.
        public let line: Int
        /// The line, without its newline.
        public let text: String
        /// What the line says.
        public let value: JSONValue
    }

    /// All records of a file, and a report of each line that is none. A file that does not exist has none.
    public func read() throws(Diagnostic) -> (records: [Record], problems: [Diagnostic]) {
        guard FileManager.default.fileExists(atPath: path) else { return ([], []) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Diagnostic("`\(path)` cannot be read", remedy: "Check its permissions", at: Place(file: path))
        }
        var records: [Record] = [], problems: [Diagnostic] = []
        for (index, bytes) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where !bytes.isEmpty {
            do {
                let value = try JSONValue(parsing: Array(bytes))
                records.append(Record(line: index + 1, text: String(decoding: bytes, as: UTF8.self), value: value))
            } catch {
                problems.append(Diagnostic(
                    "a line is not a record: \(error.problem)", remedy: "It was skipped; the other records are kept",
                    at: Place(file: path, line: index + 1)))
            }
        }
        return (records, problems)
    }

    /// Appends lines, each without its newline. Creates the file with mode 0600.
    public func append(_ lines: [String]) throws(Diagnostic) {
        guard !lines.isEmpty else { return }
        let descriptor = try openLocked()
        defer { close(descriptor) }
        try Self.mendTail(of: descriptor, path: path)
        try Self.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: descriptor, path: path)
    }

    /// Reads the records there are and appends those that `fresh` makes of them, all under one lock, so that two
    /// processes cannot both add the same record.
    public func append(_ fresh: ([Record]) -> [JSONValue]) throws(Diagnostic) {
        let descriptor = try openLocked()
        defer { close(descriptor) }
        try Self.mendTail(of: descriptor, path: path)
        let lines = fresh(try read().records).map(\.text)
        guard !lines.isEmpty else { return }
        try Self.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: descriptor, path: path)
    }

    private func openLocked() throws(Diagnostic) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.fault("cannot be written", path, errno) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(descriptor)
                throw Self.fault("cannot be locked", path, code)
            }
        }
        return descriptor
    }
}

// MARK: Bytes

extension JournalFile {
    /// Makes a file end with a newline: a whole record whose newline is missing gets it, a torn one is cut off.
    ///
    /// A torn record was never acknowledged, as ``append(_:)-([String])`` returns only once all is written.
    /// - Returns: Whether a torn record was cut off.
    @discardableResult
    static func mendTail(of descriptor: Int32, path: String) throws(Diagnostic) -> Bool {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var pieces: [[UInt8]] = []
        var start = size
        while start > 0, pieces.last?.contains(0x0A) != true {
            let low = max(0, start - 65_536)
            var piece = [UInt8](repeating: 0, count: start - low)
            guard pread(descriptor, &piece, piece.count, off_t(low)) == piece.count else {
                throw fault("cannot be read", path, errno)
            }
            pieces.append(piece)
            start = low
        }
        let tail = Array(pieces.reversed().joined())
        let torn = tail.lastIndex(of: 0x0A).map { Array(tail[($0 + 1)...]) } ?? tail
        guard !torn.isEmpty else { return false }
        if (try? JSONValue(parsing: torn)) != nil {
            try write([0x0A], to: descriptor, path: path)
            return false
        }
        guard ftruncate(descriptor, off_t(size - torn.count)) == 0 else { throw fault("cannot be mended", path, errno) }
        return true
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(Diagnostic) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.write(descriptor, buffer.baseAddress.map { $0 + position }, bytes.count - position)
                #else
                    Darwin.write(descriptor, buffer.baseAddress.map { $0 + position }, bytes.count - position)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault("cannot be written", path, errno) }
            position += count
        }
        // Pipes and /dev/null cannot be synced; only a real disk error matters.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw fault("cannot be written", path, errno)
        }
    }

    static func fault(_ what: String, _ path: String, _ code: Int32) -> Diagnostic {
        Diagnostic(
            "`\(path)` \(what): \(String(cString: strerror(code)))",
            remedy: "Check the folder's permissions and free space", at: Place(file: path))
    }
}

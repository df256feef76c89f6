import Diagnostics
import JSON
import Tables

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The lines that were typed, in a file that `grep` can read: one `{"ts":…,"line":…}` a line.
///
/// Only ever appended to, under a lock, so that several shells can share it; readable by its owner only.
/// What cannot be read in it is passed over.
struct HistoryFile: Hashable, Sendable {
    /// One line as it was typed; it may hold newlines.
    struct Entry: Hashable, Sendable {
        /// `nil` where the file does not tell.
        let at: Timestamp?
        let line: String
    }

    let path: String

    /// Every entry, oldest first; empty when there is no file yet.
    func entries() -> [Entry] {
        guard let descriptor = FileDescriptor(opening: path, O_RDONLY) else { return [] }
        return Self.entries(in: descriptor.bytes(from: 0))
    }

    /// The entries that contain a text, whatever its case, oldest first; all of them for an empty text.
    func search(_ text: String) -> [Entry] {
        let wanted = text.lowercased()
        return entries().filter { wanted.isEmpty || $0.line.lowercased().contains(wanted) }
    }

    /// Whether a line is to be remembered: not when it is blank or begins with a space.
    static func keeps(_ line: String) -> Bool {
        !line.hasPrefix(" ") && line.contains { !$0.isWhitespace }
    }

    /// Adds a line, unless it is one that is not kept or the same as the newest.
    func append(_ line: String, at time: Timestamp = .wallClock) throws(Diagnostic) {
        guard Self.keeps(line) else { return }
        guard let file = FileDescriptor(opening: path, O_RDWR | O_CREAT | O_APPEND), file.lock() else { throw unusable }
        let tail = file.tail()
        if Self.entries(in: tail[...]).last?.line == line { return }
        let record: JSONValue = ["ts": .string(time.description), "line": .string(line)]
        let torn = tail.last.map { $0 != UInt8(ascii: "\n") } ?? false
        guard file.write(Array(((torn ? "\n" : "") + record.text + "\n").utf8)) else { throw unusable }
    }

    private var unusable: Diagnostic {
        let reason = String(cString: strerror(errno))
        return Diagnostic(
            "the history cannot be written: \(reason)",
            remedy: "Make the file writable; until then lines are remembered in this shell only",
            at: Place(file: path))
    }

    private static func entries(in bytes: some Collection<UInt8>) -> [Entry] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard let record = try? JSONValue(parsing: Array(line)) else { return nil }
            guard let text = record["line"]?.string else { return nil }
            return Entry(at: record["ts"]?.string.flatMap(Timestamp.init(_:)), line: text)
        }
    }
}

extension Timestamp {
    /// The time on the wall.
    fileprivate static var wallClock: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }
}

/// An open file, closed (and with that unlocked) when its owner lets go of it.
private struct FileDescriptor: ~Copyable {
    private let number: Int32

    /// `nil` when it cannot be opened; `errno` tells why. A file that exists is made private.
    init?(opening path: String, _ flags: Int32) {
        if flags & O_CREAT != 0 { Self.makeFolder(of: path) }
        let opened = open(path, flags | O_CLOEXEC, mode_t(0o600))
        if opened < 0 { return nil }  // before there is a value, so that `deinit` closes nothing
        number = opened
        if flags & O_CREAT != 0 { _ = fchmod(number, 0o600) }
    }

    deinit { _ = close(number) }

    private static func makeFolder(of path: String) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        if access(folder, F_OK) == 0 { return }
        makeFolder(of: folder)
        _ = mkdir(folder, mode_t(0o700))
    }

    func lock() -> Bool {
        while flock(number, LOCK_EX) != 0 { if errno != EINTR { return false } }
        return true
    }

    /// The end of the file: enough for the newest entry unless that is huge.
    func tail() -> [UInt8] {
        bytes(from: max(0, lseek(number, 0, SEEK_END) - 65_536))
    }

    func bytes(from start: off_t) -> [UInt8] {
        var result: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(number, &buffer, buffer.count, start + off_t(result.count))
            if count > 0 { result += buffer[..<count] } else if count == 0 || errno != EINTR { return result }
        }
    }

    /// In one call, so that a reader never sees half a record.
    func write(_ bytes: [UInt8]) -> Bool {
        #if canImport(Darwin)
        Darwin.write(number, bytes, bytes.count) == bytes.count
        #else
        Glibc.write(number, bytes, bytes.count) == bytes.count
        #endif
    }
}

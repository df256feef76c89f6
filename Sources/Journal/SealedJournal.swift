public import Diagnostics
internal import Foundation
public import JSON

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A transcript that is open for writing: a chained file and the lock that keeps other processes out.
///
/// The lock goes with the process, so a crash frees it.
public actor SealedJournal {
    /// The transcript's file.
    public nonisolated let path: String
    private let descriptor: Int32
    private var chain: HashChain

    /// Opens a transcript, or begins one.
    ///
    /// - Throws: When another process holds it (the message names the process), or the file cannot be written.
    ///   A torn last line is cut off; `wasTorn` then holds.
    public static func open(path: String) throws(Diagnostic) -> (journal: SealedJournal, wasTorn: Bool) {
        let descriptor = try lock(path)
        do {
            let torn = try JournalFile.mendTail(of: descriptor, path: path)
            return (SealedJournal(path: path, descriptor: descriptor, chain: try tail(path)), torn)
        } catch {
            close(descriptor)
            throw error
        }
    }

    private init(path: String, descriptor: Int32, chain: HashChain) {
        self.path = path
        self.descriptor = descriptor
        self.chain = chain
    }

    deinit {
        // In this order: once the lock is free, the note may be another process's.
        unlink(Self.holderPath(path))
        close(descriptor)
    }

    /// The hash of the last record.
    public var head: String { chain.head }
    /// How many records there are.
    public var count: Int { chain.next }

    /// Seals a record and writes it; it is on disk when this returns. Says the record's number.
    @discardableResult
    public func append(type: String, time: String, _ members: [JSONValue.Member]) throws(Diagnostic) -> Int {
        try append(all: [members], type: type, time: time)
        return chain.next - 1
    }

    /// Seals records of one type and writes them at once: all of them are on disk when this returns, or none.
    public func append(all records: [[JSONValue.Member]], type: String, time: String) throws(Diagnostic) {
        guard !records.isEmpty else { return }
        var next = chain, lines: [UInt8] = []
        for members in records { lines += (next.seal(type: type, time: time, members) + "\n").utf8 }
        let size = lseek(descriptor, 0, SEEK_END)
        do {
            try JournalFile.write(lines, to: descriptor, path: path)
        } catch {
            // What was written of the records must not stand before the next one.
            if size >= 0 { _ = ftruncate(descriptor, size) }
            throw error
        }
        chain = next
    }

    private static func holderPath(_ path: String) -> String { path + ".lock" }

    private static func lock(_ path: String) throws(Diagnostic) -> Int32 {
        let descriptor = openFile(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw JournalFile.fault("cannot be opened", path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            let process = FileManager.default.contents(atPath: holderPath(path))
            let holder = process.map { " (process \(String(decoding: $0, as: UTF8.self).prefix(20)))" } ?? ""
            throw Diagnostic(
                "the session is open in another process" + holder,
                remedy: "Quit it there, or begin another session", at: Place(file: path))
        }
        _ = FileManager.default.createFile(
            atPath: holderPath(path), contents: Data("\(getpid())".utf8), attributes: [.posixPermissions: 0o600])
        return descriptor
    }

    /// Where the chain of a file goes on: after its last readable record.
    private static func tail(_ path: String) throws(Diagnostic) -> HashChain {
        let last = try JournalFile(path: path).read().records.last { $0.value["hash"]?.string != nil }
        guard let last, let hash = last.value["hash"]?.string, let seq = last.value["seq"]?.integer else {
            return HashChain()
        }
        return HashChain(head: hash, next: Int(seq) &+ 1)
    }
}

/// `open(2)`, which the type's own `open` would hide.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }

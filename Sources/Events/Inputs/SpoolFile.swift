internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A temporary file that only this process can reach: mode 0600, without a name; gone when it is closed and unmapped.
struct SpoolFile: ~Copyable {
    let descriptor: Int32
    /// Bytes written so far.
    private(set) var count = 0
    private let name: String
    private let folder: String
    private let bound: Bound

    /// What ends the writing.
    private struct Bound {
        let bytes: Int
        /// Whether it is the limit, and not the room, that is reached first.
        let isLimit: Bool
    }

    /// - Parameter name: The input that it is for, as the user calls it.
    init(for name: String, limits: SpoolLimits) throws(Diagnostic) {
        let (descriptor, folder) = try Self.create(in: limits.folders, for: name)
        self.descriptor = descriptor
        self.folder = folder
        self.name = name
        let room = Self.room(in: descriptor, reserve: limits.reserve)
        bound = Bound(bytes: min(limits.size, room), isLimit: limits.size <= room)
    }

    deinit { close(descriptor) }

    /// - Throws: When the limit or the room is used up.
    mutating func write(_ bytes: [UInt8]) throws(Diagnostic) {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(Diagnostic) in try write(bytes) } }
        try result.get()
    }

    /// - Throws: When the limit or the room is used up.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
        guard bytes.count <= bound.bytes - count else { throw bound.isLimit ? tooLarge : noRoom }
        var rest = bytes
        while !rest.isEmpty {
            let written = systemWrite(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure(errno) }
            count += written
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// The first bytes: up to `limit` of them.
    func head(_ limit: Int) -> [UInt8] { firstBytes(limit, of: descriptor) }
}

// MARK: Where it lies

extension SpoolFile {
    private static func create(in folders: [String], for name: String) throws(Diagnostic) -> (Int32, folder: String) {
        var reasons: [String] = []
        for folder in folders {
            let descriptor = unnamedFile(in: folder)
            if descriptor >= 0 { return (descriptor, folder) }
            reasons.append("`\(folder)`: \(String(cString: strerror(errno)))")
        }
        throw Diagnostic(
            "there is no place for the contents of `\(name)` (\(reasons.joined(separator: "; ")))",
            remedy: "Set TMPDIR to a folder that can be written")
    }

    private static func unnamedFile(in folder: String) -> Int32 {
        #if os(Linux)
            // Never has a name. Swift does not see the macro O_TMPFILE: `__O_TMPFILE | O_DIRECTORY` in <fcntl.h>.
            let descriptor = open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 { return descriptor }
        #endif
        // Not every file system can do that.
        var path = Array("\(folder)/watchfloor-XXXXXX".utf8CString)
        let named = mkstemp(&path)
        guard named >= 0 else { return named }
        unlink(path)
        _ = fcntl(named, F_SETFD, FD_CLOEXEC)
        return named
    }

    /// How many bytes may still be written there: what is free less the reserve, and no more than the process may
    /// write to one file (beyond that, SIGXFSZ would end it).
    private static func room(in descriptor: Int32, reserve: Int) -> Int {
        var system = statvfs()
        guard fstatvfs(descriptor, &system) == 0 else { return Int.max }
        let product = UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
        let free = product.overflow ? Int.max : Int(clamping: product.partialValue)
        return min(free - min(reserve, free / 10), fileSizeLimit)
    }

    private static var fileSizeLimit: Int {
        var limit = rlimit()
        #if os(Linux)
            let status = getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        #else
            let status = getrlimit(RLIMIT_FSIZE, &limit)
        #endif
        return status == 0 ? Int(clamping: limit.rlim_cur) : Int.max
    }
}

// MARK: What can go wrong

extension SpoolFile {
    private var tooLarge: Diagnostic {
        Diagnostic(
            "`\(name)` holds more than \(bound.bytes) bytes when it is decompressed",
            remedy: "Decompress it yourself, and name the parts that matter")
    }

    private var noRoom: Diagnostic {
        Diagnostic(
            "`\(name)` needs more room than there is in `\(folder)` when it is decompressed: \(bound.bytes) bytes",
            remedy: "Free some room, or set TMPDIR to a folder that has more")
    }

    private func failure(_ code: Int32) -> Diagnostic {
        guard ![ENOSPC, EDQUOT, EFBIG].contains(code) else { return noRoom }
        return Diagnostic(
            "the contents of `\(name)` cannot be written to `\(folder)`: \(String(cString: strerror(code)))",
            remedy: "Set TMPDIR to another folder")
    }
}

/// `write(2)`, which a method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

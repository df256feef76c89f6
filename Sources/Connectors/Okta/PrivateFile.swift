internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file that only its owner may read: opened without following links, created with mode 0600, closed at the end.
struct PrivateFile: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Creates a file that must not exist yet.
    init(creating path: String) throws(Diagnostic) {
        descriptor = try Self.open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND)
        self.path = path
    }

    /// Creates a file, or empties the one there is.
    init(replacing path: String) throws(Diagnostic) {
        descriptor = try Self.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        self.path = path
    }

    private static func open(_ path: String, _ flags: Int32) throws(Diagnostic) -> Int32 {
        let descriptor = systemOpen(path, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault("cannot be written", path) }
        // A file that was there before may have been open to others.
        guard fchmod(descriptor, 0o600) == 0 else {
            close(descriptor)
            throw fault("cannot be protected", path)
        }
        return descriptor
    }

    deinit { close(descriptor) }

    /// Writes all bytes and waits until they are on disk.
    borrowing func write(_ bytes: [UInt8]) throws(Diagnostic) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(descriptor, $0.baseAddress.map { $0 + position }, bytes.count - position)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.fault("cannot be written", path) }
            position += count
        }
        guard fsync(descriptor) == 0 else { throw Self.fault("cannot be written", path) }
    }

    /// Cuts off what lies behind a length.
    borrowing func cut(to length: Int) { _ = ftruncate(descriptor, off_t(length)) }

    static func fault(_ what: String, _ path: String) -> Diagnostic {
        Diagnostic(
            "`\(path)` \(what): \(String(cString: strerror(errno)))",
            remedy: "Check the folder's permissions and free space", at: Place(file: path))
    }
}

// MARK: Reading, replacing, folders

extension PrivateFile {
    /// The bytes of a small file, or those behind a start; `nil` when there is none. Links are not followed.
    static func read(_ path: String, limit: Int, from start: Int = 0) throws(Diagnostic) -> [UInt8]? {
        let descriptor = systemOpen(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw fault("cannot be read", path) }
        defer { close(descriptor) }
        return try bytes(of: descriptor, path, limit, from: start).bytes
    }

    /// The bytes of a secret: refused when anybody but its owner may read it, as `ssh` refuses such keys.
    static func read(secret path: String, limit: Int) throws(Diagnostic) -> [UInt8] {
        let descriptor = systemOpen(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else {
            throw Diagnostic(
                "`\(path)` cannot be read: \(String(cString: strerror(errno)))", remedy: "Check OKTA_PRIVATE_KEY_FILE",
                kind: .unavailable, at: Place(file: path))
        }
        defer { close(descriptor) }
        let (bytes, mode) = try bytes(of: descriptor, path, limit)
        guard mode & 0o077 == 0 else {
            throw Diagnostic(
                "`\(path)` can be read by others, so the key in it is not used", remedy: "Run: chmod 600 \(path)",
                kind: .unavailable, at: Place(file: path))
        }
        return bytes
    }

    private static func bytes(
        of descriptor: Int32, _ path: String, _ limit: Int, from start: Int = 0
    ) throws(Diagnostic) -> (bytes: [UInt8], mode: UInt32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault("cannot be read", path) }
        guard status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) - start <= limit else {
            throw Diagnostic(
                "`\(path)` is not a file of at most \(limit) bytes", remedy: "Name the right file",
                at: Place(file: path))
        }
        guard lseek(descriptor, off_t(start), SEEK_SET) >= 0 else { throw fault("cannot be read", path) }
        var bytes = [UInt8](repeating: 0, count: max(0, Int(status.st_size) - start)), count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes {
                systemRead(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { break }
            count += more
        }
        return (Array(bytes.prefix(count)), UInt32(status.st_mode))
    }

    /// Puts bytes in the place of a file, all or nothing, also when the machine stops in between.
    static func replace(_ path: String, with bytes: [UInt8]) throws(Diagnostic) {
        let fresh = path + ".new"
        do {
            let file = try PrivateFile(replacing: fresh)
            try file.write(bytes)
        }
        guard rename(fresh, path) == 0 else { throw fault("cannot be written", path) }
        settle(folderOf: path)
    }

    /// Waits until a folder's entry is on disk; a file system that cannot do that keeps the file all the same.
    static func settle(folderOf path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = systemOpen(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    /// Makes a folder for its owner alone; its parent must exist.
    static func makeFolder(_ path: String) throws(Diagnostic) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw fault("cannot be made", path) }
    }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }

#if canImport(Glibc)
    private let systemWrite = Glibc.write, systemRead = Glibc.read
#else
    private let systemWrite = Darwin.write, systemRead = Darwin.read
#endif

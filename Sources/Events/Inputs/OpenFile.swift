internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A regular file that is open for reading; closed at the end of this value's life.
struct OpenFile: ~Copyable {
    let path: String
    let descriptor: Int32
    /// Bytes, when it was opened.
    let count: Int
    let identity: FileIdentity

    /// - Throws: When there is no such file, it is something else than a file, or it cannot be read.
    init(path: String) throws(Diagnostic) {
        // C would end the path at a NUL and open another file.
        guard !path.utf8.contains(0) else { throw .unreadable(path, ENOENT) }
        // Without O_NONBLOCK a named pipe that nobody writes to would hold us here.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .unreadable(path, code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Diagnostic(
                "`\(path)` is not a file", remedy: "Name a file; `-` is standard input", at: Place(file: path))
        }
        self.path = path
        self.descriptor = descriptor
        count = Int(status.st_size)
        identity = FileIdentity(path: path, device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }

    deinit { close(descriptor) }

    /// The first bytes: up to `limit` of them.
    func head(_ limit: Int) -> [UInt8] { firstBytes(limit, of: descriptor) }
}

/// The first bytes of an open file; nothing when it cannot be read.
func firstBytes(_ limit: Int, of descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        count = max(0, pread(descriptor, buffer.baseAddress, limit, 0))
    }
}

/// Which file a path named when it was opened.
struct FileIdentity: Hashable, Sendable {
    let path: String
    let device: UInt64
    let number: UInt64

    /// How many bytes that file has now; `nil` when the path names another file, or none.
    var currentCount: Int? {
        var status = stat()
        guard stat(path, &status) == 0, UInt64(status.st_dev) == device, UInt64(status.st_ino) == number
        else { return nil }
        return Int(status.st_size)
    }
}

extension Diagnostic {
    /// What `errno` says of a path that should be read.
    static func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
        switch code {
        case ENOENT:
            Diagnostic("there is no file `\(path)`", remedy: "Check the path; Tab completes file names")
        case EACCES:
            Diagnostic("`\(path)` may not be read", remedy: "Change its permissions, or copy it")
        default:
            Diagnostic("`\(path)` cannot be read: \(String(cString: strerror(code)))", remedy: "Check the file")
        }
    }
}

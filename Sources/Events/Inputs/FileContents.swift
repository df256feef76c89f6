internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file's bytes: mapped, or, when there are so many files that no more can be mapped, read into memory.
enum FileContents {
    case mapped(MappedFile)
    case memory([UInt8])

    /// The most that is read into memory.
    private static let memoryLimit = 16 << 20

    /// - Parameters:
    ///   - name: What the user calls it.
    ///   - identity: Where to look whether the file has shrunk; `nil` when nobody else can reach it.
    init(_ descriptor: Int32, count: Int, name: String, identity: FileIdentity?) throws(Diagnostic) {
        if count == 0 {
            self = .memory([])
        } else if let file = MappedFile(descriptor: descriptor, count: count, identity: identity) {
            self = .mapped(file)
        } else {
            guard count <= Self.memoryLimit else {
                throw Diagnostic(
                    "`\(name)` cannot be mapped: too many files are open", remedy: "Name fewer files at once")
            }
            self = .memory(try Self.read(descriptor, count: count, name: name))
        }
    }

    /// Reads up to `count` bytes from the beginning; fewer when the file has shrunk.
    static func read(_ descriptor: Int32, count: Int, name: String) throws(Diagnostic) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard code == 0 else { throw .unreadable(name, code) }
        return bytes
    }
}

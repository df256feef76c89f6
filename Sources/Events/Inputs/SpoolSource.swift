internal import Diagnostics
internal import Digests

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Reads an open file once from its beginning, buffer by buffer, and digests what passes.
struct SpoolSource: ~Copyable {
    /// Told the bytes done and the bytes in all.
    typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

    /// Bytes handed out so far.
    private(set) var done = 0
    private let descriptor: Int32
    private let name: String
    private let total: Int
    private let progress: Progress
    private let buffer = SpoolBuffer()
    private var digest = SHA256Stream()

    init(descriptor: Int32, name: String, total: Int, progress: @escaping Progress) {
        self.descriptor = descriptor
        self.name = name
        self.total = total
        self.progress = progress
    }

    /// The next bytes, valid until the next call; empty at the end of the file.
    ///
    /// - Throws: When the file cannot be read, or the task was cancelled.
    mutating func next() throws(Diagnostic) -> UnsafeRawBufferPointer {
        guard !Task.isCancelled else { throw .interrupted }
        var count: Int
        repeat {
            count = pread(descriptor, buffer.bytes.baseAddress, buffer.bytes.count, off_t(done))
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .unreadable(name, errno) }
        let bytes = buffer.first(count)
        digest.update(bytes)
        done += count
        progress(done, max(done, total))
        return bytes
    }

    /// Size and digest of all that was read.
    consuming func finish() -> (count: Int, sha256: String) { (done, digest.finish()) }
}

/// Memory that bytes pass through; owns it.
struct SpoolBuffer: ~Copyable {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)

    deinit { bytes.deallocate() }

    /// Valid until the buffer is filled again.
    func first(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[..<count]) }
}

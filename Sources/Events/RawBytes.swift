internal import Foundation
public import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The bytes of one input, kept as long as an event refers to them.
///
/// A file is mapped into memory, not read: its pages come and go as they are used.
/// Safe to share between threads because the bytes never change after `init` (a private, read-only mapping, or
/// an array) and the pointer is freed only in `deinit`; hence `@unchecked`.
public final class RawBytes: @unchecked Sendable {
    /// What the user called it.
    public let name: String
    public let count: Int
    private let base: UnsafeRawPointer?
    private let isMapped: Bool

    /// Bytes that are in memory already, such as standard input.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        count = bytes.count
        isMapped = false
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: bytes.count) }
        base = UnsafeRawPointer(copy)
    }

    /// A file, mapped.
    ///
    /// - Parameter name: What to call it in messages, when that is not its path.
    /// - Throws: When there is no such file, it is a folder, or it cannot be read.
    public init(path: String, name: String? = nil) throws(Diagnostic) {
        // Without O_NONBLOCK a named pipe that nobody writes to would hold us here.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Diagnostic(
                "`\(path)` is not a file", remedy: "Name a file; `-` is standard input", at: Place(file: path))
        }
        self.name = name ?? path
        count = Int(status.st_size)
        isMapped = count > 0
        guard count > 0 else {
            base = nil
            return
        }
        guard let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED else {
            throw Self.unreadable(path, errno)
        }
        base = UnsafeRawPointer(mapped)
    }

    deinit {
        guard let base else { return }
        if isMapped { munmap(UnsafeMutableRawPointer(mutating: base), count) } else { base.deallocate() }
    }

    /// All bytes; valid while this object lives.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : count)) }
    }

    /// A copy of some of the bytes.
    func copy(_ range: Range<Int>) -> [UInt8] { withBytes { Array($0[range]) } }

    private static func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
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

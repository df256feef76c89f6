internal import CFaultGuard

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file's bytes in memory, guarded against the file being cut short by another process.
///
/// Without the guard, touching a page that the file has no more would end the program (SIGBUS).
/// Safe to share between threads because nothing in it changes after `init`; hence `@unchecked`.
final class MappedFile: @unchecked Sendable {
    let base: UnsafeRawPointer
    let count: Int
    private let guardHandle: Int32
    private let identity: FileIdentity?

    /// - Parameters:
    ///   - count: How many bytes; above 0. The descriptor may be closed afterwards.
    ///   - identity: Where to look whether the file has shrunk; `nil` when nobody else can reach it.
    /// - Returns: `nil` when the system, or the guard, has no place for another mapping.
    init?(descriptor: Int32, count: Int, identity: FileIdentity?) {
        guard let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED
        else { return nil }
        let handle = fault_guard_add(mapped, count)
        guard handle >= 0 else {
            munmap(mapped, count)
            return nil
        }
        base = UnsafeRawPointer(mapped)
        self.count = count
        self.identity = identity
        guardHandle = handle
    }

    deinit {
        fault_guard_remove(guardHandle)
        munmap(UnsafeMutableRawPointer(mutating: base), count)
    }

    /// The first byte that the file has no more; from there on, zeros may have been read. `nil` when it is whole.
    ///
    /// The guard sees only whole pages vanish; what is gone from the last page is told by the file's size.
    var cutShortAt: Int? {
        let fault = fault_guard_first_fault(guardHandle)
        let end = min(fault < 0 ? count : fault, identity?.currentCount ?? count)
        return end < count ? end : nil
    }
}

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A pipe within the process: a signal handler writes a byte to it, and whoever polls the other end wakes.
///
/// Neither end blocks, so a pipe that nobody empties is harmless. Lives as long as the process.
struct SelfPipe: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    /// Without descriptors to spare, the ends are -1: `poll` passes over such a one.
    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    /// Safe in a signal handler.
    func wake() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(readEnd, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
    }
}

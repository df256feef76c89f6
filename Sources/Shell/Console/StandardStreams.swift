import Diagnostics
import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The only way to the terminal: results on standard output, all else on standard error.
///
/// What is written here was made safe by the renderers; see `Diagnostics.visible`.
enum StandardStreams {
    private static let isBroken = Mutex(false)

    /// Writes a result. A reader that went away is no failure; any other trouble is said once.
    static func result(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Writes a notice, an error or progress.
    static func notice(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Whether a result could not be written, as on a full disk.
    static var hasFailed: Bool { isBroken.withLock { $0 } }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                guard count > 0 else {
                    if descriptor == STDOUT_FILENO, errno != EPIPE { isBroken.withLock { $0 = true } }
                    return
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// All of standard input.
    static func input() -> [UInt8] { Array(FileHandle.standardInput.readDataToEndOfFile()) }
}

/// `write(2)`.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

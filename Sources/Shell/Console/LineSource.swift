import Diagnostics

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The lines of a file or of standard input, each as soon as it is there. What is not UTF-8 is repaired.
struct LineSource: ~Copyable {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Where the next line begins in `buffer`.
    private var start = 0
    private var isAtEnd = false

    /// - Parameter path: `-` is standard input.
    init(path: String) throws(Diagnostic) {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Diagnostic("`\(path)` cannot be read: \(String(cString: strerror(errno)))", remedy: "Check the path")
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// `nil` at the end.
    ///
    /// - Throws: When the task is cancelled, also while it waits for a line, or when the file cannot be read.
    mutating func next() throws -> String? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return String(decoding: buffer[start..<end], as: UTF8.self)
            }
            if isAtEnd {
                defer { start = buffer.count }
                return start < buffer.count ? String(decoding: buffer[start...], as: UTF8.self) : nil
            }
            buffer.removeSubrange(..<start)
            start = 0
            searched = buffer.count
            try fill()
        }
    }

    /// Waits for more; looks every now and then whether it is still wanted.
    private mutating func fill() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            try Task.checkCancellation()
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 200) > 0 else { continue }
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else {
                throw Diagnostic(
                    "the queries cannot be read: \(String(cString: strerror(errno)))", remedy: "Name a file, or `-`")
            }
            buffer += chunk[..<count]
            isAtEnd = count == 0
            return
        }
    }
}

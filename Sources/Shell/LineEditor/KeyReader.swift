#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Waits for keys without losing a signal.
///
/// libedit's own reader sleeps in `read`, which a signal wakes only when the kernel gives it to that very
/// thread, and not at all when it comes a moment before. This one polls the input together with the pipe
/// that the handlers write to.
struct KeyReader {
    /// What ended the wait.
    enum Key { case scalar(Unicode.Scalar), interrupted, stopped, end, failed }

    private let input: Int32
    private var assembler = ScalarAssembler()

    init(input: Int32) { self.input = input }

    /// Blocks until there is one.
    mutating func next() -> Key {
        while true {
            if InterruptSignal.isPending { return .interrupted }
            if StopSignal.take() { return .stopped }
            guard wait() else { continue }
            var byte: UInt8 = 0
            switch read(input, &byte, 1) {
            case 1: if let scalar = assembler.add(byte) { return .scalar(scalar) }
            case 0: return .end
            default: if errno != EINTR && errno != EAGAIN { return .failed }
            }
        }
    }

    /// Whether the input has something to read, be it its end; not so when a signal came first.
    private func wait() -> Bool {
        var waiting = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: InterruptSignal.editorPipe.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waiting, nfds_t(waiting.count), -1) > 0 else { return false }
        if waiting[1].revents != 0 {
            InterruptSignal.editorPipe.drain()
            return false
        }
        return waiting[0].revents != 0
    }
}

/// Puts the bytes of UTF-8 together; what is not UTF-8 is dropped.
struct ScalarAssembler {
    private var bytes: [UInt8] = []

    init() {}

    /// The scalar that this byte completes.
    mutating func add(_ byte: UInt8) -> Unicode.Scalar? {
        let continues = byte & 0xC0 == 0x80
        if !continues { bytes = [] }
        bytes.append(byte)
        let length = Self.length(startingWith: bytes[0])
        guard bytes.count >= length else { return nil }
        defer { bytes = [] }
        return String(validating: bytes, as: UTF8.self)?.unicodeScalars.first
    }

    private static func length(startingWith byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}

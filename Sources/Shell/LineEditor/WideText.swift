#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Conversions between Swift text and C's wide characters, which are Unicode scalars in every locale on
/// the systems that we build for.
enum WideText {
    /// The text, ending in a zero. Zeros within it are left out, as they would end it early.
    static func encode(_ text: String) -> [wchar_t] {
        text.unicodeScalars.filter { $0.value != 0 }.map { wchar_t($0.value) } + [0]
    }

    /// The text of wide characters; those that are no scalar become U+FFFD.
    static func decode(_ characters: UnsafeBufferPointer<wchar_t>) -> String {
        var scalars = String.UnicodeScalarView()
        for character in characters {
            scalars.append(UInt32(exactly: character).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
        }
        return String(scalars)
    }
}

/// Wide text at an address that stays while a C library looks at it.
final class WideBuffer {
    /// Ends in a zero; valid until the next ``set(_:)``.
    private(set) var start: UnsafeMutablePointer<wchar_t>

    init() {
        start = .allocate(capacity: 1)
        start.initialize(to: 0)
    }

    deinit { start.deallocate() }

    func set(_ text: String) {
        let characters = WideText.encode(text)
        start.deallocate()
        start = .allocate(capacity: characters.count)
        start.initialize(from: characters, count: characters.count)
    }
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A text made ready to be looked for, by Knuth, Morris and Pratt's algorithm: never slower than linear, whatever text
/// and pattern are.
struct TextSearch: Hashable, Sendable {
    let text: [UInt8]
    /// How much of the text is still matched when the byte after its first n + 1 does not fit.
    private let fallbacks: [Int]

    init(_ text: [UInt8]) {
        self.text = text
        var fallbacks = [Int](repeating: 0, count: text.count)
        var matched = 0
        for index in text.indices.dropFirst() {
            while matched > 0, text[index] != text[matched] { matched = fallbacks[matched - 1] }
            if text[index] == text[matched] { matched += 1 }
            fallbacks[index] = matched
        }
        self.fallbacks = fallbacks
    }

    /// Where the text stands first within a range.
    func first(in other: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        guard let base = other.baseAddress, let first = text.first else { return text.isEmpty ? range.lowerBound : nil }
        return text.withUnsafeBufferPointer { text in
            var position = range.lowerBound, matched = 0
            while position < range.upperBound {
                if matched == 0 {
                    guard let next = memchr(base + position, Int32(first), range.upperBound - position) else {
                        return nil
                    }
                    position = UnsafeRawPointer(next) - base
                }
                if other[position] == text[matched] {
                    position += 1
                    matched += 1
                    if matched == text.count { return position - matched }
                } else {
                    matched = fallbacks[matched - 1]
                }
            }
            return nil
        }
    }
}

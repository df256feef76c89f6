/// Texts without regard to case, as Kusto compares them: each letter's simple lower-case form, beyond ASCII too.
/// `ß` is not `ss`, and full-width or decomposed letters are themselves.
enum TextFolding {
    /// The bytes of a text in small letters. Linear.
    static func bytes(of text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.map(folded) }
        return Array(lowered(text).utf8)
    }

    @inline(__always)
    static func folded(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    /// `tolower()`: letters whose small form is more than one scalar stay.
    static func lowered(_ text: String) -> String { mapped(text) { $0.properties.lowercaseMapping } }

    /// `toupper()`, likewise.
    static func uppered(_ text: String) -> String { mapped(text) { $0.properties.uppercaseMapping } }

    private static func mapped(_ text: String, _ mapping: (Unicode.Scalar) -> String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let small = mapping(scalar).unicodeScalars
            let one = small.count == 1 ? small.first ?? scalar : scalar
            bytes += UTF8.encode(one) ?? UTF8.encodedReplacementCharacter
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Finds a run of bytes in others, in time linear in both (Knuth, Morris and Pratt).
struct ByteSearch: Sendable {
    let needle: [UInt8]
    /// How much of the needle still matches after a mismatch behind each of its bytes.
    private let fallback: [Int]

    init(_ needle: [UInt8]) {
        self.needle = needle
        var table = [Int](repeating: 0, count: needle.count), length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = table[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            table[index] = length
        }
        fallback = table
    }

    /// Where the needle begins at `start` or later; an empty needle is everywhere.
    ///
    /// - Parameters:
    ///   - folds: The text's ASCII capitals count as small letters.
    ///   - accept: Whether a place where it begins will do; else the search goes on behind its first byte.
    func first(
        in text: UnsafeRawBufferPointer, from start: Int = 0, folds: Bool = false,
        where accept: (Int) -> Bool = { _ in true }
    ) -> Int? {
        if needle.isEmpty { return start <= text.count ? start : nil }
        var matched = 0
        for index in start..<max(start, text.count) {
            let byte = folds ? TextFolding.folded(text[index]) : text[index]
            while matched > 0, byte != needle[matched] { matched = fallback[matched - 1] }
            if byte == needle[matched] { matched += 1 }
            guard matched == needle.count else { continue }
            if accept(index + 1 - matched) { return index + 1 - matched }
            matched = fallback[matched - 1]
        }
        return nil
    }
}

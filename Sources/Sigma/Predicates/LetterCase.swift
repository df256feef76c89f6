/// Comparing without case: the letters A to Z alone, byte by byte.
///
/// Other letters are told apart as they are: full case folding depends on language and Unicode's version, and would
/// make what fires depend on them too.
enum LetterCase {
    @inline(__always)
    static func folded(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    static func folded(_ text: some Sequence<UInt8>) -> [UInt8] { text.map(folded) }

    /// Puts the text in lower case in the place of what `target` holds.
    static func fold(_ text: UnsafeRawBufferPointer, into target: inout [UInt8]) {
        target.removeAll(keepingCapacity: true)
        target.append(contentsOf: text)
        target.withUnsafeMutableBufferPointer { bytes in
            for index in bytes.indices { bytes[index] = folded(bytes[index]) }
        }
    }

    static func areSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { folded($0) == folded($1) }
    }

    /// Whether a text in lower case is `other`.
    static func isFolded(_ text: String, _ other: [UInt8]) -> Bool {
        text.utf8.count == other.count && zip(text.utf8, other).allSatisfy { folded($0) == $1 }
    }
}

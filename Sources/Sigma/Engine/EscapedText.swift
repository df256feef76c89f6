internal import JSON

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Texts with JSON's escapes.
enum EscapedText {
    /// The longest escape: two of `\uXXXX` for a character beyond 16 bits.
    private static let longest = 12

    /// Puts the text with its escapes resolved in the place of what `target` holds. What is no escape stays.
    static func resolve(_ text: UnsafeRawBufferPointer, into target: inout [UInt8]) {
        target.removeAll(keepingCapacity: true)
        guard let base = text.baseAddress else { return }
        var position = 0, scratch: [UInt8] = []
        while position < text.count {
            let next = memchr(base + position, Int32(UInt8(ascii: "\\")), text.count - position)
            let escape = next.map { UnsafeRawPointer($0) - base } ?? text.count
            target.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[position..<escape]))
            position = min(text.count, escape + length(ofEscapeAt: escape, in: text))
            guard escape < text.count else { return }
            JSONParser.unescape(UnsafeRawBufferPointer(rebasing: text[escape..<position]), into: &scratch)
            target += scratch
        }
    }

    private static func length(ofEscapeAt start: Int, in text: UnsafeRawBufferPointer) -> Int {
        guard start + 1 < text.count, text[start + 1] == UInt8(ascii: "u") else { return 2 }
        // A high surrogate takes the low one after it along.
        let isPair =
            start + longest <= text.count && text[start + 2] | 0x20 == UInt8(ascii: "d")
            && "89abAB".utf8.contains(text[start + 3]) && text[start + 6] == UInt8(ascii: "\\")
            && text[start + 7] == UInt8(ascii: "u")
        return isPair ? longest : 6
    }
}

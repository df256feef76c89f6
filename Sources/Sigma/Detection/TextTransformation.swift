internal import Diagnostics
internal import Foundation

/// What the modifiers that change texts do.
enum TextTransformation {
    /// The texts that a modifier makes of one; the text itself where the modifier changes none.
    static func apply(_ modifier: Modifier, to pattern: TextPattern) throws(Diagnostic) -> [TextPattern] {
        switch modifier {
        case .contains: [pattern.open(before: true, after: true)]
        case .startswith: [pattern.open(before: false, after: true)]
        case .endswith: [pattern.open(before: true, after: false)]
        case .base64: [TextPattern(Data(try plainText(of: pattern)).base64EncodedString().utf8)]
        case .base64offset: try shiftedBase64(plainText(of: pattern)).map { TextPattern($0) }
        case .wide, .utf16le: [pattern.mapTexts { utf16($0, isBigEndian: false) }]
        case .utf16be: [pattern.mapTexts { utf16($0, isBigEndian: true) }]
        case .utf16: [marked(pattern.mapTexts { utf16($0, isBigEndian: false) })]
        case .windash: try Dashes.variants(of: pattern)
        default: [pattern]
        }
    }

    private static func plainText(of pattern: TextPattern) throws(Diagnostic) -> [UInt8] {
        guard let text = pattern.plainText else {
            throw Diagnostic(
                "a text with wildcards has no Base64", remedy: "Take out `*` and `?`, or put a backslash before them")
        }
        guard !text.isEmpty else {
            throw Diagnostic("an empty text has no Base64", remedy: "Write the text to look for")
        }
        return text
    }

    /// What of a text's Base64 does not depend on what stands around it, for each of the three places at which the
    /// text may begin within a group of three bytes.
    private static func shiftedBase64(_ text: [UInt8]) -> [[UInt8]] {
        (0..<3).map { shift in
            let encoded = Array(Data([UInt8](repeating: 0x20, count: shift) + text).base64EncodedString().utf8)
            // Characters that hold bits of the bytes before, and of those after or of the padding.
            let start = [0, 2, 3][shift], end = [0, 3, 2][(text.count + shift) % 3]
            return Array(encoded[start..<max(start, encoded.count - end)])
        }
    }

    private static func utf16(_ text: [UInt8], isBigEndian: Bool) -> [UInt8] {
        String(decoding: text, as: UTF8.self).utf16.flatMap { unit in
            let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
            return isBigEndian ? [high, low] : [low, high]
        }
    }

    /// With the mark of UTF-16's byte order before it.
    private static func marked(_ pattern: TextPattern) -> TextPattern {
        var marked = TextPattern([0xFF, 0xFE])
        marked.append(pattern)
        return marked
    }
}

/// The dashes and slashes that begin a parameter of a command line, each of which may stand for every other.
private enum Dashes {
    private static let all = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"].map { Array($0.utf8) }

    /// How many bytes the variants of one text may have together.
    private static let sizeLimit = 1 << 20

    static func variants(of pattern: TextPattern) throws(Diagnostic) -> [TextPattern] {
        var variants = [TextPattern()]
        for part in pattern.parts {
            guard case .text(let text) = part else {
                for index in variants.indices { variants[index].append(part) }
                continue
            }
            var start = 0
            for index in text.indices where beginsParameter(text, at: index) {
                guard variants.count * all.count <= PlaceholderText.limit,
                    variants.count * all.count * text.count <= sizeLimit
                else { throw PlaceholderText.tooMany }
                variants = variants.flatMap { variant in all.map { variant.appending(text[start..<index] + $0) } }
                start = index + 1
            }
            for index in variants.indices { variants[index].append(text[start...]) }
        }
        return variants
    }

    /// A dash or slash with no letter or digit before it and one after it.
    private static func beginsParameter(_ text: [UInt8], at index: Int) -> Bool {
        guard text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "/"), index + 1 < text.count else {
            return false
        }
        return isWord(text[index + 1]) && (index == 0 || !isWord(text[index - 1]))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") <= 9
            || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}

extension TextPattern {
    fileprivate func appending(_ text: some Sequence<UInt8>) -> TextPattern {
        var pattern = self
        pattern.append(text)
        return pattern
    }
}

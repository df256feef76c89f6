internal import Diagnostics
internal import RegularExpressions

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A ``TextPattern`` made ready for matching. Linear in the text.
final class TextMatcher: Hashable, Sendable {
    /// What stands between the places of any text, in lower case unless letters count as they are. One alone is the
    /// whole text; of several the first begins it and the last ends it.
    private let segments: [TextSearch]
    /// In place of the segments, where one character may be anything.
    private let expression: RegularExpression?
    let isCased: Bool

    /// - Throws: When the pattern is too long to be compiled.
    init(_ pattern: TextPattern, isCased: Bool = false) throws(Diagnostic) {
        let pattern = isCased ? pattern : pattern.mapTexts { LetterCase.folded($0) }
        self.isCased = isCased
        if pattern.parts.contains(.oneCharacter) {
            segments = []
            expression = try RegularExpression(Self.expressionText(of: pattern), .dotMatchesNewline)
        } else {
            segments = Self.segments(of: pattern)
            expression = nil
        }
    }

    /// This text, with any before or after it where that is open; letters in either case.
    init(_ text: String, openBefore: Bool = false, openAfter: Bool = false) {
        isCased = false
        segments = Self.segments(
            of: TextPattern(LetterCase.folded(text.utf8)).open(before: openBefore, after: openAfter))
        expression = nil
    }

    /// The only text that matches, where there is but one.
    var exactText: [UInt8]? { segments.count == 1 ? segments[0].text : nil }

    /// Texts that all stand in whatever matches.
    var texts: [[UInt8]] { segments.map(\.text) }

    static func == (left: TextMatcher, right: TextMatcher) -> Bool {
        left === right
            || left.isCased == right.isCased && left.segments == right.segments && left.expression == right.expression
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(isCased)
        hasher.combine(segments)
        hasher.combine(expression)
    }

    private static func segments(of pattern: TextPattern) -> [TextSearch] {
        var segments: [[UInt8]] = [[]]
        for part in pattern.parts {
            if case .text(let text) = part { segments[segments.count - 1] = text } else { segments.append([]) }
        }
        return segments.map(TextSearch.init)
    }

    private static func expressionText(of pattern: TextPattern) -> String {
        let parts = pattern.parts.map { part in
            switch part {
            case .text(let text): RegularExpression.quoted(String(decoding: text, as: UTF8.self))
            case .anyText: ".*"
            case .oneCharacter: "."
            }
        }
        return "\\A" + parts.joined() + "\\z"
    }

    /// Whether a text fits. The text is in lower case unless letters count as they are.
    func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        if let expression { return expression.matches(text) }
        let first = segments[0].text, last = segments[segments.count - 1].text, end = text.count - last.count
        guard segments.count > 1 else { return end == 0 && begins(text, at: 0, first) }
        guard first.count <= end, begins(text, at: 0, first), begins(text, at: end, last) else { return false }
        var position = first.count
        for segment in segments[1..<segments.count - 1] {
            guard let found = segment.first(in: text, position..<end) else { return false }
            position = found + segment.text.count
        }
        return true
    }
}

private func begins(_ text: UnsafeRawBufferPointer, at start: Int, _ part: [UInt8]) -> Bool {
    guard let base = text.baseAddress, !part.isEmpty else { return part.isEmpty }
    return part.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp(base + start, $0, bytes.count) == 0 } ?? true
    }
}

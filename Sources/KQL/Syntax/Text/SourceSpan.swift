/// A range of bytes of a query's UTF-8.
public struct SourceSpan: Hashable, Sendable {
    /// The first byte, counted from 0.
    public let start: Int
    /// One past the last byte; equal to `start` at the end of a query.
    public let end: Int

    init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// From the start of this to the end of `last`.
    func through(_ last: SourceSpan) -> SourceSpan { SourceSpan(start, max(end, last.end)) }

    /// The line and column where this begins in its query: both counted from 1, the column in characters.
    /// Linear in the text before it.
    public func place(in text: String) -> (line: Int, column: Int) {
        let before = text.utf8.prefix(start)
        let newline = UInt8(ascii: "\n")
        let lineStart = before.lastIndex(of: newline).map(before.index(after:)) ?? before.startIndex
        let line = before.reduce(into: 1) { count, byte in count += byte == newline ? 1 : 0 }
        return (line, String(decoding: before[lineStart...], as: UTF8.self).count + 1)
    }
}

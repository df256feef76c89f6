internal import Foundation

/// How the values of an input are laid out: one a line, or one after another across lines.
enum InputLayout {
    /// Newline-delimited: each line stands alone, so that a bad line cannot harm its neighbours.
    case lines
    /// Objects, or one array of them, that may span lines.
    case values
    /// Comma-separated values.
    case table

    /// Tells the layout by the beginning of the input.
    init(of bytes: UnsafeRawBufferPointer, from start: Int) {
        var scanner = DocumentScanner(bytes, in: start..<bytes.count)
        switch scanner.peek() {
        case UInt8(ascii: "["): self = Self.layoutOfArray(bytes, from: scanner.position)
        case UInt8(ascii: "{"): self = Self.layoutOfObject(bytes, from: scanner.position)
        default: self = CSVShape.looksLikeCSV(bytes, from: start) ? .table : .lines
        }
    }

    /// A file of arrays, one a line, is lines; any other array is a value.
    private static func layoutOfArray(_ bytes: UnsafeRawBufferPointer, from start: Int) -> InputLayout {
        let line = Lines.line(of: bytes, from: start)
        var rest = DocumentScanner(bytes, in: min(line.upperBound + 1, bytes.count)..<bytes.count)
        return closes(bytes, in: line) && rest.peek() != nil ? .lines : .values
    }

    /// An object that closes on its own line is the first of many lines; one that closes later is a value that spans
    /// lines, and so is an envelope that closes nowhere. Any other that closes nowhere is a line that was cut off
    /// when a later line holds a whole object.
    private static func layoutOfObject(_ bytes: UnsafeRawBufferPointer, from start: Int) -> InputLayout {
        let line = Lines.line(of: bytes, from: start)
        if closes(bytes, in: line) { return .lines }
        let rest = start..<bytes.count
        if closes(bytes, in: rest) || EventList.list(in: bytes, rest) != nil { return .values }
        var next = line.upperBound + 1
        while next < bytes.count {
            let line = Lines.line(of: bytes, from: next)
            if bytes[next] == UInt8(ascii: "{"), closes(bytes, in: line) { return .lines }
            next = line.upperBound + 1
        }
        return .values
    }

    private static func closes(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) -> Bool {
        var scanner = DocumentScanner(bytes, in: range)
        return scanner.value()?.closed == true
    }
}

/// The envelope `{"events":[…]}`, told by its first key.
enum EventList {
    /// Where the list of an envelope begins, at its bracket; `nil` when the object here is none.
    static func list(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var scanner = DocumentScanner(bytes, in: range)
        guard scanner.skip(UInt8(ascii: "{")), scanner.peek() == UInt8(ascii: "\""), let key = scanner.value(),
            key.closed, bytes[key.range].elementsEqual(#""events""#.utf8), scanner.skip(UInt8(ascii: ":")),
            scanner.peek() == UInt8(ascii: "[")
        else { return nil }
        return scanner.position
    }
}

/// Line ends in bytes.
public enum Lines {
    /// From `start` up to, not including, the next newline.
    public static func line(of bytes: UnsafeRawBufferPointer, from start: Int) -> Range<Int> {
        guard start < bytes.count, let base = bytes.baseAddress else { return start..<max(start, bytes.count) }
        let found = memchr(base + start, 0x0A, bytes.count - start)
        return start..<(found.map { UnsafeRawPointer($0) - base } ?? bytes.count)
    }

    /// How many newlines lie in a range.
    public static func count(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var count = 0, position = range.lowerBound
        while position < range.upperBound {
            let end = line(of: bytes, from: position).upperBound
            if end < range.upperBound { count += 1 }
            position = end + 1
        }
        return count
    }

    /// The beginning of the next line that begins with an object; the end of the range where there is none.
    ///
    /// When nothing but white space stands before the range on its line, the object must be indented just so, as
    /// objects inside it are indented further.
    public static func nextObject(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var margin = range.lowerBound
        while margin > 0, bytes[margin - 1] == 0x20 || bytes[margin - 1] == 0x09 { margin -= 1 }
        let isAlone = margin == 0 || bytes[margin - 1] == 0x0A
        let indent = bytes[margin..<range.lowerBound]
        var next = line(of: bytes, from: range.lowerBound).upperBound + 1
        while next < range.upperBound {
            let line = line(of: bytes, from: next)
            var scanner = DocumentScanner(bytes, in: next..<min(line.upperBound, range.upperBound))
            if !isAlone {
                while scanner.skip(UInt8(ascii: ",")) {}
                if scanner.peek() == UInt8(ascii: "{") { return scanner.position }
            } else if bytes[next..<scanner.end].starts(with: indent) {
                scanner.position += indent.count
                if scanner.position < scanner.end, bytes[scanner.position] == UInt8(ascii: "{") {
                    return scanner.position
                }
            }
            next = line.upperBound + 1
        }
        return range.upperBound
    }
}

internal import Events
internal import Tables

/// How the rows of a file are laid out; told by its content, never by its name.
///
/// `@unchecked`: the reader of a CSV points into bytes that the loader keeps and nobody writes.
enum TableLayout: @unchecked Sendable {
    /// JSON, one row a line.
    case lines(from: Int)
    /// JSON, one object after another, or an array of them, across lines.
    case values(from: Int)
    /// A CSV: a reader that stands behind the header, and the header.
    case fields(CSVReader, header: [FieldName])

    /// How many lines are looked at.
    private static let lineLimit = 100

    init(of bytes: UnsafeRawBufferPointer) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) ? 3 : 0
        var cursor = JSONCursor(bytes, in: start..<bytes.count)
        switch cursor.peek() {
        case nil: self = .lines(from: start)
        case UInt8(ascii: "{"):
            let isLine = Self.isValue(bytes, Lines.line(of: bytes, from: cursor.position))
            self = isLine || Self.hasRowLater(bytes, from: cursor.position) ? .lines(from: start) : .values(from: start)
        case UInt8(ascii: "["):
            let line = Lines.line(of: bytes, from: cursor.position)
            var rest = JSONCursor(bytes, in: min(line.upperBound + 1, bytes.count)..<bytes.count)
            self = rest.peek() != nil && Self.isValue(bytes, line) ? .lines(from: start) : .values(from: start)
        default: self = Self.rowLater(bytes, from: start) ? .lines(from: start) : Self.fields(bytes, from: start)
        }
    }

    /// Whether a line holds values of JSON and nothing else.
    private static func isValue(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
        var cursor = JSONCursor(bytes, in: line)
        while cursor.peek() != nil {
            guard (try? cursor.token(depth: 0)) != nil else { return false }
            while cursor.skip(UInt8(ascii: ",")) {}
        }
        return true
    }

    /// Whether the object here is a line that is broken, rather than one that goes on over lines: where it is not JSON
    /// as a whole, and one of the next lines holds an object that is.
    private static func hasRowLater(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var cursor = JSONCursor(bytes, in: start..<bytes.count)
        return (try? cursor.token(depth: 0)) == nil && rowLater(bytes, from: start)
    }

    /// Whether one of the lines after the first is an object, not indented.
    private static func rowLater(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var next = Lines.line(of: bytes, from: start).upperBound + 1
        for _ in 0..<lineLimit where next < bytes.count {
            let line = Lines.line(of: bytes, from: next)
            if bytes[next] == UInt8(ascii: "{"), isValue(bytes, line) { return true }
            next = line.upperBound + 1
        }
        return false
    }

    private static func fields(_ bytes: UnsafeRawBufferPointer, from start: Int) -> TableLayout {
        var reader = CSVReader(bytes, from: start)
        while let record = reader.next() {
            guard let texts = record.fault == nil ? reader.texts(of: record) : nil else { continue }
            return .fields(reader, header: names(texts))
        }
        return .lines(from: start)
    }

    /// Names without a value get one, and those that are there twice a number, as Kusto's `externaldata` has it.
    private static func names(_ header: [String]) -> [FieldName] {
        var taken: Set<ByteText> = []
        return header.enumerated().map { index, text in
            let isTime = text.hasSuffix(FieldName.timeMark)
            let text = isTime ? String(text.dropLast(FieldName.timeMark.count)) : text
            let name = text.isEmpty ? "Column\(index + 1)" : text
            var unique = name, number = 0
            while !taken.insert(ByteText(unique)).inserted {
                number += 1
                unique = name + String(number)
            }
            return FieldName(name: unique, isTime: isTime)
        }
    }
}

/// A column of a CSV.
struct FieldName: Sendable {
    let name: String
    /// Whether it holds times, as the header says itself.
    let isTime: Bool

    /// What the Log Analytics portal adds to the names of times.
    static let timeMark = " [UTC]"
}

/// Bytes of a CSV cut into records, one after another, without copying.
///
/// RFC 4180: fields in quotes may hold the delimiter, newlines and doubled quotes; lines end with LF or CRLF; a
/// byte-order mark is passed over, and so are blank lines. A quote inside an unquoted field stands for itself as long
/// as the record is one line.
///
/// A record whose quotes do not close, or that spans lines and then has another number of fields than the first record,
/// is a fault; reading goes on at its second line, so that a lost quote costs one record and not the rest of the file.
/// Linear in the input whatever it holds.
///
/// ```swift
/// var reader = CSVReader(bytes)
/// while let record = reader.next() { print(record.fault?.reason ?? reader.texts(of: record) ?? []) }
/// ```
public struct CSVReader {
    /// What stands between fields: a comma, a semicolon or a tab; the one that the first line has most of.
    public let delimiter: UInt8
    private let bytes: UnsafeRawBufferPointer
    private var position: Int
    /// How many fields the first record has.
    private var width: Int?

    /// One line of the table, or what should have been one.
    public struct Record: Hashable, Sendable {
        /// Its bytes, without the line end; for a fault, those of its first line.
        public let range: Range<Int>
        /// The bytes of each field, quotes included; empty for a fault.
        public let fields: [Range<Int>]
        /// Why this is no record.
        public let fault: CSVFault?
    }

    /// - Parameters:
    ///   - bytes: Must outlive the reader.
    ///   - start: Where the table begins, counted from 0.
    ///   - delimiter: What stands between fields; told from the first line when it is not given.
    public init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0, delimiter: UInt8? = nil) {
        self.bytes = bytes
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        position = bytes[min(start, bytes.count)...].starts(with: mark) ? start + mark.count : min(start, bytes.count)
        self.delimiter = delimiter ?? Self.delimiter(of: bytes, from: position)
    }

    /// The next record; `nil` at the end.
    public mutating func next() -> Record? {
        while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D { position += 1 }
        guard position < bytes.count else { return nil }
        let start = position
        var scan = CSVRecordScan(bytes: bytes, delimiter: delimiter, position: start)
        var fault = scan.run()
        if fault == nil, scan.spansLines, let width, scan.fields.count != width {
            fault = CSVFault("spans lines and has \(scan.fields.count) fields for \(width) columns", at: start)
        }
        guard let fault else {
            width = width ?? scan.fields.count
            position = scan.position
            return Record(range: start..<(scan.fields.last?.upperBound ?? start), fields: scan.fields, fault: nil)
        }
        let line = Self.lineEnd(of: bytes, from: start)
        position = line
        return Record(range: start..<Self.withoutReturn(bytes, start..<line), fields: [], fault: fault)
    }

    /// The texts of a record's fields: without their quotes, doubled quotes made single. `nil` when the bytes are not
    /// UTF-8.
    public func texts(of record: Record) -> [String]? { Self.texts(of: record, in: bytes) }

    /// As ``texts(of:)``, for a record that was cut out of these bytes before.
    public static func texts(of record: Record, in bytes: UnsafeRawBufferPointer) -> [String]? {
        var texts: [String] = []
        texts.reserveCapacity(record.fields.count)
        for field in record.fields {
            guard let text = text(of: field, in: bytes) else { return nil }
            texts.append(text)
        }
        return texts
    }

    private static func text(of field: Range<Int>, in bytes: UnsafeRawBufferPointer) -> String? {
        let quote = UInt8(ascii: "\"")
        guard field.count >= 2, bytes[field.lowerBound] == quote else {
            return String(validating: bytes[field], as: UTF8.self)
        }
        let inside = bytes[field.lowerBound + 1..<field.upperBound - 1]
        guard inside.contains(quote) else { return String(validating: inside, as: UTF8.self) }
        var plain: [UInt8] = [], isSecond = false
        plain.reserveCapacity(inside.count)
        for byte in inside {
            isSecond = byte == quote && !isSecond
            if !isSecond { plain.append(byte) }
        }
        return String(validating: plain, as: UTF8.self)
    }

    /// The delimiter that stands most often outside quotes in the first line; of equals, the comma.
    private static func delimiter(of bytes: UnsafeRawBufferPointer, from start: Int) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
        var counts = [0, 0, 0], isQuoted = false
        for byte in bytes[start..<lineEnd(of: bytes, from: start)] {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        return candidates[counts.firstIndex(of: counts.max() ?? 0) ?? 0]
    }

    /// The place of the next newline, or the end.
    private static func lineEnd(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    }

    /// The end of a range, before the carriage return that it may end with.
    static func withoutReturn(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        range.upperBound > range.lowerBound && bytes[range.upperBound - 1] == 0x0D
            ? range.upperBound - 1 : range.upperBound
    }
}

/// Why bytes are not a record of a CSV, and where, counted from 0.
public struct CSVFault: Error, Hashable, Sendable {
    /// Reads on from "the record …": `has a quote that is never closed`.
    public let reason: String
    /// From the beginning of the input.
    public let byte: Int

    /// - Parameter reason: Reads on from "the record …".
    public init(_ reason: String, at byte: Int) {
        self.reason = reason
        self.byte = byte
    }
}

internal import JSON
internal import Tables

/// The values of one column in some rows that follow each other; a row without one is null.
///
/// Only values take room, so that a file whose rows have nothing in common costs no more than its own size.
struct ColumnCells: Sendable {
    /// What the values are to be; `nil` where only their kinds are looked at.
    let type: ScalarType?
    /// What the values are, as far as the type does not say it already.
    var kinds: ValueKinds = []
    /// Of `bool` (0 or 1), `int`, `long`, `datetime` and `timespan`.
    private(set) var integers: [Int64] = []
    private(set) var reals: [Double] = []
    /// Of the other types: codes of the texts, or of the JSON of dynamic values.
    private(set) var codes: [UInt32] = []
    private(set) var pool = StringPool()
    /// The rows of the values; `nil` where they are the first rows.
    private(set) var rows: [Int32]?
    private(set) var count = 0
    private(set) var lastRow: Int32 = -1
    /// The text of a JSON string whose escapes were read.
    private var scratch: [UInt8] = []

    init(_ type: ScalarType?) { self.type = type }

    mutating func append(integer: Int64, _ row: Int32) {
        integers.append(integer)
        note(row)
    }

    mutating func append(real: Double, _ row: Int32) {
        reals.append(real)
        note(row)
    }

    @inline(__always)
    mutating func append(_ text: UnsafeRawBufferPointer, _ row: Int32) {
        codes.append(text.isEmpty ? 0 : pool.code(adding: text))
        note(row)
    }

    @inline(__always)
    private mutating func note(_ row: Int32) {
        if rows == nil, Int(row) != count { rows = (0..<Int32(count)).map { $0 } }
        rows?.append(row)
        count += 1
        lastRow = row
    }

    /// Takes back the value of the last row.
    mutating func removeLast() {
        _ = integers.popLast()
        _ = reals.popLast()
        _ = codes.popLast()
        _ = rows?.popLast()
        count -= 1
        lastRow = -1
    }

    /// Takes a value of the column's type, unless it is null.
    mutating func append(_ value: Scalar, _ row: Int32) {
        switch value {
        case .null: return
        case .bool(let bool): append(integer: bool ? 1 : 0, row)
        case .int(let int): append(integer: Int64(int), row)
        case .long(let number), .datetime(let number), .timespan(let number): append(integer: number, row)
        case .real(let real): append(real: real, row)
        case .dynamic(let dynamic): append(text: dynamic.json.text, row)
        case .decimal, .guid, .string: append(text: value.text, row)
        }
    }

    mutating func append(text: String, _ row: Int32) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), row) }
    }

    /// Takes the text of a JSON string with escapes, read.
    mutating func append(escaped text: UnsafeRawBufferPointer, _ row: Int32) {
        JSONParser.unescape(text, into: &scratch)
        scratch.withUnsafeBytes { append($0, row) }
    }

    /// Takes the JSON that a JSON string holds; says whether it holds an array or an object.
    mutating func append(opening text: UnsafeRawBufferPointer, _ row: Int32) -> Bool {
        JSONParser.unescape(text, into: &scratch)
        guard scratch.first == UInt8(ascii: "{") || scratch.first == UInt8(ascii: "["),
            scratch.withUnsafeBytes({ (try? JSONParser.parse($0).get()) != nil })
        else { return false }
        scratch.withUnsafeBytes { append($0, row) }
        return true
    }
}

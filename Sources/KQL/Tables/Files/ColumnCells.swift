internal import Events
internal import JSON
internal import Tables

/// The values of one column in some rows that follow each other; a row without one is null.
///
/// Only values take room, so that a file whose rows have nothing in common costs no more than its own size.
struct ColumnCells: Sendable {
    /// What the values are to be; `nil` where only their kinds are looked at.
    let type: ScalarType?
    /// What the values are, as far as the type does not say it already.
    private(set) var kinds: ValueKinds = []
    /// Of `bool` (0 or 1), `int`, `long`, `datetime` and `timespan`.
    private(set) var integers: [Int64] = []
    private(set) var reals: [Double] = []
    /// Of the other types: codes of the texts, or of the JSON of dynamic values.
    private(set) var codes: [UInt32] = []
    private(set) var pool = StringPool()
    /// The rows of the values; `nil` where they are the first rows.
    private(set) var rows: [Int32]?
    private(set) var count = 0
    private var lastRow: Int32 = -1
    private var scratch: [UInt8] = []

    init(_ type: ScalarType?) { self.type = type }

    private mutating func append(integer: Int64, _ row: Int32) {
        integers.append(integer)
        note(row)
    }

    private mutating func append(real: Double, _ row: Int32) {
        reals.append(real)
        note(row)
    }

    @inline(__always)
    private mutating func append(_ text: UnsafeRawBufferPointer, _ row: Int32) {
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
    private mutating func removeLast() {
        _ = integers.popLast()
        _ = reals.popLast()
        _ = codes.popLast()
        _ = rows?.popLast()
        count -= 1
        lastRow = -1
    }

    /// Takes a value of the column's type, unless it is null.
    private mutating func append(_ value: Scalar, _ row: Int32) {
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

    private mutating func append(text: String, _ row: Int32) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), row) }
    }
}

// MARK: From JSON

extension ColumnCells {
    /// Takes a value of JSON; of several for one row the last counts. What is not of the column's type is converted, or
    /// null.
    ///
    /// - Parameter opensTexts: Whether a text that holds an array or an object is one where the column is dynamic.
    mutating func take(_ token: JSONToken, of bytes: UnsafeRawBufferPointer, row: Int32, opensTexts: Bool) {
        if row == lastRow { removeLast() }
        let text = UnsafeRawBufferPointer(rebasing: bytes[token.range])
        switch (type, token.kind) {
        case (_, .null): return
        case (.long, .integer):
            guard let number = NumberText.integer(text) else { return convert(token, of: bytes, row) }
            kinds.insert(.long)
            append(integer: number, row)
        case (.datetime, .text):
            guard let ticks = ValueKinds.ticks(text) else { return convert(token, of: bytes, row) }
            kinds.insert(.datetime)
            append(integer: ticks, row)
        case (.real, .integer), (.real, .real):
            kinds.insert(.real)
            append(real: DecimalText.double(text) ?? Double(String(decoding: text, as: UTF8.self)) ?? .nan, row)
        case (.bool, .yes), (.bool, .no):
            kinds.insert(.bool)
            append(integer: token.kind == .yes ? 1 : 0, row)
        case (.dynamic, _):
            kinds.insert(.container)
            take(dynamic: token, of: bytes, row, opensTexts)
        case (.string, .text), (.guid, .text), (.decimal, .text):
            kinds.insert(.text)
            append(text, row)
        case (.string, .escapedText):
            kinds.insert(.text)
            JSONParser.unescape(text, into: &scratch)
            scratch.withUnsafeBytes { append($0, row) }
        case (.string, .integer), (.string, .real), (.decimal, .integer), (.decimal, .real), (.string, .yes), (.string, .no):
            // As they are written: a number may have more digits than are kept elsewhere.
            kinds.insert(token.kind == .yes || token.kind == .no ? .bool : .real)
            append(text, row)
        default: convert(token, of: bytes, row)
        }
    }

    private mutating func take(dynamic token: JSONToken, of bytes: UnsafeRawBufferPointer, _ row: Int32, _ opens: Bool) {
        if opens, token.kind == .text || token.kind == .escapedText {
            JSONParser.unescape(UnsafeRawBufferPointer(rebasing: bytes[token.range]), into: &scratch)
            let isContainer = scratch.first == UInt8(ascii: "{") || scratch.first == UInt8(ascii: "[")
            if isContainer, scratch.withUnsafeBytes({ (try? JSONParser.parse($0).get()) != nil }) {
                return scratch.withUnsafeBytes { append($0, row) }
            }
        }
        append(UnsafeRawBufferPointer(rebasing: bytes[token.whole]), row)
    }

    private mutating func convert(_ token: JSONToken, of bytes: UnsafeRawBufferPointer, _ row: Int32) {
        guard let value = try? JSONParser.parse(UnsafeRawBufferPointer(rebasing: bytes[token.whole])).get() else { return }
        kinds.formUnion(ValueKinds(of: value))
        if let type { append(Scalar(cell: value, as: type), row) }
    }
}

// MARK: From fields

extension ColumnCells {
    /// Takes the field of a CSV, without its quotes; an empty one is null. What is not of the column's type is
    /// converted, or null.
    mutating func take(field: UnsafeRawBufferPointer, row: Int32) {
        guard !field.isEmpty else { return kinds.formUnion(.empty) }
        switch type {
        case .string, .guid, .decimal, .dynamic:
            kinds.insert(.text)
            append(field, row)
        case .datetime:
            if let ticks = ValueKinds.ticks(field) {
                kinds.insert(.datetime)
                return append(integer: ticks, row)
            }
            convert(field, row)
        default: convert(field, row)
        }
    }

    private mutating func convert(_ field: UnsafeRawBufferPointer, _ row: Int32) {
        let kind = ValueKinds(field: field)
        kinds.formUnion(kind)
        guard let type else { return }
        if type == .long, kind == .long, let number = NumberText.integer(field) { return append(integer: number, row) }
        if type == .real, kind == .real, let real = DecimalText.double(field) { return append(real: real, row) }
        append(Scalar(cell: String(decoding: field, as: UTF8.self), as: type), row)
    }
}

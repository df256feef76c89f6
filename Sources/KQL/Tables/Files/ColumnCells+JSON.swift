internal import Events
internal import JSON

// Values of JSON.

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
            let isText = token.kind == .text || token.kind == .escapedText
            if opensTexts, isText, append(opening: text, row) { return }
            append(UnsafeRawBufferPointer(rebasing: bytes[token.whole]), row)
        case (.string, _), (.guid, .text), (.decimal, _): take(text: token, of: bytes, row)
        default: convert(token, of: bytes, row)
        }
    }

    /// Takes what is kept as text. Numbers stay as they are written: they may have more digits than are kept elsewhere.
    @inline(__always)
    private mutating func take(text token: JSONToken, of bytes: UnsafeRawBufferPointer, _ row: Int32) {
        let text = UnsafeRawBufferPointer(rebasing: bytes[token.range])
        switch token.kind {
        case .text:
            kinds.insert(.text)
            append(text, row)
        case .escapedText:
            kinds.insert(.text)
            append(escaped: text, row)
        case .integer, .real:
            kinds.insert(.real)
            append(text, row)
        case .null, .yes, .no, .array, .object: convert(token, of: bytes, row)
        }
    }

    private mutating func convert(_ token: JSONToken, of bytes: UnsafeRawBufferPointer, _ row: Int32) {
        let json = UnsafeRawBufferPointer(rebasing: bytes[token.whole])
        guard let value = try? JSONParser.parse(json).get() else { return }
        kinds.formUnion(ValueKinds(of: value))
        if let type { append(Scalar(cell: value, as: type), row) }
    }
}

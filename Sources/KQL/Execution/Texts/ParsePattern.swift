/// The pattern of `parse` in its simple and relaxed kinds: texts that follow one another, and columns between them.
///
/// A column ends where the next text first begins. One without a text behind it takes the rest, or, of a number, its
/// digits. The first part begins at the source's first byte unless it is `*`; what is left behind the last one does not
/// matter. Simple: a column whose text is no value of its type makes the whole fail. Relaxed: it is null.
/// (Kusto documentation, *parse operator*; the rest is as the recorded answers have it.)
struct ParsePattern: TextReader {
    private let parts: [Part]
    private let isRelaxed: Bool

    private enum Part {
        case skip
        case text(ByteSearch)
        case column(ScalarType)
    }

    init(_ parse: BoundParse) {
        parts = parse.parts.map { part in
            switch part {
            case .skip: .skip
            case .text(let text): .text(ByteSearch(Array(text.utf8)))
            case .column(_, let type): .column(type)
            }
        }
        isRelaxed = parse.kind == .relaxed
    }

    /// Linear in the text for each part.
    func values(of text: [UInt8]) -> [Scalar]? {
        var reading = Reading(text: text, isRelaxed: isRelaxed)
        for part in parts {
            switch part {
            case .skip:
                guard reading.endColumn() else { return nil }
                reading.isSkipping = true
            case .text(let search): guard reading.find(search) else { return nil }
            case .column(let type):
                guard reading.endColumn() else { return nil }
                reading.begin(type)
            }
        }
        return reading.endColumn(isLast: true) ? reading.values : nil
    }
}

/// How far a text has been read.
private struct Reading {
    let text: [UInt8]
    let isRelaxed: Bool
    var values: [Scalar] = []
    /// Whether a `*` stands before what comes next.
    var isSkipping = false
    private var position = 0
    /// The type of the column that began at the position.
    private var open: ScalarType?

    init(text: [UInt8], isRelaxed: Bool) {
        self.text = text
        self.isRelaxed = isRelaxed
    }

    mutating func find(_ search: ByteSearch) -> Bool {
        guard let open else {
            let place =
                isSkipping
                ? text.withUnsafeBytes { search.first(in: $0, from: position) }
                : text[position...].starts(with: search.needle) ? position : nil
            isSkipping = false
            position = (place ?? 0) + search.needle.count
            return place != nil
        }
        guard let place = text.withUnsafeBytes({ search.first(in: $0, from: position) }) else { return false }
        defer { position = place + search.needle.count }
        return take(position..<place, as: open)
    }

    /// Behind `*` a number begins at its first digit.
    mutating func begin(_ type: ScalarType) {
        if isSkipping, type.isNumeric {
            while position < text.count, LeadingNumber.length(in: text[position...], type) == 0 { position += 1 }
        }
        isSkipping = false
        open = type
    }

    /// Ends the column that no text ends.
    mutating func endColumn(isLast: Bool = false) -> Bool {
        guard let open else { return true }
        let rest = position..<text.count
        if open == .string || isLast && !open.isNumeric { return take(rest, as: open, moving: true) }
        let length = open.isNumeric ? LeadingNumber.length(in: text[rest], open) : longest(open)
        return take(position..<(position + length), as: open, moving: true)
    }

    /// The longest beginning of the rest that is a value of a type.
    private func longest(_ type: ScalarType) -> Int {
        let limit = min(64, text.count - position)
        let lengths = stride(from: limit, to: 0, by: -1)
        return lengths.first { !Scalar(reading: text[position..<(position + $0)], as: type).isNull } ?? 0
    }

    private mutating func take(_ range: Range<Int>, as type: ScalarType, moving: Bool = false) -> Bool {
        let value = Scalar(reading: text[range], as: type)
        values.append(value)
        open = nil
        if moving { position = range.upperBound }
        return isRelaxed || !value.isNull
    }
}

/// Numbers at the beginning of a text.
private enum LeadingNumber {
    /// How many bytes the number has; 0 where there is none.
    static func length(in text: ArraySlice<UInt8>, _ type: ScalarType) -> Int {
        var rest = text
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isDecimalDigit }
        rest = rest.dropFirst(whole.count)
        guard !type.isInteger else { return whole.isEmpty ? 0 : rest.startIndex - text.startIndex }
        var digits = whole.count
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { $0.isDecimalDigit }
            digits += fraction.count
            if !fraction.isEmpty { rest = rest.dropFirst(fraction.count + 1) }
        }
        guard digits > 0 else { return 0 }
        return rest.startIndex - text.startIndex + exponentLength(in: rest)
    }

    private static func exponentLength(in text: ArraySlice<UInt8>) -> Int {
        guard let letter = text.first, letter | 0x20 == UInt8(ascii: "e") else { return 0 }
        var rest = text.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let digits = rest.prefix { $0.isDecimalDigit }
        return digits.isEmpty ? 0 : digits.endIndex - text.startIndex
    }
}

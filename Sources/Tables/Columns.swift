/// A column of text in which each distinct text is stored once.
///
/// Code 0 is "no value"; the others index ``dictionary``. Equality of two cells of one column is equality of
/// their codes. Texts are told apart by their bytes, never by Unicode equivalence.
public struct StringColumn: Sendable {
    /// One code a row.
    public private(set) var codes: [UInt32] = []
    /// The distinct texts by code; the first stands for "no value" and is empty.
    public private(set) var dictionary: [String] = [""]
    private var codeOf: [ByteText: UInt32] = [:]

    public init() {}

    @inlinable public var count: Int { codes.count }

    /// The text of a row, `nil` where it has none.
    @inlinable public subscript(row: Int) -> String? {
        let code = codes[row]
        return code == 0 ? nil : dictionary[Int(code)]
    }

    /// Adds one row.
    public mutating func append(_ text: String?) {
        codes.append(text.map { code(adding: $0) } ?? 0)
    }

    /// The code of a text, or `nil` where no row has it.
    public func code(of text: String) -> UInt32? { codeOf[ByteText(text)] }

    /// Adds the rows of another column after these.
    public mutating func append(contentsOf other: StringColumn) {
        let translated = [0] + other.dictionary.dropFirst().map { code(adding: $0) }
        codes.append(contentsOf: other.codes.lazy.map { translated[Int($0)] })
    }

    /// The rows at the given positions, in that order; texts that none of them has are forgotten.
    public func selecting(_ rows: [Int]) -> StringColumn {
        var result = StringColumn()
        var translated = [UInt32](repeating: 0, count: dictionary.count)
        result.codes.reserveCapacity(rows.count)
        for row in rows {
            let code = Int(codes[row])
            if code != 0, translated[code] == 0 { translated[code] = result.code(adding: dictionary[code]) }
            result.codes.append(translated[code])
        }
        return result
    }

    private mutating func code(adding text: String) -> UInt32 {
        let key = ByteText(text)
        if let code = codeOf[key] { return code }
        let code = UInt32(dictionary.count)
        dictionary.append(text)
        codeOf[key] = code
        return code
    }
}

/// Text that is equal to another only when their bytes are equal.
public struct ByteText: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (left: ByteText, right: ByteText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

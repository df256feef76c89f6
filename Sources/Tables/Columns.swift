/// A column of text in which each distinct text is stored once.
///
/// Code 0 is "no value"; the others index ``dictionary``. Equality of two cells of one column is equality of
/// their codes. Texts are told apart by their bytes, never by Unicode equivalence.
public struct StringColumn: Sendable {
    /// One code a row.
    public private(set) var codes: [UInt32] = []
    private var pool = StringPool()

    /// A column without rows.
    public init() {}

    /// How many rows it has.
    public var count: Int { codes.count }

    /// The distinct texts by code; the first stands for "no value" and is empty. A text is made when it is asked for.
    public var dictionary: Dictionary { Dictionary(pool: pool) }

    /// The text of a row, `nil` where it has none.
    public subscript(row: Int) -> String? {
        let code = codes[row]
        return code == 0 ? nil : pool[code]
    }

    /// Adds one row.
    public mutating func append(_ text: String?) {
        guard var text else { return codes.append(0) }
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Adds one row of these bytes, which are valid UTF-8.
    @inline(__always)
    public mutating func append(_ text: UnsafeRawBufferPointer) {
        // Neighbours often have the same text: then nothing is hashed.
        if let last = codes.last, pool.holds(text, at: last) {
            codes.append(last)
        } else {
            codes.append(pool.code(adding: text))
        }
    }

    /// Adds one row with the text of a code of this column.
    public mutating func append(code: UInt32) { codes.append(code) }

    /// Adds one row without a value.
    @inline(__always)
    public mutating func appendNone() { codes.append(0) }

    /// The code of a text, or `nil` where no row has it.
    public func code(of text: String) -> UInt32? { pool.code(of: text) }

    /// Forgets all rows and texts, and keeps the memory.
    public mutating func removeAll() {
        codes.removeAll(keepingCapacity: true)
        pool.removeAll()
    }

    /// Makes room for rows to come.
    public mutating func reserveCapacity(_ rows: Int) { codes.reserveCapacity(rows) }

    /// What the codes of one column have become in another; kept between additions of rows of the same column.
    public struct Translation: Sendable {
        fileprivate var codes: [UInt32]

        /// For additions of rows of this column, as it is now.
        public init(of column: StringColumn) { codes = [UInt32](repeating: 0, count: column.pool.count) }
    }

    /// Adds some rows of another column. New texts get codes in the order in which rows name them.
    public mutating func append(_ rows: Range<Int>, of other: StringColumn, _ translation: inout Translation) {
        for row in rows { append(row, of: other, &translation) }
    }

    /// Adds one row of another column.
    @inline(__always)
    public mutating func append(_ row: Int, of other: StringColumn, _ translation: inout Translation) {
        let code = Int(other.codes[row])
        if code != 0, translation.codes[code] == 0 {
            translation.codes[code] = other.pool.withBytes(of: UInt32(code)) { pool.code(adding: $0) }
        }
        codes.append(translation.codes[code])
    }
}

extension StringColumn {
    /// The distinct texts of a column, by code.
    public struct Dictionary: RandomAccessCollection, Sendable {
        fileprivate let pool: StringPool

        public var startIndex: Int { 0 }
        public var endIndex: Int { pool.count }
        public subscript(code: Int) -> String { pool[UInt32(code)] }
    }
}

/// Text that is equal to another only when their bytes are equal.
public struct ByteText: Hashable, Sendable {
    /// The text as it is.
    public let text: String

    /// Text to compare by bytes.
    public init(_ text: String) { self.text = text }

    public static func == (left: ByteText, right: ByteText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

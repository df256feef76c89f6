internal import Tables

/// The id of an event in 16 bytes: a UUID in its usual spelling as the number it is, any other text by its code.
struct EventID: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    /// What stands in `high` of an id that is not a UUID; a UUID that begins so is kept as text as well.
    private static let textMark = UInt64.max

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(textCode: UInt32) { self.init(high: Self.textMark, low: UInt64(textCode)) }

    /// The code among the texts, `nil` for a UUID.
    var textCode: UInt32? { high == Self.textMark ? UInt32(truncatingIfNeeded: low) : nil }

    /// Reads `8-4-4-4-12` hexadecimal digits in small letters; `nil` for every other spelling, since it is another id.
    init?(uuid bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 36, let base = bytes.baseAddress, let a = Self.digits(base, 8),
            let b = Self.digits(base + 9, 4), let c = Self.digits(base + 14, 4), let d = Self.digits(base + 19, 4),
            let e = Self.digits(base + 24, 8), let f = Self.digits(base + 32, 4),
            bytes[8] & bytes[13] & bytes[18] & bytes[23] == UInt8(ascii: "-"),
            bytes[8] | bytes[13] | bytes[18] | bytes[23] == UInt8(ascii: "-")
        else { return nil }
        high = a << 32 | b << 16 | c
        low = d << 48 | e << 16 | f
        if high == Self.textMark { return nil }
    }

    /// Hexadecimal digits, 4 or 8 of them.
    @inline(__always)
    private static func digits(_ start: UnsafeRawPointer, _ count: Int) -> UInt64? {
        var value: UInt64 = 0, isRight = true
        for index in 0..<count {
            let byte = start.load(fromByteOffset: index, as: UInt8.self)
            isRight = isRight && (byte &- UInt8(ascii: "0") <= 9 || byte &- UInt8(ascii: "a") <= 5)
            value = value << 4 | UInt64(byte & 15 &+ byte >> 6 &* 9)
        }
        return isRight ? value : nil
    }

    /// The usual spelling of a UUID.
    var uuidText: String {
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var text: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func hexadecimal(_ word: UInt64) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return (0..<16).map { digits[Int(word >> UInt64(60 - 4 * $0) & 15)] }
    }
}

/// The ids of events, one a row.
struct EventIDs: Sendable {
    private(set) var rows: [EventID] = []
    /// The ids that are not UUIDs.
    private(set) var texts = StringPool()

    /// The id of a row as the log writes it.
    subscript(row: Int) -> String { text(of: rows[row]) }

    private func text(of id: EventID) -> String { id.textCode.map { texts[$0] } ?? id.uuidText }

    /// The id of a text, made when it is new.
    mutating func id(adding text: UnsafeRawBufferPointer) -> EventID {
        EventID(uuid: text) ?? EventID(textCode: texts.code(adding: text))
    }

    /// The id that stands for one of another list, made when it is new.
    mutating func id(adding id: EventID, of other: EventIDs) -> EventID {
        id.textCode.map { code in other.texts.withBytes(of: code) { EventID(textCode: texts.code(adding: $0)) } } ?? id
    }

    /// The id of a text, `nil` where it was never added.
    func id(of text: String) -> EventID? {
        var text = text
        return text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            return EventID(uuid: bytes) ?? texts.code(of: bytes).map(EventID.init(textCode:))
        }
    }

    mutating func append(_ id: EventID) { rows.append(id) }

    mutating func reserveCapacity(_ count: Int) { rows.reserveCapacity(count) }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// Whether one row's id comes before another's, by the bytes of their texts.
    func isOrdered(_ left: Int, before right: Int) -> Bool {
        let (a, b) = (rows[left], rows[right])
        if a.textCode == nil, b.textCode == nil { return (a.high, a.low) < (b.high, b.low) }
        return text(of: a).utf8.lexicographicallyPrecedes(text(of: b).utf8)
    }
}

/// Which ids are there, and at which row: a hash table of four bytes a place.
struct EventIDIndex: Sendable {
    /// The row plus one; 0 is free. The count is a power of two.
    private var places: [UInt32] = []
    private var count = 0
    private static let seed = UInt64.random(in: 1 ... .max)

    /// The row of an id, `nil` where it is not there.
    func row(of id: EventID, in ids: [EventID]) -> Int? {
        guard !places.isEmpty else { return nil }
        let row = places[place(of: id, in: ids)]
        return row == 0 ? nil : Int(row) - 1
    }

    /// Adds the id that the last row of `ids` has. The caller has seen that it is not there.
    mutating func insertLast(of ids: [EventID]) {
        if (count + 1) * 3 > places.count * 2 { grow(ids) }
        let row = ids.count - 1
        places[place(of: ids[row], in: ids)] = UInt32(row + 1)
        count += 1
    }

    private func place(of id: EventID, in ids: [EventID]) -> Int {
        let mask = places.count - 1
        var place = Self.hash(id) & mask
        while places[place] != 0, ids[Int(places[place]) - 1] != id { place = (place + 1) & mask }
        return place
    }

    private static func hash(_ id: EventID) -> Int {
        let product = (id.high ^ seed).multipliedFullWidth(by: id.low ^ 0xA076_1D64_78BD_642F)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }

    private mutating func grow(_ ids: [EventID]) {
        let old = places
        places = [UInt32](repeating: 0, count: max(16, old.count * 2))
        for row in old where row != 0 { places[place(of: ids[Int(row) - 1], in: ids)] = row }
    }
}

/// Reads DEFLATE (RFC 1951) as zlib (RFC 1950) and gzip (RFC 1952) wrap it.
struct Inflation {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var bit: UInt8 = 0
    private var result: [UInt8] = []
    private let limit: Int

    /// What a zlib stream holds between its head and its checksum; `nil` where it has no such head.
    static func zlibBody(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard bytes.count > 2, bytes[0] & 15 == 8, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0, bytes[1] & 32 == 0
        else {
            return nil
        }
        return bytes[2...]
    }

    /// Likewise of gzip; a head with extra fields is not read.
    static func gzipBody(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard bytes.count > 18, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8, bytes[3] == 0 else { return nil }
        return bytes[10...]
    }

    /// `nil` for bytes that are no DEFLATE stream or hold more than `limit` bytes. Linear in the result.
    static func inflated(_ bytes: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
        var inflation = Inflation(bytes: bytes, limit: limit)
        return inflation.blocks() ? inflation.result : nil
    }

    private init(bytes: ArraySlice<UInt8>, limit: Int) {
        self.bytes = bytes
        self.limit = limit
        position = bytes.startIndex
    }

    private mutating func blocks() -> Bool {
        while let isLast = bits(1), let kind = bits(2) {
            let isRead: Bool =
                switch kind {
                case 0: stored()
                case 1: compressed(Self.fixedLengths, Self.fixedDistances)
                case 2: dynamicTables().map { compressed($0.0, $0.1) } ?? false
                default: false
                }
            guard isRead else { return false }
            if isLast == 1 { return true }
        }
        return false
    }

    private mutating func bits(_ count: Int) -> Int? {
        var value = 0
        for index in 0..<count {
            guard position < bytes.endIndex else { return nil }
            value |= Int(bytes[position] >> bit & 1) << index
            bit += 1
            if bit == 8 { (bit, position) = (0, position + 1) }
        }
        return value
    }

    private mutating func stored() -> Bool {
        if bit > 0 { (bit, position) = (0, position + 1) }
        guard position + 4 <= bytes.endIndex else { return false }
        let count = Int(bytes[position]) | Int(bytes[position + 1]) << 8
        let end = position + 4 + count
        guard end <= bytes.endIndex, result.count + count <= limit else { return false }
        result += bytes[(position + 4)..<end]
        position = end
        return true
    }
}

// MARK: Codes

extension Inflation {
    /// A canonical Huffman code: how many codes there are of each length, and the symbols in their order.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        init(_ lengths: some Collection<Int>) {
            for length in lengths where length > 0 { counts[length] += 1 }
            let ordered = lengths.enumerated().filter { $0.element > 0 }
            symbols = ordered.sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }.map(\.offset)
        }
    }

    private static let fixedLengths = Code(
        [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8))
    private static let fixedDistances = Code([Int](repeating: 5, count: 30))
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]

    private mutating func symbol(_ code: Code) -> Int? {
        var value = 0, first = 0, index = 0
        for length in 1..<16 {
            guard let bit = bits(1) else { return nil }
            value |= bit
            let count = code.counts[length]
            if value - first < count { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private mutating func compressed(_ lengths: Code, _ distances: Code) -> Bool {
        while let symbol = symbol(lengths) {
            if symbol == 256 { return true }
            if symbol < 256 {
                guard result.count < limit else { return false }
                result.append(UInt8(symbol))
                continue
            }
            guard symbol - 257 < Self.lengthBases.count, copied(symbol - 257, distances) else { return false }
        }
        return false
    }

    private mutating func copied(_ index: Int, _ distances: Code) -> Bool {
        let extra = index < 8 || index == 28 ? 0 : (index - 4) / 4
        guard let more = bits(extra), let place = symbol(distances), place < Self.distanceBases.count,
            let far = bits(place < 4 ? 0 : (place - 2) / 2)
        else { return false }
        let count = Self.lengthBases[index] + more, distance = Self.distanceBases[place] + far
        guard distance <= result.count, result.count + count <= limit else { return false }
        for _ in 0..<count { result.append(result[result.count - distance]) }
        return true
    }

    private mutating func dynamicTables() -> (Code, Code)? {
        guard let literals = bits(5), let distances = bits(5), let codes = bits(4) else { return nil }
        var order = [Int](repeating: 0, count: 19)
        for place in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(codes + 4) {
            guard let length = bits(3) else { return nil }
            order[place] = length
        }
        let code = Code(order), total = literals + 257 + distances + 1
        var lengths: [Int] = []
        while lengths.count < total {
            guard let symbol = symbol(code), let run = run(symbol, last: lengths.last) else { return nil }
            lengths += run
        }
        guard lengths.count == total else { return nil }
        return (Code(lengths.prefix(literals + 257)), Code(lengths.dropFirst(literals + 257)))
    }

    /// The lengths that a symbol of the code of codes stands for.
    private mutating func run(_ symbol: Int, last: Int?) -> [Int]? {
        switch symbol {
        case 0..<16: return [symbol]
        case 16:
            guard let last, let count = bits(2) else { return nil }
            return [Int](repeating: last, count: count + 3)
        case 17: return bits(3).map { [Int](repeating: 0, count: $0 + 3) }
        default: return bits(7).map { [Int](repeating: 0, count: $0 + 11) }
        }
    }
}

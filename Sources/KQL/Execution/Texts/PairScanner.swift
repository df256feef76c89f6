/// How the pairs of `parse-kv` are written.
struct PairSyntax {
    let pairDelimiter: [UInt8]?
    let valueDelimiter: [UInt8]?
    let quotes: (open: UInt8, close: UInt8)?
    let escape: UInt8?
    let isGreedy: Bool

    init(_ properties: [String: String]) {
        pairDelimiter = properties["pair_delimiter"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        valueDelimiter = properties["kv_delimiter"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        let quote = Array((properties["quote"] ?? "").utf8)
        quotes = quote.isEmpty ? nil : (quote[0], quote.count > 1 ? quote[1] : quote[0])
        escape = properties["escape"]?.utf8.first
        isGreedy = properties["greedy"] == "true"
    }
}

/// Reads one pair of a key and a value after the other.
struct PairScanner {
    private let text: [UInt8]
    private let syntax: PairSyntax
    /// Without delimiters only these words are keys: any other might as well be a word of a sentence.
    private let keys: [[UInt8]]
    private var position = 0
    /// From here on no quote is closed, so that looking for its end is not repeated.
    private var unclosed = Int.max

    init(text: [UInt8], syntax: PairSyntax, keys: [[UInt8]]) {
        self.text = text
        self.syntax = syntax
        self.keys = keys
    }

    mutating func next() -> (key: [UInt8], value: [UInt8])? {
        while position < text.count {
            skipBlanks()
            if let length = length(of: syntax.pairDelimiter, at: position), quoted(from: position) == nil {
                position += length
                continue
            }
            guard let key = key() else { continue }
            return (key, value())
        }
        return nil
    }

    /// The key, with the position behind the delimiter; `nil`, with the position moved, where no value follows.
    private mutating func key() -> [UInt8]? {
        if let (content, end) = quoted(from: position) {
            position = end
            skipBlanks()
            return takeDelimiter(behind: content)
        }
        let start = position
        while position < text.count, length(of: syntax.valueDelimiter, at: position) == nil {
            if syntax.valueDelimiter != nil, let length = length(of: syntax.pairDelimiter, at: position) {
                position += length
                return nil
            }
            position += 1
        }
        return takeDelimiter(behind: Array(text[start..<position]))
    }

    private mutating func takeDelimiter(behind key: [UInt8]) -> [UInt8]? {
        guard let length = length(of: syntax.valueDelimiter, at: position) else {
            position = max(position, min(position + 1, text.count))
            return nil
        }
        if syntax.valueDelimiter == nil, !keys.contains(key) {
            if quoted(from: position) == nil { position += length }
            return nil
        }
        position += length
        return key
    }

    private mutating func value() -> [UInt8] {
        if syntax.pairDelimiter?.first != UInt8(ascii: " ") { skipBlanks() }
        if syntax.valueDelimiter == nil {
            while position < text.count, quoted(from: position) == nil,
                let length = length(of: nil, at: position)
            { position += length }
        }
        if let (content, end) = quoted(from: position) {
            position = end
            return content
        }
        let start = position
        position = syntax.isGreedy ? greedyEnd() : plainEnd()
        return Array(text[start..<position])
    }

    private func plainEnd() -> Int {
        (position..<text.count).first { length(of: syntax.pairDelimiter, at: $0) != nil } ?? text.count
    }

    /// The last pair delimiter before the next key's.
    private func greedyEnd() -> Int {
        let next = (position..<text.count).first { length(of: syntax.valueDelimiter, at: $0) != nil }
        guard let next else { return text.count }
        return (position..<next).last { length(of: syntax.pairDelimiter, at: $0) != nil } ?? text.count
    }

    private mutating func skipBlanks() {
        while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
    }

    /// How long the delimiter is that stands at a place; of no delimiter in particular, any separator.
    private func length(of delimiter: [UInt8]?, at place: Int) -> Int? {
        guard place < text.count else { return nil }
        guard let delimiter else { return text[place].isWordByte ? nil : 1 }
        return text[place...].starts(with: delimiter) ? delimiter.count : nil
    }

    /// What stands between quotes, and the place behind them; quotes that are not closed are none.
    private mutating func quoted(from place: Int) -> (content: [UInt8], end: Int)? {
        guard let quotes = syntax.quotes, place < min(text.count, unclosed), text[place] == quotes.open else {
            return nil
        }
        var content: [UInt8] = []
        var index = place + 1
        while index < text.count {
            if text[index] == syntax.escape, index + 1 < text.count {
                content.append(text[index + 1])
                index += 2
                continue
            }
            if text[index] == quotes.close { return (content, index + 1) }
            content.append(text[index])
            index += 1
        }
        unclosed = place
        return nil
    }
}

extension UInt8 {
    /// Letters of other alphabets count as such by their bytes.
    fileprivate var isWordByte: Bool {
        isDecimalDigit || self >= 0x80 || self == UInt8(ascii: "_") || (self | 0x20) &- UInt8(ascii: "a") < 26
    }
}

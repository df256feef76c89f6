/// `reduce`: texts that look alike, as one pattern with `*` in the places where they differ.
///
/// A text is cut into terms at all characters but ASCII letters and digits, and at those given, which are left out of
/// the pattern. A term that more than the threshold's part of the rows have in its place stays; any other becomes `*`.
/// Patterns of more than that part of the rows are given, the commonest first, and the rows of all others together as
/// `others`. (After R. Vaarandi, *A data clustering algorithm for mining patterns from event logs*, 2003; Kusto's own
/// algorithm is not published, and only its recorded answers are known to agree.)
struct ReducedTexts {
    private let texts: [String]
    private let counts: [Int]
    private let terms: [[Term]]
    private let least: Double

    /// A term and what stands before it.
    private struct Term {
        let separator: [UInt8]
        let word: [UInt8]
    }

    private struct Place: Hashable {
        let index: Int
        let word: [UInt8]
    }

    init(_ texts: DistinctTexts, threshold: Double, characters: String) {
        self.texts = texts.texts
        var counts = [Int](repeating: 0, count: texts.texts.count)
        for place in texts.places.rows { counts[Int(place)] += 1 }
        self.counts = counts
        let dropped = Set(characters.utf8)
        terms = texts.texts.map { Self.terms(of: $0, dropped) }
        least = threshold * Double(texts.places.count)
    }

    private static func terms(of text: String, _ dropped: Set<UInt8>) -> [Term] {
        var terms: [Term] = []
        var separator: [UInt8] = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            let isLetter = byte.isDecimalDigit || (byte | 0x20) &- UInt8(ascii: "a") < 26
            if isLetter, !dropped.contains(byte) {
                word.append(byte)
                continue
            }
            if !word.isEmpty {
                terms.append(Term(separator: separator, word: word))
                (separator, word) = ([], [])
            }
            if !dropped.contains(byte) { separator.append(byte) }
        }
        if !word.isEmpty || !separator.isEmpty { terms.append(Term(separator: separator, word: word)) }
        return terms
    }

    /// Pattern, Count, Representative.
    var frame: Frame {
        var found: [[UInt8]: (count: Int, text: Int)] = [:]
        let common = commonPlaces
        for index in texts.indices {
            let pattern = pattern(of: terms[index], common)
            found[pattern, default: (0, index)].count += counts[index]
        }
        let patterns = found.filter { Double($0.value.count) > least && $0.key != [UInt8(ascii: "*")] }
            .sorted { ($1.value.count, $0.value.text) < ($0.value.count, $1.value.text) }
        var rows = patterns.map { pattern, group in
            [
                Scalar.string(String(decoding: pattern, as: UTF8.self)), .long(Int64(group.count)),
                .string(texts[group.text]),
            ]
        }
        let others = counts.reduce(0, +) - patterns.reduce(0) { $0 + $1.value.count }
        if others > 0 { rows.append([.string("others"), .long(Int64(others)), .string("")]) }
        let schema = [ScalarType.string, .long, .string].map { ColumnSchema("", $0) }
        return Frame(rows, schema)
    }

    private var commonPlaces: Set<Place> {
        var sizes: [Place: Int] = [:]
        for (index, terms) in terms.enumerated() {
            for (place, term) in terms.enumerated() {
                sizes[Place(index: place, word: term.word), default: 0] += counts[index]
            }
        }
        return Set(sizes.filter { Double($0.value) > least }.keys)
    }

    /// The text with `*` for each term that is not common.
    private func pattern(of terms: [Term], _ common: Set<Place>) -> [UInt8] {
        var pattern: [UInt8] = []
        for (index, term) in terms.enumerated() {
            let isCommon = common.contains(Place(index: index, word: term.word))
            let isRun = !isCommon && pattern.last == UInt8(ascii: "*") && term.separator.isEmpty
            pattern += term.separator
            if !isRun { pattern += isCommon ? term.word : [UInt8(ascii: "*")] }
        }
        return pattern
    }
}

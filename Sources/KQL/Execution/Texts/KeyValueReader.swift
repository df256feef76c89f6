internal import RegularExpressions

/// `parse-kv`: pairs of keys and values in a text. The first pair of a key counts; keys and values lose the blanks
/// around them; a column whose key is not there, or whose text is no value of its type, is null.
/// (Kusto documentation, *parse-kv operator*)
///
/// - `pair_delimiter` and `kv_delimiter`: the texts between pairs, and between a key and its value. Without them any
///   character but letters, digits and `_` does.
/// - `quote`: one character, or an opening and a closing one; between them delimiters do not count. `escape` stands
///   before a quote that does not count.
/// - `greedy`: a value may hold the pair delimiter, and reaches to the last one before the next key.
/// - `regex`: a pattern of two groups, key and value, in place of all that.
struct KeyValueReader: TextReader {
    private let columns: [(key: [UInt8], type: ScalarType)]
    private let syntax: PairSyntax
    private let pattern: RegularExpression?

    /// - Throws: When the pattern is none, or has not two groups.
    init(_ pairs: BoundKeyValues) throws(KQLFault) {
        columns = pairs.columns.map { (Array($0.key.utf8), $0.type) }
        syntax = PairSyntax(pairs.properties)
        guard let text = pairs.properties["regex"] else {
            pattern = nil
            return
        }
        pattern = try? KustoPattern.compile(text)
        guard pattern?.groupCount == 2 else {
            throw KQLFault(
                "SEM0420", "parse-kv: the regular expression has to have two groups", at: pairs.source.span,
                suggestion: #"The first is the key and the second the value: @"(\w+)=(\w+)"."#)
        }
    }

    func values(of text: [UInt8]) -> [Scalar]? {
        var found = [Scalar?](repeating: nil, count: columns.count)
        each(in: text) { key, value in
            for index in columns.indices where found[index] == nil && columns[index].key == key {
                found[index] = Scalar(reading: value, as: columns[index].type)
            }
        }
        return zip(found, columns).map { $0 ?? .none($1.type) }
    }

    private func each(in text: [UInt8], _ body: ([UInt8], [UInt8]) -> Void) {
        guard let pattern else {
            var scanner = PairScanner(text: text, syntax: syntax, keys: columns.map(\.key))
            while let (key, value) = scanner.next() { body(key.withoutBlanks, value.withoutBlanks) }
            return
        }
        pattern.forEachMatch(in: text) { ranges in
            guard let key = ranges[1], let value = ranges[2] else { return }
            body(Array(text[key]).withoutBlanks, Array(text[value]).withoutBlanks)
        }
    }
}

extension [UInt8] {
    fileprivate var withoutBlanks: [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return Array(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}

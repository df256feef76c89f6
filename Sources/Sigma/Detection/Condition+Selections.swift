internal import Diagnostics
internal import Tables

// What the names and quantifiers of a condition stand for.
extension Condition {
    mutating func selection(_ token: Token) throws(Diagnostic) -> Predicate {
        guard let place = places[ByteText(token.text)] else {
            throw fault(
                "names the selection `\(token.text.shown)`, which there is not, at column \(token.column)",
                remedy: selections.map(\.name).suggestion(for: token.text))
        }
        return try selection(at: place, token)
    }

    private mutating func selection(at place: Int, _ token: Token) throws(Diagnostic) -> Predicate {
        size += sizes[place]
        guard size <= Self.sizeLimit else {
            throw fault(
                "asks for more than \(Self.sizeLimit) tests, at column \(token.column)", remedy: "Split the rule")
        }
        return selections[place].predicate
    }

    mutating func quantified() throws(Diagnostic) -> Predicate {
        let quantifier = tokens.removeFirst()
        tokens = tokens.dropFirst()
        guard let pattern = tokens.popFirst() else {
            throw fault("ends after `of`", remedy: "Write `them` or a name with `*`")
        }
        let chosen = try selections(named: pattern)
        switch quantifier.text.lowercased() {
        case "1", "any": return .some(chosen)
        case "all": return .every(chosen)
        default:
            throw fault(
                "counts `\(quantifier.text.shown) of`, at column \(quantifier.column)",
                remedy: "Use `1 of`, `any of` or `all of`; a correlation counts events")
        }
    }

    private mutating func selections(named pattern: Token) throws(Diagnostic) -> [Predicate] {
        let isAll = LetterCase.areSame(pattern.text, "them")
        let matcher = try TextMatcher(TextPattern(names: isAll ? "*" : pattern.text), isCased: true)
        let chosen = selections.indices.filter { place in
            var name = selections[place].name
            return !name.hasPrefix("_") && name.withUTF8 { matcher.matches(UnsafeRawBufferPointer($0)) }
        }
        guard !chosen.isEmpty else {
            throw fault(
                "has `\(pattern.text.shown)`, which is the name of no selection, at column \(pattern.column)",
                remedy: "Name a selection, or part of one with `*`")
        }
        var predicates: [Predicate] = []
        for place in chosen { predicates.append(try selection(at: place, pattern)) }
        return predicates
    }

    func unexpected(_ token: Token) -> Diagnostic {
        if token.text == "|" {
            return fault(
                "has `|`, at column \(token.column); Sigma 2 has no aggregations in conditions",
                remedy: "Write a correlation rule of type event_count or value_count")
        }
        return fault(
            "has `\(token.text.shown)` where `and` or `or` belongs, at column \(token.column)", remedy: "Join the parts"
        )
    }

    func fault(_ reason: String, remedy: String) -> Diagnostic {
        Diagnostic("the condition \(reason)", remedy: remedy)
    }
}

extension TextPattern {
    /// A pattern for names, in which only `*` means something.
    fileprivate init(names text: String) {
        self.init()
        for byte in text.utf8 {
            if byte == UInt8(ascii: "*") { append(.anyText) } else { append(CollectionOfOne(byte)) }
        }
    }
}

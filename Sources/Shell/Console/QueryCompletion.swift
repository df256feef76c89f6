import KQL

/// What Tab offers inside a query: tables, the columns of the tables named so far, operators after `|`, functions,
/// aggregations, and the names of saved queries.
struct QueryCompletion {
    let tables: [(table: String, columns: [String])]
    /// The names of saved queries.
    let saved: [String]

    /// - Parameters:
    ///   - query: The query up to the cursor, of all its lines.
    ///   - line: The line that is edited, up to the cursor.
    func complete(_ query: String, line: String) -> Completion {
        var extent = QueryExtent()
        for row in query.split(separator: "\n", omittingEmptySubsequences: false) { extent.take(String(row)) }
        guard !extent.isInString else { return .none }
        let place = Place(query)
        let words = candidates(at: place).filter { $0.lowercased().hasPrefix(place.word.lowercased()) }
        let isCall = words.count == 1 && isCall(words[0], at: place)
        return Completion(candidates: words, wordStart: line.count - place.word.count, suffix: isCall ? "(" : " ")
    }

    private func candidates(at place: Place) -> [String] {
        switch place.kind {
        case .beginning(let isFirst):
            let others = isFirst ? saved.map { "@" + $0 } + ["save"] : []
            return tables.map(\.table) + QueryWords.beginnings + others
        case .operator: return QueryWords.operators
        case .inside:
            let names = unique(columns(in: place.query) + place.assignedNames)
            let own = names + (place.aggregates ? QueryWords.aggregations : [])
            let others = place.readsTables ? tables.map(\.table) : []
            guard !place.word.isEmpty else { return own + others }
            return unique(own + others + QueryWords.comparisons + QueryWords.functions)
        }
    }

    private func isCall(_ word: String, at place: Place) -> Bool {
        guard case .inside = place.kind, !columns(in: place.query).contains(word) else { return false }
        return QueryWords.functions.contains(word) || place.aggregates && QueryWords.aggregations.contains(word)
    }

    /// The columns of the tables that a query names.
    private func columns(in query: String) -> [String] {
        let words = Set(query.split { !$0.isNamePart }.map(String.init))
        return unique(tables.filter { words.contains($0.table) }.flatMap(\.columns))
    }

    private func unique(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }
}

extension QueryCompletion {
    /// Where in a query the cursor stands.
    struct Place {
        enum Kind: Hashable {
            /// Where a statement begins; the first of the text or a later one.
            case beginning(isFirst: Bool)
            /// Behind a `|`.
            case `operator`
            case inside
        }

        let query: String
        let kind: Kind
        /// The word that is being written.
        let word: String
        /// The operator that the cursor is in; empty before the first `|`.
        private let stage: String

        init(_ query: String) {
            self.query = query
            let statement = query.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
            let part = statement.split(separator: "|", omittingEmptySubsequences: false).last ?? ""
            let written = part.drop { $0.isWhitespace }
            let isFollowing = part.count < statement.count
            if written.allSatisfy({ $0.isNamePart || $0 == "-" || $0 == "@" }) {
                word = String(written)
                kind = isFollowing ? .operator : .beginning(isFirst: statement.count == query.count)
                stage = ""
            } else {
                word = String(written.reversed().prefix(while: \.isNamePart).reversed())
                kind = .inside
                stage = String(written.prefix { $0.isNamePart || $0 == "-" })
            }
        }

        var aggregates: Bool { ["summarize", "make-series"].contains(stage) }
        /// Whether a table may stand here: behind `let` and the operators that read one, and behind a bracket.
        var readsTables: Bool {
            ["let", "join", "lookup", "union", "find", "search"].contains(stage)
                || query.dropLast(word.count).last == "("
        }

        /// The names that `let`, `extend`, `project` and `summarize` have given so far.
        var assignedNames: [String] {
            var names: [String] = []
            let parts = query.split(separator: "=", omittingEmptySubsequences: false)
            for (left, right) in zip(parts, parts.dropFirst()) where !"=~>".contains(right.first ?? " ") {
                guard let last = left.last, !"!<>=".contains(last), !left.isEmpty else { continue }
                let name = left.reversed().drop { $0 == " " }.prefix(while: \.isNamePart).reversed()
                if let first = name.first, !first.isNumber { names.append(String(name)) }
            }
            return names
        }
    }
}

extension Character {
    fileprivate var isNamePart: Bool { isLetter || isNumber || self == "_" || self == "$" }
}

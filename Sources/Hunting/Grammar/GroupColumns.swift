internal import KQL

/// Columns that a question counts by under their own names: `by logon type` is `LogonType`.
struct GroupColumns: Hashable {
    let columns: [String]
    /// The places of the words that name them.
    let used: Set<Int>

    /// Words that what is counted by stands behind.
    static let marks: Set<String> = ["by", "per", "each", "grouped", "breakdown"]

    /// `nil` where no word behind `by` or `per` names a column.
    init?(_ words: [String], columns names: [String]) {
        var columns: [String] = []
        var used: Set<Int> = []
        for index in words.indices where Self.marks.contains(words[index]) {
            var place = index + 1
            while let (column, length) = Self.column(at: place, words, names) {
                columns.append(column)
                used.formUnion(place..<place + length)
                place += length
                guard ["and", "by"].contains(words.indices.contains(place) ? words[place] : "") else { break }
                place += 1
            }
        }
        guard !columns.isEmpty else { return nil }
        self.columns = columns
        self.used = used
    }

    /// The column that up to three words name, the longest first: its name, or the end of it.
    private static func column(at place: Int, _ words: [String], _ names: [String]) -> (String, Int)? {
        for length in [3, 2, 1] where place + length <= words.count {
            let parts = words[place..<place + length]
            // `not run by system` names an account.
            if parts.first == "system" || parts.allSatisfy(HuntVocabulary.fillers.contains) { return nil }
            let wanted = parts.joined()
            guard parts.allSatisfy({ !$0.isEmpty }), wanted.utf8.count >= 4 else { continue }
            let found = names.filter { plain($0) == wanted } + names.filter { plain($0).hasSuffix(wanted) }
            if let column = found.first { return (column, length) }
        }
        return nil
    }

    /// `outcome_reason` and `VM_s` as `outcomereason` and `vm`.
    private static func plain(_ name: String) -> String {
        let end = ["_s", "_d", "_b", "_g"].contains { name.hasSuffix($0) } ? 2 : 0
        return name.dropLast(end).lowercased().filter { $0 != "_" }
    }

    /// Whether a word behind `by` or `per` is, or begins, the name of a column of some table, and no account's.
    static func isNamed(at index: Int, _ words: [String], _ catalog: HuntCatalog) -> Bool {
        let before = index > 0 ? words[index - 1] : ""
        guard marks.contains(before) else { return false }
        return catalog.names.contains { column(at: index, words, names($0, catalog)) != nil }
    }

    /// The columns of a table that rows can be counted by.
    static func names(_ table: String, _ catalog: HuntCatalog) -> [String] {
        catalog.columns(of: table).filter { $0.type != "dynamic" && $0.type != "datetime" }.map(\.name)
    }
}

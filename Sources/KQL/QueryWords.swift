internal import Diagnostics

/// The words of the language, for completion: as the engine knows them, sorted, without older spellings and without
/// what it refuses.
public enum QueryWords {
    /// Operators that may follow a `|`.
    public static let operators = words { !$0.isSourceOnly }

    /// What may begin a query besides a table's name.
    public static let beginnings = (words { $0.isSource } + ["datatable", "let"]).sorted()

    /// Scalar functions.
    public static let functions = ScalarFunctions.names.sorted()

    /// Aggregations, for `summarize` and `make-series`.
    public static let aggregations = Aggregations.names.sorted()

    /// Operators made of letters that stand between two values.
    public static let comparisons = (["and", "or", "between"] + ComparisonOperator.allCases.map(\.rawValue)
        + MembershipOperator.allCases.map(\.rawValue)).filter { $0.first?.isLetter ?? false }.sorted()

    private static func words(_ fits: (TabularOperator.Keyword) -> Bool) -> [String] {
        TabularOperator.Keyword.allCases.filter { fits($0) && !isUnusual($0) }.map(\.rawValue).sorted()
    }

    /// Older spellings, and what works on graphs or other clusters.
    private static func isUnusual(_ keyword: TabularOperator.Keyword) -> Bool {
        switch keyword {
        case .mvapply, .mvexpand, .graphMarkComponents, .graphMatch, .graphShortestPaths, .graphToTable, .makeGraph,
            .macroExpand:
            true
        default: false
        }
    }
}

/// What the values of a column name, as far as a query that asks for one of them is to become one that asks for all.
public enum ColumnMeaning: Hashable, Sendable {
    case user, host, address, time
}

/// A query as a schedule may run it: without the one account, machine or address that it asked for, without its stretch
/// of time, and with all of its rows. Made by ``QueryEngine/generalised(_:showing:meaning:)``.
public struct GeneralQuery: Sendable {
    /// A condition that was taken out, because it kept the rows of certain accounts, machines or addresses alone.
    public struct Removal: Hashable, Sendable {
        /// What the column, or the expression over it, names.
        public let meaning: ColumnMeaning
        /// The condition as KQL writes it.
        public let text: String
        /// The values that it named.
        public let values: [String]
    }

    /// Something that the query still says and whoever runs it should know of; the text is the condition or operator.
    public enum Remark: Hashable, Sendable {
        /// An `or` that asks for one account, machine or address, or for something else.
        case mixed(String)
        /// It leaves certain accounts, machines or addresses out.
        case excludes(String)
        /// It asks for a kind of them: by a prefix, a suffix, a pattern or a network.
        case group(String)
        /// It stands where taking it out would give fewer rows: behind an anti join, or in a list that is left out.
        case subtracted(String)
        /// Both sides of a join lost a condition.
        case joined
        /// It ranks or limits groups: all of them are given now.
        case ranked(String)
        /// It limits rows before it goes on with them.
        case limited(String)
        /// It counted, or drew a curve: the rows themselves are given now.
        case counted(String)
        /// It reads several stretches of time, and keeps its own conditions on it.
        case comparesTimes
        /// As ``comparesTimes``, with instants: run again later it would read the same again.
        case comparesInstants
    }

    /// KQL, one operator a line.
    public let text: String
    /// In the order in which they stood.
    public let removals: [Removal]
    public let remarks: [Remark]
    /// What a row must still fulfil, in all parts of the query together. Empty where every row would do; conditions
    /// that leave something out, or ask that there be a value, are not among them.
    public let conditions: [QueryCondition]
    /// What is read, each table once.
    public let tables: [String]
    /// What it gives.
    public let columns: [QueryResult.Column]
    /// Whether each row is one of a table, unchanged but for the choice of columns, and nothing but ``conditions`` and
    /// ``exclusions`` decides.
    public let isPlain: Bool
    /// What a row must not be, as far as the query says so.
    public let exclusions: [QueryCondition]
    /// Whether its rows are made of several rows of a table.
    public let isGrouped: Bool
    /// The texts that it has.
    public let texts: [String]
    /// The words that it has: the names of tables, columns and functions.
    public let words: Set<String>
}

/// A condition of a query in a form that other languages have too.
public indirect enum QueryCondition: Hashable, Sendable {
    case test(QueryTest)
    case all([QueryCondition])
    case any([QueryCondition])
    case not(QueryCondition)
    /// Something else, as KQL writes it.
    case other(String)
}

/// One column, compared with values that are written out.
public struct QueryTest: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        case number(Int64)
        case truth(Bool)
    }

    public let column: String
    /// As KQL writes it: `==`, `in~`, `has`, `matches regex`.
    public let operation: String
    public let values: [Value]
}

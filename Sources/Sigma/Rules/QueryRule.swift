public import Diagnostics

/// A rule of Microsoft Sentinel: a query in KQL that is run again and again, and when its rows are worth an alert.
///
/// The fields are those of the service's scheduled and near-real-time rules (azure-rest-api-specs, SecurityInsights
/// 2025-09-01) as the repository Azure/Azure-Sentinel publishes them in YAML.
public struct QueryRule: Sendable {
    /// What its author says about it; its title is the document's `name`.
    public let rule: Rule
    /// The query, as the document has it.
    public let query: String
    /// How far each run looks back, in seconds.
    public let period: Int
    /// How long lies between two runs, in seconds; never longer than ``period``.
    public let frequency: Int
    /// Whether it is of the kind `NRT`, which the service runs on new events as they come.
    public let isContinuous: Bool
    /// When its rows are worth an alert.
    public let trigger: Trigger
    /// ATT&CK tactics, as the author wrote them.
    public let tactics: [String]
    /// The connectors and tables that it says it needs; empty where it says nothing.
    public let sources: [String]
    /// Whom and what the rows are about; empty where it says nothing.
    public let entities: [Entity]

    let start: QueryStart

    /// How many rows make an alert.
    public struct Trigger: Hashable, Sendable {
        /// The service's `gt`, `lt`, `eq` and `ne`.
        public enum Comparison: Hashable, Sendable { case greater, less, equal, notEqual }

        /// How the number of rows compares with ``threshold``.
        public let comparison: Comparison
        /// Rows, at least 0.
        public let threshold: Int

        /// Whether a run with so many rows makes an alert.
        public func holds(_ count: Int) -> Bool {
            switch comparison {
            case .greater: count > threshold
            case .less: count < threshold
            case .equal: count == threshold
            case .notEqual: count != threshold
            }
        }

        /// Whether any run with rows makes an alert; else it tells of what did not happen.
        public var needsRows: Bool {
            switch comparison {
            case .greater, .notEqual: true
            case .less: threshold > 1
            case .equal: threshold > 0
            }
        }
    }

    /// Which columns of the rows name an account, an address or another thing.
    public struct Entity: Hashable, Sendable {
        /// `Account`, `IP`, `Host`, …
        public let type: String
        /// The columns that name it, together.
        public let fields: [Field]

        /// A column, and what of the thing it names.
        public struct Field: Hashable, Sendable {
            /// `FullName`, `Name`, `UPNSuffix`, `AadUserId`, `Address`, …
            public let identifier: String
            /// As the query's rows have it.
            public let column: String
        }
    }

    /// The place of a line of the query in its file.
    ///
    /// - Parameter line: Counted from 1. Of a query that is no literal block the file's line is that of its beginning.
    public func place(ofLine line: Int) -> Place {
        Place(file: rule.place.file, line: start.isLiteral ? start.line + line : start.line)
    }
}

/// Where a query begins in its document.
struct QueryStart: Sendable {
    /// Of the value; the lines of a literal block come after it.
    let line: Int
    let isLiteral: Bool
}

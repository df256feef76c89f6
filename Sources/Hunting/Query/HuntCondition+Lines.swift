extension HuntCondition {
    /// A condition that is longer than this stands on several lines, in characters.
    private static let lineLimit = 96

    /// The condition in KQL, over several lines where one would be too long to read: each alternative on a line of its
    /// own.
    ///
    /// - Parameter indent: How far in the lines behind the first one begin.
    func spread(indent: Int) -> String {
        guard kql.utf8.count > Self.lineLimit else { return kql }
        switch self {
        case .any(let conditions): return Self.spread(conditions, "or", indent)
        case .all(let conditions): return Self.spread(conditions, "and", indent)
        default: return kql
        }
    }

    private static func spread(_ conditions: [HuntCondition], _ word: String, _ indent: Int) -> String {
        let parts = conditions.map { condition in
            let text = condition.spread(indent: indent + 4)
            return condition.needsBrackets ? "(\(text))" : text
        }
        return parts.joined(separator: "\n" + String(repeating: " ", count: indent) + word + " ")
    }
}

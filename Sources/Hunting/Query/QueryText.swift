/// Writes the query for what the grammar understood.
struct QueryText {
    let table: String
    let time: String?
    let range: HuntRange
    let conditions: [HuntCondition]
    let shape: HuntShape
    /// The columns of each role that the table has.
    let columns: (HuntRole) -> [String]
    let shown: [String]
    let rows: Int

    /// The query, one operator a line. Names in it are the program's and the catalogue's, values are literals.
    var kql: String {
        var lines = [Self.name(table)]
        if let time = time.map(Self.name) {
            lines.append(
                "where \(time) >= \(KQLText.literal(range.from)) and \(time) < \(KQLText.literal(range.until))")
        }
        lines += conditions.map { "where \($0.spread(indent: 4))" }
        return (lines + shaped).joined(separator: "\n| ")
    }

    /// A table's or column's name, quoted where it is no plain word.
    private static func name(_ table: String) -> String {
        let isPlain =
            !(table.first?.isNumber ?? true)
            && table.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x5F
            }
        return isPlain ? table : "[\(KQLText.literal(table))]"
    }

    private var shaped: [String] {
        switch shape {
        case .rows: projected + [time.map { "top \(rows) by \($0) desc" } ?? "take \(rows)"]
        case .newest(let count):
            projected + [time.map { "top \(min(count, rows)) by \($0) desc" } ?? "take \(min(count, rows))"]
        case .count: ["count"]
        case .distinct(let role): ["summarize dcount(\(expression(role)))"]
        case .by(let roles): ["summarize \(summary) by \(groups(roles))", "top \(rows) by count_ desc"]
        case .byColumns(let names):
            ["summarize \(summary) by \(names.map(Self.name).joined(separator: ", "))", "top \(rows) by count_ desc"]
        case .top(let count, let role, let rarest):
            ["summarize \(summary) by \(groups([role]))", "top \(count) by count_ \(rarest ? "asc" : "desc")"]
        case .series(let seconds):
            ["summarize count() by bin(\(time ?? "now()"), \(seconds)s)", "sort by \(time ?? "count_") asc"]
        case .edge(let isLast): projected + [time.map { "top 1 by \($0) \(isLast ? "desc" : "asc")" } ?? "take 1"]
        case .spray: spray
        case .spread(let role, let other, let least):
            [
                "summarize \(summary), different = dcount(\(expression(other)))"
                    + ", values = make_set(\(expression(other)), 20)"
                    + " by \(groups([role]))", "where different >= \(least)", "top \(rows) by different desc",
            ]
        case .burst(let role, let least):
            [
                "summarize \(summary)\(others(role)) by \(groups([role]))", "where count_ >= \(least)",
                "top \(rows) by count_ desc",
            ]
        }
    }

    private var projected: [String] {
        // Two of the event's values may stand in one column of a table.
        let columns = ([time].compactMap { $0 } + shown).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        return shown.isEmpty ? [] : ["project \(columns.map(Self.name).joined(separator: ", "))"]
    }

    private var summary: String {
        "count_ = count()" + (time.map { ", first_seen = min(\($0)), last_seen = max(\($0))" } ?? "")
    }

    private func expression(_ role: HuntRole) -> String { columns(role).first ?? "''" }

    /// `Name = expression` where the group is no plain column.
    private func groups(_ roles: [HuntRole]) -> String {
        roles.map { role in
            let expression = expression(role)
            return expression.contains("(") ? "\(role.rawValue.replacing(" ", with: "_")) = \(expression)" : expression
        }.joined(separator: ", ")
    }

    /// Where a burst came from, beside whom it hit.
    private func others(_ role: HuntRole) -> String {
        let other: HuntRole = role == .address ? .user : .address
        return columns(other).first.map { ", \(other == .user ? "users" : "addresses") = make_set(\($0), 20)" } ?? ""
    }

    /// One source and many accounts, each of which failed.
    private var spray: [String] {
        let user = expression(.user)
        return [
            "summarize \(summary), users = dcount(\(user)), some_users = make_set(\(user), 20)"
                + " by \(groups([.address]))",
            "where users >= \(QueryText.sprayedUsers)", "top \(rows) by users desc",
        ]
    }

    /// Accounts that fail from one address before it is a spray.
    static let sprayedUsers = 5
}

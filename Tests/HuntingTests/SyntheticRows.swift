import JSON
import Tables

/// Rows made from what a question must ask: those that it looks for, and for each condition one that fails only it.
struct SyntheticRows {
    private(set) var rows: [JSONValue] = []
    /// The times of the rows that are looked for.
    private(set) var wanted: Set<String> = []
    private let question: HuntQuestion
    private let alternative: HuntQuestion.Alternative
    private let types: [String: String]
    private var number = 0

    init(_ question: HuntQuestion, _ alternative: HuntQuestion.Alternative, types: [String: String]) {
        self.question = question
        self.alternative = alternative
        self.types = types
        build()
    }

    private mutating func build() {
        for (index, condition) in alternative.conditions.enumerated() {
            for value in fitting(condition) { addRow([index: value]) }
            for value in failing(condition) { addRow([index: value], isWanted: false) }
            let columns = condition.column.split(separator: "|").map(String.init)
            if columns.count == 2 { addRow([index: "zz-other"], over: [(columns[1], fitting(condition)[0])]) }
        }
        addRow([:])
        for offset in [-1.0, 3.0] {
            addRow([:], at: (offset < 0 ? question.from : question.until).advanced(bySeconds: offset), isWanted: false)
        }
        addRow([:], at: question.from.advanced(bySeconds: 1))
        addRow([:], at: question.until.advanced(bySeconds: -1))
    }

    /// Rows of many values, for shapes that count them.
    mutating func addGroups(
        _ column: String, _ counts: [(value: String, count: Int)], other: (String, (Int) -> String)? = nil
    ) {
        for (value, count) in counts {
            for index in 0..<count {
                addRow([:], over: [(column, .string(value))] + (other.map { [($0.0, .string($0.1(index)))] } ?? []))
            }
        }
    }

    mutating func removeAll() {
        rows = []
        wanted = []
    }

    mutating func addRow(
        _ chosen: [Int: JSONValue], at time: Timestamp? = nil, over: [(String, JSONValue)] = [], isWanted: Bool = true
    ) {
        number += 1
        // Times lie apart by a millisecond and within the range.
        let middle = Timestamp(ticks: question.from.ticks + (question.until.ticks - question.from.ticks) / 2)
        let time = (time ?? middle).advanced(bySeconds: Double(number) / 1000)
        var row: JSONValue = ["TimeGenerated": .string(time.description), "Timestamp": .string(time.description)]
        for (index, condition) in alternative.conditions.enumerated() {
            let column = String(condition.column.prefix { $0 != "|" })
            row = Self.setting(row, column, typed(chosen[index] ?? fitting(condition)[0], column))
        }
        for (column, value) in alternative.with where !isChosen(column, chosen) {
            row = Self.setting(row, column, value)
        }
        for (column, value) in over { row = Self.setting(row, column, typed(value, column)) }
        rows.append(row)
        if isWanted { wanted.insert(time.description) }
    }

    /// `with` gives way to a value that is there to fail.
    private func isChosen(_ column: String, _ chosen: [Int: JSONValue]) -> Bool {
        chosen.keys.contains { alternative.conditions[$0].column == column }
    }

    private func typed(_ value: JSONValue, _ column: String) -> JSONValue {
        if ["long", "int", "real"].contains(types[column] ?? ""), let text = value.string, let number = Int64(text) {
            return .integer(number)
        }
        return value
    }

    /// A value at a path: `InitiatedBy.user.userPrincipalName`.
    private static func setting(_ row: JSONValue, _ path: String, _ value: JSONValue) -> JSONValue {
        guard let dot = path.firstIndex(of: ".") else { return row.setting(path, to: value) }
        let head = String(path[..<dot])
        return row.setting(head, to: setting(row[head] ?? [:], String(path[path.index(after: dot)...]), value))
    }
}

// MARK: Values that fit and fail

extension SyntheticRows {
    typealias Condition = (column: String, operation: String, value: JSONValue)

    private func fitting(_ condition: Condition) -> [JSONValue] {
        let text = condition.value.string ?? ""
        switch condition.operation {
        case "has": return [.string(types[condition.column] == "dynamic" ? text : "zz \(text) zz")]
        case "endswith": return [.string("setup\(text)")]
        case "in": return condition.value.array ?? []
        case "icase": return [.string(text), .string(text.uppercased())]
        case "nicase", "!=", "!in":
            return [alternative.with.first { $0.column == condition.column }?.value ?? "quite-other"]
        case "host": return [.string(text), .string("\(text.lowercased()).corp.example")]
        case "user":
            return isLogin(condition.column) && !text.contains("@")
                ? [.string("\(text)@corp.example")] : [.string(Self.short(text, condition.column, self))]
        case "domain": return [.string(text), .string("https://\(text)/a"), .string("cdn.\(text)")]
        default: return [condition.value]
        }
    }

    private func failing(_ condition: Condition) -> [JSONValue] {
        let text = condition.value.string ?? ""
        switch condition.operation {
        case "nicase", "!=": return [condition.value]
        case "!in": return condition.value.array ?? []
        case "host": return [.string("x\(text)"), .string("\(text)9"), "other-host"]
        case "user":
            let end = isLogin(condition.column) ? "@corp.example" : ""
            let name = text.prefix { $0 != "@" }
            return [.string("x\(name)\(end)"), .string("\(name)2\(end)"), .string("other\(end)")]
        case "domain": return [.string("not\(text)"), "other.example"]
        default: break
        }
        if let number = condition.value.double { return [.number(number + 1)] }
        if let bool = condition.value.bool { return [.bool(!bool)] }
        return condition.column.contains("IP") || condition.column.contains("ip") ? ["192.0.2.250"] : ["zz-other"]
    }

    private func isLogin(_ column: String) -> Bool {
        ["UserPrincipalName", "actor_alternateId", "Caller", "target_alternateId"].contains(column)
            || column.hasSuffix("userPrincipalName")
    }

    /// A column of short names holds no domain.
    private static func short(_ text: String, _ column: String, _ rows: SyntheticRows) -> String {
        rows.isLogin(column) ? text : String(text.prefix { $0 != "@" })
    }
}

internal import Tables

/// What columns are called that a query gives no name.
enum ColumnNaming {
    /// The name that an expression suggests; `nil` where `Column1` and so on, or `print_0`, is used.
    static func name(of expression: Expression) -> String? {
        switch expression {
        case .name(let name): name.text
        case .path(let path): name(of: path)
        case .call(let call): name(of: call)
        default: nil
        }
    }

    /// `d.a["b"][0]` is `d_a_b_0`.
    private static func name(of path: PathExpression) -> String? {
        guard var name = name(of: path.base) else { return nil }
        for step in path.steps {
            switch step {
            case .member(let member): name += "_" + member.text
            case .element(.literal(let literal), _):
                switch literal.value {
                case .string(let text): name += "_" + text
                case .long(let index?): name += "_\(index)"
                default: return nil
                }
            default: return nil
            }
        }
        return name
    }

    private static func name(of call: FunctionCall) -> String? {
        if let aggregation = Aggregations.named(call.name.text) { return names(of: call, aggregation).first }
        let first = call.arguments.first.flatMap { name(of: $0.value) }
        if call.name.text == "bin_auto" { return first }
        guard let function = ScalarFunctions.named(call.name.text) else { return nil }
        switch function.naming {
        case .none: return nil
        case .firstArgument: return first
        case .functionAndArgument: return first.map { "\(function.name)_\($0)" }
        case .eachArgument(let word): return first.map { "\($0)_\(word)" }
        case .columns: return first.map { "\(function.name)_\($0)" }
        }
    }

    /// The names of an aggregation's columns, one for each but for `*`.
    static func names(of call: FunctionCall, _ aggregation: Aggregation) -> [String] {
        let names = call.arguments.map { name(of: $0.value) }
        // The older spelling has a prefix of its own.
        let prefix = call.name.text == "any" ? "any" : aggregation.prefix
        switch aggregation.columns {
        case .one:
            let words =
                aggregation.prefix.hasPrefix("covariance")
                ? names.prefix(2).compactMap { $0 } : [names.first.flatMap { $0 } ?? ""]
            return [prefix.isEmpty ? words[0] : prefix + "_" + words.joined(separator: "_")]
        case .eachArgument where prefix == "any": return names.map { "any_" + ($0 ?? "") }
        case .eachArgument: return names.map { $0 ?? "" }
        case .eachPercentile(let first):
            let words = call.arguments.dropFirst(first).map { percent($0.value) }
            return words.map { "\(prefix)_\(names.first.flatMap { $0 } ?? "")_\($0)" }
        }
    }

    /// `99.9` is `99_9`.
    private static func percent(_ value: Expression) -> String {
        guard case .literal(let literal) = value else { return name(of: value) ?? "" }
        let text = Scalar(literal.value).text
        return String(text.map { $0 == "." ? "_" : $0 })
    }

    /// The names of the columns of a function that makes several; `nil` of the others.
    static func columns(of call: FunctionCall) -> [ScalarFunction.ResultColumn]? {
        guard let function = ScalarFunctions.named(call.name.text) else { return nil }
        let first = call.arguments.first.flatMap { name(of: $0.value) }
        switch function.naming {
        case .columns(let columns):
            return columns.map { column in
                let prefix = first.map { "\(function.name)_\($0)" } ?? function.name
                return ScalarFunction.ResultColumn(name: prefix + "_" + column.name, type: column.type)
            }
        case .eachArgument(let word):
            guard call.arguments.count > 1 else { return nil }
            return call.arguments.compactMap { argument in
                name(of: argument.value).map { ScalarFunction.ResultColumn(name: "\($0)_\(word)", type: .dynamic) }
            }
        default: return nil
        }
    }
}

/// Gives out names, each once.
struct UniqueNames {
    private var used: Set<ByteText>
    /// Where to look on, so that many equal names cost no more than others.
    private var numbers: [ByteText: Int] = [:]

    init(_ used: some Sequence<String> = []) { self.used = Set(used.map { ByteText($0) }) }

    /// The name, or the name and the first number that is free.
    mutating func take(_ name: String) -> String {
        used.insert(ByteText(name)).inserted ? name : numbered(name)
    }

    /// `Column1`, `Column2` and so on.
    mutating func takeNumbered() -> String { numbered("Column") }

    private mutating func numbered(_ name: String) -> String {
        var number = numbers[ByteText(name), default: 1]
        while !used.insert(ByteText(name + String(number))).inserted { number += 1 }
        numbers[ByteText(name)] = number + 1
        return name + String(number)
    }

    func contains(_ name: String) -> Bool { used.contains(ByteText(name)) }
}

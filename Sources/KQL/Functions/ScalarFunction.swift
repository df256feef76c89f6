/// A function of KQL that makes one value of the values of a row.
struct ScalarFunction: Sendable {
    typealias Body = @Sendable (_ arguments: [Scalar], _ context: EvaluationContext) throws(FunctionFault) -> Scalar

    let name: String
    /// Older spellings.
    let aliases: [String]
    let parameters: [FunctionParameter]
    let layout: Layout
    let result: ResultRule
    let naming: ResultNaming
    /// The same arguments always give the same value.
    let isDeterministic: Bool
    private let body: Body

    /// How arguments are matched with parameters.
    enum Layout: Hashable, Sendable {
        /// One by one; the last parameter may be repeated, up to `limit` in all, and must stand as often as `minimum`.
        case list(minimum: Int, limit: Int)
        /// The two parameters alternate: `bag_pack(k, v, k, v)`.
        case pairs
        /// The first two alternate and the third closes: `case(p, v, p, v, else)`.
        case cases
    }

    /// What a column is called that a call makes without a name of its own (`ResultNameKind` of Kusto.Language).
    enum ResultNaming: Hashable, Sendable {
        /// `Column1` and so on.
        case none
        /// As its first argument: `tostring(x)` is `x`.
        case firstArgument
        /// The function's and the first argument's: `strlen_x`.
        case functionAndArgument
        /// Several columns: the argument's name, an underscore and this word for each argument.
        case eachArgument(String)
        /// Several columns: function, argument and these words. The value is an array of theirs.
        case columns([ResultColumn])
    }

    /// One of the columns of a function that makes several.
    struct ResultColumn: Hashable, Sendable {
        let name: String
        let type: ScalarType

        static func real(_ name: String) -> ResultColumn { ResultColumn(name: name, type: .real) }
        static func long(_ name: String) -> ResultColumn { ResultColumn(name: name, type: .long) }
        static func dynamic(_ name: String) -> ResultColumn { ResultColumn(name: name, type: .dynamic) }
    }

    init(
        _ name: String, aliases: [String] = [], _ parameters: [FunctionParameter],
        layout: Layout = .list(minimum: 0, limit: 64),
        _ result: ResultRule, naming: ResultNaming = .none, isDeterministic: Bool = true, _ body: @escaping Body
    ) {
        self.name = name
        self.aliases = aliases
        self.parameters = parameters
        self.layout = layout
        self.result = result
        self.naming = naming
        self.isDeterministic = isDeterministic
        self.body = body
    }

    /// The value for one row. The arguments are of the types that ``resultType(of:)`` accepted.
    ///
    /// Columns of a whole batch may get a body of their own later, beside this one.
    func evaluate(_ arguments: [Scalar], _ context: EvaluationContext) throws(FunctionFault) -> Scalar {
        try body(arguments, context)
    }
}

// MARK: Binding

extension ScalarFunction {
    /// Checks a call and says what type it has.
    ///
    /// - Throws: When the number of arguments, a type or a constant is wrong.
    func resultType(of arguments: [FunctionArgument]) throws(FunctionFault) -> ScalarType {
        guard accepts(count: arguments.count) else {
            throw FunctionFault("SEM0001", "\(name)(): \(arguments.count) arguments given, but it takes \(usage)")
        }
        for (index, argument) in arguments.enumerated() {
            let parameter = parameter(at: index, of: arguments.count)
            try check(argument, parameter, index)
        }
        guard let type = result.type(arguments) else {
            let types = arguments.map(\.type.rawValue).joined(separator: ", ")
            throw FunctionFault(
                "SEM0001", "\(name)(): types do not match: \(types)", suggestion: "Convert them to one type.")
        }
        return type
    }

    private func check(_ argument: FunctionArgument, _ parameter: FunctionParameter, _ index: Int) throws(FunctionFault)
    {
        guard parameter.types.contains(argument.type) else {
            let remedy =
                parameter.types.contains(.string)
                ? "Convert it with tostring(…)." : "Convert it to the type that is needed."
            throw FunctionFault(
                "SEM0202", "\(name)(): argument #\(index + 1) expected to be \(parameter.types.description) expression",
                suggestion: remedy)
        }
        guard let constant = argument.constant else {
            guard parameter.isConstant else { return }
            throw FunctionFault("SEM0001", "\(name)(): argument #\(index + 1) must be a constant")
        }
        if let fault = parameter.content.fault(of: constant, function: name) { throw fault }
    }

    func parameter(at index: Int, of count: Int) -> FunctionParameter {
        switch layout {
        case .list: parameters[min(index, parameters.count - 1)]
        case .pairs: parameters[index % 2]
        case .cases: index == count - 1 ? parameters[2] : parameters[index % 2]
        }
    }

    private func accepts(count: Int) -> Bool {
        switch layout {
        case .list(let minimum, let limit):
            let needed = max(minimum, parameters.filter { !$0.isOptional }.count)
            return count >= needed && count <= (parameters.last?.isRepeated ?? false ? limit : parameters.count)
        case .pairs: return count >= 2 && count % 2 == 0
        case .cases: return count >= 3 && count % 2 == 1
        }
    }

    /// `(source, delimiter [, index])`: for messages.
    var usage: String {
        var text = "("
        for (index, parameter) in parameters.enumerated() {
            let separator = index == 0 ? "" : parameter.isOptional ? " " : ", "
            text +=
                separator
                + (parameter.isOptional ? "[" + (index == 0 ? "" : ", ") + parameter.name + "]" : parameter.name)
            if parameter.isRepeated || layout != .list(minimum: 0, limit: 64) && index == 1 { text += ", …" }
        }
        return text + ")"
    }
}

/// One parameter of a function: what it takes.
struct FunctionParameter: Sendable {
    let name: String
    let types: ScalarTypes
    private(set) var isOptional = false
    /// The last parameter may stand for any number of arguments.
    private(set) var isRepeated = false
    /// The argument must be known before the query runs.
    private(set) var isConstant = false
    private(set) var content = ContentRule.any

    init(_ name: String, _ types: ScalarTypes) {
        self.name = name
        self.types = types
    }

    /// What a constant text must be besides a string.
    enum ContentRule: Hashable, Sendable {
        case any
        /// A regular expression.
        case pattern
        /// A regular expression with groups in brackets.
        case patternWithGroups
        case datetimeFormat, timespanFormat
        /// One of these words, in whatever case.
        case word([String])
        /// The name of a type, which stands for `typeof(…)`.
        case typeName
    }

    // Kusto's kinds of parameters, as its language service has them (Functions.cs of Kusto.Language, MIT).
    static func any(_ name: String) -> FunctionParameter { FunctionParameter(name, .any) }
    /// A string and nothing else.
    static func string(_ name: String) -> FunctionParameter { FunctionParameter(name, .string) }
    /// A string or a dynamic, which counts as its text.
    static func text(_ name: String) -> FunctionParameter { FunctionParameter(name, [.string, .dynamic]) }
    static func integer(_ name: String) -> FunctionParameter { FunctionParameter(name, [.integer, .dynamic]) }
    static func number(_ name: String) -> FunctionParameter { FunctionParameter(name, .number) }
    static func bool(_ name: String) -> FunctionParameter { FunctionParameter(name, .bool) }
    static func datetime(_ name: String) -> FunctionParameter { FunctionParameter(name, .datetime) }
    static func timespan(_ name: String) -> FunctionParameter { FunctionParameter(name, .timespan) }
    static func dynamic(_ name: String) -> FunctionParameter { FunctionParameter(name, .dynamic) }
    static func pattern(_ name: String) -> FunctionParameter { string(name).holding(.pattern) }

    /// A constant among these words.
    static func word(_ name: String, _ words: [String]) -> FunctionParameter {
        string(name).constant.holding(.word(words))
    }
    static let typeName = string("typeof").constant.holding(.typeName)

    var optional: FunctionParameter { with { $0.isOptional = true } }
    var repeated: FunctionParameter { with { $0.isRepeated = true } }
    var constant: FunctionParameter { with { $0.isConstant = true } }

    func holding(_ content: ContentRule) -> FunctionParameter { with { $0.content = content } }

    private func with(_ change: (inout FunctionParameter) -> Void) -> FunctionParameter {
        var copy = self
        change(&copy)
        return copy
    }
}

/// An argument as the binder knows it.
struct FunctionArgument: Sendable {
    let type: ScalarType
    /// Its value where it is known before the query runs.
    let constant: Scalar?

    init(_ type: ScalarType, constant: Scalar? = nil) {
        self.type = type
        self.constant = constant
    }

    init(constant: Scalar) { self.init(constant.type, constant: constant) }
}

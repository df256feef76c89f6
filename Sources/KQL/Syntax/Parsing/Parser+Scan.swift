// `scan`, which matches sequences of rows.

extension Parser {
    mutating func scan(from start: SourceSpan) throws(KQLFault) -> Scan {
        let parameters = try parameters(["with_match_id", "with_step_name", "kind"])
        var order: [OrderedExpression] = []
        var partition: [Expression] = []
        if accept(word: "order") {
            try expect(word: "by")
            order = try list { parser throws(KQLFault) in try parser.orderedExpression() }
        }
        if accept(word: "partition") {
            try expect(word: "by")
            partition = try list { parser throws(KQLFault) in try parser.expression() }
        }
        let variables = try scanVariables()
        try expect(word: "with")
        try expect(.openParenthesis)
        var steps: [Scan.Step] = []
        repeat { steps.append(try scanStep()) } while !at(.closeParenthesis)
        advance()
        return Scan(
            parameters: parameters, order: order, partition: partition, variables: variables, steps: steps,
            span: span(from: start))
    }

    private mutating func scanVariables() throws(KQLFault) -> [FunctionDeclaration.Parameter] {
        guard accept(word: "declare") else { return [] }
        try expect(.openParenthesis)
        return try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.scalarParameter() }
    }

    /// `step name [ optional ] [ output = kind ] : condition [ => name = value, … ] ;`.
    private mutating func scanStep() throws(KQLFault) -> Scan.Step {
        let start = try expect(word: "step")
        let name = try newName("a step's name")
        let isOptional = accept(word: "optional")
        var output: Scan.Output?
        if accept(word: "output") {
            try expect(.assign)
            output = current.word.flatMap(Scan.Output.init)
            guard output != nil else {
                throw expected("`all`, `last` or `none`", near: Scan.Output.allCases.map(\.rawValue))
            }
            advance()
        }
        try expect(.colon)
        let condition = try expression()
        let assignments = accept(.arrow) ? try namedExpressions() : []
        try expect(.semicolon)
        return .init(
            name: name, isOptional: isOptional, output: output, condition: condition, assignments: assignments,
            span: span(from: start))
    }
}

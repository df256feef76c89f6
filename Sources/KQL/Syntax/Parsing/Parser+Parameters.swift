internal import Diagnostics

// `name=value` between an operator's word and its arguments.

extension Parser {
    /// The parameters that stand here: those named, and hints, which every operator takes.
    mutating func parameters(_ names: Set<String> = []) throws(KQLFault) -> [OperatorParameter] {
        var parameters: [OperatorParameter] = []
        while let words = parameterWords(names) {
            let start = current.span
            let text = words == 3 ? "hint." + (ahead(2).word ?? "") : current.word ?? ""
            for _ in 0..<words { advance() }
            let name = Name(text: text, span: span(from: start))
            try expect(.assign)
            let value = try parameterValue()
            parameters.append(OperatorParameter(name: name, value: value, span: span(from: start)))
        }
        return parameters
    }

    /// How many tokens name the parameter that stands here.
    private func parameterWords(_ names: Set<String>) -> Int? {
        guard let word = current.word else { return nil }
        if word == "hint", ahead().symbol == .dot, ahead(2).word != nil, ahead(3).symbol == .assign { return 3 }
        return names.contains(word) && ahead().symbol == .assign ? 1 : nil
    }

    /// A word, a bracketed name, or a literal.
    mutating func parameterValue() throws(KQLFault) -> OperatorParameter.Value {
        if beginsLiteral || at(.minus) || at(.plus) { return .literal(try literalValue()) }
        return .name(try anyName("a value"))
    }

    /// `with (name = value, …)`, when it is there.
    mutating func properties() throws(KQLFault) -> [OperatorParameter] {
        guard accept(word: "with") else { return [] }
        try expect(.openParenthesis)
        return try list(until: .closeParenthesis, mayEndInComma: true) { parser throws(KQLFault) in
            let name = try parser.anyName("a property")
            try parser.expect(.assign)
            let value = try parser.parameterValue()
            return OperatorParameter(name: name, value: value, span: parser.span(from: name.span))
        }
    }

    /// Refuses a parameter whose value is none of the words an operator knows: a fault of meaning, as Kusto's parser
    /// takes any word there.
    mutating func check(_ name: String, of parameters: [OperatorParameter], among words: [String]) {
        guard let parameter = parameters[name], !words.contains(parameter.word ?? "") else { return }
        let text = parameter.word ?? ""
        refuse(
            KQLFault(
                "SEM0001", "`\(name)` cannot be `\(text.shortened)`", at: parameter.span,
                suggestion: words.remedy(for: text.shortened)))
    }
}

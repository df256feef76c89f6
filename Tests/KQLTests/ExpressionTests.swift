import Testing

@testable import KQL

@Suite("Expressions")
struct ExpressionTests {
    /// What is printed has only the brackets that are needed, and so shows what binds tighter.
    @Test(
        "Precedence",
        arguments: [
            ("((a or b)) and (c)", "(a or b) and c"), ("a or (b and c)", "a or b and c"),
            ("a and (b and c)", "a and (b and c)"),
            ("(a == b) == c", "(a == b) == c"), ("a < b == c < d", "a < b == c < d"), ("(a <> b)", "a != b"),
            ("a - (b - c)", "a - (b - c)"), ("(a - b) - c", "(a - b) - c"), ("a - b - c", "a - b - c"),
            ("a + (b * c)", "a + b * c"),
            ("(a + b) * c", "(a + b) * c"), ("a % b / c", "a % b / c"), ("-(a)", "-a"), ("-(a + b)", "-(a + b)"),
            ("a * (b has c)", "a * b has c"), ("(a * b) has c", "(a * b) has c"), ("a - -b", "a - -b"),
            ("(-a).b", "(-a).b"),
            ("a in (b, c) and d", "a in (b, c) and d"), ("(a in (b)) in (c)", "(a in (b)) in (c)"),
            ("a between (b .. c + 1)", "a between (b .. c + 1)"),
            ("a !between (1 .. 5) or b", "a !between (1 .. 5) or b"),
            ("x == 1 or y == 2 and not(z)", "x == 1 or y == 2 and not(z)"),
            ("a matches regex \"b\"", "a matches regex \"b\""),
        ])
    func precedence(text: String, expected: String) throws {
        #expect(try Query.parse("T | where \(text)").description == "T\n| where \(expected)")
    }

    @Test("Every operator between two values", arguments: ComparisonOperator.allCases)
    func comparisons(operation: ComparisonOperator) throws {
        let query = try Query.parse("T | where a \(operation.rawValue) b")
        guard case .pipeline(let pipeline)? = query.result,
            case .where(_, .comparison(let node))? = pipeline.stages.first?.operation
        else {
            Issue.record("no comparison: \(query)")
            return
        }
        #expect(node.operation == operation)
        #expect(query.text(at: node.operatorSpan) == operation.rawValue && query.text(at: node.span).hasPrefix("a "))
    }

    @Test("Every operator with a list", arguments: MembershipOperator.allCases)
    func memberships(operation: MembershipOperator) throws {
        let text = "T\n| where a \(operation.rawValue) (\"b\", c)"
        #expect(try Query.parse(text).description == text)
    }

    @Test(
        "Paths, calls and names",
        arguments: [
            ("a.b.c", "a.b.c"), ("a['b']", #"a["b"]"#), ("a[0][-1].b", "a[0][-1].b"), ("a.['b c']", #"a["b c"]"#),
            ("a.where", "a.where"),
            ("f(x)[0].type", "f(x)[0].type"), ("parse_json(a).b", "parse_json(a).b"), ("f()", "f()"),
            ("f(x = 1, 2)", "f(x = 1, 2)"),
            ("arg_max(a, *)", "arg_max(a, *)"), ("count(*)", "count(*)"), ("['a b'] + [\"c\"]", #"["a b"] + c"#),
            ("['where']", #"["where"]"#),
            ("$left.a == $right.b", "$left.a == $right.b"), ("* has \"x\"", "* has \"x\""),
            ("toscalar(T | count)", "toscalar(T | count)"),
            ("materialize((T))", "materialize(T)"), ("x in ((T | project a))", "x in (T | project a)"),
            ("range(1, 3)", #"["range"](1, 3)"#),
            ("cluster('a').database('b').T", #"cluster("a").database("b").T"#), ("table", "table"), ("count", "count"),
            ("value", "value"),
            ("datetime_diff('day', a, b)", #"datetime_diff("day", a, b)"#), ("a*2", "a * 2"), ("d.a*2", "d.a * 2"),
            ("null", "null"),
        ])
    func paths(text: String, expected: String) throws {
        #expect(try Query.parse("print \(text)").description == "print \(expected)")
    }

    @Test("A chain of any length is one flat node")
    func chains() throws {
        let query = try Query.parse("print " + Array(repeating: "a", count: 1000).joined(separator: " or "))
        guard case .pipeline(let pipeline)? = query.result,
            case .print(let columns)? = pipeline.stages.first?.operation,
            case .logical(let node)? = columns.first?.expression
        else {
            Issue.record("no chain")
            return
        }
        #expect(node.operands.count == 1000)
    }
}

extension Query {
    /// The last statement's expression.
    var result: Expression? {
        guard case .expression(let expression)? = statements.last else { return nil }
        return expression
    }

    func text(at span: SourceSpan) -> String {
        String(decoding: text.utf8.dropFirst(span.start).prefix(span.end - span.start), as: UTF8.self)
    }
}

import Foundation
import Tables

@testable import KQL

/// Evaluates `let`, `print`, `extend` and `project` of constant expressions: enough for recorded answers that show one
/// function each. What it does not know it refuses, so that nothing is compared by accident.
struct ExpressionEvaluator {
    struct Unsupported: Error { let what: String }
    /// A value is not of the type that the binder would have been told.
    struct BrokenPromise: Error { let function: String, promised: ScalarType, given: ScalarType }

    private var tokens: [Token]
    private var position = 0
    private var names: [String: Scalar] = [:]
    private let context = EvaluationContext(now: 0)

    enum Token: Equatable {
        case name(String), text(String), number(String), sign(String), literal(String, String)
    }

    init(_ query: String) throws {
        var lexer = ExpressionLexer(rest: Substring(query))
        tokens = try lexer.tokens()
    }

    /// The columns of the one row in their order.
    mutating func row() throws -> [(name: String, value: Scalar)] {
        while accept(.name("let")) {
            guard case .name(let name) = next(), accept(.sign("=")) else { throw Unsupported(what: "let") }
            names[name] = try expression()
            _ = accept(.sign(";"))
        }
        guard accept(.name("print")) else { throw Unsupported(what: "no print") }
        var columns = try items(prefix: "print_")
        while accept(.sign("|")) {
            columns.forEach { names[$0.name] = $0.value }
            let isExtend = accept(.name("extend"))
            guard isExtend || accept(.name("project")) else { throw Unsupported(what: "operator") }
            let more = try items(prefix: "Column")
            columns = (isExtend ? columns : []) + more
        }
        _ = accept(.sign(";"))
        guard position == tokens.count else { throw Unsupported(what: "rest") }
        return columns
    }

    private mutating func items(prefix: String) throws -> [(name: String, value: Scalar)] {
        var items: [(name: String, value: Scalar, isSplit: Bool)] = []
        repeat {
            let start = position
            if case .name(let name) = next(), accept(.sign("=")) {
                items.append((name, try expression(), false))
            } else {
                position = start
                let value = try expression()
                let isSplit = tokens[position - 1] == .sign(")") && isSplit(at: start)
                items.append(("\(prefix)\(items.count)", value, isSplit))
            }
            // Several columns of one call stand in an array here.
            if items[items.count - 1].isSplit, let values = items[items.count - 1].value.packed.elements {
                items.removeLast()
                items += values.map { ("", Scalar($0), false) }
            }
        } while accept(.sign(","))
        return items.map { ($0.name, $0.value) }
    }

    /// Whether a call that makes several columns stands there.
    private func isSplit(at start: Int) -> Bool {
        guard case .name(let name) = tokens[start], let function = ScalarFunctions.named(name) else { return false }
        if case .columns = function.naming { return true }
        return name == "array_sort_desc" && tokens[start + 3] == .sign(",")
    }

    private func peek() -> Token? { position < tokens.count ? tokens[position] : nil }

    private mutating func next() -> Token? {
        defer { position += 1 }
        return peek()
    }

    private mutating func accept(_ token: Token) -> Bool {
        guard peek() == token else { return false }
        position += 1
        return true
    }
}

// MARK: Expressions

extension ExpressionEvaluator {
    private mutating func expression() throws -> Scalar {
        var left = try comparison()
        while accept(.name("and")) { left = Logic.and(left, try comparison()) }
        return left
    }

    private mutating func comparison() throws -> Scalar {
        let left = try sum()
        guard case .sign(let sign) = peek(), let operation = Comparison(rawValue: sign) else { return left }
        position += 1
        return operation(left, try sum())
    }

    private mutating func sum() throws -> Scalar { try chain(["+", "-"]) { try $0.product() } }
    private mutating func product() throws -> Scalar { try chain(["*", "/", "%"]) { try $0.unary() } }

    private mutating func chain(_ signs: [String], _ part: (inout Self) throws -> Scalar) throws -> Scalar {
        var left = try part(&self)
        while case .sign(let sign) = peek(), signs.contains(sign), let operation = Arithmetic(rawValue: sign) {
            position += 1
            left = operation(left, try part(&self))
        }
        return left
    }

    private mutating func unary() throws -> Scalar {
        if accept(.sign("-")) { return Arithmetic.negated(try unary()) }
        var value = try primary()
        while accept(.sign("[")) {
            value = Scalar(value.packed[try expression()])
            guard accept(.sign("]")) else { throw Unsupported(what: "index") }
        }
        return value
    }

    private mutating func primary() throws -> Scalar {
        switch next() {
        case .text(let text): return .string(text)
        case .number(let number): return try Self.number(number)
        case .literal(let type, let content):
            guard let type = ScalarType(written: type), let value = Scalar(type, literal: content) else {
                throw Unsupported(what: content)
            }
            return value
        case .name("dynamic"):
            guard accept(.sign("(")) else { throw Unsupported(what: "dynamic") }
            let value = try json()
            guard accept(.sign(")")) else { throw Unsupported(what: "dynamic") }
            return Scalar(value)
        case .name("true"): return .bool(true)
        case .name("false"): return .bool(false)
        case .name(let name):
            if let value = names[name], peek() != .sign("(") { return value }
            return try call(name)
        case .sign("("):
            let value = try expression()
            guard accept(.sign(")")) else { throw Unsupported(what: "brackets") }
            return value
        case let other: throw Unsupported(what: "\(String(describing: other))")
        }
    }

    private mutating func call(_ name: String) throws -> Scalar {
        guard accept(.sign("(")), let function = ScalarFunctions.named(name) else { throw Unsupported(what: name) }
        var arguments: [Scalar] = []
        if !accept(.sign(")")) {
            repeat { arguments.append(try expression()) } while accept(.sign(","))
            guard accept(.sign(")")) else { throw Unsupported(what: name) }
        }
        let type = try function.resultType(of: arguments.map { FunctionArgument(constant: $0) })
        let value = try function.evaluate(arguments, context)
        guard value.type == type else { throw BrokenPromise(function: name, promised: type, given: value.type) }
        return value
    }

    private mutating func json() throws -> Dynamic {
        if accept(.sign("{")) {
            var members: [Dynamic.Bag.Member] = []
            while !accept(.sign("}")) {
                guard case .text(let key) = next(), accept(.sign(":")) else { throw Unsupported(what: "bag") }
                members.append(Dynamic.Bag.Member(key, try json()))
                _ = accept(.sign(","))
            }
            return .bag(Dynamic.Bag(members))
        }
        if accept(.sign("[")) {
            var elements: [Dynamic] = []
            while !accept(.sign("]")) {
                elements.append(try json())
                _ = accept(.sign(","))
            }
            return .array(elements)
        }
        if accept(.name("null")) { return .null }
        return try unary().packed
    }

    private static func number(_ text: String) throws -> Scalar {
        if text.hasPrefix("0x") { return Scalar(Scalar.integer(text)) }
        if let long = Int64(text) { return .long(long) }
        if let real = Double(text) { return .real(real) }
        guard let ticks = TimespanText.read(text) else { throw Unsupported(what: text) }
        return .timespan(ticks)
    }
}

// MARK: Tokens

private struct ExpressionLexer {
    var rest: Substring

    mutating func tokens() throws -> [ExpressionEvaluator.Token] {
        var tokens: [ExpressionEvaluator.Token] = []
        while let first = rest.first {
            if first.isWhitespace { rest.removeFirst(); continue }
            if rest.hasPrefix("//") { rest = rest.drop { $0 != "\n" }; continue }
            tokens.append(try token(first))
        }
        return tokens
    }

    private mutating func token(_ first: Character) throws -> ExpressionEvaluator.Token {
        if let match = rest.prefixMatch(of: /\['([^']*)'\]/), !rest.hasPrefix("['this") {
            return take(match.0, .name(String(match.1)))
        }
        if let match = rest.prefixMatch(of: /@"([^"]*)"|@'([^']*)'/) {
            return take(match.0, .text(String(match.1 ?? match.2 ?? "")))
        }
        if first == "\"" || first == "'" { return try text(first) }
        if let match = rest.prefixMatch(
            of: /(datetime|time|timespan|bool|int|long|real|double|decimal|guid)\(([^()]*)\)/)
        {
            let content = String(match.2).trimmingCharacters(in: ["\"", "'", " "])
            if Scalar(ScalarType(written: String(match.1)) ?? .string, literal: content) != nil {
                return take(match.0, .literal(String(match.1), content))
            }
        }
        if let match = rest.prefixMatch(of: /0x[0-9A-Fa-f]+|\d+(\.\d+)?(e[+-]?\d+)?[a-z]*/) {
            return take(match.0, .number(String(match.0)))
        }
        if let match = rest.prefixMatch(of: /[A-Za-z_]\w*/) { return take(match.0, .name(String(match.0))) }
        if let match = rest.prefixMatch(of: /==|!=|<=|>=|[-+*\/%<>=(),;|{}:\[\]]/) {
            return take(match.0, .sign(String(match.0)))
        }
        throw ExpressionEvaluator.Unsupported(what: "character \(first)")
    }

    private mutating func take(_ text: Substring, _ token: ExpressionEvaluator.Token) -> ExpressionEvaluator.Token {
        rest = rest[text.endIndex...]
        return token
    }

    private mutating func text(_ quote: Character) throws -> ExpressionEvaluator.Token {
        var text = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            if character == quote { return .text(text) }
            guard character == "\\" else { text.append(character); continue }
            let escapes: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r"]
            guard let next = rest.popFirst() else { break }
            text.append(escapes[next] ?? next)
        }
        throw ExpressionEvaluator.Unsupported(what: "string")
    }
}

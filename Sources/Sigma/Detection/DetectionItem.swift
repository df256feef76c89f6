internal import Diagnostics

/// One line of a selection: `field|modifier: value`.
struct DetectionItem {
    /// `nil` where the whole event is searched.
    let field: FieldPath?
    let modifiers: [Modifier]
    private let type: Modifier.ValueType
    private let key: String
    let context: RuleContext

    /// - Throws: When a modifier is unknown, or does not go with the others.
    init(key: String, mark: YAMLMark, context: RuleContext) throws(Diagnostic) {
        let parts = key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        field = parts[0].isEmpty ? nil : FieldPath(parts[0])
        self.key = key
        self.context = context
        var modifiers: [Modifier] = []
        for name in parts.dropFirst() {
            guard let modifier = Modifier(name: name) else {
                throw context.fault(
                    "`\(name.shown)` is no modifier of Sigma",
                    remedy: Modifier.allCases.map(\.rawValue).suggestion(for: name), at: mark)
            }
            modifiers.append(modifier)
        }
        self.modifiers = modifiers
        type = try Self.type(of: modifiers, isKeyword: parts[0].isEmpty, mark, context)
    }

    private static func type(
        of modifiers: [Modifier], isKeyword: Bool, _ mark: YAMLMark, _ context: RuleContext
    ) throws(Diagnostic) -> Modifier.ValueType {
        var type = modifiers.contains { $0.kind == .comparison } ? Modifier.ValueType.number : .text
        var namer = modifiers.first { $0.kind == .comparison }
        for modifier in modifiers {
            guard case .type(let own) = modifier.kind else { continue }
            if let namer, namer.kind != .comparison || own != .time { throw conflict(modifier, namer, mark, context) }
            (type, namer) = (own, modifier)
        }
        for modifier in modifiers where !type.allows(modifier.kind) {
            guard modifier.kind == .flag else { throw conflict(modifier, namer ?? .lt, mark, context) }
            throw context.fault(
                "`|\(modifier.rawValue)` needs `|re` before it", remedy: "Write `|re|\(modifier.rawValue)`", at: mark)
        }
        guard !isKeyword || [.text, .expression].contains(type) else {
            throw context.fault(
                "`|\((namer ?? .lt).rawValue)` needs a field", remedy: "Write the field's name before it", at: mark)
        }
        return type
    }

    private static func conflict(
        _ one: Modifier, _ other: Modifier, _ mark: YAMLMark, _ context: RuleContext
    ) -> Diagnostic {
        context.fault(
            "`|\(one.rawValue)` does not go with `|\(other.rawValue)`", remedy: "Leave one of them out", at: mark)
    }

    func has(_ modifier: Modifier) -> Bool { modifiers.contains(modifier) }
}

// MARK: Values

extension DetectionItem {
    /// What the item asks for.
    func predicate(of node: YAMLNode) throws(Diagnostic) -> Predicate {
        let values = node.elements ?? [node]
        guard !values.isEmpty else {
            throw context.fault("`\(key.shown)` has an empty list of values", remedy: "Write a value", at: node.mark)
        }
        var alternatives: [Predicate] = [], tests: [TextTest] = []
        for value in values {
            guard let scalar = value.scalar else {
                throw context.fault(
                    "`\(key.shown)` has \(value.kind) where a value belongs",
                    remedy: "Write a dotted path as the field",
                    at: value.mark)
            }
            do throws(Diagnostic) {
                switch try meaning(of: scalar) {
                case .texts(let texts) where has(.all): alternatives.append(holding(texts))
                case .texts(let texts): tests += texts
                case .condition(let condition): alternatives.append(field(condition))
                case .absence: alternatives.append(.not(field(.exists)))
                }
            } catch {
                throw context.placed(error, at: value.mark)
            }
        }
        if !tests.isEmpty { alternatives.append(holding(tests)) }
        let joined = has(.all) ? Predicate.every(alternatives) : .some(alternatives)
        return has(.neq) ? .not(joined) : joined
    }

    private enum Meaning {
        case texts([TextTest])
        case condition(ValueCondition)
        /// `exists: false`.
        case absence
    }

    private func field(_ condition: ValueCondition) -> Predicate {
        .field(FieldTest(path: field ?? FieldPath(""), condition: condition))
    }

    private func holding(_ tests: [TextTest]) -> Predicate {
        field == nil ? .keyword(TextTests(tests)) : field(.text(TextTests(tests)))
    }

    private func meaning(of value: YAMLScalar) throws(Diagnostic) -> Meaning {
        if value.isNull, type != .expression { return try null() }
        return switch type {
        case .text: .texts(try texts(of: value))
        case .expression: .texts(try expressions(of: value.text))
        case .network: .texts(try networks(of: value.text))
        case .existence: try existence(value)
        case .number: .texts([.number(NumberTest(comparison: comparison, number: try number(value)))])
        case .time: .texts([.time(TimeTest(part: timePart, comparison: comparison, number: try number(value)))])
        case .reference: .condition(.reference(try reference(to: value.text)))
        }
    }

    private func null() throws(Diagnostic) -> Meaning {
        guard field != nil, type == .text,
            !modifiers.contains(where: { [.opening, .transformation].contains($0.kind) })
        else {
            throw Diagnostic("null is no text, number or address", remedy: "Write `field: null` without modifiers")
        }
        return .condition(.isNull)
    }

    private func existence(_ value: YAMLScalar) throws(Diagnostic) -> Meaning {
        switch value.text.lowercased() {
        case "true", "yes", "on": return .condition(.exists)
        case "false", "no", "off": return .absence
        default: throw Diagnostic("`|exists` has `\(value.text.shown)` beside it", remedy: "Write `true` or `false`")
        }
    }

    private var comparison: Comparison {
        modifiers.lazy.compactMap { Comparison(rawValue: $0.rawValue) }.first ?? .equal
    }

    private var timePart: TimePart { modifiers.lazy.compactMap { TimePart(rawValue: $0.rawValue) }.first ?? .minute }

    private func number(_ value: YAMLScalar) throws(Diagnostic) -> Double {
        guard let number = value.number ?? DecimalNumber.parse(value.text) else {
            throw Diagnostic("`\(value.text.shown)` is no number", remedy: "Write a number")
        }
        return number
    }

    private func reference(to name: String) throws(Diagnostic) -> FieldReference {
        guard !name.isEmpty else {
            throw Diagnostic("`|fieldref` names no field", remedy: "Write the other field's name")
        }
        return FieldReference(
            path: FieldPath(name), isOpenBefore: has(.contains) || has(.endswith),
            isOpenAfter: has(.contains) || has(.startswith), isCased: has(.cased))
    }
}

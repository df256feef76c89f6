// `join` and `lookup`.

extension QueryBinder {
    mutating func joined(_ left: BoundTable, _ join: Join, isLookup: Bool) throws(KQLFault) -> BoundTable {
        let right = try unrepeated(join.right)
        var keys: [(left: Int, right: Int)] = []
        for condition in join.conditions {
            keys += try self.keys(of: condition, left, right, isLookup ? "lookup" : "join")
        }
        let kind = join.kind ?? (isLookup ? .leftOuter : .innerUnique)
        let rightKeys = Set(isLookup ? keys.map(\.right) : [])
        let leftColumns = kind.givesLeft ? Array(left.columns.indices) : []
        let rightColumns = kind.givesRight ? right.columns.indices.filter { !rightKeys.contains($0) } : []
        var unique = UniqueNames()
        let picked = leftColumns.map { left.columns[$0] } + rightColumns.map { right.columns[$0] }
        let columns = picked.map { ColumnSchema(unique.take($0.name), $0.type) }
        return BoundTable(
            .join(
                BoundJoin(
                    kind: kind, left: left, right: right, keys: keys, leftColumns: leftColumns,
                    rightColumns: rightColumns)), columns)
    }

    /// A column's name, `$left.a == $right.b`, or several of them with `and`.
    private func keys(
        of condition: Expression, _ left: BoundTable, _ right: BoundTable, _ word: String
    ) throws(KQLFault) -> [(left: Int, right: Int)] {
        switch condition {
        case .name(let name):
            return [try checked(column(name, of: left, word), column(name, of: right, word), left, right, name.span)]
        case .logical(let logical) where logical.operation == .and:
            var keys: [(left: Int, right: Int)] = []
            for operand in logical.operands { keys += try self.keys(of: operand, left, right, word) }
            return keys
        case .comparison(let comparison) where comparison.operation == .equal:
            guard let one = comparison.left.side, let other = comparison.right.side, one.isLeft != other.isLeft else {
                break
            }
            let (own, others) = one.isLeft ? (one.name, other.name) : (other.name, one.name)
            return [
                try checked(column(own, of: left, word), column(others, of: right, word), left, right, comparison.span)
            ]
        default: break
        }
        throw KQLFault(
            "SEM0400", "\(word): only columns of both sides may be compared, and only for equality", at: condition.span,
            suggestion: "Write the name that both sides have, or `$left.A == $right.B`.")
    }

    private func column(_ name: Name, of table: BoundTable, _ word: String) throws(KQLFault) -> Int {
        if let index = table.columns.index(named: name.text) { return index }
        throw KQLFault(
            "SEM0100", "'\(word)' operator: Failed to resolve column named '\(name.text)'", at: name.span,
            suggestion: table.columns.suggestion(for: name.text))
    }

    private func checked(
        _ left: Int, _ right: Int, _ leftTable: BoundTable, _ rightTable: BoundTable, _ span: SourceSpan
    ) throws(KQLFault) -> (left: Int, right: Int) {
        let (one, other) = (leftTable.columns[left].type, rightTable.columns[right].type)
        guard one != .dynamic, other != .dynamic, ScalarType.common(one, other) != nil else {
            throw KQLFault(
                "SEM0001", "join: keys of types \(one.rawValue) and \(other.rawValue) cannot be equal", at: span,
                suggestion: "Convert one with `extend` before the join.")
        }
        return (left, right)
    }
}

extension Expression {
    /// `$left.column` and `$right.column`.
    fileprivate var side: (isLeft: Bool, name: Name)? {
        guard case .path(let path) = self, case .name(let base) = path.base, path.steps.count == 1,
            base.text == "$left" || base.text == "$right"
        else { return nil }
        switch path.steps[0] {
        case .member(let name): return (base.text == "$left", name)
        case .element(.literal(let literal), let span):
            guard case .string(let text) = literal.value else { return nil }
            return (base.text == "$left", Name(text: text, span: span))
        default: return nil
        }
    }
}

extension Join.Kind {
    var givesLeft: Bool {
        switch self {
        case .rightSemi, .rightAnti, .rightAntiSemi: false
        default: true
        }
    }

    var givesRight: Bool {
        switch self {
        case .leftSemi, .leftAnti, .leftAntiSemi, .anti: false
        default: true
        }
    }
}

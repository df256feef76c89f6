// Objects whose keys are known: in the order of the event before, as a rule.

extension EventScanner {
    func object(_ brace: Position, node: Int, depth: Int) -> Position? {
        let range = nodes[node].keys
        var position = space(brace + 1)
        if position.pointee == UInt8(ascii: "}") { return position + 1 }
        var expected = firsts[node], last = -1
        while position.pointee == UInt8(ascii: "\"") {
            var found = expected
            if isKey(expected, at: position + 1) {
                position += keys[expected].count + 2
            } else {
                guard let end = plainEnd(of: position + 1) else { return nil }
                found = key(in: range, at: position + 1, count: end - position - 1)
                if found < 0, nodes[node].tellsShape, !isHarmless(position + 1, end, node) { return nil }
                position = end + 1
            }
            position = space(position)
            guard position.pointee == UInt8(ascii: ":") else { return nil }
            position = space(position + 1)
            if found >= 0 {
                if last >= 0 { followers[last] = found } else { firsts[node] = found }
                (last, expected) = (found, followers[found])
                guard let next = value(position, of: keys[found], depth: depth) else { return nil }
                position = space(next)
            } else {
                guard let next = skip(position, depth: depth) else { return nil }
                position = space(next)
            }
            guard position.pointee == UInt8(ascii: ",") else {
                return position.pointee == UInt8(ascii: "}") ? position + 1 : nil
            }
            position = space(position + 1)
        }
        return nil
    }

    /// Whether a key and its closing quote stand here.
    @inline(__always)
    private func isKey(_ index: Int, at position: Position) -> Bool {
        let key = keys[index], count = key.count
        let here = UnsafeRawPointer(position)
        guard position[count] == UInt8(ascii: "\"") else { return false }
        let head = here.loadUnaligned(as: UInt64.self)
        guard count > 8 else { return head & ~(~0 << UInt64(8 * count)) == key.head }
        return head == key.head && here.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) == key.tail
            && (count <= 16 || here.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == key.middle)
    }

    /// The key of a node that stands here with this length; -1 when it has none.
    private func key(in range: Range<Int>, at position: Position, count: Int) -> Int {
        for index in range where keys[index].count == count && isKey(index, at: position) { return index }
        return -1
    }

    /// Whether a key that is not known leaves the shape as it is: a path does not, as it is of other products' flat
    /// events, and `p_` is Panther's.
    private func isHarmless(_ start: Position, _ end: Position, _ node: Int) -> Bool {
        let key = UnsafeBufferPointer(start: start, count: end - start)
        if node == 0 { hasOtherKeys = true }
        if key.contains(UInt8(ascii: ".")) { return false }
        return key.starts(with: "p_".utf8) ? agrees(with: .panther) : true
    }

    /// Whether what a key tells goes with what others have told.
    private func agrees(with other: FieldTree.Sign) -> Bool {
        if other == .collector {
            hasCollectorKeys = true
            return true
        }
        guard sign == .none || sign == other else { return false }
        sign = other
        return true
    }

    private func value(_ position: Position, of key: FieldTree.Key, depth: Int) -> Position? {
        guard met[key.node] != number else { return nil }
        met[key.node] = number
        if key.sign != .none, key.sign != sign, !agrees(with: key.sign) { return nil }
        let node = nodes[key.node]
        switch position.pointee {
        case UInt8(ascii: "\""):
            return node.slot < 0 ? string(position)?.end : text(position, slot: node.slot)
        case UInt8(ascii: "{") where node.remembered >= 0:
            return remembered(position, of: key.node, depth: depth + 1)
        case UInt8(ascii: "{") where !node.keys.isEmpty:
            let end = object(position, node: key.node, depth: depth + 1)
            if key.sign.isWrapping, let end { inner = (position, end) }
            return end
        case UInt8(ascii: "[") where node.firstElement >= 0:
            return array(position, first: node.firstElement, depth: depth + 1)
        default:
            return node.slot < 0 ? skip(position, depth: depth) : literal(position, slot: node.slot, depth: depth)
        }
    }

    /// An object that earlier events may have had as well.
    private func remembered(_ position: Position, of node: Int, depth: Int) -> Position? {
        let object = nodes[node].remembered
        if let entry = memory.recall(object, at: position, depth: depth, newline: newline, limit: limit ?? position) {
            for (index, slot) in memory.fields[object].enumerated() {
                let code = Int(truncatingIfNeeded: entry.pointee.code(index))
                slots[slot] = Slot(start: position, count: code, kind: .known)
            }
            return position + entry.pointee.count
        }
        let isSkipped = nodes[node].keys.isEmpty
        let end = isSkipped ? skip(position, depth: depth - 1) : self.object(position, node: node, depth: depth)
        if let end { memory.note(object, from: position, to: end, depth: depth, newline: newline) }
        return end
    }

    /// An array of which the first element is known.
    private func array(_ bracket: Position, first: Int, depth: Int) -> Position? {
        let position = space(bracket + 1)
        guard position.pointee == UInt8(ascii: "{") else { return skip(bracket, depth: depth - 1) }
        guard var next = object(position, node: first, depth: depth + 1) else { return nil }
        next = space(next)
        while next.pointee == UInt8(ascii: ",") {
            guard let after = skip(space(next + 1), depth: depth) else { return nil }
            next = space(after)
        }
        return next.pointee == UInt8(ascii: "]") ? next + 1 : nil
    }

    private func text(_ quote: Position, slot: Int) -> Position? {
        guard let (end, isEscaped) = string(quote) else { return nil }
        slots[slot] = Slot(start: quote + 1, count: end - quote - 2, kind: isEscaped ? .escapedText : .text)
        return end
    }

    /// What is no string where a field is expected: a number or a word is kept as it is written. Where text is
    /// expected a number that could be written otherwise is left to the slower reader, and everywhere `-0`, which is
    /// the whole number 0.
    private func literal(_ position: Position, slot: Int, depth: Int) -> Position? {
        guard let end = skip(position, depth: depth) else { return nil }
        let isDigit = position.pointee &- UInt8(ascii: "0") <= 9
        switch position.pointee {
        case UInt8(ascii: "n"), UInt8(ascii: "{"), UInt8(ascii: "["): return end
        case UInt8(ascii: "t"), UInt8(ascii: "f"): break
        case UInt8(ascii: "-") where end - position == 2 && position[1] == UInt8(ascii: "0"): return nil
        default:
            let isPlain = isDigit && end - position <= 15 && UnsafeBufferPointer(start: position, count: end - position)
                .allSatisfy { $0 != UInt8(ascii: ".") }
            guard isPlain || slot >= EventField.allCases.count && slot < FieldTree.publishedSlot else { return nil }
        }
        slots[slot] = Slot(start: position, count: end - position, kind: .literal)
        return end
    }
}

/// All forms of all texts as one tree of scalars.
struct FormTree {
    /// How a form came to be; where two texts share a form, the greater rank has it.
    enum Rank: Int { case folded, escaped, plain }

    private var edges: [UInt64: UInt32] = [:]
    private var ends: [UInt32: (pseudonym: String, rank: Rank)] = [:]
    private var count: UInt32 = 1

    /// A cut text must show at least so many scalars of a registered one.
    private static let leastCut = 3

    mutating func insert(_ form: [Unicode.Scalar], _ pseudonym: String, _ rank: Rank) {
        var node: UInt32 = 0
        for scalar in form {
            let key = Self.key(node, scalar)
            node = edges[key] ?? count
            if node == count {
                edges[key] = node
                count += 1
            }
        }
        if let present = ends[node], present.rank.rawValue >= rank.rawValue { return }
        ends[node] = (pseudonym, rank)
    }

    func pseudonym(ofPlain text: [Unicode.Scalar]) -> String? {
        end(of: text[...]).flatMap { $0.rank == .plain ? $0.pseudonym : nil }
    }

    /// The longest form at a place, and the end of a longer one that was cut with `…`.
    func longest(at start: Int, in text: [Unicode.Scalar]) -> (known: (end: Int, pseudonym: String)?, cut: Int?) {
        var node: UInt32 = 0, position = start, found: (end: Int, pseudonym: String)?
        while position < text.count, let next = edges[Self.key(node, text[position].folded)] {
            node = next
            position += 1
            if let end = ends[node], text.mayEndToken(at: position) || !text[position - 1].isWordPart {
                found = (position, end.pseudonym)
            }
        }
        if let end = found?.end, let exact = self.end(of: text[start..<end]) { found = (end, exact.pseudonym) }
        let isCut = position - start >= Self.leastCut && position > found?.end ?? 0 && position < text.count
            && text[position] == "…"
        return (found, isCut ? position + 1 : nil)
    }

    private func end(of text: ArraySlice<Unicode.Scalar>) -> (pseudonym: String, rank: Rank)? {
        var node: UInt32 = 0
        for scalar in text {
            guard let next = edges[Self.key(node, scalar)] else { return nil }
            node = next
        }
        return ends[node]
    }

    private static func key(_ node: UInt32, _ scalar: Unicode.Scalar) -> UInt64 {
        UInt64(node) << 32 | UInt64(scalar.value)
    }
}

extension BoundTable {
    /// Whether it reads the rows that an enclosing `mv-apply` or `partition` hands in, so that it has to be run anew
    /// for each. The sub-queries of those inside read what they are handed in turn.
    var readsEnclosing: Bool {
        switch node {
        case .enclosing: true
        case .apply(let input, _, _, _, _), .partition(let input, _, _): input.readsEnclosing
        default: inputs.contains(where: \.readsEnclosing)
        }
    }
}

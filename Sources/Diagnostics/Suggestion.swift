extension Collection<String> {
    /// The name in this collection that is nearest to `unknown`, when one is near enough to be a slip
    /// of the fingers: one edit for short names, two from six letters on.
    public func nearest(to unknown: String) -> String? {
        let allowed = unknown.count < 6 ? 1 : 2
        let closest = map { (name: $0, distance: $0.editDistance(to: unknown)) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return closest.flatMap { $0.distance <= allowed ? $0.name : nil }
    }

    /// The remedy for a name that is not in this collection.
    public func remedy(for unknown: String) -> String {
        if let nearest = nearest(to: unknown) { return "Did you mean `\(nearest)`?" }
        return "Use one of: \(sorted().joined(separator: ", "))"
    }
}

extension String {
    /// The number of single-character insertions, deletions, substitutions and swaps of neighbours
    /// between two names (optimal string alignment). Quadratic in their length.
    public func editDistance(to other: String) -> Int {
        let (own, other) = (Array(self), Array(other))
        var before = [Int](), last = Array(0...other.count)
        for i in own.indices {
            var row = [i + 1]
            for j in other.indices {
                let substituted = last[j] + (own[i] == other[j] ? 0 : 1)
                var best = Swift.min(substituted, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, own[i] == other[j - 1], own[i - 1] == other[j] {
                    best = Swift.min(best, before[j - 1] + 1)
                }
                row.append(best)
            }
            (before, last) = (last, row)
        }
        return last[other.count]
    }
}

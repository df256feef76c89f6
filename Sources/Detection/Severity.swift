/// How bad something is, in the four steps of the contract; later cases are worse.
public enum Severity: String, CaseIterable, Comparable, Sendable {
    case low, medium, high, critical

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    /// One step milder.
    var lowered: Severity { Self.allCases.last { $0 < self } ?? self }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

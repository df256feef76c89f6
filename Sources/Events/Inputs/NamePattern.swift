/// A shell pattern for a name, as in glob(7): `*`, `?`, `[a-z]`, `[!a]`; a backslash takes a mark's meaning away.
/// Compares scalars, so that `?` stands for `é` too.
public struct NamePattern: Hashable, Sendable {
    private let parts: [Part]

    private enum Part: Hashable, Sendable {
        case literal(Unicode.Scalar)
        case anyOne
        case anyRun
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .literal(let own): own == scalar
            case .anyOne: true
            case .anyRun: false
            case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
            }
        }
    }

    /// A pattern as the user writes it; a mark that is left open stands for itself.
    public init(_ text: some StringProtocol) {
        let scalars = Array(text.unicodeScalars)
        var parts: [Part] = [], index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "*": if parts.last != .anyRun { parts.append(.anyRun) }
            case "?": parts.append(.anyOne)
            case "[":
                if let (set, end) = Self.set(in: scalars, after: index) {
                    parts.append(set)
                    index = end
                } else {
                    parts.append(.literal("["))
                }
            case "\\" where index + 1 < scalars.count:
                index += 1
                parts.append(.literal(scalars[index]))
            default: parts.append(.literal(scalars[index]))
            }
            index += 1
        }
        self.parts = parts
    }

    /// The set that begins at a bracket, and where its closing bracket is; `nil` when it has none. A closing bracket
    /// that comes first stands for itself, and so does a hyphen that comes first or last.
    private static func set(in scalars: [Unicode.Scalar], after open: Int) -> (Part, end: Int)? {
        var index = open + 1
        let isNegated = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
        if isNegated { index += 1 }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        let first = index
        while index < scalars.count, scalars[index] != "]" || index == first {
            let low = scalars[index]
            if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
                if low <= scalars[index + 2] { ranges.append(low...scalars[index + 2]) }
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        return index < scalars.count ? (.set(ranges, isNegated: isNegated), index) : nil
    }

    /// Whether the name of a file fits. One that begins with a dot fits only a pattern that does (hidden files).
    func matches(_ name: String) -> Bool {
        (name.unicodeScalars.first != "." || parts.first == .literal(".")) && matches(text: name)
    }

    /// Whether a whole text fits, letter case included. Takes at most as many steps as the lengths of text and pattern
    /// multiplied.
    public func matches(text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        // On a mismatch only the last run may take one more: what earlier runs took cannot matter any more.
        var (position, part) = (0, 0), lastRun: (part: Int, position: Int)?
        while position < scalars.count {
            if part < parts.count, parts[part] == .anyRun {
                lastRun = (part, position)
                part += 1
            } else if part < parts.count, parts[part].matches(scalars[position]) {
                (position, part) = (position + 1, part + 1)
            } else if let run = lastRun {
                lastRun = (run.part, run.position + 1)
                (position, part) = (run.position + 1, run.part + 1)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .anyRun }
    }
}

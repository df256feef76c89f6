import Diagnostics

/// The exit status of the program (`contract.md`, *Exit codes*).
enum ExitStatus: Int32, Sendable {
    case done = 0, failed = 1, usage = 2, severityFound = 3, inputRejected = 4, difference = 5, unavailable = 6
    case interrupted = 130

    init(_ kind: Diagnostic.Kind) {
        switch kind {
        case .failed: self = .failed
        case .usage: self = .usage
        case .difference: self = .difference
        case .unavailable: self = .unavailable
        case .interrupted: self = .interrupted
        }
    }

    /// Of several in one batch the first of these counts.
    private static let order: [ExitStatus] = [
        .interrupted, .failed, .unavailable, .difference, .inputRejected, .severityFound, .usage, .done,
    ]

    /// The one of two that counts.
    func and(_ other: ExitStatus) -> ExitStatus { Self.order.first { $0 == self || $0 == other } ?? self }
}

/// How often a rule runs and how far back each run looks, in seconds.
///
/// A run looks back over the behaviour's window and one step more, so that what lies across two steps is seen whole by
/// one of them. Sentinel allows 5 minutes to 14 days, and from 2 days on no more than one run an hour.
struct RuleSchedule: Hashable, Sendable {
    static let longest = 14 * 86_400

    let frequency: Int
    let period: Int

    /// - Parameters:
    ///   - window: What the behaviour takes at most.
    ///   - looksBack: Whether it is compared with as much of the past as the service allows.
    init(window: Double, looksBack: Bool = false) {
        let seconds = window.isFinite ? max(60, min(window, Double(Self.longest))) : Double(Self.longest)
        let window = Int(seconds.rounded(.up))
        frequency = window <= 900 && !looksBack ? 300 : window <= 3600 && !looksBack ? 900 : 3600
        let sum = (window + frequency + 59) / 60 * 60
        period = looksBack ? Self.longest : min(sum, Self.longest)
    }

    /// Of single events: a run looks at what came since the one before, so that each is reported once.
    ///
    /// - Parameter window: The stretch in which they were looked for, in seconds; the shorter, the sooner they matter.
    init(rowsOf window: Double) {
        frequency = RuleSchedule(window: window).frequency
        period = frequency
    }

    /// `PT1H15M`.
    static func iso(_ seconds: Int) -> String {
        let parts = [
            (seconds / 86_400, "D"), (seconds % 86_400 / 3600, "H"), (seconds % 3600 / 60, "M"), (seconds % 60, "S"),
        ]
        let time = parts.dropFirst().filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        let days = parts[0].0 > 0 ? "\(parts[0].0)D" : ""
        return "P" + days + (time.isEmpty ? "" : "T" + time)
    }
}

internal import Diagnostics
public import Tables

/// The stretch of time that a remote query sees, in addition to its own conditions.
public enum RemoteTimespan: Hashable, Sendable {
    /// Until now, this many seconds.
    case last(seconds: Int)
    /// From a time to a later one.
    case between(Timestamp, Timestamp)

    /// In ISO 8601: a duration such as `PT12H`, or two times with a slash between them.
    public var text: String {
        switch self {
        case .last(let seconds): ISODuration.text(seconds: seconds)
        case .between(let start, let end): "\(start)/\(end)"
        }
    }

    /// How long it is, in seconds.
    var seconds: Double {
        switch self {
        case .last(let seconds): Double(seconds)
        case .between(let start, let end): end.seconds(since: start)
        }
    }

    /// - Parameter longest: In seconds, or `nil` for no bound.
    /// - Throws: A `Diagnostic` of kind `.usage` for what is empty or longer than the service keeps.
    func check(longest: Int? = nil, service: String) throws {
        guard seconds > 0 else {
            throw Diagnostic(
                "the time span \(text) is empty", remedy: "Give a start before the end, or a length such as 24h",
                kind: .usage)
        }
        if let longest, seconds > Double(longest) {
            throw Diagnostic(
                "\(service) keeps \(longest / 86_400) days, less than the time span \(text)",
                remedy: "Ask for at most \(longest / 86_400) days", kind: .usage)
        }
    }
}

/// Durations of ISO 8601 that have one length: of days, hours, minutes and whole seconds.
enum ISODuration {
    private static let units: [(name: Character, seconds: Int)] = [("D", 86_400), ("H", 3600), ("M", 60), ("S", 1)]

    /// `nil` for any other text, years and months included.
    static func seconds(_ text: String) -> Int? {
        guard text.utf8.first == UInt8(ascii: "P"), text.utf8.count <= 40 else { return nil }
        var total = 0, units = units[...], isTime = false, digits = "", parts = 0
        for character in text.dropFirst() {
            if character == "T", !isTime, digits.isEmpty {
                (isTime, parts) = (true, 0)
                if units.first?.name == "D" { units.removeFirst() }
            } else if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                guard let index = units.firstIndex(where: { $0.name == character }), isTime || character == "D",
                    let count = Int(digits), count <= 1_000_000_000
                else { return nil }
                total += count * units[index].seconds
                units = units[(index + 1)...]
                (digits, parts) = ("", parts + 1)
            }
        }
        return digits.isEmpty && parts > 0 ? total : nil
    }

    /// The shortest text, such as `P1DT30M`.
    static func text(seconds: Int) -> String {
        var rest = max(0, seconds), date = "", time = ""
        for unit in units where rest >= unit.seconds {
            let part = "\(rest / unit.seconds)\(unit.name)"
            if unit.name == "D" { date += part } else { time += part }
            rest %= unit.seconds
        }
        if date.isEmpty, time.isEmpty { return "PT0S" }
        return "P" + date + (time.isEmpty ? "" : "T" + time)
    }
}

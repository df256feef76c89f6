internal import Diagnostics

/// The violations of one rule, as they are found.
struct RuleViolations {
    private(set) var all: [Diagnostic] = []

    mutating func add(_ problem: String, _ remedy: String) {
        all.append(Diagnostic(problem, remedy: remedy, kind: .usage))
    }

    /// Lengths are in UTF-16, as .NET counts.
    mutating func checkLength(_ field: String, _ text: String, _ limits: ClosedRange<Int>) {
        let count = text.utf16.count
        if count < limits.lowerBound {
            add("\(field) is empty", "Write a text of at most \(limits.upperBound) characters")
        }
        if count > limits.upperBound {
            add("\(field) has \(count) characters, more than \(limits.upperBound)", "Shorten it")
        }
    }

    /// The duration in seconds; `nil` when it cannot be read.
    mutating func checkDuration(
        _ field: String, _ text: String, _ limits: ClosedRange<Int>, _ words: String
    ) -> Int? {
        guard let seconds = ISODuration.seconds(text) else {
            add("\(field) `\(text.visible(limit: 40))` is not a duration", "Write it like PT1H or P1DT12H")
            return nil
        }
        if !limits.contains(seconds) { add("\(field) is \(text), which is out of range", "Set it from \(words)") }
        return seconds
    }

    mutating func checkRepeated(_ field: String, _ texts: [String]) {
        var seen: Set<[UInt8]> = []
        for text in texts where !seen.insert(Array(text.utf8)).inserted {
            add("\(field) has `\(text.visible(limit: 60))` twice", "Remove one of them")
        }
    }

    /// A column of a Log Analytics result: at most 500 letters, digits and `_`, no digit first.
    mutating func checkColumn(_ owner: String, _ column: String) {
        if !RuleNames.isName(column, limit: 500, mayBeginWithUnderscore: true) {
            add(
                "\(owner) names the column `\(column.visible(limit: 60))`, which cannot be one",
                "Use letters, digits and `_`, and no digit first; rename the column with `project-rename`")
        }
    }
}

/// The names that the service allows.
enum RuleNames {
    /// ASCII letters, digits and `_`, beginning with a letter, or with `_` where that is allowed.
    static func isName(_ text: String, limit: Int, mayBeginWithUnderscore: Bool) -> Bool {
        let underscore = UInt8(ascii: "_")
        guard let first = text.utf8.first, text.utf8.count <= limit, !(0x30...0x39).contains(first),
            first != underscore || mayBeginWithUnderscore
        else { return false }
        return text.utf8.allSatisfy { PathName.isLetterOrDigit($0) || $0 == underscore }
    }
}

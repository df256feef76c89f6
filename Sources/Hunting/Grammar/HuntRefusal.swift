internal import Diagnostics

/// Says why a question is not hunted, and what of it was understood.
enum HuntRefusal {
    /// What only looks like a hunt: an order to do something, or a question to the world outside.
    static func before(_ reading: HuntReading) -> Diagnostic? {
        if let verb = order(reading) {
            return refusal(
                "a hunt only reads, and `\(verb)` asks for something to be done", reading,
                "Use the command for it (`help`), or ask what happened")
        }
        if let word = explanation(reading) {
            return refusal(
                "a hunt finds events, and `\(word)` asks for an explanation", reading,
                "Ask what happened, or use `help`, `why`, `show`")
        }
        if let word = sequence(reading) {
            return refusal(
                "one thing `\(word)` another is more than one query of a hunt tells", reading,
                "Ask for the failures and the successes by themselves, or write the query: `query …`")
        }
        let outside = ["virustotal", "reputation", "whois", "shodan", "abuseipdb", "geolocate", "cve", "exploitdb"]
        guard let word = reading.plain.first(where: outside.contains) else { return nil }
        return refusal(
            "`\(word)` is outside knowledge, and a hunt reads the loaded or connected tables alone", reading,
            "Ask what the logs show, such as `connections to 203.0.113.9 in the last 24 hours`")
    }

    /// What the table that knows of the subject cannot tell.
    static func lost(_ reading: HuntReading, _ choice: HuntChoice) -> Diagnostic {
        refusal(
            "\(choice.table), which knows of \(choice.subject), cannot tell "
                + choice.lost.map(\.words).joined(separator: ", "),
            reading, "Ask without it, or about something else that happened there")
    }

    /// What no table answers.
    static func after(_ reading: HuntReading, _ catalog: HuntCatalog) -> Diagnostic {
        refusal(
            "what to look for was not understood", reading,
            "Name what happened, such as `failed logins by jdoe in the last 2 hours`; tables: \(tables(catalog))")
    }

    private static let verbs: Set<String> = [
        "isolate", "release", "quarantine", "scan", "kill", "terminate", "reset", "unlock", "disable", "enable",
        "delete",
        "drop", "remove", "revoke", "block", "unblock", "deploy", "create", "write", "send", "email", "notify",
        "escalate",
        "restart", "reboot", "shutdown", "patch", "install", "uninstall", "suspend", "truncate", "update", "insert",
        "ban",
        "contain", "purge", "alter", "add", "give", "grant", "lock", "deactivate", "ingest", "translate", "wipe",
        ".drop",
        ".purge", ".show", ".set", ".alter", ".create", ".delete", ".ingest", ".append", "set",
    ]

    /// The verb of an order, which stands first but for politeness.
    private static func order(_ reading: HuntReading) -> String? {
        let polite: Set<String> = [
            "please", "pls", "can", "could", "you", "would", "now", "just", "go", "hey", "hi", "ok", "and", "then", "i",
            "want", "need", "to", "lets", "let's",
        ]
        let words = reading.tokens.map(\.lower)
        guard let index = words.firstIndex(where: { !polite.contains($0) }), verbs.contains(words[index]) else {
            return nil
        }
        let next = index + 1 < words.count ? words[index + 1] : ""
        // `lock outs per day` and `delete operations` are things that happened.
        let deeds = ["outs", "ins", "ons", "operations", "events", "actions", "attempts", "requests", "activity"]
        if deeds.contains(next) { return nil }
        // `give me the failed logins` is a hunt.
        if words[index] == "give" { return ["me", "us"].contains(next) ? nil : words[index] }
        return words[index]
    }

    /// A word that asks for words and not for events.
    private static func explanation(_ reading: HuntReading) -> String? {
        let words = reading.tokens.map(\.lower)
        let verbs: Set<String> = [
            "explain", "describe", "define", "teach", "recommend", "advise", "suggest", "summarize", "summarise",
            "draft",
        ]
        let counts = ["by", "per", "count"]
        if let first = words.first, verbs.contains(first), !words.contains(where: counts.contains) { return first }
        // `what is our policy`: how things are set, and not what happened.
        let isState =
            ["what is our", "what are our", "what's our", "how do i", "how do we", "how can i"].contains {
                words.starts(with: $0.split(separator: " ").map(String.init))
            }
        return isState && reading.range.words.isEmpty ? words.prefix(2).joined(separator: " ") : nil
    }

    /// `success after failures`: an order of events.
    private static func sequence(_ reading: HuntReading) -> String? {
        guard AppliedQualifier.isBoth(reading) else { return nil }
        return reading.plain.first { ["after", "before", "then", "followed"].contains($0) }
    }

    private static func refusal(_ problem: String, _ reading: HuntReading, _ remedy: String) -> Diagnostic {
        let understood = understood(reading)
        let known =
            understood.isEmpty
            ? "nothing else in it was recognised" : "understood were: \(understood.joined(separator: ", "))"
        return Diagnostic("\(problem); \(known)".visible(limit: 600), remedy: remedy, kind: .usage)
    }

    /// Everything that was recognised, in words.
    private static func understood(_ reading: HuntReading) -> [String] {
        reading.tables.map { "table \($0)" } + reading.entities.map(\.words)
            + (reading.range.words.isEmpty ? [] : ["time \(reading.range.words)"])
    }

    private static func tables(_ catalog: HuntCatalog) -> String {
        catalog.names.isEmpty ? "none is loaded" : catalog.names.prefix(12).joined(separator: ", ")
    }
}

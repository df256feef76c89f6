internal import Foundation

/// Pieces of the queries of rules, over Sentinel's table `OktaV2_CL`.
enum RuleKQL {
    /// The table of Okta's second connector.
    static let table = "OktaV2_CL"

    /// `("a", "b")`: texts as KQL writes them.
    static func list(_ texts: [String]) -> String { "(" + texts.map(literal).joined(separator: ", ") + ")" }

    /// What ends a line for the service, or shows a reader another text than there is.
    private static let hidden: Set<Unicode.GeneralCategory> = [
        .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
    ]

    /// A text as KQL writes it, on one line.
    static func literal(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case _ where hidden.contains(scalar.properties.generalCategory):
                written += scalar.value > 0xFFFF
                    ? "\\U" + String(format: "%08x", scalar.value) : "\\u" + String(format: "%04x", scalar.value)
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }

    /// `10m`, `25h`, `14d`: the largest unit that needs no fraction.
    static func span(_ seconds: Int) -> String {
        for (unit, letter) in [(86_400, "d"), (3600, "h"), (60, "m")] where seconds % unit == 0 {
            return "\(seconds / unit)\(letter)"
        }
        return "\(seconds)s"
    }

    static func span(_ seconds: Double) -> String {
        span(Int(max(1, min(seconds, Double(RuleSchedule.longest))).rounded(.up)))
    }

    /// `let name = dynamic(["a", "b"]);`
    static func types(_ name: String, _ types: [String]) -> String {
        "let \(name) = dynamic([" + types.map(literal).joined(separator: ", ") + "]);"
    }

    /// The rows since a while, with the column `Account`: the login, or the id where the log has none.
    static func events(since seconds: Int) -> String {
        """
        \(table)
        | where TimeGenerated > ago(\(span(seconds)))
        | extend Account = coalesce(ActorUsername, OriginalActorAlternateId, OriginalUserId)
        """
    }

    /// Keeps sign-ins of people that failed, or were refused.
    static let failed = """
        | where EventOriginalType in (signIns) and OriginalOutcomeResult in ("FAILURE", "DENY")
        | where OriginalUserType !in ("SystemPrincipal", "PublicClientApp")
        """

    /// Keeps sign-ins of people that worked.
    static let succeeded = """
        | where EventOriginalType in (signIns) and OriginalOutcomeResult in ("SUCCESS", "ALLOW")
        | where OriginalUserType !in ("SystemPrincipal", "PublicClientApp")
        """

    /// Adds `Subject`: the id of the first user among the first three targets, or of the actor where there is none.
    static let subject = """
        | extend Targets = parse_json(OriginalTarget)
        | extend Subject = case(
            tostring(Targets[0].type) == "User", tostring(Targets[0].id),
            tostring(Targets[1].type) == "User", tostring(Targets[1].id),
            tostring(Targets[2].type) == "User", tostring(Targets[2].id), OriginalUserId)
        """

    /// Keeps what was not refused.
    static let done = #"| where OriginalOutcomeResult !in ("FAILURE", "DENY")"#
}

internal import Diagnostics

/// What many rows show together: guessing, spraying, prompts, rare ports.
struct RowPatterns {
    let rows: HuntRows
    let intent: HuntIntent?

    /// Failures of one account, different accounts of one address, prompts of one account.
    private static let failures = 10, accounts = 5, prompts = 5

    var findings: [HuntFinding] {
        if let summaries { return summaries }
        return guessing + spraying + prompting + ports
    }

    private static let userColumns = [
        "AccountName", "UserPrincipalName", "actor_alternateId", "ActorUsername", "actor_alternateId_s", "AccountUpn",
        "Caller", "actor_id",
    ]
    private static let addressColumns = [
        "RemoteIP", "IPAddress", "client_ipAddress", "SrcIpAddr", "client_ipAddress_s", "CallerIpAddress",
    ]
    private static let types = ["eventType", "EventOriginalType", "eventType_s"]

    /// The machine or account that a row is about.
    static func subject(_ rows: HuntRows, _ row: Int) -> String {
        rows.text(row, firstOf: ["DeviceName", "Computer"] + userColumns).visible(limit: 100)
    }

    // MARK: Sign-ins

    private enum Outcome { case failed, succeeded }

    /// Whether a row is a sign-in, and how it ended.
    private func signIn(_ row: Int) -> Outcome? {
        switch rows.text(row, "ActionType") {
        case "LogonFailed": return .failed
        case "LogonSuccess": return .succeeded
        default: break
        }
        if rows.has("ResultType"), rows.has("UserPrincipalName") {
            return rows.text(row, "ResultType") == "0" ? .succeeded : .failed
        }
        let type = rows.text(row, firstOf: Self.types)
        guard type.hasPrefix("user.session.start") || type.hasPrefix("user.authentication") else { return nil }
        let result = rows.text(row, firstOf: ["outcome_result", "OriginalOutcomeResult", "outcome_result_s"])
        return result == "SUCCESS" ? .succeeded : ["FAILURE", "DENY"].contains(result) ? .failed : nil
    }

    private func time(_ row: Int) -> String { rows.text(row, firstOf: ["TimeGenerated", "Timestamp"]) }

    private func groups(_ columns: [String], _ isWanted: (Int) -> Bool) -> [(value: String, rows: [Int])] {
        var places: [String: Int] = [:], groups: [(value: String, rows: [Int])] = []
        for row in 0..<rows.count where isWanted(row) {
            let value = rows.text(row, firstOf: columns)
            guard !value.isEmpty else { continue }
            if let place = places[value] {
                groups[place].rows.append(row)
            } else {
                places[value] = groups.count
                groups.append((value, [row]))
            }
        }
        return groups
    }

    /// Many failures of one account; worse where it got in afterwards.
    private var guessing: [HuntFinding] {
        groups(Self.userColumns) { signIn($0) == .failed }.filter { $0.rows.count >= Self.failures }.map { group in
            let last = group.rows.map(time).max() ?? ""
            let later = (0..<rows.count).filter {
                signIn($0) == .succeeded && rows.text($0, firstOf: Self.userColumns) == group.value && time($0) > last
            }
            let end = later.isEmpty ? "" : "; \(later.count) succeeded afterwards"
            return finding(
                "Many failed sign-ins: \(group.value)", "\(group.rows.count) sign-ins of \(group.value) failed\(end).",
                later.isEmpty ? .medium : .high, later.isEmpty ? ["T1110.001"] : ["T1110.001", "T1078"],
                group.rows + later,
                later.isEmpty ? .pivot : .createIncident)
        }
    }

    /// One address that failed for many accounts.
    private var spraying: [HuntFinding] {
        groups(Self.addressColumns) { signIn($0) == .failed }.compactMap { group in
            let users = Set(group.rows.map { rows.text($0, firstOf: Self.userColumns) }).subtracting([""])
            guard users.count >= Self.accounts else { return nil }
            let success = (0..<rows.count).filter {
                signIn($0) == .succeeded && rows.text($0, firstOf: Self.addressColumns) == group.value
            }
            let end = success.isEmpty ? "" : "; \(success.count) sign-ins from there succeeded"
            return finding(
                "Password spray from \(group.value)",
                "Sign-ins of \(users.count) accounts failed from \(group.value)\(end).",
                success.isEmpty ? .medium : .high, ["T1110.003"], group.rows + success,
                success.isEmpty ? .pivot : .createIncident)
        }
    }

    /// Prompts that were sent, or denied, again and again.
    private var prompting: [HuntFinding] {
        let types = ["system.push.send_factor_verify_push", "user.mfa.okta_verify.deny_push"]
        return groups(Self.userColumns) {
            types.contains(rows.text($0, firstOf: Self.types)) || rows.text($0, "ResultType") == "500121"
        }
        .filter { $0.rows.count >= Self.prompts }
        .map { group in
            finding(
                "Many prompts for a second factor: \(group.value)",
                "\(group.rows.count) prompts were sent to \(group.value) or denied.", .medium, ["T1621"], group.rows,
                .createIncident)
        }
    }

    // MARK: Networks

    /// Ports that the usual services have; others to the internet are worth a look where they are rare.
    private static let usualPorts: Set<Int> = [
        20, 21, 22, 25, 53, 67, 68, 80, 88, 110, 123, 135, 137, 138, 139, 143, 161, 389, 443, 445, 464, 465, 514, 587,
        636, 853,
        993, 995, 1433, 1521, 2049, 3268, 3306, 3389, 3478, 5060, 5061, 5222, 5228, 5353, 5432, 5671, 5985, 5986, 8080,
        8443, 9443,
    ]
    /// Defaults of Metasploit, of remote shells and of remote administration tools.
    private static let notedPorts: Set<Int> = [4444, 4445, 1337, 31_337, 5555, 6666, 6667, 9001, 50_050, 12_345, 1234]

    private var ports: [HuntFinding] {
        guard rows.has("RemotePort"), rows.has("RemoteIP") else { return [] }
        return groups(["RemotePort"]) { row in
            let address = rows.text(row, "RemoteIP")
            return !address.isEmpty && !PrivateAddresses.contain(address)
        }.compactMap { group in
            guard let port = Int(group.value), !Self.usualPorts.contains(port) else { return nil }
            let isNoted = Self.notedPorts.contains(port)
            guard isNoted || group.rows.count <= 3 && port < 49_152 else { return nil }
            return finding(
                "Connections to the unusual port \(port)",
                "\(group.rows.count) connections went to port \(port) on the internet.",
                isNoted ? .medium : .low, ["T1571"], group.rows, .pivot)
        }
    }

    // MARK: Summaries

    /// Where the query counted already, its rows are the groups.
    private var summaries: [HuntFinding]? {
        guard rows.has("count_"), let shape = intent?.shape else { return nil }
        switch shape {
        case .spray:
            return (0..<rows.count).map { row in
                let address = rows.text(row, firstOf: Self.addressColumns)
                return finding(
                    "Password spray from \(address)",
                    "\(rows.text(row, "users")) accounts failed from \(address), \(rows.text(row, "count_")) times.",
                    .medium, ["T1110.003"], [row], .pivot)
            }
        case .burst(let role, _) where isOfFailures || intent?.subject == "push prompts":
            let isPush = intent?.subject == "push prompts"
            return (0..<rows.count).map { row in
                let value = rows.text(row, firstOf: Self.userColumns + Self.addressColumns + ["DeviceName"])
                return finding(
                    "\(isPush ? "Many prompts for a second factor" : "Many failed sign-ins"): \(value)",
                    "\(rows.text(row, "count_")) of the \(role.rawValue) \(value).", .medium,
                    [isPush ? "T1621" : "T1110.001"], [row], .pivot)
            }
        default: return []
        }
    }

    private var isOfFailures: Bool {
        intent.map { $0.subject == "sign-ins" && $0.qualifiers.contains("failed") } ?? false
    }

    private func finding(
        _ title: String, _ description: String, _ confidence: HuntFinding.Confidence, _ attack: [String],
        _ cited: [Int],
        _ recommendation: HuntFinding.Recommendation
    ) -> HuntFinding {
        let cited = Array(cited.prefix(RuleHuntAnalyst.citedRows))
        return HuntFinding(
            title: title.visible(limit: 200), description: description.visible(limit: 500), confidence: confidence,
            attack: attack,
            rows: cited, indicators: IndicatorReader.read(rows, cited), recommendation: recommendation)
    }
}

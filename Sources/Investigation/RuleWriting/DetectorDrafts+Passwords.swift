internal import Detection

/// Attacks on passwords.
extension DetectorDrafts {
    private static let signIns = RuleKQL.types("signIns", WatchedEventTypes.signIns)
    private static let failures: [SigmaDraft.Selection] = [
        .init("eventType", WatchedEventTypes.signIns), .init("outcome.result", ["FAILURE", "DENY"]),
    ]

    static func failedLogins(_ detector: FailedLoginBurst) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "\(detector.threshold) or more failed sign-ins of one account within \(RuleKQL.span(detector.window)).",
            schedule: schedule,
            query: """
                \(signIns)
                \(RuleKQL.events(since: schedule.period))
                \(RuleKQL.failed)
                | summarize Failures = count(), Addresses = make_set(SrcIpAddr, 20), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Account
                | where Failures >= \(detector.threshold)
                """,
            sigma: SigmaDraft(
                failures, counting: .events, by: "actor.id", atLeast: detector.threshold, within: detector.window),
            notes: ["Several events of one attempt, of the agent and of the session, count each."])
    }

    /// Failures and successes of each address, by account.
    private static func sources(since seconds: Int) -> String {
        """
        \(signIns)
        \(RuleKQL.events(since: seconds))
        | where EventOriginalType in (signIns) and isnotempty(SrcIpAddr)
        | where OriginalUserType !in ("SystemPrincipal", "PublicClientApp")
        | extend Failed = OriginalOutcomeResult in ("FAILURE", "DENY")
        | extend Unknown = Failed and (OriginalUserId in ("", "unknown") or EventOriginalResultDetails == "VERIFICATION_ERROR")
        | summarize Failures = countif(Failed), Attacked = dcountif(Account, Failed), Unknown = dcountif(Account,
            Unknown),
            SignedIn = dcountif(Account, not(Failed)), Accounts = make_set_if(Account, Failed, 20),
            FirstSeen = min(TimeGenerated),
            LastSeen = maxif(TimeGenerated, Failed) by IPAddress = SrcIpAddr
        """
    }

    private static let address = [RuleEntity(.address, column: "IPAddress"), RuleEntity(.account, column: "Account")]

    static func spray(_ detector: PasswordSpray) -> RuleDraft {
        let limits = detector.limits, schedule = RuleSchedule(window: limits.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "One address at which \(limits.users) or more accounts fail to sign in, and mostly nobody gets in.",
            schedule: schedule,
            query: """
                \(sources(since: schedule.period))
                | where Attacked >= \(limits.users) and (SignedIn * 4 <= Attacked or Attacked >= \(limits.users * 2))
                | extend Account = tostring(Accounts[0])
                """,
            entities: address,
            sigma: SigmaDraft(
                failures, counting: .values(of: "actor.id"), by: "client.ipAddress", atLeast: limits.users,
                within: limits.window),
            notes: ["Sprays of a day, and those told by a device's token, are left to the detector."])
    }

    static func stuffing(_ detector: CredentialStuffing) -> RuleDraft {
        let limits = detector.limits, schedule = RuleSchedule(window: limits.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "One address that tries \(limits.users) or more names about once each, a third of them not the org's.",
            schedule: schedule,
            query: """
                \(sources(since: schedule.period))
                | where Attacked >= \(limits.users) and Failures <= 2 * Attacked and Unknown * 3 >= Attacked
                | extend Account = tostring(Accounts[0])
                """,
            entities: address)
    }

    static func distributedSpray(_ detector: PasswordSprayDistributed) -> RuleDraft {
        let limits = detector.limits, schedule = RuleSchedule(window: limits.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                \(limits.users) or more accounts that fail to sign in with one user agent from \(limits.addresses) or more \
                addresses, few times each, while hardly anybody signs in with it.
                """,
            schedule: schedule,
            query: """
                \(signIns)
                \(RuleKQL.events(since: schedule.period))
                | where EventOriginalType in (signIns) and isnotempty(HttpUserAgent)
                | where OriginalUserType !in ("SystemPrincipal", "PublicClientApp")
                | extend Failed = OriginalOutcomeResult in ("FAILURE", "DENY")
                | summarize Failures = countif(Failed), Attacked = dcountif(Account, Failed),
                    SignedIn = dcountif(Account, not(Failed)),
                    Addresses = dcountif(SrcIpAddr, Failed), Accounts = make_set_if(Account, Failed, 20),
                    Sources = make_set_if(SrcIpAddr, Failed, 20), FirstSeen = min(TimeGenerated),
                    LastSeen = maxif(TimeGenerated, Failed) by HttpUserAgent
                | where Attacked >= \(limits.users) and Addresses >= \(limits.addresses) and SignedIn < Attacked
                | where Failures <= \(Int(limits.tries.rounded())) * Attacked
                | extend Account = tostring(Accounts[0]), IPAddress = tostring(Sources[0])
                """,
            notes: ["Sprays without a common user agent, and those of a day, are left to the detector."])
    }

    static func manySources(_ detector: BruteForceManySources) -> RuleDraft {
        let limits = detector.limits, schedule = RuleSchedule(window: limits.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "\(limits.failures) or more failed sign-ins of one account from many addresses, devices or user agents.",
            schedule: schedule,
            query: """
                \(signIns)
                \(RuleKQL.events(since: schedule.period))
                \(RuleKQL.failed)
                | extend Device = tostring(parse_json(DebugData).dtHash)
                | summarize Failures = count(), Addresses = dcount(SrcIpAddr), Devices = dcountif(Device,
                    isnotempty(Device)),
                    UserAgents = dcount(HttpUserAgent), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Account
                | where Failures >= \(limits.failures)
                | where Addresses >= \(limits.addresses) or Devices >= \(limits.devices) or UserAgents >= \(limits.userAgents)
                """,
            sigma: SigmaDraft(
                failures, counting: .values(of: "client.ipAddress"), by: "actor.id", atLeast: limits.addresses,
                within: limits.window))
    }

    static func successAfterAttack(_ detector: SuccessAfterAttack) -> RuleDraft {
        let threshold = FailedLoginBurst().threshold, window = detector.window
        let schedule = RuleSchedule(window: window, looksBack: true), step = schedule.frequency
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                A sign-in from an address at which \(threshold) or more sign-ins failed in the \(RuleKQL.span(window)) \
                before, and from where the account had not signed in before that.
                """,
            schedule: schedule,
            query: """
                \(signIns)
                let usual = \(RuleKQL.table)
                | where TimeGenerated between (ago(14d) .. ago(\(RuleKQL.span(Int(window) + step))))
                \(RuleKQL.succeeded)
                | distinct OriginalUserId, SrcIpAddr;
                let attacked = \(RuleKQL.table)
                | where TimeGenerated > ago(\(RuleKQL.span(Int(window) + step))) and isnotempty(SrcIpAddr)
                \(RuleKQL.failed)
                | summarize Failures = count(), Attacked = dcount(OriginalUserId), FirstSeen = min(TimeGenerated),
                    LastFailure = max(TimeGenerated) by SrcIpAddr
                | where Failures >= \(threshold);
                \(RuleKQL.events(since: step))
                \(RuleKQL.succeeded)
                | join kind=inner attacked on SrcIpAddr
                | where TimeGenerated > FirstSeen and TimeGenerated - LastFailure < \(RuleKQL.span(window))
                | join kind=leftanti usual on OriginalUserId, SrcIpAddr
                | summarize SignIns = count(), Failures = max(Failures), Attacked = max(Attacked),
                    FirstSeen = min(FirstSeen),
                    LastSeen = max(TimeGenerated) by Account, IPAddress = SrcIpAddr
                """,
            notes: ["A sign-in from another address than that of the attack is left to the detector."])
    }

    static func lockout(_ detector: MassLockout) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: "\(detector.threshold) or more accounts locked within \(RuleKQL.span(detector.window)).",
            schedule: schedule,
            query: """
                \(RuleKQL.types("locks", WatchedEventTypes.locks))
                \(RuleKQL.events(since: schedule.period))
                | where EventOriginalType in (locks)
                \(RuleKQL.subject)
                | extend Login = iff(
                    tostring(Targets[0].type) == "User", coalesce(tostring(Targets[0].alternateId), Subject), Account)
                | summarize Locked = dcount(Subject), Accounts = make_set(Login, 20), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr)
                | where Locked >= \(detector.threshold)
                | mv-expand Account = Accounts to typeof(string)
                """,
            notes: ["An alert for each account that was locked."])
    }
}

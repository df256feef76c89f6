internal import Detection

/// Attacks on second factors, devices and sessions.
extension DetectorDrafts {
    /// `Login` and `Push` of a prompt's events: what became of it, and of whom it was asked.
    private static let prompts = """
        | where EventOriginalType in ("system.push.send_factor_verify_push", "user.mfa.okta_verify.deny_push",
            "user.authentication.auth_via_mfa", "user.mfa.okta_verify")
        | extend Factor = tostring(parse_json(DebugData).factor), Targets = parse_json(OriginalTarget)
        | where isempty(Factor) or Factor contains "PUSH"
        | extend IsSent = EventOriginalType == "system.push.send_factor_verify_push"
        | extend IsApproved = not(IsSent) and EventOriginalType != "user.mfa.okta_verify.deny_push"
            and OriginalOutcomeResult in ("SUCCESS", "ALLOW")
        | extend Account = iff(
            OriginalUserType == "SystemPrincipal" and tostring(Targets[0].type) == "User",
            coalesce(tostring(Targets[0].alternateId), tostring(Targets[0].id)), Account)
        """

    static func fatigue(_ detector: MFAFatigue) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                \(detector.threshold) or more pushes of one user that were denied or left unanswered within \
                \(RuleKQL.span(detector.window)).
                """,
            schedule: schedule,
            query: """
                \(RuleKQL.events(since: schedule.period))
                \(prompts)
                | summarize Sent = countif(IsSent), Refused = countif(not(IsSent) and not(IsApproved)),
                    Approved = countif(IsApproved),
                    FirstSeen = min(TimeGenerated), (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Account
                | where Refused >= \(detector.threshold) or Sent - Refused - Approved >= \(detector.threshold)
                """,
            sigma: SigmaDraft(
                [
                    .init("eventType", ["user.mfa.okta_verify.deny_push", "user.authentication.auth_via_mfa"]),
                    .init(
                        "outcome.result",
                        ["FAILURE", "DENY", "REJECTED", "UNANSWERED", "ABANDONED", "TIMEOUT", "EXPIRED"]),
                ], counting: .events, by: "actor.id", atLeast: detector.threshold, within: detector.window))
    }

    static func pushMismatch(_ detector: PushSourceMismatch) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "A push asked for in one country and approved in another within \(RuleKQL.span(detector.window)).",
            schedule: schedule,
            query: """
                let prompts = \(RuleKQL.events(since: schedule.period))
                | where isnotempty(SrcGeoCountry)
                \(prompts);
                prompts
                | where IsSent
                | project Account, Asked = TimeGenerated, AskedCountry = SrcGeoCountry, AskedAddress = SrcIpAddr
                | join kind=inner (prompts | where IsApproved) on Account
                | where TimeGenerated between (Asked .. (Asked + \(RuleKQL.span(detector.window)))) and SrcGeoCountry != AskedCountry
                | summarize FirstSeen = min(Asked), (LastSeen, Country) = arg_max(TimeGenerated, SrcGeoCountry)
                    by Account, IPAddress = AskedAddress, AskedCountry
                """,
            notes: ["Pushes within one country are left to the detector."])
    }

    static func sharedToken(_ detector: DeviceTokenShared) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "One browser's device token used for \(detector.users) or more users within \(RuleKQL.span(detector.window)).",
            schedule: schedule,
            query: """
                \(RuleKQL.events(since: schedule.period))
                | where OriginalUserType !in ("SystemPrincipal", "PublicClientApp")
                | extend Device = tostring(parse_json(DebugData).dtHash)
                | where isnotempty(Device) and isnotempty(Account)
                | summarize Users = dcount(OriginalUserId), Accounts = make_set(Account, 20),
                    FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Device
                | where Users >= \(detector.users)
                | extend Account = tostring(Accounts[0])
                """,
            sigma: SigmaDraft(
                [.init("actor.type", ["User"])], counting: .values(of: "actor.id"), by: "debugContext.debugData.dtHash",
                atLeast: detector.users, within: detector.window),
            notes: ["A workstation that people share looks the same here; the detector tells them apart."])
    }

    static func sharedFactor(_ detector: SharedFactorDevice) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "One phone or device enrolled by \(detector.users) or more users within \(RuleKQL.span(schedule.period)).",
            schedule: schedule,
            query: """
                \(RuleKQL.types("enrolments", WatchedEventTypes.enrolments))
                let devices = dynamic(["MobilePhone", "Phone", "Device"]);
                \(RuleKQL.events(since: schedule.period))
                | where EventOriginalType in (enrolments)
                \(RuleKQL.done)
                \(RuleKQL.subject)
                | extend Device = case(
                    tostring(Targets[0].type) in (devices), tostring(Targets[0].id),
                    tostring(Targets[1].type) in (devices), tostring(Targets[1].id),
                    tostring(Targets[2].type) in (devices), tostring(Targets[2].id), "")
                | where isnotempty(Device) and Device != "unknown"
                | summarize Users = dcount(Subject), Accounts = make_set(Account, 20), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Device
                | where Users >= \(detector.users)
                | extend Account = tostring(Accounts[0])
                """,
            notes: detector.window > Double(RuleSchedule.longest) ? ["A rule looks back 14 days at most."] : [])
    }

    static func hijack(_ detector: SessionHijack) -> RuleDraft {
        let schedule = RuleSchedule(window: min(detector.quiet, 86_400))
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: "One session in use from several networks and by several browsers or systems.",
            schedule: schedule,
            query: """
                \(RuleKQL.events(since: schedule.period))
                | where isnotempty(ActorSessionId) and ActorSessionId != "unknown" and isnotempty(SrcIpAddr)
                | where SrcDvcId != "okta.b58d5b75-07d4-5f25-bf59-368a1261a405"
                | extend Network = coalesce(tostring(SecurityContextAsNumber), SrcIpAddr)
                | extend Agent = replace_regex(HttpUserAgent, @"[0-9.]+", "")
                | extend Device = tostring(parse_json(DebugData).dtHash)
                | summarize Networks = dcount(Network), Agents = dcountif(Agent, isnotempty(Agent)),
                    Devices = dcountif(Device, isnotempty(Device)), Addresses = make_set(SrcIpAddr, 20),
                    FirstSeen = min(TimeGenerated), (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr)
                    by Account, ActorSessionId
                | where Networks > 1 and (Agents > 1 or Devices > 1)
                """,
            notes: ["What is told by a device's token across sessions is left to the detector."])
    }

    static func applications(_ detector: ApplicationBurst) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                One user who opens \(detector.threshold) or more different applications within \(RuleKQL.span(detector.window)).
                """,
            schedule: schedule,
            query: """
                \(RuleKQL.events(since: schedule.period))
                | where EventOriginalType == "user.authentication.sso" and OriginalOutcomeResult == "SUCCESS"
                | extend Application = tostring(parse_json(OriginalTarget)[0].id)
                | where isnotempty(Application)
                | summarize Applications = dcount(Application), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Account
                | where Applications >= \(detector.threshold)
                """,
            sigma: SigmaDraft(
                [.init("eventType", ["user.authentication.sso"]), .init("outcome.result", ["SUCCESS"])],
                counting: .values(of: "target.id"), by: "actor.id", atLeast: detector.threshold, within: detector.window
            ),
            notes: ["The user's habits are not looked at."])
    }
}

internal import Detection

/// Accounts in use from where, or with what, they were not before.
extension DetectorDrafts {
    private static let signIns = RuleKQL.types("signIns", WatchedEventTypes.signIns)
    private static let limitNote =
        "A rule knows the last 14 days alone; an account without sign-ins in them is passed over."

    static func travel(_ detector: ImpossibleTravel) -> RuleDraft {
        let schedule = RuleSchedule(window: max(detector.window, 4 * 3600)), exits = detector.knownExits.sorted()
        let known =
            exits.isEmpty
            ? ""
            : "\n| where not(ipv4_is_in_any_range(SrcIpAddr, dynamic([\(exits.map(RuleKQL.literal).joined(separator: ", "))])))"
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                One account in two countries: faster than \(Int(detector.maximumSpeed)) km/h over \
                \(Int(detector.minimumDistance)) km or more, or, without coordinates, within \(RuleKQL.span(detector.window)).
                """,
            schedule: schedule,
            query: """
                \(RuleKQL.events(since: schedule.period))
                | where isnotempty(SrcGeoCountry) and OriginalUserType !in ("SystemPrincipal", "PublicClientApp")
                | where OriginalOutcomeResult in ("SUCCESS", "ALLOW")\(known)
                | project TimeGenerated, OriginalUserId, Account, SrcIpAddr, SrcGeoCountry, SrcGeoLatitude,
                    SrcGeoLongtitude
                | sort by OriginalUserId asc, TimeGenerated asc
                | extend Before = prev(OriginalUserId), From = prev(SrcGeoCountry), FromAddress = prev(SrcIpAddr),
                    Left = prev(TimeGenerated), Latitude = prev(SrcGeoLatitude), Longitude = prev(SrcGeoLongtitude)
                | where Before == OriginalUserId and From != SrcGeoCountry
                | extend Kilometres = geo_distance_2points(Longitude, Latitude, SrcGeoLongtitude, SrcGeoLatitude) / 1000
                | extend Hours = (TimeGenerated - Left) / 1h
                | where (isnull(Kilometres) and TimeGenerated - Left <= \(RuleKQL.span(detector.window)))
                    or (Kilometres >= \(Int(detector.minimumDistance)) and Kilometres > \(Int(detector.maximumSpeed)) * Hours)
                | summarize Legs = count(), Countries = make_set(SrcGeoCountry, 20), From = make_set(From, 20),
                    FirstSeen = min(Left),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Account
                """,
            notes: ["Devices, proxies and ways out of many are not looked at; the detector does."])
    }

    /// Changes, and sign-ins from addresses that the account they are about had not used before.
    private static func changeThenNewPlace(
        types: [String], whose: String, window: Double, settling: Double, earlier: Int, schedule: RuleSchedule
    ) -> String {
        let reach = Int(window) + schedule.frequency
        return """
            \(signIns)
            \(RuleKQL.types("changeTypes", types))
            let usual = \(RuleKQL.table)
            | where TimeGenerated between (ago(14d) .. ago(\(RuleKQL.span(reach + Int(settling)))))
            \(RuleKQL.succeeded)
            | summarize SignIns = count() by OriginalUserId, SrcIpAddr;
            let changes = \(RuleKQL.table)
            | where TimeGenerated > ago(\(RuleKQL.span(reach))) and EventOriginalType in (changeTypes)
            \(RuleKQL.done)
            \(RuleKQL.subject)
            | where \(whose)
            | summarize (Changed, Change, ChangedBy) =
                arg_min(TimeGenerated, EventOriginalType, OriginalActorAlternateId) by Subject;
            \(RuleKQL.events(since: schedule.frequency))
            \(RuleKQL.succeeded)
            | join kind=inner changes on $left.OriginalUserId == $right.Subject
            | where TimeGenerated between (Changed .. (Changed + \(RuleKQL.span(window))))
            | join kind=inner (usual | summarize Earlier = sum(SignIns) by OriginalUserId | where Earlier >= \(earlier)) on OriginalUserId
            | join kind=leftanti usual on OriginalUserId, SrcIpAddr
            | summarize SignIns = count(), Change = take_any(Change), ChangedBy = take_any(ChangedBy),
                FirstSeen = min(Changed),
                LastSeen = max(TimeGenerated) by Account, IPAddress = SrcIpAddr
            """
    }

    static func factorChange(_ detector: FactorChangeThenNewPlace) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window, looksBack: true)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "A user changes a factor, and the account signs in from an address that it did not use before.",
            schedule: schedule,
            query: changeThenNewPlace(
                types: WatchedEventTypes.factorChanges, whose: "Subject == OriginalUserId", window: detector.window,
                settling: detector.settling, earlier: detector.earlierSignIns, schedule: schedule),
            notes: [limitNote])
    }

    static func helpDesk(_ detector: HelpDeskTakeover) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window, looksBack: true)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                Somebody else resets a user's password or factors, and the account signs in from an address that it did not \
                use before.
                """,
            schedule: schedule,
            query: changeThenNewPlace(
                types: WatchedEventTypes.factorChanges + WatchedEventTypes.recoveries,
                whose: "Subject != OriginalUserId",
                window: detector.window, settling: detector.settling, earlier: detector.earlierSignIns,
                schedule: schedule),
            notes: [limitNote])
    }

    static func adminRole(_ detector: AdminRoleThenNewPlace) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window, looksBack: true)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                An account is given an administrator's role, and signs in from an address that it did not use before.
                """,
            schedule: schedule,
            query: changeThenNewPlace(
                types: WatchedEventTypes.roleGrants, whose: "isnotempty(Subject)", window: detector.window,
                settling: detector.settling, earlier: detector.earlierSignIns, schedule: schedule),
            notes: [limitNote])
    }

    /// Sign-ins of the last step with a value that none of the account's own sign-ins before had.
    private static func firstOf(_ value: String, signIns count: Int, span: Double, _ schedule: RuleSchedule) -> String {
        """
        \(signIns)
        let history = \(RuleKQL.table)
        | where TimeGenerated between (ago(14d) .. ago(\(RuleKQL.span(schedule.frequency))))
        \(RuleKQL.succeeded)
        | extend Value = \(value)
        | where isnotempty(Value);
        let regulars = history
        | summarize SignIns = count(), Since = min(TimeGenerated) by OriginalUserId
        | where SignIns >= \(count) and Since < ago(\(RuleKQL.span(min(span, 13 * 86_400))));
        \(RuleKQL.events(since: schedule.frequency))
        \(RuleKQL.succeeded)
        | extend Value = \(value)
        | where isnotempty(Value)
        | join kind=inner regulars on OriginalUserId
        | join kind=leftanti history on OriginalUserId, Value
        """
    }

    static func newCountry(_ detector: NewCountry) -> RuleDraft {
        let schedule = RuleSchedule(window: 3600, looksBack: true)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: "A user signs in from a country that the user did not sign in from in the 14 days before.",
            schedule: schedule,
            query: """
                \(firstOf("SrcGeoCountry", signIns: detector.earlierSignIns, span: detector.span, schedule))
                | summarize SignIns = count(), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr)
                    by Account, Country = Value
                """,
            notes: [limitNote])
    }

    static func newDevice(_ detector: NewDevice) -> RuleDraft {
        let schedule = RuleSchedule(window: 3600, looksBack: true)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation:
                "A user signs in with a device, and from an address, that the user did not have in the 14 days before.",
            schedule: schedule,
            query: """
                \(firstOf("tostring(parse_json(DebugData).dtHash)", signIns: detector.earlierSignIns, span: detector.span, schedule))
                | join kind=leftanti history on OriginalUserId, SrcIpAddr
                | summarize SignIns = count(), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr)
                    by Account, Device = Value
                """,
            notes: [limitNote])
    }

    static func dormant(_ detector: DormantAccount) -> RuleDraft {
        let schedule = RuleSchedule(window: 3600, looksBack: true), step = RuleKQL.span(schedule.frequency)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: "An account signs in that did nothing, and was not made or activated, in the 14 days before.",
            schedule: schedule,
            query: """
                \(signIns)
                let awake = \(RuleKQL.table)
                | where TimeGenerated between (ago(14d) .. ago(\(step)))
                | extend Targets = parse_json(OriginalTarget)
                | mv-expand Name = pack_array(OriginalUserId, tostring(Targets[0].id)) to typeof(string)
                | distinct Name;
                \(RuleKQL.events(since: schedule.frequency))
                \(RuleKQL.succeeded)
                | where isnotempty(OriginalUserId)
                | join kind=leftanti awake on $left.OriginalUserId == $right.Name
                | summarize SignIns = count(), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr)
                    by Account
                """,
            notes: [
                "A rule looks back 14 days, and the detector \(RuleKQL.span(detector.silence)): run it where accounts are in use each week.",
                "Whether the account was ever in use before is not known to it.",
            ])
    }
}

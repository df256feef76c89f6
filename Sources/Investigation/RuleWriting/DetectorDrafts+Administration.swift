internal import Detection

/// What administrators, and those who act as such, do.
extension DetectorDrafts {
    static func defences(_ detector: DefenceWeakening) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window)
        let kinds = WatchedEventTypes.defences.reduce(into: [(kind: String, types: [String])]()) { kinds, entry in
            guard let index = kinds.firstIndex(where: { $0.kind == entry.kind }) else {
                return kinds.append((entry.kind, entry.types))
            }
            kinds[index].types += entry.types
        }
        let cases = kinds.map { "EventOriginalType in \(RuleKQL.list($0.types)), \(RuleKQL.literal($0.kind))" }
        let taken = WatchedEventTypes.defences.filter(\.takesAway).flatMap(\.types)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                One actor who within \(RuleKQL.span(detector.window)) works on two kinds of defences and takes one away, or \
                takes away \(detector.acts) of one kind: policies, zones, logging, factors, threat protection.
                """,
            schedule: schedule,
            query: """
                \(RuleKQL.types("takenAway", taken))
                \(RuleKQL.events(since: schedule.period))
                \(RuleKQL.done)
                | extend Kind = case(
                    \(cases.joined(separator: ",\n    ")), "")
                | where isnotempty(Kind)
                | extend IsTaken = EventOriginalType in (takenAway)
                | summarize Acts = count(), Taken = countif(IsTaken), FirstSeen = min(TimeGenerated),
                    (LastSeen, IPAddress) = arg_max(TimeGenerated, SrcIpAddr) by Account, Kind
                | summarize Kinds = make_set(Kind, 10), Acts = sum(Acts), Taken = sum(Taken), MostTaken = max(Taken),
                    FirstSeen = min(FirstSeen), (LastSeen, IPAddress) = arg_max(LastSeen, IPAddress) by Account
                | where Taken > 0 and (array_length(Kinds) > 1 or MostTaken >= \(detector.acts))
                """)
    }

    static func providerBackdoor(_ detector: IdentityProviderBackdoor) -> RuleDraft {
        let schedule = RuleSchedule(window: detector.window), own = #"dynamic(["User", "Key", "AppInstance"])"#
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                An identity provider is added, activated, changed or given a key, and then used to sign in within \
                \(RuleKQL.span(detector.window)).
                """,
            schedule: schedule,
            query: """
                \(RuleKQL.types("changeTypes", WatchedEventTypes.providerChanges))
                \(RuleKQL.types("federated", WatchedEventTypes.providerSignIns))
                let changes = \(RuleKQL.events(since: schedule.period))
                | where EventOriginalType in (changeTypes)
                \(RuleKQL.done)
                | extend Targets = parse_json(OriginalTarget)
                | extend Provider = case(
                    tostring(Targets[0].type) !in (\(own)), tostring(Targets[0].id),
                    tostring(Targets[1].type) !in (\(own)), tostring(Targets[1].id), "")
                | where isnotempty(Provider)
                | summarize (Changed, Change, ChangedBy, ChangedFrom) = arg_min(TimeGenerated, EventOriginalType,
                    Account, SrcIpAddr)
                    by Provider;
                \(RuleKQL.events(since: schedule.period))
                | where EventOriginalType in (federated)
                \(RuleKQL.done)
                | extend Targets = parse_json(OriginalTarget)
                | mv-expand Provider = pack_array(AuthenticationContextIssuerId, tostring(Targets[0].id),
                    tostring(Targets[1].id),
                    tostring(Targets[2].id)) to typeof(string)
                | join kind=inner changes on Provider
                | where TimeGenerated > Changed
                | summarize SignIns = count(), Users = make_set(Account, 20), FirstSeen = min(Changed),
                    LastSeen = max(TimeGenerated),
                    Change = take_any(Change) by Provider, Account = ChangedBy, IPAddress = ChangedFrom
                """,
            notes: ["Whether the places are usual is not looked at; the account is the one that made the change."])
    }

    static func tokenElsewhere(_ detector: APITokenUsedElsewhere) -> RuleDraft {
        let schedule = RuleSchedule(window: 3600, looksBack: true), step = RuleKQL.span(schedule.frequency)
        return RuleDraft(
            key: [detector.id], title: detector.title,
            explanation: """
                An API token acts from a network that it did not use in the 14 days before, after \(detector.earlierUses) or \
                more uses over \(RuleKQL.span(detector.settling)).
                """,
            schedule: schedule,
            query: """
                let uses = \(RuleKQL.events(since: schedule.period))
                | extend Token = tostring(parse_json(TransactionDetail).requestApiTokenId)
                | where isnotempty(Token) and isnotempty(SrcIpAddr)
                | extend Network = coalesce(tostring(SecurityContextAsNumber), SrcIpAddr);
                let settled = uses
                | where TimeGenerated < ago(\(step))
                | summarize Uses = count(), Since = min(TimeGenerated) by Token
                | where Uses >= \(detector.earlierUses) and Since < ago(\(RuleKQL.span(detector.settling)));
                uses
                | where TimeGenerated > ago(\(step))
                | join kind=inner settled on Token
                | join kind=leftanti (uses | where TimeGenerated < ago(\(step))) on Token, Network
                | summarize Uses = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)
                    by Account, IPAddress = SrcIpAddr, Token
                """)
    }
}

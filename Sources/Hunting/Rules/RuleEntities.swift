internal import KQL

extension HuntRule {
    /// Something that an alert is about, by Sentinel's entity types, and the columns that identify it.
    public struct Entity: Hashable, Sendable {
        /// Such as `Account`.
        public let type: String
        /// The identifiers, that which tells it apart first.
        public let fields: [Field]

        /// An identifier, such as `FullName`, and the column that has it.
        public struct Field: Hashable, Sendable {
            public let identifier: String
            public let column: String
        }
    }
}

/// Which columns identify what, in the order in which they are looked for.
///
/// The identifiers are those that Sentinel calls strong, or a name with its domain (Microsoft Learn, "Microsoft
/// Sentinel entity types reference").
enum RuleEntities {
    /// At most one of each type, those that incidents are grouped by first.
    static func found(in columns: [String]) -> [HuntRule.Entity] {
        let there = Set(columns)
        var found: [HuntRule.Entity] = []
        for candidate in candidates where !found.contains(where: { $0.type == candidate.type }) {
            guard there.contains(candidate.column) else { continue }
            let more = candidate.more.filter { there.contains($0.column) }
            found.append(
                HuntRule.Entity(
                    type: candidate.type,
                    fields: [.init(identifier: candidate.identifier, column: candidate.column)] + more))
        }
        return Array(found.prefix(most))
    }

    /// The columns of a table that say whom and where an alert is about.
    static func identifying(_ columns: [String]) -> [String] {
        found(in: columns).filter { ["Host", "Account", "IP"].contains($0.type) }.flatMap { $0.fields.map(\.column) }
    }

    /// More would not be read by anyone.
    private static let most = 6

    private struct Candidate {
        let type: String
        let identifier: String
        let column: String
        var more: [HuntRule.Entity.Field] = []
    }

    private static let candidates =
        [
            named("DeviceName"), named("Computer"), named("VM_s"),
            Candidate(type: "Host", identifier: "HostName", column: "HostName"), named("host"),
        ] + accounts + addresses + others

    private static func named(_ column: String) -> Candidate {
        Candidate(type: "Host", identifier: "FullName", column: column)
    }

    private static let accounts =
        [
            "UserPrincipalName", "actor_alternateId", "OriginalActorAlternateId", "ActorUsername",
            "actor_alternateId_s", "Account", "Caller", "user",
        ].map { Candidate(type: "Account", identifier: "FullName", column: $0) } + [
            domained("AccountName", "AccountDomain"),
            domained("InitiatingProcessAccountName", "InitiatingProcessAccountDomain"),
            Candidate(type: "Account", identifier: "FullName", column: "AccountUpn"),
            Candidate(type: "Account", identifier: "FullName", column: "UserId"),
            Candidate(type: "Account", identifier: "FullName", column: "UserName"),
            Candidate(type: "Account", identifier: "Sid", column: "AccountSid"),
        ]

    private static func domained(_ name: String, _ domain: String) -> Candidate {
        Candidate(
            type: "Account", identifier: "Name", column: name, more: [.init(identifier: "NTDomain", column: domain)])
    }

    private static let addresses = [
        "client_ipAddress", "SrcIpAddr", "client_ipAddress_s", "IPAddress", "CallerIpAddress", "RemoteIP", "ClientIP",
        "SourceIP", "IpAddress", "DestIP_s", "address",
    ].map { Candidate(type: "IP", identifier: "Address", column: $0) }

    private static let others = [
        Candidate(type: "Process", identifier: "CommandLine", column: "ProcessCommandLine"),
        Candidate(type: "Process", identifier: "CommandLine", column: "InitiatingProcessCommandLine"),
        Candidate(
            type: "File", identifier: "Name", column: "FileName",
            more: [.init(identifier: "Directory", column: "FolderPath")]),
        Candidate(type: "URL", identifier: "Url", column: "RemoteUrl"),
        Candidate(type: "RegistryKey", identifier: "Key", column: "RegistryKey"),
        Candidate(type: "CloudApplication", identifier: "Name", column: "AppDisplayName"),
        Candidate(type: "AzureResource", identifier: "ResourceId", column: "ResourceId"),
    ]
}

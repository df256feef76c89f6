// Where a question is answered when its words do not name a subject, and where it says to look.

extension HuntChoice {
    /// Subjects that the names of a question suggest.
    static func suggested(_ reading: HuntReading) -> [String] {
        let roles = reading.entities.filter { !$0.isExcluded }.map(\.role)
        let order: [(HuntRole, String)] = [
            (.process, "processes"), (.parent, "processes"), (.registryKey, "registry changes"), (.hash, "files"),
            (.file, "files"), (.folder, "files"), (.port, "network connections"), (.domain, "network connections"),
            (.action, "Okta events"), (.agent, "sign-ins"), (.application, "sign-ins"), (.country, "sign-ins"),
        ]
        let suggested = order.filter { roles.contains($0.0) }.map(\.1)
        if !suggested.isEmpty { return suggested }
        let asksActivity =
            !reading.meant.isDisjoint(with: ["activity", "event", "log", "network"])
            || reading.plain.contains {
                ["happened", "did", "do", "doing", "everything", "anything", "seen", "show"].contains($0)
            }
        if roles.contains(.user), !reading.meant.isDisjoint(with: ["country", "address", "app", "city"]) {
            return ["sign-ins"]
        }
        // `who failed most`, `failures from 203.0.113.9`.
        if !reading.meant.isDisjoint(with: ["failed", "success"]),
            roles.allSatisfy({ [.user, .address, .host].contains($0) })
        {
            return ["sign-ins"]
        }
        if roles.contains(.host), asksActivity { return ["processes"] }
        if roles.contains(.address), asksActivity || reading.meant.isEmpty {
            return ["network connections", "sign-ins"]
        }
        return roles.contains(.user) && asksActivity ? ["sign-ins"] : []
    }

    /// `from okta`, `entra`, `azure`: how a question says where to look. A table elsewhere is a bad choice.
    static func hint(_ reading: HuntReading, _ table: String) -> Int {
        places.filter { reading.meant.contains($0.0) }.reduce(0) { $0 + ($1.1.contains(table) ? 1 : -1) }
    }

    private static let places: [(word: String, tables: [String])] = [
        ("okta", ["OktaSystemLog", "OktaV2_CL", "Okta_CL"]), ("entra", ["SigninLogs", "AuditLogs"]),
        ("office365", ["SigninLogs"]), ("nsg", ["AzureNetworkAnalytics_CL"]), ("audit", ["AuditLogs"]),
        ("conditionalaccess", ["SigninLogs", "AuditLogs"]), ("risk", ["SigninLogs"]),
        ("defender", HuntCatalog.graphTables),
        ("azure", ["AzureActivity", "AzureNetworkAnalytics_CL", "SigninLogs", "AuditLogs"]),
    ]

    /// The hints that the table meets.
    static func hints(_ reading: HuntReading, _ table: String) -> [String] {
        places.filter { reading.meant.contains($0.word) && $0.tables.contains(table) && $0.word != "risk" }.map(\.word)
    }
}

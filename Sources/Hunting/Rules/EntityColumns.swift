internal import KQL

/// Which columns of the known tables name accounts, machines and addresses.
///
/// The names are those of `KnownTables`; what they hold says Microsoft's and Okta's documentation of the tables.
struct EntityColumns {
    /// The tables that a query reads.
    let profiles: [TableProfile]
    /// The columns that say when a row came about.
    let times: Set<String>
    /// What the hunt's question names: what a column of several kinds of things holds, only the value tells.
    let named: [HuntEntity]

    /// What a column names, or a path into one, given the values that it is compared with.
    func meaning(of path: String, _ values: [String]) -> ColumnMeaning? {
        let column = String(path.prefix { $0 != "." && $0 != "[" })
        if times.contains(path) { return .time }
        if let known = Self.meanings[path] ?? Self.meanings[column] { return known }
        for (role, meaning) in Self.roles where names(of: role).contains(path) { return meaning }
        return Self.mixed.contains(column) ? named(values) : nil
    }

    /// Columns of targets, which may be accounts or anything else.
    private static let mixed: Set<String> = [
        "target", "target_alternateId", "target_id", "target_displayName", "OriginalTarget", "target_s",
        "TargetResources",
    ]

    private static let roles: [(HuntRole, ColumnMeaning)] = [(.user, .user), (.host, .host), (.address, .address)]

    /// The columns of a role in the tables that are read, without the conversion around a path.
    private func names(of role: HuntRole) -> [String] {
        profiles.flatMap { $0.columns[role] ?? [] }.map { name in
            name.hasPrefix("tostring(") ? String(name.dropFirst(9).dropLast()) : name
        }
    }

    /// Whether all values are names of one kind that the question has.
    private func named(_ values: [String]) -> ColumnMeaning? {
        Self.roles.first { role, _ in
            let own = named.filter { $0.role == role }.flatMap(\.values).map { $0.lowercased() }
            return !values.isEmpty && values.allSatisfy { own.contains($0.lowercased()) }
        }?.1
    }

    private static let meanings: [String: ColumnMeaning] = {
        let columns: [(ColumnMeaning, String)] = [
            (
                .user,
                """
                AccountName AccountUpn AccountSid AccountObjectId AccountDisplayName InitiatingProcessAccountName
                InitiatingProcessAccountUpn InitiatingProcessAccountSid InitiatingProcessAccountObjectId
                RequestAccountName RequestAccountSid UserPrincipalName UserId UserDisplayName Identity
                AlternateSignInName SignInIdentifier Caller actor_id actor_alternateId actor_displayName ActorUsername
                ActorUserId ActorDisplayName OriginalUserId OriginalActorAlternateId actor_id_s actor_alternateId_s
                actor_displayName_s actor.id actor.alternateId actor.displayName InitiatedBy.user.userPrincipalName
                InitiatedBy.user.id InitiatedBy.user.displayName UserName UserKey MailboxOwnerUPN Account TargetAccount
                SubjectAccount SubjectUserName TargetUserName SubjectUserSid TargetUserSid RecipientEmailAddress
                UserIdentityUserName UserIdentityArn
                """
            ),
            (
                .host,
                """
                DeviceName DeviceId Computer HostName RemoteDeviceName VM_s VM1_s VM2_s WorkstationName Workstation
                ClientMachineName DvcHostname SrcHostname DstHostname MachineId
                InitiatingProcessRemoteSessionDeviceName ProcessRemoteSessionDeviceName
                """
            ),
            (
                .address,
                """
                RemoteIP LocalIP IPAddress IpAddress CallerIpAddress ClientIP ClientIPAddress Client_IPAddress
                ActorIpAddress SourceIP DestinationIP SrcIpAddr DstIpAddr client_ipAddress client_ipAddress_s
                client.ipAddress SourceIPAddress SourceIpAddress SrcIP_s SrcPublicIPs_s DestIP_s DestPublicIPs_s
                PublicIPs_s FileOriginIP RequestSourceIP InitiatingProcessRemoteSessionIP ProcessRemoteSessionIP
                SenderIPv4 SenderIPv6 InitiatedBy.user.ipAddress
                """
            ),
        ]
        return columns.reduce(into: [:]) { meanings, entry in
            for name in entry.1.split(whereSeparator: \.isWhitespace) { meanings[String(name)] = entry.0 }
        }
    }()
}

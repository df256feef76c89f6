/// How a table is asked for what a question names.
struct EntityCondition {
    let profile: TableProfile
    /// The names of the columns that the table has.
    let columns: Set<String>
    /// Whether the rows tell of changes, which are done by one and done to another.
    var isChange = false
    /// Whether connections come in: then the port is the machine's own.
    var isInbound = false
    private var table: String { profile.table }

    /// The condition for one entity; `nil` where the table does not know of such things.
    func condition(_ entity: HuntEntity) -> HuntCondition? {
        guard let found = plain(entity) else { return nil }
        return entity.isExcluded ? .not(found) : found
    }

    /// The columns of a role that are there.
    func columns(_ role: HuntRole) -> [String] {
        (profile.columns[role] ?? []).filter { columns.contains(HuntCondition.base(of: $0)) }
    }

    private func plain(_ entity: HuntEntity) -> HuntCondition? {
        switch entity.role {
        case .user: return people(entity)
        case .host: return entity.form == .remote ? remoteHosts(entity.values) : hosts(entity.values)
        case .address: return addresses(entity)
        case .domain: return columns(.domain).isEmpty ? nil : domains(entity)
        case .port: return ports(entity.values.compactMap { Int64($0) })
        case .hash: return hashes(entity.values)
        case .process: return processes(entity)
        case .command: return quoted(entity.values)
        case .file: return any(.file) { .text($0, entity.form == .ending ? .endsWith : .same, entity.values) }
        case .country: return any(.country) { .text($0, .same, entity.values) }
        case .action where entity.values.allSatisfy({ Int($0) != nil }) && table != "SigninLogs": return nil
        case .action: return any(.action) { .text($0, .same, entity.values) }
        case .category: return techniques(entity.values)
        case .parent: return any(.parent) { .text($0, .same, entity.values) }
        default: return any(entity.role) { .text($0, .contains, entity.values) }
        }
    }

    private func any(_ role: HuntRole, _ condition: (String) -> HuntCondition) -> HuntCondition? {
        let found = columns(role).map(condition)
        return found.isEmpty ? nil : found.count == 1 ? found[0] : .any(found)
    }

    private func ports(_ numbers: [Int64]) -> HuntCondition? {
        if isInbound, columns.contains("LocalPort") { return .number("LocalPort", numbers) }
        return any(.port) { .number($0, numbers) }
    }

    // MARK: Accounts and machines

    /// Who did it; of a change, where it is not said who did it, also to whom it was done.
    private func people(_ entity: HuntEntity) -> HuntCondition? {
        guard let actor = users(entity.values) else { return nil }
        if entity.form == .orPlace {
            let places = (columns(.city) + columns(.country)).map { HuntCondition.text($0, .same, entity.values) }
            return places.isEmpty ? actor : .any([actor] + places)
        }
        guard isChange, entity.side != .by else { return actor }
        let target: HuntCondition? =
            switch table {
            case "AuditLogs": .text("tostring(TargetResources)", .contains, entity.values)
            default: columns(.target).first.map { .text($0, .contains, entity.values) }
            }
        return .any([actor] + [target].compactMap { $0 })
    }

    /// Columns of short names take `jdoe`, columns of logins take `jdoe` and `jdoe@…`.
    private func users(_ values: [String]) -> HuntCondition? {
        let isShort = columns(.user).contains { $0.hasSuffix("AccountName") }
        return any(.user) { column in
            let conditions = values.flatMap { value -> [HuntCondition] in
                let local = value.prefix { $0 != "@" }
                if isShort {
                    let upn = column.replacing("AccountName", with: "AccountUpn")
                    let other: [HuntCondition] =
                        local.count < value.count && columns.contains(upn) ? [.text(upn, .same, [value])] : []
                    return [.text(column, .same, [String(local)])] + other
                }
                let isLogin = local.count < value.count
                // Events of a flat shape have the actor's id alone, and no login.
                let id = column == "actor_alternateId" && columns.contains("actor_id")
                return [.text(column, .same, [value])] + (isLogin ? [] : [.text(column, .startsWith, [value + "@"])])
                    + (id ? [.text("actor_id", .same, [value])] : [])
            }
            return conditions.count == 1 ? conditions[0] : .any(conditions)
        }
    }

    /// Devices are named with their domain; a short name is the same device.
    private func hosts(_ values: [String]) -> HuntCondition? {
        if table == "AzureNetworkAnalytics_CL" { return any(.host) { .text($0, .has, values) } }
        return any(.host) { column in
            let conditions = values.flatMap { value -> [HuntCondition] in
                [.text(column, .same, [value])]
                    + (value.contains(".") ? [] : [.text(column, .startsWith, [value + "."])])
            }
            return conditions.count == 1 ? conditions[0] : .any(conditions)
        }
    }

    /// The machine on the other side.
    private func remoteHosts(_ values: [String]) -> HuntCondition? {
        ["RemoteDeviceName", "RemoteUrl"].first(where: columns.contains).map { column in
            .any(values.flatMap { [.text(column, .same, [$0]), .text(column, .startsWith, [$0 + "."])] })
        }
    }

    // MARK: Networks

    private func addresses(_ entity: HuntEntity) -> HuntCondition? {
        var names = columns(.address)
        if table == "AzureNetworkAnalytics_CL" {
            let wanted =
                entity.side == .from
                ? ["SrcPublicIPs_s"] : entity.side == .to ? ["DestPublicIPs_s", "DestIP_s"] : names
            names = names.filter(wanted.contains)
        }
        let found: [HuntCondition] = names.map { column in
            if entity.form == .network { return .network(column, entity.values) }
            // Flow logs write `203.0.113.9|1|2|0…`: the address with its counts.
            return .text(column, table == "AzureNetworkAnalytics_CL" ? .has : .same, entity.values)
        }
        return found.isEmpty ? nil : found.count == 1 ? found[0] : .any(found)
    }

    private func domains(_ entity: HuntEntity) -> HuntCondition? {
        any(.domain) { .text($0, entity.form == .part ? .contains : .has, entity.values) }
    }

    // MARK: Programs and files

    private func hashes(_ values: [String]) -> HuntCondition? {
        let conditions = values.compactMap { value -> HuntCondition? in
            let kind = value.utf8.count == 32 ? "MD5" : value.utf8.count == 40 ? "SHA1" : "SHA256"
            return columns(.hash).first { $0.hasSuffix(kind) }.map { .text($0, .same, [value]) }
        }
        return conditions.isEmpty ? nil : conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    private func processes(_ entity: HuntEntity) -> HuntCondition? {
        guard entity.form == .tool else { return any(.process) { .text($0, .same, entity.values) } }
        let names = columns(.process) + columns(.command) + (columns(.title))
        return names.isEmpty ? nil : .any(names.map { .text($0, .contains, entity.values) })
    }

    /// Quoted words are looked for where the table keeps its texts.
    private func quoted(_ values: [String]) -> HuntCondition? {
        let roles: [HuntRole] = [.command, .registryKey, .title, .domain, .agent]
        let names =
            roles.flatMap { columns($0) } + (table == "OktaSystemLog" ? ["displayMessage"] : [])
            + (["AuditLogs", "AzureActivity"].contains(table) ? columns(.action) : [])
            + (table == "DeviceRegistryEvents" ? ["RegistryValueName", "RegistryValueData"] : [])
            + (table == "DeviceFileEvents" ? ["FileName", "FolderPath"] : [])
        let found: [HuntCondition] = names.filter { columns.contains(HuntCondition.base(of: $0)) }.map {
            .text($0, .contains, values)
        }
        return found.isEmpty ? nil : found.count == 1 ? found[0] : .any(found)
    }

    private func techniques(_ values: [String]) -> HuntCondition? {
        columns.contains("AttackTechniques") ? .text("AttackTechniques", .contains, values) : nil
    }
}

/// The subject and the table that a question is answered from, and what is asked of its rows.
struct HuntChoice {
    let subject: String
    let table: String
    let isChange: Bool
    let conditions: [HuntCondition]
    let qualifiers: [String]
    let entities: [HuntEntity]
    let notes: [String]
    /// What the question names and the table cannot tell.
    let lost: [HuntEntity]
    /// What is wanted of the rows, before it is known whether the table has the columns.
    let shape: HuntShape
    /// The words of the vocabulary that the conditions speak for.
    let used: Set<String>
    /// The places of words that name columns.
    let named: Set<Int>
    /// Whether no word named the subject, but only the kind of what the question names.
    let isSuggested: Bool
    /// How well the table can tell what was asked.
    private let score: Int

    /// The best choice; `nil` where the question names no subject that some table knows of.
    static func best(_ reading: HuntReading, _ catalog: HuntCatalog) -> HuntChoice? {
        if let named = named(reading, catalog) { return named }
        var choices: [HuntChoice] = []
        for (subject, words) in subjects(reading) {
            let tables = subject.meanings.enumerated().flatMap { order, meaning in
                Self.tables(meaning.table, catalog).compactMap { table in
                    HuntChoice(
                        subject, meaning.condition, meaning.table, in: table, words, reading, catalog, order: order)
                }
            }
            guard let best = tables.max(by: { $0.score < $1.score }) else { continue }
            if best.lost.isEmpty { return best }
            choices.append(best)
        }
        return choices.first
    }

    /// The table itself, or where Okta's events are kept under another name.
    private static func tables(_ table: String, _ catalog: HuntCatalog) -> [String] {
        if catalog.has(table) { return [table] }
        return table == "OktaSystemLog" ? OktaColumns.tables.filter(catalog.has) : []
    }

    /// Subjects that the words fit, the most particular first; then what the names in the question suggest.
    private static func subjects(_ reading: HuntReading) -> [(HuntSubject, Set<String>)] {
        let fitting = HuntSubject.all.enumerated().compactMap { order, subject in
            subject.match(reading.meant).map { (subject, $0.words, $0.weight, order) }
        }
        let ranked = fitting.sorted { ($1.2, $0.3) < ($0.2, $1.3) }.map { ($0.0, $0.1) }
        return ranked
            + suggested(reading).compactMap { name in HuntSubject.all.first { $0.name == name }.map { ($0, []) } }
    }
}

// MARK: One table

extension HuntChoice {
    private init?(
        _ subject: HuntSubject, _ condition: HuntCondition?, _ origin: String, in table: String, _ words: Set<String>,
        _ reading: HuntReading, _ catalog: HuntCatalog, order: Int
    ) {
        let names = Set(catalog.columns(of: table).map(\.name))
        let writer = EntityCondition(
            profile: catalog.profile(of: table), columns: names, isChange: subject.isChange,
            isInbound: reading.meant.contains("inbound"))
        func own(_ condition: HuntCondition) -> HuntCondition? {
            Self.translated(condition, from: origin, to: table, names, isInbound: writer.isInbound)
        }
        // Without its own condition a subject would be every row.
        guard condition == nil || condition.flatMap(own) != nil else { return nil }
        let applied = AppliedQualifier.all(reading, subject, words, origin, own)
        let suspicion = Self.suspicion(reading, table)
        let placed = Self.placed(reading, subject).map { ($0, writer.condition($0)) }
        let known = applied.filter { $0.condition != nil }
        conditions = Self.unique(
            [condition.flatMap(own)].compactMap { $0 } + Self.alternatives(known.compactMap(\.condition)) + suspicion
                + Self.merged(
                    placed.filter { suspicion.isEmpty || !Self.isPowerShell($0.0) }
                        .compactMap { entity, condition in condition.map { (entity, $0) } }))
        qualifiers = known.map(\.name) + (suspicion.isEmpty ? [] : ["suspicious"])
        entities = placed.map(\.0)
        lost = placed.filter { $0.1 == nil }.map(\.0)
        notes =
            Self.role(reading, table)
            + applied.filter { $0.condition == nil && $0.isOutcome }.map { "\(table) cannot tell what \($0.name)" }
            + (AppliedQualifier.isBoth(reading) ? ["what failed and what succeeded are read alike"] : [])
        let groups = GroupColumns(reading.plain, columns: GroupColumns.names(table, catalog))
        let wanted = ShapeReader(reading.plain, reading.meant).shape(isChange: subject.isChange)
        let isNamed = groups != nil && [.rows, .count].contains(wanted)
        shape = isNamed ? .byColumns(groups?.columns ?? []) : wanted
        named = isNamed ? groups?.used ?? [] : []
        used =
            words.union(subject.fitting(reading.meant)).union(Self.hints(reading, table))
            .union(known.flatMap(\.words))
            .union(AppliedQualifier.isBoth(reading) ? ["failed", "denied", "success"] : ["malicious"])
        isSuggested = words.isEmpty
        self.subject = subject.name
        self.table = table
        isChange = subject.isChange
        let hints = Self.hint(reading, table) * 1000
        let missing = shape.roles.count { writer.columns($0).isEmpty }
        score =
            hints - missing * 100 + (isNamed ? 100 : 0) + (placed.count - lost.count) * 100 + known.count * 100 - order
    }

    /// Names in the roles that the subject gives them: the program behind `by` is a process's parent.
    private static func placed(_ reading: HuntReading, _ subject: HuntSubject) -> [HuntEntity] {
        let isProcess = subject.meanings.first?.table == "DeviceProcessEvents"
        let isNetwork = ["DeviceNetworkEvents", "AzureNetworkAnalytics_CL"].contains(
            subject.meanings.first?.table ?? "")
        let hosts = reading.entities.filter { $0.role == .host && !$0.isExcluded }
        let isPair = hosts.contains { $0.side == .from } && hosts.contains { $0.side == .to }
        return reading.entities.map { entity in
            if isPair, entity.role == .host, !isProcess, entity.side == (isNetwork ? .to : .from) {
                return entity.with(form: .remote)
            }
            if entity.role == .process, isProcess, reading.isAgent(entity) { return entity.with(role: .parent) }
            if entity.form == .dotted, entity.role == .domain, !isNetwork, subject.name == "sign-ins" {
                return entity.with(role: .host)
            }
            if entity.role == .process,
                ["files", "files created", "files deleted", "files renamed", "files changed"].contains(subject.name),
                !reading.isAgent(entity), reading.isFile(entity)
            {
                return entity.with(role: .file)
            }
            return entity
        }
    }

    /// What `malicious` means of PowerShell; of other things only their rows can tell.
    private static func suspicion(_ reading: HuntReading, _ table: String) -> [HuntCondition] {
        let isPowerShell = reading.entities.contains(where: isPowerShell)
        guard reading.meant.contains("malicious"), table == "DeviceProcessEvents", isPowerShell else { return [] }
        return [HuntSubject.maliciousPowerShell]
    }

    private static func isPowerShell(_ entity: HuntEntity) -> Bool {
        entity.role == .process && !entity.isExcluded && entity.values.contains("powershell.exe")
    }

    /// The directory role that a question names.
    private static func role(_ reading: HuntReading, _ table: String) -> [String] {
        reading.meant.contains("malicious") && suspicion(reading, table).isEmpty
            ? ["what is malicious is judged by the rows, not by the query"] : []
    }

    /// Whether it would read a whole log because what was asked of it was not understood.
    func isTooBroad(_ reading: HuntReading) -> Bool {
        // `github commits by jdoe`: the one word that names what is looked for is not known.
        let weak: Set<HuntRole> = [.application, .agent, .country, .user]
        if isSuggested, !reading.unknown.isEmpty, entities.allSatisfy({ weak.contains($0.role) }) { return true }
        return ["Okta events", "Azure activity", "directory changes"].contains(subject) && reading.unknown.count >= 2
            && entities.isEmpty && qualifiers.isEmpty
    }

    /// A question that names a table by its own name, such as one that was loaded from a file.
    private static func named(_ reading: HuntReading, _ catalog: HuntCatalog) -> HuntChoice? {
        guard let table = reading.tables.first else { return nil }
        let known = HuntSubject.all.first { subject in
            subject.match(reading.meant) != nil && subject.meanings.contains { $0.table == table }
        }
        let meaning = known?.meanings.first { $0.table == table }
        let subject = known ?? HuntSubject("rows of \(table)", "", (table, nil))
        return HuntChoice(subject, meaning?.condition, table, in: table, [], reading, catalog, order: 0)
    }
}

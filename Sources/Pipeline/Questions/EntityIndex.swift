internal import Detection
internal import Events
internal import Tables

/// Something in the case that a question names.
enum Entity: Hashable {
    /// An actor's key.
    case actor(String)
    case value(EventField, String)
    /// A row.
    case event(Int)
    case finding(String)
    case incident(String)
}

/// Finds what the words of a question name in the events, findings and incidents.
struct EntityIndex {
    private var entities: [String: [Entity]] = [:]
    private let file: CaseFile
    /// Names of more words than this are not found.
    private static let longest = 4

    /// Linear in the distinct values.
    init(_ file: CaseFile) {
        self.file = file
        for key in file.events.actors { addActor(key) }
        for field in [EventField.ipAddress, .city, .country, .eventType, .outcomeReason, .targetID] {
            for value in file.events.column(field).dictionary.dropFirst() { add(value, .value(field, value)) }
        }
        for value in file.events.column(.country).dictionary.dropFirst() {
            for (code, name) in Self.countryNames {
                if code == value { add(name, .value(.country, value)) }
                if name == value.lowercased() { add(code, .value(.country, value)) }
            }
        }
    }

    private mutating func addActor(_ key: String) {
        let event = file.events.rowsOfActor(key).last.map { file.events[$0] }
        for name in Set([key, event?.actorLogin, event?.actorName].compactMap { $0 }) {
            add(name, .actor(key))
            if let local = name.split(separator: "@").first, local.count < name.count {
                add(String(local), .actor(key))
            }
        }
    }

    private mutating func add(_ name: String, _ entity: Entity) {
        let key = name.lowercased()
        if entities[key]?.contains(entity) != true { entities[key, default: []].append(entity) }
    }

    /// The entities that the words name, longest names first; the words that name them are removed.
    ///
    /// - Parameter written: The same words as the user wrote them, in case and number.
    func take(from words: inout [String], written: [String]) -> [Entity] {
        var found: [Entity] = [], used: Set<Int> = []
        for length in stride(from: Self.longest, through: 1, by: -1) where words.count >= length {
            for start in 0...words.count - length where used.isDisjoint(with: start..<start + length) {
                let name = words[start..<start + length].joined(separator: " ")
                let entities = entities(named: name, written: length == 1 ? written[start] : nil)
                guard !entities.isEmpty else { continue }
                used.formUnion(start..<start + length)
                found += entities.filter { !found.contains($0) }
            }
        }
        words = words.indices.filter { !used.contains($0) }.map { words[$0] }
        return found
    }

    private func entities(named name: String, written: String?) -> [Entity] {
        if let known = entities[name] {
            // `in`, `it`, `no`: two letters are a country only when they are written as one.
            let isCode = name.count == 2 && known.contains { if case .value(.country, _) = $0 { true } else { false } }
            if isCode { return written == name.uppercased() ? known : [] }
            return Vocabulary.known.contains(name) ? [] : known
        }
        return written.map(records) ?? []
    }

    /// Events, findings and incidents by id, or by a unique beginning of four characters or more.
    private func records(_ word: String) -> [Entity] {
        if let row = file.events.row(ofID: word) { return [.event(row)] }
        guard word.count >= 4, !Vocabulary.known.contains(word.lowercased()) else { return [] }
        let incidents = file.incidents.filter { $0.id.hasPrefix(word.lowercased()) }.map { Entity.incident($0.id) }
        let findings = file.findings.filter { $0.id.hasPrefix(word.lowercased()) }.map { Entity.finding($0.id) }
        let all = incidents + findings
        return all.count == 1 ? all : []
    }

    /// Names for the codes that demo logs use; Okta itself writes names.
    private static let countryNames: [(code: String, name: String)] = [
        ("AU", "australia"), ("AT", "austria"), ("BE", "belgium"), ("BR", "brazil"), ("CA", "canada"),
        ("CH", "switzerland"), ("CN", "china"), ("DE", "germany"), ("DK", "denmark"), ("ES", "spain"),
        ("FI", "finland"), ("FR", "france"), ("GB", "united kingdom"), ("IE", "ireland"), ("IL", "israel"),
        ("IN", "india"), ("IR", "iran"), ("IT", "italy"), ("JP", "japan"), ("KP", "north korea"), ("KR", "south korea"),
        ("MX", "mexico"), ("NG", "nigeria"), ("NL", "netherlands"), ("NO", "norway"), ("PL", "poland"),
        ("PT", "portugal"), ("RO", "romania"), ("RU", "russia"), ("SE", "sweden"), ("SG", "singapore"),
        ("TR", "turkey"), ("UA", "ukraine"), ("US", "united states"), ("VN", "vietnam"), ("ZA", "south africa"),
    ]
}

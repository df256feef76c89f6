internal import Events
internal import Tables

/// User agents without their version numbers: a browser that was updated is still the same one.
struct AgentFamilies {
    private let agents: StringColumn
    private var families = StringPool()
    private var ofAgent: [UInt32]

    init(_ events: EventTable) {
        agents = events.column(.userAgent)
        ofAgent = [UInt32](repeating: 0, count: agents.dictionary.count)
    }

    /// A number for the family of an event's agent; 0 where it has no agent. Each agent is read once.
    mutating func family(_ row: Int) -> UInt32 {
        let code = Int(agents.codes[row])
        guard code != 0 else { return 0 }
        if ofAgent[code] == 0 {
            ofAgent[code] = families.code(adding: Self.withoutVersions(agents.dictionary[code]))
        }
        return ofAgent[code]
    }

    /// Digits, dots and underscores are what versions are made of.
    static func withoutVersions(_ agent: String) -> String {
        let kept = agent.utf8.filter { !(0x30...0x39).contains($0) && $0 != 0x2E && $0 != 0x5F }
        return String(decoding: kept, as: UTF8.self)
    }
}

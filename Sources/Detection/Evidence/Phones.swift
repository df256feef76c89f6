internal import Events
internal import Tables

/// Which events come from phones and tablets, told by what they say of their system or browser; each text is read once.
///
/// A phone's address is that of its carrier's gateway: it changes all day, and may stand hundreds of kilometres away.
struct Phones {
    private let systems: [UInt32], agents: [UInt32]
    private let isPhoneSystem: [Bool], isPhoneAgent: [Bool]

    init(_ events: EventTable) {
        let systems = events.column(.operatingSystem), agents = events.column(.userAgent)
        self.systems = systems.codes
        self.agents = agents.codes
        isPhoneSystem = systems.dictionary.map { Self.names($0, ["ios", "ipados", "android"]) }
        isPhoneAgent = agents.dictionary.map { Self.names($0, ["iphone", "ipad", "android"]) }
    }

    func contains(_ row: Int) -> Bool { isPhoneSystem[Int(systems[row])] || isPhoneAgent[Int(agents[row])] }

    private static func names(_ text: String, _ words: [String]) -> Bool {
        let text = text.lowercased()
        return words.contains { text.contains($0) }
    }
}

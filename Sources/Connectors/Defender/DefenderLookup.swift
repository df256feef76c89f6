internal import Diagnostics
internal import JSON
internal import Tables

/// Finds the one machine that is meant, or says why there is not one.
struct DefenderLookup {
    let name: DefenderHostName

    private static let shown = 10
    private static let nearest = 5

    /// The only machine of that name.
    ///
    /// - Parameters:
    ///   - machines: All whose names begin like it.
    ///   - near: The names of other machines; asked for only when none fits.
    func only(_ machines: [DefenderMachine], near: () async throws -> [String]) async throws -> DefenderMachine {
        var seen: Set<String> = []
        let fitting = machines.filter { name.isName(of: $0) && seen.insert($0.id.lowercased()).inserted }
        guard let first = fitting.first else { throw try await none(near()) }
        guard fitting.count == 1 else { throw several(fitting) }
        return first
    }

    private func none(_ names: [String]) -> Diagnostic {
        let own = name.text.lowercased()
        let label = { (name: String) in String(name.lowercased().prefix { $0 != "." }) }
        let distance = { (other: String) in
            min(other.lowercased().editDistance(to: own), label(other).editDistance(to: label(own)))
        }
        let near = Set(names).map { (name: $0, distance: distance($0)) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(Self.nearest).map { "`\($0.name.visible(limit: 100))`" }
        return Diagnostic(
            "Defender knows no machine named `\(name.text)`",
            remedy: near.isEmpty
                ? "Check the name; a machine that has not reported for long is not listed"
                : "Names like it: \(near.joined(separator: ", "))")
    }

    private func several(_ machines: [DefenderMachine]) -> Diagnostic {
        let sorted = machines.sorted { ($1.lastSeen?.ticks ?? .min, $0.id) < ($0.lastSeen?.ticks ?? .min, $1.id) }
        let more = sorted.count - Self.shown
        let named = sorted.prefix(Self.shown).map(Self.words) + (more > 0 ? ["\(more) more"] : [])
        return Diagnostic(
            "\(machines.count) machines are named `\(name.text)`: \(named.joined(separator: "; "))",
            remedy: "Give the id of the one you mean; a host that was set up anew is listed once for each time")
    }

    /// What tells one candidate from another.
    private static func words(_ machine: DefenderMachine) -> String {
        let facts = [
            machine.computerDNSName, "id \(machine.id)",
            machine.lastSeen.map { "last seen \($0.spaced)" } ?? "never seen", machine.healthStatus, machine.osPlatform,
        ]
        return facts.compactMap { $0?.visible(limit: 100) }.joined(separator: ", ")
    }
}

/// A list of machines as the API sends it.
struct DefenderMachineList {
    let machines: [DefenderMachine]
    /// Whether the API has more.
    let isPartial: Bool

    /// `nil` for what is no list, and for a list with an element that cannot be told from others.
    init?(_ body: [UInt8]) {
        guard let json = try? JSONValue(parsing: body), let elements = json["value"]?.array else { return nil }
        machines = elements.compactMap { DefenderMachine($0) }
        guard machines.count == elements.count else { return nil }
        isPartial = json["@odata.nextLink"].map { !$0.isNull } ?? false
    }
}

internal import Diagnostics
public import HTTP
internal import JSON

/// The machines of a tenant in Defender for Endpoint.
///
/// ```swift
/// let defender = DefenderService(at: try DefenderAddress(), transport: CurlTransport()) { try await tokens.next() }
/// let machine = try await defender.machine("ws042")
/// let request = try DefenderRequest(.isolate(.full), on: machine, comment: reason, at: defender.address)
/// print(request.http.text)                       // and ask for `machine.target`
/// let outcome = try await defender.send(request)
/// ```
///
/// Every error is a `Diagnostic` of the kinds `.failed` (no machine, several machines), `.usage` (no name, no
/// reason), `.unavailable` (all that Defender or the network refuses) or `.interrupted`.
public struct DefenderService: Sendable {
    /// Where its API is.
    public let address: DefenderAddress
    let exchange: DefenderExchange
    let messages: DefenderMessages
    let manner: DefenderManner

    /// A service; nothing is sent before the first look-up.
    ///
    /// - Parameter token: An access token for ``DefenderAddress/scope``; asked for before every request, so it
    ///   should keep the token for as long as it is good.
    public init(
        at address: DefenderAddress, transport: any HTTPTransport, manner: DefenderManner = DefenderManner(),
        token: @escaping @Sendable () async throws -> String
    ) {
        self.address = address
        self.manner = manner
        messages = DefenderMessages(origin: address.origin)
        exchange = DefenderExchange(transport: transport, manner: manner, messages: messages, token: token)
    }

    var now: Int { manner.retries.clock.now() }

    /// The machine that the user means, by its id where the text is one (40 hexadecimal digits), else by its name.
    ///
    /// - Throws: As ``machine(named:)`` and ``machine(id:)``.
    public func machine(_ host: String) async throws -> DefenderMachine {
        try await DefenderMachine.isUsualID(host) ? machine(id: host) : machine(named: host)
    }

    /// The one machine of a name, which may leave out the domain; capitals do not matter.
    ///
    /// Reads once, again where the name has capitals, and once more for near names.
    ///
    /// - Throws: A `Diagnostic` that names the candidates with id and last report when there are several, also
    ///   when all but one look stale; near names when there is none.
    public func machine(named name: String) async throws -> DefenderMachine {
        let name = try DefenderHostName(name)
        var found: [DefenderMachine] = []
        for spelling in name.spellings {
            let list = try await machines(startingWith: spelling, top: nil)
            guard !list.isPartial else { throw messages.tooMany(name.text) }
            found += list.machines
        }
        return try await DefenderLookup(name: name).only(found) { try await namesNear(name) }
    }

    /// The machine of an id.
    ///
    /// - Throws: A `Diagnostic` where there is none, and where Defender answers with another one.
    public func machine(id: String) async throws -> DefenderMachine {
        guard id.isPlainIdentifier else {
            throw Diagnostic(
                "`\(id.visible(limit: 80))` is not the id of a machine",
                remedy: "Give the 40 hexadecimal digits that Defender shows as the device id", kind: .usage)
        }
        let answer = try await exchange.get(address.url("machines/\(id)"))
        if answer.status == 404 {
            throw Diagnostic("Defender knows no machine with the id \(id)", remedy: "Check the id, or give the name")
        }
        guard answer.status == 200 else { throw messages.status(answer, .reading, now: now) }
        guard let machine = (try? JSONValue(parsing: answer.body)).flatMap({ DefenderMachine($0) }),
            machine.id.lowercased().utf8.elementsEqual(id.lowercased().utf8)
        else { throw messages.unreadable("the machine that was asked for", answer.fault) }
        return machine
    }

    /// An empty list where the API says that there is none (status 404).
    private func machines(startingWith start: String, top: Int?) async throws -> DefenderMachineList {
        let filter = "startswith(computerDnsName,\(start.odataLiteral))"
        let answer = try await exchange.get(address.url("machines", filter: filter, top: top))
        if answer.status == 404, let empty = DefenderMachineList(Array(#"{"value":[]}"#.utf8)) { return empty }
        guard answer.status == 200 else { throw messages.status(answer, .reading, now: now) }
        guard let list = DefenderMachineList(answer.body) else {
            throw messages.unreadable("a list of machines", answer.fault)
        }
        return list
    }

    /// Names that begin alike; none where they cannot be read, as the look-up has its answer already.
    private func namesNear(_ name: DefenderHostName) async throws -> [String] {
        guard let stem = name.stem else { return [] }
        do {
            return try await machines(startingWith: stem, top: 200).machines.compactMap(\.computerDNSName)
                .filter { $0.utf8.count <= DefenderHostName.limit }
        } catch let failure as Diagnostic where failure.kind == .unavailable {
            return []
        }
    }
}

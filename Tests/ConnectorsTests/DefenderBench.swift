import Diagnostics
import HTTP
import JSON
import Synchronization
import Testing

@testable import Connectors

/// A tenant's machines and their actions, as the API serves them: names compare with their capitals.
final class DefenderSimulation: Sendable {
    private let machines: [JSONValue]
    private let actions: [JSONValue]
    /// What a machine action is, look by look; the last stays.
    private let states: [String]
    private let looks = Mutex(0)

    init(_ machines: [JSONValue], actions: [JSONValue] = [], states: [String] = ["Succeeded"]) {
        (self.machines, self.actions, self.states) = (machines, actions, states)
    }

    func answer(_ request: OktaServer.Request) -> OktaServer.Reply {
        let parts = request.path.split(separator: "/").map(String.init)
        switch (request.method, parts.dropFirst().first, parts.count) {
        case ("GET", "machines", 2): return list(machines.filter { fits($0, request) })
        case ("GET", "machines", 3):
            return machines.first { $0["id"]?.string == parts[2] }.map { OktaServer.Reply(body: $0.text) } ?? .none
        case ("GET", "machineactions", 2): return list(actions.filter { fits($0, request) })
        case ("GET", "machineactions", 3): return OktaServer.Reply(body: Self.action(nextState, id: parts[2]).text)
        case ("POST", "machines", 4):
            return OktaServer.Reply(status: 201, body: Self.action("Pending", on: parts[2], type: parts[3]).text)
        default: return OktaServer.Reply(status: 405)
        }
    }

    private var nextState: String {
        looks.withLock { looks in
            looks += 1
            return states[min(looks, states.count) - 1]
        }
    }

    private func list(_ elements: [JSONValue]) -> OktaServer.Reply {
        OktaServer.Reply(body: JSONValue.object([.init("value", .array(elements))]).text)
    }

    private func fits(_ element: JSONValue, _ request: OktaServer.Request) -> Bool {
        let filter = request.query["$filter"] ?? ""
        let literal = filter.drop { $0 != "'" }.dropFirst().reversed().drop { $0 != "'" }.dropFirst().reversed()
        let text = String(literal).replacing("''", with: "'")
        if filter.hasPrefix("machineId eq ") { return element["machineId"]?.string == text }
        return element["computerDnsName"]?.string?.hasPrefix(text) ?? false
    }

    static func machine(
        _ name: String?, _ number: Int, lastSeen: String? = nil, health: String = "Active"
    ) -> JSONValue {
        [
            "id": .string(id(number)), "computerDnsName": JSONValue(name), "lastSeen": JSONValue(lastSeen),
            "healthStatus": .string(health), "osPlatform": "Windows11",
        ]
    }

    /// 40 digits.
    static func id(_ number: Int) -> String { String(repeating: "0", count: 39) + "\(number)" }

    private static let types = ["isolate": "Isolate", "unisolate": "Unisolate", "runAntiVirusScan": "RunAntiVirusScan"]

    static func action(
        _ status: String, id: String = "a-1", on machine: String = id(1), type: String = "isolate",
        created: String = "2026-11-21T00:00:00Z"
    ) -> JSONValue {
        [
            "id": .string(id), "type": .string(types[type] ?? type), "scope": "Full", "requestor": "app",
            "requestorComment": "reason", "status": .string(status), "machineId": .string(machine),
            "creationDateTimeUtc": .string(created),
        ]
    }
}

extension OktaServer.Reply {
    /// What the API answers where there is nothing.
    static let none = fault(404, "ResourceNotFound", "not found")

    /// An error in the form of Defender's API.
    static func fault(_ status: Int, _ code: String, _ message: String, headers: [(String, String)] = []) -> Self {
        Self(
            status: status, headers: headers,
            body: #"{"error":{"code":"\#(code)","message":"\#(message)","target":"c-1"}}"#)
    }
}

/// A service in front of a server, with a clock of its own.
struct DefenderBench: Sendable {
    let server: OktaServer
    let clock: TestClock
    let service: DefenderService

    /// The token that it sends.
    static let token = "eyJ.CANARY.token"

    init(
        _ server: OktaServer, clock: TestClock = TestClock(), timeLimit: Duration = .seconds(600),
        firstByte: Duration = .seconds(60), url: String? = nil,
        token: @escaping @Sendable () async throws -> String = { DefenderBench.token }
    ) throws {
        (self.server, self.clock) = (server, clock)
        let retries = RetryPolicy(longestWait: .seconds(60), jitter: { 1 }, clock: clock.retryClock)
        let manner = DefenderManner(
            retries: retries, timeLimit: timeLimit, limits: HTTPLimits(firstByte: firstByte))
        service = DefenderService(
            at: try DefenderAddress(url: url ?? server.url), transport: CurlTransport(), manner: manner, token: token)
    }

    init(_ simulation: DefenderSimulation, timeLimit: Duration = .seconds(600), url: String? = nil) throws {
        try self.init(OktaServer { request, _ in simulation.answer(request) }, timeLimit: timeLimit, url: url)
    }

    /// The machine with the id 1, without asking for it.
    static let machine = DefenderMachine(DefenderSimulation.machine("ws1.example.com", 1))

    func request(_ action: DefenderAction = .isolate(.full), comment: String = "reason") throws -> DefenderRequest {
        let machine = try #require(Self.machine)
        return try DefenderRequest(action, on: machine, comment: comment, at: service.address)
    }
}

/// An address at which no server listens: a stopped server's port may be another test's by now.
let deadAddress = "http://127.0.0.1:1"

/// The error of a piece of work, where it is a diagnostic.
func diagnostic<Result>(_ work: () async throws -> Result) async -> Diagnostic? {
    do {
        _ = try await work()
        return nil
    } catch { return error as? Diagnostic }
}

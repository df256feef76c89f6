import Diagnostics
import Foundation
import HTTP
import Synchronization
import Tables

@testable import Connectors

/// A clock that a test moves: sleeping takes no time and is written down.
final class TestClock: Sendable {
    /// The time at which every test begins.
    static let start = Timestamp("2026-11-21T00:00:00Z") ?? Timestamp(ticks: 0)

    private let state = Mutex((now: Int(TestClock.start.ticks / Timestamp.ticksPerSecond), waits: [Double]()))
    private let patience: Int

    /// - Parameter patience: After so many waits each further one ends as a cancelled task's does.
    init(patience: Int = 1000) { self.patience = patience }

    /// Seconds since 1970.
    var now: Int { state.withLock { $0.now } }
    var waits: [Double] { state.withLock { $0.waits } }

    var retryClock: RetryClock {
        RetryClock(
            sleep: { [self] wait in
                try state.withLock { state in
                    guard state.waits.count < patience else { throw CancellationError() }
                    state.waits.append(wait / .seconds(1))
                    state.now += Int(wait.components.seconds) + (wait.components.attoseconds > 0 ? 1 : 0)
                }
            }, now: { [self] in now })
    }
}

/// A folder of a test's own; all of them go when the tests have ended.
struct TestFolder: Sendable {
    let path: String
    private static let made = Mutex<[String]>([])

    init() throws {
        path = NSTemporaryDirectory() + "watchfloor-okta-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        Self.made.withLock { made in
            if made.isEmpty { atexit { TestFolder.removeAll() } }
            made.append(path)
        }
    }

    private static func removeAll() {
        for path in made.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        let path = path + "/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    func mode(_ name: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int ?? 0
    }
}

/// What `onPage` and `watch` were told.
final class Heard: Sendable {
    private let state = Mutex((events: [String](), waits: [String]()))

    /// The events that were delivered.
    var events: [String] { state.withLock { $0.events } }
    /// The reasons of the waits.
    var waits: [String] { state.withLock { $0.waits } }

    func take(_ page: OktaLogPage) {
        state.withLock { $0.events += page.events.map { String(decoding: $0, as: UTF8.self) } }
    }

    func take(_ progress: OktaFetchProgress) {
        if case .waiting(_, let reason) = progress { state.withLock { $0.waits.append(reason) } }
    }
}

/// A log behind a server, with a clock of its own.
struct Bench: Sendable {
    let server: OktaServer
    let clock: TestClock
    let log: OktaSystemLog
    let heard = Heard()

    init(
        _ server: OktaServer, clock: TestClock = TestClock(), credentials: OktaCredentials = .apiToken("00token"),
        attempts: Int = 3, longestWait: Duration = .seconds(120), limits: HTTPLimits = HTTPLimits(), url: String? = nil
    ) throws {
        self.server = server
        self.clock = clock
        let retries = RetryPolicy(attempts: attempts, longestWait: longestWait, jitter: { 1 }, clock: clock.retryClock)
        let numbers = Mutex(0)
        let manner = OktaFetchManner(retries: retries, limits: limits) {
            numbers.withLock { number in
                number += 1
                return "id-\(number)"
            }
        }
        log = OktaSystemLog(
            organization: try OktaOrganization(url: url ?? server.url), credentials: credentials, transport: CurlTransport(),
            manner: manner)
    }

    /// A log in front of a simulation.
    init(_ simulation: OktaLogSimulation, clock: TestClock = TestClock()) throws {
        try self.init(OktaServer { request, _ in simulation.answer(request) }, clock: clock)
    }

    @discardableResult
    func fetch(
        _ query: OktaLogQuery, follow: Bool = false, checkpoints: OktaCheckpoints? = nil, spool: OktaSpool? = nil
    ) async -> OktaFetchReport {
        await log.fetch(
            query, follow: follow, checkpoints: checkpoints, spool: spool, watch: { [heard] in heard.take($0) },
            onPage: { [heard] in heard.take($0) })
    }
}

/// A time on the day before the tests begin, such as `at("10:00:00")`.
func at(_ time: String) -> Timestamp { Timestamp("2026-11-20T\(time)Z") ?? Timestamp(ticks: 0) }

/// An event of that day whose uuid is its name.
func event(_ uuid: String, _ time: String) -> OktaLogSimulation.Event {
    OktaLogSimulation.Event(uuid: uuid, published: at(time))
}

/// An hour of that day.
let hour = OktaLogQuery(since: at("10:00:00"), until: at("11:00:00"))

/// The request line for an hour of that day.
let hourLine = line(since: "2026-11-20T10:00:00Z", until: "2026-11-20T11:00:00Z")

/// The request line of the first page of a window.
func line(since: String, until: String? = nil, rest: String = "") -> String {
    let escaped = { (text: String) in text.replacing(":", with: "%3A") }
    let until = until.map { "&until=\(escaped($0))" } ?? ""
    return "GET /api/v1/logs?since=\(escaped(since))\(until)&sortOrder=ASCENDING&limit=1000\(rest)"
}

extension OktaFetchReport {
    /// Some of the numbers, to be compared at once.
    func counts(_ paths: KeyPath<OktaFetchReport, Int>...) -> [Int] { paths.map { self[keyPath: $0] } }
}

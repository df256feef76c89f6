import Diagnostics
import JSON
import Testing

@testable import Connectors

@Suite("Looking machines up", .timeLimit(.minutes(5)))
struct DefenderLookupTests {
    private static let fleet = DefenderSimulation([
        DefenderSimulation.machine("ws1.example.com", 1, lastSeen: "2026-11-20T08:00:00Z"),
        DefenderSimulation.machine("ws10.example.com", 2),
        DefenderSimulation.machine("db1.example.com", 3, lastSeen: "2026-11-20T08:00:00Z"),
        DefenderSimulation.machine("db1.example.net", 4, lastSeen: "2026-11-19T08:00:00.1234567Z"),
        DefenderSimulation.machine("old.example.com", 5, lastSeen: "2026-05-01T08:00:00Z", health: "Inactive"),
        DefenderSimulation.machine("old.example.com", 6, lastSeen: "2026-11-20T08:00:00Z"),
        DefenderSimulation.machine("Mixed.example.com", 7), DefenderSimulation.machine("o'brien", 8),
        DefenderSimulation.machine("solo", 9), DefenderSimulation.machine(nil, 0),
    ])

    @Test(
        "One machine of that name is found, by its short or its full name",
        arguments: [
            ("ws1", 1), ("ws1.example.com", 1), ("WS1", 1), ("Ws1.Example.COM", 1), ("ws10", 2),
            ("db1.example.net", 4), ("Mixed", 7), ("o'brien", 8), ("solo", 9),
        ])
    func found(name: String, number: Int) async throws {
        let bench = try DefenderBench(Self.fleet)
        #expect(try await bench.service.machine(named: name).id == DefenderSimulation.id(number))
        #expect(try await bench.service.machine(name).id == DefenderSimulation.id(number))
    }

    @Test("The question is asked with the quotes of OData and with a token")
    func question() async throws {
        let bench = try DefenderBench(Self.fleet)
        _ = try await bench.service.machine(named: "o'brien")
        let request = try #require(bench.server.requests.first)
        #expect(request.line == "GET /api/machines?$filter=startswith%28computerDnsName%2C%27o%27%27brien%27%29")
        #expect(request.headers["authorization"] == "Bearer \(DefenderBench.token)")
        #expect(bench.server.lines.count == 1)
    }

    @Test(
        "Several machines of that name are named, newest first, and none is chosen",
        arguments: [
            (
                "db1",
                "2 machines are named `db1`: db1.example.com, id 0000000000000000000000000000000000000003, last seen "
                    + "2026-11-20 08:00:00Z, Active, Windows11; db1.example.net, id "
                    + "0000000000000000000000000000000000000004, last seen 2026-11-19 08:00:00Z, Active, Windows11"
            ),
            (
                "old.example.com",
                "2 machines are named `old.example.com`: old.example.com, id "
                    + "0000000000000000000000000000000000000006, last seen 2026-11-20 08:00:00Z, Active, Windows11; "
                    + "old.example.com, id 0000000000000000000000000000000000000005, last seen 2026-05-01 08:00:00Z, "
                    + "Inactive, Windows11"
            ),
        ])
    func ambiguous(name: String, problem: String) async throws {
        let bench = try DefenderBench(Self.fleet)
        let error = await diagnostic { try await bench.service.machine(named: name) }
        #expect(error?.problem == problem)
        #expect(
            error?.remedy
                == "Give the id of the one you mean; a host that was set up anew is listed once for each time")
        #expect(error?.kind == .failed)
    }

    @Test("A name in capitals is also asked for in small letters, so that no twin is missed")
    func capitals() async throws {
        let twins = DefenderSimulation([
            DefenderSimulation.machine("WS1", 1), DefenderSimulation.machine("ws1.example.com", 2),
        ])
        let error = await diagnostic { try await DefenderBench(twins).service.machine(named: "WS1") }
        #expect(error?.problem.hasPrefix("2 machines are named `WS1`: ") == true)
    }

    @Test("Of many machines ten are named")
    func many() async throws {
        let fleet = DefenderSimulation(
            (1...13).map {
                ["id": .string("machine-\($0)"), "computerDnsName": "web.example.com", "lastSeen": nil]
            })
        let error = await diagnostic { try await DefenderBench(fleet).service.machine(named: "web") }
        #expect(error?.problem.hasPrefix("13 machines are named `web`: ") == true)
        #expect(error?.problem.split(separator: "; ").count == 11)
        #expect(error?.problem.hasSuffix("; 3 more") == true)
    }

    @Test(
        "No machine of that name: names like it, where there are any",
        arguments: [
            ("ws11", "Names like it: `ws1.example.com`, `ws10.example.com`"),
            ("ws1.example.org", "Names like it: `ws1.example.com`, `ws10.example.com`"),
            ("unknown", "Check the name; a machine that has not reported for long is not listed"),
            ("w1", "Check the name; a machine that has not reported for long is not listed"),
        ])
    func none(name: String, remedy: String) async throws {
        let bench = try DefenderBench(Self.fleet)
        let error = await diagnostic { try await bench.service.machine(named: name) }
        #expect(error == Diagnostic("Defender knows no machine named `\(name)`", remedy: remedy))
    }

    @Test("Status 404 means that there is none, and near names are not needed for that")
    func nothing() async throws {
        let bench = try DefenderBench(OktaServer { _, index in index == 0 ? .none : .fault(403, "Forbidden", "no") })
        let error = await diagnostic { try await bench.service.machine(named: "ws42") }
        #expect(error?.problem == "Defender knows no machine named `ws42`")
        #expect(bench.server.requests.count == 2)
    }

    @Test("Names from the network are shown safely")
    func hostile() async throws {
        let fleet = DefenderSimulation([DefenderSimulation.machine("ws9\u{1B}[2J\u{202E}", 1)])
        let error = await diagnostic { try await DefenderBench(fleet).service.machine(named: "ws8") }
        #expect(error?.remedy == "Names like it: `ws9\\u{1B}[2J\\u{202E}`")
    }

    @Test(
        "What is no name is refused before anything is sent",
        arguments: ["", " ", "a b", ".x", "a\u{1B}", "a\u{202E}", String(repeating: "a", count: 256)])
    func refused(name: String) async throws {
        let bench = try DefenderBench(Self.fleet)
        let error = await diagnostic { try await bench.service.machine(named: name) }
        #expect(error?.kind == .usage)
        #expect(bench.server.requests.isEmpty)
    }

    @Test("A list that is cut into pages, or has an element without an id, proves nothing")
    func unsure() async throws {
        let machine = DefenderSimulation.machine("ws1", 1).text
        for (body, problem) in [
            (#"{"value":[\#(machine)],"@odata.nextLink":"https://x/y"}"#, "too many machines begin with `ws1`"),
            (#"{"value":[\#(machine),{"computerDnsName":"ws1"}]}"#, "that is not a list of machines"),
            (#"{"value":[\#(machine),{"id":"../x"}]}"#, "that is not a list of machines"),
            ("<html>", "that is not a list of machines: (a web page)"), ("[]", "that is not a list of machines: []"),
        ] {
            let bench = try DefenderBench(OktaServer([OktaServer.Reply(body: body)]))
            let error = await diagnostic { try await bench.service.machine(named: "ws1") }
            #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "found")")
        }
    }

    @Test("By id: 40 hexadecimal digits are one, and the answer must be of that machine")
    func id() async throws {
        let bench = try DefenderBench(Self.fleet), id = DefenderSimulation.id(5)
        #expect(try await bench.service.machine(id).computerDNSName == "old.example.com")
        #expect(bench.server.lines == ["GET /api/machines/\(id)"])
        let missing = await diagnostic { try await bench.service.machine(id: "f00") }
        #expect(missing?.problem == "Defender knows no machine with the id f00")
        let wrong = try DefenderBench(OktaServer([OktaServer.Reply(body: DefenderSimulation.machine("ws1", 1).text)]))
        let other = await diagnostic { try await wrong.service.machine(id: DefenderSimulation.id(2)) }
        #expect(other?.problem.contains("that is not the machine that was asked for") == true)
    }

    @Test("What cannot be an id is refused before anything is sent", arguments: ["", "../x", "a/b", "a?b", "é"])
    func idRefused(id: String) async throws {
        let bench = try DefenderBench(Self.fleet)
        #expect(await diagnostic { try await bench.service.machine(id: id) }?.kind == .usage)
        #expect(bench.server.requests.isEmpty)
    }

    @Test("Reading is tried again after passing failures")
    func passing() async throws {
        let machine = OktaServer.Reply(body: #"{"value":[\#(DefenderSimulation.machine("ws1", 1).text)]}"#)
        let limited = OktaServer.Reply.fault(429, "TooManyRequests", "slow down", headers: [("Retry-After", "7")])
        let bench = try DefenderBench(OktaServer([limited, OktaServer.Reply(ending: .silent), machine]))
        #expect(try await bench.service.machine(named: "ws1").id == DefenderSimulation.id(1))
        #expect(bench.clock.waits == [7, 1])
    }

    @Test("A machine without a name is confirmed by its id")
    func target() throws {
        #expect(try #require(DefenderMachine(DefenderSimulation.machine(nil, 3))).target == DefenderSimulation.id(3))
        #expect(try #require(DefenderBench.machine).target == "ws1.example.com")
    }
}

import Detection
import Events
import JSON
import Testing

@Suite("Impossible travel by distance, speed and continuity")
struct TravelEvidenceTests {
    private static let home = "a 19:00:00 bob s at=paris ip=198.51.100.20 asn=3215 agent=Mac/1.1 device=d1\n"

    private static func away(_ time: String = "19:25:00", _ more: String) -> String {
        home + "b \(time) bob s \(more)"
    }

    @Test("What fires, and how bad it is", arguments: [
        ("another device", away("at=newyork ip=192.0.2.44 asn=14061 agent=Win device=d2"), "high"),
        ("within one country, another agent", away("at=marseille ip=192.0.2.44 agent=Win device=d2"), "medium"),
        ("within one country, the same agent", away("at=marseille ip=192.0.2.44 agent=Mac/1.2 device=d2"), "low"),
        ("within one country, a phone at its carrier's gateway", away("at=marseille ip=192.0.2.44 agent=iPhone os=iOS device=d2"), "low"),
        ("across a continent, the same agent on another device", american("device=d2"), "medium"),
        ("across a continent, the same agent and device", american("device=d1"), "low"),
        ("across a continent, a phone", american("device=d2 os=Android"), "low"),
        ("six hours to New York", away("at=newyork ip=192.0.2.44 agent=Win").replacing("19:25", with: "23:59"), "high"),
        ("the same session, another agent", away("at=newyork ip=192.0.2.44 agent=Win device=d1"), "high"),
        ("the same device: a VPN switch", away("at=newyork ip=192.0.2.44 agent=Mac/1.2 device=d1"), "low"),
        ("a proxy, the same agent", away("at=newyork ip=192.0.2.44 agent=Mac/1.1 proxy=true"), "low"),
        ("a proxy, another device and agent", away("at=newyork ip=192.0.2.44 agent=W device=d2 proxy=true"), "medium"),
        ("Private Relay by its network", away("at=newyork ip=192.0.2.44 asn=36183 agent=Mac/1.1"), "low"),
        ("Private Relay by its name", away("at=newyork ip=192.0.2.44 isp=iCloud_Private_Relay agent=Mac/1.1"), "low"),
        ("an application", away("at=newyork ip=192.0.2.44 agent=Win type=PublicClientApp"), "low"),
        ("a refused leg", away("at=newyork ip=192.0.2.44 agent=Win outcome=FAILURE"), "low"),
        ("a leg that a policy refused", away("at=newyork ip=192.0.2.44 agent=Win outcome=DENY"), "low"),
    ] as [(String, String, String?)])
    func severities(name: String, log: String, severity: String?) async throws {
        let findings = try await ImpossibleTravel().findings(in: placed(log))
        #expect(findings.map(\.severity.rawValue) == (severity.map { [$0] } ?? []))
        #expect(findings.allSatisfy { !$0.reasons.isEmpty })
    }

    private static func away(_ more: String) -> String { away("19:25:00", more) }

    private static func american(_ more: String) -> String {
        "a 19:00:00 bob s at=newyork ip=198.51.100.20 agent=Mac/1.1 device=d1\n"
            + "b 19:25:00 bob s at=seattle ip=192.0.2.44 agent=Mac/1.2 \(more)\n"
    }

    @Test("Two devices that are registered to the actor are the actor's, wherever a gateway puts them", arguments: [
        ("registered=g2", "low"), ("", "high"),
    ])
    func registered(phone: String, severity: String) async throws {
        let log = "o 02/09:00:00 ann device.enrollment.create target=Device:g9,User:ann\n"
            + "a 19:00:00 bob s at=paris ip=198.51.100.20 agent=Mac/1.1 device=d1 registered=g1\n"
            + "b 19:25:00 bob s at=newyork ip=192.0.2.44 agent=Droid device=d2 \(phone)\n"
        #expect(try await ImpossibleTravel().findings(in: placed(log)).severities == ["\(severity) a b"])
    }

    @Test("What looks like it and is silent", arguments: [
        ("a plane at 900 km/h", "a 12:00:00 bob s at=paris ip=1.1.1.1\nb 18:30:00 bob s at=newyork ip=2.2.2.2"),
        ("a train abroad", "a 12:00:00 bob s at=paris ip=1.1.1.1\nb 12:50:00 bob s at=brussels ip=2.2.2.2"),
        ("a carrier's handover", "a 12:00:00 bob s at=lyon ip=1.1.1.1\nb 12:01:00 bob s at=marseille ip=2.2.2.2"),
        ("Okta's console back end", home + "b 19:05:00 bob s at=newyork ip=2.2.2.2 "
            + "client=okta.b58d5b75-07d4-5f25-bf59-368a1261a405"),
        ("the answer of a phone that roams", home
            + "b 19:05:00 bob user.authentication.auth_via_mfa at=newyork ip=2.2.2.2 factor=OKTA_VERIFY_PUSH"),
        ("a script with a token", home + "b 19:05:00 bob s at=newyork ip=2.2.2.2 token=00T1"),
        ("an application's back channel", home + "b 19:05:00 bob app.oauth2.as.token.grant at=newyork ip=2.2.2.2"),
        ("a country without a city", home + "b 19:05:00 bob s country=France ip=2.2.2.2"),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await ImpossibleTravel().findings(in: placed(log)).lines == [])
    }

    @Test("A way out that many accounts share lowers it; so does one that is known")
    func exits() async throws {
        let others = (1...5).map { "o\($0) 18:0\($0):00 u\($0) s ip=192.0.2.44 at=newyork" }
        let log = Self.away("at=newyork ip=192.0.2.44 agent=Mac/1.1 device=d2\n")
        let shared = try await ImpossibleTravel().findings(in: placed(log + others.joined(separator: "\n")))
        #expect(shared.map(\.severity) == [.low])
        #expect(shared[0].reasons.contains("192.0.2.44 is a way out that several accounts share"))
        let few = try await ImpossibleTravel().findings(in: placed(log + others.prefix(3).joined(separator: "\n")))
        #expect(few.map(\.severity) == [.high])
        let known = try await ImpossibleTravel(knownExits: ["192.0.2.44"]).findings(in: placed(log))
        #expect(known.map(\.severity) == [.low])
    }

    @Test("Within one country, or where both are such ways out, it is low even with another agent", arguments: [
        (["192.0.2.44"], "marseille", "low"), (["192.0.2.44"], "newyork", "medium"),
        (["192.0.2.44", "198.51.100.20"], "newyork", "low"),
    ])
    func doubts(addresses: [String], place: String, severity: String) async throws {
        let others = addresses.flatMap { address in
            (1...5).map { "o\(address)\($0) 18:0\($0):00 u\(address)\($0) s ip=\(address)" }
        }
        let log = Self.away("at=\(place) ip=192.0.2.44 agent=Win device=d2\n") + others.joined(separator: "\n")
        let findings = try await ImpossibleTravel().findings(in: placed(log)).filter { $0.oktaEventIDs.contains("b") }
        #expect(findings.map(\.severity.rawValue) == [severity])
    }

    @Test("An office as the start explains no other device, whatever the agent says of itself", arguments: [
        ("d1", "low"), ("d2", "medium"), ("d2 proxy=true", "medium"),
    ])
    func office(device: String, severity: String) async throws {
        let others = (1...5).map { "o\($0) 18:0\($0):00 u\($0) s ip=198.51.100.20 at=paris" }
        let log = Self.away("at=newyork ip=192.0.2.44 agent=Mac/1.1 device=\(device)\n")
            + others.joined(separator: "\n")
        #expect(try await ImpossibleTravel().findings(in: placed(log)).severities == ["\(severity) a b"])
    }

    @Test("Places of the actor's own are low once they are older than a day")
    func habits() async throws {
        let leg = Self.home.replacing("a 19", with: "y 12/19")
            + "z 12/19:25:00 bob s at=newyork ip=192.0.2.44 agent=Win device=d2\n"
        let used = { (day: String) in "a \(day):00:00 bob s at=paris ip=198.51.100.20 device=d1\n"
            + "b \(day):01:00 bob s at=paris ip=198.51.100.21 device=d2\n" }
        let old = try await ImpossibleTravel().findings(in: placed(used("08/12") + leg))
        #expect(old.severities == ["low y z"] && old[0].reasons.contains("on earlier days"))
        #expect(try await ImpossibleTravel().findings(in: placed(used("12/12") + leg)).severities == ["high y z"])
    }

    @Test("What was refused elsewhere is no evidence of who got in")
    func elsewhere() async throws {
        let knock = "k 18:50:00 bob s at=lagos ip=203.0.113.7 agent=X outcome=FAILURE\n"
        let log = knock + Self.away("at=newyork ip=192.0.2.44 agent=Win device=d2")
        #expect(try await ImpossibleTravel().findings(in: placed(log)).severities == ["high a b"])
    }

    @Test("A refusal before the success hides nothing; the finding grows and keeps its id")
    func growth() async throws {
        let tried = Self.away("at=newyork ip=192.0.2.44 agent=Win outcome=FAILURE\n")
        let entered = tried + "c 19:26:00 bob s at=newyork ip=192.0.2.44 agent=Win\n"
        let back = entered + "d 20:30:00 bob sso at=paris ip=198.51.100.20 agent=Mac/1.1"
        let steps = try await [tried, entered, back].asyncMap { try await ImpossibleTravel().findings(in: placed($0)) }
        #expect(steps.map(\.severities) == [["low a b"], ["high a b c"], ["high a b c d"]])
        #expect(Set(steps.flatMap { $0.map(\.id) }).count == 1)
        for other in shuffles(back) {
            #expect(try await ImpossibleTravel().findings(in: placed(other)) == steps[2])
        }
    }

    @Test("The figures show both legs, the way and the speed")
    func figures() async throws {
        let finding = try #require(
            await ImpossibleTravel().findings(
                in: placed(Self.away("at=newyork ip=192.0.2.44 asn=14061 agent=Win device=d2 session=s2"))).first)
        #expect(finding.description == "Possible impossible travel for actor bob@example.com: "
            + "France -> United States within 0:25:00, 5837 km at 14009 km/h.")
        #expect(finding.metadata["km"] == 5837 && finding.metadata["km_h"] == 14009)
        let leg = try #require(finding.metadata["legs"]?.array?.first)
        #expect(leg["from"]?["asn"] == 3215 && leg["to"]?["asn"] == 14061)
        #expect(leg["from"]?["city"] == "Paris" && leg["to"]?["city"] == "New York")
        #expect(leg["to"]?["device"] == "d2" && leg["to"]?["session"] == "s2" && leg["to"]?["user_agent"] == "Win")
        #expect(finding.reasons.contains("different user agents") && finding.reasons.contains("different devices"))
    }

    @Test("Speed and distance can be set", arguments: [(1000.0, 300.0, 1), (15_000.0, 300.0, 0), (1000.0, 6000.0, 0)])
    func settable(speed: Double, distance: Double, count: Int) async throws {
        let log = try await placed(Self.away("at=newyork ip=192.0.2.44 agent=Win"))
        #expect(ImpossibleTravel(maximumSpeed: speed, minimumDistance: distance).findings(in: log).count == count)
    }
}

extension Sequence {
    /// The results in the order of the elements.
    func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}

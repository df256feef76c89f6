import Detection
import Events
import JSON
import Testing

@Suite("One session in two hands")
struct SessionHijackTests {
    private static let home =
        "a 09:00:00 bob s at=paris ip=198.51.100.20 asn=3215 agent=Mac/1.1 os=Mac session=s1 device=d1\n"

    @Test("What fires, and how bad it is", arguments: [
        ("another network and agent", "b 10:00:00 bob sso ip=192.0.2.44 asn=14061 agent=Win session=s1",
            "high"),
        ("another network and system, the same agent",
            "b 10:00:00 bob sso ip=192.0.2.44 asn=14061 agent=Mac/1.1 os=Linux session=s1", "high"),
        ("another network and device, the same agent",
            "b 10:00:00 bob sso ip=192.0.2.44 asn=14061 agent=Mac/1.1 os=Mac session=s1 device=d2", "high"),
        ("the same provider far away, another device",
            "b 10:00:00 bob sso at=marseille ip=192.0.2.44 asn=3215 agent=Mac/1.1 os=Mac session=s1 device=d2", "high"),
        ("another country where networks are unknown",
            "b 10:00:00 bob sso ip=192.0.2.44 at=lagos agent=Win session=s1", "high"),
        ("weeks later, by the device's token",
            "b 30/10:00:00 bob sso ip=192.0.2.44 asn=14061 agent=Win session=s9 device=d1", "high"),
        ("and then an API token", "b 10:00:00 bob system.api_token.create ip=192.0.2.44 asn=14061 agent=Win session=s1",
            "critical"),
        ("refused", "b 10:00:00 bob policy.evaluate_sign_on ip=192.0.2.44 asn=14061 agent=Win session=s1 outcome=DENY",
            "low"),
    ])
    func fires(name: String, line: String, severity: String) async throws {
        let log = Self.home.replacing("asn=3215", with: name.contains("unknown") ? "" : "asn=3215") + line
        let findings = try await SessionHijack().findings(in: placed(log))
        #expect(findings.severities == ["\(severity) a b"])
    }

    @Test("What looks like it and is silent", arguments: [
        ("a VPN switch", "b 09:10:00 bob s ip=192.0.2.44 asn=14061 agent=Mac/1.1 os=Mac session=s1 device=d1"),
        ("a carrier's handover", "b 09:10:00 bob s at=lyon ip=192.0.2.44 asn=21502 agent=Mac/1.1 os=Mac session=s1"),
        ("an updated browser at home", "b 09:10:00 bob s ip=192.0.2.44 asn=14061 agent=Mac/1.2 os=Mac session=s1"),
        ("another browser in the same network", "b 09:10:00 bob s ip=198.51.100.21 asn=3215 agent=Win session=s1"),
        ("the same provider in town, another cookie",
            "b 09:10:00 bob s at=paris ip=198.51.100.21 asn=3215 agent=Mac/1.1 os=Mac session=s1 device=d2"),
        ("the same provider far away, the same device",
            "b 09:10:00 bob s at=marseille ip=192.0.2.44 asn=3215 agent=Win os=Win session=s1 device=d1"),
        ("a phone at its carrier's gateway",
            "b 09:10:00 bob s at=marseille ip=192.0.2.44 asn=3215 agent=iPhone os=iOS session=s1 device=d2"),
        ("the id swap at sign-in", "b 09:00:01 bob s ip=198.51.100.20 asn=3215 agent=Mac/1.1 session=s2 device=d1"),
        ("another session and device", "b 09:10:00 bob s ip=192.0.2.44 asn=14061 agent=Win session=s2 device=d2"),
        ("the phone's answer",
            "b 09:00:05 bob user.authentication.auth_via_mfa at=lyon ip=192.0.2.44 asn=21502 agent=Phone os=iOS session=s1"),
        ("Okta's console back end", "b 09:10:00 bob s ip=192.0.2.44 asn=14618 agent=okta session=s1 "
            + "client=okta.b58d5b75-07d4-5f25-bf59-368a1261a405"),
        ("a script with a token", "b 09:10:00 bob s ip=192.0.2.44 asn=14618 agent=python session=s1 token=T"),
        ("a session named unknown", "b 09:10:00 eve s ip=1.1.1.1 asn=1 agent=X session=unknown\n"
            + "c 09:20:00 eve s ip=2.2.2.2 asn=2 agent=Y session=unknown"),
        ("another actor", "b 09:10:00 eve s ip=192.0.2.44 asn=14061 agent=Win session=s1 device=d1"),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await SessionHijack().findings(in: placed(Self.home + log)).severities == [])
    }

    @Test("An address that many share lowers it")
    func exits() async throws {
        let others = (1...4).map { "o\($0) 08:0\($0):00 u\($0) s ip=192.0.2.44" }.joined(separator: "\n")
        let log = Self.home + "b 10:00:00 bob sso ip=192.0.2.44 asn=1 agent=Win session=s1\n" + others
        #expect(try await SessionHijack().findings(in: placed(log)).severities == ["medium a b"])
    }

    @Test("It grows into one finding with one id, whatever the order of the events")
    func growth() async throws {
        let stranger = "bob sso ip=192.0.2.44 asn=14061 agent=Win session=s1\n"
        let short = Self.home + "b 10:00:00 " + stranger, long = short + "c 11:00:00 " + stranger + "d 15:00:00 "
            + stranger.replacing(" sso ", with: " zone.delete ")
        let first = try await SessionHijack().findings(in: placed(short))
        let grown = try await SessionHijack().findings(in: placed(long))
        #expect(grown.severities == ["critical a b c d"] && first.map(\.id) == grown.map(\.id))
        for other in shuffles(long) { #expect(try await SessionHijack().findings(in: placed(other)) == grown) }
        #expect(grown[0].metadata["owner"]?["asn"] == 3215 && grown[0].metadata["stranger"]?["asn"] == 14061)
        #expect(grown[0].metadata["acts"] == ["zone.delete"])
    }
}

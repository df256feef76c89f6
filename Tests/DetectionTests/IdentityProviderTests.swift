import Detection
import Events
import JSON
import Testing

@Suite("Identity providers that were changed and used")
struct IdentityProviderTests {
    private static let past = [("ida", "198.51.100.9"), ("bob", "198.51.100.20")].map { user, address in
        "p\(user) 05/09:00:00 \(user) s at=paris ip=\(address) asn=3215\n"
    }.joined()
    private static let change = "c 09:00:00 ida system.idp.lifecycle.create at=paris ip=198.51.100.9 asn=3215 target=IdP:0oa1\n"
    private static let entry = "user.authentication.auth_via_IDP target=IdP:0oa1"

    @Test("What is found, and how bad it is", arguments: [
        ("a roll-out", change + "x 10:00:00 bob \(entry) at=paris ip=198.51.100.20 asn=3215", ["low c x"]),
        ("users without a past", change + "x 10:00:00 new \(entry) at=lagos ip=192.0.2.44 asn=37282", ["medium c x"]),
        ("a user elsewhere", change + "x 10:00:00 bob \(entry) at=lagos ip=192.0.2.44 asn=37282", ["high c x"]),
        ("changed from elsewhere",
            change.replacing("at=paris ip=198.51.100.9 asn=3215", with: "at=lagos ip=192.0.2.44 asn=37282")
                + "x 10:00:00 bob \(entry) at=paris ip=198.51.100.20 asn=3215", ["high c x"]),
        ("the administrator as another user", change + "x 10:00:00 bob \(entry) at=paris ip=198.51.100.9 asn=3215",
            ["critical c x"]),
        ("a user elsewhere, and a token",
            change + "x 10:00:00 bob \(entry) at=lagos ip=192.0.2.44 asn=37282\n"
                + "y 10:05:00 bob system.api_token.create at=lagos ip=192.0.2.44 asn=37282", ["critical c x y"]),
        ("a week later", change + "x 19/09:00:00 bob \(entry) at=lagos ip=192.0.2.44 asn=37282", ["high c x"]),
        ("a key that was added", change.replacing("lifecycle.create", with: "key.create")
            + "x 10:00:00 bob \(entry) at=lagos ip=192.0.2.44 asn=37282", ["high c x"]),
        ("more than a week later", change + "x 19/09:00:01 bob \(entry) at=lagos ip=192.0.2.44 asn=37282", []),
        ("another provider", change + "x 10:00:00 bob \(entry)9 at=lagos ip=192.0.2.44 asn=37282", []),
        ("before", change + "x 08:00:00 bob \(entry) at=lagos ip=192.0.2.44 asn=37282", []),
        ("refused", change + "x 10:00:00 bob \(entry) at=lagos ip=192.0.2.44 outcome=FAILURE", []),
        ("never used", change, []), ("never changed", "x 10:00:00 bob \(entry) at=lagos ip=192.0.2.44", []),
    ])
    func found(name: String, log: String, expected: [String]) async throws {
        let log = Self.past + log
        #expect(try await IdentityProviderBackdoor().findings(in: placed(log)).severities == expected)
        for other in shuffles(log) {
            #expect(try await IdentityProviderBackdoor().findings(in: placed(other)).severities == expected)
        }
    }

    @Test("What is no stranger's work", arguments: [
        ("the administrator's office is the user's, too", "p2 05/10:00:00 bob s at=paris ip=198.51.100.9 asn=3215\n"
            + change + "x 10:00:00 bob \(entry) at=paris ip=198.51.100.9 asn=3215"),
        ("the own laptop at a new address", "p2 05/10:00:00 bob s at=paris ip=198.51.100.20 asn=3215 device=d1\n"
            + change + "x 10:00:00 bob \(entry) at=lagos ip=192.0.2.44 asn=37282 device=d1"),
    ])
    func usual(name: String, log: String) async throws {
        #expect(try await IdentityProviderBackdoor().findings(in: placed(Self.past + log)).severities == ["low c x"])
    }

    @Test("Each actor's changes have their own sign-ins, and the finding names the odd ones")
    func runs() async throws {
        let log = Self.past + Self.change + "x 10:00:00 bob \(Self.entry) at=paris ip=198.51.100.20 asn=3215\n"
            + "d 14/09:00:00 eve system.idp.lifecycle.update target=IdP:0oa1\n"
            + "y 14/10:00:00 bob \(Self.entry) at=paris ip=198.51.100.20 asn=3215\n"
            + "z 14/11:00:00 bob \(Self.entry) at=lagos ip=192.0.2.44 asn=37282"
        #expect(try await IdentityProviderBackdoor().findings(in: placed(log)).severities == ["low c x", "high d z"])
    }

    @Test("More sign-ins and changes make one finding with one id")
    func growth() async throws {
        let short = Self.past + Self.change + "x 10:00:00 bob \(Self.entry) at=lagos ip=192.0.2.44 asn=37282\n"
        let long = short + "d 11:00:00 ida system.idp.lifecycle.update target=IdP:0oa1\n"
            + "y 12:00:00 eve \(Self.entry) at=lagos ip=192.0.2.44 asn=37282"
        let first = try await IdentityProviderBackdoor().findings(in: placed(short))
        let grown = try await IdentityProviderBackdoor().findings(in: placed(long))
        #expect(grown.severities == ["high c x d y"] && first.map(\.id) == grown.map(\.id))
        #expect(grown[0].metadata["provider"] == "0oa1" && !grown[0].reasons.isEmpty)
    }
}

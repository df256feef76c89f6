import Detection
import Events
import Sigma
import Testing

@Suite("Rules weighed by what the log knows of the place")
struct RuleWeightTests {
    private static let rules = RuleSet(BuiltInRules.texts)

    /// A week of an administrator at one desk, and of five people in an office.
    private static let past = (1...6).map { day in
        "p\(day) 0\(day)/09:00:00 ida s at=paris ip=198.51.100.9 asn=3215 device=d1\n"
    }.joined() + (1...5).map { "o\($0) 05/08:0\($0):00 u\($0) s at=london ip=198.51.100.1 asn=2856\n" }.joined()

    private func severities(of rule: String, _ log: String) async throws -> [String] {
        let rules = Self.rules.reporting { $0.name == rule }
        return try await Sweep(placed(Self.past + log), with: [], rules: rules).findings.severities
    }

    @Test("A change of an identity provider is routine where the administrator always is", arguments: [
        ("at the desk", "at=paris ip=198.51.100.9 asn=3215", "low x"),
        ("the own laptop on a journey", "at=lagos ip=192.0.2.44 asn=37282 device=d1", "low x"),
        ("in the office of many", "at=london ip=198.51.100.1 asn=2856", "low x"),
        ("from elsewhere", "at=lagos ip=192.0.2.44 asn=37282 device=d2", "medium x"),
        ("from elsewhere, of which nothing is known but the address", "ip=192.0.2.44", "medium x"),
    ])
    func changes(name: String, place: String, expected: String) async throws {
        let log = "x 09:00:00 ida system.idp.lifecycle.update target=IdentityProvider:0oa1 \(place)"
        #expect(try await severities(of: "identity_provider_changed", log) == [expected])
    }

    @Test("Where an actor came the same day is no usual place; one odd event among usual ones decides")
    func settling() async throws {
        let act = "ida system.idp.lifecycle.update target=IdentityProvider:0oa1"
        let entered = "w 08:00:00 ida s at=lagos ip=192.0.2.44\nx 09:00:00 \(act) at=lagos ip=192.0.2.44\n"
        #expect(try await severities(of: "identity_provider_changed", entered) == ["medium x"])
        let mixed = "v 08:30:00 \(act) at=paris ip=198.51.100.9\n" + entered
        #expect(try await severities(of: "identity_provider_changed", mixed) == ["medium v x"])
    }

    private static let new = "behaviors={New_Geo-Location=POSITIVE,_New_Device=POSITIVE,_New_Country=POSITIVE}"

    @Test("What Okta calls new, at an office's front desk, behind a relay, and in a stranger's hands", arguments: [
        ("sign_in_new_country_and_device", "at=london ip=198.51.100.1 device=d9", "low x"),
        ("sign_in_new_country_and_device", "at=lagos ip=192.0.2.44 device=d9", "medium x"),
        ("new_device_through_proxy", "at=lyon ip=192.0.2.44 asn=36183 proxy=true device=d9", "low x"),
        ("new_device_through_proxy", "at=lagos ip=192.0.2.44 asn=36183 proxy=true device=d9", "medium x"),
        ("new_device_through_proxy", "at=lyon ip=192.0.2.44 asn=64500 proxy=true device=d9", "medium x"),
    ])
    func signIns(rule: String, place: String, expected: String) async throws {
        #expect(try await severities(of: rule, "x 09:00:00 ida s \(place) \(Self.new)") == [expected])
    }

    @Test("A correlation is weighed by all of its events", arguments: [
        ("at=paris ip=198.51.100.9", "low x y"), ("at=lagos ip=192.0.2.44", "medium x y"),
    ])
    func correlations(place: String, expected: String) async throws {
        let log = "x 09:00:00 ida s at=london ip=198.51.100.1 \(Self.new)\n"
            + "y 09:10:00 ida device.user.add target=Device:g1,User:ida \(place)"
        #expect(try await severities(of: "new_place_then_device_enrolled", log) == [expected])
    }

    @Test("Only rules that ask for it are weighed")
    func others() async throws {
        let log = "x 09:00:00 ida zone.delete target=NetworkZone:z1 at=paris ip=198.51.100.9 device=d1"
        #expect(try await severities(of: "network_zone_deactivated_or_deleted", log) == ["medium x"])
    }
}

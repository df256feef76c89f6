import Detection
import Events
import JSON
import Testing

@Suite("First sign-ins from a country or with a device")
struct NewSignInTests {
    /// One sign-in a day at home, of two actors.
    private static func past(_ days: ClosedRange<Int> = 1...11) -> String {
        days.map { day in
            let date = day < 10 ? "0\(day)" : "\(day)"
            return "p\(day) \(date)/09:00:00 bob s at=paris ip=198.51.100.20 asn=3215 agent=Mac device=d1\n"
                + "q\(day) \(date)/09:00:00 eve s at=lagos ip=198.51.100.30 asn=37282 agent=Win device=d7\n"
        }.joined()
    }

    @Test("A new country, and how bad it is", arguments: [
        ("the usual device", "x 12/10:00:00 bob s at=london ip=192.0.2.44 asn=2856 device=d1", "low x"),
        ("a new device", "x 12/10:00:00 bob s at=london ip=192.0.2.44 asn=2856 device=d2", "low x"),
        ("no word of the device", "x 12/10:00:00 bob s at=london ip=192.0.2.44", "low x"),
        ("a new device through a proxy", "x 12/10:00:00 bob s at=london ip=192.0.2.44 device=d2 proxy=true", "low x"),
        ("twice", "x 12/10:00:00 bob s at=london ip=192.0.2.44 device=d1\ny 12/11:00:00 bob sso at=london ip=192.0.2.45",
            "low x y"),
        ("somebody else's country", "x 12/10:00:00 bob s at=lagos ip=192.0.2.44 device=d1", "low x"),
    ])
    func countries(name: String, log: String, expected: String) async throws {
        #expect(try await NewCountry().findings(in: placed(Self.past() + log)).severities == [expected])
    }

    @Test("A new country that is silent", arguments: [
        ("not enough sign-ins", past(3...11), "x 12/10:00:00 bob s at=london ip=192.0.2.44"),
        ("not enough days", (0...9).map { "p\($0) 11/0\($0):00:00 bob s at=paris ip=198.51.100.20\n" }.joined(),
            "x 12/10:00:00 bob s at=london ip=1.1.1.1"),
        ("the second time", past() + "w 02/10:00:00 bob s at=london ip=192.0.2.44\n", "x 12/10:00:00 bob s at=london ip=1.1.1.1"),
        ("refused", past(), "x 12/10:00:00 bob s at=london ip=192.0.2.44 outcome=FAILURE"),
        ("a script with a token", past(), "x 12/10:00:00 bob s at=london ip=192.0.2.44 token=T"),
        ("Okta's console back end", past(),
            "x 12/10:00:00 bob s at=london ip=192.0.2.44 client=okta.b58d5b75-07d4-5f25-bf59-368a1261a405"),
        ("a gateway of many", past() + (1...4).map { "o\($0) 12/08:0\($0):00 u\($0) s ip=192.0.2.44\n" }.joined(),
            "x 12/10:00:00 bob s at=london ip=192.0.2.44"),
    ])
    func silentCountries(name: String, past: String, log: String) async throws {
        #expect(try await NewCountry().findings(in: placed(past + log)).severities == [])
    }

    @Test("A new device in a new network of a usual country is low", arguments: [
        ("x 12/10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 device=d2", "low x"),
        ("x 12/10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 device=d2\ny 12/11:00:00 bob sso ip=192.0.2.9 device=d2", "low x y"),
    ])
    func devices(log: String, expected: String) async throws {
        #expect(try await NewDevice().findings(in: placed(Self.past() + log)).severities == [expected])
    }

    @Test("In a usual network a new device needs a new kind of browser, too, at a new address", arguments: [
        ("x 12/10:00:00 bob s at=paris ip=198.51.100.21 asn=3215 agent=Linux device=d2", ["low x"]),
        ("x 12/10:00:00 bob s at=paris ip=198.51.100.21 asn=3215 agent=Mac device=d2", []),
        ("x 12/10:00:00 bob s at=paris ip=198.51.100.20 asn=3215 agent=Linux device=d2", []),
        ("x 12/10:00:00 bob s at=paris ip=198.51.100.21 asn=3215 agent=Linux device=d1", []),
    ])
    func agents(log: String, expected: [String]) async throws {
        #expect(try await NewDevice().findings(in: placed(Self.past() + log)).severities == expected)
    }

    @Test("Five sign-ins over a week are enough to know a device by")
    func devicePast() async throws {
        let log = "x 12/10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 device=d2"
        let days = { (days: [Int]) in days.map { Self.past($0...$0) }.joined() }
        #expect(try await NewDevice().findings(in: placed(days([1, 3, 5, 7, 9]) + log)).count == 1)
        #expect(try await NewDevice().findings(in: placed(days([1, 3, 5, 7]) + log)).count == 0)
    }

    @Test("A new device that is silent", arguments: [
        ("a new laptop in the usual network", "x 12/10:00:00 bob s at=paris ip=198.51.100.21 asn=3215 device=d2"),
        ("a new laptop at the usual address", "x 12/10:00:00 bob s at=paris ip=198.51.100.20 asn=3215 device=d2"),
        ("the usual device in a new network", "x 12/10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 device=d1"),
        ("a new country, which is another matter", "x 12/10:00:00 bob s at=london ip=192.0.2.44 asn=1 device=d2"),
        ("a browser that forgets", (1...9).map { "r\($0) 0\($0)/12:00:00 bob s at=paris ip=198.51.100.20 device=r\($0)\n" }.joined()
            + "x 12/10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 device=d2"),
        ("refused", "x 12/10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 device=d2 outcome=DENY"),
    ])
    func silentDevices(name: String, log: String) async throws {
        #expect(try await NewDevice().findings(in: placed(Self.past() + log)).severities == [])
    }

    @Test("They grow and keep their ids, whatever the order of the events")
    func growth() async throws {
        let cases: [(any Detector, String)] = [(NewCountry(), "london"), (NewDevice(), "lyon")]
        for (detector, city) in cases {
            let short = Self.past() + "x 12/10:00:00 bob s at=\(city) ip=192.0.2.44 asn=1 device=d2\n"
            let long = short + "y 12/11:00:00 bob s at=\(city) ip=192.0.2.44 asn=1 device=d2\n"
            let first = try await detector.findings(in: placed(short)), grown = try await detector.findings(in: placed(long))
            #expect(grown.map(\.oktaEventIDs) == [["x", "y"]] && first.map(\.id) == grown.map(\.id))
            #expect(!grown[0].reasons.isEmpty)
            for other in shuffles(long) { #expect(try await detector.findings(in: placed(other)) == grown) }
        }
    }

    @Test("The baseline can be set")
    func settable() async throws {
        let log = try await placed(Self.past(10...11) + "x 12/10:00:00 bob s at=london ip=192.0.2.44")
        #expect(NewCountry(earlierSignIns: 2, span: 86_400).findings(in: log).count == 1)
        #expect(NewCountry(earlierSignIns: 3, span: 86_400).findings(in: log).count == 0)
    }
}

import Detection
import Events
import Testing

@Suite("The address of an event")
struct AddressTieTests {
    private static let office = (0..<5).map { "o\($0) 08:0\($0):00 person\($0) s ip=192.0.2.1 at=paris" }.joined(separator: "\n")

    /// Lines, of which the last is asked about.
    static let cases: [(name: String, lines: String, isTie: Bool, isCommon: Bool)] = [
        ("an address of one actor", "a 10:00:00 ann s ip=192.0.2.1 at=paris", true, false),
        ("an address of five actors", office + "\na 10:00:00 ann s ip=192.0.2.1", false, true),
        ("a refusal at an address of five actors", office + "\na 10:00:00 ann s ip=192.0.2.1 outcome=FAILURE", false, true),
        (
            "an address where five were refused",
            office.replacing("at=paris", with: "outcome=FAILURE") + "\na 10:00:00 ann s ip=192.0.2.1", true, false
        ),
        ("a proxy", "a 10:00:00 ann s ip=192.0.2.1 proxy=true", false, false),
        ("a relay", "a 10:00:00 ann s ip=192.0.2.1 isp=iCloud_Private_Relay", false, true),
        ("a home of a week", "h 05/10:00:00 ann s ip=192.0.2.1\na 12/10:00:00 ann s ip=192.0.2.1", false, false),
        ("a home of six days", "h 06/10:00:01 ann s ip=192.0.2.1\na 12/10:00:00 ann s ip=192.0.2.1", true, false),
        ("somebody else's home", "h 01/10:00:00 ben s ip=192.0.2.1\na 12/10:00:00 ann s ip=192.0.2.1", true, false),
        (
            "an address that refused the actor a week ago",
            "h 01/10:00:00 ann s ip=192.0.2.1 outcome=FAILURE\na 12/10:00:00 ann s ip=192.0.2.1", true, false
        ),
        ("no address", "a 10:00:00 ann s", false, false),
    ]

    @Test("ties, or is common", arguments: cases)
    func ties(name: String, lines: String, isTie: Bool, isCommon: Bool) async throws {
        let events = try await placed(lines)
        let row = try #require(events.row(ofID: "a"))
        let ties = AddressTies(events, among: [row])
        #expect(ties.isTie(row) == isTie, "\(name)")
        #expect(ties.isCommon(row) == isCommon, "\(name)")
    }
}

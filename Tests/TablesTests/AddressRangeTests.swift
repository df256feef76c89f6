import Tables
import Testing

@Suite("Networks of addresses")
struct AddressRangeTests {
    @Test("An address lies in a network of its version", arguments: [
        ("203.0.113.9", "203.0.113.9", true), ("203.0.113.9", "203.0.113.10", false),
        ("203.0.113.0/24", "203.0.113.255", true), ("203.0.113.77/24", "203.0.113.1", true),
        ("203.0.113.0/24", "203.0.114.0", false), ("0.0.0.0/0", "198.51.100.1", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("2001:db8::/32", "2001:DB8:0:1::9", true), ("2001:db8::/32", "2001:db9::1", false),
        ("203.0.113.0/24", "::ffff:203.0.113.9", true), ("203.0.113.0/24", "unknown", false), ("203.0.113.0/24", "", false),
        ("203.0.113.0/24", "203.0.113.9 ", false), ("203.0.113.0/24", "203.0.113.9\0", false),
    ])
    func contains(network: String, address: String, isInside: Bool) throws {
        #expect(try #require(AddressRange(network)).contains(address) == isInside)
    }

    @Test("What is no network is refused", arguments: ["", "/", "203.0.113", "203.0.113.0/33", "203.0.113.0/-1", "::/129", "a/8", "1.2.3.4/8/8"])
    func refused(text: String) { #expect(AddressRange(text) == nil) }
}

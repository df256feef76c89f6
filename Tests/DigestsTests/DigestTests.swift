@testable import Digests
import Testing

@Suite("Digests")
struct DigestTests {
    @Test("SHA-256 of the texts that FIPS 180-4 gives", arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func sha256(text: String, expected: String) {
        #expect(SHA256(text).hex == expected)
        #expect(SHA256(Array(text.utf8)).hex == expected)
    }

    @Test("Fed in pieces it is the same as at once", arguments: [[], [0], [1, 63, 64, 65], [1000, 1], [55, 9, 0, 120]])
    func streaming(sizes: [Int]) {
        let bytes = (0..<sizes.reduce(0, +)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var stream = SHA256Stream(), rest = bytes[...]
        for size in sizes {
            Array(rest.prefix(size)).withUnsafeBytes { stream.update($0) }
            rest = rest.dropFirst(size)
        }
        #expect(stream.finish() == SHA256(bytes).hex)
    }

    @Test("Hexadecimal digits are lower case, two a byte")
    func hex() {
        #expect(([0x00, 0x0F, 0xA0, 0xFF] as [UInt8]).hex == "000fa0ff")
        #expect(([] as [UInt8]).hex == "")
    }
}

@Suite("Name-based UUIDs")
struct NameUUIDTests {
    /// The DNS namespace of RFC 9562.
    private let dns: [UInt8] = [
        0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]

    @Test("The example of RFC 9562, appendix A.4")
    func example() {
        #expect(NameUUID.text(NameUUID.version5("www.example.com", in: dns)) == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }

    @Test("Parts are told apart", arguments: [
        (["a", "bc"], ["ab", "c"]), (["a"], ["a", ""]), ([], [""]), (["1:a"], ["a"]), (["a", "b"], ["b", "a"]),
        (["a1:b"], ["a", "b"]), (["\u{E9}"], ["e\u{301}"]),
    ])
    func separation(left: [String], right: [String]) {
        #expect(NameUUID.of(left) != NameUUID.of(right))
    }

    @Test("The same parts have the same id, of version 5 and the RFC's variant, for ever")
    func stable() {
        #expect(NameUUID.of(["finding", "x"]) == "87e1f3a6-acd7-5b15-b46a-32622d71cc53")
        #expect(NameUUID.text(NameUUID.namespace) == "43ea6649-60dc-5e2c-8c22-cf42e89580a3")
        for index in 0..<100 {
            let id = Array(NameUUID.of(["\(index)"]))
            #expect(id.count == 36)
            #expect(id[14] == "5")
            #expect("89ab".contains(id[19]))
        }
    }
}

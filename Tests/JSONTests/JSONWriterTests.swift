import JSON
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("Compact text", arguments: [
        (nil, "null"), (true, "true"), (-7, "-7"), (0.72, "0.72"), (5.0, "5.0"), (.number(1e300), "1e+300"), ([], "[]"),
        ([:], "{}"), ("Zürich 🙂/", "\"Zürich 🙂/\""), ("\"\\\n\r\t", #""\"\\\n\r\t""#),
        ("\0\u{1B}\u{7F}", #""\u0000\u001b\u007f""#), (["b": [1, nil], "a": ["c": "d"]], #"{"b":[1,null],"a":{"c":"d"}}"#),
    ] as [(JSONValue, String)])
    func compact(value: JSONValue, expected: String) {
        #expect(value.text == expected)
    }

    @Test("Text on several lines, for people")
    func pretty() {
        let value: JSONValue = ["id": "x", "ids": ["a", "b"], "none": [], "empty": [:], "deep": ["n": 1]]
        #expect(value.prettyText == """
            {
              "id": "x",
              "ids": [
                "a",
                "b"
              ],
              "none": [],
              "empty": {},
              "deep": {
                "n": 1
              }
            }
            """)
    }

    @Test("Written and read again it is the same value, compact and pretty")
    func roundTrip() throws {
        var random = Lottery(seed: 7)
        for _ in 0..<500 {
            let value = random.value(depth: 5)
            #expect(try JSONValue(parsing: value.text) == value)
            #expect(try JSONValue(parsing: value.prettyText) == value)
            #expect(!value.text.utf8.contains(0x0A))
        }
    }

    @Test("Read and written again it is the same text", arguments: [
        #"{"z":1,"a":[true,null,"x"],"z":2}"#, #"[0.1,1e+300,-5,9223372036854775807]"#, #""\u0000\u007f é""#,
    ])
    func sameText(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }
}

/// The same random values on every run.
private struct Lottery: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
        case 0: .null
        case 1: .bool(.random(using: &self))
        case 2: .integer(Int64.random(in: .min ... .max, using: &self))
        case 3: JSONValue(Double(bitPattern: next()))
        case 4, 5: .string(text())
        case 6: .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            .object((0..<Int.random(in: 0..<5, using: &self)).map { _ in .init(text(), value(depth: depth - 1)) })
        }
    }

    private mutating func text() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<8, using: &self) {
            let limit: UInt32 = Bool.random(using: &self) ? 0xFF : 0x10FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &self)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}

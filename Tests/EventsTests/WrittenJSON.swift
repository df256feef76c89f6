/// Numbers that look random and are the same every time (Sebastiano Vigna's SplitMix64, public domain).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// True one time in `count`.
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}

/// JSON as it is written, keys repeated or not; a token is written as it stands and need not be JSON.
indirect enum WrittenJSON: Sendable {
    case token(String)
    case text(String)
    case list([WrittenJSON])
    case object([(key: String, value: WrittenJSON)])
}

/// Writes JSON with white space here and there, and some characters as escapes that need not be.
struct JSONScribbler {
    var random: SeededGenerator
    /// Whether newlines may stand between tokens.
    let spansLines: Bool

    mutating func write(_ json: WrittenJSON, to bytes: inout [UInt8]) {
        switch json {
        case .token(let token): bytes += Array(token.utf8)
        case .text(let text): write(text, escapes: random.oneIn(12), to: &bytes)
        case .list(let elements):
            write(elements, between: "[]", to: &bytes) { $0.write($1, to: &$2) }
        case .object(let members):
            write(members, between: "{}", to: &bytes) { scribbler, member, bytes in
                scribbler.write(member.key, escapes: scribbler.random.oneIn(400), to: &bytes)
                scribbler.space(&bytes)
                bytes.append(UInt8(ascii: ":"))
                scribbler.space(&bytes)
                scribbler.write(member.value, to: &bytes)
            }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element], between brackets: StaticString, to bytes: inout [UInt8],
        _ body: (inout JSONScribbler, Element, inout [UInt8]) -> Void
    ) {
        bytes.append(brackets.utf8Start[0])
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            space(&bytes)
            body(&self, element, &bytes)
            space(&bytes)
        }
        bytes.append(brackets.utf8Start[1])
    }

    private mutating func space(_ bytes: inout [UInt8]) {
        guard random.oneIn(12) else { return }
        bytes += Array((["  ", "\t", "\r", spansLines ? "\n  " : " "].randomElement(using: &random) ?? "").utf8)
    }

    private mutating func write(_ text: String, escapes: Bool, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || escapes && random.oneIn(4) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    bytes += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                }
            } else {
                bytes += Array(String(scalar).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

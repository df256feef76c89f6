import Digests
import JSON
import Journal
import Testing

@Suite("The chain of hashes")
struct HashChainTests {
    private static let lines: [String] = {
        var chain = HashChain()
        return [
            chain.seal(type: "session", time: "2025-11-12T18:00:00Z", [.init("name", "s")]),
            chain.seal(type: "command", time: "2025-11-12T18:00:01Z", [.init("line", "detect; say \"hé\" \u{1B}")]),
            chain.seal(type: "output", time: "2025-11-12T18:00:02Z", [.init("result", ["hash": "x", "n": [1, 0.5, nil]])]),
            chain.seal(type: "end", time: "2025-11-12T18:00:03Z", []),
        ]
    }()

    @Test("A record's bytes are those of the contract")
    func bytes() {
        var chain = HashChain()
        let zeros = String(repeating: "0", count: 64)
        let first = #"{"v":1,"seq":0,"ts":"2025-11-12T18:00:00Z","type":"session","name":"a\nb","prev":""# + zeros + "\""
        let firstHash = SHA256(zeros + "\n" + first).hex
        #expect(chain.seal(type: "session", time: "2025-11-12T18:00:00Z", [.init("name", "a\nb")])
            == first + ",\"hash\":\"" + firstHash + "\"}")
        let second = #"{"v":1,"seq":1,"ts":"2025-11-12T18:00:01Z","type":"end","prev":""# + firstHash + "\""
        let secondHash = SHA256(firstHash + "\n" + second).hex
        #expect(chain.seal(type: "end", time: "2025-11-12T18:00:01Z", []) == second + ",\"hash\":\"" + secondHash + "\"}")
        #expect(chain == HashChain(head: secondHash, next: 2))
    }

    @Test("The first hash, computed by another program")
    func known() {
        var chain = HashChain()
        _ = chain.seal(type: "session", time: "2025-11-12T18:00:00Z", [.init("name", "s")])
        #expect(chain.head == "bec7c4416de0cadef66513f25f59bf77b6391a2a4d284acdbb4647a23c56e67f")
    }

    @Test("What was sealed verifies, to the same head")
    func sound() {
        var chain = HashChain()
        for line in Self.lines { chain = HashChain(head: Self.hash(of: line), next: chain.next + 1) }
        #expect(verify(Self.lines) == .success(chain))
        #expect(verify([]) == .success(HashChain()))
    }

    @Test("Any byte that is flipped is reported with its record")
    func flipped() {
        for (number, line) in Self.lines.enumerated() {
            for position in line.utf8.indices {
                for mask in [0x01, 0x20, 0x80] as [UInt8] {
                    var bytes = Array(line.utf8)
                    bytes[line.utf8.distance(from: line.startIndex, to: position)] ^= mask
                    var lines = Self.lines
                    lines[number] = String(decoding: bytes, as: UTF8.self)
                    #expect(brokenLine(lines) == number + 1, "record \(number): \(lines[number])")
                }
            }
        }
    }

    @Test("Lines that were cut, moved, repeated or put in are reported where the chain breaks")
    func rearranged() {
        let lines = Self.lines
        #expect(brokenLine(Array(lines.dropFirst())) == 1)
        #expect(brokenLine([lines[0], lines[2], lines[3]]) == 2)
        #expect(brokenLine([lines[0], lines[2], lines[1], lines[3]]) == 2)
        #expect(brokenLine([lines[0], lines[1], lines[1], lines[2]]) == 3)
        #expect(brokenLine([lines[0], "{}", lines[1]]) == 2)
        #expect(brokenLine([lines[0], "not JSON", lines[1]]) == 2)
        #expect(brokenLine([lines[0] + " ", lines[1]]) == 1)
        #expect(brokenLine([lines[0], "[\"hash\"]", lines[1]]) == 2)
    }

    @Test("A tail that was cut off shows only beside a head that was written down")
    func shortened() throws {
        let chain = try verify(Array(Self.lines.prefix(2))).get()
        #expect(chain == HashChain(head: Self.hash(of: Self.lines[1]), next: 2))
    }

    @Test("The reason is said", arguments: [
        (#"{"seq":0}"#, 0, "it is not a sealed record"), ("{", nil, "it is not a sealed record"),
        (#"{"seq":7,"hash":"x"}"#, 7, "its number is not 0"),
        (#"{"seq":0,"prev":"x","hash":"x"}"#, 0, "it does not follow the record before it"),
        (#"{"seq":0,"prev":"0000000000000000000000000000000000000000000000000000000000000000","hash":"x"}"#, 0,
         "its bytes are not those that were sealed"),
        (#"{"hash":"x","seq":0}"#, 0, "it is not a sealed record"),
        (#"{"seq":9223372036854775807,"hash":"x"}"#, .max, "its number is not 0"),
    ] as [(String, Int?, String)])
    func reasons(line: String, seq: Int?, reason: String) {
        guard case .failure(let error) = verify([line]) else {
            Issue.record("it verifies")
            return
        }
        #expect(error.place.line == 1)
        #expect(error.place.seq == seq)
        #expect(error.place.reason == reason)
    }

    private static func hash(of line: String) -> String { String(line.dropLast(2).suffix(64)) }

    private func verify(_ lines: [String]) -> Result<HashChain, ChainError> {
        HashChain.verify(lines.enumerated().map { (number: $0.offset + 1, text: $0.element) })
    }

    private func brokenLine(_ lines: [String]) -> Int? {
        if case .failure(let error) = verify(lines) { error.place.line } else { nil }
    }
}

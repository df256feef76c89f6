import Foundation
import JSON
import Testing

@Suite("The texts of JSONTestSuite")
struct JSONConformanceTests {
    @Test("All of them are here")
    func counts() {
        #expect(JSONCases.accepted.count == 95 && JSONCases.refused.count == 188 && JSONCases.open.count == 35)
        let names = (JSONCases.accepted + JSONCases.refused + JSONCases.open.map(\.text)).map(\.name)
        #expect(Set(names).count == names.count)
        #expect(JSONCases.accepted.allSatisfy { $0.name.hasPrefix("y_") })
        #expect(JSONCases.refused.allSatisfy { $0.name.hasPrefix("n_") })
    }

    @Test("What is JSON is read, and is the same value when it was written", arguments: JSONCases.accepted)
    func accepted(text: JSONCase) throws {
        let value = try JSONValue(parsing: text.bytes)
        #expect(try JSONValue(parsing: value.text) == value)
        #expect(try JSONValue(parsing: value.prettyText) == value)
    }

    @Test("What is not JSON is refused at one of its bytes", arguments: JSONCases.refused)
    func refused(text: JSONCase) throws {
        let fault = try #require(outcome(of: text.bytes).fault)
        #expect((0...text.bytes.count).contains(fault.byte) && !fault.reason.isEmpty)
    }

    @Test("What parsers may decide for themselves", arguments: JSONCases.open)
    func open(entry: JSONCases.Open) {
        #expect(decided(entry.text) == entry.outcome)
    }

    @Test("All the same on a thread with a stack of 512 KiB")
    func smallStack() async {
        let (refused, accepted, decisions) = await onSmallStack {
            (
                JSONCases.accepted.filter { outcome(of: $0.bytes).fault != nil }.map(\.name),
                JSONCases.refused.filter { outcome(of: $0.bytes).fault == nil }.map(\.name),
                JSONCases.open.map { decided($0.text) }
            )
        }
        #expect(refused.isEmpty && accepted.isEmpty)
        #expect(decisions == JSONCases.open.map(\.outcome))
    }
}

private func outcome(of bytes: [UInt8]) -> Result<JSONValue, JSONFault> {
    bytes.withUnsafeBytes { JSONParser.parse($0) }
}

private func decided(_ text: JSONCase) -> JSONCases.Open.Outcome {
    switch outcome(of: text.bytes) {
    case .success(let value): .read(value.text)
    case .failure(let fault): .refused(fault.reason, at: fault.byte)
    }
}

extension Result {
    fileprivate var fault: Failure? { if case .failure(let fault) = self { fault } else { nil } }
}

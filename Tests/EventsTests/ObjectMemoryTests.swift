@testable import Events
import Tables
import Testing

@Suite("Objects that come again are not read again")
struct ObjectMemoryTests {
    private static let actor = #""actor":{"id":"00u1","type":"User","alternateId":"ann@example.com"}"#
    private static let client = #""client":{"ipAddress":"203.0.113.7"}"#
    private static let first = "{<>,\(actor),\(client)}"

    /// Whether the client of the second of two events is known from the first.
    @Test("Known is what an event that was taken had at the same depth beside the same actor", arguments: [
        (first, first, true), ("{\(actor),\(client),<>}", first, true),
        (first, #"{<>,\#(actor),"client":{"ipAddress":"203.0.113.8"}}"#, false),
        (first, #"{<>,\#(actor),"client": {"ipAddress":"203.0.113.7" }}"#, false),
        (first, #"{<>,"actor":{"id":"00u2","type":"User","alternateId":"bob@example.com"},\#(client)}"#, false),
        (first, "{<>,\(client),\(actor)}", false), ("{<>,\(client),\(actor)}", first, false), (first, "{<>,\(client)}", false),
        (first, #"{"time":1,"event":{<>,\#(actor),\#(client)}}"#, false),
        ("{<>,\(actor),\(client)", first, false),
        (#"{"uuid":"u","eventType":"t",\#(actor),\#(client)}"#, first, false),
    ])
    func known(before: String, event: String, isKnown: Bool) {
        let lines = [before, event].map { Array(($0.replacing("<>", with: eventMembers) + "\n").utf8) }
        let bytes = lines[0] + lines[1] + [UInt8](repeating: 0x20, count: EventScanner.margin)
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            let scanner = EventScanner(), second = start + lines[0].count
            var columns = EventColumns(), scratch: [UInt8] = []
            for event in [start, second] {
                guard scanner.scan(event, spansLines: false, limit: start + bytes.count) != nil else { continue }
                _ = columns.append(scanner, start: 0, end: 1, scratch: &scratch)
            }
            #expect((scanner.slots[EventField.ipAddress.ordinal].kind == .known) == isKnown)
            #expect(columns.texts[EventField.ipAddress.ordinal][columns.count - 1]?.hasPrefix("203.0.113.") == true)
        }
    }

    @Test("A new chunk begins without memories")
    func forgotten() {
        let bytes = Array((Self.first.replacing("<>", with: eventMembers) + "\n").utf8)
            + [UInt8](repeating: 0x20, count: EventScanner.margin)
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            let scanner = EventScanner()
            var columns = EventColumns(), scratch: [UInt8] = [], kinds: [EventScanner.Slot.Kind] = []
            for isNew in [false, false, true] {
                if isNew { scanner.memory.forgetAll() }
                #expect(scanner.scan(start, spansLines: false, limit: start + bytes.count) != nil)
                kinds.append(scanner.slots[EventField.actorID.ordinal].kind)
                #expect(columns.append(scanner, start: 0, end: 1, scratch: &scratch))
            }
            #expect(kinds == [.text, .known, .text])
        }
    }
}

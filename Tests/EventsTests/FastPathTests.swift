@testable import Events
import Foundation
import JSON
import Tables
import Testing

@Suite("The fast way and the slow way are one")
struct FastPathTests {
    @Test("What the fast way takes, and what it leaves to the slow way", arguments: [
        ("{<>}", true), ("{ <> }", true), ("{<>}\r", true), (#"{<>,"x":[{},[1.5,null,"é\u00e9"]]}"#, true),
        (#"{<>,"actor":{"id":"a\nb","id2":0},"target":[{"id":"t"},{"id":"t"}],"outcome":null}"#, true),
        (#"{<>,"client":{"geographicalContext":{"geolocation":{"lat":43.5,"lon":-1}}}}"#, true),
        (#"{"version":"0","id":"b","detail-type":"SystemLog","resources":[],"detail":{<>,"version":"0"}}"#, true),
        (#"{"time":1762970400,"host":"h","event":{<>}}"#, true),
        (#"{<>,"eventType":"t"}"#, false), (#"{<>,"x":1e3}"#, false), (#"{<>,"actor":{"\u0069d":"a"}}"#, false),
        ("{<>} ", false), (#"{<>,"severity":1.0}"#, false), (#"{"events":[],<>}"#, false),
        (#"{"eventType":"t","uuid":"u"}"#, false), (#"{<>,"actor.id":"a"}"#, false), (#"{<>,"p_log_type":"x"}"#, false),
        (#"{<>,"detail":{"actor":{"id":"a"}}}"#, false), (#"{"actor":{"id":"a"},"detail":{<>}}"#, false),
        (#"{<>,"p_event_time":"x"}"#, false), (#"{"detail":{<>,"p_log_type":"x"}}"#, false),
        (#"{"event":{<>}}"#, false),
        (#"{"time":1,"event":{<>,"original":"{}"}}"#, false), (#"{"time":1,"event":{<>,"a.b":1}}"#, false),
        (#"{"data":{},"detail":{<>}}"#, false),
        (#"{"uuid":"u","published":"2025-01-01","eventType":"com.okta.event_hook"}"#, false),
        (#"{"detail":{<>},"event":{}}"#, false), (#"{"detail":"d","uuid":"u","published":"2025-01-01"}"#, false),
    ])
    func taken(line: String, isTaken: Bool) {
        let bytes = Array((line.replacing("<>", with: eventMembers) + "\n").utf8)
        #expect(isTakenFast(bytes + [UInt8](repeating: 0x20, count: EventScanner.margin)) == isTaken)
    }

    private func isTakenFast(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            let scanner = EventScanner()
            guard let start = bytes.baseAddress,
                let end = scanner.scan(start, spansLines: false, limit: start + bytes.count), scanner.sign.format != nil, end.pointee == 0x0A || end.pointee == 0x0D && end[1] == 0x0A
            else { return false }
            var columns = EventColumns(), scratch: [UInt8] = []
            return columns.append(scanner, start: 0, end: end - start, scratch: &scratch)
        }
    }

    /// Sixty inputs of forty events, each event mostly changed a little.
    @Test("Whatever stands on a line", arguments: 0..<60)
    func lines(seed: Int) async throws {
        var generator = EventGenerator(seed: UInt64(seed))
        let events = (0..<40).map { id in
            generator.event(EventGenerator.Wrapping.allCases.randomElement(using: &generator.random) ?? .none, id: id)
        }
        try await compare(events, seed: seed, between: ("", "\n", "\n"))
    }

    @Test("Whatever stands in an array over lines", arguments: 100..<120)
    func values(seed: Int) async throws {
        var generator = EventGenerator(seed: UInt64(seed), spansLines: true)
        let events = (0..<40).map { generator.event(.none, id: $0) }
        try await compare(events, seed: seed, between: ("[\n", ",\n", "\n]\n"))
    }

    /// Sixty events share about thirty objects, so that most objects were read before.
    @Test("Objects that come again on other lines, whole or broken, wrapped or not, in any order", arguments: 300..<360)
    func repeatedOnLines(seed: Int) async throws {
        var generator = EventGenerator(seed: UInt64(seed))
        let pool = generator.objectPool()
        let events = (0..<60).map { id in
            let wrapping = generator.random.oneIn(2) ? generator.one(of: EventGenerator.Wrapping.allCases) : .none
            return generator.event(from: pool, wrapping, id: id)
        }
        try await compare(events, seed: seed, between: ("", "\n", "\n"))
    }

    @Test("Objects that come again in an array over lines", arguments: 400..<420)
    func repeatedInArrays(seed: Int) async throws {
        var generator = EventGenerator(seed: UInt64(seed), spansLines: true)
        let pool = generator.objectPool()
        let events = (0..<60).map { generator.event(from: pool, .none, id: $0) }
        try await compare(events, seed: seed, between: ("[\n", ",\n", "\n]\n"))
    }

    @Test("Wrapped events are the ranges inside their wrappings", arguments: [
        (EventGenerator.Wrapping.eventBridge, "eventbridge"), (.splunkHEC, "splunk_hec"), (.panther, "panther"),
    ])
    func wrapped(wrapping: EventGenerator.Wrapping, name: String) async throws {
        var generator = EventGenerator(seed: 200)
        let events = (0..<400).map { generator.event(wrapping, id: $0) }
        let source = RawBytes(name: "a", bytes: Array(events.joined(separator: [0x0A])) + [0x0A])
        let (table, report) = try await EventReader.fast.read(source)
        #expect(report.isBalanced && report.formats.contains(name))
        #expect((0..<table.count).count { table[$0].rawJSON["uuid"]?.string == table[$0].id } > 100)
    }

    /// Reads events both ways; records a difference with the seed and the least text that shows it.
    private func compare(
        _ events: [[UInt8]], seed: Int, between: (open: String, comma: String, close: String)
    ) async throws {
        func differences(_ events: [[UInt8]]) async throws -> [String] {
            let input = Array(between.open.utf8) + Array(events.joined(separator: Array(between.comma.utf8)))
                + Array(between.close.utf8) + [UInt8](repeating: 0x20, count: EventScanner.margin)
            return try await ReaderOutput([input], with: .fast).differences(from: ReaderOutput([input], with: .slow))
        }
        guard try await !differences(events).isEmpty else { return }
        var least = events
        for event in events where try await !differences([event]).isEmpty { least = [event] }
        if least.count == 1 { least = [try await shrunk(least[0]) { try await !differences([$0]).isEmpty }] }
        let text = String(decoding: Array(least.joined(separator: [0x0A])), as: UTF8.self)
        try await Issue.record("seed \(seed): \(text.debugDescription)\n\(differences(least).joined(separator: "\n"))")
    }

    /// The shortest text that is left when pieces are taken out as long as it still fails.
    private func shrunk(_ text: [UInt8], fails: ([UInt8]) async throws -> Bool) async throws -> [UInt8] {
        var text = text, length = text.count / 2
        while length > 0 {
            var start = 0
            while start < text.count {
                let shorter = Array(text[..<start] + text[min(text.count, start + length)...])
                if try await fails(shorter) { text = shorter } else { start += length }
            }
            length /= 2
        }
        return text
    }
}

@testable import Events
import JSON
import Tables

/// All that a reading gives, so that two readings can be compared to the last bit.
struct ReaderOutput: Equatable, Sendable {
    let ids: [String]
    let times: [Int64]
    /// By field: the texts by code, and the code of each row.
    let texts: [[String]]
    let codes: [[UInt32]]
    /// By field, as bits: so that -0 is not 0, and a missing number is equal to itself.
    let numbers: [[UInt64]]
    let origins: [String]
    let report: IngestReport

    init(_ table: EventTable, _ report: IngestReport) {
        let columns = table.storage.columns
        ids = table.ids
        times = columns.times
        texts = columns.texts.map { Array($0.dictionary) }
        codes = columns.texts.map(\.codes)
        numbers = columns.numbers.map { $0.map(\.bitPattern) }
        origins = (0..<table.count).map { row in
            let origin = columns.origins[row]
            return "\(origin.source.name):\(origin.range) \(origin.format.name)"
        }
        self.report = report
    }

    /// Reads inputs named `a`, `b`, ….
    ///
    /// - Parameter reader: Says how.
    init(
        _ inputs: [[UInt8]], with reader: EventReader, into table: EventTable = EventTable(),
        window: TimeWindowRequest? = nil
    ) async throws {
        let sources = zip("abcdefgh", inputs).map { RawBytes(name: String($0), bytes: $1) }
        let read = try await reader.read(sources, into: table, window: window ?? TimeWindowRequest(), now: nil)
        self.init(read.table, read.report)
    }

    /// What differs from another reading, part by part; empty when nothing does.
    func differences(from other: ReaderOutput) -> [String] {
        func part<Value: Equatable>(_ name: String, _ path: KeyPath<ReaderOutput, Value>) -> String? {
            let left = self[keyPath: path], right = other[keyPath: path]
            return left == right ? nil : "\(name): \(left) and \(right)"
        }
        return [
            part("ids", \.ids), part("times", \.times), part("texts", \.texts), part("codes", \.codes),
            part("numbers", \.numbers), part("origins", \.origins), part("problems", \.report.messages),
            part("formats", \.report.formats), part("report", \.report.json.text), part("the rest", \.report),
        ].compactMap { $0 }
    }
}

extension EventReader {
    /// Takes the fast way where it can.
    static let fast = EventReader(width: 1)
    /// Takes no event the fast way.
    static let slow = EventReader(width: 1, isFast: false)

    /// Reads one input into a table of its own.
    func read(_ source: RawBytes) async throws -> (table: EventTable, report: IngestReport) {
        try await read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
    }
}

import Foundation
import JSON
import Tables
import Testing

@testable import Events

/// The files of `Fixtures/shapes`, each with the same three events, read as a user would.
@Suite("Files of every shape")
struct ShapeFileTests {
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "../../Fixtures/shapes").standardizedFileURL.path
    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    private func read(_ file: String) async throws -> (table: EventTable, report: IngestReport) {
        let source = try RawBytes(path: Self.folder + "/" + file, name: file)
        return try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
    }

    @Test("Three events, none lost, the same ids, times and types as in Okta's own shape", arguments: files)
    func threeEvents(file: String) async throws {
        let native = try await read("okta.json").table, (table, report) = try await read(file)
        #expect(report.read == 3 && report.accepted == 3 && report.isBalanced, "\(report.messages)")
        // ECS alone and ASIM alone rename what these tell.
        guard file != "elastic-ecs.ndjson", file != "oktav2_cl-asim.ndjson" else { return }
        for row in 0..<3 {
            #expect(table.time(at: row) == native.time(at: row))
            #expect(table[row].eventType == native[row].eventType)
            if !file.hasPrefix("flat") { #expect(table[row].id == native[row].id) }
        }
    }

    @Test("What stands in the columns is what the event says when it is read again from its bytes", arguments: files)
    func columnsAgree(file: String) async throws {
        let table = try await read(file).table
        for row in 0..<table.count {
            let event = table[row].logEvent
            #expect(event["uuid"]?.string == table[row].id || event["uuid"] == nil)
            for field in EventField.allCases where !field.rawValue.contains("target") {
                let again = event[path: field.rawValue]?.string
                #expect(table.column(field)[row] == (again == "null" || again == "" ? nil : again) || again == nil, "\(field)")
            }
            #expect(!table[row].raw.isEmpty)
        }
    }

    @Test("Compressed and damaged at its end, a file gives its events and counts the damage", arguments: files)
    func damaged(file: String) async throws {
        let folder = try InputFolder()
        let bytes = try Array(Data(contentsOf: URL(filePath: Self.folder + "/" + file)))
        for (packed, problems) in [(gzip(bytes), []), (gzip(bytes) + [1], ["after the last gzip member of `x.gz` there is"])] {
            let source = try RawBytes.open(path: folder.write(packed), name: "x.gz")
            let report = try await EventReader()
                .read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).report
            #expect(report.accepted == 3 && report.rejected == problems.count && report.isBalanced)
            #expect(zip(report.problems, problems).allSatisfy { $0.message.hasPrefix($1) })
        }
    }

    @Test("Every file is read the same in small chunks, and the slow way", arguments: files)
    func chunks(file: String) async throws {
        let source = try RawBytes(path: Self.folder + "/" + file, name: file)
        let whole = try await read(file)
        for (size, isFast) in [(1, true), (100, true), (100, false)] {
            let reader = EventReader(width: 2, chunkSize: size, isFast: isFast)
            let (table, report) = try await reader.read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
            #expect(report == whole.report)
            #expect((0..<table.count).map { table[$0].id } == (0..<3).map { whole.table[$0].id })
        }
    }
}

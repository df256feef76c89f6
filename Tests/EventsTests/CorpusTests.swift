import Events
import Foundation
import JSON
import Tables
import Testing

@Suite("The corpus of real events", .enabled(if: corpus != nil, "the corpus is not beside the repository"))
struct CorpusTests {
    @Test("The documentation's events, in every shape that is read", arguments: [
        ("events/okta_docs.ndjson", 5), ("variants/json_array_CONSTRUCTED.json", 3),
        ("variants/wrapped_events_key_CONSTRUCTED.json", 3), ("variants/concatenated_no_newline_CONSTRUCTED.txt", 5),
    ])
    func shapes(file: String, count: Int) async throws {
        let whole = try await table("events/okta_docs.ndjson").table
        let (table, report) = try await table(file)
        #expect(report.messages == [])
        #expect(table.count == count && report.accepted == count)
        #expect((0..<count).map { table[$0].rawJSON } == (0..<count).map { whole[$0].rawJSON })
        #expect(report.formats == ["okta"])
    }

    @Test("The first of them, field by field")
    func fields() async throws {
        let event = try await table("events/okta_docs.ndjson").table[0]
        #expect(event.id == "f1d0b993-cc19-11ed-a688-db22c99ef6c4")
        #expect(event.published?.description == "2023-03-26T21:05:32.159Z")
        let expected: [EventField: String] = [
            .eventType: "user.session.start", .severity: "INFO", .displayMessage: "User login to Okta",
            .actorID: "00uz9fj5aT69fHVro1d6", .actorType: "User", .actorAlternateID: "admin@okta.com",
            .actorDisplayName: "Admin Name", .ipAddress: "142.126.158.61", .city: "Toronto", .country: "Canada",
            .userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
                + "Chrome/111.0.0.0 Safari/537.36",
            .outcomeResult: "SUCCESS", .externalSessionID: "idxyNcxVX2ESsSL0u462548Qg",
            .transactionID: "ZCCzm8j2wTvzwele2NwLnwAADSc", .targetID: "lae42mkdc9i9cbw3U1d6",
            .targetType: "AuthenticatorEnrollment", .targetAlternateID: "unknown", .targetDisplayName: "Password",
            .deviceHash: "f59d98b2e02f1319ef4ca651f57c36e3f25507f67dd6daf0408f753896b7e8dc", .operatingSystem: "Mac OS X",
        ]
        let fields = EventField.allCases.compactMap { field in event[field].map { (field, $0) } }
        #expect(Dictionary(uniqueKeysWithValues: fields) == expected)
        #expect(event.value(at: "target.1.displayName") == "Okta Admin Console")
        #expect(event.value(at: "client.zone") == "null")
    }

    @Test("The demo's flat events", arguments: ["variants/flattened_demo_okta-agentic-soc.json"])
    func flat(file: String) async throws {
        let (table, report) = try await table(file)
        #expect(report.messages == [] && report.formats == ["flat"] && report.isBalanced)
        #expect(Set(table.ids).count == table.count && table.ids.first == "evt-1001")
    }

    @Test("Fragments with a field or two")
    func fragments() async throws {
        let (table, report) = try await table("variants/minimal_fragments_google_secops.ndjson")
        #expect(table.count == 4 && report.messages == [])
        #expect((0..<4).map { table[$0].actorName ?? table[$0].actorLogin } == ["user@example.com", "User 1", "User 2", "User 3"])
        #expect(Set((0..<4).map { table[$0].eventType }) == ["user.session.start"])
    }

    @Test("Every file of the corpus is counted in full, whatever it is")
    func everything() async throws {
        let root = corpus ?? ""
        for folder in ["events", "variants", "panther", "customer-detections"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).sorted() {
                guard let source = try? RawBytes(path: "\(root)/\(folder)/\(name)") else { continue }
                let report = try await EventReader()
                    .read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).report
                #expect(report.isBalanced, "\(folder)/\(name)")
            }
        }
    }

    private func table(_ file: String) async throws -> (table: EventTable, report: IngestReport) {
        let source = try RawBytes(path: "\(corpus ?? "")/\(file)")
        return try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
    }
}

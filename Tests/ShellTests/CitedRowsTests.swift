import Diagnostics
import JSON
import Testing

@testable import Shell

@Suite("Rows of other tables, for people")
struct CitedRowsTests {
    private static let finding: JSONValue = [
        "finding": [
            "id": "0123456789", "finding_type": "hunt", "description": "One row shows it.", "okta_event_ids": [],
            "metadata": [
                "severity": "high", "title": "AMSI is tampered with", "rows": [3, 7],
                "cited": [
                    [
                        "table": "DeviceProcessEvents", "row": 3, "time": "2025-11-12T01:00:00Z",
                        "id_column": "ReportId",
                        "id": "42", "digest": "00ff", "fields": ["DeviceName": "ws-1", "FileName": "pwsh.exe"],
                    ]
                ],
            ],
        ],
        "events": [],
    ]

    @Test("why shows the rows that a finding cites in place of events, and that there are more")
    func why() {
        let text = WhyText(Self.finding, screen: Screen(width: 100)).lines.joined(separator: "\n")
        #expect(text.contains("rows       2 rows of DeviceProcessEvents"), "\(text)")
        #expect(text.contains("  11-12 01:00:00  row 4  ReportId 42\n    DeviceName ws-1 · FileName pwsh.exe"), "\(text)")
        #expect(text.contains("and 1 more rows"), "\(text)")
        #expect(!text.contains("0 events"), "\(text)")
    }
}

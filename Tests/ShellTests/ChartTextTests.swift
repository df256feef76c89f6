import KQL
import Tables
import Testing

@testable import Shell

@Suite("What render draws")
struct ChartTextTests {
    private func picture(_ query: String, width: Int = 40, isASCII: Bool = false) throws -> [String] {
        let result = try QueryEngine(tables: [], now: Timestamp(ticks: 0)).run(query)
        return ChartText(result, screen: Screen(width: width, isASCII: isASCII))?.lines ?? []
    }

    private static let outcomes = "datatable(outcome:string, n:long)['FAILURE', 5, 'SUCCESS', 10, 'DENY', 0]"

    @Test("Bars are as long as their values, and say them")
    func bars() throws {
        #expect(
            try picture(Self.outcomes + " | render barchart") == [
                "  n by outcome",
                "  FAILURE   5  ████████████▌",
                "  SUCCESS  10  █████████████████████████",
                "  DENY      0",
            ])
    }

    @Test("A pie is bars with their shares; ASCII where a screen has no more")
    func pie() throws {
        #expect(
            try picture(Self.outcomes + " | render piechart with (title='outcomes')", isASCII: true) == [
                "  outcomes",
                "  FAILURE   5  33.3%  #########",
                "  SUCCESS  10  66.7%  ##################",
                "  DENY       0  0.0%",
            ])
    }

    @Test("Series have marks of their own, which the legend names; zero is on the picture")
    func series() throws {
        let query = """
            datatable(t:datetime, who:string, n:long)[
              datetime(2025-01-01), 'a', 1, datetime(2025-01-02), 'a', 9,
              datetime(2025-01-01), 'b', 4, datetime(2025-01-02), 'b', 4] | render timechart
            """
        let lines = try picture(query, width: 60)
        #expect(lines.first == "  n by t" && lines.last == "  ● a   ○ b")
        #expect(lines.contains { $0.hasPrefix("  9 │") && $0.hasSuffix("●") })
        #expect(lines.contains { $0.hasPrefix("  0 │") })
        #expect(lines.contains { $0.contains("2025-01-01 00:00:00Z") && $0.hasSuffix("UTC") })
        #expect(lines.allSatisfy { $0.count <= 60 })
    }

    @Test(
        "Nothing is drawn of no rows, of no numbers, of tables, and without a render",
        arguments: [
            outcomes, outcomes + " | render table", outcomes + " | where n > 100 | render barchart",
            "print a = 'x', b = 'y' | render columnchart", outcomes + " | render barchart | take 1",
        ])
    func nothing(query: String) throws {
        #expect(try picture(query).isEmpty)
    }

    @Test("Any kind fits any window, whatever the values are", arguments: [20, 30, 47, 80, 200])
    func fits(width: Int) throws {
        let values = """
            range i from -50 to 50 step 1 | extend n = iff(i % 7 == 0, real(null), i * 1.5e300), t = datetime(2025-01-01) + i * 1d,
              name = strcat('a very long name \\u202E', i)
            """
        for (kind, columns) in [("barchart", "name, n"), ("timechart", "t, n"), ("scatterchart", "i, n"), ("piechart", "name, n")] {
            let lines = try picture("\(values) | project \(columns) | render \(kind)", width: width)
            #expect(!lines.isEmpty && lines.allSatisfy { $0.count <= width }, "\(kind)")
            #expect(!lines.joined().contains("\u{202E}"))
        }
    }
}

import KQL
import Testing

@testable import Hunting

@Suite("Queries that would mean more to a service than they do here")
struct HostileQueryTests {
    private static let remote = HuntGuardrail(catalog: .remote(now: HuntQuestion.now))
    private static let graph = HuntGuardrail(catalog: .graph(now: HuntQuestion.now))

    private func check(_ query: String, _ guardrail: HuntGuardrail) throws -> HuntQuery {
        let catalog = HuntCatalog.remote(now: HuntQuestion.now)
        return try guardrail.checked(query, HuntGrammar(catalog: catalog).range(of: "today"))
    }

    @Test("Patterns in the place of tables are refused where there are other tables", arguments: [
        "union *", "union Device*", "union withsource=T *Events | take 1", "search 'x'", "search in (Device*) 'x'",
        "find where FileName == 'a'", "DeviceFileEvents | union *",
    ])
    func patterns(query: String) {
        for guardrail in [Self.remote, Self.graph] {
            let fault = #expect(throws: (any Error).self) { try check(query, guardrail) }
            #expect("\(String(describing: fault))".contains("stands for any table"), "\(query)")
        }
    }

    @Test("Tables by name pass", arguments: [
        "union DeviceFileEvents, DeviceProcessEvents", "search in (DeviceFileEvents) 'x'",
        "find in (DeviceFileEvents) where FileName == 'a'", "DeviceFileEvents | where FileName has '*'",
    ])
    func names(query: String) throws { #expect(try !check(query, Self.graph).tables.isEmpty) }

    @Test("A comment hides nothing: it ends where the service's own parser ends it", arguments: [
        "\r", "\u{2028}", "\u{2029}", "\r\n", "\n",
    ])
    func comments(end: String) throws {
        let query = "DeviceFileEvents // note\(end)| union DeviceProcessEvents"
        #expect(try check(query, Self.remote).tables == ["DeviceFileEvents", "DeviceProcessEvents"])
    }

    @Test("Limits hold whatever a session file says")
    func limits() {
        let limits = HuntLimits(defaultWindow: 1e300, maximumWindow: .nan)
        #expect(limits.defaultWindow == 3.2e9 && limits.maximumWindow == 1)
    }
}

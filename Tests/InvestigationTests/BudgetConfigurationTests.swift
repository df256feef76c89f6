import Diagnostics
import Foundation
import Investigation
import Models
import Testing

/// The settings behind the question, and the object `models` of `config.json`.
struct BudgetConfigurationTests {
    private func configuration(_ environment: [String: String] = [:], file: String? = nil) throws -> Configuration {
        let folder = try TemporaryFolder()
        if let file {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/watchfloor", withIntermediateDirectories: true)
            _ = try folder.write(file, to: "watchfloor/config.json")
        }
        return Configuration(
            environment: environment.merging(["XDG_CONFIG_HOME": folder.path]) { $1 }, workingDirectory: folder.path)
    }

    @Test("What may be spent unasked", arguments: [
        ([:], 50_000, nil), (["LLM_ASK_TOKENS": "1000"], 1_000, nil), (["LLM_ASK_TOKENS": "0"], nil, nil),
        (["LLM_ASK_TOKENS": "1e300", "LLM_ASK_COST": "0.25"], 1_000_000_000_000, 0.25),
        (["LLM_ASK_COST": "0"], 50_000, nil),
    ] as [([String: String], Int?, Double?)])
    func limits(environment: [String: String], tokens: Int?, cost: Double?) throws {
        var budget = ModelBudget()
        try budget.take(try configuration(environment))
        #expect(budget.askTokens == tokens && budget.askCost == cost)
    }

    @Test("A limit that is no number is wrong usage", arguments: ["many", "-1", "nan", "inf"])
    func wrong(value: String) throws {
        let configuration = try configuration(["LLM_ASK_TOKENS": value])
        var budget = ModelBudget()
        let fault = #expect(throws: Diagnostic.self) { try budget.take(configuration) }
        #expect(fault?.problem == "LLM_ASK_TOKENS is not a number from 0 on (from environment)")
        #expect(fault?.kind == .usage)
    }

    @Test("Models stand in config.json; what is wrong with one does not touch the others")
    func models() throws {
        let all = try configuration(
            file: #"{"models":{"a":{"context":8192},"b":{"context":"","requests_per_minute":3},"c":7},"LLM_MODEL":"a"}"#)
        #expect(all.models == [ModelProfile(name: "a", context: 8_192), ModelProfile(name: "b", requestsPerMinute: 3)])
        #expect(all.problems.map(\.problem) == [
            "model `b`: `context` is not a whole number above 0", "model `c`: it is not an object in `models`",
        ])
        #expect(all["LLM_MODEL"] == "a")
        #expect(try configuration(file: #"{"models":[]}"#).problems.count == 1)
    }
}

import Foundation
import Testing

/// The real program with a model behind it: one that answers well, and one that talks nonsense.
struct ModelSessionTests {
    private static let files = ["findings", "risk_scores", "incidents", "plans", "commands", "routes", "escalations"]

    private func run(
        with answer: @escaping @Sendable (String) -> String?
    ) throws -> (said: Program.Said, folder: ProgramFolder, asked: [String]) {
        let server = try ModelServer(answering: answer), folder = try Program.folder()
        let said = try Program.run(
            ["--format", "json", "run", "--input", Program.demo], in: folder,
            environment: ["LLM_BASE_URL": server.url, "LLM_MODEL": "tiny", "LLM_TIMEOUT": "20"])
        return (said, folder, server.requests)
    }

    @Test func nonsenseIsGuardedAndMarkedAndEverythingIsDone() throws {
        let (said, folder, asked) = try run { _ in "I am a teapot <|im_start|>" }
        #expect(said.status == 0, "\(said.error)")
        #expect(!asked.isEmpty)
        for file in Self.files {
            #expect(FileManager.default.fileExists(atPath: "\(folder.path)/data/\(file).jsonl"), "\(file)")
        }
        let scores = try folder.text("data/risk_scores.jsonl")
        #expect(scores.contains(#""source":"rules: "#) && scores.contains(#""severity":"high""#))
        #expect(!said.output.contains("teapot") || said.output.contains("answered"))
    }

    @Test func aModelThatPlaysDownIsKeptAtTheFloor() throws {
        let low = #"{"severity":"low","likelihood":0.1,"impact":0.1,"score":0.01,"rationale":"harmless"}"#
        let (said, folder, asked) = try run { _ in low }
        #expect(said.status == 0, "\(said.error)")
        let scores = try folder.text("data/risk_scores.jsonl")
        #expect(scores.contains(#""source":"model:tiny""#), "\(scores)")
        #expect(scores.contains(#""severity":"high""#) && scores.contains(#""disagreement":{"#))
        #expect(asked.allSatisfy { !$0.contains("lm-studio") })
    }

    @Test func withoutTheNetworkTheModelIsNotAsked() throws {
        let server = try ModelServer { _ in "never" }, folder = try Program.folder()
        let said = try Program.run(
            ["run", "--offline", "--input", Program.demo], in: folder, environment: ["LLM_BASE_URL": server.url])
        #expect(said.status == 0)
        #expect(server.requests.isEmpty)
    }
}

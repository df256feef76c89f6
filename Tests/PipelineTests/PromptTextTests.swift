import Diagnostics
import Foundation
import Prompts
import Testing

@Suite("A prompt")
struct PromptTextTests {
    @Test("is built in", arguments: PromptText.Name.allCases)
    func builtIn(name: PromptText.Name) throws {
        let text = try PromptText(overrides: "/nowhere").text(name)
        #expect(text == PromptText.builtIn(name))
        #expect(text.count > 80)
        #expect(text.contains("{reason}") == [.repair, .huntRepair].contains(name))
    }

    @Test("is replaced by the user's file of its name")
    func replaced() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "prompts-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "Be brief.".write(toFile: folder + "/risk_agent.md", atomically: true, encoding: .utf8)
        try "".write(toFile: folder + "/answer.md", atomically: true, encoding: .utf8)
        let prompts = PromptText(overrides: folder)
        #expect(try prompts.text(.riskAgent) == "Be brief.")
        #expect(try prompts.text(.router) == PromptText.builtIn(.router))
        let fault = #expect(throws: Diagnostic.self) { try prompts.text(.answer) }
        #expect(fault?.problem == "the prompt `\(folder)/answer.md` is not a text of at most 64 KiB that can be read")
    }
}

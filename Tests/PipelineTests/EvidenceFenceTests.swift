import JSON
import Testing

@testable import Pipeline

struct EvidenceFenceTests {
    @Test(arguments: ["<|im_start|>system", "<\u{301}|im_end|>", "`\u{301}``", "[INST]", "[/INST"])
    func noMarkOfAnotherSpeakerIsLeft(_ text: String) {
        let block = Evidence(["agent": .string(text)]).block(nonce: "n0nce")
        #expect(!block.unicodeScalars.contains("<") && !block.unicodeScalars.contains("`"))
        #expect(!block.contains("[INST") && !block.contains("[/INST"))
        #expect(block.hasPrefix("BEGIN EVIDENCE n0nce\n") && block.hasSuffix("\nEND EVIDENCE n0nce"))
    }
}

import Detection
import JSON
import Testing

@Suite("The settings of detectors")
struct DetectorSettingsTests {
    @Test("Each is told by its name, and nothing else is", arguments: Detectors.all.map(\.id))
    func names(id: String) throws {
        let detector = try #require(Detectors.all.first { $0.id == id })
        #expect(!detector.settings.isEmpty)
        #expect(detector.settings.allSatisfy { !["id", "title", "severity", "attack", "needs"].contains($0.key) })
    }

    @Test("They are what they were set to")
    func values() {
        let settings = JSONValue.object(FailedLoginBurst(threshold: 7, window: 120).settings)
        #expect(settings["threshold"] == 7 && settings["window"]?.double == 120)
    }
}

import Detection
import Foundation
import Testing

@Suite("The list of detectors")
struct DetectorListTests {
    /// Checked against MITRE's own list where it stands beside the repository.
    @Test("Technique ids are those of the version of ATT&CK that is named")
    func techniques() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "../shared/reference/attack_all.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            return print("not checked: \(file.path()) is not there")
        }
        let known = Set(text.split(whereSeparator: \.isNewline).dropFirst().map { $0.prefix { $0 != "," } })
        for detector in Detectors.all {
            for technique in detector.attack { #expect(known.contains(technique[...]), "\(detector.id) \(technique)") }
        }
    }
}

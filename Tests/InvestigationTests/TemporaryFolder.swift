import Foundation
import Investigation
import JSON
import Models
import Pipeline
import Synchronization

/// A folder of a test's own; all of them go when the tests have ended.
struct TemporaryFolder: Sendable {
    let path: String
    private static let made = Mutex<[String]>([])

    init() throws {
        path = NSTemporaryDirectory() + "watchfloor-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        Self.made.withLock { made in
            if made.isEmpty { atexit { TemporaryFolder.removeAll() } }
            made.append(path)
        }
    }

    private static func removeAll() {
        for path in made.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
        return path + "/" + name
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    func lines(_ name: String) throws -> [String] { try text(name).split(separator: "\n").map(String.init) }
}

/// The demo's events: five failures of alice in six minutes, bob in two countries within 25, charlie harmless.
let demo = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/demo.json").standardizedFileURL.path

/// A session over a folder, with the built-in analyst or a model.
func session(
    _ name: String = "test", in folder: TemporaryFolder, model: (any LanguageModel)? = nil,
    services: SessionServices = SessionServices()
) async throws -> Session {
    let (transcript, _, isNew) = try await SessionFolder(path: folder.path + "/sessions").open(name)
    let session = Session(
        name: name, settings: SessionSettings(), transcript: transcript,
        store: try ArtifactStore(folder: folder.path + "/data"), model: model, analyst: { ModelAnalyst(model: $0) },
        services: services)
    if isNew { try await session.begin(version: "test") }
    return session
}

/// Operations of the whole pipeline, step by step.
let steps: [Investigation.Operation] = [
    .ingest(.init(paths: [demo])), .route(incident: nil), .detect(DetectRequest()), .score(findings: [], maxModelCalls: 50),
    .route(incident: nil), .plan(incidents: []), .commands(incidents: []), .escalate(incidents: []),
]

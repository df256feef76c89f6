internal import Diagnostics
internal import Digests
internal import Events
internal import Foundation
internal import JSON

extension Session {
    /// Rebuilds the state that a recorded session ended with, from its records and the files it names.
    ///
    /// - Returns: What could not be restored, or has changed since: one sentence each.
    public func restore(from saved: SavedSession) async throws -> [String] {
        var warnings = saved.problems.map(\.rendered)
        warnings += [saved.chainFault].compactMap { $0 }
        warnings += resolveInputs(of: saved)
        for record in saved.records {
            do {
                try await restore(record)
            } catch let fault as Diagnostic where fault.kind != .interrupted {
                warnings.append(fault.problem)
            }
        }
        return warnings
    }

    /// Finds the recorded inputs, by the path as typed or the absolute one; says which have changed or are gone.
    func resolveInputs(of saved: SavedSession) -> [String] {
        saved.records.compactMap { record in
            guard record["type"]?.string == "input", let name = record["name"]?.string, let path = record["path"]?.string
            else { return nil }
            resolvedPaths[name] = FileManager.default.fileExists(atPath: path) ? path : name
            guard let source = try? RawBytes(path: resolvedPaths[name] ?? name) else { return "the input \(name) is gone" }
            return source.sha256 == record["sha256"]?.string ? nil : "the input \(name) has changed since"
        }
    }

    private func restore(_ record: JSONValue) async throws {
        switch record["type"]?.string {
        case "command":
            let operation = try Operation(json: record["operation"] ?? .null)
            if case .ingest(let request) = operation { try await read(try sources(of: request), request) }
        case "artifact": try restoreArtifact(record)
        case "note": if let text = record["text"]?.string { state.notes.append(text) }
        default: break
        }
    }

    /// Takes a recorded artifact into the state.
    func restoreArtifact(_ record: JSONValue) throws(Diagnostic) {
        guard let file = record["file"]?.string, let artifact = Artifact.allCases.first(where: { $0.file == file }),
            let value = record["record"]
        else { return }
        try state.restore(artifact, value)
    }
}

extension RawBytes {
    /// The SHA-256 of all bytes, in lower-case hexadecimal digits. Reads everything.
    var sha256: String {
        withBytes { bytes in
            var stream = SHA256Stream()
            stream.update(bytes)
            return stream.finish()
        }
    }
}

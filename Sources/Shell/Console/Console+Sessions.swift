import Diagnostics
import Events
import Foundation
import Investigation
import Pipeline

// The session that is open, and its beginning.
extension Console {
    /// Opens the session that is to be used: the named one, continued where it exists, else a new one.
    func openSession() async throws -> Session {
        let name = launch.options.session ?? SessionName.fresh(at: .now)
        guard leavesTrace else { return try tracelessSession(name) }
        let folder = SessionFolder(path: launch.locations.sessions)
        let (transcript, torn, isNew) = try await folder.open(name)
        return try await begin(name, transcript, wasTorn: torn, isNew: isNew)
    }

    /// A session for one process alone: nothing of it is written anywhere.
    private func tracelessSession(_ name: String) throws -> Session {
        let session = Session(
            name: name, settings: try launch.settings(), transcript: Transcript(nil), store: nil, model: nil,
            analyst: { [launch] in launch.analyst($0) })
        current = session
        return session
    }

    private func begin(_ name: String, _ transcript: Transcript, wasTorn: Bool, isNew: Bool) async throws -> Session {
        if wasTorn { notice("the last record of \(name) was torn by a crash; it was cut off") }
        let session = Session(
            name: name, settings: try launch.settings(), transcript: transcript,
            store: try ArtifactStore(folder: launch.locations.data), model: try launch.model(),
            hidesNames: launch.hidesNames, budget: try launch.budget(),
            analyst: { [launch] in launch.analyst($0) }, okta: { [launch] () throws(Diagnostic) in try launch.okta() },
            services: launch.services,
            sentinel: { [launch] () throws(Diagnostic) in try launch.sentinel() })
        if isNew {
            try await session.begin(version: CommandTable.version)
        } else if let path = transcript.path {
            for warning in try await session.restore(from: SavedSession(path: path)) { notice(warning) }
        }
        current = session
        return session
    }

    /// Goes on with a saved session in place of the present one.
    func resume(_ name: String, options: GlobalOptions) async throws {
        let folder = SessionFolder(path: launch.locations.sessions)
        let file = try folder.file(of: name)
        let saved = try SavedSession(path: file)
        if let current, current.path == file {
            throw Diagnostic("this is that session", remedy: "Go on working in it")
        }
        let (transcript, torn, _) = try await folder.open(file: file)
        try await close()
        let session = try await begin(saved.name, transcript, wasTorn: torn, isNew: false)
        let state = await session.state
        notice("session \(saved.name): \(counted(state.events.count, "event")), \(counted(state.findings.count, "finding")), "
            + "\(counted(state.incidents.count, "incident"))", options: options)
        for line in saved.lastCommands(3) { notice("› " + line, options: options) }
    }

    /// What the session knows now; nothing while there is no session.
    var state: SessionState { get async { await current?.state ?? SessionState() } }

    /// The session's name and the head of its chain, for the last line.
    var farewell: (name: String, head: String)? {
        get async {
            guard let current, let head = await current.head else { return nil }
            return (current.name, head.hash)
        }
    }
}

internal import Detection
public import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import Journal
internal import Pipeline
public import Tables

// Handing a session over. It changes nothing, and leaves no record.
extension Session {
    /// A saved session, for looking only: nothing is written, no lock is taken, and no model or service is asked.
    ///
    /// - Parameter now: The clock to go by; that of the recorded session where it is not given.
    /// - Returns: The session, and what could not be restored or has changed since: one sentence each.
    public static func reading(
        _ saved: SavedSession, now: Timestamp? = nil
    ) async throws -> (session: Session, warnings: [String]) {
        var settings = SessionSettings(json: saved.first(.session)?["settings"] ?? .null)
        settings.now = now ?? settings.now
        let session = Session(
            name: saved.name, settings: settings, transcript: Transcript(nil), store: nil, model: nil,
            analyst: { ModelAnalyst(model: $0) })
        return (session, try await session.restore(from: saved))
    }

    /// What is handed over of the session as it is.
    ///
    /// Reads the transcript, and the inputs again to say whether they are as they were: linear in both.
    ///
    /// - Parameters:
    ///   - version: The program's.
    ///   - madeAt: When the report is made; the wall clock's time where it is not given.
    ///   - saved: The transcript, where the session was made of one by ``reading(_:now:)``.
    ///   - warnings: What ``reading(_:now:)`` could not restore.
    public func report(
        version: String, madeAt: Timestamp? = nil, of saved: SavedSession? = nil, warnings: [String] = []
    ) throws(Diagnostic) -> SessionReport {
        var record = saved
        if record == nil, let path = transcript.path { record = try SavedSession(path: path) }
        let facts = TranscriptFacts(record?.records ?? [])
        let findings = ReportFindings(state, threshold: settings.promoteThreshold)
        var report = SessionReport(
            head: head(facts, record, version: version, madeAt: madeAt ?? wallTime), reading: reading(facts),
            incidents: try findings.incidents(now: clock.time), unpromoted: findings.unpromoted,
            threshold: settings.promoteThreshold, hunts: state.hunts, rules: facts.rules, actions: state.actions,
            notes: record == nil ? state.notes.map { ReportNote(text: $0, at: nil) } : facts.notes,
            spending: ModelSpending(record?.records ?? []), pictures: try ReportPictures(state), state: state)
        report.summary = ReportSummary(report).sentences
        report.gaps = Self.sentences(of: warnings, besides: report) + ReportGaps(report).sentences
        return report
    }

    /// What could not be restored, without what the report says by itself.
    private static func sentences(of warnings: [String], besides report: SessionReport) -> [String] {
        let told = report.reading.inputs.compactMap(\.change) + [report.head.transcript?.fault].compactMap { $0 }
        return warnings.filter { !told.contains($0) }
            .map { "When the session was read again: \($0.replacing("\n", with: " "))." }
    }

    private func head(
        _ facts: TranscriptFacts, _ record: SavedSession?, version: String, madeAt: Timestamp
    ) -> ReportHead {
        ReportHead(
            session: name, version: version, analyst: facts.head["analyst"]?.string ?? analyst.name,
            asksModel: facts.head["asks_model"]?.bool ?? asksModel, clock: clock, madeAt: madeAt,
            transcript: record.map { record in
                let last = record.records.last?["hash"]?.string ?? HashChain.genesis
                return ReportTranscript(
                    path: URL(filePath: record.path).standardizedFileURL.path,
                    began: facts.head["ts"]?.string.flatMap { Timestamp($0) }, records: record.records.count,
                    chainHead: (try? record.chain.get())?.head ?? last, fault: record.chainFault)
            })
    }

    private func reading(_ facts: TranscriptFacts) -> ReportReading {
        var counts = facts.counts
        if facts.head.isNull, let ingest = state.ingest { counts.add(ingest.json) }
        let blind = state.events.isEmpty ? [] : settings.detectors.compactMap { detector -> BlindDetector? in
            let missing = detector.missing(in: state.events).map(\.rawValue)
            return missing.isEmpty ? nil : BlindDetector(detector: detector.id, missing: missing)
        }
        return ReportReading(
            inputs: facts.inputs, counts: counts, events: state.events.count, actors: state.events.actors.count,
            tables: state.tables.map(\.name), first: state.events.first, last: state.events.last,
            isDetected: state.isDetected, blind: blind)
    }
}

internal import Detection
public import JSON
internal import Pipeline
internal import Tables

extension SessionReport {
    /// The report as one object: records as the artifact files have them, beside what the transcript says.
    ///
    /// `{"report","session","inputs","ingest","events","summary","gaps","incidents","timelines","findings",
    /// "unpromoted","risk_scores","plans","commands","escalations","verdicts","suppressions","hunts","rules",
    /// "actions","notes","model","pictures"}`.
    public var json: JSONValue {
        .object(about + found + made)
    }

    private var about: [JSONValue.Member] {
        [
            JSONValue.Member("report", [
                "contract": 1, "version": .string(head.version), "made_at": .string(head.madeAt.description),
            ]),
            JSONValue.Member("session", head.json),
            JSONValue.Member("inputs", .array(reading.inputs.map(\.json))),
            JSONValue.Member("ingest", reading.counts.json),
            JSONValue.Member("events", reading.json),
            JSONValue.Member("summary", JSONValue(summary)), JSONValue.Member("gaps", JSONValue(gaps)),
        ]
    }

    private var found: [JSONValue.Member] {
        [
            JSONValue.Member("incidents", .array(incidents.map(\.incident.json))),
            JSONValue.Member("timelines", .array(incidents.compactMap(\.timelineJSON))),
            JSONValue.Member("findings", .array(state.findings.map(\.json))),
            JSONValue.Member("unpromoted", .array(unpromoted.map {
                ["finding_id": .string($0.finding.id), "reason": JSONValue($0.reason)]
            })),
            JSONValue.Member("promote_threshold", JSONValue(threshold)),
            JSONValue.Member("risk_scores", .array(state.scores.map(\.json))),
        ]
    }

    private var made: [JSONValue.Member] {
        [
            JSONValue.Member("plans", .array(state.plans.map(\.json))),
            JSONValue.Member("commands", .array(state.commands.map(\.json))),
            JSONValue.Member("escalations", .array(state.escalations.map(\.json))),
            JSONValue.Member("verdicts", .array(state.verdicts.map(\.json))),
            JSONValue.Member("suppressions", .array(suppressions)),
            JSONValue.Member("hunts", .array(hunts)), JSONValue.Member("rules", .array(rules)),
            JSONValue.Member("actions", .array(actions)),
            JSONValue.Member("notes", .array(notes.map {
                ["text": .string($0.text), "at": JSONValue($0.at?.description)]
            })),
            JSONValue.Member("model", spending.json), JSONValue.Member("pictures", pictures.json),
        ]
    }

    /// What hides findings of this session, each once, as the findings say it.
    public var suppressions: [JSONValue] {
        var marks: [JSONValue] = []
        for mark in state.findings.compactMap(\.suppression) { marks.put(mark) { $0["id"] == $1["id"] } }
        return marks
    }
}

extension ReportIncident {
    fileprivate var timelineJSON: JSONValue? {
        guard let timeline else { return nil }
        return [
            "incident_id": .string(incident.id), "entries": timeline.json,
            "more_entries": .integer(Int64(max(0, timeline.entryCount - timeline.entries.count))),
            "events": .integer(Int64(timeline.matching)),
        ]
    }
}

extension ReportHead {
    fileprivate var json: JSONValue {
        [
            "name": .string(session), "analyst": .string(analyst), "asks_model": .bool(asksModel),
            "clock": .string(clock.time.description), "clock_origin": .string(clock.origin.rawValue),
            "transcript": transcript?.json ?? .null,
        ]
    }
}

extension ReportTranscript {
    fileprivate var json: JSONValue {
        [
            "path": .string(path), "began": JSONValue(began?.description), "records": .integer(Int64(records)),
            "chain_head": .string(chainHead), "chain": .string(fault ?? "whole"),
        ]
    }
}

extension ReportReading {
    fileprivate var json: JSONValue {
        [
            "count": .integer(Int64(events)), "actors": .integer(Int64(actors)), "first": JSONValue(first?.description),
            "last": JSONValue(last?.description), "tables": JSONValue(tables), "detected": .bool(isDetected),
            "blind": .array(blind.map { ["detector": .string($0.detector), "missing": JSONValue($0.missing)] }),
        ]
    }
}

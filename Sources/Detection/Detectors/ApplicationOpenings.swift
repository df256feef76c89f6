internal import Events
internal import JSON
internal import Tables

/// Applications that one user opened at once.
struct ApplicationOpenings {
    let openings: [SignInAttempts.Attempt]
    let applications: Int
    /// The most different applications in any earlier window; 0 where there is none.
    let habit: Int
    let place: FamiliarPlaces.Verdict
    /// Applications that the user had never opened; only of slow bursts.
    var unknown: Int?
}

extension ApplicationBurst {
    private static let manyApplications = 30
    /// What tabs of the week before hardly reach when a browser opens them again.
    private static let unusualApplications = 20

    private func severity(_ burst: ApplicationOpenings) -> Severity {
        let isStrange = burst.place == .strange
        // In a place of the user's own a browser that opens its tabs again looks the same.
        let isUnusual = burst.habit > 0 && (burst.place != .familiar || burst.applications >= Self.unusualApplications)
        if isStrange && isUnusual { return .high }
        return isStrange || isUnusual || burst.applications >= Self.manyApplications ? .medium : .low
    }

    /// Its finding.
    func finding(_ burst: ApplicationOpenings, _ key: String, in events: EventTable) -> DetectionFinding {
        let figures = EvidenceFigures(burst.openings.map(\.row), in: events)
        let name = burst.openings.last.flatMap { events[$0.row].actorLogin } ?? key
        let names = figures.list(.targetDisplayName)
        return DetectionFinding(
            detector: self, groupKey: key,
            description: "\(counted(burst.applications, "application")) opened by \(name) within "
                + "\(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: key, createdAt: figures.last, severity: severity(burst),
            figures: figures.members(
                actor: name, window: burst.unknown == nil ? window : strangeWindow, why: why(burst, figures.duration),
                [
                    JSONValue.Member("application_count", .integer(Int64(burst.applications))),
                    JSONValue.Member("applications", JSONValue(names.isEmpty ? figures.list(.targetID) : names)),
                    JSONValue.Member("habit", .integer(Int64(burst.habit))),
                ]))
    }

    private func why(_ burst: ApplicationOpenings, _ duration: Double) -> [String] {
        var why = ["\(counted(burst.applications, "application")) within \(clockSpan(duration))."]
        if let unknown = burst.unknown {
            why.append("\(unknown) of them the user had never opened before.")
        } else {
            why.append(
                burst.habit > 0
                    ? "The most in any earlier window was \(burst.habit)." : "The log knows no earlier habit.")
        }
        if burst.place == .strange { why.append("The user signed in before, but never from there.") }
        if burst.place == .familiar {
            why.append("Benign if the user opens all tabs at once: it is a place of theirs.")
        }
        return why
    }
}

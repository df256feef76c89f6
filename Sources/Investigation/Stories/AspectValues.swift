internal import Events
internal import Tables

/// The values that an entity's events are counted by.
struct AspectValues {
    private let events: EventTable

    init(_ events: EventTable) { self.events = events }

    /// What tells the values of an aspect apart, by row; 0 where a row has none.
    func key(of aspect: EntityStory.Aspect) -> (Int) -> UInt64 {
        switch aspect {
        case .places: pair(.city, .country)
        case .addresses: code(.ipAddress)
        case .accounts: actor
        case .networks: network
        case .devices: pair(.deviceHash, .deviceID)
        case .userAgents: code(.userAgent)
        case .operatingSystems: code(.operatingSystem)
        case .factors: code(.factor)
        case .applications: application
        case .sessions: session
        case .eventTypes: code(.eventType)
        case .doneByOthers: deed
        }
    }

    /// The value of an event that has one.
    func text(of aspect: EntityStory.Aspect, in event: OktaEvent) -> String? {
        switch aspect {
        case .places: [event.city, event.country].compactMap { $0 }.joined(separator: ", ")
        case .addresses: event.ipAddress
        case .accounts: event.actorLogin
        case .networks:
            [autonomousSystem(event.row).map { "AS\($0)" }, event[.isp]].compactMap { $0 }.joined(separator: " ")
        case .devices: event[.deviceHash] ?? event[.deviceID]
        case .userAgents: event.userAgent
        case .operatingSystems: event[.operatingSystem]
        case .factors: event[.factor]
        case .applications: event[.targetDisplayName] ?? event[.targetAlternateID] ?? event.targetID
        case .sessions: event.sessionID
        case .eventTypes: event.eventType
        case .doneByOthers: "\(event.eventType ?? "an event") by \(event.actorLogin ?? "nobody who is named")"
        }
    }
}

extension AspectValues {
    private func code(_ field: EventField) -> (Int) -> UInt64 {
        let codes = events.column(field).codes
        return { UInt64(codes[$0]) }
    }

    private func pair(_ left: EventField, _ right: EventField) -> (Int) -> UInt64 {
        let left = events.column(left).codes, right = events.column(right).codes
        return { UInt64(left[$0]) << 32 | UInt64(right[$0]) }
    }

    /// By id, by login where the id is missing or the word `unknown`, as `EventTable.actorKey(at:)` has it.
    private var actor: (Int) -> UInt64 {
        let ids = events.column(.actorID), logins = events.column(.actorAlternateID)
        let unknown = ids.code(of: "unknown") ?? 0, idCodes = ids.codes, loginCodes = logins.codes
        return { row in
            let id = idCodes[row], login = loginCodes[row]
            if id != 0, id != unknown || login == 0 { return UInt64(id) }
            return login == 0 ? 0 : 1 << 32 | UInt64(login)
        }
    }

    /// The number of the autonomous system; 0 is no such number.
    private func autonomousSystem(_ row: Int) -> UInt64? {
        events.number(.asNumber, at: row).flatMap { UInt32(exactly: $0.rounded()) }.flatMap {
            $0 == 0 ? nil : UInt64($0)
        }
    }

    private var network: (Int) -> UInt64 {
        let provider = code(.isp)
        return { (autonomousSystem($0) ?? 0) << 32 | provider($0) }
    }

    /// The first target, where it is an application. Shapes without target types say so by the event's own type.
    private var application: (Int) -> UInt64 {
        let target = pair(.targetID, .targetDisplayName), type = code(.targetType), eventType = code(.eventType)
        let isApplication = events.column(.targetType).passes { $0 == "AppInstance" }
        let isSignOn = events.column(.eventType).passes { $0 == "user.authentication.sso" }
        return { row in
            let kind = Int(type(row))
            return isApplication[kind] || kind == 0 && isSignOn[Int(eventType(row))] ? target(row) : 0
        }
    }

    private var session: (Int) -> UInt64 {
        let unknown = events.column(.externalSessionID).code(of: "unknown").map(UInt64.init),
            code = code(.externalSessionID)
        return { code($0) == unknown ? 0 : code($0) }
    }

    private var deed: (Int) -> UInt64 {
        let type = code(.eventType), actor = actor
        // Codes stay far below 2³¹, which leaves a bit to tell ids from logins.
        return { row in type(row) << 32 | (actor(row) >> 32) << 31 | actor(row) & 0x7FFF_FFFF }
    }
}

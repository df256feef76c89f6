internal import Events
internal import JSON
internal import Tables

/// Devices that are registered to one account, and since when.
///
/// A device that Okta names by id holds a key of Okta Verify, made when its user enrolled it
/// (https://help.okta.com/oie/en-us/Content/Topics/identity-engine/devices/device-registration.htm). A browser's token
/// is a cookie: it is lost with a private window, and a phone may show its first one any day. A registered device whose
/// enrolment the log does not have was enrolled before the log began; but a log without any enrolment may have been cut
/// to other types, and proves nothing.
struct RegisteredDevices {
    private static let enrolmentTypes = ["device.enrollment.create", "device.user.add"]

    private let ids: [UInt32]
    /// By the code of a device, the code of the one actor that uses it; `.max` where there are several.
    private var owners: [UInt32]
    /// By the code of a device, when it was last enrolled, in ticks.
    private var enrolments: [UInt32: Int64] = [:]
    private var hasEnrolments = false

    /// One pass; the raw events of enrolments are read.
    init(_ events: EventTable) {
        let column = events.column(.deviceID)
        ids = column.codes
        owners = [UInt32](repeating: 0, count: column.dictionary.count)
        guard owners.count > 1 else { return }
        let actors = events.column(.actorID).codes, types = events.column(.eventType)
        let isEnrolment = types.marks(Self.enrolmentTypes)
        for row in ids.indices {
            let device = Int(ids[row]), actor = actors[row]
            if device != 0, actor != 0 {
                owners[device] = owners[device] == 0 || owners[device] == actor ? actor : .max
            }
            guard isEnrolment[Int(types.codes[row])], let time = events.time(at: row)?.ticks else { continue }
            hasEnrolments = true
            for target in events[row].value(at: "target")?.array ?? [] {
                guard let id = target["id"]?.string, let code = column.code(of: id) else { continue }
                enrolments[code] = max(enrolments[code] ?? .min, time)
            }
        }
        if let unknown = column.code(of: "unknown") { owners[Int(unknown)] = .max }
    }

    /// Whether an event comes from a device that is registered to nobody but its actor, and was so before some time, in
    /// ticks.
    func isOwn(_ row: Int, before time: Int64) -> Bool {
        guard ids[row] != 0, hasEnrolments, owners[Int(ids[row])] != .max else { return false }
        return (enrolments[ids[row]] ?? .min) < time
    }
}

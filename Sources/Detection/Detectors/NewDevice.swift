public import Events
internal import JSON

/// An actor signs in with a device, from a network, neither of which it ever used, in a country that it did use; or
/// with a device and another browser or system, from an address of a usual network, none of which it ever used.
///
/// Compared with the actor's own earlier sign-ins: at least ``earlierSignIns`` over ``span``. A new laptop in a usual
/// network is silent; a new country is the matter of ``NewCountry``. Of an actor whose browser forgets its token each
/// time, and so has very many devices, nothing can be said.
///
/// | evidence | severity |
/// |---|---|
/// | a new device in a new network | low |
/// | a new device with a browser or system new to the actor, at a new address | low |
/// | an actor of more than ``maximumDevices`` devices, a shared way out, a usual network | silent |
public struct NewDevice: Detector {
    public let id = "new_device"
    public let title = "First sign-in with a device, from a new network"
    public let severity = Severity.low
    /// Valid Accounts: Cloud Accounts.
    public let attack = ["T1078.004"]
    public let needs: [EventField] = [.eventType, .deviceHash, .actorID]

    /// How often an actor has to have signed in before.
    public let earlierSignIns: Int
    /// In seconds, from the first of the earlier sign-ins.
    public let span: Double
    /// Actors with more devices than that are left out.
    public let maximumDevices: Int
    /// An address from which so many actors got in is one that they share.
    public let accountsOfExit: Int

    /// - Parameter span: In seconds.
    public init(
        earlierSignIns: Int = 5, span: Double = 7 * 86_400, maximumDevices: Int = 5, accountsOfExit: Int = 5
    ) {
        self.earlierSignIns = earlierSignIns
        self.span = span
        self.maximumDevices = maximumDevices
        self.accountsOfExit = accountsOfExit
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let personal = PersonalEvents(events)
        let limits = BaselineLimits(signIns: earlierSignIns, span: span)
        let found = NewSignIns(events, personal, limits: limits).found.filter { signIn in
            signIn.isNewDevice == true && (signIn.isNewNetwork || signIn.isNewAgent) && !signIn.isNewCountry
                && (1...max(1, maximumDevices)).contains(signIn.devices)
        }
        guard !found.isEmpty else { return [] }
        let exits = SharedExits(events, personal, accounts: accountsOfExit)
        return found.filter { !exits.isShared($0.row) }.map { finding($0, in: events, personal) }
    }

    private func finding(_ signIn: NewSignIn, in events: EventTable, _ personal: PersonalEvents) -> DetectionFinding {
        let event = events[signIn.row], device = event[.deviceHash] ?? event[.deviceID] ?? ""
        let field = event[.deviceHash] == nil ? EventField.deviceID : .deviceHash
        let actor = events.actorKey(at: signIn.row) ?? "", name = event.actorLogin ?? actor
        let what = signIn.isNewNetwork ? "network" : "address"
        return finding(
            "\(name) signed in with a new device from a new \(what), \(place(event)).",
            actor: actor, name: name,
            key: actor + "\n" + device, rows: signIn.followers(by: field, in: events, personal), in: events,
            severity: .low,
            why: [
                "The account used \(signIn.devices == 1 ? "one device" : "\(signIn.devices) devices") in the "
                    + "\(signIn.signIns) sign-ins before, and never "
                    + (signIn.isNewNetwork ? "this network." : "this address or this kind of browser."),
                "Benign where the user has a new device, or forgot the browser's data, away from home and office.",
            ],
            figures: [
                JSONValue.Member("device", .string(device)),
                JSONValue.Member("earlier_devices", .integer(Int64(signIn.devices))),
                JSONValue.Member("earlier_sign_ins", .integer(Int64(signIn.signIns))),
                JSONValue.Member("entry", EventPlace(signIn.row, in: events).json),
            ])
    }
}

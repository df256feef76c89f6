/// What people prove with, besides their password; the raw value is `debugData.factor`.
enum Factor: String {
    case push = "OKTA_VERIFY_PUSH"
    case fastPass = "SIGNED_NONCE"
    case code = "OKTA_SOFT_TOKEN"
    case securityKey = "FIDO2_WEBAUTHN"
    case message = "SMS_FACTOR"
}

/// An office: everybody in it comes out of one of two addresses.
struct Office {
    let city: City
    let egress: [Source]
}

/// Where somebody works on one day.
enum Whereabouts {
    case office, home, away
}

/// Somebody of the organisation, with habits.
struct Person {
    let account: Account
    let home: Source
    /// Another address of the same home, from the day on that the provider gives it.
    let laterHome: (source: Source, day: Int)?
    /// `nil` for those who never go to one.
    let office: Office?
    let laptop: Device
    let telephone: Device
    /// The carrier's gateways that the telephone comes out of.
    let carrier: [Source]
    let factor: Factor
    let applications: [Account]
    /// The company's own egress that home workers are sent through, if this one is.
    let tunnel: [Source]
    /// Whether the browser goes through iCloud Private Relay at home.
    let usesRelay: Bool
    /// Minutes after midnight when work begins, more or less.
    let startOfWork: Int
    /// One for each dense day.
    let days: [Whereabouts]
    /// As `debugData` names the number of the telephone.
    let number: String

    var city: City { home.city }

    func home(on day: Int) -> Source {
        if let laterHome, day >= laterHome.day { return laterHome.source }
        return home
    }

    /// The habitual place of a day, without tunnel, relay or carrier.
    func place(on day: Int) -> Source {
        if days[day] == .office, let office { return office.egress[account.id.utf8.reduce(0) { $0 + Int($1) } % 2] }
        return home(on: day)
    }

    /// What Okta's behaviour detection would write: new is what is not one of the habits.
    func behaviours(_ source: Source, _ device: Device) -> String {
        let homes = [home.city] + (office.map { [$0.city] } ?? [])
        let addresses =
            [home.address, laterHome?.source.address].compactMap { $0 }
            + (office?.egress ?? []).map(\.address) + tunnel.map(\.address)
        let mark = { (isNew: Bool) in isNew ? "POSITIVE" : "NEGATIVE" }
        let isNewCity = !homes.contains(source.city)
        let isNewDevice = ![laptop.deviceHash, telephone.deviceHash].contains(device.deviceHash)
        return """
            {New Geo-Location=\(mark(isNewCity)), New Device=\(mark(isNewDevice)), \
            New IP=\(mark(!addresses.contains(source.address))), New State=\(mark(isNewCity)), \
            New Country=\(mark(!homes.contains { $0.country == source.city.country })), Velocity=NEGATIVE, \
            New City=\(mark(isNewCity))}
            """
    }
}

/// A program that works through the API with a token.
struct Service {
    let account: Account
    let tokenID: String
    let device: Device
    /// Where it runs.
    let sources: [Source]
    /// Whether each run may get another address of the cloud, as a build server's does.
    let isFleeting: Bool
    let types: [EventType]
}

/// An administrator's two accounts: for daily work, and for administration.
struct Administrator {
    let person: Person
    let account: Account
}

/// An invented organisation. The same for the same seed.
struct Organisation {
    let seed: UInt64
    var networks: Networks
    var people: [Person] = []
    /// Indices of people by what befalls them; nobody is in two.
    var roles: [Role: [Int]] = [:]
    var administrators: [Administrator] = []
    var helpDesk: [Administrator] = []
    var services: [Service] = []
    var applications: [Account] = []
    var offices: [Office] = []
    /// Gateways by country, and egress by city.
    var carriers: [String: [Source]] = [:]
    var egress: [String: Source] = [:]
    /// Exits of iCloud Private Relay by country, and one whose country is that of a neighbour.
    var relays: [String: [Source]] = [:]
    let strayRelay: Source
    /// Accounts whose owners have not been seen for a long time.
    var dormant: [Person] = []
    var console = Account(id: "", login: "Okta Admin Console", name: "Okta Admin Console", type: "AppInstance")
    /// Where Okta's own back end is.
    let backEnd: Source

    func people(_ role: Role) -> [Person] { (roles[role] ?? []).map { people[$0] } }

    func office(in city: City) -> Office? { offices.first { $0.city == city } }
}

enum Role: CaseIterable {
    case administrator, helpDesk, traveller, newLaptop, newTelephone, backFromVacation, stalePassword, kiosk, rare
    case joiner, leaver, forgetful, tabRestorer
    /// Nothing in particular: whom attacks are aimed at.
    case ordinary

    /// How many people of 220; the rest is ordinary.
    var count: Int {
        switch self {
        case .administrator, .leaver: 3
        case .helpDesk, .joiner: 4
        case .traveller: 8
        case .newLaptop, .forgetful: 7
        case .newTelephone, .stalePassword: 6
        case .backFromVacation: 10
        case .kiosk: 5
        case .rare: 9
        case .tabRestorer: 12
        case .ordinary: 136
        }
    }
}

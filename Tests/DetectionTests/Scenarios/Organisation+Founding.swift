extension Organisation {
    static let size = Role.allCases.reduce(0) { $0 + $1.count }

    init(seed: UInt64) {
        self.seed = seed
        networks = Networks(seed: seed)
        let okta = networks.named("Okta")
        backEnd = networks.source(in: .ashburn, of: okta)
        strayRelay = networks.relay(in: .dublin)
        var chance = Chance(seed: seed, "organisation")
        console = Account(
            id: chance.identifier("0oa"), login: "Okta Admin Console", name: "Okta Admin Console", type: "AppInstance")
        applications = Names.applications.map {
            Account(id: chance.identifier("0oa"), login: $0, name: $0, type: "AppInstance")
        }
        offices = [City.london, .berlin, .newYork, .bengaluru].map { city in
            let network = networks.named("\(city.country) Business Fibre")
            return Office(city: city, egress: (0..<2).map { _ in networks.source(in: city, of: network) })
        }
        for office in offices {
            let cities = [office.city, office.city.elsewhere, office.city.elsewhere]
            relays[office.city.country] = (0..<12).map { networks.relay(in: cities[$0 % 3]) }
        }
        assignRoles(&chance)
        hire(&chance)
        dormant = (0..<24).map { person(900 + $0, days: [], &chance) }
        appointAdministrators(&chance)
        startServices(&chance)
    }

    private mutating func assignRoles(_ chance: inout Chance) {
        var indices = chance.shuffled(Array(0..<Self.size))[...]
        for role in Role.allCases {
            roles[role] = indices.prefix(role.count).sorted()
            indices = indices.dropFirst(role.count)
        }
    }

    private mutating func hire(_ chance: inout Chance) {
        for index in 0..<Self.size {
            let role = Role.allCases.first { roles[$0]?.contains(index) == true } ?? .ordinary
            // Those whose stories take place in an office work in one; the others may live anywhere.
            let isRemote = role == .ordinary && chance.happens(0.12)
            people.append(
                person(
                    index, isRemote: isRemote, office: role == .kiosk ? offices.first : nil,
                    days: whereabouts(role, isRemote: isRemote, &chance), &chance))
        }
    }

    private func whereabouts(_ role: Role, isRemote: Bool, _ chance: inout Chance) -> [Whereabouts] {
        let officeDays = chance.sample(3, of: [0, 1, 2, 3, 4])
        let firstDay = role == .backFromVacation ? chance.number(7...9) : role == .joiner ? chance.number(1...6) : 0
        return (0..<Clock.days).map { day in
            if day < firstDay || Clock.isWeekend(day) && !chance.happens(0.04) { return .away }
            if role == .rare || role == .leaver && day > 8 || chance.happens(0.15) { return .away }
            return isRemote || !officeDays.contains(day % 7) ? .home : .office
        }
    }

    /// - Parameter office: Where the person has to work; otherwise any.
    private mutating func person(
        _ index: Int, isRemote: Bool = false, office: Office? = nil, days: [Whereabouts], _ chance: inout Chance
    ) -> Person {
        let any = isRemote ? nil : chance.pick(offices + offices.filter { $0.city == .london || $0.city == .newYork })
        let office = office ?? any
        let city = chance.pick(office.flatMap { City.around[$0.city] } ?? City.remote)
        let first = chance.pick(Names.first), last = chance.pick(Names.last)
        let isTunnelled = office != nil && chance.happens(0.2)
        return Person(
            account: Account(
                id: chance.identifier("00u"),
                login: "\(first.lowercased().filter(\.isASCII)).\(last.lowercased())\(index)@example.com",
                name: "\(first) \(last)"),
            home: networks.broadband(in: city),
            laterHome: chance.happens(0.15) ? (networks.broadband(in: city), chance.number(3...11)) : nil,
            office: office, laptop: chance.laptop(), telephone: chance.telephone(),
            carrier: carrier(of: city), factor: factor(&chance),
            applications: Array(applications.prefix(10)) + chance.sample(4, of: Array(applications.dropFirst(10))),
            tunnel: isTunnelled ? tunnel(for: city, &chance) : [], usesRelay: !isTunnelled && chance.happens(0.07),
            startOfWork: chance.number(7 * 60 + 30...10 * 60), days: days,
            number: "+1 XXX-XXX-\(chance.number(1000...9999)) (\(index))")
    }

    private func factor(_ chance: inout Chance) -> Factor {
        let draw = chance.fraction()
        let shares: [(upTo: Double, Factor)] = [(0.5, .push), (0.75, .fastPass), (0.88, .code), (0.95, .securityKey)]
        return shares.first { draw < $0.upTo }?.1 ?? .message
    }

    /// A handful of gateways a country; those of a carrier are shared by all its customers.
    private mutating func carrier(of city: City) -> [Source] {
        if let known = carriers[city.country] { return known }
        let sources = [city, city, city, city.elsewhere].map { networks.mobile(in: $0) }
        carriers[city.country] = sources
        return sources
    }

    /// The egress of the company's security service: shared by all, and not always in one's own country.
    private mutating func tunnel(for city: City, _ chance: inout Chance) -> [Source] {
        let places: [City] =
            switch city.country {
            case "United States", "Canada": [.ashburn, .ashburn]
            case "India": [.mumbai]
            case "United Kingdom": chance.happens(0.7) ? [.london, .amsterdam] : [.frankfurt]
            default: [.frankfurt, .amsterdam]
            }
        return places.map { place in
            if let known = egress[place.name] { return known }
            let network = networks.named("Gatehouse Security Cloud")
            let source = networks.source(in: place, of: network)
            egress[place.name] = source
            return source
        }
    }
}

// MARK: Staff and programs

extension Organisation {
    private mutating func appointAdministrators(_ chance: inout Chance) {
        administrators = people(.administrator).map { Self.appoint($0, "admin", &chance) }
        helpDesk = people(.helpDesk).map { Self.appoint($0, "desk", &chance) }
    }

    private static func appoint(_ person: Person, _ suffix: String, _ chance: inout Chance) -> Administrator {
        let login = "\(person.account.login.prefix { $0 != "@" })-\(suffix)@example.com"
        return Administrator(
            person: person,
            account: Account(id: chance.identifier("00u"), login: login, name: "\(person.account.name) (\(suffix))"))
    }

    private mutating func startServices(_ chance: inout Chance) {
        let plans: [(String, String, Bool, [EventType])] = [
            ("hr-sync", "okta-sdk-java/20.0.0", false, [.profileUpdate, .groupMemberAdd, .groupMemberRemove]),
            ("device-management", "okta-sdk-python/2.9.9", false, [.groupMemberAdd, .groupMemberRemove]),
            ("ticket-desk", "node-fetch/3.3.2", false, [.groupMemberAdd, .applicationMemberAdd]),
            ("provisioning", "okta-sdk-golang/5.0.3", false, [.applicationMemberAdd, .profileUpdate]),
            ("terraform", "okta-terraform/4.20.0", true, [.applicationUpdate, .groupMemberAdd, .applicationMemberAdd]),
            ("reporting", "python-requests/2.32.3", false, [.profileUpdate]),
        ]
        services = plans.map { name, agent, isFleeting, types in
            let network = networks.named(isFleeting ? "Foundry Cloud Runners" : "Cumulus Cloud")
            let cities: [City] = isFleeting ? [.ashburn, .ashburn, .amsterdam] : [chance.pick([.ashburn, .frankfurt])]
            return Service(
                account: Account(id: chance.identifier("00u"), login: "svc-\(name)@example.com", name: "svc \(name)"),
                tokenID: chance.identifier("00T"), device: chance.device(.program(agent), keepsCookies: false),
                sources: cities.flatMap { city in
                    (0..<(isFleeting ? 8 : 2)).map { _ in networks.source(in: city, of: network) }
                },
                isFleeting: isFleeting, types: types)
        }
    }
}

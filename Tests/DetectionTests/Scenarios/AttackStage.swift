/// Where one attack is staged.
struct AttackStage {
    let organisation: Organisation
    let kind: AttackKind
    let variant: Variant
    /// Which of the attacks of its kind and variant, from 0.
    let index: Int
    var networks: Networks
    var chance: Chance
    /// The attack's own events.
    var log: SystemLog
    /// What the victims and their neighbours do meanwhile.
    var innocent: SystemLog
    /// Whom it is aimed at, if at one.
    let victim: Person
    /// A day on which the victim works, and a time on it.
    let day: Int
    let time: Int

    /// How many attacks there are of each kind and variant.
    static let count = 4

    init(_ kind: AttackKind, _ variant: Variant, _ index: Int, in organisation: Organisation, _ networks: Networks) {
        (self.organisation, self.kind, self.variant, self.index) = (organisation, kind, variant, index)
        self.networks = networks
        let name = "\(kind.rawValue) \(variant.rawValue) \(index)"
        chance = Chance(seed: organisation.seed, name)
        log = SystemLog(seed: organisation.seed, name + " log")
        innocent = SystemLog(seed: organisation.seed, name + " innocent")
        let everyone = organisation.people(.ordinary)
        // Nobody is the victim of two attacks of a variant.
        let place = (AttackKind.allCases.firstIndex(of: kind) ?? 0) * Self.count + index
        let victim = everyone[place % everyone.count]
        self.victim = victim
        let workdays = (3..<Clock.days - 1).filter { victim.days[$0] != .away && !Clock.isWeekend($0) }
        day = workdays.isEmpty ? 8 : chance.pick(workdays)
        time = Clock.time(day: day, minutes: chance.number(10 * 60...16 * 60), in: victim.city)
    }

    var isStealthy: Bool { variant == .stealthy }

    /// Where the victim is.
    var place: Source { victim.days[day] == .away ? victim.home : victim.place(on: day) }

    /// People other than the victim.
    mutating func others(_ count: Int) -> [Person] {
        chance.sample(count, of: organisation.people(.ordinary).filter { $0.account != victim.account })
    }
}

// MARK: The attacker's means

extension AttackStage {
    /// Where the attacker is: a rented machine abroad, or, when stealthy, a line in the victim's country.
    mutating func lair() -> Source {
        guard isStealthy else {
            let city = chance.pick(City.strange)
            return chance.happens(0.5) ? networks.hosting(in: city) : networks.anonymiser(in: city)
        }
        return networks.broadband(in: victim.city.elsewhere)
    }

    /// What the attacker uses: a machine of their own, which when stealthy says that it is like the victim's.
    mutating func machine() -> Device {
        isStealthy
            ? victim.laptop.counterfeit(deviceHash: chance.hexadecimal(64), fingerprint: chance.hexadecimal(32))
            : chance.device(chance.pick([.linux, Agent.windows[0]]))
    }

    /// A sign-in as the victim, with a factor that the attacker holds or was given.
    @discardableResult
    mutating func intrude(from source: Source, with device: Device, at time: Int, factor: Factor = .code) -> Session {
        log.signIn(
            victim.account, factor: factor, behaviours: victim.behaviours(source, device), from: source, with: device,
            at: time)
    }

    /// The victim's own sign-in, from where the victim is.
    @discardableResult
    mutating func victimSignsIn(at time: Int) -> Session {
        innocent.signIn(victim, from: place, with: victim.laptop, at: time, telephone: place)
    }
}

/// All attacks of a variant, staged in one organisation.
struct AttackRun {
    let variant: Variant
    private(set) var attacks: [Attack] = []
    /// The attacks' events and what surrounds them, in the order of their arrival.
    private(set) var lines: [SystemLog.Line] = []
    /// How many of the lines tell of no attack, each counted once.
    private(set) var innocentCount = 0

    init(_ variant: Variant, in weeks: BenignWeeks) {
        self.variant = variant
        var networks = weeks.networks
        for kind in AttackKind.allCases {
            for index in 0..<AttackStage.count {
                var stage = AttackStage(kind, variant, index, in: weeks.organisation, networks)
                stage.play()
                if variant == .noisy { stage.surround() }
                networks = stage.networks
                attacks.append(Attack(kind: kind, variant: variant, events: Set(stage.log.lines.map(\.uuid))))
                innocentCount += stage.innocent.lines.count
                lines += stage.log.lines + stage.innocent.lines
            }
        }
        guard variant == .noisy else {
            lines.sort { ($0.time, $0.uuid) < ($1.time, $1.uuid) }
            return
        }
        var chance = Chance(seed: weeks.organisation.seed, "delivery")
        lines = chance.shuffled(lines + chance.sample(lines.count / 2, of: lines))
    }
}

extension AttackStage {
    mutating func play() {
        switch kind {
        case .passwordSpray: passwordSpray()
        case .distributedSpray: distributedSpray()
        case .credentialStuffing: credentialStuffing()
        case .failedLoginBurst: failedLoginBurst()
        case .bruteForceManySources: bruteForceManySources()
        case .successAfterAttack: successAfterAttack()
        case .massLockout: massLockout()
        case .fatigueApproved: fatigue(isApproved: true)
        case .fatigueRefused: fatigue(isApproved: false)
        case .pushSourceMismatch: pushSourceMismatch()
        case .impossibleTravel: impossibleTravel()
        case .sessionHijack: sessionHijack()
        case .applicationBurst: applicationBurst()
        case .deviceTokenShared: deviceTokenShared()
        case .sharedFactorDevice: sharedFactorDevice()
        case .factorChange: factorChange()
        case .helpDeskTakeover: helpDeskTakeover()
        case .adminRole: adminRole()
        case .tokenElsewhere: tokenElsewhere()
        case .identityProviderBackdoor: identityProviderBackdoor()
        case .defenceWeakening: defenceWeakening()
        case .dormantAccount: dormantAccount()
        case .newCountry: newCountry()
        case .newDevice: newDevice()
        }
    }

    /// What makes the noisy variant noisy: the victims go on with their day, and mistype their passwords, in the same
    /// hours; neighbours on the attacker's network, if anybody shares it, are told by the attack itself.
    mutating func surround() {
        let concerned = log.lines.map(\.actor.id)
        let victims = organisation.people.filter { concerned.contains($0.account.id) }
        guard let first = log.lines.map(\.time).min() else { return }
        for person in [victim] + victims.prefix(12) {
            let place = person.days[day] == .away ? person.home : person.place(on: day)
            let time = first + chance.number(-90...90) * Clock.minute
            for attempt in 0..<chance.number(0...2) {
                innocent.failure(
                    of: person.account, from: place, with: person.laptop, at: time + attempt * 25 * Clock.second)
            }
            let session = innocent.signIn(
                person, from: place, with: person.laptop, at: time + 2 * Clock.minute, telephone: place)
            for step in 0..<chance.number(2...6) {
                innocent.open(
                    chance.pick(person.applications), in: session, at: session.start + (3 + 7 * step) * Clock.minute)
            }
        }
    }
}

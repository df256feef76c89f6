internal import Events
internal import Tables

/// The pasts of the actors that are asked for, each read once, however often it is asked for.
struct ActorPasts {
    let places: PlaceColumns
    private var families: AgentFamilies
    private var pasts: [ByteText: ActorPast] = [:]

    init(_ places: PlaceColumns) {
        self.places = places
        families = AgentFamilies(places.events)
    }

    /// What is new in an event, compared with its actor's past until a time; `nil` where nobody is named.
    mutating func novelty(_ row: Int, since limit: Int64) -> ActorPast.Novelty? {
        guard let actor = places.events.actorKey(at: row) else { return nil }
        return past(of: actor).novelty(row, since: limit, in: places, &families)
    }

    mutating func past(of actor: String) -> ActorPast {
        if let past = pasts[ByteText(actor)] { return past }
        let past = ActorPast(places.events.rowsOfActor(actor), in: places, &families)
        pasts[ByteText(actor)] = past
        return past
    }
}

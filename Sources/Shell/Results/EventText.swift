import Diagnostics
import Events

/// One event as it came, and where from.
struct EventText {
    let event: OktaEvent
    let screen: Screen

    var lines: [String] {
        let origin = "\(event.origin.file.visible), byte \(event.origin.byte.grouped)"
        return wrap(origin, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
            + event.rawJSON.printablePrettyText.split(separator: "\n").map { "  " + $0 }
    }
}

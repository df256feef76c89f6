internal import Foundation

extension ScalarFunctions {
    /// `convert_length(1.2, "Meter", "Foot")` and its like; null for a unit that is not known.
    static let units: [ScalarFunction] = UnitTable.all.map { table in
        ScalarFunction(table.function, [.number("value"), .string("from"), .string("to")], .real) { arguments, _ in
            Scalar(arguments.real(0).flatMap { table.converted($0, from: arguments.text(1), to: arguments.text(2)) })
        }
    }
}

/// The units of one quantity.
struct UnitTable: Sendable {
    let function: String
    private let units: [String: Unit]

    /// A unit by how its values become those of the quantity's base unit.
    enum Unit: Sendable {
        case factor(Double)
        /// Factor first, then an offset: the temperatures.
        case line(Double, Double)
        /// A slope in per cent, as degrees.
        case tilt
    }

    init(_ function: String, _ units: [(String, Unit)]) {
        self.function = function
        self.units = units.reduce(into: [:]) { $0[$1.0.lowercased()] = $1.1 }
    }

    init(_ function: String, factors: [(String, Double)]) {
        self.init(function, factors.map { ($0.0, .factor($0.1)) })
    }

    /// Names of units are found in whatever case.
    func converted(_ value: Double, from source: String, to target: String) -> Double? {
        guard let source = units[source.lowercased()], let target = units[target.lowercased()] else { return nil }
        return target.valueOfBase(source.base(value))
    }

    static let all: [UnitTable] = [angle, energy, force, length, mass, speed, temperature, volume]
}

extension UnitTable.Unit {
    func base(_ value: Double) -> Double {
        switch self {
        case .factor(let factor): value * factor
        case .line(let factor, let offset): value * factor + offset
        case .tilt: asin(value) * 180 / .pi
        }
    }

    func valueOfBase(_ value: Double) -> Double {
        switch self {
        case .factor(let factor): value / factor
        case .line(let factor, let offset): (value - offset) / factor
        case .tilt: sin(value * .pi / 180)
        }
    }
}

extension [(String, Double)] {
    /// The same unit with prefixes: `("Micro", 1e-6)` of `Meter` is `Micrometer`, as the engine writes them.
    static func prefixed(_ unit: String, _ factor: Double, _ prefixes: [(String, Double)]) -> [(String, Double)] {
        [(unit, factor)] + prefixes.map { ($0.0 + unit.lowercased(), $0.1 * factor) }
    }
}

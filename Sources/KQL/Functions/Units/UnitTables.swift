// The units of Kusto's `convert_…` functions and their factors. The names are those of Kusto's documentation; they and
// the factors, some of which are rounded (an acre-foot, a mile), are those of Units.NET 4 (MIT), which the engine's
// answers show: 1.2 cubic metres are 0.0009728568 acre-feet.

extension UnitTable {
    private static let milli = ("Milli", 1e-3), micro = ("Micro", 1e-6), nano = ("Nano", 1e-9)
    private static let centi = ("Centi", 1e-2), deci = ("Deci", 1e-1), deca = ("Deca", 10.0), hecto = ("Hecto", 1e2)
    private static let kilo = ("Kilo", 1e3), mega = ("Mega", 1e6), giga = ("Giga", 1e9), tera = ("Tera", 1e12)

    /// In degrees.
    static let angle: UnitTable = {
        let degrees: [(String, Double)] = .prefixed("Degree", 1, [nano, micro, milli])
        let radians: [(String, Double)] = .prefixed("Radian", 180 / .pi, [nano, micro, milli, centi, deci])
        let others = [
            ("Arcminute", 1 / 60.0), ("Arcsecond", 1 / 3600.0), ("Gradian", 0.9), ("NatoMil", 180 / 3200.0),
            ("Revolution", 360),
        ]
        let factors = (degrees + radians + others).map { ($0.0, Unit.factor($0.1)) }
        return UnitTable("convert_angle", factors + [("Tilt", .tilt)])
    }()

    /// In joules.
    static let energy: UnitTable = {
        let all: [[(String, Double)]] = [
            .prefixed("BritishThermalUnit", 1055.05585262, [kilo, mega, giga]),
            .prefixed("Calorie", 4.184, [kilo, mega]),
            .prefixed("ElectronVolt", 1.602176565e-19, [kilo, mega, giga, tera]),
            .prefixed("Joule", 1, [milli, kilo, mega, giga]), .prefixed("WattDay", 86400, [kilo, mega, giga, tera]),
            .prefixed("WattHour", 3600, [kilo, mega, giga, tera]), .prefixed("ThermEc", 1.05505585262e8, [deca]),
            .prefixed("ThermImperial", 1.05505585257348e8, [deca]), .prefixed("ThermUs", 1.054804e8, [deca]),
            [("Erg", 1e-7), ("FootPound", 1.355817948), ("HorsepowerHour", 2.6845195377e6)],
        ]
        return UnitTable("convert_energy", factors: all.flatMap { $0 })
    }()

    /// In newtons.
    static let force: UnitTable = {
        let all: [[(String, Double)]] = [
            .prefixed("Newton", 1, [micro, milli, deca, kilo, mega]),
            .prefixed("PoundForce", 4.4482216152605095551842641431421, [kilo]),
            [
                ("Dyn", 1e-5), ("KilogramForce", 9.80665002864), ("KiloPond", 9.80665002864),
                ("OunceForce", 2.780138509537812e-1), ("Poundal", 0.13825502798973041652092282466083),
                ("ShortTonForce", 8.896443230521e3), ("TonneForce", 9.80665002864e3),
            ],
        ]
        return UnitTable("convert_force", factors: all.flatMap { $0 })
    }()

    /// In metres.
    static let length: UnitTable = {
        let all: [[(String, Double)]] = [
            .prefixed("Meter", 1, [nano, micro, milli, centi, deci, deca, hecto, kilo]),
            .prefixed("LightYear", 9.46073047258e15, [kilo, mega]),
            .prefixed("Parsec", 3.08567758128e16, [kilo, mega]),
            [
                ("Angstrom", 1e-10), ("AstronomicalUnit", 1.4959787070000e11), ("Chain", 20.1168), ("DataMile", 1828.8),
                ("DtpPica", 1 / 236.220472441), ("DtpPoint", 0.0254 / 72), ("Fathom", 1.8288), ("Foot", 0.3048),
                ("Hand", 0.1016), ("Inch", 0.0254), ("Microinch", 2.54e-8), ("Mil", 2.54e-5), ("Mile", 1609.34),
                ("NauticalMile", 1852), ("PrinterPica", 1 / 237.106301584), ("PrinterPoint", 0.0254 / 72.27),
                ("Shackle", 27.432), ("SolarRadius", 6.95510000e8), ("Twip", 1 / 56692.913385826),
                ("UsSurveyFoot", 1200 / 3937.0), ("Yard", 0.9144),
            ],
        ]
        return UnitTable("convert_length", factors: all.flatMap { $0 })
    }()

    /// In kilograms.
    static let mass: UnitTable = {
        let all: [[(String, Double)]] = [
            .prefixed("Gram", 1e-3, [nano, micro, milli, centi, deci, deca, hecto, kilo]),
            .prefixed("Pound", 0.45359237, [kilo, mega]), .prefixed("Tonne", 1e3, [kilo, mega]),
            [
                ("EarthMass", 5.9722e24), ("Grain", 1 / 15432.358352941431),
                ("LongHundredweight", 1 / 0.01968413055222121), ("LongTon", 1.0160469088e3),
                ("Ounce", 1 / 35.2739619), ("ShortHundredweight", 1 / 0.022046226218487758), ("ShortTon", 9.0718474e2),
                ("Slug", 1 / 6.852176556196105e-2), ("SolarMass", 1.98947e30), ("Stone", 1 / 0.1574731728702698),
            ],
        ]
        return UnitTable("convert_mass", factors: all.flatMap { $0 })
    }()

    /// In metres a second: each length an hour, a minute and a second.
    static let speed: UnitTable = {
        let lengths: [(String, Double)] =
            .prefixed("Meter", 1, [nano, micro, milli, centi, deci, kilo])
            + [
                ("Foot", 0.3048), ("Inch", 0.0254), ("Mile", 1609.344), ("UsSurveyFoot", 1200 / 3937.0),
                ("Yard", 0.9144),
            ]
        let times = [("PerHour", 3600.0), ("PerMinute", 60), ("PerSecond", 1)]
        let factors = lengths.flatMap { length in times.map { (length.0 + $0.0, length.1 / $0.1) } }
        return UnitTable("convert_speed", factors: factors + [("Knot", 0.514444)])
    }()

    /// In kelvins.
    static let temperature = UnitTable(
        "convert_temperature",
        [
            ("Kelvin", .factor(1)), ("DegreeCelsius", .line(1, 273.15)), ("MillidegreeCelsius", .line(1e-3, 273.15)),
            ("DegreeDelisle", .line(-2 / 3.0, 373.15)), ("DegreeFahrenheit", .line(5 / 9.0, 459.67 * 5 / 9)),
            ("DegreeNewton", .line(100 / 33.0, 273.15)), ("DegreeRankine", .factor(5 / 9.0)),
            ("DegreeReaumur", .line(1.25, 273.15)), ("DegreeRoemer", .line(40 / 21.0, 273.15 - 7.5 * 40 / 21)),
            ("SolarTemperature", .factor(5778)),
        ])

    /// In cubic metres.
    static let volume: UnitTable = {
        let cubes = [
            ("CubicCentimeter", 1e-6), ("CubicDecimeter", 1e-3), ("CubicHectometer", 1e6), ("CubicKilometer", 1e9),
            ("CubicMicrometer", 1e-18), ("CubicMillimeter", 1e-9), ("CubicInch", 1.6387e-5), ("CubicYard", 0.764554858),
            ("CubicMile", 4.16818182544058e9), ("AcreFoot", 1 / 0.000810714), ("AuTablespoon", 2e-5),
            ("BoardFoot", 0.0023597372158), ("ImperialBeerBarrel", 0.16365924),
            ("ImperialOunce", 2.8413062499962902e-5), ("ImperialPint", 5.6826125e-4), ("MetricCup", 0.00025),
            ("MetricTeaspoon", 5e-6),
            ("OilBarrel", 0.158987294928), ("UkTablespoon", 1.5e-5), ("UsBeerBarrel", 0.1173477658),
            ("UsCustomaryCup", 0.0002365882365), ("UsLegalCup", 0.00024), ("UsOunce", 2.957352956253760505e-5),
            ("UsPint", 4.73176473e-4), ("UsQuart", 9.46352946e-4), ("UsTablespoon", 1.478676478125e-5),
            ("UsTeaspoon", 4.92892159375e-6),
        ]
        let all: [[(String, Double)]] = [
            .prefixed("Liter", 1e-3, [micro, milli, centi, deci, deca, hecto, kilo, mega]),
            .prefixed("UsGallon", 0.00378541, [deca, deci, hecto, kilo, mega]),
            .prefixed("ImperialGallon", 0.00454609000000181429905810072407, [kilo, mega]),
            .prefixed("CubicFoot", 0.0283168, [hecto, kilo, mega]), .prefixed("CubicMeter", 1, [hecto, kilo]), cubes,
        ]
        return UnitTable("convert_volume", factors: all.flatMap { $0 })
    }()
}

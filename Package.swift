// swift-tools-version: 6.1
import PackageDescription

// Layers, lowest first: a target names only targets above its own line.
// Every outside dependency enters through exactly one target.
let package = Package(
    name: "watchfloor",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "watchfloor", targets: ["watchfloor"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .target(name: "Diagnostics"),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CEditline", pkgConfig: "libedit",
            providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CFaultGuard"),
        .target(name: "CByteScan"),
        .target(name: "CDetectionRules"),
        .target(name: "CKnownTables", exclude: ["known_tables.txt"]),
        .target(name: "CAttackTechniques", exclude: ["techniques.txt"]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "JSON", dependencies: ["Diagnostics"]),
        .target(name: "Tables", dependencies: ["JSON"]),
        .target(name: "RegularExpressions", dependencies: ["Diagnostics", "CRE2"]),
        .target(name: "Digests", dependencies: ["CCrypto"]),
        .target(name: "Journal", dependencies: ["Diagnostics", "JSON", "Tables", "Digests"]),
        .target(
            name: "Events", dependencies: ["Diagnostics", "CZlib", "CFaultGuard", "CByteScan", "JSON", "Tables", "Digests"]),
        .target(
            name: "Sigma",
            dependencies: [
                "Diagnostics", "CByteScan", "JSON", "Tables", "RegularExpressions", "Events", .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "KQL",
            dependencies: [
                "Diagnostics", "CByteScan", "CKnownTables", "JSON", "Tables", "RegularExpressions", "Digests", "Events",
            ]),
        .target(
            name: "Detection",
            dependencies: ["Diagnostics", "CDetectionRules", "JSON", "Tables", "Digests", "Events", "Sigma", "KQL"],
            exclude: ["Rules"]),
        .target(name: "HTTP", dependencies: ["Diagnostics", "CCurl"]),
        .target(
            name: "Prompts", dependencies: ["Diagnostics"], path: "prompts",
            resources: [
                .embedInCode("router.md"), .embedInCode("risk_agent.md"),
                .embedInCode("planner_agent.md"), .embedInCode("answer.md"),
                .embedInCode("repair.md"), .embedInCode("hunt.md"), .embedInCode("hunt_analysis.md"),
                .embedInCode("hunt_repair.md"),
            ]),
        .target(name: "Models", dependencies: ["Diagnostics", "JSON", "HTTP"]),
        .target(name: "Connectors", dependencies: ["Diagnostics", "JSON", "Tables", "Digests", "HTTP"]),
        .target(
            name: "Pipeline",
            dependencies: [
                "Diagnostics", "JSON", "Tables", "Digests", "Events", "Detection", "Prompts", "Models",
            ]),
        .target(
            name: "Hunting",
            dependencies: [
                "Diagnostics", "CAttackTechniques", "JSON", "Tables", "Digests", "Events", "KQL", "Detection", "Prompts",
                "Models", "Pipeline",
            ]),
        .target(
            name: "Investigation",
            dependencies: [
                "Diagnostics", "JSON", "Tables", "Digests", "Journal", "Events", "Sigma", "KQL", "Detection", "HTTP", "Models",
                "Connectors", "Prompts", "Pipeline", "Hunting",
            ]),
        .target(
            name: "Shell",
            dependencies: [
                "Diagnostics", "CEditline", "JSON", "Tables", "Events", "KQL", "Detection", "HTTP", "Models", "Connectors",
                "Prompts", "Pipeline", "Hunting", "Investigation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "watchfloor", dependencies: ["Shell"]),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "TablesTests", dependencies: ["Tables"]),
        .testTarget(name: "RegularExpressionsTests", dependencies: ["RegularExpressions"]),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
        .testTarget(name: "JournalTests", dependencies: ["Journal"]),
        .testTarget(name: "EventsTests", dependencies: ["Events", "CZlib"]),
        .testTarget(name: "SigmaTests", dependencies: ["Sigma"]),
        .testTarget(name: "KQLTests", dependencies: ["KQL"]),
        .testTarget(name: "DetectionTests", dependencies: ["Detection"], exclude: ["Rules"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"]),
        .testTarget(name: "ModelsTests", dependencies: ["Models", "FlyingFox", .product(name: "FlyingSocks", package: "FlyingFox")]),
        .testTarget(name: "ConnectorsTests", dependencies: ["Connectors"]),
        .testTarget(name: "PipelineTests", dependencies: ["Pipeline"]),
        .testTarget(name: "HuntingTests", dependencies: ["Hunting"]),
        .testTarget(name: "InvestigationTests", dependencies: ["Investigation"]),
        .testTarget(name: "ShellTests", dependencies: ["Shell", "JSON", "Tables", "KQL"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}

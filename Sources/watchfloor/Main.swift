import Foundation
import Shell

@main
struct Main {
    static func main() {
        exit(Program.run(Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment))
    }
}

import JSON
import Tables
import Testing

@testable import KQL

/// Queries and their rows, as the documentation of Kusto has them.
@Suite("Graphs")
struct GraphTests {
    private static let attacks = """
        let nodes = datatable(name:string, type:string, age:long)[
            "Alice", "Person", 23, "Bob", "Person", 31, "Eve", "Person", 17, "Trent", "System", 99];
        let edges = datatable(source:string, destination:string, edge_type:string)[
            "Alice", "Bob", "communicatesWith", "Alice", "Trent", "trusts", "Bob", "Trent", "hasPermission",
            "Eve", "Alice", "attacks", "Mallory", "Alice", "attacks", "Mallory", "Bob", "attacks"];
        edges | make-graph source --> destination with nodes on name

        """
    private static let reports = """
        let employees = datatable(name:string, age:long)[
            "Alice", 32, "Bob", 31, "Eve", 27, "Joe", 29, "Chris", 45, "Alex", 35, "Ben", 23, "Richard", 39];
        let reports = datatable(employee:string, manager:string)[
            "Bob", "Alice", "Chris", "Alice", "Eve", "Bob", "Ben", "Chris", "Joe", "Alice", "Richard", "Bob"];
        let Company = reports | make-graph employee --> manager with employees on name;
        Company

        """
    private static let stations = """
        datatable(from_station:string, to_station:string, line:string)[
            "Central", "North", "red", "North", "Central", "red", "Central", "South", "red", "South", "Central", "red",
            "South", "South-West", "red", "South-West", "South", "red", "South-West", "West", "red",
            "West", "South-West", "red", "Central", "East", "blue", "East", "Central", "blue",
            "Central", "West", "blue", "West", "Central", "blue"]
        | make-graph from_station --> to_station with_node_id=station

        """

    @Test("A path of two edges, each with a condition")
    func path() throws {
        #expect(
            try rows(
                Self.attacks
                    + """
                    | graph-match (mallory)-[attacks]->(compromised)-[permission]->(trent)
                        where mallory.name == "Mallory" and trent.name == "Trent" and attacks.edge_type == "attacks"
                            and permission.edge_type == "hasPermission"
                        project Attacker = mallory.name, Compromised = compromised.name, System = trent.name
                    """) == ["Mallory Bob Trent"])
    }

    @Test(
        "Paths of several edges give arrays",
        arguments: [
            (
                "(alice)<-[reports*1..5]-(employee) where alice.name == 'Alice' and employee.age < 30",
                "employee.name, reports.manager",
                [#"Ben ["Alice","Chris"]"#, #"Eve ["Alice","Bob"]"#, #"Joe ["Alice"]"#]
            ),
            (
                "(a)<-[r*1..5]-(e) where a.name == 'Alice' and all(inner_nodes(r), age < 40)",
                "e.name, map(inner_nodes(r), name)",
                [#"Bob []"#, "Chris []", #"Eve ["Bob"]"#, "Joe []", #"Richard ["Bob"]"#]
            ),
            (
                "(a)<-[r*2..2]-(e) where any(r, manager == 'Chris')", "e.name, map(r, employee)",
                [#"Ben ["Chris","Ben"]"#]
            ),
            ("(a)<--(e)<--(f) where a.name == 'Alice'", "f.name", ["Ben", "Eve", "Richard"]),
            ("(a)-->(b), (c)-->(b) where a.name == 'Eve' and c.name != 'Eve'", "b.name, c.name", ["Bob Richard"]),
            ("(a) where node_degree_in(a) > 2", "a.name, node_degree_out(a)", ["Alice 0"]),
        ])
    func patterns(pattern: String, columns: String, expected: [String]) throws {
        #expect(try rows(Self.reports + "| graph-match \(pattern) project \(columns)").sorted() == expected)
    }

    @Test("The shortest paths: one, or all")
    func shortest() throws {
        let query = """
            (start)-[connections*1..5]->(destination)
                where start.station == "South-West" and destination.station == "North"
                project start.station, path = map(connections, to_station)
            """
        let paths = [
            #"South-West ["South","Central","North"]"#, #"South-West ["West","Central","North"]"#,
        ]
        #expect(try rows(Self.stations + "| graph-shortest-paths output=all " + query).sorted() == paths)
        let one = try rows(Self.stations + "| graph-shortest-paths " + query)
        #expect(one.count == 1 && paths.contains(one[0]))
    }

    @Test("Nodes with the engine's ids; those that only edges name have nothing but their key")
    func nodes() throws {
        #expect(
            try rows(Self.attacks + "| graph-to-table nodes with_node_id=id").sorted() == [
                "-3122868243544336885 Alice Person 23", "-7133945255344544237 Bob Person 31",
                "2533909231875758225 Trent System 99", "3855580634910899594 Mallory  null",
                "4363395278938690453 Eve Person 17",
            ])
    }

    @Test("Components are numbered")
    func components() throws {
        #expect(
            try rows(
                """
                datatable(a:string, b:string)["x", "y", "u", "v", "y", "z"]
                | make-graph a --> b with_node_id=name
                | graph-mark-components with_component_id=c
                | graph-to-table nodes
                """
            ).sorted() == ["u 1", "v 1", "x 0", "y 0", "z 0"])
    }

    @Test(
        "What is refused",
        arguments: [
            ("print a = 1 | graph-match (x)-->(y) project x.a", "SEM0001"),
            (
                "print a = 1, b = 2 | make-graph a --> b with_node_id=n | graph-match (x)-->(y) project z.n",
                "SEM0100"
            ),
            (
                "print a = 1, b = 2 | make-graph a --> b with_node_id=n | graph-match (x)-->(y) project x.m",
                "SEM0100"
            ),
            ("datatable(a:long, b:long)[1, 2] | make-graph a --> b", "SEM0001"),
            ("datatable(a:long, b:long)[1, 2] | make-graph a --> b | graph-to-table nodes, edges", "UNS0001"),
        ])
    func refusals(query: String, code: String) {
        let fault = #expect(throws: KQLFault.self) { try rows(query) }
        #expect(fault?.code == code)
    }

    private func rows(_ query: String) throws -> [String] {
        let result = try QueryEngine(tables: [], now: Timestamp(ticks: 0)).run(query)
        return (0..<result.count).map { row in
            result.columns.indices.map { column in
                let json = result.json(row: row, column: column)
                return json.string ?? json.text
            }.joined(separator: " ")
        }
    }
}

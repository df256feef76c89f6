/// Invented people and applications.
enum Names {
    static let applications = split("""
        Payroll, Expenses, Travel, Recruiting, Learning, Wiki, Chat, Mail, Calendar, Files, Whiteboard, Source Code,
        Build Server, Issue Tracker, Error Reports, Metrics, Paging, Design Board, Support Desk, Customer Records,
        Contracts, E-Signature, Invoicing, General Ledger, Data Warehouse, Dashboards, Surveys, Password Vault,
        Cloud Console (Production), Cloud Console (Staging), Backup, Room Booking
        """)

    static let first = split("""
        Ann, Bob, Carla, Dev, Elif, Femi, Grace, Hugo, Ines, Jürgen, Kavya, Liam, Mei, Noor, Olga, Paul, Rosa, Sam,
        Tara, Uma
        """)

    static let last = split("""
        Adams, Becker, Costa, Dahl, Evans, Fischer, Gupta, Hughes, Ito, Jones, Khan, Lopez, Moreau, Novak, Okoye,
        Patel, Reyes, Schmidt, Turner, Weber
        """)

    private static func split(_ text: String) -> [String] {
        text.replacing("\n", with: " ").split(separator: ", ").map(String.init)
    }
}

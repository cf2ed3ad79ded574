using Sourcing.Data.Common;

namespace Sourcing.Web.Layout;

/// <summary>One entry of the navigation.</summary>
/// <param name="Group">Its heading; empty for what stands above all groups.</param>
/// <param name="Key">The letter after G that goes there; null for none.</param>
public sealed record NavItem(string Group, string Text, string Icon, string Href, Permission Permission, string? Key = null);

/// <summary>The one table of what the navigation shows; the palette and the telephone's tab bar read it too.</summary>
public static class NavTable
{
    private static readonly NavItem[] Items =
    [
        new("", "My day", "event_available", Links.MyDay, Permission.NotesUse, "d"),
        new("", "Today", "today", Links.Today, Permission.RfqsRead, "t"),
        new("", "Approvals", "approval", Links.Approvals, Permission.OrdersApprove, "a"),
        new("Source", "RFQs", "request_quote", Links.Rfqs, Permission.RfqsRead, "r"),
        new("Source", "Orders", "local_shipping", Links.Orders, Permission.OrdersRead, "o"),
        new("Source", "Suppliers", "factory", Links.Suppliers, Permission.SuppliersRead, "s"),
        new("Source", "Parts", "category", Links.Parts, Permission.PartsRead, "p"),
        new("Source", "Savings", "savings", Links.Savings, Permission.RfqsRead),
        new("Plan", "Planning", "timeline", Links.Planning, Permission.PlanningRead, "l"),
        new("Plan", "Inventory", "inventory_2", Links.Inventory, Permission.PlanningRead),
        new("Plan", "Bills of materials", "account_tree", Links.Boms, Permission.PlanningRead),
        new("Plan", "Forecasts", "monitoring", Links.Forecasts, Permission.PlanningRead, "f"),
        new("Plan", "Imports", "upload_file", Links.Imports, Permission.ImportsRun, "i"),
        new("Sell", "Customers", "storefront", Links.Customers, Permission.CustomersRead, "c"),
        new("Sell", "Notes", "edit_note", Links.Notes, Permission.NotesUse),
        new("Sell", "Sold orders", "shopping_bag", Links.SoldOrders, Permission.NotesUse),
        new("Sell", "Sales", "leaderboard", Links.SalesFigures, Permission.CommissionsRead),
        new("Sell", "Requests", "contact_support", Links.Requests, Permission.CustomersRead),
        new("Sell", "Team", "groups", Links.SalesTeam, Permission.SalesManage),
        new("Sell", "Activity", "bar_chart", Links.Activity, Permission.SalesManage),
        new("Sell", "Commissions", "payments", Links.Commissions, Permission.CommissionsRead),
        new("Network", "Chapters", "hub", Links.Chapters, Permission.ChaptersRead),
        new("Portal", "RFQs", "request_quote", Links.Portal, Permission.PortalUse, "r"),
        new("Portal", "Orders", "local_shipping", Links.PortalOrders, Permission.PortalUse, "o"),
        new("Portal", "Agreements", "handshake", Links.PortalAgreements, Permission.PortalUse),
        new("Admin", "Users", "group", Links.Users, Permission.UsersManage),
        new("Admin", "Mail outbox", "outgoing_mail", Links.Outbox, Permission.OperationsRead),
        new("Admin", "History", "history", Links.History, Permission.UsersManage),
        new("Admin", "Jobs", "schedule", Links.Jobs, Permission.OperationsRead),
        new("Admin", "Database", "database", Links.Database, Permission.OperationsRead),
        new("Admin", "Settings", "settings", Links.Settings, Permission.SettingsManage),
    ];

    /// <summary>What this person may open.</summary>
    public static IEnumerable<NavItem> For(CurrentUser user) => Items.Where(i => user.May(i.Permission));
}

using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>What people are told about orders: the words, the addresses and who hears of it, in one place. All in the transaction of the cause.</summary>
internal static class OrderMessages
{
    private static string Page(Order order) => $"/orders/{order.Id}";

    private static string PortalPage(Order order) => $"/portal/orders/{order.Id}";

    /// <summary>Something the supplier did: the order's buyer hears of it.</summary>
    public static Task TellBuyerAsync(this SourcingDb db, Order order, string sentence, string icon, CancellationToken ct) =>
        db.NotifyAsync([order.BuyerId], sentence, Page(order), icon, ct);

    /// <summary>Somebody asks for approval: everybody who may give it within their limit hears of it.</summary>
    public static async Task TellApproversAsync(this SourcingDb db, Order order, string buyer, decimal totalInBase, DateOnly? rateDay, CancellationToken ct)
    {
        var people = await db.People.Where(p => p.IsActive && p.Id != order.Internal.ApprovalRequestedBy).ToListAsync(ct);
        var able = people.Where(p => Order.IsWithin(p.ApprovalLimit, totalInBase)
            && Permissions.Allow(p.Roles.Split(',').Where(r => Enum.TryParse<Role>(r, out _)).Select(Enum.Parse<Role>), Permission.OrdersApprove));
        await db.NotifyAsync(able.Select(p => p.Id), $"{buyer} asks for your approval of {order.Number}, {order.TotalText(totalInBase, rateDay)}.", Page(order), "approval", ct);
    }

    /// <summary>Mails the order itself, and puts it under the bell of the supplier's portal users.</summary>
    public static Task SendAsync(this SourcingDb db, Order order, string company, string message, Guid? pdf, CancellationToken ct)
    {
        var text =
            $"""
            {company} orders from you: {order.Number}, {order.Lines.Count} {(order.Lines.Count == 1 ? "line" : "lines")}, {order.Currency} {order.Total:#,0.00}.

            {(message.Length == 0 ? "" : message + "\n\n")}{(pdf is null ? "" : "The purchase order is attached. ")}Please acknowledge it in the portal, or answer {order.ContactName} at {order.ContactEmail}.
            """;
        return db.TellSupplierAsync(order, $"Purchase order {order.Number} from {company}", text, $"New order {order.Number}, {order.Currency} {order.Total:#,0.00}. Please acknowledge it.", ct, pdf);
    }

    /// <summary>Mails the supplier's address of this order, and tells its portal users, each in one way.</summary>
    public static async Task TellSupplierAsync(this SourcingDb db, Order order, string subject, string text, string sentence, CancellationToken ct, Guid? pdf = null)
    {
        if (order.SupplierEmail.Length > 0)
        {
            db.Post(new OutboxMessage(order.SupplierEmail, subject, text, "orders", order.Id, pdf, order.SupplierId, PortalPage(order), "Open the order"));
        }

        // Whoever got the mail gets no second one through the bell.
        var users = await db.SupplierUsers.Where(u => u.SupplierId == order.SupplierId)
            .Join(db.People, u => u.UserId, p => p.Id, (u, p) => new { p.Id, p.Email }).ToListAsync(ct);
        await db.NotifyAsync(users.Where(u => !u.Email.Equals(order.SupplierEmail, StringComparison.OrdinalIgnoreCase)).Select(u => u.Id), sentence, PortalPage(order), "local_shipping", ct);
    }

    /// <summary>The buyer asks when lines come.</summary>
    public static Task AskForDatesAsync(this SourcingDb db, Order order, IReadOnlyList<OrderLine> lines, string buyer, CancellationToken ct)
    {
        var rows = string.Join('\n', lines.Take(50).Select(l => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"Line {l.LineNo}, {l.Description}: {l.OpenQuantity:#,0.####} {l.Unit} to come, {(l.DueDate is { } due ? "due " + Days.Text(due) : "no day given")}{(l.NeedBy is { } need && need != l.DueDate ? $", needed {Days.Text(need)}" : "")}.")));
        var text =
            $"""
            {buyer} asks when these lines of {order.Number} will come:

            {rows}{(lines.Count > 50 ? $"\nAnd {lines.Count - 50} more." : "")}

            Please propose a date for each in the portal. If the promised date stands, answer {order.ContactName} at {order.ContactEmail}.
            """;
        var which = lines.Count == 1 ? $"line {lines[0].LineNo}" : $"{lines.Count} lines";
        return db.TellSupplierAsync(order, $"{order.Number}: when {(lines.Count == 1 ? "does" : "do")} {which} come?", text, $"{order.Number}: {buyer} asks when {which} will come.", ct);
    }

    /// <summary>A change above the buyer's limit: everybody who may approve it within their limit hears of it.</summary>
    public static async Task TellChangeApproversAsync(this SourcingDb db, Order order, OrderChange change, string buyer, decimal totalInBase, CancellationToken ct) =>
        await db.NotifyAsync(
            await db.ApproversAsync(change.ProposedBy, totalInBase, ct),
            $"{buyer} asks for your approval of change {change.Number} of {order.Number}, which then comes to {order.Currency} {change.NewTotal:#,0.00}.", Page(order) + "?tab=changes", "approval", ct);

    /// <summary>Who may approve so much, but not the one who asks.</summary>
    public static async Task<IReadOnlyList<Guid>> ApproversAsync(this SourcingDb db, Guid asking, decimal totalInBase, CancellationToken ct)
    {
        var people = await db.People.Where(p => p.IsActive && p.Id != asking).ToListAsync(ct);
        return
        [
            .. people.Where(p => Order.IsWithin(p.ApprovalLimit, totalInBase)
                && Permissions.Allow(p.Roles.Split(',').Where(r => Enum.TryParse<Role>(r, out _)).Select(Enum.Parse<Role>), Permission.OrdersApprove)).Select(p => p.Id),
        ];
    }

    /// <summary>A change order is sent: old and new by line, and what the order comes to.</summary>
    public static Task SendChangeAsync(this SourcingDb db, Order order, OrderChange change, string company, CancellationToken ct)
    {
        var rows = string.Join('\n', change.Lines.OrderBy(l => l.LineNo).Take(50).Select(ChangeText));
        var text = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"""
            {company} asks for change {change.Number} of {order.Number}: {change.Reason}

            {rows}

            Total {order.Currency} {change.OldTotal:#,0.00}, with the change {order.Currency} {change.NewTotal:#,0.00}. The order stands as it was until you acknowledge the change in the portal.
            """);
        return db.TellSupplierAsync(order, $"Change {change.Number} of {order.Number}", text, $"Change {change.Number} of {order.Number}: please acknowledge or refuse it. {change.Reason}", ct);
    }

    /// <summary>One line of a change, old and new.</summary>
    public static string ChangeText(OrderChangeLine line)
    {
        var figures = System.Globalization.CultureInfo.InvariantCulture;
        var head = $"Line {line.LineNo}, {line.Description}: ";
        return line.Kind switch
        {
            OrderChangeKind.Cancelled => string.Create(figures, $"{head}cancelled ({line.OldQuantity:#,0.####} {line.Unit})."),
            OrderChangeKind.Added => string.Create(figures, $"{head}added, {line.NewQuantity:#,0.####} {line.Unit} at {line.NewUnitPrice:#,0.00##}{(line.NewDate is { } day ? " for " + Days.Text(day) : "")}."),
            _ => head + string.Join(", ", Differences(line, figures)) + ".",
        };
    }

    private static IEnumerable<string> Differences(OrderChangeLine line, System.Globalization.CultureInfo figures)
    {
        if (line.OldQuantity != line.NewQuantity)
        {
            yield return string.Create(figures, $"quantity {line.OldQuantity:#,0.####} → {line.NewQuantity:#,0.####} {line.Unit}");
        }

        if (line.OldUnitPrice != line.NewUnitPrice)
        {
            yield return string.Create(figures, $"unit price {line.OldUnitPrice:#,0.00##} → {line.NewUnitPrice:#,0.00##}");
        }

        if (line.OldDate != line.NewDate)
        {
            yield return $"date {(line.OldDate is { } old ? Days.Text(old) : "none")} → {(line.NewDate is { } day ? Days.Text(day) : "none")}";
        }
    }
}

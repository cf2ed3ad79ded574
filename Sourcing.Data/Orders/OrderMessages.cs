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
}

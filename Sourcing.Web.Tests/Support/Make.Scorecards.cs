using Microsoft.EntityFrameworkCore;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Web.Tests.Support;

/// <summary>What came of an order line.</summary>
/// <param name="Due">The promised day.</param>
/// <param name="Came">Accepted and rejected quantities with the days after the due one on which they came; below 0 is before.</param>
public sealed record MadeDelivery(decimal Ordered, DateOnly Due, params (decimal Quantity, decimal Rejected, int Days)[] Came);

public static partial class Make
{
    /// <summary>An order of these lines, issued 40 days before the first is due, with what came of them.</summary>
    public static async Task<Guid> DeliveriesAsync(TestDatabase database, Guid supplierId, bool cancelled, params MadeDelivery[] lines)
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        return await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var unit = await UnitAsync(db, "kg", ct);
            await db.SaveChangesAsync(ct);
            var issued = At(lines.Min(l => l.Due), -40);
            var order = Data.Orders.Order.Draft($"PO-{Guid.CreateVersion7():N}", supplierId, "EUR", scope.User.Id, scope.User.Id);
            order.Edit(supplierId, "EUR", Terms(), [.. lines.Select(l => new OrderLineDraft(null, null, "", "", "Combed yarn", l.Ordered, unit, "kg", 2, l.Due, l.Due))]);
            order.Approve(new(scope.User.Id, "Buyer", null), order.Total, issued);
            order.Issue("Buyer", "buyer@example.test", "sales@example.test", issued);
            for (var i = 0; i < lines.Length; i++)
            {
                foreach (var (quantity, rejected, days) in lines[i].Came)
                {
                    var at = At(lines[i].Due, days);
                    order.Receive(order.Lines[i].Id, quantity, rejected, rejected > 0 ? RejectReason.Damaged : null, "", at, scope.User.Id, at);
                }
            }

            if (cancelled)
            {
                order.Cancel("Not needed any more.", issued);
            }

            db.Add(order);
            await db.SaveChangesAsync(ct);
            return order.Id;
        }, Ct);
    }

    /// <summary>A supplier without anything that happened.</summary>
    public static async Task<Guid> BareSupplierAsync(TestDatabase database, string name)
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        return await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var supplier = NewSupplier(name);
            db.Add(supplier);
            await db.SaveChangesAsync(ct);
            return supplier.Id;
        }, Ct);
    }

    /// <summary>A template of months that scores on time in full from 0 to 1, with A from 80, B from 50 that warns, and C that blocks.</summary>
    public static ScorecardTemplateForm Template(StandingEffect lowest = StandingEffect.BlockRfqs) => new()
    {
        Name = $"Delivery {Guid.CreateVersion7().ToString("N")[^6..]}", Period = ScorePeriod.Month, Decay = 0, SmallSample = 0,
        Criteria = [new() { Name = "On time in full", Weight = 100, Formula = "otif", ZeroAt = 0, FullAt = 1 }],
        Standings = [new() { Name = "C", From = 0, Effect = lowest }, new() { Name = "B", From = 50, Effect = StandingEffect.Warn }, new() { Name = "A", From = 80 }],
    };

    /// <summary>A template, back-tested and active, and all suppliers scored by it.</summary>
    public static async Task<Guid> ActiveTemplateAsync(TestDatabase database, ScorecardTemplateForm? form = null)
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (templates, queries) = (scope.Get<ScorecardTemplateService>(), scope.Get<ScorecardQueries>());
        var id = await templates.SaveAsync(form ?? Template(), Ct);
        await templates.BackTestAsync(id, (await queries.TemplateAsync(id, Ct))!.Version, Ct);
        await templates.ActivateAsync(id, (await queries.TemplateAsync(id, Ct))!.Version, Ct);
        await scope.Get<ScorecardService>().RecomputeAsync(null, Ct);
        return id;
    }

    /// <summary>A day of the last month that has ended, by the database's calendar.</summary>
    public static async Task<DateOnly> LastMonthAsync(TestDatabase database, int day = 10)
    {
        var today = DateOnly.FromDateTime((await database.ScalarAsync<DateTime>("select now() at time zone 'utc'")));
        return new DateOnly(today.Year, today.Month, 1).AddMonths(-1).AddDays(day - 1);
    }

    private static DateTimeOffset At(DateOnly due, int days) => new(due.AddDays(days), new TimeOnly(9, 30), TimeSpan.Zero);
}

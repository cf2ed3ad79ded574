using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;

namespace Sourcing.Data.Orders;

/// <summary>Why a line deserves a look; the gravest counts.</summary>
public enum LateReason
{
    /// <summary>Due before today and not all here.</summary>
    Overdue,

    /// <summary>Promised for a day after it is needed.</summary>
    PromisedLate,

    /// <summary>The last plan needs it before the day that it is due.</summary>
    PlanNeedsEarlier,

    /// <summary>The supplier has had the order for longer than the settings allow and has not acknowledged it.</summary>
    NotAcknowledged,

    /// <summary>Due within the days of the settings, and nothing of the order has left.</summary>
    DueSoon,

    /// <summary>Neither promised nor needed on a day: nobody can tell whether it is late.</summary>
    NoDate,
}

/// <summary>A line that is late, or will be.</summary>
public sealed record LateLineRow
{
    public Guid Id { get; init; }
    public Guid OrderId { get; init; }
    public string Order { get; init; } = "";
    public int LineNo { get; init; }
    public OrderStatus Status { get; init; }
    public LateReason Reason { get; init; }
    public Guid SupplierId { get; init; }
    public string Supplier { get; init; } = "";
    public string PartNumber { get; init; } = "";
    public string Description { get; init; } = "";

    /// <summary>The earlier of the line's day of need and the last plan's.</summary>
    public DateOnly? NeedBy { get; init; }
    public DateOnly? PromisedDate { get; init; }

    /// <summary>As promised, else as needed.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>Days after the due date that have passed, or days between need and promise, whichever is more; 0 for none.</summary>
    public int DaysLate { get; init; }

    /// <summary>Still to come, in the line's unit.</summary>
    public decimal Open { get; init; }
    public string Unit { get; init; } = "";

    /// <summary>Of what is still to come, in the order's currency.</summary>
    public decimal Value { get; init; }
    public string Currency { get; init; } = "";
    public DateTimeOffset? DateAskedAt { get; init; }

    /// <summary>The supplier proposed another day, and the buyer has not answered.</summary>
    public bool HasProposal { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public Guid BuyerId { get; init; }
    public string Buyer { get; init; } = "";
}

/// <summary>Lines that are late, or about to be before they are.</summary>
public sealed class LateLineList(Database database, CurrentUser user, TimeProvider time) : ListSource<LateLineRow>(database, user)
{
    private static readonly ListShape<LateLineRow> Columns = new ListShape<LateLineRow>("late-lines", "Late lines", l => l.Id)
        .Add(l => l.Order, "Order", FieldKind.Code)
        .Add(l => l.LineNo, "Line", FieldKind.Number)
        .Add(l => l.Reason, "Why", FieldKind.Choice)
        .Add(l => l.Supplier, "Supplier", FieldKind.Text)
        .Add(l => l.PartNumber, "Part", FieldKind.Code)
        .Add(l => l.Description, "Description", FieldKind.Text, hidden: true)
        .Add(l => l.DaysLate, "Days late", FieldKind.Number)
        .Add(l => l.NeedBy, "Needed", FieldKind.Date)
        .Add(l => l.PromisedDate, "Promised", FieldKind.Date)
        .Add(l => l.DueDate, "Due", FieldKind.Date, hidden: true)
        .Add(l => l.Open, "To come", FieldKind.Number, unit: l => l.Unit)
        .Add(l => l.Value, "Value to come", FieldKind.Money, currency: l => l.Currency, totalled: true)
        .Add(l => l.Status, "Order is", FieldKind.Choice, hidden: true)
        .Add(l => l.HasProposal, "New date proposed", FieldKind.Flag, sortable: false, hidden: true)
        .Add(l => l.DateAskedAt, "Asked", FieldKind.Moment)
        .Add(l => l.IssuedAt, "Issued", FieldKind.Moment, hidden: true)
        .Add(l => l.Buyer, "Buyer", FieldKind.Text, hidden: true)
        .OrderedBy("daysLate", descending: true);

    /// <inheritdoc/>
    public override ListShape<LateLineRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.OrdersRead;

    /// <inheritdoc/>
    protected override IQueryable<LateLineRow> Rows(SourcingDb db, string search)
    {
        var rows = All(db, Days.Today(time.GetUtcNow(), User.Identity.TimeZone));
        if (search.Length == 0)
        {
            return rows;
        }

        var like = LikePattern.Containing(search);
        return rows.Where(r => EF.Functions.ILike(r.Order, like) || EF.Functions.ILike(r.Supplier, like) || EF.Functions.ILike(r.PartNumber, like) || EF.Functions.ILike(r.Description, like));
    }

    /// <summary>Every such line of every order that is with its supplier.</summary>
    internal static IQueryable<LateLineRow> All(SourcingDb db, DateOnly today)
    {
        var last = RecommendationQueries.LastFinished(db).Select(c => c.Id).Take(1);
        var planned = db.PlanningMessages
            .Where(m => last.Contains(m.CycleId) && m.Kind == "expedite" && m.OrderLineId != null)
            .GroupBy(m => m.OrderLineId).Select(g => new { Line = g.Key, Day = g.Min(m => m.ToDate) });
        var lines =
            from o in db.Orders
            where o.DeletedAt == null && OrderStates.Open.Contains(o.Status)
            from l in o.Lines
            where l.Quantity > l.ReceivedQuantity
            from s in db.OrderSettings
            join p in planned on l.Id equals p.Line into plans
            from plan in plans.DefaultIfEmpty()
            let due = l.PromisedDate ?? l.NeedBy
            let need = plan.Day < l.NeedBy || l.NeedBy == null ? plan.Day ?? l.NeedBy : l.NeedBy
            let reason = due < today ? LateReason.Overdue
                : l.PromisedDate > l.NeedBy ? LateReason.PromisedLate
                : plan.Day < due ? LateReason.PlanNeedsEarlier
                : o.Status == OrderStatus.Issued && today.DayNumber - DateOnly.FromDateTime(o.IssuedAt!.Value.UtcDateTime).DayNumber > s.AcknowledgeWithinDays ? LateReason.NotAcknowledged
                : o.ShippedAt == null && due!.Value.DayNumber - today.DayNumber <= s.WarnDays ? LateReason.DueSoon
                : due == null ? LateReason.NoDate : (LateReason?)null
            where reason != null
            select new { o, l, due, need, reason };
        return
            from x in lines
            // As if there might be none: a count then leaves suppliers out.
            join found in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on x.o.SupplierId equals found.Id into suppliers
            from s in suppliers.DefaultIfEmpty()
            join p in db.People on x.o.BuyerId equals p.Id into people
            from buyer in people.DefaultIfEmpty()
            let passed = x.due < today ? today.DayNumber - x.due!.Value.DayNumber : 0
            let behind = x.due > x.need ? x.due!.Value.DayNumber - x.need!.Value.DayNumber : 0
            select new LateLineRow
            {
                Id = x.l.Id, OrderId = x.o.Id, Order = x.o.Number, LineNo = x.l.LineNo, Status = x.o.Status, Reason = x.reason!.Value, SupplierId = x.o.SupplierId, Supplier = s.Name,
                PartNumber = x.l.PartNumber, Description = x.l.Description, NeedBy = x.need, PromisedDate = x.l.PromisedDate, DueDate = x.due,
                DaysLate = passed > behind ? passed : behind, Open = x.l.Quantity - x.l.ReceivedQuantity, Unit = x.l.Unit,
                Value = Math.Round((x.l.Quantity - x.l.ReceivedQuantity) * x.l.UnitPrice, 2), Currency = x.o.Currency, DateAskedAt = x.l.DateAskedAt,
                HasProposal = x.l.DateChanges.Any(c => c.Status == DateChangeStatus.Proposed), IssuedAt = x.o.IssuedAt, BuyerId = x.o.BuyerId, Buyer = buyer.FullName ?? "",
            };
    }
}

/// <summary>Late lines of a week by the day that they are due.</summary>
/// <param name="Monday">The first day of the week; null for everything before this week.</param>
/// <param name="Overdue">Lines whose day has passed.</param>
/// <param name="Late">Lines that are promised, or planned, for after the need.</param>
/// <param name="Other">Lines to watch: not acknowledged, or due soon and not shipped.</param>
public sealed record LateWeek(DateOnly? Monday, int Overdue, int Late, int Other)
{
    public int Lines => Overdue + Late + Other;
}

/// <summary>How much is late, at a glance.</summary>
/// <param name="Lines">All of the list.</param>
/// <param name="Undated">Of these, without a day.</param>
/// <param name="Later">Due after the last of the weeks.</param>
public sealed record LateOverview(int Lines, int Overdue, int Undated, int Later, IReadOnlyList<LateWeek> Weeks);

/// <summary>Counts late lines.</summary>
public sealed class LateLineQueries(Database database, CurrentUser user)
{
    /// <summary>So many weeks from this one on.</summary>
    public const int Weeks = 8;

    /// <summary>By the person's calendar.</summary>
    public Task<LateOverview> OverviewAsync(CancellationToken ct)
    {
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                var days = await LateLineList.All(db, today).GroupBy(l => new { l.DueDate, l.Reason }).Select(g => new { g.Key.DueDate, g.Key.Reason, Count = g.Count() }).ToListAsync(token);
                var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
                var starts = new DateOnly?[] { null }.Concat(Enumerable.Range(0, Weeks).Select(w => (DateOnly?)monday.AddDays(7 * w)));
                var end = monday.AddDays(7 * Weeks);
                return new LateOverview(
                    days.Sum(d => d.Count), days.Where(d => d.Reason == LateReason.Overdue).Sum(d => d.Count), days.Where(d => d.DueDate is null).Sum(d => d.Count),
                    days.Where(d => d.DueDate >= end).Sum(d => d.Count),
                    [
                        .. starts.Select(start =>
                        {
                            var week = days.Where(d => start is null ? d.DueDate < monday : d.DueDate >= start && d.DueDate < start.Value.AddDays(7)).ToList();
                            var overdue = week.Where(d => d.Reason == LateReason.Overdue).Sum(d => d.Count);
                            var late = week.Where(d => d.Reason is LateReason.PromisedLate or LateReason.PlanNeedsEarlier).Sum(d => d.Count);
                            return new LateWeek(start, overdue, late, week.Sum(d => d.Count) - overdue - late);
                        }),
                    ]);
            },
            ct);
    }
}

/// <summary>Acts on late lines.</summary>
public sealed class LateLineService(Database database, CurrentUser user)
{
    /// <summary>Lines asked for at once at most.</summary>
    public const int Most = 200;

    /// <summary>
    /// Asks the suppliers of these lines when they come: one mail and one notification per order. Each order on its own; says which were refused
    /// and why. A line that was asked for within a day is not asked for again.
    /// </summary>
    public async Task<BulkOutcome> AskForDatesAsync(IReadOnlyList<Guid> lineIds, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        var wanted = lineIds.Distinct().Take(Most).ToList();
        var orders = await database.ReadAsync(
            async (db, token) => await db.OrderLines.Where(l => wanted.Contains(l.Id)).Select(l => new { l.OrderId, l.Id }).ToListAsync(token), ct);
        var (done, refusals) = (0, new List<string>());
        foreach (var group in orders.GroupBy(l => l.OrderId, l => l.Id))
        {
            var number = "";
            try
            {
                done += await database.WriteAsync(
                    async (db, token) =>
                    {
                        var order = await db.OrderAsync(group.Key, null, token);
                        number = order.Number;
                        var lines = order.AskForDates([.. group], await db.NowAsync(token));
                        await db.AskForDatesAsync(order, lines, user.Identity.Name, token);
                        await db.SaveChangesAsync(token);
                        await db.AnnounceAsync("orders", order.Id, token);
                        return lines.Count;
                    },
                    ct);
            }
            catch (RefusedException refusal)
            {
                refusals.Add($"{number}: {refusal.Message}");
            }
        }

        return new(done, refusals);
    }
}

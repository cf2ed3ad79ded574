using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>Gathers what a representative has to do today. Always the person's own: a manager looks at a team through <see cref="ActivityQueries"/>.</summary>
public sealed class MyDayQueries(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>So many days after today are near.</summary>
    public const int ComingDays = 7;

    /// <summary>Actions shown of each list, and rows of the others.</summary>
    public const int MostActions = 50, MostRows = 5;

    private static readonly RfqStatus[] Waiting = [RfqStatus.Open, RfqStatus.Paused, RfqStatus.Closed, RfqStatus.Evaluating];

    /// <summary>The day now.</summary>
    public Task<MyDayView> ForAsync(CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        var zone = user.Identity.TimeZone;
        var today = Days.Today(time.GetUtcNow(), zone);
        return database.ReadAsync(
            async (db, token) =>
            {
                var open = Open(db);
                var (overdue, coming) = (open.Where(n => n.NextActionOn < today), open.Where(n => n.NextActionOn > today && n.NextActionOn <= today.AddDays(ComingDays)));
                var silent = SilentCustomerList.All(db, db.Customers.Where(c => c.SalesRepId == user.Id), today, zone.Id);
                var monday = Start(WeekOf(today), zone);
                return new MyDayView(
                    today,
                    await db.SalesReps.AnyAsync(r => r.Id == user.Id && r.IsActive, token),
                    await db.SalesReps.AnyAsync(r => r.ManagerId == user.Id, token),
                    await ActionsAsync(db, overdue, token), await ActionsAsync(db, open.Where(n => n.NextActionOn == today), token), await ActionsAsync(db, coming, token),
                    new(await silent.CountAsync(token), await silent.OrderBy(s => s.Tier).ThenByDescending(s => s.SilentDays).ThenBy(s => s.Id).Take(MostRows).ToListAsync(token)),
                    await RfqsAsync(db, token),
                    await OrdersAsync(db, today, token),
                    await db.SalesNotes.CountAsync(n => n.SalesRepId == user.Id && n.Kind == NoteKind.Visit && n.OccurredAt >= monday, token));
            }, ct);
    }

    /// <summary>Actions that are overdue or of today; counted up to 1,000.</summary>
    public Task<int> CountAsync(CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        var today = Days.Today(time.GetUtcNow(), user.Identity.TimeZone);
        return database.ReadAsync((db, token) => Open(db).Where(n => n.NextActionOn <= today).Take(1000).CountAsync(token), ct);
    }

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The first moment of a day in a time zone. A midnight that the clock skips counts an hour later.</summary>
    internal static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        midnight = zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private IQueryable<SalesNote> Open(SourcingDb db) => db.SalesNotes.Where(n => n.SalesRepId == user.Id && n.DoneAt == null && n.NextActionOn != null);

    private static async Task<DayList<DayAction>> ActionsAsync(SourcingDb db, IQueryable<SalesNote> notes, CancellationToken ct)
    {
        var first = notes.OrderBy(n => n.NextActionOn).ThenBy(n => n.NextActionTime ?? TimeOnly.MaxValue).ThenBy(n => n.Id).Take(MostActions);
        var rows = await (
            from n in first
            from c in db.Customers.Where(c => c.Id == n.CustomerId).DefaultIfEmpty()
            from k in db.CustomerContacts.Where(k => k.Id == n.ContactId).DefaultIfEmpty()
            from r in db.Rfqs.Where(r => r.Id == n.RfqId).DefaultIfEmpty()
            from o in db.Orders.Where(o => o.Id == n.OrderId).DefaultIfEmpty()
            orderby n.NextActionOn, n.NextActionTime ?? TimeOnly.MaxValue, n.Id
            select new DayAction(
                n.Id, n.NextAction, n.NextActionOn!.Value, n.NextActionTime, n.CustomerId, c.Name ?? "", (CustomerTier?)c.Tier, n.Kind, n.OccurredAt, k.Name ?? "",
                k.Phone != null && k.Phone != "" ? k.Phone : c.Phone ?? "", n.RfqId, r.Number ?? "", n.OrderId, o.Number ?? "")).ToListAsync(ct);
        return new(rows.Count < MostActions ? rows.Count : await notes.CountAsync(ct), rows);
    }

    private async Task<DayList<DayRfq>> RfqsAsync(SourcingDb db, CancellationToken ct)
    {
        var mine = db.Rfqs.Where(r => Waiting.Contains(r.Status) && (r.SalesRepId == user.Id || db.Customers.Any(c => c.Id == r.CustomerId && c.SalesRepId == user.Id)));
        var rows = await (
            from r in mine.OrderBy(r => r.Deadline ?? DateTimeOffset.MaxValue).ThenBy(r => r.Id).Take(MostRows)
            from c in db.Customers.Where(c => c.Id == r.CustomerId).DefaultIfEmpty()
            orderby r.Deadline ?? DateTimeOffset.MaxValue, r.Id
            select new DayRfq(
                r.Id, r.Number, r.Title, r.CustomerId, c.Name ?? "", r.Status, r.Deadline,
                db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null),
                db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null && i.RespondedAt != null))).ToListAsync(ct);
        return new(rows.Count < MostRows ? rows.Count : await mine.CountAsync(ct), rows);
    }

    private async Task<DayList<DayOrder>> OrdersAsync(SourcingDb db, DateOnly today, CancellationToken ct)
    {
        var mine =
            from s in db.OrderSales
            join o in db.Orders on s.Id equals o.Id
            where OrderStates.Open.Contains(o.Status) && o.DueDate <= today.AddDays(ComingDays)
                && (s.SalesRepId == user.Id || db.Customers.Any(c => c.Id == s.CustomerId && c.SalesRepId == user.Id))
            select new { Order = o, s.CustomerId };
        var rows = await (
            from x in mine.OrderBy(x => x.Order.DueDate).ThenBy(x => x.Order.Id).Take(MostRows)
            from c in db.Customers.Where(c => c.Id == x.CustomerId).DefaultIfEmpty()
            orderby x.Order.DueDate, x.Order.Id
            select new DayOrder(x.Order.Id, x.Order.Number, x.CustomerId, c.Name ?? "", x.Order.Status, x.Order.DueDate!.Value, x.Order.IsAtRisk)).ToListAsync(ct);
        return new(rows.Count < MostRows ? rows.Count : await mine.CountAsync(ct), rows);
    }
}

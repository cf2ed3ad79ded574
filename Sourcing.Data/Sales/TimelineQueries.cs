using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>All that happened with a customer, as one line of time.</summary>
public sealed class TimelineQueries(Database database, CurrentUser user)
{
    /// <summary>Entries of one page.</summary>
    public const int PageSize = 30;

    /// <summary>Notes, RFQs and quotes for them, orders and requests before a moment, the newest first: each kind as far as the person may see it.</summary>
    /// <param name="before">Null for the newest.</param>
    /// <param name="only">One kind alone; null for all.</param>
    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(Guid customerId, DateTimeOffset? before, TimelineKind? only, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        var end = before ?? DateTimeOffset.MaxValue;
        return database.ReadAsync<IReadOnlyList<TimelineEntry>>(
            async (db, token) =>
            {
                var entries = new List<TimelineEntry>();
                if (only is null or TimelineKind.Note)
                {
                    entries.AddRange(await NotesAsync(db, customerId, end, token));
                }

                if (only is null or TimelineKind.Rfq)
                {
                    entries.AddRange(await RfqsAsync(db, customerId, end, token));
                }

                if (only is null or TimelineKind.Order)
                {
                    entries.AddRange(await OrdersAsync(db, customerId, end, token));
                }

                if (only is null or TimelineKind.Request)
                {
                    entries.AddRange(await RequestsAsync(db, customerId, end, token));
                }

                if (only is null or TimelineKind.Quote)
                {
                    entries.AddRange(await QuotesAsync(db, customerId, end, token));
                }

                return [.. entries.OrderByDescending(e => e.At).ThenBy(e => e.Id).Take(PageSize)];
            }, ct);
    }

    private static async Task<IEnumerable<TimelineEntry>> NotesAsync(SourcingDb db, Guid customer, DateTimeOffset end, CancellationToken ct) =>
        (await db.SalesNotes.Where(n => n.CustomerId == customer && n.OccurredAt < end).OrderByDescending(n => n.OccurredAt).ThenBy(n => n.Id).Take(PageSize)
            .Select(n => new { Note = n, By = db.People.Where(p => p.Id == n.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "" }).AsNoTracking().ToListAsync(ct))
        .Select(x => new TimelineEntry(TimelineKind.Note, x.Note.Id, x.Note.OccurredAt, Words.Spaced(x.Note.Kind), x.Note.Body, x.By, null, null, "")
        {
            NoteKind = x.Note.Kind, Outcome = x.Note.Outcome, NextAction = x.Note.NextAction, NextActionOn = x.Note.NextActionOn, DoneAt = x.Note.DoneAt,
        });

    private static async Task<IEnumerable<TimelineEntry>> RfqsAsync(SourcingDb db, Guid customer, DateTimeOffset end, CancellationToken ct) =>
        (await db.Rfqs.Where(r => r.CustomerId == customer && (r.IssuedAt ?? r.CreatedAt) < end).OrderByDescending(r => r.IssuedAt ?? r.CreatedAt).ThenBy(r => r.Id).Take(PageSize)
            .Select(r => new { r.Id, r.Number, r.Title, r.Status, At = r.IssuedAt ?? r.CreatedAt, By = db.People.Where(p => p.Id == r.BuyerId).Select(p => p.FullName).FirstOrDefault() ?? "" })
            .ToListAsync(ct))
        .Select(r => new TimelineEntry(TimelineKind.Rfq, r.Id, r.At, r.Number, r.Title, r.By, r.Status, null, ""));

    private static async Task<IEnumerable<TimelineEntry>> QuotesAsync(SourcingDb db, Guid customer, DateTimeOffset end, CancellationToken ct) =>
        (await db.RfqInvitations.Where(i => i.Status == InvitationStatus.Quoted && i.RespondedAt != null && i.RespondedAt < end)
            .Join(db.Rfqs.Where(r => r.CustomerId == customer), i => i.RfqId, r => r.Id, (i, r) => new { i.Id, RfqId = r.Id, r.Number, r.Title, At = i.RespondedAt!.Value })
            .OrderByDescending(x => x.At).ThenBy(x => x.Id).Take(PageSize).ToListAsync(ct))
        .Select(x => new TimelineEntry(TimelineKind.Quote, x.Id, x.At, $"Quote for {x.Number}", x.Title, "", null, null, "") { RfqId = x.RfqId });

    private static async Task<IEnumerable<TimelineEntry>> OrdersAsync(SourcingDb db, Guid customer, DateTimeOffset end, CancellationToken ct) =>
        (await db.OrderSales.Where(s => s.CustomerId == customer).Join(db.Orders, s => s.Id, o => o.Id, (s, o) => new { Sale = s, Order = o })
            .Where(x => x.Order.IssuedAt != null && x.Order.IssuedAt < end).OrderByDescending(x => x.Order.IssuedAt).ThenBy(x => x.Order.Id).Take(PageSize)
            .Select(x => new
            {
                x.Order.Id, x.Order.Number, x.Order.Status, At = x.Order.IssuedAt!.Value, Sold = x.Sale.SaleTotal ?? x.Order.Subtotal + x.Order.Freight, x.Order.Currency, Lines = x.Order.Lines.Count,
                By = db.People.Where(p => p.Id == x.Sale.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "",
            }).ToListAsync(ct))
        .Select(o => new TimelineEntry(TimelineKind.Order, o.Id, o.At, o.Number, o.Lines == 1 ? "1 line" : $"{o.Lines} lines", o.By, o.Status, o.Sold, o.Currency));

    private static async Task<IEnumerable<TimelineEntry>> RequestsAsync(SourcingDb db, Guid customer, DateTimeOffset end, CancellationToken ct) =>
        // One that became an RFQ stands there as that.
        (await db.RfqRequests.Where(r => r.CustomerId == customer && r.CreatedAt < end && r.Status != RfqRequestStatus.Taken).OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Take(PageSize)
            .Select(r => new { r.Id, r.Number, r.Title, r.Status, r.CreatedAt, By = db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "" }).ToListAsync(ct))
        .Select(r => new TimelineEntry(TimelineKind.Request, r.Id, r.CreatedAt, r.Number, r.Title, r.By, r.Status, null, ""));
}

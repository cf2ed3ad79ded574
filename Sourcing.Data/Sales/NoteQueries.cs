using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>Reads notes: one's own and those of everybody below; the database shows no others.</summary>
public sealed class NoteQueries(Database database, CurrentUser user)
{
    /// <summary>Customers that the form offers before anything is typed.</summary>
    public const int MostRecent = 6;

    /// <summary>RFQs and orders that are offered for linking, of each.</summary>
    public const int MostLinks = 20;

    // So many notes back are looked at for recent customers.
    private const int Lookback = 120;

    private static readonly RfqStatus[] OpenRfqs = [RfqStatus.Open, RfqStatus.Paused, RfqStatus.Closed, RfqStatus.Evaluating, RfqStatus.Approval];

    /// <summary>The form as it opens: for a new note about a customer, RFQ or order, or about nothing yet. What one may not see is left out.</summary>
    public Task<NoteOpening> NewAsync(Guid? customerId, Guid? rfqId, Guid? orderId, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadAsync(
            async (db, token) =>
            {
                var about = customerId
                    ?? (rfqId is null ? null : await db.Rfqs.Where(r => r.Id == rfqId).Select(r => r.CustomerId).FirstOrDefaultAsync(token))
                    ?? (orderId is null ? null : await db.OrderSales.Where(s => s.Id == orderId).Select(s => (Guid?)s.CustomerId).FirstOrDefaultAsync(token));
                var subject = about is { } id ? await SubjectAsync(db, id, rfqId, orderId, token) : null;
                var form = new NoteForm
                {
                    CustomerId = subject?.Customer.Id, ContactId = subject?.Contacts.FirstOrDefault(c => c.IsMain)?.Id,
                    RfqId = subject?.Rfqs.FirstOrDefault(r => r.Id == rfqId)?.Id, OrderId = subject?.Orders.FirstOrDefault(o => o.Id == orderId)?.Id,
                };
                return new NoteOpening(form, subject, await RecentAsync(db, token));
            }, ct);
    }

    /// <summary>One's own note as its editor opens it. Refuses another's.</summary>
    public Task<NoteOpening> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadAsync(
            async (db, token) =>
            {
                var n = await db.SalesNotes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, token) ?? throw new MissingException("note");
                if (n.SalesRepId != user.Id)
                {
                    throw new RefusedException("Somebody else wrote this note. Only they can change it.");
                }

                var form = new NoteForm
                {
                    Id = n.Id, Version = n.Version, CustomerId = n.CustomerId, Kind = n.Kind, Body = n.Body, Outcome = n.Outcome, CallDirection = n.CallDirection,
                    Minutes = n.DurationSeconds is { } seconds ? (seconds + 30) / 60 : null, OccurredAt = n.OccurredAt, NextAction = n.NextAction, NextActionOn = n.NextActionOn,
                    NextActionTime = n.NextActionTime, ContactId = n.ContactId, RfqId = n.RfqId, OrderId = n.OrderId,
                };
                return new NoteOpening(form, await SubjectAsync(db, n.CustomerId, n.RfqId, n.OrderId, token), []);
            }, ct);
    }

    /// <summary>What a note about this customer can point at; null for one that the person may not see.</summary>
    public Task<NoteSubject?> SubjectAsync(Guid customerId, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadAsync((db, token) => SubjectAsync(db, customerId, null, null, token), ct);
    }

    /// <summary>The customers that match best, by number, name or place.</summary>
    /// <param name="most">1 to 50.</param>
    public Task<IReadOnlyList<NoteCustomer>> FindCustomersAsync(string text, int most, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        var limit = Math.Clamp(most, 1, 50);
        return database.ReadAsync<IReadOnlyList<NoteCustomer>>(
            async (db, token) =>
            {
                var hits = await db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_customers({text.Trim()}, {limit * 4})").ToListAsync(token);
                var ids = hits.Select(h => h.Id).ToList();
                var found = await Known(db, db.Customers.Where(c => ids.Contains(c.Id))).ToListAsync(token);
                var ranks = hits.ToDictionary(h => h.Id, h => h.Rank);
                return [.. found.OrderByDescending(c => ranks[c.Id]).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Id).Take(limit)];
            }, ct);
    }

    /// <summary>A customer's notes, the newest first.</summary>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="most">1 to 100.</param>
    public Task<NoteTimeline> TimelineAsync(Guid customerId, NoteCursor? after, int most, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        var limit = Math.Clamp(most, 1, 100);
        return database.ReadAsync(
            async (db, token) =>
            {
                var notes = db.SalesNotes.Where(n => n.CustomerId == customerId && n.DeletedAt == null);
                if (after is not null)
                {
                    notes = notes.Where(n => n.OccurredAt < after.OccurredAt || (n.OccurredAt == after.OccurredAt && n.Id.CompareTo(after.Id) < 0));
                }

                var rows = await Views(db, notes.OrderByDescending(n => n.OccurredAt).ThenByDescending(n => n.Id).Take(limit + 1), user.Id).ToListAsync(token);
                var shown = rows.OrderByDescending(n => n.OccurredAt).ThenByDescending(n => n.Id).Take(limit).ToList();
                return new NoteTimeline(shown, rows.Count > limit ? new(shown[^1].OccurredAt, shown[^1].Id) : null);
            }, ct);
    }

    /// <summary>One note; null for one that is not there or that the person may not see.</summary>
    public Task<NoteView?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadAsync((db, token) => Views(db, db.SalesNotes.Where(n => n.Id == id && n.DeletedAt == null), user.Id).SingleOrDefaultAsync(token), ct);
    }

    /// <summary>The newest notes that have words which begin so.</summary>
    /// <param name="most">1 to 50.</param>
    public Task<IReadOnlyList<NoteHit>> SearchAsync(string text, int most, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadAsync<IReadOnlyList<NoteHit>>(
            async (db, token) => await (
                from hit in db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_notes({text.Trim()}, {Math.Clamp(most, 1, 50)})")
                join n in db.SalesNotes on hit.Id equals n.Id
                from c in db.Customers.Where(c => c.Id == n.CustomerId).DefaultIfEmpty()
                orderby n.OccurredAt descending, n.Id descending
                select new NoteHit(n.Id, c.Name ?? "", n.Kind, n.Body, n.OccurredAt)).ToListAsync(token), ct);
    }

    /// <summary>Notes with the names of what they point at, deleted contacts too. No filter for living rows holds in it: hand in living notes.</summary>
    internal static IQueryable<NoteView> Views(SourcingDb db, IQueryable<SalesNote> notes, Guid reader) =>
        from n in notes
        from c in db.Customers.Where(c => c.Id == n.CustomerId).DefaultIfEmpty()
        from p in db.People.Where(p => p.Id == n.SalesRepId).DefaultIfEmpty()
        from k in db.CustomerContacts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(k => k.Id == n.ContactId).DefaultIfEmpty()
        from r in db.Rfqs.Where(r => r.Id == n.RfqId).DefaultIfEmpty()
        from o in db.Orders.Where(o => o.Id == n.OrderId).DefaultIfEmpty()
        select new NoteView(
            n.Id, n.CustomerId, c.Name ?? "", n.SalesRepId, p.FullName ?? "", n.Kind, n.Body, n.Outcome, n.CallDirection, n.DurationSeconds, n.OccurredAt, k.Name ?? "",
            n.NextAction, n.NextActionOn, n.NextActionTime, n.DoneAt, n.RfqId, r.Number ?? "", n.OrderId, o.Number ?? "", n.SalesRepId == reader);

    /// <summary>The newest of some notes, deleted ones aside.</summary>
    internal static async Task<IReadOnlyList<NoteView>> NewestAsync(SourcingDb db, IQueryable<SalesNote> notes, Guid reader, int most, CancellationToken ct)
    {
        var newest = notes.Where(n => n.DeletedAt == null).OrderByDescending(n => n.OccurredAt).ThenByDescending(n => n.Id).Take(most);
        return [.. (await Views(db, newest, reader).ToListAsync(ct)).OrderByDescending(n => n.OccurredAt).ThenByDescending(n => n.Id)];
    }

    private async Task<IReadOnlyList<NoteCustomer>> RecentAsync(SourcingDb db, CancellationToken ct)
    {
        var last = await db.SalesNotes.Where(n => n.SalesRepId == user.Id).OrderByDescending(n => n.OccurredAt).ThenByDescending(n => n.Id).Take(Lookback).Select(n => n.CustomerId).ToListAsync(ct);
        var ids = last.Distinct().Take(MostRecent * 2).ToList();
        var recent = await Known(db, db.Customers.Where(c => ids.Contains(c.Id) && c.IsActive)).ToListAsync(ct);
        var rows = recent.OrderBy(c => ids.IndexOf(c.Id)).Take(MostRecent).ToList();
        if (rows.Count < MostRecent)
        {
            var more = db.Customers.Where(c => c.SalesRepId == user.Id && c.IsActive && !ids.Contains(c.Id)).OrderBy(c => c.Name).ThenBy(c => c.Id).Take(MostRecent - rows.Count);
            rows.AddRange((await Known(db, more).ToListAsync(ct)).OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Id));
        }

        return rows;
    }

    private static async Task<NoteSubject?> SubjectAsync(SourcingDb db, Guid id, Guid? rfqId, Guid? orderId, CancellationToken ct)
    {
        if (await Known(db, db.Customers.Where(c => c.Id == id)).SingleOrDefaultAsync(ct) is not { } customer)
        {
            return null;
        }

        var contacts = await db.CustomerContacts.Where(k => k.CustomerId == id).OrderByDescending(k => k.IsMain).ThenBy(k => k.Name).ThenBy(k => k.Id).Take(50)
            .Select(k => new NoteContact(k.Id, k.Name, k.Role, k.IsMain)).ToListAsync(ct);
        var rfqs = await db.Rfqs.Where(r => r.CustomerId == id && (OpenRfqs.Contains(r.Status) || r.Id == rfqId)).OrderByDescending(r => r.Id).Take(MostLinks)
            .Select(r => new NoteLink(r.Id, r.Number, r.Title)).ToListAsync(ct);
        var orders = await db.OrderSales.Where(s => s.CustomerId == id)
            .Join(db.Orders.Where(o => OrderStates.Open.Contains(o.Status) || o.Status == OrderStatus.Approved || o.Id == orderId), s => s.Id, o => o.Id, (_, o) => o)
            .OrderByDescending(o => o.Id).Take(MostLinks).Select(o => new { o.Id, o.Number, o.Status }).ToListAsync(ct);
        return new(customer, contacts, rfqs, [.. orders.Select(o => new NoteLink(o.Id, o.Number, Words.Spaced(o.Status)))]);
    }

    private static IQueryable<NoteCustomer> Known(SourcingDb db, IQueryable<Customer> customers) => customers.Select(c => new NoteCustomer(
        c.Id, c.Number, c.Name, c.Tier,
        db.CustomerContacts.Where(k => k.CustomerId == c.Id).OrderByDescending(k => k.IsMain).ThenBy(k => k.Name).ThenBy(k => k.Id).Select(k => k.Name).FirstOrDefault() ?? "",
        db.CustomerContacts.Where(k => k.CustomerId == c.Id && k.Phone != "").OrderByDescending(k => k.IsMain).ThenBy(k => k.Name).ThenBy(k => k.Id).Select(k => k.Phone).FirstOrDefault() ?? c.Phone));
}

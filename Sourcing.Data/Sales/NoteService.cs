using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>Acts on notes. Whoever wrote one changes it, and nobody else: the database holds that too.</summary>
public sealed class NoteService(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>The topic under which a representative's open pages hear that their notes or next actions changed; its key is theirs.</summary>
    public const string Topic = "sales_notes";

    /// <summary>Writes a note or changes one's own. Refuses whoever takes no customers, a customer whom they may not see, and a contact, RFQ or order of another customer.</summary>
    public Task<Guid> SaveAsync(NoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var now = await db.NowAsync(token);
            if (form.Id is { } id)
            {
                var kept = await OwnAsync(db, id, token);
                db.Entry(kept).Property(n => n.Version).OriginalValue = form.Version;
                await DemandFittingAsync(db, form, kept, token);
                kept.Change(form.Facts(kept.OccurredAt), now);
                await SaveAsync(db, token);
                return kept.Id;
            }

            if (!await db.SalesReps.AnyAsync(r => r.Id == user.Id && r.IsActive, token))
            {
                throw new RefusedException("Only representatives write notes, and your account is none. An admin gives it the role under Users.");
            }

            await DemandFittingAsync(db, form, null, token);
            var note = new SalesNote(user.Id, form.Facts(now), now);
            db.Add(note);
            await SaveAsync(db, token);
            return note.Id;
        }, ct);
    }

    /// <summary>Deletes one's own note.</summary>
    public Task DeleteAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.WriteAsync(async (db, token) =>
        {
            db.Remove(await OwnAsync(db, id, token));
            await SaveAsync(db, token);
        }, ct);
    }

    /// <summary>Brings one's own deleted note back.</summary>
    public Task RestoreAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.WriteAsync(async (db, token) =>
        {
            var note = await db.SalesNotes.IgnoreQueryFilters([SourcingDb.LiveRows]).SingleOrDefaultAsync(n => n.Id == id && n.SalesRepId == user.Id && n.DeletedAt != null, token)
                ?? throw new MissingException("note");
            note.Restore();
            await SaveAsync(db, token);
        }, ct);
    }

    /// <summary>The next action of one's own note is done. Refuses one that is done already.</summary>
    public Task FinishAsync(Guid id, CancellationToken ct) => ActAsync(id, (note, now) => note.Finish(now), ct);

    /// <summary>It was not done after all.</summary>
    public Task ReopenAsync(Guid id, CancellationToken ct) => ActAsync(id, (note, _) => note.Reopen(), ct);

    /// <summary>Puts the next action of one's own note off to a day. Refuses a day that is over by the person's clock.</summary>
    public Task PostponeAsync(Guid id, DateOnly day, CancellationToken ct) => ActAsync(id, (note, _) => note.Postpone(day, Days.Today(time.GetUtcNow(), user.Identity.TimeZone)), ct);

    /// <summary>Takes a postponement back.</summary>
    /// <param name="day">The day that it stood on before.</param>
    public Task PutBackAsync(Guid id, DateOnly day, TimeOnly? at, CancellationToken ct) => ActAsync(id, (note, _) => note.PutBack(day, at), ct);

    private Task ActAsync(Guid id, Action<SalesNote, DateTimeOffset> act, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.WriteAsync(async (db, token) =>
        {
            act(await OwnAsync(db, id, token), await db.NowAsync(token));
            await SaveAsync(db, token);
        }, ct);
    }

    // Whoever acts on a note wrote it, so it is their day that changes: on each of their devices.
    private async Task SaveAsync(SourcingDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync(Topic, user.Id, ct);
    }

    private async Task<SalesNote> OwnAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        var note = await db.SalesNotes.SingleOrDefaultAsync(n => n.Id == id, ct) ?? throw new MissingException("note");
        return note.SalesRepId == user.Id ? note : throw new RefusedException("Somebody else wrote this note. Only they can change it.");
    }

    // What a note points at since before stays, also when its customer is looked after by somebody else now.
    private static async Task DemandFittingAsync(SourcingDb db, NoteForm form, SalesNote? kept, CancellationToken ct)
    {
        var customer = form.CustomerId;
        if (customer != kept?.CustomerId && !await db.Customers.AnyAsync(c => c.Id == customer, ct))
        {
            throw new RefusedException(nameof(form.CustomerId), "There is no such customer among yours. Choose another one.");
        }

        var same = customer == kept?.CustomerId;
        if (form.ContactId is { } contact && !(same && contact == kept!.ContactId) && !await db.CustomerContacts.AnyAsync(c => c.Id == contact && c.CustomerId == customer, ct))
        {
            throw new RefusedException(nameof(form.ContactId), "This person is not at this customer. Choose one of its contacts.");
        }

        if (form.RfqId is { } rfq && !(same && rfq == kept!.RfqId) && !await db.Rfqs.AnyAsync(r => r.Id == rfq && r.CustomerId == customer, ct))
        {
            throw new RefusedException(nameof(form.RfqId), "This RFQ is not for this customer. Take the link off, or choose another RFQ.");
        }

        if (form.OrderId is { } order && !(same && order == kept!.OrderId) && !await db.OrderSales.AnyAsync(s => s.Id == order && s.CustomerId == customer, ct))
        {
            throw new RefusedException(nameof(form.OrderId), "This order is not for this customer. Take the link off, or choose another order.");
        }
    }
}

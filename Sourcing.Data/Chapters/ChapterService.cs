using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Makes and changes chapters.</summary>
public sealed class ChapterService(Database database, CurrentUser user)
{
    /// <summary>What open pages listen to, by chapter. The database announces it, whatever of a chapter changed.</summary>
    public const string Topic = "chapters";

    /// <summary>Makes a chapter, which is an admin's, or changes one that the asker leads. Refuses a name that stands at the same place already.</summary>
    public Task<Guid> SaveAsync(ChapterForm form, CancellationToken ct)
    {
        user.Demand(form.Id is null ? Permission.ChaptersManage : Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (form.Id is not { } id)
            {
                var made = new Chapter(form.Facts);
                db.Add(made);
                await db.SaveChangesAsync(token);
                return made.Id;
            }

            await Seats.DemandLeadAsync(db, user, id, token);
            var chapter = await db.Chapters.SingleAsync(c => c.Id == id, token);
            db.Entry(chapter).Property(c => c.Version).OriginalValue = form.Version;
            chapter.Change(form.Facts);
            await db.SaveChangesAsync(token);
            return id;
        }, ct);
    }
}

/// <summary>Gives and takes seats: an admin anywhere, a leader in their own chapter; nobody their own.</summary>
public sealed class SeatService(Database database, CurrentUser user)
{
    /// <summary>
    /// Gives an account a seat, or another office where it has one. Refuses an address without an account of the network, the office of a leader for an account without the
    /// role, and one's own seat.
    /// </summary>
    public Task<Guid> GiveAsync(SeatForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await Seats.DemandLeadAsync(db, user, form.ChapterId, token);
            var account = await ChapterAccounts.FindAsync(db, form.Email, token)
                ?? throw new RefusedException(nameof(form.Email), "No account with a role of the network signs in with this address. An admin makes accounts under Users, with the role Chapter leader or Chapter member.");
            DemandOther(account.Id);
            if (form.Office == ChapterOffice.Leader && !account.Leads)
            {
                throw new RefusedException(nameof(form.Office), $"{account.FullName} has not the role Chapter leader. An admin gives it under Users.");
            }

            var seat = await db.ChapterSeats.SingleOrDefaultAsync(s => s.ChapterId == form.ChapterId && s.UserId == account.Id, token);
            if (seat is null)
            {
                seat = new(form.ChapterId, account.Id, form.Office);
                db.Add(seat);
            }
            else
            {
                seat.Give(form.Office);
            }

            await db.SaveChangesAsync(token);
            return seat.Id;
        }, ct);
    }

    /// <summary>Takes a seat away. What the person entered stays. Refuses one's own.</summary>
    public Task TakeAsync(Guid seatId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var seat = await db.ChapterSeats.SingleOrDefaultAsync(s => s.Id == seatId, token) ?? throw new MissingException("seat");
            await Seats.DemandLeadAsync(db, user, seat.ChapterId, token);
            DemandOther(seat.UserId);
            db.Remove(seat);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private void DemandOther(Guid person)
    {
        if (person == user.Id && !user.May(Permission.ChaptersManage))
        {
            throw new RefusedException("Nobody gives or takes their own seat. Ask another leader, or an admin.");
        }
    }
}

/// <summary>Accounts of the network by the address with which they sign in.</summary>
internal static class ChapterAccounts
{
    /// <summary>The account; null for none, and for whoever may not give out seats.</summary>
    public static Task<ChapterAccount?> FindAsync(SourcingDb db, string email, CancellationToken ct) =>
        db.Database.SqlQuery<ChapterAccount>($"select id as \"Id\", full_name as \"FullName\", leads as \"Leads\" from app.chapter_account({email.Trim()})").SingleOrDefaultAsync(ct);
}

/// <summary>An account that may have a seat.</summary>
internal sealed class ChapterAccount
{
    public Guid Id { get; set; }

    public string FullName { get; set; } = "";

    /// <summary>Has a role that may lead.</summary>
    public bool Leads { get; set; }
}

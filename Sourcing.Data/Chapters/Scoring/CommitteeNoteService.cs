using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Reads what the membership committee wrote about a member.</summary>
public sealed class CommitteeNoteQueries(Database database, CurrentUser user)
{
    /// <summary>Notes that are read at once, at most.</summary>
    public const int Most = 200;

    /// <summary>The notes on a member, the latest first. Null for everybody but leaders, the committee and admins.</summary>
    public Task<IReadOnlyList<CommitteeNoteRow>?> ListAsync(Guid memberId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<CommitteeNoteRow>?>(
            async (db, token) => await Committee.RightsAsync(db, user, memberId, token) is null ? null
                : await db.MemberCommitteeNotes.Where(n => n.MemberId == memberId)
                    .OrderByDescending(n => EF.Property<DateTimeOffset>(n, "CreatedAt")).ThenByDescending(n => n.Id).Take(Most)
                    .Select(n => new CommitteeNoteRow(n.Id, db.People.Where(p => p.Id == n.AuthorId).Select(p => p.FullName).FirstOrDefault() ?? "", EF.Property<DateTimeOffset>(n, "CreatedAt"), n.Text))
                    .ToListAsync(token), ct);
    }
}

/// <summary>Writes notes of the membership committee.</summary>
public sealed class CommitteeNoteService(Database database, CurrentUser user)
{
    /// <summary>Adds a note in the asker's name. Refuses everybody but leaders, the committee and admins. It is never changed.</summary>
    public Task<Guid> AddAsync(CommitteeNoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var rights = await Committee.RightsAsync(db, user, form.MemberId, token) ?? throw new DeniedException(Permission.ChaptersRead);
            var note = new MemberCommitteeNote(rights.ChapterId, form.MemberId, user.Id, form.Text);
            db.Add(note);
            await db.SaveChangesAsync(token);
            return note.Id;
        }, ct);
    }
}

/// <summary>Who looks after members.</summary>
internal static class Committee
{
    /// <summary>The asker's rights in the member's chapter; null where they do not look after it, and for a member who is not there.</summary>
    public static async Task<ChapterRights?> RightsAsync(SourcingDb db, CurrentUser user, Guid memberId, CancellationToken ct) =>
        await db.Members.Where(m => m.Id == memberId).Select(m => (Guid?)m.ChapterId).SingleOrDefaultAsync(ct) is { } chapter && await Seats.FindAsync(db, user, chapter, ct) is { Looks: true } rights ? rights : null;
}

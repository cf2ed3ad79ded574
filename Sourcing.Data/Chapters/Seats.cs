using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Chapters;

/// <summary>Who somebody is in a chapter: read at the beginning of every act there.</summary>
internal static class Seats
{
    /// <summary>The asker's rights; a chapter without a seat is not there for them.</summary>
    public static async Task<ChapterRights> RightsAsync(SourcingDb db, CurrentUser user, Guid chapterId, CancellationToken ct) =>
        await FindAsync(db, user, chapterId, ct) ?? throw new MissingException("chapter");

    /// <inheritdoc cref="RightsAsync"/>
    public static async Task<ChapterRights?> FindAsync(SourcingDb db, CurrentUser user, Guid chapterId, CancellationToken ct)
    {
        var chapter = await db.Chapters.Where(c => c.Id == chapterId).Select(c => new { c.Name, c.Location, c.Currency, c.MeetingDay, c.TimeZone }).SingleOrDefaultAsync(ct);
        ChapterOffice? office = user.May(Permission.ChaptersManage)
            ? ChapterOffice.Leader
            : await db.ChapterSeats.Where(s => s.ChapterId == chapterId && s.UserId == user.Id).Select(s => (ChapterOffice?)s.Office).SingleOrDefaultAsync(ct);
        if (chapter is null || office is null)
        {
            return null;
        }

        var own = await db.Members.Where(m => m.ChapterId == chapterId && m.UserId == user.Id).Select(m => (Guid?)m.Id).SingleOrDefaultAsync(ct);
        var today = Days.Today(await db.NowAsync(ct), TimeZoneInfo.FindSystemTimeZoneById(chapter.TimeZone));
        return new(chapterId, chapter.Name, chapter.Location, chapter.Currency, chapter.MeetingDay, office.Value, own, today);
    }

    /// <summary>Refuses whoever does not lead the chapter.</summary>
    public static async Task<ChapterRights> DemandLeadAsync(SourcingDb db, CurrentUser user, Guid chapterId, CancellationToken ct)
    {
        var rights = await RightsAsync(db, user, chapterId, ct);
        return rights.Leads ? rights : throw new DeniedException(Permission.ChaptersWrite);
    }
}

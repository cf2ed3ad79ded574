using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>A meeting's sheet to be filled in by hand.</summary>
/// <param name="Time">When meetings begin, in the chapter's time zone.</param>
/// <param name="NextOn">The next meeting on the calendar; null for none.</param>
/// <param name="Scheme">By which points are given.</param>
/// <param name="Window">The months that the points of today rest on.</param>
public sealed record MeetingPaper(MeetingSheet Sheet, TimeOnly Time, DateOnly? NextOn, Scheme Scheme, Period Window);

/// <summary>Reads what a meeting's sheet on paper says.</summary>
public sealed class MeetingPaperQueries(Database database, CurrentUser user, MeetingQueries meetings)
{
    /// <summary>The sheet; null for everybody but leaders and the committee: nobody else reads who belongs to it.</summary>
    public async Task<MeetingPaper?> PaperAsync(Guid meetingId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        if (await meetings.SheetAsync(meetingId, ct) is not { Rights.Looks: true } sheet)
        {
            return null;
        }

        return await database.ReadAsync(
            async (db, token) =>
            {
                var chapter = sheet.Rights.ChapterId;
                var time = await db.Chapters.Where(c => c.Id == chapter).Select(c => c.MeetingTime).SingleAsync(token);
                var next = await db.Meetings.Where(m => m.ChapterId == chapter && m.HeldOn > sheet.HeldOn && m.Status != MeetingStatus.Holiday && m.Status != MeetingStatus.Discarded)
                    .OrderBy(m => m.HeldOn).Select(m => (DateOnly?)m.HeldOn).FirstOrDefaultAsync(token);
                var scheme = await ChapterSchemes.SchemeInForceAsync(db, chapter, sheet.HeldOn, token);
                return new MeetingPaper(sheet, time, next, scheme.Scheme, Period.Window(sheet.Rights.Today));
            }, ct);
    }
}

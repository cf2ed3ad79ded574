using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Reads how a chapter's alerts are raised.</summary>
public sealed class ChapterAlertQueries(Database database, CurrentUser user)
{
    /// <summary>The rules as they are changed. Refuses whoever does not lead the chapter.</summary>
    public Task<AlertRulesForm> FormAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, chapterId, token);
                var kept = await db.ChapterAlertRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == chapterId, token);
                var form = new AlertRulesForm { ChapterId = chapterId, Version = kept?.Version ?? 0 };
                form.Take(kept?.ToRules() ?? AlertRules.Common);
                return form;
            }, ct);
    }

    /// <summary>The rules of a chapter, as far as the asker may read them; those of <see cref="AlertRules.Common"/> where it has none of its own.</summary>
    internal static async Task<AlertRules> RulesAsync(SourcingDb db, Guid chapterId, CancellationToken ct) =>
        (await db.ChapterAlertRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == chapterId, ct))?.ToRules() ?? AlertRules.Common;
}

/// <summary>Changes how a chapter's alerts are raised.</summary>
public sealed class ChapterAlertService(Database database, CurrentUser user)
{
    /// <summary>Sets the rules of a chapter that the asker leads. Refuses figures outside their range by field.</summary>
    public Task<Guid> SaveAsync(AlertRulesForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await Seats.DemandLeadAsync(db, user, form.ChapterId, token);
            var kept = await db.ChapterAlertRules.SingleOrDefaultAsync(r => r.Id == form.ChapterId, token);
            if (kept is null)
            {
                db.Add(new ChapterAlertRules(form.ChapterId, form.Rules));
            }
            else
            {
                db.Entry(kept).Property(r => r.Version).OriginalValue = form.Version;
                kept.Set(form.Rules);
            }

            await db.SaveChangesAsync(token);
            return form.ChapterId;
        }, ct);
    }
}

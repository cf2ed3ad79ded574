using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Reads schemes and who is scored by which, as far as the asker's seats open them: leaders and the committee all of the network and their chapter, members what scores them, viewers and hosts none.</summary>
public sealed class ScoreSchemeQueries(Database database, CurrentUser user)
{
    /// <summary>Versions and choices that are read at once, at most.</summary>
    public const int Most = 500;

    /// <summary>The schemes of the network and of one chapter, or of all of the asker's chapters. Null for whoever is no leader, committee or member there.</summary>
    public Task<SchemeBoard?> BoardAsync(Guid? chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<SchemeBoard?>(
            async (db, token) =>
            {
                var rights = chapterId is { } asked ? await Seats.FindAsync(db, user, asked, token) : null;
                if (chapterId is null ? !await BelongsSomewhereAsync(db, token) : rights is not { Belongs: true })
                {
                    return null;
                }

                var leads = await LeadsAsync(db, user, token);
                var schemes = await RowsAsync(db, user, db.ScoreSchemes.Where(s => chapterId == null || s.ChapterId == null || s.ChapterId == chapterId), leads, token);
                var choices = await ChoicesAsync(db, db.ChapterSchemeChoices.Where(c => chapterId == null || c.ChapterId == null || c.ChapterId == chapterId), rights?.Today, token);
                return new(rights, schemes, choices, rights is null ? null : await ChapterSchemes.SchemeInForceAsync(db, rights.ChapterId, rights.Today, token));
            }, ct);
    }

    /// <summary>One version; null where it is not the asker's to read.</summary>
    public Task<SchemeDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<SchemeDetails?>(
            async (db, token) =>
            {
                var leads = await LeadsAsync(db, user, token);
                if (await FindAsync(db, user, id, leads, token) is not { } row)
                {
                    return null;
                }

                var uses = await ChoicesAsync(db, db.ChapterSchemeChoices.Where(c => c.SchemeId == id), null, token);
                var draft = await db.ScoreSchemes.Where(s => s.ChapterId == row.ChapterId && s.Key == row.Scheme.Key && s.Status == SchemeStatus.Draft && s.Id != id).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(token);
                return new(row, uses, leads, user.May(Permission.ChaptersManage), draft);
            }, ct);
    }

    /// <summary>A draft as it is changed. Refuses whoever may not write it, and what is no draft any more.</summary>
    public Task<SchemeForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var kept = await db.ScoreSchemes.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new MissingException("scheme");
                await DemandWritesAsync(db, user, kept.ChapterId, token);
                kept.DemandDraft();
                return FormOf(kept, kept.ToScheme());
            }, ct);
    }

    /// <summary>Refuses whoever may not write schemes of this owner: of the network a region admin, of a chapter whoever leads it.</summary>
    internal static async Task DemandWritesAsync(SourcingDb db, CurrentUser user, Guid? chapterId, CancellationToken ct)
    {
        if (chapterId is { } chapter)
        {
            await Seats.DemandLeadAsync(db, user, chapter, ct);
        }
        else
        {
            user.Demand(Permission.ChaptersManage);
        }
    }

    /// <summary>The active chapters that the asker leads, by name.</summary>
    internal static Task<List<PersonChoice>> LeadsAsync(SourcingDb db, CurrentUser user, CancellationToken ct)
    {
        var (all, mine) = (user.May(Permission.ChaptersManage), user.Id);
        return db.Chapters.Where(c => c.IsActive && (all || db.ChapterSeats.Any(s => s.ChapterId == c.Id && s.UserId == mine && s.Office == ChapterOffice.Leader)))
            .OrderBy(c => c.Name).ThenBy(c => c.Id).Select(c => new PersonChoice(c.Id, c.Name)).Take(Most).ToListAsync(ct);
    }

    /// <summary>One version as it is shown; null where it is not the asker's to read.</summary>
    internal static async Task<SchemeRow?> FindAsync(SourcingDb db, CurrentUser user, Guid id, IReadOnlyList<PersonChoice> leads, CancellationToken ct) =>
        (await RowsAsync(db, user, db.ScoreSchemes.Where(s => s.Id == id), leads, ct)).SingleOrDefault();

    /// <summary>Versions as they are shown: the network's first, then by chapter and name, the latest version first.</summary>
    internal static async Task<IReadOnlyList<SchemeRow>> RowsAsync(SourcingDb db, CurrentUser user, IQueryable<ScoreScheme> schemes, IReadOnlyList<PersonChoice> leads, CancellationToken ct)
    {
        var rows = await schemes.AsNoTracking().OrderBy(s => s.Name).ThenByDescending(s => s.Number).ThenBy(s => s.Id).Take(Most).Select(s => new
        {
            Kept = s, Owner = db.Chapters.Where(c => c.Id == s.ChapterId).Select(c => c.Name).FirstOrDefault() ?? "",
            By = db.People.Where(p => p.Id == s.ActivatedBy).Select(p => p.FullName).FirstOrDefault() ?? "",
        }).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.Owner, StringComparer.CurrentCulture).Select(r => new SchemeRow(r.Kept.Id, r.Kept.ToScheme(), r.Kept.Status, r.Kept.ChapterId, r.Owner, r.Kept.ActivatedAt, r.By,
            r.Kept.ChapterId is { } chapter ? leads.Any(l => l.Id == chapter) : user.May(Permission.ChaptersManage), r.Kept.Version))];
    }

    private static SchemeForm FormOf(ScoreScheme kept, Scheme scheme) => new()
    {
        Id = kept.Id, Version = kept.Version, Name = kept.Name, Green = scheme.Bands.Green, Yellow = scheme.Bands.Yellow, Red = scheme.Bands.Red,
        Rules = [.. scheme.Rules.Select(r => new SchemeRuleForm { Measure = r.Measure, Steps = [.. r.Steps.Select(s => new SchemeStepForm { Comparison = s.Comparison, Threshold = s.Threshold, Points = s.Points })] })],
    };

    private static async Task<IReadOnlyList<ChoiceRow>> ChoicesAsync(SourcingDb db, IQueryable<SchemeChoice> choices, DateOnly? today, CancellationToken ct)
    {
        var day = today ?? Days.Today(await db.NowAsync(ct), TimeZoneInfo.Utc);
        var rows = await choices.OrderByDescending(c => c.FromMonth).ThenBy(c => c.Id).Take(Most).Select(c => new
        {
            c.Id, c.ChapterId, c.FromMonth, c.SchemeId, Chapter = db.Chapters.Where(x => x.Id == c.ChapterId).Select(x => x.Name).FirstOrDefault() ?? "",
            Name = db.ScoreSchemes.Where(s => s.Id == c.SchemeId).Select(s => s.Name + " v" + s.Number).FirstOrDefault() ?? "",
            By = db.People.Where(p => p.Id == c.ChosenBy).Select(p => p.FullName).FirstOrDefault() ?? "",
            // Even where the choice in force is of another scheme than those that were asked for.
            IsLast = !db.ChapterSchemeChoices.Any(x => x.ChapterId == c.ChapterId && x.FromMonth > c.FromMonth && x.FromMonth <= day),
        }).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.ChapterId is null).ThenBy(r => r.Chapter, StringComparer.CurrentCulture).ThenByDescending(r => r.FromMonth)
            .Select(r => new ChoiceRow(r.Id, r.ChapterId, r.Chapter, r.FromMonth, r.SchemeId, r.Name, r.By, r.FromMonth <= day && r.IsLast))];
    }

    private async Task<bool> BelongsSomewhereAsync(SourcingDb db, CancellationToken ct) => user.May(Permission.ChaptersManage)
        || await db.ChapterSeats.AnyAsync(s => s.UserId == user.Id && (s.Office == ChapterOffice.Leader || s.Office == ChapterOffice.Committee || s.Office == ChapterOffice.Member), ct);
}

using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Copies, changes, chooses and retires schemes: those of the network a region admin, those of a chapter whoever leads it.</summary>
public sealed class ScoreSchemeService(Database database, CurrentUser user)
{
    private const int MonthsAhead = 24;

    /// <summary>Makes a draft under a name and key of its own out of any version that the asker reads. Refuses a name that a scheme of the same owner has.</summary>
    /// <returns>The draft.</returns>
    public Task<Guid> CopyAsync(SchemeCopyForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await ScoreSchemeQueries.DemandWritesAsync(db, user, form.ChapterId, token);
            var source = await FindAsync(db, form.FromId, token);
            var name = form.Name.Trim();
            var own = await db.ScoreSchemes.Where(s => s.ChapterId == form.ChapterId).Select(s => new { s.Name, s.Key }).ToListAsync(token);
            if (own.Exists(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new RefusedException(nameof(form.Name), $"There is a scheme \"{name}\" already. Choose another name, or make a new version of that one.");
            }

            var key = ScoreScheme.KeyOf(name);
            var free = Enumerable.Range(1, own.Count + 1).Select(i => i == 1 ? key : $"{key}-{i}").First(k => own.TrueForAll(s => s.Key != k));
            return await AddAsync(db, source.ToScheme() with { Key = free, Name = name, Version = 1 }, form.ChapterId, token);
        }, ct);
    }

    /// <summary>Makes a draft of the next version. Refuses while there is one.</summary>
    /// <param name="formKey">Made when the act was offered: a second click gives the same draft.</param>
    /// <returns>The draft.</returns>
    public Task<Guid> NextVersionAsync(Guid formKey, Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteOnceAsync(formKey, async (db, token) =>
        {
            var source = await FindAsync(db, id, token);
            await ScoreSchemeQueries.DemandWritesAsync(db, user, source.ChapterId, token);
            var versions = await db.ScoreSchemes.Where(s => s.ChapterId == source.ChapterId && s.Key == source.Key).Select(s => new { s.Number, s.Status }).ToListAsync(token);
            if (versions.Find(v => v.Status == SchemeStatus.Draft) is { } draft)
            {
                throw new RefusedException($"Version {draft.Number} of {source.Name} is a draft already. Change that one.");
            }

            return await AddAsync(db, source.ToScheme() with { Version = versions.Max(v => v.Number) + 1 }, source.ChapterId, token);
        }, ct);
    }

    /// <summary>Changes a draft. Refuses faults by their field (see <see cref="SchemeCheck"/>), and what is no draft any more.</summary>
    public Task<Guid> SaveAsync(SchemeForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var kept = await FindAsync(db, form.Id, token);
            await ScoreSchemeQueries.DemandWritesAsync(db, user, kept.ChapterId, token);
            db.Entry(kept).Property(s => s.Version).OriginalValue = form.Version;
            var scheme = form.ToScheme(kept.Key, kept.Number);
            if (SchemeCheck.Faults(scheme) is { Count: > 0 } faults)
            {
                throw new RefusedException(faults);
            }

            kept.Rewrite(scheme);
            await db.SaveChangesAsync(token);
            return kept.Id;
        }, ct);
    }

    /// <summary>Throws a draft away. Refuses a version that was active.</summary>
    public Task DiscardAsync(Guid id, CancellationToken ct) => ActAsync(id, (db, kept, _) =>
    {
        kept.DemandDraft();
        db.Remove(kept);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Lets chapters choose a draft of the network, without any doing so yet. Refuses faults, and a chapter's scheme, which is activated by using it.</summary>
    public Task PublishAsync(Guid id, CancellationToken ct) => ActAsync(id, async (db, kept, token) =>
    {
        if (kept.ChapterId is not null)
        {
            throw new RefusedException("A chapter's scheme is activated for the chapter, from a month on.");
        }

        kept.Activate(user.Id, await db.NowAsync(token));
    }, ct);

    /// <summary>Lets a version be chosen no more. Refuses the network's standard as long as no other follows it.</summary>
    public Task RetireAsync(Guid id, CancellationToken ct) => ActAsync(id, async (db, kept, token) =>
    {
        if (kept.ChapterId is null && await db.ChapterSchemeChoices.Where(c => c.ChapterId == null).OrderByDescending(c => c.FromMonth).Select(c => c.SchemeId).FirstAsync(token) == id)
        {
            throw new RefusedException($"{kept.Name} v{kept.Number} is the network's standard. Make another one the standard first.");
        }

        kept.Retire();
    }, ct);

    /// <summary>
    /// Scores a chapter by a version from a month on, or makes it the network's standard; a draft becomes active by it. A second choice for the same month replaces the first. Refuses
    /// months before the running one to whoever is no region admin, months whose points are kept, months more than two years ahead, and another chapter's scheme.
    /// </summary>
    /// <returns>The choice.</returns>
    public Task<Guid> UseAsync(SchemeUseForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await ScoreSchemeQueries.DemandWritesAsync(db, user, form.ChapterId, token);
            await DemandMonthAsync(db, form, token);
            var kept = await FindAsync(db, form.SchemeId, token);
            if (kept.ChapterId is not null && kept.ChapterId != form.ChapterId)
            {
                throw new RefusedException(nameof(form.ChapterId), "This scheme is another chapter's. Copy it for yours.");
            }

            if (kept.Status == SchemeStatus.Draft)
            {
                await ScoreSchemeQueries.DemandWritesAsync(db, user, kept.ChapterId, token);
                db.Entry(kept).Property(s => s.Version).OriginalValue = form.Version;
                kept.Activate(user.Id, await db.NowAsync(token));
                // The choice looks at the scheme as it stands in the table.
                await db.SaveChangesAsync(token);
            }

            var choice = await db.ChapterSchemeChoices.SingleOrDefaultAsync(c => c.ChapterId == form.ChapterId && c.FromMonth == form.From, token);
            if (choice is null)
            {
                choice = new(form.ChapterId, form.From, kept.Id, user.Id);
                db.Add(choice);
            }
            else
            {
                choice.Take(kept.Id, user.Id);
            }

            await db.SaveChangesAsync(token);
            return choice.Id;
        }, ct);
    }

    private async Task DemandMonthAsync(SourcingDb db, SchemeUseForm form, CancellationToken ct)
    {
        var today = form.ChapterId is { } chapter ? (await Seats.RightsAsync(db, user, chapter, ct)).Today : DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var running = new DateOnly(today.Year, today.Month, 1);
        if (form.From < running && !user.May(Permission.ChaptersManage))
        {
            throw new RefusedException(nameof(form.FromMonth), $"A scheme is chosen from the running month on: {running:MMMM yyyy} or later. Ask a region admin where it has to be earlier.");
        }

        if (form.From > running.AddMonths(MonthsAhead) || form.From.Year < 2000)
        {
            throw new RefusedException(nameof(form.FromMonth), $"Choose a month from January 2000 up to {running.AddMonths(MonthsAhead):MMMM yyyy}.");
        }
    }

    private Task ActAsync(Guid id, Func<SourcingDb, ScoreScheme, CancellationToken, Task> act, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var kept = await FindAsync(db, id, token);
            await ScoreSchemeQueries.DemandWritesAsync(db, user, kept.ChapterId, token);
            await act(db, kept, token);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private static async Task<Guid> AddAsync(SourcingDb db, Scheme scheme, Guid? chapterId, CancellationToken ct)
    {
        var made = new ScoreScheme(scheme, chapterId);
        db.Add(made);
        await db.SaveChangesAsync(ct);
        return made.Id;
    }

    private static async Task<ScoreScheme> FindAsync(SourcingDb db, Guid id, CancellationToken ct) =>
        await db.ScoreSchemes.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new MissingException("scheme");
}

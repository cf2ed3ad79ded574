using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>Writes templates, holds them against the past and switches them on.</summary>
public sealed class ScorecardTemplateService(Database database, CurrentUser user, JobRunService jobs)
{
    /// <summary>Adds a draft or changes one. Refuses a taken name, a template that is no draft, and rules that do not hold.</summary>
    public Task<Guid> SaveAsync(ScorecardTemplateForm form, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        FormShape.Demand(form);
        var rules = form.Rules();
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await DemandFreeAsync(db, form.Name.Trim(), form.Id, token);
            ScorecardTemplate template;
            if (form.Id is { } id)
            {
                template = await LoadAsync(db, id, form.Version, token);
                // The head is written even when only rows changed, so that two people who edit one draft meet.
                db.Entry(template).Property(t => t.Name).IsModified = true;
                template.Rewrite(form.Name, form.Description ?? "", rules);
            }
            else
            {
                template = new(form.Name, form.Description ?? "", rules);
                db.Add(template);
            }

            await db.SaveChangesAsync(token);
            return template.Id;
        }, ct);
    }

    /// <summary>A draft that says the same as a template: the way to change one that has scored.</summary>
    /// <returns>The draft.</returns>
    public Task<Guid> CopyAsync(Guid id, Guid formKey, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteOnceAsync(formKey, async (db, token) =>
        {
            var template = await LoadAsync(db, id, null, token);
            var name = $"{template.Name[..Math.Min(template.Name.Length, 105)]}, copy";
            for (var i = 2; await db.ScorecardTemplates.AnyAsync(t => t.Name == name, token); i++)
            {
                name = $"{template.Name[..Math.Min(template.Name.Length, 105)]}, copy {i}";
            }

            var copy = new ScorecardTemplate(name, template.Description, template.Rules());
            db.Add(copy);
            await db.SaveChangesAsync(token);
            return copy.Id;
        }, ct);
    }

    /// <summary>
    /// Scores the past by a draft as if it had been active: who would have been warned or blocked, when. Nothing is kept but that it was
    /// done. Refuses a template that is no draft.
    /// </summary>
    public Task<BackTest> BackTestAsync(Guid id, uint version, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                await db.AllowMinutesAsync(5, token);
                var template = await LoadAsync(db, id, version, token);
                var now = await db.NowAsync(token);
                template.MarkBackTested(now);
                var test = await ScorecardBackTest.RunAsync(db, template.Rules(), DateOnly.FromDateTime(now.UtcDateTime), token);
                await db.SaveChangesAsync(token);
                return test;
            }, ct);
    }

    /// <summary>Switches a back-tested draft on, retires the one before it, and queues a recomputation.</summary>
    public Task ActivateAsync(Guid id, uint version, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var now = await db.NowAsync(token);
                var template = await LoadAsync(db, id, version, token);
                template.DemandDraft();
                if (await db.ScorecardTemplates.SingleOrDefaultAsync(t => t.Status == ScorecardTemplateStatus.Active, token) is { } before)
                {
                    before.Retire(now);
                    // First, because there is one active template at a time.
                    await db.SaveChangesAsync(token);
                }

                template.Activate(now);
                await db.SaveChangesAsync(token);
                await jobs.QueueAsync(db, ScorecardWork.JobKind, $"Score suppliers by {template.Name}", template.Id, token);
            }, ct);
    }

    /// <summary>Switches the active template off: with the next recomputation nobody has a standing. Its scores stay.</summary>
    public Task RetireAsync(Guid id, uint version, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var template = await LoadAsync(db, id, version, token);
                template.Retire(await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                await jobs.QueueAsync(db, ScorecardWork.JobKind, $"End the standings of {template.Name}", template.Id, token);
            }, ct);
    }

    /// <summary>Deletes a draft. Refuses what has scored.</summary>
    public Task DeleteAsync(Guid id, uint version, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var template = await db.ScorecardTemplates.SingleOrDefaultAsync(t => t.Id == id, token) ?? throw new MissingException("scorecard template");
                db.Entry(template).Property(t => t.Version).OriginalValue = version;
                template.DemandDraft();
                db.Remove(template);
                await db.SaveChangesAsync(token);
            }, ct);
    }

    private static async Task<ScorecardTemplate> LoadAsync(SourcingDb db, Guid id, uint? version, CancellationToken ct)
    {
        var template = await db.ScorecardTemplates.Include(t => t.Criteria.OrderBy(c => c.Position)).Include(t => t.Standings.OrderBy(s => s.Position)).SingleOrDefaultAsync(t => t.Id == id, ct)
            ?? throw new MissingException("scorecard template");
        if (version is { } opened)
        {
            db.Entry(template).Property(t => t.Version).OriginalValue = opened;
        }

        return template;
    }

    private static async Task DemandFreeAsync(SourcingDb db, string name, Guid? own, CancellationToken ct)
    {
        if (await db.ScorecardTemplates.AnyAsync(t => t.Name == name && t.Id != own, ct))
        {
            throw new RefusedException(nameof(ScorecardTemplateForm.Name), $"There is a template named {name}. Choose another name.");
        }
    }
}

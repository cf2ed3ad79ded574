using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Demo;

/// <summary>The mill's scorecards: a template that scores by quarters, and a stricter draft that waits for its back-test.</summary>
internal static class DemoScorecards
{
    public static async Task MakeAsync(IServiceProvider services, CancellationToken ct)
    {
        var templates = services.GetRequiredService<ScorecardTemplateService>();
        var database = services.GetRequiredService<Database>();
        var id = await templates.SaveAsync(Usual(), ct);
        await templates.BackTestAsync(id, await VersionAsync(database, id, ct), ct);
        // Without a job: the servers' own would take it up beside this one.
        await database.WriteAsync(
            async (db, token) =>
            {
                (await db.ScorecardTemplates.SingleAsync(t => t.Id == id, token)).Activate(await db.NowAsync(token));
                await db.SaveChangesAsync(token);
            }, ct);
        await services.GetRequiredService<ScorecardService>().RecomputeAsync(null, ct);
        await templates.SaveAsync(Stricter(), ct);
    }

    private static ScorecardTemplateForm Usual() => new()
    {
        Name = "Delivery, quality and price", Description = "Agreed with purchasing and quality: what comes on time and good counts more than what it costs.", Period = ScorePeriod.Quarter, Decay = 0.5m, SmallSample = 3,
        Criteria =
        [
            new() { Name = "On time in full", Weight = 40, Formula = Kpis.OnTimeInFull, ZeroAt = 0.4m, FullAt = 0.98m },
            new() { Name = "Rejected quantity", Weight = 20, Formula = "quality_ppm", ZeroAt = 40_000, FullAt = 500 },
            new() { Name = "Price", Weight = 20, Formula = "price_index", ZeroAt = 0.8m, FullAt = 1 },
            new() { Name = "Answers", Weight = 20, Formula = "0.7 × response_rate + 0.3 × clamp(1 − hours_to_answer ÷ 336, 0, 1)", ZeroAt = 0.3m, FullAt = 0.95m },
        ],
        Standings =
        [
            new() { Name = "D", From = 0, Effect = StandingEffect.BlockRfqs }, new() { Name = "C", From = 40, Effect = StandingEffect.Warn },
            new() { Name = "B", From = 60 }, new() { Name = "A", From = 80 },
        ],
    };

    private static ScorecardTemplateForm Stricter()
    {
        var form = Usual();
        (form.FormKey, form.Name, form.Description, form.Period) = (Guid.CreateVersion7(), "Stricter on delivery", "Half of the score is delivery; below 50 nothing new is ordered.", ScorePeriod.Month);
        (form.Criteria[0].Weight, form.Criteria[2].Weight, form.Criteria[3].Weight) = (50, 15, 15);
        form.Standings = [new() { Name = "Stopped", From = 0, Effect = StandingEffect.BlockOrders }, new() { Name = "Watched", From = 50, Effect = StandingEffect.Warn }, new() { Name = "Approved", From = 75 }];
        return form;
    }

    private static Task<uint> VersionAsync(Database database, Guid id, CancellationToken ct) =>
        database.ReadAsync((db, token) => db.ScorecardTemplates.Where(t => t.Id == id).Select(t => t.Version).SingleAsync(token), ct);
}

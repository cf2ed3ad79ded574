using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Demo;

/// <summary>What the demo's planner did so far: two cycles with decisions and a change of mind between them, and a what-if.</summary>
internal static class DemoPlans
{
    public static async Task MakeAsync(IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<Database>();
        await PlanAsync(services, ct);
        await RejectAsync(services, database, "MAT-20491", "9,000 kg of modal is more than two years of it. Ask Dalvento for a smaller lot first.", ct);
        await AcceptAsync(services, database, "MAT-20425", ct);
        await database.WriteAsync(ExpectTheNavyProgrammeAsync, ct);
        var last = await PlanAsync(services, ct);
        var tessaly = await database.ReadAsync((db, token) => db.Suppliers.Where(s => s.Name == "Tessaly Cotton").Select(s => s.Id).SingleAsync(token), ct);
        await services.GetRequiredService<WhatIfService>().AskAsync(new()
        {
            BaseCycleId = last, Name = "Tessaly takes two weeks longer",
            Changes = [new() { Kind = PlanOverrideKind.LeadTime, Scope = PlanOverrideScope.Supplier, TargetId = tessaly, Value = 32, IsFactor = false }],
        }, ct);
    }

    private static async Task<Guid> PlanAsync(IServiceProvider services, CancellationToken ct)
    {
        // Without a job: the servers' own would take it up beside this one.
        var user = services.GetRequiredService<CurrentUser>();
        var id = await services.GetRequiredService<Database>().WriteAsync(
            async (db, token) =>
            {
                var today = services.GetRequiredService<PlanningService>().Today(await db.NowAsync(token));
                var cycle = new PlanningCycle(await db.NextNumberAsync("PC", token), CycleKind.Live, "", today, await db.LatestCycleAsync(token), user.Id);
                db.PlanningCycles.Add(cycle);
                await db.SaveChangesAsync(token);
                return cycle.Id;
            }, ct);
        await services.GetRequiredService<PlanningWork>().WorkAsync(id, new(), ct);
        return id;
    }

    private static async Task RejectAsync(IServiceProvider services, Database database, string part, string reason, CancellationToken ct)
    {
        if (await FirstAsync(database, part, ct) is { } first)
        {
            await services.GetRequiredService<RecommendationService>().RejectAsync(new() { Rows = [first], Reason = reason }, ct);
        }
    }

    private static async Task AcceptAsync(IServiceProvider services, Database database, string part, CancellationToken ct)
    {
        if (await FirstAsync(database, part, ct) is { } first)
        {
            await services.GetRequiredService<RecommendationService>().AcceptAsync(new() { Rows = [first] }, ct);
        }
    }

    private static Task<RecommendationRef?> FirstAsync(Database database, string part, CancellationToken ct) => database.ReadAsync(
        (db, token) => db.ProcurementRecommendations
            .Where(r => r.Status == RecommendationStatus.Proposed && r.SupplierId != null && db.Parts.Any(p => p.Id == r.PartId && p.Number == part))
            .OrderBy(r => r.NeedBy).ThenBy(r => r.Id).Select(r => new RecommendationRef(r.Id, r.Version)).FirstOrDefaultAsync(token), ct);

    // Why the last cycle differs from the one before.
    private static async Task ExpectTheNavyProgrammeAsync(SourcingDb db, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var jersey = await db.Parts.Where(p => p.Number == "FAB-16001").Select(p => p.Id).SingleAsync(ct);
        for (var week = 3; week < 6; week++)
        {
            db.Add(new Forecast(jersey, ForecastSource.Override, monday.AddDays(7 * week), ForecastPeriod.Week, 3900, 1, "The Brinwell navy programme starts two weeks earlier than planned."));
        }

        await db.SaveChangesAsync(ct);
    }
}

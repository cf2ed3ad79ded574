using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>Saves what-ifs of an award, works them out again, and throws them away.</summary>
public sealed class AwardScenarioService(Database database, CurrentUser user)
{
    /// <summary>So many are compared in one round of an RFQ.</summary>
    public const int MostScenarios = 12;

    /// <summary>Works out a scenario and saves it. Refuses when nobody quoted or the RFQ is decided, and a thirteenth scenario.</summary>
    /// <returns>The scenario's key.</returns>
    public Task<Guid> SaveAsync(ScenarioForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsAward);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var view = await OpenAsync(db, form.RfqId, token);
                var scenario = form.Id is { } id ? await FindAsync(db, id, form.Version, token) : await NewAsync(db, view, token);
                await WorkOutAsync(db, scenario, view, form.Name, form.Rules(), token);
                await db.AnnounceAsync("rfqs", form.RfqId, token);
                await db.SaveChangesAsync(token);
                return scenario.Id;
            },
            ct);
    }

    /// <summary>The same rules with the quotes as they are now.</summary>
    public Task<Guid> WorkOutAgainAsync(ScenarioKeyForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsAward);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var scenario = await FindAsync(db, form.Id, form.Version, token);
                var view = await OpenAsync(db, scenario.RfqId, token);
                await WorkOutAsync(db, scenario, view, scenario.Name, scenario.Rules, token);
                await db.AnnounceAsync("rfqs", scenario.RfqId, token);
                await db.SaveChangesAsync(token);
                return scenario.Id;
            },
            ct);
    }

    /// <summary>Throws a scenario away. Refuses one that an award was made by.</summary>
    public Task<Guid> DeleteAsync(ScenarioKeyForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsAward);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var scenario = await FindAsync(db, form.Id, form.Version, token);
                if (await db.AwardDecisions.AnyAsync(d => d.ScenarioId == scenario.Id, token))
                {
                    throw new RefusedException("An award was made by this scenario, so it stays with the award's record.");
                }

                db.Remove(scenario);
                await db.AnnounceAsync("rfqs", scenario.RfqId, token);
                await db.SaveChangesAsync(token);
                return scenario.RfqId;
            },
            ct);
    }

    private static async Task<ComparisonView> OpenAsync(SourcingDb db, Guid rfqId, CancellationToken ct)
    {
        var view = await ComparisonQueries.LoadAsync(db, rfqId, ct);
        if (view.Award is { Status: not AwardStatus.Declined } award)
        {
            throw new RefusedException($"{award.DecidedByName} awarded {view.Number} already. What was compared stays as it was.");
        }

        if (view.IsSealed)
        {
            throw new RefusedException($"The bids of {view.Number} are sealed. Two people open them first, on the page of the RFQ.");
        }

        return view.Quotes.Count == 0 ? throw new RefusedException("No quote has come yet, so there is nothing to work out.") : view;
    }

    private static async Task<AwardScenario> FindAsync(SourcingDb db, Guid id, uint version, CancellationToken ct)
    {
        var scenario = await db.AwardScenarios.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new MissingException("scenario");
        db.Entry(scenario).Property(s => s.Version).OriginalValue = version;
        return scenario;
    }

    private static async Task<AwardScenario> NewAsync(SourcingDb db, ComparisonView view, CancellationToken ct)
    {
        if (await db.AwardScenarios.CountAsync(s => s.RfqId == view.RfqId && s.Round == view.Round, ct) >= MostScenarios)
        {
            throw new RefusedException($"{MostScenarios} scenarios stand side by side at most. Throw one away first.");
        }

        var scenario = new AwardScenario(view.RfqId, view.Round);
        db.Add(scenario);
        return scenario;
    }

    private async Task WorkOutAsync(SourcingDb db, AwardScenario scenario, ComparisonView view, string name, AwardRules rules, CancellationToken ct)
    {
        var problem = await AwardProblems.LoadAsync(db, view, ct);
        scenario.Take(name, rules, Of(problem, rules), user.Id, await db.NowAsync(ct));
    }

    /// <summary>The solution with what its rules cost.</summary>
    internal static ScenarioResult Of(AwardProblem problem, AwardRules rules)
    {
        var solution = AwardOptimizer.Solve(problem, rules);
        return new(solution, [.. problem.Suppliers.Select(s => s.QuoteId)], AwardOptimizer.RuleCosts(problem, rules, solution));
    }
}

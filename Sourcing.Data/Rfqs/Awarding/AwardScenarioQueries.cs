using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>A saved scenario.</summary>
/// <param name="Stale">A quote came, changed or went after it was worked out.</param>
/// <param name="Awarded">An award was made by it.</param>
public sealed record ScenarioView(
    Guid Id, string Name, AwardRules Rules, ScenarioResult Result, string CalculatedBy, DateTimeOffset CalculatedAt, bool Stale, bool Awarded, uint Version)
{
    /// <summary>What each offer gets of its line, in the RFQ line's unit.</summary>
    public IReadOnlyDictionary<(Guid Line, Guid QuoteLine), decimal> Chosen(ComparisonView view) => Result.Solution.Parts.GroupBy(p => p.LineId).SelectMany(line =>
    {
        var (quantity, parts) = (view.LineOf(line.Key).Quantity, line.ToList());
        var first = decimal.Round(quantity * parts[0].Share, 4);
        return parts.Select((p, i) => (Key: (line.Key, p.QuoteLineId), Quantity: i == 0 ? first : quantity - first));
    }).ToDictionary(c => c.Key, c => c.Quantity);

    /// <summary>What it comes to at the rates of the comparison, where they have moved since it was worked out; null where they have not.</summary>
    public decimal? LandedNow(ComparisonView view)
    {
        if (Stale)
        {
            return null;
        }

        var chosen = Chosen(view);
        var now = chosen.Sum(c => view.PriceOf(c.Key.Line, view.QuoteOf(c.Key.QuoteLine), c.Value, Rules.BuyUp).Cost) + chosen.Keys.Select(c => view.QuoteOf(c.QuoteLine)).Distinct().Sum(q => view.Comparison.Total(q).Extra);
        return Rules is { MinimumQuantities: true, OrderMultiples: true, PriceBreaks: true } && Math.Abs(now - Result.Solution.Landed) >= 1 ? now : null;
    }

    /// <summary>Savings on prices against a baseline; null where it knows no price.</summary>
    public decimal? Savings(ComparisonView view, SavingsBaseline baseline) => AwardProposal.Savings(Chosen(view).Where(c => view.Holds(c.Key.QuoteLine)).Select(c =>
        (c.Value, view.PriceOf(c.Key.Line, view.QuoteOf(c.Key.QuoteLine), c.Value, Rules.BuyUp).ComparedPrice, AwardProposal.BaselinePrice(view.LineOf(c.Key.Line), baseline))));
}

/// <summary>The scenarios of an RFQ's round beside its comparison.</summary>
public sealed record ScenarioBoard(ComparisonView View, AwardProblem Problem, IReadOnlyList<ScenarioView> Scenarios);

/// <summary>Reads saved scenarios.</summary>
public sealed class AwardScenarioQueries(Database database, CurrentUser user)
{
    /// <summary>All of the current round, in the order in which they were made.</summary>
    /// <exception cref="MissingException">There is no such RFQ.</exception>
    public Task<ScenarioBoard> ForAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var view = await ComparisonQueries.LoadAsync(db, rfqId, token);
                return new ScenarioBoard(view, await AwardProblems.LoadAsync(db, view, token), await LoadAsync(db, view, token));
            },
            ct);
    }

    /// <summary>
    /// At what prices losing offers would win, with the quotes as they are now: of every line where no shares or capacities couple the
    /// lines, else of the line that is asked for; empty then without one. Refuses to search among more than
    /// <see cref="FlipPrices.MostCoupledLines"/> coupled lines.
    /// </summary>
    public Task<IReadOnlyList<FlipPrice>> FlipsAsync(Guid scenarioId, Guid? lineId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync<IReadOnlyList<FlipPrice>>(
            async (db, token) =>
            {
                var scenario = await db.AwardScenarios.AsNoTracking().SingleOrDefaultAsync(s => s.Id == scenarioId, token) ?? throw new MissingException("scenario");
                var problem = await AwardProblems.LoadAsync(db, await ComparisonQueries.LoadAsync(db, scenario.RfqId, token), token);
                var atOnce = FlipPrices.AtOnce(problem, scenario.Rules);
                if (!atOnce && lineId is not null && problem.Lines.Count > FlipPrices.MostCoupledLines)
                {
                    throw new RefusedException($"Shares or capacities couple {problem.Lines.Count} lines here, and flip prices are searched among {FlipPrices.MostCoupledLines} at most. Drop those rules in a copy of the scenario to see them.");
                }

                var solution = AwardOptimizer.Solve(problem, scenario.Rules);
                return atOnce ? FlipPrices.All(problem, scenario.Rules, solution)
                    : lineId is { } line && problem.Lines.Any(l => l.Id == line) ? FlipPrices.OfLine(problem, scenario.Rules, solution, line) : [];
            },
            ct);
    }

    internal static async Task<IReadOnlyList<ScenarioView>> LoadAsync(SourcingDb db, ComparisonView view, CancellationToken ct)
    {
        var saved = await db.AwardScenarios.AsNoTracking().Where(s => s.RfqId == view.RfqId && s.Round == view.Round).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).ToListAsync(ct);
        if (saved.Count == 0)
        {
            return [];
        }

        var people = saved.ConvertAll(s => s.CalculatedBy);
        var names = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        var ids = saved.ConvertAll(s => s.Id);
        var awarded = await db.AwardDecisions.Where(d => d.ScenarioId != null && ids.Contains(d.ScenarioId.Value) && d.Status != AwardStatus.Declined).Select(d => d.ScenarioId!.Value).ToListAsync(ct);
        var quotes = view.Quotes.Select(q => q.QuoteId).ToHashSet();
        var newest = view.Quotes.Max(q => q.SubmittedAt);
        return saved.ConvertAll(s => new ScenarioView(
            s.Id, s.Name, s.Rules, s.Result, names.GetValueOrDefault(s.CalculatedBy, ""), s.CalculatedAt,
            newest > s.CalculatedAt || s.Result.Solution.Parts.Any(p => !quotes.Contains(s.Result.Quotes[p.Supplier])), awarded.Contains(s.Id), s.Version));
    }
}

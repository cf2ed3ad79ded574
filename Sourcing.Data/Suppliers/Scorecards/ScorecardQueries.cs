using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>Reads templates and scores.</summary>
public sealed class ScorecardQueries(Database database, CurrentUser user)
{
    /// <summary>Events that a drill-down lists.</summary>
    public const int MostEvents = 500;

    /// <summary>Suppliers side by side.</summary>
    public const int MostCompared = 8;

    /// <summary>All templates, the active one first; at most 200.</summary>
    public Task<IReadOnlyList<ScorecardTemplateRow>> TemplatesAsync(CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync<IReadOnlyList<ScorecardTemplateRow>>(
            async (db, token) => await db.ScorecardTemplates.OrderByDescending(t => t.Status == ScorecardTemplateStatus.Active).ThenByDescending(t => t.Status == ScorecardTemplateStatus.Draft)
                .ThenByDescending(t => t.ActivatedAt).ThenBy(t => t.Name).ThenBy(t => t.Id).Take(200)
                .Select(t => new ScorecardTemplateRow(t.Id, t.Name, t.Status, t.Period, t.Criteria.Count, t.BackTestedAt, t.ActivatedAt, t.RetiredAt)).ToListAsync(token), ct);
    }

    /// <summary>A template; null when there is none.</summary>
    public Task<ScorecardTemplateDetails?> TemplateAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync(
            async (db, token) => await Templates(db).SingleOrDefaultAsync(t => t.Id == id, token) is { } t
                ? new ScorecardTemplateDetails(t.Id, t.Name, t.Description, t.Status, t.Rules(), t.BackTestedAt, t.ActivatedAt, t.RetiredAt, t.Version)
                : null, ct);
    }

    /// <summary>A draft as its editor opens it. Refuses one that is not there.</summary>
    public async Task<ScorecardTemplateForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        var t = await TemplateAsync(id, ct) ?? throw new MissingException("scorecard template");
        return new()
        {
            Id = t.Id, Version = t.Version, Name = t.Name, Description = t.Description, Period = t.Rules.Period, Decay = t.Rules.Decay, SmallSample = t.Rules.SmallSample,
            Criteria = [.. t.Rules.Criteria.Select(c => new CriterionForm { Name = c.Name, Weight = c.Weight, Formula = c.Formula.Text, ZeroAt = c.ZeroAt, FullAt = c.FullAt })],
            Standings = [.. t.Rules.Standings.Select(s => new StandingForm { Name = s.Name, From = s.From, Effect = s.Effect })],
        };
    }

    /// <summary>A supplier's scorecard by the active template; null while no template is active.</summary>
    public Task<SupplierScorecardView?> OfSupplierAsync(Guid supplierId, CancellationToken ct)
    {
        Demand();
        return database.ReadAsync(async (db, token) =>
        {
            if (await Templates(db).SingleOrDefaultAsync(t => t.Status == ScorecardTemplateStatus.Active, token) is not { } template)
            {
                return null;
            }

            var periods = await PeriodsAsync(db, template.Id, [supplierId], token);
            var own = periods.GetValueOrDefault(supplierId) ?? [];
            var same = own.Reverse().TakeWhile(p => p.Standing == own[^1].Standing).LastOrDefault();
            var place = await db.Suppliers.Where(s => s.Id == supplierId && s.StandingScore != null)
                .Select(s => new
                {
                    Better = db.Suppliers.Count(o => o.Category == s.Category && o.StandingScore > s.StandingScore),
                    All = db.Suppliers.Count(o => o.Category == s.Category && o.StandingScore != null),
                }).SingleOrDefaultAsync(token);
            return new SupplierScorecardView(
                template.Id, template.Name, template.Rules(), own, same?.Start, place?.Better + 1, place?.All ?? 0, await RecomputedAsync(db, token));
        }, ct);
    }

    /// <summary>The events behind a KPI of a supplier in [first, until), those that cost most first. Refuses an unknown KPI.</summary>
    public Task<KpiEvents> EventsAsync(Guid supplierId, string kpi, DateOnly first, DateOnly until, CancellationToken ct)
    {
        Demand();
        var known = Kpis.Find(kpi) ?? throw new RefusedException($"There is no KPI “{kpi}”.");
        return database.ReadAsync(async (db, token) =>
        {
            var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
            var sum = (await db.Database.SqlQuery<KpiSum>(
                $"""
                select supplier_id as "SupplierId", kpi as "Kpi", period_start as "PeriodStart", events as "Events", top as "Top", bottom as "Bottom", value as "Value"
                from app.reckon_kpis('all', {first}, {until}, {today}, {supplierId}, {new[] { kpi }})
                """).ToListAsync(token)).SingleOrDefault();
            var events = await EventRow.ReadAsync(db, supplierId, known, first, until, today, MostEvents, token);
            return new KpiEvents(known, new(sum?.Value, sum?.Events ?? 0), sum?.Top, sum?.Bottom, events, sum?.Events ?? 0);
        }, ct);
    }

    /// <summary>Suppliers side by side, in the order given.</summary>
    /// <param name="ids">At most <see cref="MostCompared"/>; further ones are left out.</param>
    public Task<ScorecardComparison> CompareAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        Demand();
        var wanted = ids.Distinct().Take(MostCompared).ToArray();
        return database.ReadAsync(async (db, token) =>
        {
            var template = await Templates(db).SingleOrDefaultAsync(t => t.Status == ScorecardTemplateStatus.Active, token);
            var periods = template is null ? [] : await PeriodsAsync(db, template.Id, wanted, token);
            var suppliers = await db.Suppliers.Where(s => wanted.Contains(s.Id)).Select(s => new { s.Id, s.Code, s.Name, s.Category, s.BlockedFor }).ToDictionaryAsync(s => s.Id, token);
            var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
            var compared = new List<ComparedScorecard>();
            foreach (var s in wanted.Where(suppliers.ContainsKey).Select(id => suppliers[id]))
            {
                var twelve = await KpiReading.TwelveMonthsAsync(db, s.Id, today, token);
                compared.Add(new(s.Id, s.Code, s.Name, s.Category, s.BlockedFor, periods.GetValueOrDefault(s.Id) ?? [], twelve.ToDictionary(k => k.Key, k => new KpiFigure(k.Value.Value, k.Value.Events))));
            }

            return new ScorecardComparison(template?.Name, template?.Rules(), compared);
        }, ct);
    }

    private static IQueryable<ScorecardTemplate> Templates(SourcingDb db) => db.ScorecardTemplates.AsNoTracking().Include(t => t.Criteria).Include(t => t.Standings);

    private static async Task<Dictionary<Guid, IReadOnlyList<ScorecardPeriod>>> PeriodsAsync(SourcingDb db, Guid templateId, Guid[] suppliers, CancellationToken ct) =>
        (await db.SupplierScorecards.AsNoTracking().Where(c => c.TemplateId == templateId && suppliers.Contains(c.SupplierId)).OrderBy(c => c.PeriodStart).ToListAsync(ct))
            .GroupBy(c => c.SupplierId).ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<ScorecardPeriod>)[.. g.Select(c => new ScorecardPeriod(
                    c.PeriodStart, c.PeriodEnd, c.OwnScore, c.Score, c.Standing, c.Effect, c.FewData,
                    JsonSerializer.Deserialize<List<CriterionScore>>(c.Criteria, JsonSerializerOptions.Web) ?? []))]);

    private static Task<DateTimeOffset?> RecomputedAsync(SourcingDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateTimeOffset?>(
            $"""
            select max(finished_at) as "Value" from (
                select finished_at from regular_runs where name = 'scorecards' and succeeded
                union all select finished_at from job_runs where kind = {ScorecardWork.JobKind} and status = 'done') r
            """).SingleAsync(ct);

    // The figures are made of RFQs and orders.
    private void Demand()
    {
        user.Demand(Permission.SuppliersRead);
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.OrdersRead);
    }
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>What a recomputation came to.</summary>
/// <param name="Scored">Suppliers with a score.</param>
/// <param name="Scorecards">Scores of periods, new or changed.</param>
/// <param name="Kpis">KPIs of periods, new or changed.</param>
/// <param name="Warned">Suppliers whose standing warns.</param>
/// <param name="Blocked">Suppliers that their standing shuts out.</param>
public sealed record ScorecardOutcome(int Scored, int Scorecards, int Kpis, int Warned, int Blocked);

/// <summary>
/// Reckons KPIs and scores of all suppliers anew, in the caller's transaction: the KPIs in one statement within the database, the
/// scores in groups of suppliers. Periods that have not ended are not scored. What is no longer found goes.
/// </summary>
internal sealed class ScorecardRecomputation(SourcingDb db, DateOnly today, DateTimeOffset now)
{
    // So many suppliers' KPIs are in memory at once.
    private const int Group = 2000;

    private static readonly string[] AllKpis = [.. Kpis.All.Select(k => k.Code)];

    public async Task<ScorecardOutcome> RunAsync(CancellationToken ct)
    {
        await RatesAsync(ct);
        var template = await db.ScorecardTemplates.AsNoTracking().Include(t => t.Criteria).Include(t => t.Standings)
            .SingleOrDefaultAsync(t => t.Status == ScorecardTemplateStatus.Active, ct);
        var (kpis, scorecards) = (0, 0);
        if (template is not null)
        {
            var rules = template.Rules();
            var until = rules.Period.StartOf(today);
            var first = rules.Period.Add(until, -rules.Period.Kept());
            kpis = await KeepKpisAsync(rules.Period, first, until, ct);
            scorecards = await ScoreAsync(template.Id, rules, first, until, ct);
        }

        await StandAsync(template?.Id, ct);
        var effects = await db.Suppliers.Where(s => s.Standing != null).GroupBy(s => s.StandingEffect).Select(g => new { Effect = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(
            effects.Sum(e => e.Count), scorecards, kpis, effects.Where(e => e.Effect == StandingEffect.Warn).Sum(e => e.Count),
            effects.Where(e => e.Effect is StandingEffect.BlockRfqs or StandingEffect.BlockOrders).Sum(e => e.Count));
    }

    /// <summary>Reliability, answers and wins of twelve months, at the suppliers themselves.</summary>
    private Task<int> RatesAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update suppliers s set reliability_score = k.reliability, response_rate = k.response, win_rate = k.win
        from (
            select s.id, max(round(r.value, 4)) filter (where r.kpi = 'otif') as reliability, max(round(r.value, 4)) filter (where r.kpi = 'response_rate') as response,
                max(round(r.value, 4)) filter (where r.kpi = 'win_rate') as win
            from suppliers s
            left join app.reckon_kpis('all', {today.AddMonths(-12)}, {today.AddDays(1)}, {today}, null, array['otif', 'response_rate', 'win_rate']) r on r.supplier_id = s.id
            group by s.id) k
        where k.id = s.id and (s.reliability_score, s.response_rate, s.win_rate) is distinct from (k.reliability, k.response, k.win)
        """, ct);

    private async Task<int> KeepKpisAsync(ScorePeriod period, DateOnly first, DateOnly until, CancellationToken ct)
    {
        var step = KpiReading.Step(period);
        // Only what changed is written: most periods stay as they are.
        return (await db.Database.SqlQuery<int>(
            $"""
            with fresh as materialized (select * from app.reckon_kpis({step}, {first}, {until}, {today}, null, {AllKpis})),
            gone as (
                delete from supplier_kpis k where k.period = {step} and k.period_start >= {first} and k.period_start < {until}
                    and not exists (select from fresh f where f.supplier_id = k.supplier_id and f.kpi = k.kpi and f.period_start = k.period_start)
                returning 1),
            kept as (
                insert into supplier_kpis as k (id, supplier_id, kpi, period, period_start, events, top, bottom, value)
                select app.uuid7(), supplier_id, kpi, {step}, period_start, events, top, bottom, value from fresh
                on conflict (supplier_id, kpi, period, period_start) do update set events = excluded.events, top = excluded.top, bottom = excluded.bottom, value = excluded.value
                where (k.events, k.top, k.bottom, k.value) is distinct from (excluded.events, excluded.top, excluded.bottom, excluded.value)
                returning 1)
            select ((select count(*) from gone) + (select count(*) from kept))::int as "Value"
            """).ToListAsync(ct))[0];
    }

    private async Task<int> ScoreAsync(Guid templateId, ScorecardRules rules, DateOnly first, DateOnly until, CancellationToken ct)
    {
        var codes = rules.Criteria.SelectMany(c => c.Formula.Codes).Distinct().ToArray();
        var rows = db.SupplierKpis.AsNoTracking().Where(k => k.Period == rules.Period && k.PeriodStart >= first && k.PeriodStart < until && codes.Contains(k.Kpi));
        var means = (await rows.Where(k => k.Value != null).GroupBy(k => new { k.PeriodStart, k.Kpi })
                .Select(g => new { g.Key.PeriodStart, g.Key.Kpi, Mean = g.Sum(k => k.Value!.Value * k.Events) / g.Sum(k => k.Events) }).ToListAsync(ct))
            .GroupBy(m => m.PeriodStart).ToDictionary(p => p.Key, p => p.ToDictionary(m => m.Kpi, m => m.Mean));
        var suppliers = await db.Suppliers.OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(ct);
        var changed = 0;
        foreach (var group in suppliers.Chunk(Group))
        {
            var read = await rows.Where(k => group.Contains(k.SupplierId)).Select(k => new KpiSum { SupplierId = k.SupplierId, Kpi = k.Kpi, PeriodStart = k.PeriodStart, Events = k.Events, Value = k.Value })
                .ToListAsync(ct);
            var scores = KpiReading.BySupplier(read).SelectMany(s => ScoreArithmetic.Scores(rules, s.Value, means).Select(score => (Supplier: s.Key, Score: score))).ToList();
            changed += await KeepScoresAsync(templateId, rules.Period, first, until, group, scores, ct);
        }

        return changed;
    }

    private async Task<int> KeepScoresAsync(
        Guid templateId, ScorePeriod period, DateOnly first, DateOnly until, Guid[] group, List<(Guid Supplier, PeriodScore Score)> scores, CancellationToken ct)
    {
        var (suppliers, starts, ends) = (scores.Select(s => s.Supplier).ToArray(), scores.Select(s => s.Score.Start).ToArray(), scores.Select(s => period.Add(s.Score.Start, 1)).ToArray());
        var (owns, totals, few) = (scores.Select(s => s.Score.Own).ToArray(), scores.Select(s => s.Score.Score).ToArray(), scores.Select(s => s.Score.Few).ToArray());
        var (standings, effects) = (scores.Select(s => s.Score.Standing.Name).ToArray(), scores.Select(s => Common.Words.Snake(s.Score.Standing.Effect.ToString())).ToArray());
        var criteria = scores.Select(s => JsonSerializer.Serialize(s.Score.Criteria, JsonSerializerOptions.Web)).ToArray();
        return (await db.Database.SqlQuery<int>(
            $"""
            with fresh as materialized (
                select * from unnest({suppliers}, {starts}, {ends}, {owns}, {totals}, {standings}, {effects}, {few}, {criteria})
                    as f (supplier_id, period_start, period_end, own_score, score, standing, effect, few_data, criteria)),
            gone as (
                delete from supplier_scorecards s where s.template_id = {templateId} and s.supplier_id = any ({group}) and s.period_start >= {first} and s.period_start < {until}
                    and not exists (select from fresh f where f.supplier_id = s.supplier_id and f.period_start = s.period_start)
                returning 1),
            kept as (
                insert into supplier_scorecards as s (id, supplier_id, template_id, period_start, period_end, own_score, score, standing, effect, few_data, criteria)
                select app.uuid7(), supplier_id, {templateId}, period_start, period_end, own_score, score, standing, effect, few_data, criteria::jsonb from fresh
                on conflict (supplier_id, template_id, period_start) do update set own_score = excluded.own_score, score = excluded.score, standing = excluded.standing,
                    effect = excluded.effect, few_data = excluded.few_data, criteria = excluded.criteria
                where (s.own_score, s.score, s.standing, s.effect, s.few_data, s.criteria)
                    is distinct from (excluded.own_score, excluded.score, excluded.standing, excluded.effect, excluded.few_data, excluded.criteria)
                returning 1)
            select ((select count(*) from gone) + (select count(*) from kept))::int as "Value"
            """).ToListAsync(ct))[0];
    }

    /// <summary>Brings every supplier to the standing of its last scorecard; only those that change are touched.</summary>
    private async Task StandAsync(Guid? templateId, CancellationToken ct)
    {
        var last = db.Suppliers.Select(s => new
        {
            Supplier = s,
            Card = db.SupplierScorecards.Where(c => c.SupplierId == s.Id && c.TemplateId == templateId).OrderByDescending(c => c.PeriodStart).FirstOrDefault(),
        });
        var moved = await last
            .Where(x => x.Card == null
                ? x.Supplier.Standing != null
                : x.Supplier.Standing != x.Card.Standing || x.Supplier.StandingScore != x.Card.Score || x.Supplier.StandingEffect != x.Card.Effect || x.Supplier.StandingPeriod != x.Card.PeriodStart)
            .Select(x => new { x.Supplier.Id, Card = x.Card == null ? null : new { x.Card.Standing, x.Card.Score, x.Card.Effect, x.Card.PeriodStart } }).ToListAsync(ct);
        foreach (var group in moved.Chunk(Group))
        {
            var ids = group.Select(m => m.Id).ToArray();
            var suppliers = await db.Suppliers.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
            foreach (var move in group)
            {
                suppliers[move.Id].Stand(move.Card is { } card ? new(card.Standing, card.Score, card.Effect, card.PeriodStart) : null, now);
            }

            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }
}

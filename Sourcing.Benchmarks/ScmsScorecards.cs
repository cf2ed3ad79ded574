using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Benchmarks;

/// <summary>
/// The scorecards of every vendor of the SCMS history, and their delivery figures held against SQL that knows nothing of the app's
/// functions: another shape of the question, line by line with subqueries, and the median picked out of a sorted array.
/// </summary>
internal static class ScmsScorecards
{
    private static readonly DateOnly First = new(2006, 1, 1);
    private static readonly DateOnly Until = new(2016, 1, 1);

    private const string Independent =
        """
        with lines as (
            select o.supplier_id, l.quantity, l.promised_date as due,
                (select coalesce(sum(r.quantity), 0) from receipts r where r.order_line_id = l.id and r.deleted_at is null and r.received_at < (l.promised_date + 1)::timestamp at time zone 'utc') as in_time,
                (select max(r.received_at at time zone 'utc')::date from receipts r where r.order_line_id = l.id and r.deleted_at is null) as last_came
            from order_lines l, orders o
            where o.id = l.order_id and o.deleted_at is null and o.status <> 'cancelled' and l.promised_date between date '2006-01-01' and date '2015-12-31'
        )
        select s.id as "Id", s.name as "Name", count(l.quantity)::int as "Lines", count(l.quantity) filter (where l.in_time < l.quantity)::int as "Late",
            round(100.0 * count(l.quantity) filter (where l.in_time >= l.quantity) / nullif(count(l.quantity), 0), 2) as "ByLine",
            round(100 * sum(case when l.in_time > l.quantity then l.quantity else l.in_time end) / nullif(sum(l.quantity), 0), 2) as "ByQuantity",
            (select (d.days[(cardinality(d.days) + 1) / 2] + d.days[cardinality(d.days) / 2 + 1]) / 2.0
                from (select array_agg(x.last_came - x.due order by x.last_came - x.due) as days from lines x where x.supplier_id = s.id and x.in_time < x.quantity) d) as "Delay"
        from suppliers s left join lines l on l.supplier_id = s.id
        group by s.id, s.name order by count(l.quantity) desc, s.name
        """;

    /// <summary>Saves a template, tries it on closed periods and puts it into force.</summary>
    public static async Task ActivateAsync(IServiceProvider services, ScorecardTemplateForm form)
    {
        var (templates, database, ct) = (services.GetRequiredService<ScorecardTemplateService>(), services.GetRequiredService<Database>(), CancellationToken.None);
        var id = await templates.SaveAsync(form, ct);
        Task<uint> VersionAsync() => database.ReadAsync((db, token) => db.ScorecardTemplates.Where(t => t.Id == id).Select(t => t.Version).SingleAsync(token), ct);
        await templates.BackTestAsync(id, await VersionAsync(), ct);
        await templates.ActivateAsync(id, await VersionAsync(), ct);
    }

    /// <summary>Prints vendor by vendor; true when every figure agrees and every vendor with lines has a scorecard.</summary>
    public static async Task<bool> CompareAsync(Sandbox sandbox)
    {
        await using var scope = sandbox.Scope();
        var database = scope.ServiceProvider.GetRequiredService<Database>();
        await ActivateAsync(scope.ServiceProvider, new()
        {
            Name = "Deliveries by year", Period = ScorePeriod.Year, Decay = 0.7m, SmallSample = 5,
            Criteria = [new() { Name = "On time in full", Weight = 100, Formula = Kpis.OnTimeInFull, ZeroAt = 0.5m, FullAt = 1 }],
            Standings = [new() { Name = "Poor", From = 0, Effect = StandingEffect.Warn }, new() { Name = "Good", From = 60 }],
        });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = await scope.ServiceProvider.GetRequiredService<ScorecardService>().RecomputeAsync(Until, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nScorecards as of {Until:d MMM yyyy}: {outcome.Scored} vendors scored, {outcome.Scorecards} scores of years, {outcome.Kpis} KPIs, in {watch.Elapsed.TotalSeconds:0.0} s"));

        var kpis = (await database.ReadAsync(
            (db, ct) => db.Database.SqlQuery<KpiSum>(
                $"""
                select supplier_id as "SupplierId", kpi as "Kpi", period_start as "PeriodStart", events as "Events", top as "Top", bottom as "Bottom", value as "Value"
                from app.reckon_kpis('all', {First}, {Until}, {Until}, null, {new[] { Kpis.OnTimeInFull, Kpis.OnTimeLines, Kpis.MedianDelay }})
                """).ToListAsync(ct), CancellationToken.None)).ToDictionary(k => (k.SupplierId, k.Kpi));
        var vendors = await database.ReadAsync((db, ct) => db.Database.SqlQueryRaw<Vendor>(Independent).ToListAsync(ct), CancellationToken.None);
        var scores = await database.ReadAsync((db, ct) => db.Suppliers.ToDictionaryAsync(s => s.Id, s => (s.StandingScore, s.Standing), ct), CancellationToken.None);
        Console.WriteLine($"  {"",-42}{"lines",7}{"late",6}{"by line",9}{"by qty",9}{"delay",7}   {"lines",7}{"late",6}{"by line",9}{"by qty",9}{"delay",7}   score");
        var agrees = true;
        foreach (var vendor in vendors)
        {
            var lines = kpis.GetValueOrDefault((vendor.Id, Kpis.OnTimeLines));
            var own = (
                Lines: lines?.Events ?? 0, Late: (int)((lines?.Bottom - lines?.Top) ?? 0), ByLine: Percent(lines), ByQuantity: Percent(kpis.GetValueOrDefault((vendor.Id, Kpis.OnTimeInFull))),
                Delay: kpis.GetValueOrDefault((vendor.Id, Kpis.MedianDelay))?.Value);
            var same = own.Lines == vendor.Lines && own.Late == vendor.Late && own.ByLine == vendor.ByLine && own.ByQuantity == vendor.ByQuantity && own.Delay == vendor.Delay
                && (vendor.Lines == 0 || scores[vendor.Id].StandingScore is not null);
            agrees &= same;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {(vendor.Name.Length > 40 ? vendor.Name[..40] : vendor.Name),-42}{own.Lines,7}{own.Late,6}{own.ByLine,9:0.00}{own.ByQuantity,9:0.00}{own.Delay,7:0.0}   {vendor.Lines,7}{vendor.Late,6}{vendor.ByLine,9:0.00}{vendor.ByQuantity,9:0.00}{vendor.Delay,7:0.0}   {scores[vendor.Id].StandingScore,6:0.0} {scores[vendor.Id].Standing}{(same ? "" : "   differs")}"));
        }

        Console.WriteLine($"  {vendors.Count} vendors, {vendors.Count(v => v.Lines > 0)} with lines due, {scores.Values.Count(s => s.StandingScore is not null)} with a score. Left: the app; right: independent SQL.");
        return agrees;
    }

    // Out of the sums, so that nothing is rounded twice.
    private static decimal? Percent(KpiSum? share) => share is { Bottom: > 0 } ? Math.Round(100 * share.Top!.Value / share.Bottom.Value, 2, MidpointRounding.AwayFromZero) : null;

    private sealed class Vendor
    {
        public Guid Id { get; set; }

        public string Name { get; set; } = "";

        public int Lines { get; set; }

        public int Late { get; set; }

        public decimal? ByLine { get; set; }

        public decimal? ByQuantity { get; set; }

        public decimal? Delay { get; set; }
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Forecasts;

namespace Sourcing.Data.Planning;

/// <summary>Sums up sales. Each question reads the partitions of its months alone, once.</summary>
public sealed class SalesQueries(Database database, CurrentUser user)
{
    /// <summary>The longest span, in days: five years.</summary>
    public const int MostDays = 1830;

    /// <summary>So many parts, customers, regions and segments are named; the largest first.</summary>
    public const int Most = 10;

    /// <summary>Totals by step, region, segment, part and customer. Values are in the base currency, by the last rate known in the month of the sale.</summary>
    public Task<SalesOverview> OverviewAsync(SalesQuestion question, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        question.Demand();
        return database.ReadAsync(
            async (db, token) =>
            {
                var part = question.PartId is not { } id ? null
                    : await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == id).Select(p => new { p.Number, p.Name, Unit = p.Unit.Code }).SingleOrDefaultAsync(token)
                        ?? throw new MissingException("part");
                var rows = await db.Database.SqlQuery<Row>(Sql(question)).ToListAsync(token);
                var keys = rows.Where(r => r.Kind == "part").Select(r => Guid.Parse(r.Key)).ToList();
                var names = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), p => $"{p.Number} {p.Name}", token);
                var total = rows.SingleOrDefault(r => r.Kind == "all");
                IReadOnlyList<SalesSum> Of(string kind, Func<string, string>? text = null) =>
                    [.. rows.Where(r => r.Kind == kind).OrderBy(r => r.Place).Select(r => r.As(text?.Invoke(r.Key) ?? (r.Key.Length == 0 ? "Not known" : r.Key)))];
                return new SalesOverview(
                    question, part?.Number, part?.Name, part?.Unit, total?.As("All") ?? new("", "All", 0, null, 0), Steps(question, rows), Of("region"), Of("segment"), Of("part", k => names[k]), Of("customer"),
                    total?.Unpriced ?? 0);
            }, ct);
    }

    /// <summary>What the filters offer: regions and segments that were ever sold to in the five years before today, at most fifty each.</summary>
    public Task<(IReadOnlyList<string> Regions, IReadOnlyList<string> Segments)> ChoicesAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var from = (await db.NowAsync(token)).AddDays(-MostDays);
                var found = await db.SalesHistory.Where(s => s.Time >= from).Select(s => new { s.Region, s.CustomerSegment }).Distinct().Take(2500).ToListAsync(token);
                IReadOnlyList<string> Named(IEnumerable<string> names) => [.. names.Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal).Take(50)];
                return (Named(found.Select(f => f.Region)), Named(found.Select(f => f.CustomerSegment)));
            }, ct);
    }

    /// <summary>One reading of the span's partitions, summed under all headings at once.</summary>
    internal static FormattableString Sql(SalesQuestion question)
    {
        var (from, to) = (IsoWeek.Start(question.From), IsoWeek.Start(question.To.AddDays(1)));
        var step = question.Step == SalesStep.Week ? "week" : "month";
        return $"""
            with rate as (
                select c.currency, m.month, (select r.rate from exchange_rates r where r.currency = c.currency and r.day < (m.month + interval '1 month')::date order by r.day desc limit 1) as rate
                from (select distinct currency from exchange_rates) c
                    cross join generate_series(date_trunc('month', {question.From}::date::timestamp), {question.To}::date::timestamp, interval '1 month') as m(month)),
            sold as (
                select date_trunc({step}, s.time at time zone 'UTC')::date as step, s.region, s.customer_segment as segment, s.customer, s.part_id, s.quantity,
                    s.total_value / case when s.currency = {CurrencyConversion.Base} then 1 else r.rate end as value
                from sales_history s left join rate r on r.currency = s.currency and r.month = date_trunc('month', s.time at time zone 'UTC')
                where s.time >= {from} and s.time < {to} and ({question.PartId}::uuid is null or s.part_id = {question.PartId}) and ({question.Region} = '' or s.region = {question.Region})
                    and ({question.Segment} = '' or s.customer_segment = {question.Segment}) and ({question.Customer} = '' or s.customer = {question.Customer})),
            sums as (
                select case grouping(step, region, segment, customer, part_id) when 15 then 'step' when 23 then 'region' when 27 then 'segment' when 29 then 'customer' when 30 then 'part' else 'all' end as kind,
                    coalesce(step::text, region, segment, customer, part_id::text, '') as key, sum(quantity) as quantity, sum(value) as value, count(*)::int as sales,
                    (count(*) filter (where value is null))::int as unpriced
                from sold group by grouping sets ((step), (region), (segment), (customer), (part_id), ())),
            placed as (
                select *, (row_number() over (partition by kind order by value desc nulls last, quantity desc, key))::int as place from sums)
            select kind as "Kind", key as "Key", quantity as "Quantity", value as "Value", sales as "Sales", unpriced as "Unpriced", place as "Place"
            from placed where sales > 0 and (kind = 'step' or place <= {Most})
            """;
    }

    private static IReadOnlyList<SalesSum> Steps(SalesQuestion question, List<Row> rows)
    {
        var known = rows.Where(r => r.Kind == "step").ToDictionary(r => DateOnly.ParseExact(r.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var steps = new List<SalesSum>();
        var at = question.Step == SalesStep.Week ? IsoWeek.Monday(question.From) : new DateOnly(question.From.Year, question.From.Month, 1);
        for (; at <= question.To; at = question.Step == SalesStep.Week ? at.AddDays(7) : at.AddMonths(1))
        {
            var text = question.Step == SalesStep.Week ? $"{IsoWeek.Label(at)} {ISOWeek.GetYear(at)}" : at.ToString("MMM yyyy", CultureInfo.InvariantCulture);
            steps.Add(known.TryGetValue(at, out var row) ? row.As(text) : new(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text, 0, 0, 0));
        }

        return steps;
    }

    private sealed class Row
    {
        public string Kind { get; set; } = "";

        public string Key { get; set; } = "";

        public decimal Quantity { get; set; }

        public decimal? Value { get; set; }

        public int Sales { get; set; }

        public int Unpriced { get; set; }

        public int Place { get; set; }

        public SalesSum As(string text) => new(Key, text, Quantity, Value is { } value ? decimal.Round(value, 2, MidpointRounding.AwayFromZero) : null, Sales);
    }
}

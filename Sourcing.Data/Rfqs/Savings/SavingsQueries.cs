using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Savings;

/// <summary>Sums up what awards that stand have saved against the baseline that was stored with them.</summary>
public sealed class SavingsQueries(Database database, CurrentUser user)
{
    /// <summary>The longest span, in days: five years.</summary>
    public const int MostDays = 1830;

    /// <summary>So many categories and suppliers are named; those with the most saved first.</summary>
    public const int Most = 12;

    /// <summary>Totals by month, buyer, category, supplier and baseline.</summary>
    public Task<SavingsOverview> OverviewAsync(SavingsQuestion question, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.OrdersRead);
        question.Demand();
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = await db.Database.SqlQuery<Row>(Sql(question)).ToListAsync(token);
                var names = await NamesAsync(db, rows, token);
                IReadOnlyList<SavingsSum> Of(string kind) => [.. rows.Where(r => r.Kind == kind).OrderBy(r => r.Place).Select(r => r.As(names.GetValueOrDefault(r.Key, "None")))];
                return new SavingsOverview(
                    question, rows.SingleOrDefault(r => r.Kind == "all")?.As("All") ?? new("", "All", 0, 0, 0, 0, 0), Months(question, rows), Of("buyer"), Of("category"), Of("supplier"),
                    [.. rows.Where(r => r.Kind == "baseline").OrderBy(r => r.Place).Select(r => r.As(char.ToUpperInvariant(r.Key[0]) + r.Key[1..].Replace('_', ' ')))]);
            }, ct);
    }

    // An award stands from the second person's word on, where there was one. Its own rate turns lines into the base currency.
    private static FormattableString Sql(SavingsQuestion question)
    {
        var (from, to) = (Start(question.From), Start(question.To.AddDays(1)));
        return $"""
            with awarded as (
                select d.id as decision, date_trunc('month', coalesce(d.approved_at, d.decided_at) at time zone 'UTC')::date as month, r.buyer_id::text as buyer,
                    coalesce(p.category_id, r.category_id)::text as category, q.supplier_id::text as supplier, d.baseline, a.quantity * a.compared_price * x.rate as paid,
                    a.quantity * a.baseline_price * x.rate as known
                from award_decisions d join awards a on a.decision_id = d.id join rfqs r on r.id = d.rfq_id join rfq_lines l on l.id = a.rfq_line_id left join parts p on p.id = l.part_id
                    join quote_lines ql on ql.id = a.quote_line_id join quotes q on q.id = ql.quote_id
                    cross join lateral (select case when d.total = 0 then 1 else d.total_in_base / d.total end as rate) x
                where d.status = 'decided' and coalesce(d.approved_at, d.decided_at) >= {from} and coalesce(d.approved_at, d.decided_at) < {to}),
            sums as (
                select case grouping(month, buyer, category, supplier, baseline) when 15 then 'month' when 23 then 'buyer' when 27 then 'category' when 29 then 'supplier' when 30 then 'baseline' else 'all' end as kind,
                    coalesce(month::text, buyer, category, supplier, baseline, '') as key, sum(paid) as paid, coalesce(sum(paid) filter (where known is not null), 0) as measured, coalesce(sum(known), 0) as known,
                    count(*)::int as lines, count(distinct decision)::int as awards
                from awarded group by grouping sets ((month), (buyer), (category), (supplier), (baseline), ())),
            placed as (select *, (row_number() over (partition by kind order by known - measured desc, paid desc, key))::int as place from sums)
            select kind as "Kind", key as "Key", paid as "Paid", measured as "Measured", known as "Known", lines as "Lines", awards as "Awards", place as "Place"
            from placed where lines > 0 and (kind in ('month', 'buyer', 'all', 'baseline') or place <= {Most})
            """;
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static async Task<Dictionary<string, string>> NamesAsync(SourcingDb db, List<Row> rows, CancellationToken ct)
    {
        List<Guid> Keys(string kind) => [.. rows.Where(r => r.Kind == kind && r.Key.Length > 0).Select(r => Guid.Parse(r.Key))];
        var (buyers, categories, suppliers) = (Keys("buyer"), Keys("category"), Keys("supplier"));
        var names = await db.People.Where(p => buyers.Contains(p.Id)).Select(p => new { p.Id, Name = p.FullName })
            .Concat(db.PartCategories.IgnoreQueryFilters().Where(c => categories.Contains(c.Id)).Select(c => new { c.Id, c.Name }))
            .Concat(db.Suppliers.IgnoreQueryFilters().Where(s => suppliers.Contains(s.Id)).Select(s => new { s.Id, s.Name })).ToListAsync(ct);
        return names.ToDictionary(n => n.Id.ToString(), n => n.Name);
    }

    private static IReadOnlyList<SavingsSum> Months(SavingsQuestion question, List<Row> rows)
    {
        var known = rows.Where(r => r.Kind == "month").ToDictionary(r => r.Key);
        var months = new List<SavingsSum>();
        for (var at = new DateOnly(question.From.Year, question.From.Month, 1); at <= question.To; at = at.AddMonths(1))
        {
            var (key, text) = (at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), at.ToString("MMM yyyy", CultureInfo.InvariantCulture));
            months.Add(known.TryGetValue(key, out var row) ? row.As(text) : new(key, text, 0, 0, 0, 0, 0));
        }

        return months;
    }

    private sealed class Row
    {
        public string Kind { get; set; } = "";

        public string Key { get; set; } = "";

        public decimal Paid { get; set; }

        public decimal Measured { get; set; }

        public decimal Known { get; set; }

        public int Lines { get; set; }

        public int Awards { get; set; }

        public int Place { get; set; }

        public SavingsSum As(string text) => new(Key, text, Cents(Paid), Cents(Measured), Cents(Known), Lines, Awards);

        private static decimal Cents(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);
    }
}

using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>
/// Demand by week, in one row a yarn or in one a style and yarn. Becomes weekly forecasts. Balances and totals are held against what
/// the row itself says, and not imported. Whose the quantities are is asked where the file does not show it.
/// </summary>
internal static class DemandKind
{
    // In a list of styles with their yarns: the quantities of a style's rows are all the same, and then the style's, or in proportion to
    // the shares, and then the yarns'.
    private const string Whose = """
        update {stage} s set whose = coalesce(s.quantities_of, case when s.made is null then 'part' when d.alike and not d.parts then 'made_part' when d.parts and not d.alike then 'part' end)
        from (
            select coalesce(bool_and(v.most - v.least <= greatest(0.5, v.most / 200)), false) as alike, coalesce(bool_and(v.highest - v.lowest <= v.highest / 20), false) as parts
            from (
                select r.made_id, max(r.sum) as most, min(r.sum) as least, max(r.sum / r.share) as highest, min(r.sum / r.share) as lowest
                from (
                    select s.row, s.made_id, s.share, (select sum(g.quantity) from jsonb_to_recordset(s.demand::jsonb) g (quantity numeric)) as sum
                    from {stage} s where {live} and s.made_id is not null and s.share > 0 and s.demand is not null
                ) r where r.sum > 0 group by 1 having count(*) > 1 and max(r.share) - min(r.share) > 0.02 * max(r.share)
            ) v
        ) d
        """;

    // The forecast of a week: of a yarn the sum over its styles, of a style the quantity of its first row.
    private static readonly string Weeks = $$"""
        select w.*, row_number() over (order by w.row, w.week) as key
        from (
            select min(c.row) as row, c.subject_id, c.origin, c.week, round(sum(c.quantity), 6) as quantity
            from (
                select s.row, s.subject_id, coalesce(s.source, 'prod_plan') as origin, date_trunc('week', coalesce(g.day, min(g.day) over (partition by s.row)))::date as week, g.quantity * s.factor as quantity
                from {stage} s cross join lateral {{PlanSql.Cells("demand")}}
                where s.state = 'o' and (s.whose = 'part' or not exists (select from {stage} f where f.state = 'o' and f.made_id = s.made_id and f.row < s.row))
            ) c where c.week is not null group by c.subject_id, c.origin, c.week
        ) w
        where w.quantity > 0 or exists (select from forecasts f where f.part_id = w.subject_id and f.source = w.origin and f.date = w.week and f.period = 'week' and f.deleted_at is null)
        """;

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        PlanSql.NoPart("part"), PlanSql.NoPart("made"), PlanSql.NoUnit(),
        new("unit", [],
            """
            select s.row, 'No conversion from ' || u.code || ' to ' || pu.code || ' for ' || p.number as message, 'Say on the part''s page how many ' || pu.code || ' one ' || u.code || ' is, then check again.' as hint, null::text as use
            from {stage} s join units u on u.id = s.unit_id join parts p on p.id = s.subject_id join units pu on pu.id = p.unit_id where {live} and s.factor is null
            """),
        new("made", ["made"], "select s.row, 'Whose quantities are they?' as message, 'The file does not show whether they are the style''s or the yarn''s. Say so under Match columns, beside “Quantities are of”.' as hint, null::text as use from {stage} s where {live} and s.own is null and s.whose is null"),
        new("share", ["made", "share"],
            """
            select s.row, 'Shares of ' || s.made || ' sum to ' || trim_scale(round(d.sum, 4)) as message, 'They should make 100 (or 1). They are a check only: confirm the row, or correct what is wrong.' as hint, null::text as use
            from {stage} s join (select s.made_id, min(s.row) as row, sum(s.share) as sum from {stage} s where {live} and s.made_id is not null group by 1) d on d.row = s.row
            where {live} and not s.confirmed and abs(d.sum - 100) > 0.1 and abs(d.sum - 1) > 0.001
            """, Unusual: true),
        new("total", ["total"],
            $$"""
            select s.row, 'The total is ' || trim_scale(s.total) || ', but the weeks sum to ' || trim_scale(d.sum) as message, 'The weeks are imported. Confirm them, or correct what is wrong.' as hint, trim_scale(d.sum)::text as use
            from {stage} s cross join lateral (select sum(g.quantity) as sum from {{PlanSql.Cells("demand")}}) d where {live} and not s.confirmed and abs(d.sum - s.total) > greatest(1, s.total / 1000)
            """, Unusual: true),
        new("balance", ["balance"],
            $$"""
            select s.row, 'The balance of ' || c.head || ' is ' || trim_scale(c.stated) || ', but the week before, receipts and demand make ' || trim_scale(c.expected) as message,
                'Balances are a check only. Confirm the row, or correct what is wrong.' as hint, null::text as use
            from {stage} s cross join lateral (
                select b.head, b.quantity as stated, lag(b.quantity) over (order by b.no) + coalesce(r.quantity, 0) - coalesce(d.quantity, 0) as expected, b.no
                from {{PlanSql.Cells("balance", "b")}} left join {{PlanSql.Cells("demand", "d")}} on d.day is not distinct from b.day and d.word = b.word
                left join jsonb_to_recordset(coalesce(s.receipts, '[]')::jsonb) r (no int, head text, day date, word text, quantity numeric) on r.day is not distinct from b.day and r.word = b.word
            ) c where {live} and not s.confirmed and abs(c.stated - c.expected) > greatest(1, abs(c.expected) / 1000) order by c.no
            """, Unusual: true),
        new("part", [],
            """
            select s.row, s.part || ' is also needed for ' || d.styles || ' that have demand of their own' as message, 'Their bills of materials bring its needs into the plan already: both would count twice. Confirm only if this is demand beside theirs.' as hint, null::text as use
            from {stage} s join (
                select b.component_part_id, left(string_agg(distinct p.number, ', '), 200) as styles
                from bom_lines b join parts p on p.id = b.parent_part_id
                where b.deleted_at is null and (exists (select from forecasts f where f.part_id = b.parent_part_id and f.deleted_at is null and f.date >= current_date - 7)
                    or exists (select from sales_order_lines o where o.part_id = b.parent_part_id and o.deleted_at is null and o.status in ('open', 'on_hold')))
                group by 1
            ) d on d.component_part_id = s.subject_id where {live} and not s.confirmed and s.whose = 'part'
            """, Unusual: true),
    ];

    public static readonly ImportKind Kind = new()
    {
        Key = "demand", Title = "Demand by week", Icon = "calendar_view_week", Permission = Permission.PlanningWrite, RowNoun = "rows",
        Text = "One row for each part, or for each style and its yarn, with a column for each week. Becomes weekly forecasts.",
        Fields =
        [
            new("part", "Part number", FieldType.Code, "yarn", "yarnid", "desc", "descno", "materialid", "material", "part", "sku") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true },
            new("made", "Made part", FieldType.Code, "style", "styleno", "styleid", "fstyle", "product") { MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true, Hint = "Where the part is needed for a style." },
            new("share", "Share", FieldType.Number, "percentage", "percent", "pct", "bompercentage") { Min = 0, Max = 100, Decimals = 6, Hint = "A check, and shows whose the quantities are." },
            new("demand", "Demand by week", FieldType.Periods, "demand", "need", "usage", "forecast", "") { Min = 0, Max = 1_000_000_000, Decimals = 6, Hint = "“Later” is kept in the week after the last, what is past due in the first." },
            new("receipts", "Receipts by week", FieldType.Periods, "receipts", "received", "receipt") { Decimals = 6, Hint = "For the check of the balance alone: import open orders for them." },
            new("balance", "Balance by week", FieldType.Periods, "balance", "available") { Decimals = 6, Hint = "A check only." },
            new("total", "Total", FieldType.Number, "sum", "totaldemand") { Decimals = 6, Hint = "A check only." },
            new("quantities_of", "Quantities are of", FieldType.Choice) { Choices = ["part", "made_part"], Hint = "The yarn or the style. Left empty: as the file shows." },
            new("source", "Source", FieldType.Choice, "forecastsource") { Choices = ForecastKind.Sources, Hint = "Left empty: prod plan." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Left empty: the part's own." },
        ],
        Derived = [.. PlanSql.UnitColumns, ("whose", "text"), ("subject_id", "uuid")],
        Prepare =
        [
            PlanSql.FindUnit(), "update {stage} s set whose = null where s.whose is not null", Whose, "update {stage} s set subject_id = case s.whose when 'part' then s.part_id when 'made_part' then s.made_id end", PlanSql.FindFactor("subject_id"),
        ],
        Notes =
        [
            $"select 'Weeks from ' || to_char(min(g.day), 'YYYY-MM-DD') || ' to ' || to_char(max(g.day), 'YYYY-MM-DD'), count(distinct g.head) from {{stage}} s cross join lateral {PlanSql.Cells("demand")} where {{live}} having count(g.day) > 0",
            "select case s.whose when 'part' then 'Quantities are read as those of the part (yarn)' else 'Quantities are read as those of the made part (style)' end, count(*) from {stage} s where {live} and s.whose is not null and s.made is not null group by s.whose",
        ],
        Checks = Checks,
        Targets =
        [
            new("forecasts", "forecast", "forecasts", Weeks, "", "left join forecasts t on t.part_id = x.subject_id and t.source = x.origin and t.date = x.week and t.period = 'week' and t.deleted_at is null",
                [
                    new("part_id", "x.subject_id", []), new("source", "x.origin", []), new("date", "x.week", []), new("period", "'week'", []), new("quantity", "x.quantity::numeric(18,6)", ["demand"]), new("confidence", "0.8", []),
                    new("revision", "coalesce(t.revision, 0) + 1", []) { Along = true }, new("import_run_id", "{run}", []) { Along = true },
                ]) { Key = "x.key", Needs = ["demand"] },
        ],
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("demand", "Yarn demand, receipts and balance by week", new()
        {
            Columns = new() { ["part"] = "Yarn", ["demand"] = Reading.PeriodHead.GroupName("Demand"), ["receipts"] = Reading.PeriodHead.GroupName("Receipts"), ["balance"] = Reading.PeriodHead.GroupName("Balance") },
        }),
        new("demand", "Styles and yarns by week", new() { Columns = new() { ["made"] = "Style", ["part"] = "Yarn", ["share"] = "Percentage", ["demand"] = Reading.PeriodHead.GroupName(""), ["total"] = "Total" } }),
    ];
}

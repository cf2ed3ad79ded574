using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Forecasts of several sources. They overlap and stay side by side: the plan blends them by weight.</summary>
internal static class ForecastKind
{
    /// <summary>The sources that a file may bring.</summary>
    public static readonly IReadOnlyList<string> Sources = ["prod_plan", "sales_history", "projection", "manual", "other"];

    public static readonly ImportKind Kind = new()
    {
        Key = "forecasts", Title = "Forecasts", Icon = "trending_up", Permission = Permission.PlanningWrite,
        Text = "One row for each quantity that a source expects of a part on a day or from it on. Sources may overlap.",
        Fields =
        [
            new("part", "Part number", FieldType.Code, "skuid", "sku", "style", "styleid", "part", "partno", "fstyle", "item") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true },
            new("quantity", "Quantity", FieldType.Number, "forecastqty", "forecastquantity", "qty", "forecast") { Required = true, Min = 0, Max = 100_000_000_000m, Decimals = 6 },
            new("day", "Date", FieldType.Date, "forecastdate", "day", "week", "month", "period") { Required = true, Hint = "The first day of what the quantity covers." },
            new("source", "Source", FieldType.Choice, "forecastsource", "origin") { Choices = Sources, Hint = "Left empty: other. Firm orders are no forecast: import them as sales orders." },
            new("span", "Covers", FieldType.Choice, "periodtype", "bucket") { Choices = ["day", "week", "month"], Hint = "How long a span one quantity is for. Left empty: the day itself." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Left empty: the part's own." },
            new("confidence", "Confidence", FieldType.Number, "confidencescore", "probability") { Min = 0, Max = 1, Hint = "0 to 1. Left empty: 0.8." },
        ],
        Derived = PlanSql.UnitColumns,
        Prepare = [PlanSql.FindUnit(), PlanSql.FindFactor()],
        Checks =
        [
            PlanSql.NoPart("part"), PlanSql.NoUnit(), PlanSql.NoFactor(),
            new("day", [],
                """
                select s.row, 'Same part, source and day as row ' || d.first as message, 'Keep one of the two: mend this row, or take it out.' as hint, null::text as use
                from {stage} s join (
                    select s.part_id, coalesce(s.source, 'other') as source, s.day, coalesce(s.span, 'day') as span, min(s.row) as first from {stage} s where {live} and s.part_id is not null and s.day is not null group by 1, 2, 3, 4 having count(*) > 1
                ) d on d.part_id = s.part_id and d.source = coalesce(s.source, 'other') and d.day = s.day and d.span = coalesce(s.span, 'day') and s.row > d.first where {live}
                """),
        ],
        Targets =
        [
            new("forecasts", "forecast", "forecasts", $"select s.*, coalesce(s.source, 'other') as origin, coalesce(s.span, 'day') as covers from {Good}", "",
                "left join forecasts t on t.part_id = x.part_id and t.source = x.origin and t.date = x.day and t.period = x.covers and t.deleted_at is null",
                [
                    new("part_id", "x.part_id", []), new("source", "x.origin", []), new("date", "x.day", []), new("period", "x.covers", []), new("quantity", "round(x.quantity * x.factor, 6)::numeric(18,6)", ["quantity"]),
                    new("confidence", "x.confidence::numeric(5,4)", ["confidence"], "0.8"), new("revision", "coalesce(t.revision, 0) + 1", []) { Along = true }, new("import_run_id", "{run}", []) { Along = true },
                ]),
        ],
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
        [new("forecasts", "SKU forecasts", new() { Columns = new() { ["part"] = "sku_id", ["quantity"] = "forecast_qty", ["day"] = "forecast_date", ["source"] = "source" }, OthersByName = true })];
}

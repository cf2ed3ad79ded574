using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>A part in the list of forecasts. Everything of the model is null where the newest round knows nothing of the part.</summary>
public sealed record ForecastRow
{
    /// <summary>The part.</summary>
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string Unit { get; init; } = "";

    /// <summary>A name of <see cref="DemandClass"/>, snake case.</summary>
    public string? DemandClass { get; init; }

    /// <summary>A name of <see cref="ForecastMethod"/>, snake case.</summary>
    public string? Method { get; init; }

    /// <summary>The model's mean of this week and the three after it, in the part's unit.</summary>
    public decimal? NextWeeks { get; init; }

    /// <summary>Share of the error in demand on hidden history.</summary>
    public decimal? Wape { get; init; }

    /// <summary>Above 0 too little was forecast.</summary>
    public decimal? Bias { get; init; }

    /// <summary>0 to 1.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>A planner's figure stands in place of the forecast in a week to come.</summary>
    public bool IsOverridden { get; init; }

    public decimal? Mase { get; init; }

    public decimal? TrackingSignal { get; init; }

    public int? Observations { get; init; }

    /// <summary>JSON array; read as <see cref="Recent"/>.</summary>
    public string? RecentJson
    {
        init => Recent = value is null ? [] : JsonSerializer.Deserialize<decimal[]>(value)!;
    }

    /// <summary>Sales of the last 26 closed weeks, oldest first.</summary>
    public IReadOnlyList<decimal> Recent { get; private init; } = [];

    /// <summary>Their sum, in the part's unit.</summary>
    public decimal Sold => Recent.Sum();
}

/// <summary>The list of forecasts: parts that the newest round forecast, and parts of which any source speaks.</summary>
public sealed class ForecastList(Database database, CurrentUser user, TimeProvider time) : ListSource<ForecastRow>(database, user)
{
    /// <summary>Weeks of <see cref="ForecastRow.Recent"/>.</summary>
    public const int RecentWeeks = 26;

    internal static readonly Choice[] Methods = [.. Enum.GetValues<ForecastMethod>().Select(m => new Choice(Words.Snake(m.ToString()), m.Words()))];
    internal static readonly Choice[] Classes = [.. Enum.GetValues<DemandClass>().Select(c => new Choice(Words.Snake(c.ToString()), Words.Spaced(c)))];

    private static readonly ListShape<ForecastRow> Columns = new ListShape<ForecastRow>("forecasts", "Forecasts", f => f.Id)
        .Add(f => f.Number, "Number", FieldKind.Code)
        .Add(f => f.Name, "Name", FieldKind.Text)
        .Add(f => f.DemandClass, "Demand", FieldKind.Choice, choices: Classes)
        .Add(f => f.Method, "Method", FieldKind.Choice, choices: Methods)
        .Add(f => f.Sold, "Sold, 26 weeks", FieldKind.Number, sortable: false, filterable: false, unit: f => f.Unit)
        .Add(f => f.NextWeeks, "Next 4 weeks", FieldKind.Number, unit: f => f.Unit)
        .Add(f => f.Wape, "WAPE", FieldKind.Percent)
        .Add(f => f.Bias, "Bias", FieldKind.Percent)
        .Add(f => f.Confidence, "Confidence", FieldKind.Percent)
        .Add(f => f.IsOverridden, "Override", FieldKind.Flag, sortable: false)
        .Add(f => f.Mase, "MASE", FieldKind.Number, hidden: true)
        .Add(f => f.TrackingSignal, "Tracking signal", FieldKind.Number, hidden: true)
        .Add(f => f.Observations, "Weeks of history", FieldKind.Number, hidden: true)
        .Add(f => f.Unit, "Unit", FieldKind.Text, sortable: false, hidden: true)
        .OrderedBy("number");

    /// <inheritdoc/>
    public override ListShape<ForecastRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <inheritdoc/>
    protected override IQueryable<ForecastRow> Rows(SourcingDb db, string search)
    {
        var monday = IsoWeek.Monday(time.GetUtcNow());
        var (end, past) = (monday.AddDays(28), monday.AddDays(-31));
        return from part in Found(db, search)
            join row in OfLastRound(db) on part.Id equals row.PartId into rows
            from f in rows.DefaultIfEmpty()
            where f != null || db.Forecasts.Any(x => x.PartId == part.Id && x.Date > past)
            select new ForecastRow
            {
                Id = part.Id, Number = part.Number, Name = part.Name, Unit = part.Unit.Code, DemandClass = f.DemandClass, Method = f.Method,
                NextWeeks = f == null ? null : db.SkuForecastPoints.Where(p => p.SkuForecastId == f.Id && p.Date >= monday && p.Date < end).Sum(p => (decimal?)p.Mean),
                Wape = (decimal?)f.Wape, Bias = (decimal?)f.Bias, Confidence = f.Confidence, Mase = (decimal?)f.Mase, TrackingSignal = (decimal?)f.TrackingSignal,
                Observations = f == null ? null : f.Observations,
                IsOverridden = db.Forecasts.Any(x => x.PartId == part.Id && x.Source == ForecastSource.Override && (x.Date >= monday || (x.Period == Engine.ForecastPeriod.Month && x.Date > past))),
                RecentJson = SourcingDb.RecentSalesOf(part.Id, monday, RecentWeeks),
            };
    }

    internal static IQueryable<Catalog.Part> Found(SourcingDb db, string search) => search.Length == 0 ? db.Parts
        : db.Database.SqlQuery<Catalog.SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_parts({search}, {Catalog.PartList.MostHits})")
            .Join(db.Parts, hit => hit.Id, part => part.Id, (hit, part) => part);

    internal static IQueryable<SkuForecast> OfLastRound(SourcingDb db) => db.SkuForecasts.Where(f =>
        f.ForecastCycleId == db.ForecastCycles.Where(c => c.FinishedAt != null).OrderByDescending(c => c.FinishedAt).ThenByDescending(c => c.Id).Select(c => c.Id).FirstOrDefault());
}

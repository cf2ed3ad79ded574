using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>How good a part's forecast is: on hidden history, and against what came.</summary>
public sealed record ForecastAccuracyRow
{
    /// <summary>The part.</summary>
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string DemandClass { get; init; } = "";

    public string Method { get; init; } = "";

    public int Observations { get; init; }

    /// <summary>Of the backtest: share of the error in demand.</summary>
    public decimal? Wape { get; init; }

    public decimal? Mase { get; init; }

    public decimal? Bias { get; init; }

    public decimal? TrackingSignal { get; init; }

    /// <summary>Closed weeks with a forecast made before their end, of the last 26.</summary>
    public int? Weeks { get; init; }

    /// <summary>Σ|actual − forecast| ÷ Σ actual of those weeks.</summary>
    public decimal? ActualError { get; init; }

    /// <summary>Σ(actual − forecast) ÷ Σ actual of those weeks.</summary>
    public decimal? ActualBias { get; init; }
}

/// <summary>Parts by how far their forecast is off, the worst first.</summary>
public sealed class ForecastAccuracyList(Database database, CurrentUser user, TimeProvider time) : ListSource<ForecastAccuracyRow>(database, user)
{
    private static readonly ListShape<ForecastAccuracyRow> Columns = new ListShape<ForecastAccuracyRow>("forecast-accuracy", "Forecast accuracy", f => f.Id)
        .Add(f => f.Number, "Number", FieldKind.Code)
        .Add(f => f.Name, "Name", FieldKind.Text)
        .Add(f => f.DemandClass, "Demand", FieldKind.Choice, choices: ForecastList.Classes)
        .Add(f => f.Method, "Method", FieldKind.Choice, choices: ForecastList.Methods)
        .Add(f => f.Observations, "History", FieldKind.Number, unit: _ => "weeks")
        .Add(f => f.Wape, "WAPE", FieldKind.Percent)
        .Add(f => f.Mase, "MASE", FieldKind.Number)
        .Add(f => f.Bias, "Bias", FieldKind.Percent)
        .Add(f => f.TrackingSignal, "Tracking signal", FieldKind.Number)
        .Add(f => f.Weeks, "Weeks measured", FieldKind.Number)
        .Add(f => f.ActualError, "Actual WAPE", FieldKind.Percent)
        .Add(f => f.ActualBias, "Actual bias", FieldKind.Percent)
        .OrderedBy("wape", descending: true);

    /// <inheritdoc/>
    public override ListShape<ForecastAccuracyRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <inheritdoc/>
    protected override IQueryable<ForecastAccuracyRow> Rows(SourcingDb db, string search)
    {
        var from = IsoWeek.Start(IsoWeek.Monday(time.GetUtcNow()).AddDays(-7 * AccuracyReading.Weeks));
        var met = db.DemandHistory.Where(d => d.Time >= from && d.Source == ForecastSource.Model && d.ActualVsForecast != null).GroupBy(d => d.PartId)
            .Select(g => new { PartId = g.Key, Weeks = g.Count(), Sum = g.Sum(d => d.Quantity), Error = g.Sum(d => Math.Abs(d.ActualVsForecast!.Value)), Bias = g.Sum(d => d.ActualVsForecast!.Value) });
        return from part in ForecastList.Found(db, search)
            join f in ForecastList.OfLastRound(db) on part.Id equals f.PartId
            join m in met on part.Id equals m.PartId into measured
            from m in measured.DefaultIfEmpty()
            select new ForecastAccuracyRow
            {
                Id = part.Id, Number = part.Number, Name = part.Name, DemandClass = f.DemandClass, Method = f.Method, Observations = f.Observations, Wape = (decimal?)f.Wape,
                Mase = (decimal?)f.Mase, Bias = (decimal?)f.Bias, TrackingSignal = (decimal?)f.TrackingSignal, Weeks = (int?)m.Weeks,
                ActualError = m.Sum > 0 ? m.Error / m.Sum : null, ActualBias = m.Sum > 0 ? m.Bias / m.Sum : null,
            };
    }
}

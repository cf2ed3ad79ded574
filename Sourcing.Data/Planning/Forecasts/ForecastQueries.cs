using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Reads forecasts.</summary>
public sealed class ForecastQueries(Database database, CurrentUser user)
{
    /// <summary>A part's history is shown so many closed weeks back.</summary>
    public const int HistoryWeeks = 156;

    /// <summary>At most so many weeks ahead.</summary>
    public const int MostWeeks = 52;

    /// <summary>How forecasting stands: the newest round, and the one under way.</summary>
    public Task<ForecastState> StateAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var last = await LastAsync(db, token);
                var job = await db.JobRuns.Where(j => j.Kind == ForecastWork.JobKind).OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id)
                    .Select(j => new
                    {
                        j.Id, j.SubjectId, j.Status, j.Progress, j.Message, j.StartedBy, j.CreatedAt, By = db.People.Where(p => p.Id == j.StartedBy).Select(p => p.FullName).FirstOrDefault(),
                        Number = db.ForecastCycles.Where(c => c.Id == j.SubjectId).Select(c => c.Number).FirstOrDefault(),
                    }).FirstOrDefaultAsync(token);
                var running = job is { SubjectId: { } cycleId, Status: JobStatus.Waiting or JobStatus.Running }
                    ? new RunningRound(
                        cycleId, job.Id, job.Number ?? "", job.Status == JobStatus.Waiting, job.Progress, job.Message, job.By ?? "somebody",
                        user.May(Permission.PlanningWrite) && (job.StartedBy == user.Id || user.May(Permission.OperationsRead)))
                    : null;
                var failed = job is { Status: JobStatus.Failed } && (last is null || last.StartedAt < job.CreatedAt) ? job.Message : null;
                return new ForecastState(last, running, failed);
            }, ct);
    }

    /// <summary>A part's forecast with its history, method, band, sources and blend.</summary>
    public Task<ForecastDetails> DetailsAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var part = await db.Parts.Where(p => p.Id == partId).Select(p => new { p.Number, p.Name, Unit = p.Unit.Code }).SingleOrDefaultAsync(token) ?? throw new MissingException("part");
                var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
                var plan = await db.PlanningParameters.AsNoTracking().SingleOrDefaultAsync(p => p.Scope == ParameterScope.Plan, token) ?? PlanningParameters.Defaults();
                var round = await LastAsync(db, token);
                var (model, points) = round is null ? (null, []) : await ModelAsync(db, round.Id, partId, token);
                return new ForecastDetails(
                    partId, part.Number, part.Name, part.Unit, round, model, await HistoryAsync(db, partId, today, token),
                    await WeeksAsync(db, partId, plan, today, points, token), await ActualsAsync(db, partId, today, token));
            }, ct);
    }

    /// <summary>How good the newest round's forecasts are by method and class, and how they met what came.</summary>
    public Task<AccuracySummary> AccuracyAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var round = await LastAsync(db, token);
                if (round is null)
                {
                    return new AccuracySummary(null, 0, null, null, null, [], [], []);
                }

                var groups = await AccuracyReading.GroupsAsync(db, round.Id, token);
                var all = groups.SingleOrDefault(g => g is { Method: null, Class: null });
                return new AccuracySummary(
                    round, all?.Measured ?? 0, all?.Wape, all?.Mase, all?.Bias, [.. groups.Where(g => g.Method is not null).Select(g => g.As(g.Method!))],
                    [.. groups.Where(g => g.Class is not null).Select(g => g.As(g.Class!))], await AccuracyReading.WeeksAsync(db, token));
            }, ct);
    }

    internal static Task<ForecastRoundView?> LastAsync(SourcingDb db, CancellationToken ct) =>
        db.ForecastCycles.Where(c => c.FinishedAt != null).OrderByDescending(c => c.FinishedAt).ThenByDescending(c => c.Id)
            .Select(c => new ForecastRoundView(
                c.Id, c.Number, c.Origin, c.Horizon, c.StartedAt, c.FinishedAt, db.People.Where(p => p.Id == c.StartedBy).Select(p => p.FullName).FirstOrDefault(), c.Parts, c.ShortHistories))
            .FirstOrDefaultAsync(ct);

    private static async Task<(ModelView? Model, IReadOnlyList<SkuForecastPoint> Points)> ModelAsync(SourcingDb db, Guid roundId, Guid partId, CancellationToken ct)
    {
        if (await db.SkuForecasts.AsNoTracking().SingleOrDefaultAsync(f => f.ForecastCycleId == roundId && f.PartId == partId, ct) is not { } row)
        {
            return (null, []);
        }

        var (candidates, finding) = ForecastPapers.Candidates(row.Candidates);
        var model = new ModelView
        {
            Method = ForecastPapers.MethodOf(row.Method), Class = (DemandClass)Words.FromSnake(typeof(DemandClass), row.DemandClass)!, Parameters = ForecastPapers.Parameters(row.Parameters),
            Observations = row.Observations, Mase = row.Mase, Rmsse = row.Rmsse, Wape = row.Wape, Bias = row.Bias, Pinball = row.Pinball, TrackingSignal = row.TrackingSignal, Rmse = row.Rmse,
            Confidence = row.Confidence, Candidates = candidates, Finding = finding, Outliers = ForecastPapers.Outliers(row.Outliers),
        };
        return (model, await db.SkuForecastPoints.AsNoTracking().Where(p => p.SkuForecastId == row.Id).OrderBy(p => p.Date).Take(520).ToListAsync(ct));
    }

    private static async Task<IReadOnlyList<WeekDemand>> HistoryAsync(SourcingDb db, Guid partId, DateOnly today, CancellationToken ct)
    {
        var monday = IsoWeek.Monday(today);
        var (from, to) = (IsoWeek.Start(monday.AddDays(-7 * HistoryWeeks)), IsoWeek.Start(monday));
        var sold = await db.Database.SqlQuery<SoldWeek>(
            $"""
            select date_trunc('week', time at time zone 'UTC')::date as "Week", greatest(sum(quantity), 0) as "Quantity"
            from sales_history where part_id = {partId} and time >= {from} and time < {to} group by 1
            """).ToDictionaryAsync(w => w.Week, w => w.Quantity, ct);
        if (sold.Count == 0)
        {
            return [];
        }

        var first = sold.Keys.Min();
        return [.. Enumerable.Range(0, (monday.DayNumber - first.DayNumber) / 7).Select(i => first.AddDays(7 * i)).Select(w => new WeekDemand(w, sold.GetValueOrDefault(w)))];
    }

    private static async Task<IReadOnlyList<ForecastWeek>> WeeksAsync(
        SourcingDb db, Guid partId, PlanningParameters plan, DateOnly today, IReadOnlyList<SkuForecastPoint> points, CancellationToken ct)
    {
        var monday = IsoWeek.Monday(today);
        var rows = await db.Forecasts.Where(f => f.PartId == partId && f.Date > monday.AddDays(-31)).OrderBy(f => f.Date).ThenBy(f => f.Id).Take(2000)
            .Select(f => new SourceRow(
                f.Id, f.Source, f.Date, f.Period, f.Quantity, f.Confidence, DateOnly.FromDateTime(f.UpdatedAt.UtcDateTime), f.Reason, f.Version, f.UpdatedAt)).ToListAsync(ct);
        var orders = await db.SalesOrderLines
            .Where(l => l.PartId == partId && (l.Status == SalesOrderStatus.Open || l.Status == SalesOrderStatus.OnHold) && l.Quantity > l.ShippedQuantity)
            .GroupBy(l => l.ShipOn).Select(g => new { ShipOn = g.Key, Quantity = g.Sum(l => l.Quantity - l.ShippedQuantity) }).ToListAsync(ct);
        var ordered = orders.GroupBy(o => o.ShipOn is { } day && day > monday ? IsoWeek.Monday(day) : monday).ToDictionary(g => g.Key, g => g.Sum(o => o.Quantity));
        var bands = points.ToDictionary(p => p.Date);
        var weeks = Math.Clamp(Math.Max(plan.Buckets, points.Count), 13, MostWeeks);
        return [.. SourceBlend.Of(rows, plan, today, weeks).Select(week => new ForecastWeek
        {
            Week = week.Week, Model = bands.GetValueOrDefault(week.Week) is { } p ? new(p.Date, p.Mean, p.P10, p.P50, p.P90) : null, Sources = week.Sources, Blend = week.Blend,
            Confidence = week.Confidence, Forecast = week.Forecast, IsOverridden = week.Covered > 0, Override = Own(rows, ForecastSource.Override, week.Week),
            Manual = Own(rows, ForecastSource.Manual, week.Week), Ordered = ordered.GetValueOrDefault(week.Week),
        })];
    }

    private static PlannersFigure? Own(List<SourceRow> rows, ForecastSource source, DateOnly week) =>
        rows.Find(r => r.Source == source && r.Period == Engine.ForecastPeriod.Week && r.Date == week) is { } row
            ? new(row.Id, row.Version, row.Quantity, row.Confidence, row.Reason, row.UpdatedAt) : null;

    private static async Task<IReadOnlyList<ActualWeek>> ActualsAsync(SourcingDb db, Guid partId, DateOnly today, CancellationToken ct)
    {
        var from = IsoWeek.Start(IsoWeek.Monday(today).AddDays(-7 * ForecastWriter.DemandWeeks));
        var rows = await db.DemandHistory.Where(d => d.PartId == partId && d.Source == ForecastSource.Model && d.Time >= from && d.ActualVsForecast != null)
            .OrderBy(d => d.Time).Take(ForecastWriter.DemandWeeks).Select(d => new { d.Time, d.Quantity, Error = d.ActualVsForecast!.Value }).ToListAsync(ct);
        return [.. rows.Select(r => new ActualWeek(DateOnly.FromDateTime(r.Time.UtcDateTime), r.Quantity, r.Quantity - r.Error))];
    }

    private sealed class SoldWeek
    {
        public DateOnly Week { get; set; }

        public decimal Quantity { get; set; }
    }
}

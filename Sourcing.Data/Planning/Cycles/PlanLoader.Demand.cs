using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Planning.Forecasts;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>What is expected, ordered by customers, and known of demand.</summary>
internal sealed partial class PlanLoader
{
    /// <summary>So old a round of forecasting is worth a word: the weekly one has failed to come.</summary>
    private const int OldRoundDays = 14;

    // The first day after a forecast's span.
    private const string SpanEnd = "(case period when 'day' then date + 1 when 'week' then date + 7 else (date + interval '1 month')::date end)";

    private async Task<List<PlanForecast>> ReadForecastsAsync(CancellationToken ct)
    {
        var forecasts = new List<PlanForecast>();
        await _sql.ReadAsync(
            $"select id, part_id, date, period, quantity, source, confidence, updated_at::date, reason from forecasts where deleted_at is null and {SpanEnd} > $1",
            r =>
            {
                var (id, source) = (r.GetGuid(0), string.Intern(r.GetString(5)));
                if (Find(r.GetGuid(1), "forecasts", id, $"A forecast ({source.Replace('_', ' ')})") is { } part)
                {
                    forecasts.Add(new()
                    {
                        MaterialId = part.Id, PeriodStart = r.Day(2), Period = r.GetString(3) switch { "day" => ForecastPeriod.Day, "week" => ForecastPeriod.Week, _ => ForecastPeriod.Month },
                        Quantity = r.GetDecimal(4), Source = source, Confidence = r.GetDecimal(6), MadeOn = r.Day(7), IsOverride = source == "override",
                        Reason = source == "override" ? r.GetString(8) : null, Id = id,
                    });
                }
            }, ct, _asOf);
        await _sql.ReadAsync(
            $"select part_id, source, max(date), (array_agg(id order by date desc))[1] from forecasts where deleted_at is null group by part_id, source having max({SpanEnd}) <= $1",
            r =>
            {
                if (_parts.TryGetValue(r.GetGuid(0), out var part))
                {
                    var source = r.GetString(1).Replace('_', ' ');
                    Report(PlanSeverity.Low, IssueCodes.ForecastStale, part.Id, "forecasts", r.GetGuid(3), part.Number,
                        $"The forecasts of {part.Number} from {source} end with {Text.Day(r.Day(2))}, which is past: nothing is expected from there any more.", "Bring in a newer forecast, or remove the old one.");
                }
            }, ct, _asOf);
        return forecasts;
    }

    private async Task<List<PlanFirmOrder>> ReadFirmOrdersAsync(CancellationToken ct)
    {
        var orders = new List<PlanFirmOrder>();
        await _sql.ReadAsync(
            """
            select id, part_id, quantity - shipped_quantity, ship_on, number, line_no, customer
            from sales_order_lines where deleted_at is null and status in ('open', 'on_hold') and quantity > shipped_quantity
            """,
            r =>
            {
                var (id, day, row) = (r.GetGuid(0), r.DayOrNull(3), $"{r.GetString(4)} line {r.GetInt32(5)}");
                if (Find(r.GetGuid(1), "sales_order_lines", id, row) is not { } part)
                {
                    return;
                }

                if (day is null)
                {
                    Report(PlanSeverity.Medium, IssueCodes.DateMissing, part.Id, "sales_order_lines", id, row, $"{row} has no day on which it ships; it counts as needed today.", "Enter the day on which it ships.");
                }
                else if (day < _asOf)
                {
                    Report(PlanSeverity.Medium, IssueCodes.DatePast, part.Id, "sales_order_lines", id, row, $"{row} should have shipped on {Text.Day(day.Value)}; what is open of it counts as needed today.", "Book what was shipped, or give the line a new day.");
                }

                orders.Add(new() { Id = id, MaterialId = part.Id, Quantity = r.GetDecimal(2), DueDate = day ?? _asOf, RefText = row, Customer = r.GetString(6) is { Length: > 0 } customer ? customer : null });
            }, ct);
        return orders;
    }

    /// <summary>The newest finished round of forecasting, and its mean and deviation of demand per period.</summary>
    private async Task<LoadedRound?> ReadRoundAsync(CancellationToken ct)
    {
        LoadedRound? round = null;
        await _sql.ReadAsync(
            "select id, number, (finished_at at time zone 'UTC')::date from forecast_cycles where finished_at is not null order by finished_at desc, id desc limit 1",
            r => round = new(r.GetGuid(0), r.GetString(1), r.Day(2)), ct);
        if (round is null)
        {
            return null;
        }

        await _sql.ReadAsync(
            """
            select f.part_id, c.period, avg(p.mean), f.rmse
            from forecast_cycles c join sku_forecasts f on f.forecast_cycle_id = c.id join sku_forecast_points p on p.sku_forecast_id = f.id
            where c.id = $1 group by f.id, f.part_id, c.period, f.rmse
            """,
            r =>
            {
                if (_parts.TryGetValue(r.GetGuid(0), out var part))
                {
                    var days = r.GetString(1) switch { "day" => 1, "week" => 7, _ => 30 };
                    part.Demand = new(days, Six(r.GetDecimal(2)), r.DoubleOrNull(3));
                }
            }, ct, round.Id);
        if (round.AgeOn(_asOf) >= OldRoundDays)
        {
            Report(PlanSeverity.Low, IssueCodes.RoundOld, null, "forecast_cycles", round.Id, round.Number,
                $"The newest round of forecasting, {round.Number}, was made on {Text.Day(round.MadeOn)}, {round.AgeOn(_asOf)} days before this plan: what was sold since is in no forecast of it.",
                "Start a round of forecasting, and see under Jobs why the weekly one did not.");
        }

        return round;
    }

    /// <summary>
    /// Tells the variation of what no round has forecast from what was sold by week, and through bills of materials of what it goes into. Read only
    /// where a safety stock asks for it.
    /// </summary>
    private async Task<PlanInput> WithHistoryAsync(PlanInput input, CancellationToken ct)
    {
        if (!input.Materials.Any(NeedHistory.IsAsked))
        {
            return input;
        }

        var end = IsoWeek.Monday(_asOf);
        var (start, sold) = (end.AddDays(-7 * NeedHistory.MostWeeks), new Dictionary<Guid, double[]>());
        await _sql.ReadAsync(ForecastInput.SalesByWeek, r =>
        {
            if (_parts.ContainsKey(r.GetGuid(0)))
            {
                if (!sold.TryGetValue(r.GetGuid(0), out var weeks))
                {
                    sold[r.GetGuid(0)] = weeks = new double[NeedHistory.MostWeeks];
                }

                weeks[(r.Day(1).DayNumber - start.DayNumber) / 7] = (double)r.GetDecimal(2);
            }
        }, ct, IsoWeek.Start(start), IsoWeek.Start(end));
        return sold.Count == 0 ? input : await Task.Run(() => NeedHistory.Into(input, sold), ct);
    }
}

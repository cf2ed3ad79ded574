using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>Takes apart the figures of a run: what each of them is the sum of. Pure; nothing is reckoned anew.</summary>
public static class PlanExplanation
{
    /// <summary>What a figure is made of; null where the run does not have the material or bucket.</summary>
    public static FigureParts? Of(PlanResult result, Guid materialId, PlanFigure figure, int bucket)
    {
        if (result.RowOf(materialId) is not { IsSkipped: false } row || bucket < 0 || bucket >= result.Buckets.Count)
        {
            return null;
        }

        var series = row.Series();
        return figure switch
        {
            PlanFigure.Gross => new(figure, bucket, series.Gross[bucket], Needs(result, row, series, bucket)) { Voices = series.Forecast[bucket] > 0 ? Voices(result, materialId, bucket) : [] },
            PlanFigure.Scheduled => new(figure, bucket, series.Receipts[bucket], Receipts(result, row, bucket)),
            PlanFigure.WithoutPlan => new(figure, bucket, series.WithoutPlan[bucket], Stock(result, row, series, bucket, planned: false)) { Safety = row.Safety },
            PlanFigure.WithPlan => new(figure, bucket, series.WithPlan[bucket], Stock(result, row, series, bucket, planned: true)) { Safety = row.Safety },
            PlanFigure.PlannedReceipt => Orders(result, row, figure, bucket, series.PlannedReceipts[bucket], o => o.Bucket == bucket),
            PlanFigure.OrderToPlace => Orders(result, row, figure, bucket, series.PlannedReleases[bucket], o => BucketOf(result, o.ReleaseDate) == bucket),
            _ => new(figure, bucket, series.CoverDays[bucket], Cover(result, series, bucket)),
        };
    }

    /// <summary>What the run knows of a material beside its table; null where it does not have it.</summary>
    public static MaterialExplained? Material(PlanResult result, Guid materialId)
    {
        if (result.RowOf(materialId) is not { IsSkipped: false } row)
        {
            return null;
        }

        var series = row.Series();
        var (sigma, guessed) = LeadTimeSigma(result, row);
        return new(
            row.LeadTimeDays, sigma, guessed, row.OpeningStock, row.ReorderPoint, row.Safety, row.Confidence, result.Input.Settings.Currency, row.Material.IsMade,
            [.. result.Buckets.Select(b => new PlanSource(b.Index, b.Label, b.Start, series.FirmOrders[b.Index], series.Forecast[b.Index], series.Dependent[b.Index], series.Reservations[b.Index]))]);
    }

    // A reviewer's safety stock asks for no deviation; the supplier's is known all the same.
    private static (double Sigma, bool Guessed) LeadTimeSigma(PlanResult result, PlanRow row)
    {
        if (row.Safety.SigmaLeadTimeDays > 0 || row.Material.IsMade)
        {
            return (row.Material.IsMade ? row.Material.MadeLeadTimeSigma ?? 0 : row.Safety.SigmaLeadTimeDays, row.Safety.IsHeuristic);
        }

        var offer = result.Input.Offers.Where(o => o.MaterialId == row.Material.Id && o.LeadTimeDays == row.LeadTimeDays && o.IsActive).MinBy(o => o.SupplierId);
        return offer is null ? (0, false) : offer.LeadTimeSigma is { } sigma ? (sigma, false) : ((double)(1 - offer.Reliability) * offer.LeadTimeDays, true);
    }

    /// <summary>The bucket of a day; 0 for all that is past.</summary>
    public static int BucketOf(PlanResult result, DateOnly day)
    {
        var bucket = 0;
        while (bucket + 1 < result.Buckets.Count && result.Buckets[bucket + 1].Start <= day)
        {
            bucket++;
        }

        return bucket;
    }

    private static List<FigureLine> Needs(PlanResult result, PlanRow row, PlanSeries series, int bucket)
    {
        var lines = new List<FigureLine>();
        foreach (var need in result.Pegging.DemandsOf(row.Material.Id).Where(d => BucketOf(result, d.Date) == bucket))
        {
            switch (need.Target)
            {
                case PegTarget.FirmOrder:
                    lines.Add(new(FigureSource.FirmOrder, need.Quantity, need.Text ?? "Sales order", need.Customer, need.Date));
                    break;
                case PegTarget.Reservation:
                    lines.Add(new(FigureSource.Reservation, need.Quantity, need.Text ?? "Reservation", null, need.Date));
                    break;
                case PegTarget.Forecast:
                    lines.Add(new(FigureSource.Forecast, need.Quantity, "Forecast", null, need.Date) { Confidence = row.Confidence });
                    break;
                case PegTarget.Dependent when need.ParentOrder is { } place:
                    var parent = result.Orders[place];
                    lines.Add(new(FigureSource.Dependent, need.Quantity, parent.Material.Name, parent.Material.Number, need.Date)
                    {
                        PartId = parent.Material.Id, ParentQuantity = parent.Quantity, ParentUnit = parent.Material.Unit,
                    });
                    break;
                case PegTarget.Dependent:
                    lines.Add(new(FigureSource.Dependent, need.Quantity, need.Text ?? "Open production order", null, need.Date));
                    break;
            }
        }

        return [.. lines.OrderBy(l => l.Source).ThenByDescending(l => l.Quantity).ThenBy(l => l.Text, StringComparer.Ordinal)];
    }

    // What every source says of the bucket, before it is blended and consumed.
    private static List<ForecastVoice> Voices(PlanResult result, Guid materialId, int bucket)
    {
        var (start, end) = (result.Buckets[bucket].Start, result.Buckets[bucket].End ?? DateOnly.MaxValue);
        var monday = bucket == 0 && result.Input.Settings.Bucket == BucketSize.Week ? start.AddDays(-(start.DayNumber % 7)) : start;
        return
        [
            .. result.Input.Forecasts.Where(f => f.MaterialId == materialId && f.PeriodStart <= end && LastDay(f) >= monday)
                .Select(f => new ForecastVoice(f.Source, f.Quantity, f.Confidence, f.PeriodStart, f.Period, f.IsOverride, f.Reason))
                .OrderByDescending(f => f.IsOverride).ThenBy(f => f.PeriodStart).ThenBy(f => f.Source, StringComparer.Ordinal).Take(40),
        ];
    }

    private static DateOnly LastDay(PlanForecast forecast) => forecast.Period switch
    {
        ForecastPeriod.Day => forecast.PeriodStart,
        ForecastPeriod.Week => forecast.PeriodStart.AddDays(6 - (forecast.PeriodStart.DayNumber % 7)),
        _ => new DateOnly(forecast.PeriodStart.Year, forecast.PeriodStart.Month, DateTime.DaysInMonth(forecast.PeriodStart.Year, forecast.PeriodStart.Month)),
    };

    private static List<FigureLine> Receipts(PlanResult result, PlanRow row, int bucket)
    {
        var (asOf, settings) = (result.Input.AsOf, result.Input.Settings);
        return
        [
            .. result.Input.Receipts
                .Where(r => r.MaterialId == row.Material.Id && BucketOf(result, r.Date) == bucket && (r.Date >= asOf || settings.PastDueReceipts == PastDuePolicy.FirstBucket))
                .OrderBy(r => r.Date).ThenBy(r => r.RefText, StringComparer.Ordinal).ThenBy(r => r.Id)
                .Select(r => new FigureLine(FigureSource.Receipt, r.Quantity, r.RefText.Length > 0 ? r.RefText : "Open receipt", r.SupplierName, r.Date)
                {
                    OrderId = r.Kind == PlanReceiptKind.PurchaseOrder ? r.Id : null, RecommendationId = r.Kind == PlanReceiptKind.Accepted ? r.Id : null, IsPastDue = r.Date < asOf,
                }),
        ];
    }

    private static List<FigureLine> Stock(PlanResult result, PlanRow row, PlanSeries series, int bucket, bool planned)
    {
        var stock = planned ? series.WithPlan : series.WithoutPlan;
        var lines = new List<FigureLine>
        {
            bucket == 0
                ? new(FigureSource.Opening, row.OpeningStock, "Usable on hand", null, result.Input.AsOf)
                : new(FigureSource.Before, stock[bucket - 1], $"Stock at the end of {result.Buckets[bucket - 1].Label}"),
        };
        lines.AddRange(Receipts(result, row, bucket));
        if (planned)
        {
            lines.AddRange(OrdersOf(result, row).Where(o => o.Bucket == bucket)
                .Select(o => new FigureLine(FigureSource.PlannedOrder, o.Quantity, o.Kind == PlannedOrderKind.Make ? "Make" : o.SupplierName ?? "Planned order", null, o.NeedDate)));
        }

        lines.AddRange(Needs(result, row, series, bucket).Select(l => l with { Quantity = -l.Quantity }));
        return lines;
    }

    // The closing stock, and the needs after it that it still meets.
    private static List<FigureLine> Cover(PlanResult result, PlanSeries series, int bucket)
    {
        var left = series.WithPlan[bucket];
        var lines = new List<FigureLine> { new(FigureSource.Before, left, $"Stock with plan at the end of {result.Buckets[bucket].Label}") };
        for (var b = bucket + 1; b < result.Buckets.Count && left > 0; b++)
        {
            if (series.Gross[b] > 0)
            {
                lines.Add(new(FigureSource.Needs, -series.Gross[b], $"Need in {result.Buckets[b].Label}", null, result.Buckets[b].Start));
                left -= series.Gross[b];
            }
        }

        return lines;
    }

    private static FigureParts Orders(PlanResult result, PlanRow row, PlanFigure figure, int bucket, decimal total, Func<PlannedOrder, bool> wanted)
    {
        var orders = OrdersOf(result, row).Where(wanted).ToList();
        return new(figure, bucket, total, [.. orders.Select(o => new FigureLine(
            FigureSource.PlannedOrder, o.Quantity, o.Kind == PlannedOrderKind.Make ? "Make" : o.SupplierName ?? "Nobody can supply it", null, figure == PlanFigure.OrderToPlace ? o.ReleaseDate : o.NeedDate))])
        {
            Orders = [.. orders.Select(o => new FigureOrder(o, Pegs(result, o)))],
        };
    }

    private static List<FigurePeg> Pegs(PlanResult result, PlannedOrder order) =>
    [
        .. result.Pegging.PartsOf(order.Index).Select(p => p.ParentOrder is { } parent && result.Orders[parent] is var made
            ? new FigurePeg(p.Target, p.Quantity, p.Date, made.Material.Name, made.Material.Number, made.Material.Id)
            : new FigurePeg(p.Target, p.Quantity, p.Date, p.Text, p.Customer, null)),
    ];

    internal static IEnumerable<PlannedOrder> OrdersOf(PlanResult result, PlanRow row)
    {
        var (offset, length) = row.Orders.GetOffsetAndLength(result.Orders.Count);
        for (var i = 0; i < length; i++)
        {
            yield return result.Orders[offset + i];
        }
    }
}

using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>Turns the stored rows of a material, which leave out buckets without events, into the whole time-phased table.</summary>
public static class PhasedPlan
{
    /// <summary>Every bucket in order of time.</summary>
    /// <param name="asOf">The plan's today.</param>
    /// <param name="horizon">Buckets before the open one called later.</param>
    /// <param name="rows">Of one material and cycle, in any order; none gives none.</param>
    public static IReadOnlyList<PhasedBucket> Fill(DateOnly asOf, BucketSize size, int horizon, IReadOnlyList<PlannedRequirement> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var known = rows.ToDictionary(r => (int)r.Bucket);
        var first = rows.MinBy(r => r.Bucket)!;
        var later = Math.Max(Math.Max(1, horizon), known.Keys.Max());
        var calendar = new PlanCalendar(asOf, size, later);
        // Before the first event there is what that event found.
        var opening = first.ProjectedWithoutPlan + first.Gross - first.Scheduled;
        var (without, with, safety) = (opening, opening, first.SafetyStock);
        var buckets = new PhasedBucket[later + 1];
        for (var b = 0; b <= later; b++)
        {
            var row = known.GetValueOrDefault(b);
            (without, with, safety) = row is null ? (without, with, safety) : (row.ProjectedWithoutPlan, row.Projected, row.SafetyStock);
            buckets[b] = new(
                b, calendar.NeedDate(b), calendar.Label(b), b == later, row?.Gross ?? 0, row?.Scheduled ?? 0, without, row?.Net ?? 0,
                row?.PlannedReceipt ?? 0, row?.PlannedRelease ?? 0, with, safety, null);
        }

        var cover = Cover(buckets);
        return [.. buckets.Select((b, i) => b with { CoverDays = cover[i] })];
    }

    /// <summary>The same out of a run, for plans whose rows are not stored; none where it does not have the material.</summary>
    public static IReadOnlyList<PhasedBucket> Of(PlanResult result, Guid materialId)
    {
        if (result.RowOf(materialId) is not { IsSkipped: false } row)
        {
            return [];
        }

        var s = row.Series();
        return
        [
            .. result.Buckets.Select(b => new PhasedBucket(
                b.Index, b.Start, b.Label, b.Index == result.Buckets.Count - 1, s.Gross[b.Index], s.Receipts[b.Index], s.WithoutPlan[b.Index], s.Net[b.Index], s.PlannedReceipts[b.Index],
                s.PlannedReleases[b.Index], s.WithPlan[b.Index], row.Safety.Quantity, s.CoverDays[b.Index])),
        ];
    }

    /// <summary>Days until stock and open receipts run out without the plan, from the first bucket's start; needs are taken by bucket. Null where they last.</summary>
    public static int? CoverDays(IReadOnlyList<PhasedBucket> buckets) =>
        buckets.FirstOrDefault(b => b.WithoutPlan < 0) is { } empty ? empty.Start.DayNumber - buckets[0].Start.DayNumber : null;

    // As the engine reckons it: the closing stock against the needs that follow, evenly within a bucket.
    private static int?[] Cover(PhasedBucket[] buckets)
    {
        var cover = new int?[buckets.Length];
        for (var b = 0; b < buckets.Length - 1; b++)
        {
            var left = Math.Max(0, buckets[b].WithPlan);
            for (var later = b + 1; later < buckets.Length; later++)
            {
                if (buckets[later].Gross > left)
                {
                    var length = later == buckets.Length - 1 ? 0 : buckets[later + 1].Start.DayNumber - buckets[later].Start.DayNumber;
                    cover[b] = buckets[later].Start.DayNumber - buckets[b + 1].Start.DayNumber + (int)(left * length / buckets[later].Gross);
                    break;
                }

                left -= buckets[later].Gross;
            }
        }

        return cover;
    }
}

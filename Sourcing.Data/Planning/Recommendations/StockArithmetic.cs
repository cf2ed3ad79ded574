using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>What another quantity or day does to the stock that the plan projects. Pure arithmetic over the rows of one part.</summary>
internal static class StockArithmetic
{
    /// <summary>
    /// The stock at the end of the bucket of the need: as planned, less the recommended quantity, plus the quantity typed where it comes by the end
    /// of that bucket. Null where the bucket has no row.
    /// </summary>
    /// <param name="rows">Of one part and cycle, in any order; buckets without needs may be missing.</param>
    public static StockConsequence? Of(IReadOnlyList<PlannedRequirement> rows, BucketSize size, DateOnly needBucket, decimal recommended, decimal quantity, DateOnly needBy)
    {
        // The current week begins today, and is known by its Monday.
        var end = End(needBucket, size);
        var row = rows.Where(r => r.BucketStart >= needBucket && r.BucketStart <= end).MinBy(r => r.Bucket);
        if (row is null)
        {
            return null;
        }

        var after = row.Projected - recommended + (needBy <= end ? quantity : 0);
        return new(row.BucketStart, row.Projected, after, row.SafetyStock, Cover(rows, size, end, after));
    }

    /// <summary>The last day of a bucket: its only day, or the Sunday of its week.</summary>
    public static DateOnly End(DateOnly start, BucketSize size) => size == BucketSize.Day ? start : start.AddDays((7 - (int)start.DayOfWeek) % 7);

    // Whole days from the day after the bucket until the needs of later buckets, each spread evenly over its days, have used it up.
    private static int? Cover(IReadOnlyList<PlannedRequirement> rows, BucketSize size, DateOnly end, decimal stock)
    {
        if (stock <= 0)
        {
            return 0;
        }

        foreach (var row in rows.Where(r => r.BucketStart > end && r.Gross > 0).OrderBy(r => r.BucketStart))
        {
            if (row.Gross > stock)
            {
                var length = End(row.BucketStart, size).DayNumber - row.BucketStart.DayNumber + 1;
                return row.BucketStart.DayNumber - end.DayNumber - 1 + (int)(length * stock / row.Gross);
            }

            stock -= row.Gross;
        }

        return null;
    }
}

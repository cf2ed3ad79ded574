using System.Globalization;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>How long a bucket is.</summary>
public enum BucketSize
{
    Day,

    /// <summary>An ISO 8601 week, Monday to Sunday.</summary>
    Week,
}

/// <summary>Which days a lead time counts.</summary>
public enum LeadTimeDays
{
    Calendar,

    /// <summary>Monday to Friday without holidays.</summary>
    Working,
}

/// <summary>
/// The time axis of a plan. Bucket 0 holds all that is past due and the current day or week; the last bucket is open and holds all that comes later.
/// Lead times are taken from dates, never from buckets.
/// </summary>
public sealed class PlanCalendar
{
    /// <summary>Buckets in a year of 365 days.</summary>
    public const decimal DaysPerYear = 365m, WeeksPerYear = 365m / 7m;

    private readonly WorkingDays _workingDays;
    private readonly int _origin;
    private readonly LeadTimeDays _leadTimeDays;

    /// <summary>A calendar from a day on.</summary>
    /// <param name="asOf">The plan's today.</param>
    /// <param name="size">Days or weeks.</param>
    /// <param name="dated">How many buckets have an end, the current one among them; 1 or more. One open bucket follows.</param>
    /// <param name="leadTimeDays">Which days lead times count.</param>
    /// <param name="holidays">Weekdays on which no work is done.</param>
    public PlanCalendar(DateOnly asOf, BucketSize size, int dated, LeadTimeDays leadTimeDays = LeadTimeDays.Calendar, ReadOnlySpan<DateOnly> holidays = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dated, 1);
        (AsOf, Size, Count, _leadTimeDays) = (asOf, size, dated + 1, leadTimeDays);
        _workingDays = new WorkingDays(holidays);
        _origin = size == BucketSize.Day ? asOf.DayNumber : asOf.DayNumber - (asOf.DayNumber % 7);
    }

    /// <summary>The plan's today.</summary>
    public DateOnly AsOf { get; }

    public BucketSize Size { get; }

    /// <summary>All buckets, the open one among them.</summary>
    public int Count { get; }

    /// <summary>The open bucket, which comes last.</summary>
    public int Later => Count - 1;

    /// <summary>1 or 7.</summary>
    public int DaysPerBucket => Size == BucketSize.Day ? 1 : 7;

    /// <summary>What turns a mean per bucket into a year's demand.</summary>
    public decimal BucketsPerYear => Size == BucketSize.Day ? DaysPerYear : WeeksPerYear;

    /// <summary>The bucket of a day; 0 for all that is past.</summary>
    public int BucketOf(DateOnly day) => Math.Clamp((day.DayNumber - _origin) / DaysPerBucket, 0, Later);

    /// <summary>The first day of a bucket; of the current week its Monday, though that may be past.</summary>
    public DateOnly Start(int bucket) => DateOnly.FromDayNumber(_origin + (bucket * DaysPerBucket));

    /// <summary>The day on which a need of this bucket falls due: its first, or today where that is past.</summary>
    public DateOnly NeedDate(int bucket) => bucket == 0 ? AsOf : Start(bucket);

    /// <summary>As in a table's head: W47, 17 Nov, Later.</summary>
    public string Label(int bucket) => bucket == Later ? "Later"
        : Size == BucketSize.Week ? string.Create(CultureInfo.InvariantCulture, $"W{ISOWeek.GetWeekOfYear(Start(bucket)):00}")
        : Start(bucket).ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>How many buckets lie within so many days: those whose first day is no farther than that from this bucket's.</summary>
    public int BucketsWithin(int days) => Math.Max(0, days) / DaysPerBucket;

    /// <summary>When to order what is needed on a day: the lead time before it.</summary>
    /// <param name="leadTime">Days of the kind this calendar counts; 0 or more.</param>
    public DateOnly Release(DateOnly need, int leadTime) =>
        _leadTimeDays == LeadTimeDays.Working ? _workingDays.Subtract(need, leadTime) : need.AddDays(-leadTime);

    /// <summary>When it arrives if ordered on a day: the lead time after it.</summary>
    /// <param name="leadTime">Days of the kind this calendar counts; 0 or more.</param>
    public DateOnly Arrival(DateOnly release, int leadTime) =>
        _leadTimeDays == LeadTimeDays.Working ? _workingDays.Add(release, leadTime) : release.AddDays(leadTime);

    /// <summary>
    /// Spreads a month's quantity evenly over its working days and adds it to the buckets they fall into; in a month without any, over all its days.
    /// What falls on days before today is not added but returned, since whether the past still counts is for the caller to say. The parts and what
    /// is returned make up the quantity exactly; parts are rounded to six decimals.
    /// </summary>
    /// <param name="into">One sum a bucket.</param>
    /// <returns>The share of days that are past.</returns>
    public decimal SpreadMonth(int year, int month, decimal quantity, Span<decimal> into) =>
        Spread(new DateOnly(year, month, 1), new DateOnly(year, month, DateTime.DaysInMonth(year, month)), quantity, into);

    /// <summary>The same for any run of days, both ends counted. Refuses an end before its beginning.</summary>
    /// <inheritdoc cref="SpreadMonth"/>
    public decimal Spread(DateOnly first, DateOnly last, decimal quantity, Span<decimal> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var working = _workingDays.Count(first, last);
        var days = working > 0 ? working : last.DayNumber - first.DayNumber + 1;
        var given = first < AsOf ? Share(AsOf.DayNumber - 1) : 0;
        var past = given;
        if (last < AsOf)
        {
            return past;
        }

        for (var bucket = BucketOf(first); bucket <= BucketOf(last); bucket++)
        {
            var upTo = Share(bucket == Later ? last.DayNumber : Start(bucket + 1).DayNumber - 1);
            into[bucket] += upTo - given;
            given = upTo;
        }

        return past;

        // Cumulative shares are rounded, not the parts: so the parts sum up without a remainder.
        decimal Share(int end)
        {
            var until = DateOnly.FromDayNumber(Math.Min(end, last.DayNumber));
            var passed = working > 0 ? _workingDays.Count(first, until) : until.DayNumber - first.DayNumber + 1;
            return passed >= days ? quantity : decimal.Round(quantity * passed / days, Figures.QuantityDecimals);
        }
    }
}

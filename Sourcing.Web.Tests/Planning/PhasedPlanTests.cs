using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning;

/// <summary>The stored rows leave out what does not happen; the table shows it all.</summary>
public sealed class PhasedPlanTests
{
    private static readonly DateOnly Friday = new(2026, 11, 20);

    [Fact]
    public void A_bucket_without_events_keeps_the_stock_of_the_one_before()
    {
        var buckets = PhasedPlan.Fill(Friday, BucketSize.Week, 4, [Row(1, gross: 100, without: 400, with: 400), Row(3, gross: 300, without: 100, with: 250, planned: 150)]);
        Assert.Equal(["W47", "W48", "W49", "W50", "Later"], buckets.Select(b => b.Label));
        // Before the first need there were 400 + 100.
        Assert.Equal([500, 400, 400, 100, 100], buckets.Select(b => b.WithoutPlan));
        Assert.Equal([500, 400, 400, 250, 250], buckets.Select(b => b.WithPlan));
        Assert.Equal([0, 100, 0, 300, 0], buckets.Select(b => b.Gross));
        Assert.Equal([50, 50, 50, 50, 50], buckets.Select(b => b.SafetyStock));
    }

    [Fact]
    public void The_first_bucket_starts_today_and_the_next_on_monday()
    {
        var buckets = PhasedPlan.Fill(Friday, BucketSize.Week, 3, [Row(0, gross: 0, without: 10, with: 10)]);
        Assert.Equal([Friday, new(2026, 11, 23), new(2026, 11, 30), new(2026, 12, 7)], buckets.Select(b => b.Start));
        Assert.True(buckets[^1].IsLater);
    }

    [Fact]
    public void Days_are_named_by_their_date()
    {
        var buckets = PhasedPlan.Fill(Friday, BucketSize.Day, 2, [Row(0, gross: 0, without: 10, with: 10)]);
        Assert.Equal(["20 Nov", "21 Nov", "Later"], buckets.Select(b => b.Label));
    }

    [Fact]
    public void Cover_counts_days_evenly_within_the_week_that_empties_the_stock()
    {
        var buckets = PhasedPlan.Fill(Friday, BucketSize.Week, 4,
            [Row(0, gross: 0, without: 250, with: 250), Row(1, gross: 100, without: 150, with: 150), Row(2, gross: 100, without: 50, with: 50), Row(3, gross: 70, without: -20, with: 80, planned: 100)]);
        // 250 meets 100 and 100, then 50 of 70: 14 days and 5 of 7.
        Assert.Equal(19, buckets[0].CoverDays);
        // 50 of 70.
        Assert.Equal(5, buckets[2].CoverDays);
        Assert.Null(buckets[3].CoverDays);
        // Without the plan stock is gone in W50, which begins on 7 December.
        Assert.Equal(17, PhasedPlan.CoverDays(buckets));
    }

    [Fact]
    public void A_stock_that_lasts_has_no_end_of_its_cover()
    {
        var buckets = PhasedPlan.Fill(Friday, BucketSize.Week, 3, [Row(0, gross: 10, without: 90, with: 90)]);
        Assert.All(buckets, b => Assert.Null(b.CoverDays));
        Assert.Null(PhasedPlan.CoverDays(buckets));
    }

    [Fact]
    public void Only_stock_can_be_short()
    {
        var bucket = PhasedPlan.Fill(Friday, BucketSize.Week, 2, [Row(0, gross: 70, without: 30, with: 60, planned: 30)])[0];
        Assert.True(bucket.IsShort(PlanFigure.WithoutPlan));
        Assert.False(bucket.IsShort(PlanFigure.WithPlan));
        Assert.False(bucket.IsShort(PlanFigure.Gross));
    }

    [Fact]
    public void A_material_that_the_cycle_does_not_have_has_no_table() => Assert.Empty(PhasedPlan.Fill(Friday, BucketSize.Week, 12, []));

    private static PlannedRequirement Row(short bucket, decimal gross, decimal without, decimal with, decimal planned = 0) => new()
    {
        CycleId = Guid.Empty, PartId = Guid.Empty, Bucket = bucket, BucketStart = Friday, Gross = gross, Scheduled = 0, ProjectedWithoutPlan = without, Net = planned, PlannedReceipt = planned,
        PlannedRelease = 0, Projected = with, SafetyStock = 50,
    };
}

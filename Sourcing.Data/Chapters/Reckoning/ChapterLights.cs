namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What a chapter's own lights look at, over six months. "Per week" is per completed meeting.</summary>
public enum ChapterMeasure
{
    /// <summary>Members on the last day.</summary>
    Size,

    /// <summary>Joins − leaves.</summary>
    Growth,

    /// <summary>Starters still active ÷ starters, in percent.</summary>
    Retention,

    /// <summary>Referrals ÷ average members ÷ meetings, where average members are (start + end) ÷ 2.</summary>
    Referrals,

    /// <summary>Visitors ÷ meetings.</summary>
    Visitors,

    /// <summary>Visitors who joined ÷ first-time visitors, in percent.</summary>
    Conversion,

    /// <summary>A ÷ (P + L + S + A), in percent.</summary>
    Absence,
}

/// <summary>One of the chapter's lights.</summary>
/// <param name="Value">Null where it was divided by 0.</param>
/// <param name="Step">The step met; null for none.</param>
public sealed record ChapterLight(ChapterMeasure Measure, decimal? Value, Step? Step)
{
    /// <summary>0, 5, 10 or 15.</summary>
    public decimal Points => Step?.Points ?? 0;
}

/// <summary>The seven lights of a chapter: 105 points at most, which is why they are kept apart from members' scores.</summary>
public sealed record ChapterLights(IReadOnlyList<ChapterLight> Lights)
{
    /// <summary>Thresholds for 5, 10 and 15 points. Gaps between published bands are closed downward: a value in a gap has the lower band.</summary>
    public static IReadOnlyDictionary<ChapterMeasure, IReadOnlyList<Step>> Steps { get; } = new Dictionary<ChapterMeasure, IReadOnlyList<Step>>
    {
        [ChapterMeasure.Size] = AtLeast(20, 26, 31),
        [ChapterMeasure.Growth] = AtLeast(1, 3, 5),
        [ChapterMeasure.Retention] = [new(Comparison.MoreThan, 50, 5), new(Comparison.AtLeast, 60, 10), new(Comparison.AtLeast, 70, 15)],
        [ChapterMeasure.Referrals] = AtLeast(.71m, .90m, 1.11m),
        [ChapterMeasure.Visitors] = AtLeast(1.01m, 1.51m, 2.1m),
        [ChapterMeasure.Conversion] = [new(Comparison.MoreThan, 10, 10), new(Comparison.MoreThan, 20, 15)],
        [ChapterMeasure.Absence] = [new(Comparison.LessThan, 12, 5), new(Comparison.LessThan, 10, 10), new(Comparison.LessThan, 5, 15)],
    };

    public decimal Points => Lights.Sum(l => l.Points);

    /// <summary>Works them out over a window.</summary>
    public static ChapterLights Of(Counted counted)
    {
        var (movement, weeks, pooled) = (counted.Movement, counted.Meetings.Count, TallyTable.Of(counted).Pooled);
        return new(
        [
            Light(ChapterMeasure.Size, new(movement.End)),
            Light(ChapterMeasure.Growth, new(movement.Growth)),
            Light(ChapterMeasure.Retention, new(100 * movement.Stayed, movement.Start)),
            Light(ChapterMeasure.Referrals, new(pooled.Referrals, movement.Average * weeks)),
            Light(ChapterMeasure.Visitors, new(counted.Visits.Count, weeks)),
            Light(ChapterMeasure.Conversion, new(100 * counted.Visits.Count(v => v.HasJoined), counted.Visits.Count(v => v.IsFirst))),
            Light(ChapterMeasure.Absence, new(100 * pooled.Absent, pooled.Due)),
        ]);
    }

    private static ChapterLight Light(ChapterMeasure measure, Measured value) => new(measure, value.Value, Step.Best(Steps[measure], value));

    private static Step[] AtLeast(decimal five, decimal ten, decimal fifteen) => [new(Comparison.AtLeast, five, 5), new(Comparison.AtLeast, ten, 10), new(Comparison.AtLeast, fifteen, 15)];
}

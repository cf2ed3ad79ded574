namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>
/// The schemes that come with the app, as data. Money tiers are regional: a chapter in another currency makes a version of its own.
/// </summary>
public static class Schemes
{
    /// <summary>Seven rows, 100 points at most. The step for sponsoring was decided here, because no source gives one.</summary>
    public static Scheme Global2025 { get; } = new("global-2025", "Global 2025", 1, Bands.Common,
    [
        new(Measure.Attendance, AtLeast((95, 10), (88, 5))),
        new(Measure.ReferralsPerMeeting, AtLeast((1.25m, 25), (1, 20), (.75m, 15), (.5m, 10), (.25m, 5))),
        new(Measure.OneToOnesPerMeeting, AtLeast((1, 20), (.75m, 15), (.5m, 10), (.25m, 5))),
        new(Measure.Visitors, AtLeast((5, 25), (4, 20), (3, 15), (2, 10), (1, 5))),
        new(Measure.Business, [.. AtLeast((30_000, 5), (15_000, 4), (5_000, 3), (2_000, 2)), new(Comparison.MoreThan, 0, 1)]),
        new(Measure.CreditsPerMeeting, [new(Comparison.MoreThan, .5m, 10), new(Comparison.MoreThan, 0, 5)]),
        new(Measure.Sponsored, AtLeast((1, 5))),
    ]);

    /// <summary>The older one of seven items, 100 points at most.</summary>
    public static Scheme Legacy { get; } = new("legacy", "Legacy, seven items", 1, Bands.Common, LegacyRules(AtLeast((.75m, 20), (.5m, 15), (.25m, 10), (.1m, 5)), AtLeast((2_000_000, 15), (1_000_000, 10), (500_000, 5))));

    /// <summary>The older one with the visitors and the money of the United Kingdom in 2012.</summary>
    public static Scheme LegacyUk2012 { get; } = new("legacy-uk-2012", "Legacy, United Kingdom 2012", 1, Bands.Common, LegacyRules(AtLeast((.5m, 20), (.25m, 15), (.167m, 10), (.083m, 5)), AtLeast((5_000, 15), (2_500, 10), (1_000, 5))));

    /// <summary>Six items, 100 points at most.</summary>
    public static Scheme Taiwan { get; } = new("taiwan", "Taiwan, six items", 1, Bands.Common,
    [
        new(Measure.AbsencesAndLates, AtMost((0, 20), (1, 15), (2, 10))),
        new(Measure.ReferralsPerMeeting, AtLeast((1.5m, 20), (1.2m, 15), (.8m, 10), (.6m, 5))),
        new(Measure.OneToOnesPerMeeting, AtLeast((2, 15), (1, 10), (.5m, 5))),
        new(Measure.Visitors, AtLeast((11, 15), (7, 10))),
        new(Measure.Business, AtLeast((2_000_000, 15), (800_000, 10), (400_000, 5))),
        new(Measure.Credits, AtLeast((6, 15), (4, 10), (2, 5))),
    ]);

    /// <summary>Global 2025 with the bands of Hong Kong: 70, 40, 30.</summary>
    public static Scheme HongKong { get; } = Global2025 with { Key = "hong-kong", Name = "Global 2025, Hong Kong bands", Bands = Bands.HongKong };

    /// <summary>All of them: what a database begins with, and what stands in the room's script.</summary>
    public static IReadOnlyList<Scheme> All { get; } = [Global2025, HongKong, Legacy, LegacyUk2012, Taiwan];

    private static SchemeRule[] LegacyRules(Step[] visitors, Step[] money) =>
    [
        new(Measure.Absences, AtMost((0, 15), (1, 10), (2, 5))),
        new(Measure.ReferralsPerMeeting, AtLeast((1.2m, 20), (1, 15), (.75m, 10), (.5m, 5))),
        new(Measure.VisitorsPerMeeting, visitors),
        new(Measure.Business, money),
        new(Measure.Trainings, AtLeast((3, 15), (2, 10), (1, 5))),
        new(Measure.TestimonialsPerMeeting, [new(Comparison.AtLeast, .075m, 10), new(Comparison.MoreThan, 0, 5)]),
        new(Measure.Lates, AtMost((0, 5))),
    ];

    private static Step[] AtLeast(params (decimal Threshold, decimal Points)[] steps) => [.. steps.Select(s => new Step(Comparison.AtLeast, s.Threshold, s.Points))];

    private static Step[] AtMost(params (decimal Threshold, decimal Points)[] steps) => [.. steps.Select(s => new Step(Comparison.AtMost, s.Threshold, s.Points))];
}

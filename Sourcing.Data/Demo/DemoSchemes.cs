using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;

namespace Sourcing.Data.Demo;

/// <summary>How the demo chapters are scored: one by the network's standard, the other by its own scheme since six months ago, with a draft of the next version.</summary>
internal static class DemoSchemes
{
    /// <summary>Hillside counts one-to-ones and visitors more mildly, and business by its own tiers.</summary>
    private static Scheme Own { get; } = Schemes.Global2025 with
    {
        Key = "hillside-our-own", Name = "Hillside, our own",
        Rules = [.. Schemes.Global2025.Rules.Select(r => r.Measure switch
        {
            Measure.OneToOnesPerMeeting => r with { Steps = [Least(.8m, 20), Least(.6m, 15), Least(.4m, 10), Least(.2m, 5)] },
            Measure.Visitors => r with { Steps = [Least(4, 25), Least(3, 20), Least(2, 15), Least(1, 10)] },
            Measure.Business => r with { Steps = [Least(20_000, 5), Least(10_000, 4), Least(4_000, 3), Least(1_000, 2), new(Comparison.MoreThan, 0, 1)] },
            _ => r,
        })],
    };

    /// <summary>Writes the scheme of its own down, where the chapter has one.</summary>
    /// <param name="by">Who chose and activated: an admin.</param>
    public static async Task WriteAsync(SourcingDb db, Guid chapter, bool own, DateOnly today, Guid by, CancellationToken ct)
    {
        var running = new DateOnly(today.Year, today.Month, 1);
        if (own)
        {
            var (scheme, next) = (new ScoreScheme(Own, chapter), new ScoreScheme(Own with { Version = 2, Bands = new(75, 55, 30) }, chapter));
            scheme.Activate(by, await db.NowAsync(ct));
            db.AddRange(scheme, next);
            await db.SaveChangesAsync(ct);
            db.Add(new SchemeChoice(chapter, running.AddMonths(-6), scheme.Id, by));
            await db.SaveChangesAsync(ct);
        }
    }

    private static Step Least(decimal threshold, decimal points) => new(Comparison.AtLeast, threshold, points);
}

using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Demo;

/// <summary>
/// Two chapters of 30 and 44 members with 14 months of weekly meetings up to today: attendance, slips by habit and chance, visitors, education, and some who joined, left and
/// came back. All of this month but its last meeting is in: that one has no attendance yet.
/// </summary>
internal sealed class DemoChapters(Database database, IReadOnlyDictionary<string, Person> people)
{
    private static readonly DemoChapter[] All =
    [
        new("Harbour", "Norrholm", 4, new(7, 0), 30, 0, "petra.almqvist"), new("Hillside", "Tarnbrook", 2, new(7, 30), 44, 1, "finn.okoye"),
    ];

    /// <summary>Who has which seat in Harbour besides its leader.</summary>
    private static readonly (string Email, ChapterOffice Office)[] Seats =
        [("ada.lindqvist", ChapterOffice.Member), ("bruno.castell", ChapterOffice.Committee), ("carla.weyn", ChapterOffice.Host), ("dario.menk", ChapterOffice.Viewer)];

    /// <summary>Makes both, in the name of whoever acts: an admin.</summary>
    public Task MakeAsync(CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            await db.AllowMinutesAsync(2, token);
            var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
            foreach (var plan in All)
            {
                var chapter = new Chapter(new(plan.Name, plan.Location) { MeetingDay = plan.Day, MeetingTime = plan.Time, Region = "North", PointsShared = plan.Offset > 0 });
                db.Add(chapter);
                db.Add(new ChapterSeat(chapter.Id, Id(plan.Leader), ChapterOffice.Leader));
                if (plan.Offset == 0)
                {
                    db.AddRange(Seats.Select(s => new ChapterSeat(chapter.Id, Id(s.Email), s.Office)));
                }

                await db.SaveChangesAsync(token);
                var story = new DemoChapterStory(chapter.Id, plan, today, Account);
                story.Tell();
                await story.WriteAsync(db, token);
                await DemoSchemes.WriteAsync(db, chapter.Id, plan.Offset > 0, today, Id("sven.adarsson"), token);
            }
        }, ct);

    private Guid Id(string name) => people[$"{name}@example.test"].Id;

    // The account of a member by their name: of those who can sign in.
    private Guid? Account(string first, string last) => people.TryGetValue($"{first}.{last}@example.test".ToLowerInvariant(), out var person) && person.FullName == $"{first} {last}" ? person.Id : null;
}

/// <summary>What a demo chapter is to be.</summary>
/// <param name="Offset">Where in the lists of names it begins.</param>
internal sealed record DemoChapter(string Name, string Location, int Day, TimeOnly Time, int Size, int Offset, string Leader);

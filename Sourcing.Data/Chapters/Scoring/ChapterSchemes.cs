using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>The version by which a chapter is scored in a month.</summary>
/// <param name="FromMonth">Since when.</param>
/// <param name="IsChosen">The chapter chose it; otherwise it is the network's standard.</param>
public sealed record SchemeInForce(Guid Id, Scheme Scheme, DateOnly FromMonth, bool IsChosen);

/// <summary>Which scheme scores which month: the one answer for reports, standings, hints, closing and everything else.</summary>
internal static class ChapterSchemes
{
    /// <summary>
    /// The version in force: the chapter's last choice that begins by the month, else the network's standard of that month. For whoever has a seat that opens the report; refuses everybody else.
    /// </summary>
    /// <param name="month">Any day of it.</param>
    public static async Task<SchemeInForce> SchemeInForceAsync(SourcingDb db, Guid chapterId, DateOnly month, CancellationToken ct) =>
        At(await ChosenAsync(db, chapterId, ct), month) ?? throw new MissingException("scheme");

    /// <summary>All choices that concern a chapter, its own and the network's: for several months at once with <see cref="At"/>.</summary>
    public static async Task<IReadOnlyList<SchemeInForce>> ChosenAsync(SourcingDb db, Guid chapterId, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id as "Id", from_month as "FromMonth", is_chosen as "IsChosen", key as "Key", name as "Name", number as "Number", green as "Green", yellow as "Yellow", red as "Red", rules::text as "Rules"
            from report_schemes where chapter_id = {chapterId}
            """).ToListAsync(ct);
        return [.. rows.Select(r => new SchemeInForce(r.Id, ScoreScheme.Read(r.Key, r.Name, r.Number, new(r.Green, r.Yellow, r.Red), r.Rules), r.FromMonth, r.IsChosen))];
    }

    /// <summary>Which of the choices is in force in a month; null where none has begun.</summary>
    public static SchemeInForce? At(IEnumerable<SchemeInForce> chosen, DateOnly month) => chosen.Where(c => c.FromMonth <= month).OrderByDescending(c => c.IsChosen).ThenByDescending(c => c.FromMonth).FirstOrDefault();

    private sealed class Row
    {
        public Guid Id { get; init; }

        public DateOnly FromMonth { get; init; }

        public bool IsChosen { get; init; }

        public string Key { get; init; } = "";

        public string Name { get; init; } = "";

        public int Number { get; init; }

        public decimal Green { get; init; }

        public decimal Yellow { get; init; }

        public decimal Red { get; init; }

        public string Rules { get; init; } = "";
    }
}

/// <summary>Points as they are kept of closed months.</summary>
internal static class MemberScores
{
    /// <summary>
    /// Writes what every member of the month's last day has in the window that ends with the month, by the scheme in force then. Again for the same month it replaces what stood there, and
    /// takes away what no longer holds. For whoever leads the chapter; saves nothing by itself: the caller does.
    /// </summary>
    /// <param name="currency">The chapter's.</param>
    /// <param name="month">Any day of it.</param>
    /// <returns>The scheme that scored.</returns>
    public static async Task<SchemeInForce> StoreAsync(SourcingDb db, Guid chapterId, string currency, DateOnly month, CancellationToken ct)
    {
        var window = Period.MonthsTo(month, 6);
        var scheme = await ChapterSchemes.SchemeInForceAsync(db, chapterId, window.Last, ct);
        var facts = await Reports.ReportFacts.ReadAsync(db, chapterId, currency, window, ct);
        var tallies = TallyTable.Of(Counted.Of(facts.Ledger, window));
        var there = await db.MemberScores.Where(s => s.ChapterId == chapterId && s.WindowEnd == window.Last).ToListAsync(ct);
        foreach (var person in facts.Ledger.People.Where(p => p.IsActiveOn(window.Last)))
        {
            var light = scheme.Scheme.Score(tallies.Of(person.Id));
            if (there.Find(s => s.MemberId == person.Id && s.SchemeId == scheme.Id) is { } known)
            {
                known.Set(light);
                there.Remove(known);
            }
            else
            {
                db.Add(new MemberScore(chapterId, person.Id, window.Last, scheme.Id, light));
            }
        }

        db.RemoveRange(there);
        return scheme;
    }
}

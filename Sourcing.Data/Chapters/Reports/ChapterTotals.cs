using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>What a chapter amounts to in a period, counted in the database by the rules of the monthly report: completed meetings alone.</summary>
internal sealed class ChapterTotals
{
    public Guid ChapterId { get; init; }

    /// <summary>On the roster: active at one completed meeting at least.</summary>
    public int Members { get; init; }

    /// <summary>Completed ones.</summary>
    public int Meetings { get; init; }

    /// <summary>Members active at each completed meeting, added up.</summary>
    public int Seats { get; init; }

    /// <summary>Given by members of the roster, to anybody.</summary>
    public int Referrals { get; init; }

    /// <summary>With a member of the roster at one side at least.</summary>
    public int OneToOnes { get; init; }

    /// <summary>In the chapter's currency.</summary>
    public decimal Business { get; init; }

    /// <summary>Slips of closed business in another currency: in no figure.</summary>
    public int OtherCurrency { get; init; }

    public int Visitors { get; init; }

    /// <summary>P + L + S</summary>
    public int Came { get; init; }

    public int Absent { get; init; }

    /// <summary>Those of every chapter of which the asker may read reports, in one statement.</summary>
    public static Task<Dictionary<Guid, ChapterTotals>> ReadAsync(SourcingDb db, Period days, CancellationToken ct) => db.Database.SqlQuery<ChapterTotals>(
        $"""
        select chapter_id as "ChapterId", members as "Members", meetings as "Meetings", seats as "Seats", referrals as "Referrals", one_to_ones as "OneToOnes", business as "Business",
            other_currency as "OtherCurrency", visitors as "Visitors", came as "Came", absent as "Absent" from app.chapter_totals({days.First}, {days.Last})
        """).ToDictionaryAsync(t => t.ChapterId, ct);

    /// <summary>The five figures of a month.</summary>
    public MonthFigures Figures(DateOnly month) => new(month, Referrals, Business, OneToOnes, MonthFigures.AttendanceOf(Came, 0, 0, Absent), Visitors);

    /// <summary>Averages by which chapters are ranked.</summary>
    public ChapterAverages Averages(string name) =>
        new(ChapterId, name, Members, Meetings, Seats, Referrals, OneToOnes, Business, Visitors, Reckon.Percent(Came, Came + Absent));
}

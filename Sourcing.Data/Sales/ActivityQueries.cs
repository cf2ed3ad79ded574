using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>What one representative did in a week.</summary>
/// <param name="Minutes">Length of calls, meetings and visits.</param>
/// <param name="Notes">Everything written down, tasks too.</param>
/// <param name="Done">Next actions done in the week.</param>
/// <param name="DoneLate">Of these, after the day that they were first meant for.</param>
/// <param name="OpenLate">Not done, and their day is over: as of now, whatever the week.</param>
/// <param name="Silent">Customers without a contact for longer than their tier allows: as of now.</param>
public sealed record ActivityRow(Guid RepId, string Name, int Calls, int Minutes, int Meetings, int Visits, int Emails, int Notes, int Done, int DoneLate, int OpenLate, int Silent);

/// <summary>Contacts of a week: calls, e-mails, meetings and visits.</summary>
/// <param name="Monday">Its first day.</param>
public sealed record ActivityWeek(DateOnly Monday, int Contacts);

/// <summary>The activity of a team.</summary>
/// <param name="Monday">The week that the rows are about.</param>
/// <param name="Rows">Everybody whom the reader may see, by name: who is active or did something.</param>
/// <param name="Weeks"><see cref="ActivityQueries.Weeks"/> weeks, the chosen one last.</param>
public sealed record ActivityView(DateOnly Monday, DateOnly Today, IReadOnlyList<ActivityRow> Rows, IReadOnlyList<ActivityWeek> Weeks);

/// <summary>Sums up what representatives do, for whoever leads them.</summary>
public sealed class ActivityQueries(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>Weeks of the chart.</summary>
    public const int Weeks = 12;

    /// <summary>A week by the person's calendar. Denies whoever leads nobody.</summary>
    /// <param name="day">Any day of the week; null for this week.</param>
    public Task<ActivityView> WeekAsync(DateOnly? day, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        var zone = user.Identity.TimeZone;
        var today = Days.Today(time.GetUtcNow(), zone);
        var monday = MyDayQueries.WeekOf(day ?? today);
        return database.ReadAsync(
            async (db, token) =>
            {
                var reps = await db.SalesReps.Join(db.People, r => r.Id, p => p.Id, (r, p) => new { r.Id, p.FullName, r.IsActive }).OrderBy(r => r.FullName).ThenBy(r => r.Id).Take(500).ToListAsync(token);
                if (!user.May(Permission.SalesManage) && reps.All(r => r.Id == user.Id))
                {
                    throw new DeniedException(Permission.SalesManage);
                }

                var (from, to) = (MyDayQueries.Start(monday, zone), MyDayQueries.Start(monday.AddDays(7), zone));
                var written = (await WrittenAsync(db, from, to, token)).ToDictionary(w => w.RepId);
                var acted = (await ActedAsync(db, from, to, today, zone.Id, token)).ToDictionary(a => a.RepId);
                var silent = await SilentCustomerList.All(db, db.Customers, today, zone.Id).GroupBy(s => s.SalesRepId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, token);
                var rows = reps.Select(r => Row(r.Id, r.FullName, written.GetValueOrDefault(r.Id), acted.GetValueOrDefault(r.Id), silent.GetValueOrDefault(r.Id)))
                    .Where(r => r.Notes + r.Done + r.OpenLate + r.Silent > 0 || reps.Single(p => p.Id == r.RepId).IsActive);
                return new ActivityView(monday, today, [.. rows], await WeeksAsync(db, monday, zone, token));
            }, ct);
    }

    private static ActivityRow Row(Guid id, string name, Written? written, Acted? acted, int silent) => new(
        id, name, written?.Calls ?? 0, written?.Minutes ?? 0, written?.Meetings ?? 0, written?.Visits ?? 0, written?.Emails ?? 0, written?.Notes ?? 0,
        acted?.Done ?? 0, acted?.DoneLate ?? 0, acted?.OpenLate ?? 0, silent);

    private static Task<List<Written>> WrittenAsync(SourcingDb db, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => db.Database.SqlQuery<Written>(
        $"""
        select sales_rep_id as "RepId", count(*)::int as "Notes", count(*) filter (where kind = 'call')::int as "Calls", count(*) filter (where kind = 'meeting')::int as "Meetings",
            count(*) filter (where kind = 'visit')::int as "Visits", count(*) filter (where kind = 'email')::int as "Emails", (coalesce(sum(duration_seconds), 0) / 60)::int as "Minutes"
        from sales_notes where deleted_at is null and occurred_at >= {from} and occurred_at < {to} group by sales_rep_id
        """).ToListAsync(ct);

    private static Task<List<Acted>> ActedAsync(SourcingDb db, DateTimeOffset from, DateTimeOffset to, DateOnly today, string zone, CancellationToken ct) => db.Database.SqlQuery<Acted>(
        $"""
        select rep as "RepId", sum(done)::int as "Done", sum(late)::int as "DoneLate", sum(open)::int as "OpenLate" from (
            select sales_rep_id as rep, count(*) as done, count(*) filter (where (done_at at time zone {zone})::date > first_due_on) as late, 0 as open
            from sales_notes where deleted_at is null and done_at is not null and done_at >= {from} and done_at < {to} group by sales_rep_id
            union all
            select sales_rep_id, 0, 0, count(*) from sales_notes where deleted_at is null and done_at is null and next_action_on is not null and next_action_on < {today} group by sales_rep_id
        ) x group by rep
        """).ToListAsync(ct);

    private static async Task<IReadOnlyList<ActivityWeek>> WeeksAsync(SourcingDb db, DateOnly monday, TimeZoneInfo zone, CancellationToken ct)
    {
        var first = monday.AddDays(-7 * (Weeks - 1));
        // By the weeks' beginnings, and not by the day of each note, which is dear among millions.
        var starts = Enumerable.Range(0, Weeks + 1).Select(w => MyDayQueries.Start(first.AddDays(7 * w), zone)).ToArray();
        var (from, to) = (starts[0], starts[^1]);
        var found = await db.Database.SqlQuery<Counted>(
            $"""
            select width_bucket(occurred_at, {starts}) as "Week", count(*)::int as "Count"
            from sales_notes where deleted_at is null and kind <> 'task' and occurred_at >= {from} and occurred_at < {to} group by 1
            """).ToDictionaryAsync(c => c.Week, c => c.Count, ct);
        return [.. Enumerable.Range(1, Weeks).Select(w => new ActivityWeek(first.AddDays(7 * (w - 1)), found.GetValueOrDefault(w)))];
    }

    private sealed class Written
    {
        public Guid RepId { get; init; }

        public int Notes { get; init; }

        public int Calls { get; init; }

        public int Meetings { get; init; }

        public int Visits { get; init; }

        public int Emails { get; init; }

        public int Minutes { get; init; }
    }

    private sealed class Acted
    {
        public Guid RepId { get; init; }

        public int Done { get; init; }

        public int DoneLate { get; init; }

        public int OpenLate { get; init; }
    }

    private sealed class Counted
    {
        /// <summary>1 for the first week.</summary>
        public int Week { get; init; }

        public int Count { get; init; }
    }
}

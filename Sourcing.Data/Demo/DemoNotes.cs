using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;

namespace Sourcing.Data.Demo;

/// <summary>
/// Eighteen months of notes by the demo's representatives about their customers, up to this moment: what was said, and what comes next,
/// some of it overdue and some due today. Nothing without representatives who have customers.
/// </summary>
internal sealed class DemoNotes(IServiceProvider services, SystemSession sessions)
{
    private const int Days = 548;

    private readonly Random _dice = new(20261121);

    /// <summary>Writes them, each as the representative who looks after the customer.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        var database = services.GetRequiredService<Database>();
        var user = services.GetRequiredService<CurrentUser>();
        var before = user.Identity;
        user.Become(await sessions.IdentityAsync(ct));
        var reps = await database.ReadAsync(
            (db, token) => db.SalesReps.Where(r => r.IsActive && db.Customers.Any(c => c.SalesRepId == r.Id)).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(token), ct);
        foreach (var rep in reps)
        {
            user.Become(await sessions.OfPersonAsync(rep, ct));
            await database.WriteAsync(
                async (db, token) =>
                {
                    await AddAsync(db, rep, token);
                    await db.SaveChangesAsync(token);
                }, ct);
        }

        user.Become(before);
    }

    private async Task AddAsync(SourcingDb db, Guid rep, CancellationToken ct)
    {
        var now = await db.NowAsync(ct);
        var customers = await db.Customers.Where(c => c.SalesRepId == rep && c.IsActive).OrderBy(c => c.Number).ThenBy(c => c.Id)
            .Select(c => new Subject(
                c.Id, c.Tier,
                db.CustomerContacts.Where(k => k.CustomerId == c.Id).OrderByDescending(k => k.IsMain).ThenBy(k => k.Name).Select(k => new Person(k.Id, k.Name)).ToList(),
                db.Rfqs.Where(r => r.CustomerId == c.Id).OrderBy(r => r.Number).Select(r => (Guid?)r.Id).ToList(),
                db.OrderSales.Where(s => s.CustomerId == c.Id).OrderBy(s => s.Id).Select(s => (Guid?)s.Id).ToList())).ToListAsync(ct);
        for (var i = 0; i < customers.Count; i++)
        {
            // One in nine was not heard of for a while.
            var quiet = i % 9 == 4 ? Silence(customers[i].Tier) + 5 + _dice.Next(30) : _dice.Next(1, Silence(customers[i].Tier));
            AddTimeline(db, rep, customers[i], now, quiet);
        }

        AddOpenActions(db, rep, customers, now);
    }

    private void AddTimeline(SourcingDb db, Guid rep, Subject subject, DateTimeOffset now, int quiet)
    {
        for (double ago = quiet; ago < Days; ago += Pace(subject.Tier) * (0.5 + _dice.NextDouble()))
        {
            var at = Moment(now, (int)ago);
            var note = new SalesNote(rep, Facts(subject, at, (int)ago), now);
            if (note.NextActionOn is { } due)
            {
                // Most things were done in time, one in eight a little late.
                var done = due.AddDays(_dice.Next(8) == 0 ? _dice.Next(1, 6) : -_dice.Next(0, 2));
                var moment = new DateTimeOffset(done, new TimeOnly(8 + _dice.Next(8), _dice.Next(60)), TimeSpan.Zero);
                note.Finish(moment < at ? at.AddHours(1) : moment > now ? now : moment);
            }

            db.Add(note);
        }
    }

    // What is still to do: some overdue, some today, more in the days to come.
    private void AddOpenActions(SourcingDb db, Guid rep, List<Subject> customers, DateTimeOffset now)
    {
        int[] days = [-4, -2, -1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7];
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        for (var i = 0; i < Math.Min(days.Length, customers.Count); i++)
        {
            var subject = customers[(i * 7) % customers.Count];
            var kind = i % 5 == 3 ? NoteKind.Task : Pick([NoteKind.Call, NoteKind.Visit, NoteKind.Meeting]);
            var at = Moment(now, _dice.Next(2, 8) - Math.Min(days[i], 0));
            var action = Pick(DemoNoteTexts.Actions);
            db.Add(new SalesNote(
                rep,
                new(subject.Id, kind, kind == NoteKind.Task ? action : Said(subject, kind), at)
                {
                    ContactId = subject.People is [var first, ..] ? first.Id : null, NextAction = action, NextActionOn = today.AddDays(days[i]),
                    NextActionTime = i % 2 == 0 ? new TimeOnly(9 + (i % 7), i % 4 * 15) : null, DurationSeconds = kind == NoteKind.Call ? 60 * _dice.Next(3, 25) : null,
                    CallDirection = kind == NoteKind.Call ? Pick([CallDirection.Outgoing, CallDirection.Incoming]) : null, Outcome = kind == NoteKind.Task ? null : Pick([NoteOutcome.Agreed, NoteOutcome.Interested]),
                    RfqId = subject.Rfqs is [.., var rfq] ? rfq : null, OrderId = i % 3 == 0 && subject.Orders is [.., var order] ? order : null,
                },
                now));
        }
    }

    private NoteFacts Facts(Subject subject, DateTimeOffset at, int ago)
    {
        var kind = _dice.Next(100) switch { < 46 => NoteKind.Call, < 68 => NoteKind.Email, < 80 => NoteKind.Meeting, < 94 => NoteKind.Visit, _ => NoteKind.Task };
        var acts = kind == NoteKind.Task || _dice.Next(100) < 38;
        var action = Pick(DemoNoteTexts.Actions);
        var due = DateOnly.FromDateTime(at.UtcDateTime).AddDays(_dice.Next(1, Math.Max(2, Math.Min(10, ago))));
        return new(subject.Id, kind, kind == NoteKind.Task ? action : Said(subject, kind), at)
        {
            ContactId = subject.People.Count > 0 && _dice.Next(10) > 0 ? Pick(subject.People).Id : null,
            Outcome = kind == NoteKind.Task ? null : Pick([NoteOutcome.Agreed, NoteOutcome.Agreed, NoteOutcome.Interested, NoteOutcome.Undecided, NoteOutcome.NotReached, NoteOutcome.Declined]),
            CallDirection = kind == NoteKind.Call ? Pick([CallDirection.Outgoing, CallDirection.Outgoing, CallDirection.Incoming]) : null,
            DurationSeconds = kind switch { NoteKind.Call => 60 * _dice.Next(2, 28), NoteKind.Meeting => 900 * _dice.Next(2, 6), NoteKind.Visit => 900 * _dice.Next(3, 9), _ => null },
            NextAction = acts ? action : "", NextActionOn = acts ? due : null,
            RfqId = subject.Rfqs.Count > 0 && _dice.Next(12) == 0 ? Pick(subject.Rfqs) : null, OrderId = subject.Orders.Count > 0 && _dice.Next(8) == 0 ? Pick(subject.Orders) : null,
        };
    }

    private string Said(Subject subject, NoteKind kind)
    {
        var who = subject.People.Count > 0 ? Pick(subject.People).Name.Split(' ')[0] : "The buyer";
        var opening = Pick(kind switch { NoteKind.Email => DemoNoteTexts.Written, NoteKind.Visit => DemoNoteTexts.Seen, _ => DemoNoteTexts.Spoken }).Replace("{who}", who, StringComparison.Ordinal);
        var matter = Pick(DemoNoteTexts.Matters).Replace("{n}", (5 * _dice.Next(2, 40)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return _dice.Next(3) == 0 ? $"{opening} {matter}" : $"{opening} {matter} {Pick(DemoNoteTexts.Closings)}";
    }

    // In office hours of a working day.
    private DateTimeOffset Moment(DateTimeOffset now, int ago)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-Math.Max(1, ago));
        day = day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(-2), _ => day };
        return new(day, new TimeOnly(8 + _dice.Next(9), _dice.Next(60)), TimeSpan.Zero);
    }

    private static double Pace(CustomerTier tier) => tier switch { CustomerTier.A => 15, CustomerTier.B => 30, CustomerTier.C => 62, _ => 45 };

    private static int Silence(CustomerTier tier) => CustomerRules.SilenceDays(tier) - 3;

    private T Pick<T>(IReadOnlyList<T> of) => of[_dice.Next(of.Count)];

    private sealed record Person(Guid Id, string Name);

    private sealed record Subject(Guid Id, CustomerTier Tier, IReadOnlyList<Person> People, IReadOnlyList<Guid?> Rfqs, IReadOnlyList<Guid?> Orders);
}

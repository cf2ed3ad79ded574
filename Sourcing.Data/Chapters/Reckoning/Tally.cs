namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>
/// Everything counted of one member in a period: what lights, scores and comparisons look at. Tallies of different months can be added.
/// </summary>
public sealed record Tally
{
    public static Tally Nothing { get; } = new();

    public int Present { get; init; }

    public int Absent { get; init; }

    public int Late { get; init; }

    public int Medical { get; init; }

    public int Substitute { get; init; }

    /// <summary>RGI + RGO</summary>
    public int Referrals { get; init; }

    /// <summary>RRI + RRO</summary>
    public int Received { get; init; }

    /// <summary>With members and with people of other chapters.</summary>
    public int OneToOnes { get; init; }

    /// <summary>Visitors invited.</summary>
    public int Visitors { get; init; }

    /// <summary>Closed business that the member is thanked for, in the chapter's currency.</summary>
    public decimal Business { get; init; }

    /// <summary>Education credits.</summary>
    public decimal Credits { get; init; }

    public int Trainings { get; init; }

    public int Testimonials { get; init; }

    /// <summary>New members brought in.</summary>
    public int Sponsored { get; init; }

    /// <summary>W: the member's meetings, P + A + L + M + S.</summary>
    public int W => Present + Absent + Late + Medical + Substitute;

    /// <summary>Meetings that count for attendance: P + L + S + A. M is neutral.</summary>
    public int Due => Present + Late + Substitute + Absent;

    /// <summary>Attendance in percent: (P + L + S) ÷ (P + L + S + A); null without any.</summary>
    public decimal? Attendance => Reckon.Percent(Present + Late + Substitute, Due);

    /// <summary>In person: (P + L) ÷ W, from 0 to 1; null without meetings.</summary>
    public decimal? InPerson => Reckon.Quotient(Present + Late, W);

    /// <summary>Counts one mark in.</summary>
    public Tally With(Mark mark) => mark switch
    {
        Mark.Present => this with { Present = Present + 1 },
        Mark.Absent => this with { Absent = Absent + 1 },
        Mark.Late => this with { Late = Late + 1 },
        Mark.Medical => this with { Medical = Medical + 1 },
        _ => this with { Substitute = Substitute + 1 },
    };

    public static Tally operator +(Tally a, Tally b) => Add(a, b);

    /// <summary>Both together.</summary>
    public static Tally Add(Tally a, Tally b) => new()
    {
        Present = a.Present + b.Present, Absent = a.Absent + b.Absent, Late = a.Late + b.Late, Medical = a.Medical + b.Medical, Substitute = a.Substitute + b.Substitute,
        Referrals = a.Referrals + b.Referrals, Received = a.Received + b.Received, OneToOnes = a.OneToOnes + b.OneToOnes, Visitors = a.Visitors + b.Visitors,
        Business = a.Business + b.Business, Credits = a.Credits + b.Credits, Trainings = a.Trainings + b.Trainings, Testimonials = a.Testimonials + b.Testimonials, Sponsored = a.Sponsored + b.Sponsored,
    };

    /// <summary>The sum of several; nothing for none.</summary>
    public static Tally Sum(IEnumerable<Tally> tallies) => tallies.Aggregate(Nothing, Add);
}

/// <summary>The tallies of a whole roster.</summary>
/// <param name="Lines">In the order of the roster.</param>
public sealed record TallyTable(IReadOnlyList<Person> Roster, IReadOnlyList<Tally> Lines)
{
    /// <summary>Everybody's together: its attendance is the pooled one.</summary>
    public Tally Pooled => Tally.Sum(Lines);

    /// <summary>One member's; nothing for somebody who is not on the roster.</summary>
    public Tally Of(Guid person)
    {
        for (var i = 0; i < Roster.Count; i++)
        {
            if (Roster[i].Id == person)
            {
                return Lines[i];
            }
        }

        return Tally.Nothing;
    }

    /// <summary>Counts everything. Sponsored are people whose first term began in the period.</summary>
    public static TallyTable Of(Counted counted)
    {
        var (referrals, meetings) = (ReferralMatrix.Of(counted), OneToOneMatrix.Of(counted));
        var lines = counted.Roster.Select((_, i) => new Tally { Referrals = referrals.Lines[i].Given, Received = referrals.Lines[i].Received, OneToOnes = meetings.Lines[i].Total }).ToArray();
        Count(counted, lines, counted.Attendance, a => a.PersonId, (t, a) => t.With(a.Mark));
        Count(counted, lines, counted.Business, s => s.Thanked, (t, s) => t with { Business = t.Business + s.Amount });
        Count(counted, lines, counted.Credits, s => s.Attendee, (t, s) => t with { Credits = t.Credits + s.Credits, Trainings = t.Trainings + (s.IsTraining ? 1 : 0) });
        Count(counted, lines, counted.Visits, s => s.Inviter, (t, _) => t with { Visitors = t.Visitors + 1 });
        Count(counted, lines, counted.Testimonials, s => s.Speaker, (t, _) => t with { Testimonials = t.Testimonials + 1 });
        var joined = counted.People.Where(p => p.Terms.Count > 0 && counted.Period.Covers(p.Terms.Min(t => t.Joined)));
        Count(counted, lines, joined, p => p.Sponsor, (t, _) => t with { Sponsored = t.Sponsored + 1 });
        return new(counted.Roster, lines);
    }

    private static void Count<T>(Counted counted, Tally[] lines, IEnumerable<T> facts, Func<T, Guid?> whose, Func<Tally, T, Tally> add)
    {
        foreach (var fact in facts)
        {
            if (counted.PlaceOf(whose(fact)) is >= 0 and var place)
            {
                lines[place] = add(lines[place], fact);
            }
        }
    }
}

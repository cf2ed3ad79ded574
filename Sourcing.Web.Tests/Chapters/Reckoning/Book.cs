using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

/// <summary>A ledger that a test writes line by line, with people named by a letter or a word. Names that are not members are external.</summary>
internal sealed class Book
{
    private readonly Dictionary<string, Person> _people = [];
    private readonly List<MeetingDay> _meetings = [];
    private readonly List<AttendanceMark> _marks = [];
    private readonly List<ReferralSlip> _referrals = [];
    private readonly List<OneToOneSlip> _oneToOnes = [];
    private readonly List<BusinessSlip> _business = [];
    private readonly List<CreditSlip> _credits = [];
    private readonly List<VisitSlip> _visits = [];
    private readonly List<TestimonialSlip> _testimonials = [];
    private int _next = 1;

    public static DateOnly Day(int year, int month, int day) => new(year, month, day);

    /// <summary>Members since long ago and one completed meeting on 7 January 2026.</summary>
    public static Book With(params string[] names)
    {
        var book = new Book();
        foreach (var name in names)
        {
            book.Member(name, Day(2020, 1, 1));
        }

        return book.Meeting(Day(2026, 1, 7));
    }

    public Book Member(string name, DateOnly joined, DateOnly? left = null, string? sponsor = null)
    {
        var terms = _people.TryGetValue(name, out var known) ? [.. known.Terms, new(joined, left)] : (Term[])[new(joined, left)];
        _people[name] = new(known?.Id ?? Id(), name, terms, sponsor is null ? null : Who(sponsor));
        return this;
    }

    public Book Meeting(DateOnly day, MeetingState state = MeetingState.Completed)
    {
        _meetings.Add(new(Id(), day, state));
        return this;
    }

    /// <summary>Marks for one member, one letter for each of the last meetings: "PPAL".</summary>
    public Book Marks(string who, string letters)
    {
        foreach (var (letter, meeting) in letters.Zip(_meetings.OrderBy(m => m.Date).TakeLast(letters.Length)))
        {
            if (letter != ' ')
            {
                _marks.Add(new(meeting.Id, Who(who)!.Value, (Mark)"PALMS".IndexOf(letter, StringComparison.Ordinal)));
            }
        }

        return this;
    }

    public Book Refer(string giver, string receiver, int tier = 1, int times = 1)
    {
        for (; times > 0; times--)
        {
            _referrals.Add(new(Id(), Last, Who(giver), Who(receiver), tier));
        }

        return this;
    }

    public Book Meet(string a, string b, int times = 1)
    {
        for (; times > 0; times--)
        {
            _oneToOnes.Add(new(Id(), Last, Who(a), Who(b)));
        }

        return this;
    }

    public Book Business(string thanked, decimal amount, bool inside = true)
    {
        _business.Add(new(Id(), Last, Who(thanked), inside, amount));
        return this;
    }

    public Book Credits(string who, decimal credits, bool training = false)
    {
        _credits.Add(new(Id(), Last, Who(who), credits, training));
        return this;
    }

    public Book Visit(string inviter, bool first = true, bool joined = false)
    {
        _visits.Add(new(Id(), Last, Who(inviter), first, joined));
        return this;
    }

    public Book Testimonial(string speaker)
    {
        _testimonials.Add(new(Id(), Last, Who(speaker)));
        return this;
    }

    public Guid? Who(string name) => _people.TryGetValue(name, out var person) ? person.Id : null;

    public Ledger Ledger => new()
    {
        People = [.. _people.Values], Meetings = _meetings, Attendance = _marks, Referrals = _referrals, OneToOnes = _oneToOnes, Business = _business, Credits = _credits, Visits = _visits, Testimonials = _testimonials,
    };

    public Counted In(int year, int month) => Counted.Of(Ledger, Period.Month(year, month));

    public Counted January => In(2026, 1);

    private Guid Last => _meetings[^1].Id;

    // Ids in order, so that a run is the same every time.
    private Guid Id() => new(_next++, 0, 0, new byte[8]);

    /// <summary>Sixty members or fewer and slips at random from a seed; two members left and two joined in the middle.</summary>
    public static Ledger Random(int seed, int members, int months, int slips)
    {
        var random = new Random(seed);
        var book = new Book();
        for (var i = 0; i < members; i++)
        {
            book.Member($"M{i:00}", i < 2 ? Day(2025, 1, 1).AddMonths(months / 2) : Day(2020, 1, 1), i is 2 or 3 ? Day(2025, 1, 1).AddMonths(months / 2) : null);
        }

        for (var day = Day(2025, 1, 7); day < Day(2025, 1, 1).AddMonths(months); day = day.AddDays(7))
        {
            book.Meeting(day);
            foreach (var person in book._people.Values.Where(p => p.IsActiveOn(day)))
            {
                book._marks.Add(new(book.Last, person.Id, (Mark)(random.Next(10) is var r and < 5 ? r : 0)));
            }
        }

        var people = book._people.Values.ToList();
        for (var i = 0; i < slips; i++)
        {
            var meeting = book._meetings[random.Next(book._meetings.Count)];
            var active = people.Where(p => p.IsActiveOn(meeting.Date)).ToList();
            var (a, b) = (active[random.Next(active.Count)].Id, random.Next(10) == 0 ? (Guid?)null : active[random.Next(active.Count)].Id);
            if (a == b)
            {
                continue;
            }

            switch (random.Next(5))
            {
                case 0 or 1:
                    book._referrals.Add(random.Next(8) == 0 ? new(book.Id(), meeting.Id, b, a, 1 + random.Next(2)) : new(book.Id(), meeting.Id, a, b, 1 + random.Next(2)));
                    break;
                case 2:
                    book._oneToOnes.Add(new(book.Id(), meeting.Id, a, b));
                    break;
                case 3:
                    book._business.Add(new(book.Id(), meeting.Id, b, random.Next(2) == 0, random.Next(1, 900_000) / 100m));
                    break;
                default:
                    book._credits.Add(new(book.Id(), meeting.Id, a, random.Next(1, 4)));
                    break;
            }
        }

        return book.Ledger;
    }
}

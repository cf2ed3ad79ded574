using Sourcing.Data.Common;
using Sourcing.Data.Chapters;

namespace Sourcing.Data.Demo;

/// <summary>One demo chapter as it is told: the same every time but for the dates.</summary>
internal sealed class DemoChapterStory(Guid chapter, DemoChapter plan, DateOnly today, Func<string, string, Guid?> account)
{
    private const int Months = 14;

    private static readonly string[] Firsts =
    [
        "Petra", "Ada", "Bruno", "Carla", "Edda", "Greta", "Hugo", "Ivo", "Jana", "Karl", "Lotte", "Milo", "Nora", "Selma", "Tom", "Finn", "Ulla", "Vito", "Wanda", "Xaver", "Yara", "Zeno", "Alma", "Bela",
        "Clara", "Dirk", "Elin", "Fritz", "Gesa", "Henk", "Inga", "Jost", "Kaja", "Lars", "Mona", "Nils", "Olga", "Paul", "Rhea", "Sven",
    ];

    private static readonly string[] Lasts =
    [
        "Almqvist", "Lindqvist", "Castell", "Weyn", "Roth", "Solis", "Pardo", "Brandt", "Vik", "Osei", "Marsh", "Franke", "Bexley", "Quist", "Arendt", "Okoye", "Holm", "Carsten", "Solberg", "Huber", "Nadir", "Kraft",
        "Stein", "Moritz", "Falk", "Winter", "Dahl", "Gruber", "Petri", "Vries", "Lund", "Thaler", "Novak", "Berg", "Salas", "Iversen", "Prokop", "Adler", "Mertens", "Borg",
    ];

    private static readonly string[] Lines =
    [
        "Tax adviser", "Architect", "Electrician", "Notary", "Web design", "Carpenter", "Insurance", "Printer", "Roofer", "Physiotherapy", "Real estate", "Catering", "Photographer", "Garden design", "Security systems",
        "Translation", "Car repair", "Window maker", "Painter", "Coaching", "IT service", "Interior design", "Employment law", "Heating", "Logistics", "Optician", "Florist", "Tiling", "Accounting", "Event planning",
        "Cleaning", "Energy advice", "Goldsmith", "Locksmith", "Marketing", "Mortgages", "Nutrition", "Office supplies", "Solar power", "Signage", "Surveyor", "Travel", "Upholstery", "Wine trade", "Furniture", "Bicycle shop", "Metalwork", "Recruiting", "Film", "Pool building",
    ];

    private static readonly string[] Outside = ["Ines Faro", "Oskar Brask", "Pia Lambert", "Ruben Hale", "Teo Marchetti", "Una Krall"];

    private static readonly string[] Guests =
    [
        "Vera Holt", "Anton Reis", "Bea Sommer", "Cord Jansen", "Dora Pohl", "Emil Stark", "Frida Nyberg", "Gero Lanz", "Hedda Voss", "Ilja Thorn", "Jule Raben", "Kuno Feld", "Liv Sander", "Maja Kolb", "Niko Drews",
        "Ole Hagen", "Pina Wolff", "Rolf Teich", "Sina Uhl", "Till Kern",
    ];

    private static readonly string[] Topics = ["What a good referral is", "Customers of both", "The new service", "Plans for the quarter", "Partners nearby"];

    private static readonly string[] Praise = ["Done within the week", "Saved us a great deal", "Every customer came back pleased", "Thought of what we forgot", ""];

    private readonly Random _dice = new(20261101 + plan.Offset);
    private readonly Random _praise = new(20261117 + plan.Offset);
    private readonly List<Member> _members = [];
    private readonly List<double> _zeal = [];
    private readonly List<MemberContact> _contacts = [];
    private readonly List<Meeting> _meetings = [];
    private readonly List<ExternalParty> _outside = [.. Outside.Select((name, i) => new ExternalParty(chapter, name, i % 3 == 2 ? "" : plan.Offset == 0 ? "Hillside" : "Harbour"))];
    private readonly List<Referral> _referrals = [];
    private readonly List<OneToOne> _oneToOnes = [];
    private readonly List<ClosedBusiness> _business = [];
    private readonly List<EducationUnit> _education = [];
    private readonly List<Testimonial> _testimonials = [];
    private readonly List<Visitor> _visitors = [];
    private int _guests;

    private DateOnly Begin => new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months);

    /// <summary>Makes everything, in memory.</summary>
    public void Tell()
    {
        AddMembers();
        AddMeetings();
        var held = _meetings.Where(m => m.HeldOn <= today && m.Status == MeetingStatus.Planned).ToList();
        for (var i = 0; i < held.Count; i++)
        {
            var there = Enumerable.Range(0, _members.Count).Where(m => _members[m].IsActiveOn(held[i].HeldOn)).ToList();
            AddSlips(held[i], there);
            AddVisitors(held[i], there);
            if (i < held.Count - 1)
            {
                held[i].Enter(there.Select(m => Attend(m)).ToList());
                held[i].Complete(today, []);
            }
        }
    }

    /// <summary>Writes it down.</summary>
    public async Task WriteAsync(SourcingDb db, CancellationToken ct)
    {
        // Sponsors stand before those whom they brought.
        await db.InsertManyAsync(_members, ct);
        await db.InsertManyAsync([.. _members.SelectMany(m => m.Terms)], ct);
        await db.InsertManyAsync(_contacts, ct);
        await db.InsertManyAsync([new MemberAlias(chapter, _members[6].Id, $"{_members[6].FirstName[..1]}. {_members[6].LastName}")], ct);
        await db.InsertManyAsync(_outside, ct);
        await db.InsertManyAsync(_meetings, ct);
        await db.InsertManyAsync([.. _meetings.SelectMany(m => m.Attendances)], ct);
        await db.InsertManyAsync(_referrals, ct);
        await db.InsertManyAsync(_oneToOnes, ct);
        await db.InsertManyAsync(_business, ct);
        await db.InsertManyAsync(_education, ct);
        await db.InsertManyAsync(_testimonials, ct);
        await db.InsertManyAsync(_visitors, ct);
    }

    private void AddMembers()
    {
        // Four or five who left stand at the end; two of the others joined lately, one came back.
        var left = 4 + plan.Offset;
        for (var i = 0; i < plan.Size + left; i++)
        {
            var (first, last) = plan.Offset == 0 || i == 0
                ? (Firsts[(i + (plan.Offset * 15)) % Firsts.Length], Lasts[(i + (plan.Offset * 15)) % Lasts.Length])
                : (Firsts[(i + 15) % Firsts.Length], Lasts[((i * 7) + 3 + (i / 40 * 5)) % Lasts.Length]);
            var member = new Member(chapter, new(first, last)
            {
                Business = $"{last} {Lines[i % Lines.Length].Split(' ')[0]}", Classification = Lines[i % Lines.Length], SponsorId = i > 2 && i % 3 == 0 ? _members[_dice.Next(i - 1)].Id : null, UserId = account(first, last),
            });
            Terms(member, i, left);
            _members.Add(member);
            _zeal.Add(0.25 + (1.1 * _dice.NextDouble()));
            var contact = new MemberContact(member.Id, chapter);
            contact.Set($"{first}.{last}.{plan.Name}@members.example.test".ToLowerInvariant(), FormattableString.Invariant($"+00 555 {3000 + (plan.Offset * 100) + i}"), today.AddDays(_dice.Next(20, 350)));
            _contacts.Add(contact);
        }
    }

    private void Terms(Member member, int i, int left)
    {
        if (i >= plan.Size)
        {
            member.Join(Begin.AddDays(-_dice.Next(200, 900)));
            member.Leave(Begin.AddDays(60 + ((i - plan.Size) * 70)));
        }
        else if (i == plan.Size - 1)
        {
            member.Join(Begin.AddDays(-500));
            member.Leave(Begin.AddDays(90));
            member.Join(Begin.AddDays(210));
        }
        else if (i >= plan.Size - 1 - left)
        {
            member.Join(Begin.AddDays(30 + ((plan.Size - i) * 45)));
        }
        else
        {
            member.Join(Begin.AddDays(-_dice.Next(30, 1500)));
        }
    }

    private void AddMeetings()
    {
        var day = Begin;
        while (MeetingService.WeekdayOf(day) != plan.Day)
        {
            day = day.AddDays(1);
        }

        for (; day <= today.AddDays(56); day = day.AddDays(7))
        {
            var meeting = new Meeting(chapter, day);
            if (day is { Month: 12, Day: >= 24 } or { Month: 8, Day: >= 8 and <= 14 })
            {
                meeting.CallOff(holiday: true, 0);
            }

            _meetings.Add(meeting);
        }
    }

    private (Guid, AttendanceCode?, string, bool) Attend(int member)
    {
        var (zeal, roll) = (_zeal[member], _dice.NextDouble());
        AttendanceCode code = roll < 0.08 - (0.045 * zeal) ? AttendanceCode.Absent : roll < 0.10 ? AttendanceCode.Late : roll < 0.115 ? AttendanceCode.Medical : roll < 0.165 ? AttendanceCode.Substitute : AttendanceCode.Present;
        return (_members[member].Id, code, code == AttendanceCode.Substitute ? Guests[_dice.Next(Guests.Length)] : "", _dice.Next(40) == 0);
    }

    private void AddSlips(Meeting meeting, List<int> there)
    {
        foreach (var m in there)
        {
            var (zeal, self) = (_zeal[m], Party.Home(_members[m].Id));
            for (var n = Times(0.75 * zeal); n > 0; n--)
            {
                var to = _dice.Next(12) == 0 ? Party.Outside(Pick(_outside).Id) : Party.Home(_members[Partner(m, there)].Id);
                var referral = new Referral(chapter, meeting.Id, self, to, _dice.Next(10) < 3 ? 1 : 2, "");
                var age = today.DayNumber - meeting.HeldOn.DayNumber;
                referral.Move(age < 14 ? ReferralStatus.New : age < 60 ? Pick([ReferralStatus.New, ReferralStatus.Pending, ReferralStatus.Closed]) : Pick([ReferralStatus.Closed, ReferralStatus.Closed, ReferralStatus.Pending, ReferralStatus.NoSale]));
                _referrals.Add(referral);
            }

            if (_dice.NextDouble() < 0.6 * zeal)
            {
                _oneToOnes.Add(new(chapter, meeting.Id, self, _dice.Next(15) == 0 ? Party.Outside(Pick(_outside).Id) : Party.Home(_members[Partner(m, there)].Id), _dice.Next(3) == 0 ? "Online" : "", Pick(Topics)));
            }

            if (_dice.NextDouble() < 0.17 * zeal)
            {
                var outside = _dice.Next(20) == 0 ? Pick(_outside) : null;
                var amount = Math.Round((decimal)Math.Exp(4.6 + (3.4 * _dice.NextDouble())), _dice.Next(3) == 0 ? 2 : 0);
                _business.Add(new(chapter, meeting.Id, outside is null ? self : Party.Outside(outside.Id), amount, "EUR", _dice.Next(10) switch { < 4 => 1, < 8 => 2, _ => 3 }, outside is null || outside.ChapterName.Length == 0, ""));
            }

            if (_dice.NextDouble() < 0.45 * zeal)
            {
                var (credits, what) = (0.5m * _dice.Next(1, 5), Pick(["Training", "Podcast", "Book", "Mentor’s hour"]));
                _education.Add(new(chapter, meeting.Id, _members[m].Id, credits, what, what == "Training"));
            }
        }

        AddTestimonials(meeting, there);
    }

    // About two in half a year of each; thrown with dice of their own, so that everything else falls as it did.
    private void AddTestimonials(Meeting meeting, List<int> there)
    {
        foreach (var m in there.Where(m => _praise.NextDouble() < 0.08 * _zeal[m]))
        {
            if (there[_praise.Next(there.Count)] is var praised && praised != m)
            {
                _testimonials.Add(new(chapter, meeting.Id, _members[m].Id, Party.Home(_members[praised].Id), Praise[_praise.Next(Praise.Length)]));
            }
        }
    }

    private void AddVisitors(Meeting meeting, List<int> there)
    {
        for (var n = _dice.Next(0, 4); n > 0; n--)
        {
            var who = Guest();
            var name = $"{Guests[who % Guests.Length].Split(' ')[0]} {Guests[((who * 7) + (who / Guests.Length) + plan.Offset) % Guests.Length].Split(' ')[1]}";
            _visitors.Add(new(chapter, meeting.Id, new(name)
            {
                Company = $"{name.Split(' ')[1]} & Co.", Profession = Lines[who % Lines.Length], InviterId = _members[Inviter(there)].Id, Kind = _dice.Next(8) switch { 0 => VisitorKind.OtherChapter, 1 => VisitorKind.Substitute, _ => VisitorKind.Visitor },
                Outcome = today.DayNumber - meeting.HeldOn.DayNumber < 21 ? VisitorOutcome.Open : Pick([VisitorOutcome.Declined, VisitorOutcome.Declined, VisitorOutcome.Applied, VisitorOutcome.Joined]),
            }, ""));
        }
    }

    // The eager bring more people.
    private int Inviter(List<int> there) => Enumerable.Range(0, 3).Select(_ => Pick(there)).MaxBy(m => _zeal[m]);

    private int Times(double rate) => (int)rate + (_dice.NextDouble() < rate % 1 ? 1 : 0);

    // One in seven comes again, and of these every other a third time.
    private int Guest()
    {
        var who = _guests++;
        return who % 14 == 13 ? who - 13 : who % 7 == 6 ? who - 6 : who;
    }

    // Most go to the few with whom one has business anyway.
    private int Partner(int self, List<int> there)
    {
        var others = there.Where(m => m != self).ToList();
        var near = others.Where(m => Math.Abs(m - self) <= 3).ToList();
        return near.Count > 0 && _dice.Next(10) < 6 ? Pick(near) : Pick(others);
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[_dice.Next(of.Count)];
}

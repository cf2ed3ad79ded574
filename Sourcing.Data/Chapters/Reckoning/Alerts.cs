using System.Globalization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>How late arrivals add to absences.</summary>
public enum LateRule
{
    /// <summary>Not at all.</summary>
    Ignored,

    /// <summary>Every third late arrival is one absence.</summary>
    ThreeAreOne,

    /// <summary>Each is half an absence.</summary>
    Half,
}

/// <summary>When a chapter writes to members about their attendance. Data of the chapter.</summary>
/// <param name="ReviewAbsences">Absences from which on the seat is reviewed. Below it each whole absence is a letter: the first, second, third.</param>
/// <param name="ReviewSubstitutes">Substitutes from which on the seat is reviewed; null for no such rule.</param>
/// <param name="WarnsBefore">One less than either is told as imminent, in place of letters.</param>
/// <param name="SubstitutesWithoutAbsence">Substitutes that are allowed to who was never absent; null for no cap.</param>
/// <param name="SubstitutesWithAbsence">The same for everybody else.</param>
public sealed record AlertRules(LateRule Late, int ReviewAbsences, int? ReviewSubstitutes, bool WarnsBefore, int? SubstitutesWithoutAbsence, int? SubstitutesWithAbsence)
{
    /// <summary>1, 2, 3 absences are letters, from 4 on the seat is reviewed.</summary>
    public static AlertRules Common { get; } = new(LateRule.Ignored, 4, null, false, null, null);

    /// <summary>The same with caps on substitutes: 6 without absences, otherwise 3.</summary>
    public static AlertRules WithSubstituteCaps { get; } = Common with { SubstitutesWithoutAbsence = 6, SubstitutesWithAbsence = 3 };

    /// <summary>Review from 4 absences or 8 substitutes on; one less is imminent.</summary>
    public static AlertRules Taiwan { get; } = new(LateRule.Ignored, 4, 8, true, null, null);
}

/// <summary>How far it has come, mildest first.</summary>
public enum AlertLevel
{
    None,
    SubstitutesOverCap,
    FirstLetter,
    SecondLetter,
    ThirdLetter,

    /// <summary>One less than a review.</summary>
    Imminent,
    ReviewSeat,
}

/// <summary>One member's attendance of the last six months.</summary>
/// <param name="Absences">With late arrivals as the rules have it: 1.5 can be.</param>
/// <param name="Reasons">Why, in words; none without an alert.</param>
public sealed record Alert(Person Person, AlertLevel Level, int Absent, int Late, int Substitute, decimal Absences, IReadOnlyList<string> Reasons);

/// <summary>Rolling alerts: completed meetings with date &gt; as-of − 6 months, up to as-of.</summary>
public static class Alerts
{
    /// <summary>Members who are active on the day and have an alert: the gravest first, then by name.</summary>
    public static IReadOnlyList<Alert> Of(Ledger ledger, DateOnly asOf, AlertRules rules)
    {
        var counted = Counted.Of(ledger, new(asOf.AddMonths(-6).AddDays(1), asOf));
        var tallies = TallyTable.Of(counted);
        return [.. counted.Roster.Select((p, i) => (Person: p, Tally: tallies.Lines[i])).Where(x => x.Person.IsActiveOn(asOf)).Select(x => Of(x.Person, x.Tally, rules))
            .Where(a => a.Level != AlertLevel.None).OrderByDescending(a => a.Level).ThenBy(a => a.Person.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>One member's.</summary>
    public static Alert Of(Person person, Tally tally, AlertRules rules)
    {
        var absences = tally.Absent + rules.Late switch { LateRule.ThreeAreOne => tally.Late / 3, LateRule.Half => tally.Late / 2m, _ => 0m };
        var (level, reasons) = (AlertLevel.None, new List<string>());
        void Raise(AlertLevel to, string why)
        {
            level = to > level ? to : level;
            reasons.Add(why);
        }

        var counted = (absences == 1 ? "1 absence" : $"{Number(absences)} absences") + (absences == tally.Absent ? "" : ", late arrivals counted in");
        if (absences >= rules.ReviewAbsences)
        {
            Raise(AlertLevel.ReviewSeat, $"{counted}: from {rules.ReviewAbsences} on the seat is reviewed.");
        }
        else if (rules.WarnsBefore && absences >= rules.ReviewAbsences - 1)
        {
            Raise(AlertLevel.Imminent, $"{counted}: one more and the seat is reviewed.");
        }
        else if (absences >= 1)
        {
            var letter = (int)Math.Min(3, decimal.Floor(absences));
            Raise(AlertLevel.None + 1 + letter, $"{counted}: letter {letter}.");
        }

        CheckSubstitutes(tally, rules, absences, Raise);
        return new(person, level, tally.Absent, tally.Late, tally.Substitute, absences, reasons);
    }

    private static void CheckSubstitutes(Tally tally, AlertRules rules, decimal absences, Action<AlertLevel, string> raise)
    {
        if (rules.ReviewSubstitutes is { } review && tally.Substitute >= review)
        {
            raise(AlertLevel.ReviewSeat, $"{tally.Substitute} substitutes: from {review} on the seat is reviewed.");
        }
        else if (rules is { WarnsBefore: true, ReviewSubstitutes: { } next } && tally.Substitute == next - 1)
        {
            raise(AlertLevel.Imminent, $"{tally.Substitute} substitutes: one more and the seat is reviewed.");
        }

        var cap = absences == 0 ? rules.SubstitutesWithoutAbsence : rules.SubstitutesWithAbsence;
        if (cap is { } most && tally.Substitute > most)
        {
            raise(AlertLevel.SubstitutesOverCap, $"{tally.Substitute} substitutes: {most} are allowed {(absences == 0 ? "without absences" : "to who was absent")}.");
        }
    }

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

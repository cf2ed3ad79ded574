namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What is known of a member's business.</summary>
/// <param name="Sphere">The contact sphere: professions that share customers. Empty if not known.</param>
public sealed record Field(Guid Person, string Classification, string Sphere);

/// <summary>Two members who should meet.</summary>
/// <param name="Gaps">Directions without any referral: 0 to 2.</param>
/// <param name="SharesSphere">Both are in one contact sphere, with different classifications.</param>
/// <param name="LastContact">The last one-to-one in either direction at all; null for never.</param>
/// <param name="Reasons">Why it stands where it stands.</param>
public sealed record SuggestedMeeting(Person First, Person Second, int Gaps, bool SharesSphere, DateOnly? LastContact, IReadOnlyList<string> Reasons);

/// <summary>
/// Pairs that did not meet in the period, both still members: those with more gaps come first, among equals those of one contact sphere, then those whose last contact
/// is longest ago (never is longest), then by names. No weights: the order is the rule.
/// </summary>
public static class NextBestMeetings
{
    /// <param name="ledger">With the slips of before the period too: the last contact is looked for in all of it.</param>
    /// <param name="fields">Of members, as far as known.</param>
    /// <param name="member">Pairs of this member alone; null for the whole chapter.</param>
    public static IReadOnlyList<SuggestedMeeting> Of(Ledger ledger, PeriodFigures figures, IEnumerable<Field> fields, Guid? member = null)
    {
        var (roster, day, known) = (figures.Counted.Roster, figures.Counted.Period.Last, fields.DistinctBy(f => f.Person).ToDictionary(f => f.Person));
        var contacts = LastContacts(ledger, day);
        var pairs = new List<SuggestedMeeting>();
        for (var i = 0; i < roster.Count; i++)
        {
            for (var j = i + 1; j < roster.Count; j++)
            {
                var isAsked = member is null || roster[i].Id == member || roster[j].Id == member;
                if (isAsked && figures.OneToOnes.At(i, j) == 0 && roster[i].IsActiveOn(day) && roster[j].IsActiveOn(day))
                {
                    pairs.Add(Pair(figures.Referrals, i, j, Shares(known.GetValueOrDefault(roster[i].Id), known.GetValueOrDefault(roster[j].Id)), contacts.TryGetValue(Key(roster[i].Id, roster[j].Id), out var last) ? last : null));
                }
            }
        }

        return [.. pairs.OrderByDescending(p => p.Gaps).ThenByDescending(p => p.SharesSphere).ThenBy(p => p.LastContact ?? DateOnly.MinValue).ThenBy(p => p.First.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Second.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static SuggestedMeeting Pair(ReferralMatrix referrals, int i, int j, bool shares, DateOnly? last)
    {
        var (first, second) = (referrals.Roster[i], referrals.Roster[j]);
        var (there, back) = (referrals.At(i, j), referrals.At(j, i));
        var reasons = new List<string> { (there, back) switch { (0, 0) => "no referral in either direction", (0, _) => $"no referral from {first.Name} to {second.Name}", (_, 0) => $"no referral from {second.Name} to {first.Name}", _ => "referrals in both directions, but no meeting" } };
        if (shares)
        {
            reasons.Add("one contact sphere");
        }

        reasons.Add(last is { } day ? $"last met {day:yyyy-MM-dd}" : "never met");
        return new(first, second, (there == 0 ? 1 : 0) + (back == 0 ? 1 : 0), shares, last, reasons);
    }

    private static bool Shares(Field? a, Field? b) =>
        a is { Sphere.Length: > 0 } && a.Sphere.Equals(b?.Sphere, StringComparison.OrdinalIgnoreCase) && !a.Classification.Equals(b.Classification, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<(Guid, Guid), DateOnly> LastContacts(Ledger ledger, DateOnly until)
    {
        var days = ledger.Meetings.Where(m => m.State == MeetingState.Completed && m.Date <= until).ToDictionary(m => m.Id, m => m.Date);
        var last = new Dictionary<(Guid, Guid), DateOnly>();
        foreach (var slip in ledger.OneToOnes)
        {
            if (slip is { Initiator: { } a, Partner: { } b } && days.TryGetValue(slip.MeetingId, out var day) && (!last.TryGetValue(Key(a, b), out var known) || day > known))
            {
                last[Key(a, b)] = day;
            }
        }

        return last;
    }

    private static (Guid, Guid) Key(Guid a, Guid b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);
}

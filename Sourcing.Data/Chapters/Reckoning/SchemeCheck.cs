using System.Globalization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>Says in words what is wrong with a scheme that somebody edited.</summary>
public static class SchemeCheck
{
    /// <summary>Sentences for the user; none if the scheme can be used.</summary>
    public static IReadOnlyList<string> Of(Scheme scheme)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(scheme.Name))
        {
            faults.Add("Give the scheme a name.");
        }

        if (scheme.Rules.Count == 0)
        {
            faults.Add("A scheme needs at least one rule.");
        }

        foreach (var twice in scheme.Rules.GroupBy(r => r.Measure).Where(g => g.Count() > 1))
        {
            faults.Add($"{Words(twice.Key)} stands in {twice.Count()} rules; put their steps into one.");
        }

        foreach (var rule in scheme.Rules)
        {
            CheckRule(rule, faults);
        }

        CheckBands(scheme, faults);
        return faults;
    }

    /// <summary>A measure for people.</summary>
    public static string Words(Measure measure) => measure switch
    {
        Measure.Attendance => "Attendance %",
        Measure.Absences => "Absences",
        Measure.AbsencesAndLates => "Absences, three lates as one",
        Measure.Lates => "Late arrivals",
        Measure.ReferralsPerMeeting => "Referrals per meeting",
        Measure.OneToOnesPerMeeting => "One-to-ones per meeting",
        Measure.Visitors => "Visitors",
        Measure.VisitorsPerMeeting => "Visitors per meeting",
        Measure.Business => "Closed business",
        Measure.Credits => "Education credits",
        Measure.CreditsPerMeeting => "Education credits per meeting",
        Measure.Trainings => "Trainings",
        Measure.TestimonialsPerMeeting => "Testimonials per meeting",
        _ => "Members sponsored",
    };

    /// <summary>Whether fewer is better.</summary>
    public static bool IsFewerBetter(Measure measure) => measure is Measure.Absences or Measure.AbsencesAndLates or Measure.Lates;

    private static bool IsCount(Measure measure) => IsFewerBetter(measure) || measure is Measure.Visitors or Measure.Trainings or Measure.Sponsored;

    private static void CheckRule(SchemeRule rule, List<string> faults)
    {
        var (name, fewer) = (Words(rule.Measure), IsFewerBetter(rule.Measure));
        if (rule.Steps.Count == 0)
        {
            faults.Add($"{name}: add at least one step, or take the rule out.");
        }

        foreach (var step in rule.Steps)
        {
            if (step.Points is <= 0 or > 1000)
            {
                faults.Add($"{name}, {step.Words}: points lie above 0 and up to 1,000.");
            }

            var highest = rule.Measure == Measure.Attendance ? 100 : rule.Measure == Measure.Business ? 1_000_000_000 : 1_000;
            if (step.Threshold < 0 || step.Threshold > highest)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, {step.Words}: the threshold lies between 0 and {highest:N0}."));
            }

            if (IsCount(rule.Measure) && step.Threshold != decimal.Truncate(step.Threshold))
            {
                faults.Add($"{name}, {step.Words}: it is counted in whole numbers.");
            }

            if (fewer != (step.Comparison is Comparison.AtMost or Comparison.LessThan))
            {
                faults.Add($"{name}, {step.Words}: {(fewer ? "fewer is better, so compare with ≤ or <" : "more is better, so compare with ≥ or >")}.");
            }

            if (step is { Comparison: Comparison.AtLeast, Threshold: 0 })
            {
                faults.Add($"{name}, {step.Words}: everybody meets it; write > 0.");
            }

            if (step is { Comparison: Comparison.LessThan, Threshold: 0 })
            {
                faults.Add($"{name}, {step.Words}: nobody can meet it; write ≤ 0.");
            }
        }

        CheckOrder(rule, name, fewer, faults);
    }

    // The harder step must give more: otherwise doing more would earn less, or nothing.
    private static void CheckOrder(SchemeRule rule, string name, bool fewer, List<string> faults)
    {
        var steps = rule.Steps.OrderBy(s => fewer ? -s.Threshold : s.Threshold).ThenBy(s => s.Comparison is Comparison.MoreThan or Comparison.LessThan).ToList();
        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i] is var (comparison, threshold, _) && (comparison, threshold) == (steps[i - 1].Comparison, steps[i - 1].Threshold))
            {
                faults.Add($"{name}: {steps[i].Words} stands there twice.");
            }
            else if (steps[i].Points <= steps[i - 1].Points)
            {
                faults.Add($"{name}: {steps[i].Words} is harder than {steps[i - 1].Words} and has to give more than {Number(steps[i - 1].Points)} points.");
            }
        }
    }

    private static void CheckBands(Scheme scheme, List<string> faults)
    {
        var bands = scheme.Bands;
        if (!(bands.Green > bands.Yellow && bands.Yellow > bands.Red && bands.Red > 0))
        {
            faults.Add($"Green ({Number(bands.Green)}) has to begin above yellow ({Number(bands.Yellow)}), yellow above red ({Number(bands.Red)}), and red above 0.");
        }

        if (scheme.Rules.Count > 0 && scheme.Most < bands.Green)
        {
            faults.Add($"All rules together give {Number(scheme.Most)} points at most, so nobody could reach green, which begins at {Number(bands.Green)}.");
        }
    }

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

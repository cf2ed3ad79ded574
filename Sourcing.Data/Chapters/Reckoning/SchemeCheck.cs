using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>Says in words what is wrong with a scheme that somebody edited.</summary>
public static class SchemeCheck
{
    /// <summary>Rules of a scheme and steps of a rule, at most.</summary>
    public const int Most = 20;

    /// <summary>Sentences for the user; none if the scheme can be used.</summary>
    public static IReadOnlyList<string> Of(Scheme scheme) => [.. Faults(scheme).Select(f => f.Message)];

    /// <summary>The same with the field that is to be mended: Name, Green, Rules[0].Measure, Rules[0].Steps, Rules[0].Steps[1].Threshold.</summary>
    public static IReadOnlyList<FieldError> Faults(Scheme scheme)
    {
        var faults = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(scheme.Name))
        {
            faults.Add(new("Name", "Give the scheme a name."));
        }

        if (scheme.Rules.Count is 0 or > Most)
        {
            faults.Add(new("Rules", scheme.Rules.Count == 0 ? "A scheme needs at least one rule." : $"A scheme has {Most} rules at most."));
        }

        for (var i = 0; i < scheme.Rules.Count; i++)
        {
            var measure = scheme.Rules[i].Measure;
            if (scheme.Rules.Take(i).Any(r => r.Measure == measure))
            {
                faults.Add(new($"Rules[{i}].Measure", $"{Words(measure)} stands in {scheme.Rules.Count(r => r.Measure == measure)} rules; put their steps into one."));
            }

            CheckRule(scheme.Rules[i], $"Rules[{i}]", faults);
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

    private static void CheckRule(SchemeRule rule, string at, List<FieldError> faults)
    {
        var (name, fewer) = (Words(rule.Measure), IsFewerBetter(rule.Measure));
        if (rule.Steps.Count is 0 or > Most)
        {
            faults.Add(new($"{at}.Steps", rule.Steps.Count == 0 ? $"{name}: add at least one step, or take the rule out." : $"{name}: a rule has {Most} steps at most."));
        }

        for (var i = 0; i < rule.Steps.Count; i++)
        {
            CheckStep(rule, rule.Steps[i], (name, fewer), $"{at}.Steps[{i}]", faults);
        }

        CheckOrder(rule, (name, fewer), at, faults);
    }

    private static void CheckStep(SchemeRule rule, Step step, (string Name, bool Fewer) measure, string at, List<FieldError> faults)
    {
        var (name, fewer) = measure;
        if (step.Points is <= 0 or > 1000)
        {
            faults.Add(new($"{at}.Points", $"{name}, {step.Words}: points lie above 0 and up to 1,000."));
        }

        var highest = rule.Measure == Measure.Attendance ? 100 : rule.Measure == Measure.Business ? 1_000_000_000 : 1_000;
        if (step.Threshold < 0 || step.Threshold > highest)
        {
            faults.Add(new($"{at}.Threshold", string.Create(CultureInfo.InvariantCulture, $"{name}, {step.Words}: the threshold lies between 0 and {highest:N0}.")));
        }

        if (IsCount(rule.Measure) && step.Threshold != decimal.Truncate(step.Threshold))
        {
            faults.Add(new($"{at}.Threshold", $"{name}, {step.Words}: it is counted in whole numbers."));
        }

        if (fewer != (step.Comparison is Comparison.AtMost or Comparison.LessThan))
        {
            faults.Add(new($"{at}.Comparison", $"{name}, {step.Words}: {(fewer ? "fewer is better, so compare with ≤ or <" : "more is better, so compare with ≥ or >")}."));
        }

        if (step is { Comparison: Comparison.AtLeast, Threshold: 0 })
        {
            faults.Add(new($"{at}.Threshold", $"{name}, {step.Words}: everybody meets it; write > 0."));
        }

        if (step is { Comparison: Comparison.LessThan, Threshold: 0 })
        {
            faults.Add(new($"{at}.Threshold", $"{name}, {step.Words}: nobody can meet it; write ≤ 0."));
        }
    }

    // The harder step must give more: otherwise doing more would earn less, or nothing.
    private static void CheckOrder(SchemeRule rule, (string Name, bool Fewer) measure, string at, List<FieldError> faults)
    {
        var (name, fewer) = measure;
        var steps = rule.Steps.Select((s, i) => (Step: s, At: $"{at}.Steps[{i}]")).OrderBy(s => fewer ? -s.Step.Threshold : s.Step.Threshold).ThenBy(s => s.Step.Comparison is Comparison.MoreThan or Comparison.LessThan).ToList();
        for (var i = 1; i < steps.Count; i++)
        {
            var (step, before) = (steps[i].Step, steps[i - 1].Step);
            if ((step.Comparison, step.Threshold) == (before.Comparison, before.Threshold))
            {
                faults.Add(new($"{steps[i].At}.Threshold", $"{name}: {step.Words} stands there twice."));
            }
            else if (step.Points <= before.Points)
            {
                faults.Add(new($"{steps[i].At}.Points", $"{name}: {step.Words} is harder than {before.Words} and has to give more than {Number(before.Points)} points."));
            }
        }
    }

    private static void CheckBands(Scheme scheme, List<FieldError> faults)
    {
        var bands = scheme.Bands;
        if (!(bands.Green > bands.Yellow && bands.Yellow > bands.Red && bands.Red > 0))
        {
            faults.Add(new(bands.Green <= bands.Yellow ? "Green" : bands.Yellow <= bands.Red ? "Yellow" : "Red",
                $"Green ({Number(bands.Green)}) has to begin above yellow ({Number(bands.Yellow)}), yellow above red ({Number(bands.Red)}), and red above 0."));
        }

        if (scheme.Rules.Count > 0 && scheme.Most < bands.Green)
        {
            faults.Add(new("Green", $"All rules together give {Number(scheme.Most)} points at most, so nobody could reach green, which begins at {Number(bands.Green)}."));
        }
    }

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>A draft of a scheme as it is typed.</summary>
public sealed class SchemeForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the scheme a name."), StringLength(80, ErrorMessage = "The name is longer than 80 characters.")]
    public string Name { get; set; } = "";

    [Display(Name = "Green from"), Required(ErrorMessage = "Say from how many points on green begins."), Range(0, 10_000, ErrorMessage = "Points of a band lie between 0 and 10,000.")]
    public decimal? Green { get; set; }

    [Display(Name = "Yellow from"), Required(ErrorMessage = "Say from how many points on yellow begins."), Range(0, 10_000, ErrorMessage = "Points of a band lie between 0 and 10,000.")]
    public decimal? Yellow { get; set; }

    [Display(Name = "Red from"), Required(ErrorMessage = "Say from how many points on red begins."), Range(0, 10_000, ErrorMessage = "Points of a band lie between 0 and 10,000.")]
    public decimal? Red { get; set; }

    public List<SchemeRuleForm> Rules { get; set; } = [];

    /// <summary>The most points that the rules give as they are typed; what is not typed yet counts 0.</summary>
    public decimal Most => Rules.Sum(r => r.Most);

    internal Scheme ToScheme(string key, int number) => new(key, Name, number, new(Green!.Value, Yellow!.Value, Red!.Value),
        [.. Rules.Select(r => new SchemeRule(r.Measure, [.. r.Steps.Select(s => new Step(s.Comparison, s.Threshold!.Value, s.Points!.Value))]))]);
}

/// <summary>A rule as it is typed.</summary>
public sealed class SchemeRuleForm
{
    [Display(Name = "What counts")]
    public Measure Measure { get; set; }

    public List<SchemeStepForm> Steps { get; set; } = [];

    /// <summary>The most that the rule gives as it is typed.</summary>
    public decimal Most => Steps.Select(s => s.Points ?? 0).DefaultIfEmpty(0).Max();
}

/// <summary>A step as it is typed.</summary>
public sealed class SchemeStepForm
{
    [Display(Name = "Compared by")]
    public Comparison Comparison { get; set; }

    [Required(ErrorMessage = "Type the threshold.")]
    public decimal? Threshold { get; set; }

    [Required(ErrorMessage = "Type the points.")]
    public decimal? Points { get; set; }
}

/// <summary>A copy that is made of a scheme.</summary>
public sealed class SchemeCopyForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>What is copied.</summary>
    public Guid FromId { get; set; }

    /// <summary>Whose the copy is; null for the network's.</summary>
    [Display(Name = "For")]
    public Guid? ChapterId { get; set; }

    [Required(ErrorMessage = "Give the copy a name."), StringLength(80, ErrorMessage = "The name is longer than 80 characters.")]
    public string Name { get; set; } = "";
}

/// <summary>From when on a scheme scores a chapter, or is the network's standard.</summary>
public sealed class SchemeUseForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid SchemeId { get; set; }

    public uint Version { get; set; }

    /// <summary>Null for the network's standard.</summary>
    [Display(Name = "For")]
    public Guid? ChapterId { get; set; }

    /// <summary>YYYY-MM.</summary>
    [Display(Name = "From"), Required(ErrorMessage = "Choose the month from which it scores.")]
    public string FromMonth { get; set; } = "";

    /// <summary>The first day of <see cref="FromMonth"/>. Refuses what is no month.</summary>
    internal DateOnly From => DateOnly.TryParseExact(FromMonth + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw new RefusedException(nameof(FromMonth), $"\"{FromMonth}\" is not a month. Choose one from the list.");
}

/// <summary>How alerts are raised, as it is typed.</summary>
public sealed class AlertRulesForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid ChapterId { get; set; }

    /// <summary>0 where the chapter has none of its own yet.</summary>
    public uint Version { get; set; }

    [Display(Name = "Late arrivals")]
    public LateRule Late { get; set; }

    [Display(Name = "Review from"), Required(ErrorMessage = "Say from how many absences on the seat is reviewed."), Range(1, 50, ErrorMessage = "A review begins with 1 to 50 absences.")]
    public int? ReviewAbsences { get; set; }

    [Display(Name = "Or from"), Range(1, 50, ErrorMessage = "A review begins with 1 to 50 substitutes; leave it empty for no such rule.")]
    public int? ReviewSubstitutes { get; set; }

    [Display(Name = "Tell when one is left")]
    public bool WarnsBefore { get; set; }

    [Display(Name = "Substitutes without an absence"), Range(0, 50, ErrorMessage = "A cap lies between 0 and 50; leave it empty for none.")]
    public int? SubstitutesWithoutAbsence { get; set; }

    [Display(Name = "Substitutes with an absence"), Range(0, 50, ErrorMessage = "A cap lies between 0 and 50; leave it empty for none.")]
    public int? SubstitutesWithAbsence { get; set; }

    /// <summary>Fills in rules that are known by a name.</summary>
    public void Take(AlertRules rules) =>
        (Late, ReviewAbsences, ReviewSubstitutes, WarnsBefore, SubstitutesWithoutAbsence, SubstitutesWithAbsence) =
            (rules.Late, rules.ReviewAbsences, rules.ReviewSubstitutes, rules.WarnsBefore, rules.SubstitutesWithoutAbsence, rules.SubstitutesWithAbsence);

    internal AlertRules Rules => new(Late, ReviewAbsences!.Value, ReviewSubstitutes, WarnsBefore, SubstitutesWithoutAbsence, SubstitutesWithAbsence);
}

/// <summary>A note of the committee as it is typed.</summary>
public sealed class CommitteeNoteForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid MemberId { get; set; }

    [Display(Name = "Note"), Required(ErrorMessage = "Type the note."), StringLength(2000, ErrorMessage = "The note is longer than 2,000 characters.")]
    public string Text { get; set; } = "";
}

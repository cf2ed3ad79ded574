using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>Where a template stands.</summary>
public enum ScorecardTemplateStatus
{
    /// <summary>Can be changed; scores nobody.</summary>
    Draft,

    /// <summary>Scores every supplier; one at a time.</summary>
    Active,

    /// <summary>Was active; its scores stay.</summary>
    Retired,
}

/// <summary>What suppliers are scored by: criteria, standings, and how periods count.</summary>
public sealed class ScorecardTemplate : ISoftDeleted
{
    private readonly List<ScorecardCriterion> _criteria = [];
    private readonly List<ScorecardStanding> _standings = [];

    private ScorecardTemplate()
    {
    }

    /// <inheritdoc cref="Rewrite"/>
    public ScorecardTemplate(string name, string description, ScorecardRules rules)
    {
        Id = Guid.CreateVersion7();
        Rewrite(name, description, rules);
    }

    public Guid Id { get; private set; }

    /// <summary>1 to 120 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>At most 1,000 characters.</summary>
    public string Description { get; private set; } = "";

    public ScorecardTemplateStatus Status { get; private set; }

    public ScorePeriod Period { get; private set; }

    /// <inheritdoc cref="ScorecardRules.Decay"/>
    public decimal Decay { get; private set; }

    /// <inheritdoc cref="ScorecardRules.SmallSample"/>
    public decimal SmallSample { get; private set; }

    /// <summary>When it was last held against the past, as it is now; null after a change.</summary>
    public DateTimeOffset? BackTestedAt { get; private set; }

    public DateTimeOffset? ActivatedAt { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<ScorecardCriterion> Criteria => _criteria;

    public IReadOnlyList<ScorecardStanding> Standings => _standings;

    /// <summary>Sets everything. Refuses unless it is a draft, and rules that do not hold: see <see cref="ScorecardRuleChecks"/>.</summary>
    public void Rewrite(string name, string description, ScorecardRules rules)
    {
        DemandDraft();
        ScorecardRuleChecks.Demand(rules);
        (Name, Description) = (name.Trim(), description.Trim());
        (Period, Decay, SmallSample, BackTestedAt) = (rules.Period, rules.Decay, rules.SmallSample, null);
        Set(_criteria, rules.Criteria.Count, i => new(Id, i, rules.Criteria[i]), (kept, i) => kept.Change(rules.Criteria[i]));
        var standings = rules.Standings.OrderBy(s => s.From).ToList();
        Set(_standings, standings.Count, i => new(Id, i, standings[i]), (kept, i) => kept.Change(standings[i]));
    }

    /// <summary>Notes that it was held against the past as it is.</summary>
    public void MarkBackTested(DateTimeOffset now)
    {
        DemandDraft();
        BackTestedAt = now;
    }

    /// <summary>From now on it scores every supplier. Refuses what is no draft, and a draft that was not held against the past since its last change.</summary>
    public void Activate(DateTimeOffset now)
    {
        DemandDraft();
        if (BackTestedAt is null)
        {
            throw new RefusedException("This template was not back-tested since its last change. Back-test it, look who would have been warned or blocked, and activate it then.");
        }

        (Status, ActivatedAt) = (ScorecardTemplateStatus.Active, now);
    }

    /// <summary>Another one scores from now on, or none. Refuses what is not active.</summary>
    public void Retire(DateTimeOffset now)
    {
        if (Status != ScorecardTemplateStatus.Active)
        {
            throw new RefusedException($"{Name} is not active, so it cannot be retired.");
        }

        (Status, RetiredAt) = (ScorecardTemplateStatus.Retired, now);
    }

    /// <summary>Refuses to delete what has scored.</summary>
    public void DemandDraft()
    {
        if (Status != ScorecardTemplateStatus.Draft)
        {
            throw new RefusedException($"{Name} is {(Status == ScorecardTemplateStatus.Active ? "active" : "retired")}: its scores rest on it as it is. Copy it, and change the copy.");
        }
    }

    /// <summary>What it says, ready to reckon with.</summary>
    public ScorecardRules Rules() => new(
        Period, Decay, SmallSample,
        [.. _criteria.OrderBy(c => c.Position).Select(c => new CriterionRule(c.Name, c.Weight, KpiFormula.Parse(c.Formula), c.ZeroAt, c.FullAt))],
        [.. _standings.OrderBy(s => s.FromScore).Select(s => new StandingRule(s.Name, s.FromScore, s.Effect))]);

    // Rows keep their keys by place, so that the history tells what changed and not that all was made anew.
    private static void Set<T>(List<T> rows, int count, Func<int, T> make, Action<T, int> change)
    {
        if (rows.Count > count)
        {
            rows.RemoveRange(count, rows.Count - count);
        }

        for (var i = 0; i < count; i++)
        {
            if (i < rows.Count)
            {
                change(rows[i], i);
            }
            else
            {
                rows.Add(make(i));
            }
        }
    }
}

/// <summary>A criterion of a template.</summary>
public sealed class ScorecardCriterion
{
    private ScorecardCriterion()
    {
    }

    internal ScorecardCriterion(Guid templateId, int position, CriterionRule rule)
    {
        (Id, TemplateId, Position) = (Guid.CreateVersion7(), templateId, position);
        Change(rule);
    }

    public Guid Id { get; private set; }

    public Guid TemplateId { get; private set; }

    /// <summary>0, 1, 2… in the order of the template.</summary>
    public int Position { get; private set; }

    public string Name { get; private set; } = "";

    /// <inheritdoc cref="CriterionRule.Weight"/>
    public decimal Weight { get; private set; }

    /// <summary>As typed: see <see cref="KpiFormula"/>.</summary>
    public string Formula { get; private set; } = "";

    /// <inheritdoc cref="CriterionRule.ZeroAt"/>
    public decimal ZeroAt { get; private set; }

    /// <inheritdoc cref="CriterionRule.FullAt"/>
    public decimal FullAt { get; private set; }

    internal void Change(CriterionRule rule) =>
        (Name, Weight, Formula, ZeroAt, FullAt) = (rule.Name.Trim(), rule.Weight, rule.Formula.Text, rule.ZeroAt, rule.FullAt);
}

/// <summary>A standing of a template.</summary>
public sealed class ScorecardStanding
{
    private ScorecardStanding()
    {
    }

    internal ScorecardStanding(Guid templateId, int position, StandingRule rule)
    {
        (Id, TemplateId, Position) = (Guid.CreateVersion7(), templateId, position);
        Change(rule);
    }

    public Guid Id { get; private set; }

    public Guid TemplateId { get; private set; }

    /// <summary>0, 1, 2… from the lowest.</summary>
    public int Position { get; private set; }

    public string Name { get; private set; } = "";

    /// <inheritdoc cref="StandingRule.From"/>
    public decimal FromScore { get; private set; }

    public StandingEffect Effect { get; private set; }

    internal void Change(StandingRule rule) => (Name, FromScore, Effect) = (rule.Name.Trim(), rule.From, rule.Effect);
}

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>A template in the list of them.</summary>
public sealed record ScorecardTemplateRow(Guid Id, string Name, ScorecardTemplateStatus Status, ScorePeriod Period, int Criteria, DateTimeOffset? BackTestedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? RetiredAt);

/// <summary>A template as its page shows it.</summary>
public sealed record ScorecardTemplateDetails(
    Guid Id, string Name, string Description, ScorecardTemplateStatus Status, ScorecardRules Rules, DateTimeOffset? BackTestedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? RetiredAt, uint Version);

/// <summary>Where a supplier stands, as shown beside its name wherever a buyer decides.</summary>
/// <param name="Score">0 to 100.</param>
public sealed record StandingMark(string Name, decimal Score, StandingEffect Effect);

/// <summary>A score of a period.</summary>
/// <param name="Own">Of the period alone.</param>
/// <param name="Score">With the periods before it.</param>
public sealed record ScorecardPeriod(DateOnly Start, DateOnly End, decimal Own, decimal Score, string Standing, StandingEffect Effect, bool Few, IReadOnlyList<CriterionScore> Criteria);

/// <summary>A supplier's scorecard.</summary>
/// <param name="Rules">Of the active template.</param>
/// <param name="Periods">Scored periods of the active template, the oldest first; none until something was scored.</param>
/// <param name="Since">First day of the period in which it came to its standing.</param>
/// <param name="Rank">Its place by score among those of its category; 1 is the best.</param>
/// <param name="Ranked">How many of its category have a score.</param>
/// <param name="RecomputedAt">When scores were last recomputed; null before the first time.</param>
public sealed record SupplierScorecardView(
    Guid TemplateId, string Template, ScorecardRules Rules, IReadOnlyList<ScorecardPeriod> Periods, DateOnly? Since, int? Rank, int Ranked, DateTimeOffset? RecomputedAt);

/// <summary>An event behind a figure: see <c>app.kpi_events</c>.</summary>
/// <param name="IsOrder">It stands in an order; else in an RFQ.</param>
/// <param name="Document">The order's or RFQ's number.</param>
/// <param name="Line">The line's number; null for a whole document.</param>
/// <param name="Text">What was ordered or asked for.</param>
/// <param name="Unit">Of <paramref name="Top"/> and <paramref name="Bottom"/>; empty for counts and amounts.</param>
/// <param name="Day">The day that puts it into the period.</param>
/// <param name="Top">What counts of it.</param>
/// <param name="Bottom">Out of what.</param>
/// <param name="Value">Its part in a mean or median.</param>
/// <param name="Came">Days on which goods came, for deliveries.</param>
public sealed record KpiEvent(
    bool IsOrder, Guid DocumentId, string Document, int? Line, string Text, string Unit, DateOnly Day, decimal? Top, decimal? Bottom, decimal? Value, IReadOnlyList<DateOnly> Came);

/// <summary>The events behind a KPI of a supplier in a period.</summary>
/// <param name="Figure">The KPI over exactly these events.</param>
/// <param name="All">How many there are; at most <see cref="ScorecardQueries.MostEvents"/> are listed, those that cost most first.</param>
public sealed record KpiEvents(Kpi Kpi, KpiFigure Figure, decimal? Top, decimal? Bottom, IReadOnlyList<KpiEvent> Events, int All);

/// <summary>Suppliers side by side.</summary>
/// <param name="Template">Null without an active one.</param>
public sealed record ScorecardComparison(string? Template, ScorecardRules? Rules, IReadOnlyList<ComparedScorecard> Suppliers);

/// <summary>A supplier among those compared.</summary>
/// <param name="Twelve">KPIs of twelve months by code.</param>
public sealed record ComparedScorecard(
    Guid SupplierId, string Code, string Name, string Category, SupplierBlock BlockedFor, IReadOnlyList<ScorecardPeriod> Periods, IReadOnlyDictionary<string, KpiFigure> Twelve);

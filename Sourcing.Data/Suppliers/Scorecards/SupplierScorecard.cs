namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>A supplier's score of a period by a template. Written by the recomputation alone, with the period's rows of <see cref="SupplierKpi"/>.</summary>
public sealed class SupplierScorecard
{
    private SupplierScorecard()
    {
    }

    public Guid Id { get; private set; }

    public Guid SupplierId { get; private set; }

    public Guid TemplateId { get; private set; }

    /// <summary>First day of the period.</summary>
    public DateOnly PeriodStart { get; private set; }

    /// <summary>First day after it.</summary>
    public DateOnly PeriodEnd { get; private set; }

    /// <summary>0 to 100: of the period alone.</summary>
    public decimal OwnScore { get; private set; }

    /// <summary>0 to 100: with the periods before, by the template's decay.</summary>
    public decimal Score { get; private set; }

    /// <summary>The standing that the score falls into.</summary>
    public string Standing { get; private set; } = "";

    public StandingEffect Effect { get; private set; }

    /// <summary>A criterion that counts rests on fewer events than the template's k.</summary>
    public bool FewData { get; private set; }

    /// <summary>A JSON array of <see cref="CriterionScore"/>.</summary>
    public string Criteria { get; private set; } = "[]";
}

/// <summary>A KPI of a supplier in a period. Written by the recomputation alone, out of <c>app.reckon_kpis</c>.</summary>
public sealed class SupplierKpi
{
    private SupplierKpi()
    {
    }

    public Guid Id { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>Code of <see cref="Kpis"/>.</summary>
    public string Kpi { get; private set; } = "";

    /// <summary>How long the period is.</summary>
    public ScorePeriod Period { get; private set; }

    /// <summary>First day of the period.</summary>
    public DateOnly PeriodStart { get; private set; }

    /// <summary>How many lines, quotes or answers it is made of; above 0.</summary>
    public int Events { get; private set; }

    /// <summary>What counts, summed up; null for medians and means.</summary>
    public decimal? Top { get; private set; }

    /// <summary>Out of what; null for sums, medians and means.</summary>
    public decimal? Bottom { get; private set; }

    /// <summary>The figure in its own unit; null where a part of it is not known, such as a rate of exchange.</summary>
    public decimal? Value { get; private set; }
}

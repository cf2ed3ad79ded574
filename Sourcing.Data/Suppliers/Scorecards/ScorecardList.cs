using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>A supplier in the ranking.</summary>
public sealed record ScorecardRow
{
    public Guid Id { get; init; }

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string Category { get; init; } = "";

    public string Country { get; init; } = "";

    /// <summary>First day of the period that was scored last.</summary>
    public DateOnly? Period { get; init; }

    /// <summary>0 to 100.</summary>
    public decimal? Score { get; init; }

    /// <summary>Against the scored period before; null for the first one.</summary>
    public decimal? Change { get; init; }

    public string? Standing { get; init; }

    public StandingEffect Effect { get; init; }

    public bool FewData { get; init; }

    public SupplierBlock BlockedFor { get; init; }

    public decimal? OnTimeInFull { get; init; }

    public decimal? Answers { get; init; }

    public decimal? Wins { get; init; }
}

/// <summary>Suppliers ranked by the score of the active template; by category with a filter.</summary>
public sealed class ScorecardList(Database database, CurrentUser user) : ListSource<ScorecardRow>(database, user)
{
    private static readonly ListShape<ScorecardRow> Columns = new ListShape<ScorecardRow>("scorecards", "Supplier scorecards", r => r.Id)
        .Add(r => r.Code, "Code", FieldKind.Code)
        .Add(r => r.Name, "Name", FieldKind.Text)
        .Add(r => r.Category, "Category", FieldKind.Text)
        .Add(r => r.Country, "Country", FieldKind.Text, hidden: true)
        .Add(r => r.Score, "Score", FieldKind.Number, decimals: 1)
        .Add(r => r.Change, "Change", FieldKind.Number, sortable: false, filterable: false, decimals: 1)
        .Add(r => r.Standing, "Standing", FieldKind.Text)
        .Add(r => r.Effect, "Effect", FieldKind.Choice, choices: [new("none", "None"), new("warn", "Warned of"), new("block_rfqs", "Blocked for RFQs"), new("block_orders", "Blocked for orders")])
        .Add(r => r.FewData, "Few data", FieldKind.Flag, sortable: false)
        .Add(r => r.OnTimeInFull, "On time, 12 months", FieldKind.Percent)
        .Add(r => r.Answers, "Answers", FieldKind.Percent)
        .Add(r => r.Wins, "Wins", FieldKind.Percent)
        .Add(r => r.Period, "Last scored", FieldKind.Date)
        .Add(r => r.BlockedFor, "Blocked", FieldKind.Choice, hidden: true, choices: [new("none", "Not blocked"), new("rfq", "For RFQs"), new("order", "For orders")])
        .OrderedBy("score", descending: true);

    /// <inheritdoc/>
    public override ListShape<ScorecardRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.SuppliersRead;

    /// <inheritdoc/>
    protected override IQueryable<ScorecardRow> Rows(SourcingDb db, string search)
    {
        var pattern = $"%{search}%";
        var scored = db.Suppliers.Where(s => s.StandingScore != null && (search.Length == 0 || EF.Functions.ILike(s.Name, pattern) || EF.Functions.ILike(s.Code, pattern)));
        return scored.Select(s => new ScorecardRow
        {
            Id = s.Id, Code = s.Code, Name = s.Name, Category = s.Category, Country = s.Country, Period = s.StandingPeriod, Score = s.StandingScore, Standing = s.Standing,
            Effect = s.StandingEffect, BlockedFor = s.BlockedFor, OnTimeInFull = s.ReliabilityScore, Answers = s.ResponseRate, Wins = s.WinRate,
            Change = s.StandingScore - db.SupplierScorecards
                .Where(c => c.SupplierId == s.Id && c.PeriodStart < s.StandingPeriod && db.ScorecardTemplates.Any(t => t.Id == c.TemplateId && t.Status == ScorecardTemplateStatus.Active))
                .OrderByDescending(c => c.PeriodStart).Select(c => (decimal?)c.Score).FirstOrDefault(),
            FewData = db.SupplierScorecards.Any(c => c.SupplierId == s.Id && c.PeriodStart == s.StandingPeriod && c.FewData
                && db.ScorecardTemplates.Any(t => t.Id == c.TemplateId && t.Status == ScorecardTemplateStatus.Active)),
        });
    }
}

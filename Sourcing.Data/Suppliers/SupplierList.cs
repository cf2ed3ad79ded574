using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Suppliers;

/// <summary>A supplier in the list.</summary>
public sealed record SupplierRow
{
    public Guid Id { get; init; }

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public string Category { get; init; } = "";

    public string Country { get; init; } = "";

    public string Region { get; init; } = "";

    public bool IsActive { get; init; }

    public SupplierBlock BlockedFor { get; init; }

    public string? BlockReason { get; init; }

    public RiskLevel RiskLevel { get; init; }

    /// <summary>The standing of its last scorecard; null until it is scored.</summary>
    public string? Standing { get; init; }

    /// <summary>0 to 100.</summary>
    public decimal? Score { get; init; }

    public Scorecards.StandingEffect StandingEffect { get; init; }

    public decimal? ReliabilityScore { get; init; }

    public decimal? ResponseRate { get; init; }

    public decimal? WinRate { get; init; }

    public int? LeadTimeDays { get; init; }

    public string Currency { get; init; } = "";

    public string Incoterm { get; init; } = "";

    public string PaymentTerms { get; init; } = "";

    public string Contact { get; init; } = "";

    public string Email { get; init; } = "";

    public int Parts { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How well it matches the search; 0 without one.</summary>
    public float Match { get; init; }
}

/// <summary>The list of suppliers.</summary>
public sealed class SupplierList(Database database, CurrentUser user) : ListSource<SupplierRow>(database, user)
{
    private const int MostHits = 1000;

    private static readonly ListShape<SupplierRow> Columns = new ListShape<SupplierRow>("suppliers", "Suppliers", r => r.Id)
        .Add(r => r.Code, "Code", FieldKind.Code)
        .Add(r => r.Name, "Name", FieldKind.Text)
        .Add(r => r.Category, "Category", FieldKind.Text)
        .Add(r => r.Country, "Country", FieldKind.Text)
        .Add(r => r.Region, "Region", FieldKind.Text, hidden: true, sortable: false)
        .Add(r => r.BlockedFor, "Blocked", FieldKind.Choice, choices: [new("none", "Not blocked"), new("rfq", "For RFQs"), new("order", "For orders")])
        .Add(r => r.RiskLevel, "Risk", FieldKind.Choice)
        .Add(r => r.Standing, "Standing", FieldKind.Text)
        .Add(r => r.Score, "Score", FieldKind.Number, decimals: 1)
        // Of twelve months, as of the last recomputation of scorecards.
        .Add(r => r.ReliabilityScore, "Reliability", FieldKind.Percent, hidden: true)
        .Add(r => r.ResponseRate, "Answers", FieldKind.Percent)
        .Add(r => r.WinRate, "Wins", FieldKind.Percent)
        .Add(r => r.LeadTimeDays, "Lead time", FieldKind.Number, hidden: true, unit: _ => "days")
        .Add(r => r.Parts, "Parts", FieldKind.Number, sortable: false, filterable: false)
        .Add(r => r.Currency, "Currency", FieldKind.Code, hidden: true)
        .Add(r => r.Incoterm, "Incoterm", FieldKind.Code, hidden: true)
        .Add(r => r.PaymentTerms, "Payment terms", FieldKind.Text, hidden: true)
        .Add(r => r.Contact, "Contact", FieldKind.Text, hidden: true)
        .Add(r => r.Email, "E-mail", FieldKind.Text, hidden: true)
        .Add(r => r.IsActive, "Active", FieldKind.Flag)
        .Add(r => r.UpdatedAt, "Updated", FieldKind.Moment, hidden: true)
        .Add(r => r.Match, "Match", FieldKind.Number, filterable: false, hidden: true)
        .OrderedBy("name");

    /// <inheritdoc/>
    public override ListShape<SupplierRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.SuppliersRead;

    /// <inheritdoc/>
    protected override string? SearchRank => "match";

    /// <inheritdoc/>
    protected override IQueryable<SupplierRow> Rows(SourcingDb db, string search)
    {
        var found = search.Length == 0
            ? db.Suppliers.Select(s => new { Supplier = s, Rank = 0f })
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_suppliers({search}, {MostHits})")
                .Join(db.Suppliers, hit => hit.Id, supplier => supplier.Id, (hit, supplier) => new { Supplier = supplier, hit.Rank });
        return found.Select(x => new SupplierRow
        {
            Id = x.Supplier.Id, Code = x.Supplier.Code, Name = x.Supplier.Name, Category = x.Supplier.Category, Country = x.Supplier.Country, Region = x.Supplier.Region,
            IsActive = x.Supplier.IsActive, BlockedFor = x.Supplier.BlockedFor, BlockReason = x.Supplier.BlockReason, RiskLevel = x.Supplier.RiskLevel,
            ReliabilityScore = x.Supplier.ReliabilityScore, ResponseRate = x.Supplier.ResponseRate, WinRate = x.Supplier.WinRate,
            Standing = x.Supplier.Standing, Score = x.Supplier.StandingScore, StandingEffect = x.Supplier.StandingEffect, LeadTimeDays = x.Supplier.DefaultLeadTimeDays,
            Currency = x.Supplier.Currency, Incoterm = x.Supplier.Incoterm, PaymentTerms = x.Supplier.PaymentTerms, Contact = x.Supplier.ContactName, Email = x.Supplier.Email,
            Parts = db.SupplierParts.Count(p => p.SupplierId == x.Supplier.Id), UpdatedAt = x.Supplier.UpdatedAt, Match = x.Rank,
        });
    }
}

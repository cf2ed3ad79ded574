using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>A recommendation in the list.</summary>
public sealed record RecommendationRow
{
    public Guid Id { get; init; }

    public string PartNumber { get; init; } = "";

    public Guid PartId { get; init; }

    public string Part { get; init; } = "";

    /// <summary>0 to 1.</summary>
    public decimal UrgencyScore { get; init; }

    /// <summary>A name of <see cref="UrgencyBand"/>, snake case.</summary>
    public string Band { get; init; } = "";

    public decimal Quantity { get; init; }

    public string Unit { get; init; } = "";

    public Guid? SupplierId { get; init; }

    /// <summary>Null where nobody qualifies.</summary>
    public string? Supplier { get; init; }

    public DateOnly OrderBy { get; init; }

    public DateOnly NeedBy { get; init; }

    public decimal? UnitCost { get; init; }

    public decimal? TotalCost { get; init; }

    /// <summary>Of both costs; the base currency where there is no price.</summary>
    public string Currency { get; init; } = "";

    public RiskLevel RiskFlag { get; init; }

    public string[] RiskCodes { get; init; } = [];

    public string Reasoning { get; init; } = "";

    public RecommendationStatus Status { get; init; }

    public Guid? CategoryId { get; init; }

    public string? Category { get; init; }

    public string? EarlierRejection { get; init; }

    /// <summary>What it became: numbers of an RFQ or an order.</summary>
    public string? Became { get; init; }

    public string Cycle { get; init; } = "";

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The first sentence of the reasoning.</summary>
    public string Why => FirstSentence(Reasoning);

    /// <summary>The band of an urgency: from .8 critical, from .6 high, from .35 medium.</summary>
    public static UrgencyBand BandOf(decimal score) => score switch
    {
        >= 0.8m => UrgencyBand.Critical,
        >= 0.6m => UrgencyBand.High,
        >= 0.35m => UrgencyBand.Medium,
        _ => UrgencyBand.Low,
    };

    private static string FirstSentence(string text)
    {
        var first = text.Split('\n')[0];
        var end = first.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? first : first[..(end + 1)];
    }
}

/// <summary>What the last finished cycle proposes, and what was decided about any. Unless asked for others, those that still wait for something: proposed and accepted.</summary>
public sealed class RecommendationList(Database database, CurrentUser user) : ListSource<RecommendationRow>(database, user)
{
    /// <summary>The doubts that can be filtered by, the gravest first.</summary>
    public static readonly IReadOnlyList<Choice> Risks =
    [
        .. new (RiskCodes Code, string Text)[]
        {
            (RiskCodes.Late, "Late"), (RiskCodes.NoSupplier, "No supplier"), (RiskCodes.PriceMissing, "No price"), (RiskCodes.ReliabilityLow, "Unreliable supplier"),
            (RiskCodes.BomIncomplete, "Incomplete BOM"), (RiskCodes.ReliabilityModerate, "Supplier not always reliable"), (RiskCodes.LongLeadTime, "Long lead time"),
            (RiskCodes.SingleSource, "Single source"), (RiskCodes.ContractNearlyUsed, "Contract nearly used up"), (RiskCodes.OrderAboveTwiceNeed, "More than twice the need"),
            (RiskCodes.ForecastWeak, "Uncertain forecast"), (RiskCodes.PastDueOrder, "Overdue order"), (RiskCodes.NegativeStock, "Negative stock"),
        }.Select(r => new Choice(Words.Snake(r.Code.ToString()), r.Text)),
    ];

    private ListShape<RecommendationRow>? _shape;

    /// <inheritdoc/>
    public override ListShape<RecommendationRow> Shape => _shape ??= Build([], []);

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <summary>Says what the filters by supplier and category offer: before the list is shown.</summary>
    public void Offer(IReadOnlyList<Choice> suppliers, IReadOnlyList<Choice> categories) => _shape = Build(suppliers, categories);

    /// <inheritdoc/>
    protected override IQueryable<RecommendationRow> Rows(SourcingDb db, string search)
    {
        // What was proposed by a cycle that is no longer the last is past, whether it was marked so or not; what was decided stays, whatever was deleted since.
        var last = RecommendationQueries.LastFinished(db).Select(c => c.Id).Take(1);
        var recommendations = db.ProcurementRecommendations.IgnoreQueryFilters([SourcingDb.LiveRows])
            .Where(r => (r.Status != RecommendationStatus.Proposed || last.Contains(r.CycleId)) && db.PlanningCycles.Any(c => c.Id == r.CycleId && c.Kind == CycleKind.Live));
        var joined =
            from r in recommendations
            join p in db.Parts on r.PartId equals p.Id
            join s in db.Suppliers on r.SupplierId equals s.Id into chosen
            from s in chosen.DefaultIfEmpty()
            select new { r, p, s };
        if (search.Length > 0)
        {
            var like = LikePattern.Containing(search);
            joined = joined.Where(x => EF.Functions.ILike(x.p.Number, like) || EF.Functions.ILike(x.p.Name, like) || EF.Functions.ILike(x.s!.Name, like));
        }

        return joined.Select(x => new RecommendationRow
        {
            Id = x.r.Id, PartNumber = x.p.Number, PartId = x.p.Id, Part = x.p.Name, UrgencyScore = x.r.UrgencyScore,
            Band = x.r.UrgencyScore >= 0.8m ? "critical" : x.r.UrgencyScore >= 0.6m ? "high" : x.r.UrgencyScore >= 0.35m ? "medium" : "low",
            Quantity = x.r.Quantity, Unit = x.p.Unit.Code, SupplierId = x.r.SupplierId, Supplier = x.s!.Name, OrderBy = x.r.OrderBy, NeedBy = x.r.NeedBy,
            UnitCost = x.r.UnitCost, TotalCost = x.r.TotalCost, Currency = x.r.Currency ?? Operations.CurrencyConversion.Base, RiskFlag = x.r.RiskFlag, RiskCodes = x.r.RiskCodes,
            Reasoning = x.r.Reasoning, Status = x.r.Status, CategoryId = x.p.CategoryId, Category = x.p.Category!.Name, EarlierRejection = x.r.EarlierRejection,
            Became = db.Orders.Where(o => o.Id == x.r.OrderId).Select(o => o.Number).FirstOrDefault() ?? db.Rfqs.Where(q => q.Id == x.r.RfqId).Select(q => q.Number).FirstOrDefault(),
            Cycle = db.PlanningCycles.Where(c => c.Id == x.r.CycleId).Select(c => c.Number).FirstOrDefault() ?? "", DecidedAt = x.r.DecidedAt,
        });
    }

    private static ListShape<RecommendationRow> Build(IReadOnlyList<Choice> suppliers, IReadOnlyList<Choice> categories) =>
        new ListShape<RecommendationRow>("recommendations", "Recommendations", r => r.Id)
            .Add(r => r.PartNumber, "Part", FieldKind.Code)
            .Add(r => r.Part, "Name", FieldKind.Text)
            .Add(r => r.Band, "Urgency band", FieldKind.Choice, sortable: false, hidden: true, choices: [new("critical", "Critical"), new("high", "High"), new("medium", "Medium"), new("low", "Low")])
            .Add(r => r.UrgencyScore, "Urgency", FieldKind.Number, filterable: false)
            .Add(r => r.Quantity, "Quantity", FieldKind.Number, sortable: false, filterable: false, unit: r => r.Unit)
            .Add(r => r.SupplierId, "From supplier", FieldKind.Choice, sortable: false, hidden: true, choices: suppliers)
            .Add(r => r.Supplier, "Supplier", FieldKind.Text)
            .Add(r => r.OrderBy, "Order by", FieldKind.Date)
            .Add(r => r.NeedBy, "Needed", FieldKind.Date)
            .Add(r => r.UnitCost, "Unit cost", FieldKind.Money, sortable: false, filterable: false, hidden: true, currency: r => r.Currency)
            .Add(r => r.TotalCost, "Total", FieldKind.Money, currency: r => r.Currency, totalled: true)
            .Add(r => r.RiskFlag, "Risk", FieldKind.Choice)
            .Add(r => r.RiskCodes, "Doubts", FieldKind.Choice, sortable: false, hidden: true, choices: Risks)
            .Add(r => r.Status, "State", FieldKind.Choice, sortable: false)
            .Add(r => r.Reasoning, "Why", FieldKind.Text, sortable: false, filterable: false)
            .Add(r => r.CategoryId, "In category", FieldKind.Choice, sortable: false, hidden: true, choices: categories)
            .Add(r => r.Category, "Category", FieldKind.Text, hidden: true, filterable: false)
            .Add(r => r.EarlierRejection, "Rejected before", FieldKind.Text, sortable: false, filterable: false, hidden: true)
            .Add(r => r.Became, "Became", FieldKind.Code, sortable: false, filterable: false, hidden: true)
            .Add(r => r.Cycle, "Cycle", FieldKind.Code, sortable: false, filterable: false, hidden: true)
            .Add(r => r.DecidedAt, "Decided", FieldKind.Moment, hidden: true)
            .OrderedBy("urgencyScore", descending: true)
            .Usually("status", "proposed,accepted");
}

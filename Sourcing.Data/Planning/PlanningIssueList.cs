using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>A flaw of the data in the list, with the keys that lead to the row at fault.</summary>
public sealed record PlanningIssueRow
{
    public Guid Id { get; init; }

    public PlanSeverity Severity { get; init; }

    /// <summary>The worst first: 0 for what was left out of the plan, 4 for what is only said.</summary>
    public int Rank { get; init; }

    public string Code { get; init; } = "";

    /// <summary>The words of the code.</summary>
    public string Flaw => PlanningIssueList.TextOf(Code);

    public Guid? PartId { get; init; }

    public string? PartNumber { get; init; }

    public string? Part { get; init; }

    public string Text { get; init; } = "";

    public string Action { get; init; } = "";

    public string Entity { get; init; } = "";

    public Guid? EntityId { get; init; }

    /// <summary>For a line of an order: its order.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>For a line of a BOM: the part that is made. For a price: the part that is bought.</summary>
    public Guid? OwnerPartId { get; init; }
}

/// <summary>What the last finished cycle found wrong in the data.</summary>
public sealed class PlanningIssueList(Database database, CurrentUser user) : ListSource<PlanningIssueRow>(database, user)
{
    private static readonly Dictionary<string, string> Known = new()
    {
        [PlanIssueCodes.BomCycle] = "BOM in a circle", [PlanIssueCodes.SkippedBelowCycle] = "Skipped below a circle", [PlanIssueCodes.NeedIncomplete] = "Need incomplete",
        [PlanIssueCodes.UnitMissing] = "Unit factor missing", [PlanIssueCodes.UnknownMaterial] = "Unknown part", [PlanIssueCodes.BomDuplicate] = "Component twice",
        [PlanIssueCodes.BomRounding] = "Shares round to 100 %", [PlanIssueCodes.BomNormalised] = "Shares brought to 100 %", [PlanIssueCodes.BomIncomplete] = "BOM incomplete",
        [PlanIssueCodes.BomInvalid] = "BOM line not valid", [PlanIssueCodes.NoBom] = "No BOM", [PlanIssueCodes.NoSupplier] = "No supplier", [PlanIssueCodes.PriceMissing] = "Price missing",
        [PlanIssueCodes.NegativeStock] = "Negative stock", [PlanIssueCodes.LotFallback] = "Lot rule replaced",
        [PlanIssueCodes.SafetyUnknown] = "Safety stock unknown", [PlanIssueCodes.ContractExhausted] = "Contract used up",
        [PlanIssueCodes.QuantityOverflow] = "Quantity out of reach",
        [IssueCodes.PartDeleted] = "Part deleted", [IssueCodes.RateMissing] = "Exchange rate missing", [IssueCodes.LeadTimeMissing] = "Lead time missing",
        [IssueCodes.ReliabilityUnknown] = "Reliability unknown", [IssueCodes.DateMissing] = "Day missing", [IssueCodes.DatePast] = "Day is past",
        [IssueCodes.ForecastStale] = "Forecasts out of date", [IssueCodes.RoundOld] = "Forecast round is old", [IssueCodes.OnOrderIgnored] = "On order counted once", [IssueCodes.RfqWithoutOrder] = "RFQ without an order",
        [IssueCodes.BomEmpty] = "BOM without lines", [IssueCodes.PriceExpired] = "Price expired",
    };

    private ListShape<PlanningIssueRow>? _shape;

    /// <inheritdoc/>
    public override ListShape<PlanningIssueRow> Shape => _shape ??= Build([.. Known.Keys]);

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <summary>The words of a code; one that a later engine or the loader brings is spaced.</summary>
    public static string TextOf(string code) => Known.GetValueOrDefault(code) ?? (code.Length == 0 ? "" : char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' '));

    /// <summary>Says which codes the filter offers: before the list is shown.</summary>
    public void Offer(IEnumerable<string> codes) => _shape = Build([.. Known.Keys.Union(codes)]);

    /// <inheritdoc/>
    protected override IQueryable<PlanningIssueRow> Rows(SourcingDb db, string search)
    {
        var last = RecommendationQueries.LastFinished(db).Select(c => c.Id).Take(1);
        var rows =
            from i in db.PlanningIssues.IgnoreQueryFilters([SourcingDb.LiveRows])
            join p in db.Parts on i.PartId equals p.Id into parts
            from p in parts.DefaultIfEmpty()
            where last.Contains(i.CycleId)
            select new { i, p };
        if (search.Length > 0)
        {
            var like = LikePattern.Containing(search);
            rows = rows.Where(x => EF.Functions.ILike(x.p!.Number, like) || EF.Functions.ILike(x.p!.Name, like) || EF.Functions.ILike(x.i.Text, like));
        }

        return rows.Select(x => new PlanningIssueRow
        {
            Id = x.i.Id, Severity = x.i.Severity,
            Rank = x.i.Severity == PlanSeverity.Blocking ? 0 : x.i.Severity == PlanSeverity.High ? 1 : x.i.Severity == PlanSeverity.Medium ? 2 : x.i.Severity == PlanSeverity.Low ? 3 : 4,
            Code = x.i.Code, PartId = x.i.PartId, PartNumber = x.p!.Number, Part = x.p!.Name, Text = x.i.Text, Action = x.i.Action, Entity = x.i.Entity, EntityId = x.i.EntityId,
            OrderId = db.Orders.Where(o => o.Lines.Any(l => l.Id == x.i.EntityId)).Select(o => (Guid?)o.Id).FirstOrDefault(),
            OwnerPartId = db.BomLines.Where(l => l.Id == x.i.EntityId).Select(l => (Guid?)l.ParentPartId).FirstOrDefault()
                ?? db.SupplierParts.Where(s => s.Id == x.i.EntityId).Select(s => (Guid?)s.PartId).FirstOrDefault(),
        });
    }

    private static ListShape<PlanningIssueRow> Build(IReadOnlyList<string> codes) =>
        new ListShape<PlanningIssueRow>("planning-issues", "Data quality", i => i.Id)
            .Add(i => i.Flaw, "Flaw", FieldKind.Text, sortable: false, filterable: false)
            .Add(i => i.Severity, "Severity", FieldKind.Choice, sortable: false)
            .Add(i => i.PartNumber, "Part", FieldKind.Code)
            .Add(i => i.Part, "Name", FieldKind.Text, hidden: true)
            .Add(i => i.Code, "Kind of flaw", FieldKind.Choice, hidden: true, choices: [.. codes.Select(c => new Choice(c, TextOf(c)))])
            .Add(i => i.Text, "What is wrong", FieldKind.Text, sortable: false, filterable: false)
            .Add(i => i.Action, "How to mend it", FieldKind.Text, sortable: false, filterable: false)
            .Add(i => i.Rank, "Worst first", FieldKind.Number, filterable: false, hidden: true)
            .OrderedBy("rank");
}

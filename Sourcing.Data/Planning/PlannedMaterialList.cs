using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Planning;

/// <summary>A material in the list of the last plan. Quantities are in its own unit.</summary>
public sealed record PlannedMaterialRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Category { get; init; }

    public string Unit { get; init; } = "";

    public bool IsCritical { get; init; }

    public bool IsMade { get; init; }

    public decimal? OnHand { get; init; }

    /// <summary>On its way within the horizon.</summary>
    public decimal OnOrder { get; init; }

    public decimal SafetyStock { get; init; }

    /// <summary>Needed within the horizon.</summary>
    public decimal Needed { get; init; }

    /// <summary>First day on which stock without the plan lies below nothing; null where it lasts.</summary>
    public DateOnly? EmptyOn { get; init; }

    /// <summary>The plan's today.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>Days until stock and open receipts run out; null where they last for the whole horizon.</summary>
    public int? CoverDays => EmptyOn is { } day ? Math.Max(0, day.DayNumber - AsOf.DayNumber) : null;

    /// <summary>First day of the first bucket whose stock without the plan lies below the safety stock.</summary>
    public DateOnly? FirstShortage { get; init; }

    /// <summary>When the next proposal has to be ordered.</summary>
    public DateOnly? OrderBy { get; init; }

    /// <summary>Of the most urgent proposal, 0 to 1.</summary>
    public decimal? Urgency { get; init; }

    public int Messages { get; init; }

    /// <summary>Stock without the plan falls below the safety stock.</summary>
    public bool FallsShort { get; init; }
}

/// <summary>The materials of the last plan.</summary>
public sealed class PlannedMaterialList(Database database, CurrentUser user) : ListSource<PlannedMaterialRow>(database, user)
{
    // What is added up over the whole plan is reckoned for the rows of a page alone: a sort or filter by it would read every bucket of every material.
    private static readonly ListShape<PlannedMaterialRow> Columns = new ListShape<PlannedMaterialRow>("planned-materials", "Planned materials", r => r.Id)
        .Add(r => r.Number, "Material", FieldKind.Code)
        .Add(r => r.Name, "Name", FieldKind.Text)
        .Add(r => r.Category, "Class", FieldKind.Text)
        .Add(r => r.OnHand, "On hand", FieldKind.Number, filterable: false, unit: r => r.Unit)
        .Add(r => r.OnOrder, "On order", FieldKind.Number, sortable: false, filterable: false, unit: r => r.Unit, decimals: 1)
        .Add(r => r.SafetyStock, "Safety stock", FieldKind.Number, sortable: false, filterable: false, unit: r => r.Unit, decimals: 1)
        .Add(r => r.Needed, "Needed", FieldKind.Number, sortable: false, filterable: false, hidden: true, unit: r => r.Unit, decimals: 1)
        .Add(r => r.CoverDays, "Cover, days", FieldKind.Number, sortable: false, filterable: false)
        .Add(r => r.FirstShortage, "First shortage", FieldKind.Date, sortable: false, filterable: false)
        .Add(r => r.OrderBy, "Next order by", FieldKind.Date)
        .Add(r => r.Urgency, "Urgency", FieldKind.Number)
        .Add(r => r.Messages, "Messages", FieldKind.Number)
        .Add(r => r.FallsShort, "Falls short", FieldKind.Flag, sortable: false, hidden: true)
        .Add(r => r.IsCritical, "Critical", FieldKind.Flag, sortable: false, hidden: true)
        .Add(r => r.IsMade, "Made here", FieldKind.Flag, sortable: false, hidden: true)
        .OrderedBy("urgency", descending: true);

    /// <inheritdoc/>
    public override ListShape<PlannedMaterialRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <inheritdoc/>
    protected override IQueryable<PlannedMaterialRow> Rows(SourcingDb db, string search)
    {
        var cycle = db.PlanningCycles.Where(c => c.Kind == CycleKind.Live && (c.Status == CycleStatus.Completed || c.Status == CycleStatus.CompletedWithErrors))
            .OrderByDescending(c => c.FinishedAt).ThenByDescending(c => c.Id).Take(1);
        var parts = search.Length == 0 ? db.Parts : db.Parts.Where(p => db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_parts({search}, 1000)").Contains(p.Id));
        return from c in cycle
               from p in parts
               where db.PlannedRequirements.Any(r => r.CycleId == c.Id && r.PartId == p.Id)
               select new PlannedMaterialRow
               {
                   Id = p.Id, Number = p.Number, Name = p.Name, Category = p.Category!.Name, Unit = p.Unit.Code, IsCritical = p.IsCritical, AsOf = c.AsOf,
                   IsMade = db.BillsOfMaterials.Any(b => b.PartId == p.Id) || db.BomLines.Any(l => l.ParentPartId == p.Id),
                   OnHand = db.Inventory.Where(i => i.PartId == p.Id).Select(i => (decimal?)i.OnHand).FirstOrDefault(),
                   OnOrder = db.PlannedRequirements.Where(r => r.CycleId == c.Id && r.PartId == p.Id).Sum(r => r.Scheduled),
                   Needed = db.PlannedRequirements.Where(r => r.CycleId == c.Id && r.PartId == p.Id).Sum(r => r.Gross),
                   SafetyStock = db.PlannedRequirements.Where(r => r.CycleId == c.Id && r.PartId == p.Id).Max(r => r.SafetyStock),
                   EmptyOn = db.PlannedRequirements.Where(r => r.CycleId == c.Id && r.PartId == p.Id && r.ProjectedWithoutPlan < 0).Min(r => (DateOnly?)r.BucketStart),
                   FirstShortage = db.PlannedRequirements.Where(r => r.CycleId == c.Id && r.PartId == p.Id && r.ProjectedWithoutPlan < r.SafetyStock).Min(r => (DateOnly?)r.BucketStart),
                   FallsShort = db.PlannedRequirements.Any(r => r.CycleId == c.Id && r.PartId == p.Id && r.ProjectedWithoutPlan < r.SafetyStock),
                   OrderBy = db.ProcurementRecommendations.Where(r => r.CycleId == c.Id && r.PartId == p.Id && r.Status == RecommendationStatus.Proposed).Min(r => (DateOnly?)r.OrderBy),
                   Urgency = db.ProcurementRecommendations.Where(r => r.CycleId == c.Id && r.PartId == p.Id && r.Status == RecommendationStatus.Proposed).Max(r => (decimal?)r.UrgencyScore),
                   Messages = db.PlanningMessages.Count(m => m.CycleId == c.Id && m.PartId == p.Id),
               };
    }
}

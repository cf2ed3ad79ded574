using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>An exception of the last cycle in the list.</summary>
public sealed record PlanningMessageRow
{
    public Guid Id { get; init; }

    public Guid PartId { get; init; }

    public string PartNumber { get; init; } = "";

    public string Part { get; init; } = "";

    /// <summary>A name of <see cref="PlanMessageKind"/>, snake case.</summary>
    public string Kind { get; init; } = "";

    public string Text { get; init; } = "";

    public int Days { get; init; }

    /// <summary>What stops needs first, then what costs money; within each the most days.</summary>
    public int Weight { get; init; }

    public decimal? Quantity { get; init; }

    public string Unit { get; init; } = "";

    public DateOnly? FromDate { get; init; }

    public DateOnly? ToDate { get; init; }

    /// <summary>The order that it speaks of.</summary>
    public Guid? OrderId { get; init; }

    public string? Order { get; init; }

    public string? Supplier { get; init; }

    public Guid? RecommendationId { get; init; }
}

/// <summary>What the last finished cycle asks people to do about orders and dates that are there already.</summary>
public sealed class PlanningMessageList(Database database, CurrentUser user) : ListSource<PlanningMessageRow>(database, user)
{
    private static readonly ListShape<PlanningMessageRow> Columns = new ListShape<PlanningMessageRow>("planning-exceptions", "Exceptions", m => m.Id)
        .Add(m => m.PartNumber, "Part", FieldKind.Code)
        .Add(m => m.Part, "Name", FieldKind.Text, hidden: true)
        .Add(m => m.Kind, "Kind", FieldKind.Choice, sortable: false, choices: [.. Enum.GetNames<PlanMessageKind>().Select(n => new Choice(Words.Snake(n), TextOf(Words.Snake(n))))])
        .Add(m => m.Text, "What to do", FieldKind.Text, sortable: false, filterable: false)
        .Add(m => m.Days, "Days", FieldKind.Number)
        .Add(m => m.Quantity, "Quantity", FieldKind.Number, sortable: false, filterable: false, unit: m => m.Unit, decimals: 1)
        .Add(m => m.FromDate, "Stands at", FieldKind.Date)
        .Add(m => m.ToDate, "Should be", FieldKind.Date)
        .Add(m => m.Order, "Order", FieldKind.Code, sortable: false)
        .Add(m => m.Supplier, "Supplier", FieldKind.Text, sortable: false, hidden: true)
        .Add(m => m.Weight, "Weight", FieldKind.Number, filterable: false, hidden: true)
        .OrderedBy("weight", descending: true);

    private static readonly string[] Stops = ["no_supplier", "unit_missing", "no_bom", "frozen_shortage"], Lates = ["expedite", "past_due_receipt", "past_due_release"];

    /// <inheritdoc/>
    public override ListShape<PlanningMessageRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <summary>The words of a kind; one that a later engine brings is spaced.</summary>
    public static string TextOf(string kind) => kind switch
    {
        "no_bom" => "No BOM",
        "moq_excess" => "Excess from the minimum",
        "unit_missing" => "Unit factor missing",
        "past_due_receipt" => "Receipt overdue",
        "past_due_release" => "Order overdue",
        "frozen_shortage" => "Shortage in the frozen time",
        "" => "",
        _ => char.ToUpperInvariant(kind[0]) + kind[1..].Replace('_', ' '),
    };

    /// <inheritdoc/>
    protected override IQueryable<PlanningMessageRow> Rows(SourcingDb db, string search)
    {
        var last = RecommendationQueries.LastFinished(db).Select(c => c.Id).Take(1);
        var rows =
            from m in db.PlanningMessages.IgnoreQueryFilters([SourcingDb.LiveRows])
            join p in db.Parts on m.PartId equals p.Id
            where last.Contains(m.CycleId)
            select new { m, p };
        if (search.Length > 0)
        {
            var like = LikePattern.Containing(search);
            rows = rows.Where(x => EF.Functions.ILike(x.p.Number, like) || EF.Functions.ILike(x.p.Name, like) || EF.Functions.ILike(x.m.Text, like));
        }

        return
            from x in rows
            let order = db.Orders.Where(o => o.Lines.Any(l => l.Id == x.m.OrderLineId)).Select(o => new { o.Id, o.Number, o.SupplierId }).FirstOrDefault()
            select new PlanningMessageRow
            {
                Id = x.m.Id, PartId = x.p.Id, PartNumber = x.p.Number, Part = x.p.Name, Kind = x.m.Kind, Text = x.m.Text, Days = x.m.Days,
                Weight = (Stops.Contains(x.m.Kind) ? 200_000 : Lates.Contains(x.m.Kind) ? 100_000 : 0) + x.m.Days, Quantity = x.m.Quantity, Unit = x.p.Unit.Code,
                FromDate = x.m.FromDate, ToDate = x.m.ToDate, OrderId = order == null ? null : order.Id, Order = order == null ? null : order.Number,
                Supplier = db.Suppliers.Where(s => order != null && s.Id == order.SupplierId).Select(s => s.Name).FirstOrDefault(), RecommendationId = x.m.RecommendationId,
            };
    }
}

using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning;

/// <summary>A part's stock in the list. Quantities in the part's unit.</summary>
public sealed record InventoryRow
{
    /// <summary>Key of the part.</summary>
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Category { get; init; }

    public PartType Type { get; init; }

    public bool IsCritical { get; init; }

    public string Unit { get; init; } = "";

    public decimal OnHand { get; init; }

    public decimal Allocated { get; init; }

    /// <summary>On hand less what is reserved.</summary>
    public decimal Available { get; init; }

    /// <summary>Open order lines; where there are none, what a stock list said is on order.</summary>
    public decimal OnOrder { get; init; }

    /// <summary>When the next of that is due.</summary>
    public DateOnly? NextDue { get; init; }

    public decimal? SafetyStock { get; init; }

    public decimal? ReorderPoint { get; init; }

    /// <inheritdoc cref="StockState"/>
    public string State { get; init; } = "";

    /// <summary>On hand at standard cost, in the base currency; null where the part has none.</summary>
    public decimal? Value { get; init; }

    public string Currency { get; init; } = "";

    public DateTimeOffset? CountedAt { get; init; }

    /// <summary>How well it matches the search; 0 without one.</summary>
    public float Match { get; init; }
}

/// <summary>The list of stocks: one row for each part that has one.</summary>
public sealed class InventoryList(Database database, CurrentUser user, TimeProvider time) : ListSource<InventoryRow>(database, user)
{
    private static readonly ListShape<InventoryRow> Columns = new ListShape<InventoryRow>("inventory", "Inventory", i => i.Id)
        .Add(i => i.Number, "Number", FieldKind.Code)
        .Add(i => i.Name, "Name", FieldKind.Text)
        .Add(i => i.State, "State", FieldKind.Choice, choices: [.. StockState.All.Select(s => new Choice(s.State, s.Text))])
        .Add(i => i.OnHand, "On hand", FieldKind.Number, unit: i => i.Unit)
        .Add(i => i.Allocated, "Reserved", FieldKind.Number, unit: i => i.Unit)
        .Add(i => i.Available, "Available", FieldKind.Number, unit: i => i.Unit)
        .Add(i => i.OnOrder, "On order", FieldKind.Number, unit: i => i.Unit)
        .Add(i => i.NextDue, "Next due", FieldKind.Date, hidden: true)
        .Add(i => i.SafetyStock, "Safety stock", FieldKind.Number, unit: i => i.Unit, decimals: 1)
        .Add(i => i.ReorderPoint, "Reorder point", FieldKind.Number, unit: i => i.Unit, decimals: 1)
        .Add(i => i.Value, "Value", FieldKind.Money, currency: i => i.Currency, totalled: true)
        .Add(i => i.CountedAt, "Counted", FieldKind.Moment)
        .Add(i => i.Category, "Category", FieldKind.Text, hidden: true)
        .Add(i => i.Type, "Kind", FieldKind.Choice, hidden: true)
        .Add(i => i.IsCritical, "Critical", FieldKind.Flag, hidden: true)
        .Add(i => i.Unit, "Unit", FieldKind.Code, hidden: true)
        .Add(i => i.Match, "Match", FieldKind.Number, filterable: false, hidden: true)
        .OrderedBy("number");

    /// <inheritdoc/>
    public override ListShape<InventoryRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <inheritdoc/>
    protected override string? SearchRank => "match";

    /// <inheritdoc/>
    protected override IQueryable<InventoryRow> Rows(SourcingDb db, string search)
    {
        var yearAgo = time.GetUtcNow().AddYears(-1);
        var parts = search.Length == 0
            ? db.Parts.Select(p => new { Part = p, Rank = 0f })
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_parts({search}, {PartList.MostHits})")
                .Join(db.Parts, hit => hit.Id, part => part.Id, (hit, part) => new { Part = part, hit.Rank });
        var stocks =
            from x in parts
            join i in db.Inventory on x.Part.Id equals i.PartId
            join o in db.OnOrder() on i.PartId equals o.PartId into orders
            from o in orders.DefaultIfEmpty()
            select new
            {
                x.Part, x.Rank, Stock = i, Available = i.OnHand - i.Allocated, OnOrder = (decimal?)o.Quantity ?? i.OpenPoQuantity,
                Due = o.NextDue ?? i.PoExpectedDate, Seen = i.CountedAt ?? i.CreatedAt,
            };
        // The same choice as StockState.Of, which a test holds them to.
        return stocks.Select(s => new InventoryRow
        {
            Id = s.Part.Id, Number = s.Part.Number, Name = s.Part.Name, Category = s.Part.Category!.Name, Type = s.Part.Type, IsCritical = s.Part.IsCritical, Unit = s.Part.Unit.Code,
            OnHand = s.Stock.OnHand, Allocated = s.Stock.Allocated, Available = s.Available, OnOrder = s.OnOrder, NextDue = s.Due,
            SafetyStock = s.Stock.SafetyStock, ReorderPoint = s.Stock.ReorderPoint,
            State = s.Stock.OnHand < 0 ? StockState.Negative
                : s.Available < s.Stock.SafetyStock ? StockState.BelowSafety
                : s.Available + s.OnOrder <= s.Stock.ReorderPoint ? StockState.Reorder
                : s.Seen < yearAgo ? StockState.CountDue
                : StockState.Fine,
            Value = s.Stock.OnHand * s.Part.StandardCost, Currency = CurrencyConversion.Base, CountedAt = s.Stock.CountedAt, Match = s.Rank,
        });
    }
}

/// <summary>A part's open order lines together, in its own unit: a row of the view part_on_order.</summary>
internal sealed class OnOrder
{
    public Guid PartId { get; set; }

    public int Lines { get; set; }

    public decimal Quantity { get; set; }

    /// <summary>Lines in a unit that does not convert: not in the quantity.</summary>
    public int Unconverted { get; set; }

    public DateOnly? NextDue { get; set; }
}

/// <summary>What is on order, for any number of parts at once.</summary>
internal static class OnOrders
{
    public static IQueryable<OnOrder> OnOrder(this SourcingDb db) => db.Database.SqlQuery<OnOrder>(
        $"select part_id as \"PartId\", lines as \"Lines\", quantity as \"Quantity\", unconverted as \"Unconverted\", next_due as \"NextDue\" from part_on_order");
}

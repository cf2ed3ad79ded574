using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Catalog;

/// <summary>What is being done to get a part.</summary>
public enum PartSourcing
{
    Nothing,

    /// <summary>An RFQ from approval to evaluation asks for it.</summary>
    InRfq,

    /// <summary>An order from approval to partial receipt has it; also when an RFQ asks for more.</summary>
    OnOrder,
}

/// <summary>What a part cost so far, in short. Null where it has no price, or none that converts.</summary>
/// <param name="Price">The newest price for one unit, in <paramref name="Currency"/>.</param>
/// <param name="BasePrice">The same in the base currency.</param>
/// <param name="Median">Of all prices, in the base currency.</param>
/// <param name="Quotes">Quoted prices, 0 or more.</param>
/// <param name="Orders">Order lines, 0 or more.</param>
public sealed record PriceBrief(decimal? Price, string? Currency, decimal? BasePrice, decimal? Median, int Quotes, int Orders)
{
    /// <summary>No price at all.</summary>
    public static readonly PriceBrief None = new(null, null, null, null, 0, 0);
}

/// <summary>A part in the list. Prices are empty for those who may not see suppliers.</summary>
public sealed record PartRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string? CategoryCode { get; init; }

    public string? Category { get; init; }

    public PartType Type { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>JSON of a <see cref="PriceBrief"/>, as the database reckons it; null for those who may not see suppliers.</summary>
    public string? PricesJson
    {
        init => Prices = value is null ? PriceBrief.None : JsonSerializer.Deserialize<PriceBrief>(value, JsonSerializerOptions.Web)!;
    }

    /// <summary>What it cost so far.</summary>
    public PriceBrief Prices { get; private init; } = PriceBrief.None;

    /// <summary>The newest price; of one day that of an order, else of a quote, else of a list. For one unit.</summary>
    public decimal? LastPrice => Prices.Price;

    /// <summary>Of all prices, in the base currency.</summary>
    public decimal? Median => Prices.Median;

    /// <summary>How far the last price lies above the median, as a share.</summary>
    public decimal? ToMedian => Median > 0 && Prices.BasePrice is { } last ? (last - Median) / Median : null;

    public int Suppliers { get; init; }

    /// <summary>Asked for in an RFQ that is under way.</summary>
    public bool InRfq { get; init; }

    /// <summary>Ordered and not all received.</summary>
    public bool OnOrder { get; init; }

    public PartSourcing Sourcing => OnOrder ? PartSourcing.OnOrder : InRfq ? PartSourcing.InRfq : PartSourcing.Nothing;

    public bool IsCritical { get; init; }

    /// <summary>Number of the part at the end of its chain of successors; null where it has none.</summary>
    public string? ReplacedBy { get; init; }

    public string? HsCode { get; init; }

    /// <summary>Quoted prices so far.</summary>
    public int Quotes => Prices.Quotes;

    /// <summary>Order lines so far.</summary>
    public int Orders => Prices.Orders;

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How well it matches the search; 0 without one.</summary>
    public float Match { get; init; }
}

/// <summary>The list of parts.</summary>
public sealed class PartList(Database database, CurrentUser user) : ListSource<PartRow>(database, user)
{
    /// <summary>A search ranks this many hits at most.</summary>
    public const int MostHits = 1000;

    private static readonly RfqStatus[] UnderWay = [RfqStatus.Approval, RfqStatus.Open, RfqStatus.Paused, RfqStatus.Closed, RfqStatus.Evaluating];

    private static readonly OrderStatus[] Running =
        [OrderStatus.Approved, OrderStatus.Issued, OrderStatus.Acknowledged, OrderStatus.InProduction, OrderStatus.Shipped, OrderStatus.PartiallyReceived];

    private ListShape<PartRow>? _shape;

    /// <summary>What the category filter offers: set before the list is shown.</summary>
    public IReadOnlyList<CategoryRow> Categories
    {
        set => _shape = Build([.. value.Select(c => new Choice(c.Code, c.Path))]);
    }

    /// <inheritdoc/>
    public override ListShape<PartRow> Shape => _shape ??= Build([]);

    /// <inheritdoc/>
    public override Permission Permission => Permission.PartsRead;

    /// <inheritdoc/>
    protected override string? SearchRank => "match";

    /// <inheritdoc/>
    protected override IQueryable<PartRow> Rows(SourcingDb db, string search)
    {
        var prices = User.May(Permission.SuppliersRead);
        var parts = search.Length == 0
            ? db.Parts.Select(p => new { Part = p, Rank = 0f })
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_parts({search}, {MostHits})")
                .Join(db.Parts, hit => hit.Id, part => part.Id, (hit, part) => new { Part = part, hit.Rank });
        return prices
            ? parts.Select(x => new PartRow
            {
                Id = x.Part.Id, Number = x.Part.Number, Name = x.Part.Name, CategoryCode = x.Part.Category!.Code, Category = x.Part.Category!.Name, Type = x.Part.Type,
                Unit = x.Part.Unit.Code, IsCritical = x.Part.IsCritical, HsCode = x.Part.HsCode, UpdatedAt = x.Part.UpdatedAt, Match = x.Rank,
                ReplacedBy = db.Parts.Where(n => n.Id == SourcingDb.SuccessorOf(x.Part.Id)).Select(n => n.Number).FirstOrDefault(),
                PricesJson = SourcingDb.PriceBriefOf(x.Part.Id),
                Suppliers = db.SupplierParts.Count(s => s.PartId == x.Part.Id),
                InRfq = db.RfqLines.Any(l => l.PartId == x.Part.Id && db.Rfqs.Any(r => r.Id == l.RfqId && UnderWay.Contains(r.Status))),
                OnOrder = db.OrderLines.Any(l => l.PartId == x.Part.Id && db.Orders.Any(o => o.Id == l.OrderId && Running.Contains(o.Status))),
            })
            : parts.Select(x => new PartRow
            {
                Id = x.Part.Id, Number = x.Part.Number, Name = x.Part.Name, CategoryCode = x.Part.Category!.Code, Category = x.Part.Category!.Name, Type = x.Part.Type,
                Unit = x.Part.Unit.Code, IsCritical = x.Part.IsCritical, HsCode = x.Part.HsCode, UpdatedAt = x.Part.UpdatedAt, Match = x.Rank,
                ReplacedBy = db.Parts.Where(n => n.Id == SourcingDb.SuccessorOf(x.Part.Id)).Select(n => n.Number).FirstOrDefault(),
            });
    }

    private ListShape<PartRow> Build(IReadOnlyList<Choice> categories)
    {
        var shape = new ListShape<PartRow>("parts", "Parts", r => r.Id)
            .Add(r => r.Number, "Number", FieldKind.Code)
            .Add(r => r.Name, "Name", FieldKind.Text)
            .Add(r => r.CategoryCode, "Category", FieldKind.Choice, sortable: false, choices: categories)
            .Add(r => r.Category, "Category name", FieldKind.Text, sortable: false, filterable: false, hidden: true)
            .Add(r => r.Type, "Kind", FieldKind.Choice, sortable: false)
            .Add(r => r.Unit, "Unit", FieldKind.Text, sortable: false, hidden: true);
        if (User.May(Permission.SuppliersRead))
        {
            // Reckoned for the rows of a page alone: a sort or filter by them would read every price.
            shape.Add(r => r.LastPrice, "Last price", FieldKind.Money, sortable: false, filterable: false, currency: r => r.Prices.Currency ?? "")
                .Add(r => r.ToMedian, "To median", FieldKind.Percent, sortable: false, filterable: false)
                .Add(r => r.Suppliers, "Suppliers", FieldKind.Number, sortable: false, filterable: false)
                .Add(r => r.Sourcing, "Sourcing", FieldKind.Choice, sortable: false, filterable: false)
                .Add(r => r.Quotes, "Quotes", FieldKind.Number, hidden: true, filterable: false, sortable: false)
                .Add(r => r.Orders, "Orders", FieldKind.Number, hidden: true, filterable: false, sortable: false);
        }

        return shape
            .Add(r => r.IsCritical, "Critical", FieldKind.Flag, sortable: false)
            .Add(r => r.HsCode, "HS code", FieldKind.Code, hidden: true, sortable: false)
            .Add(r => r.ReplacedBy, "Replaced by", FieldKind.Code, hidden: true, sortable: false, filterable: false)
            .Add(r => r.UpdatedAt, "Updated", FieldKind.Moment, hidden: true)
            .Add(r => r.Match, "Match", FieldKind.Number, filterable: false, hidden: true)
            .OrderedBy("number");
    }
}

/// <summary>What a search finds, and how well it matches.</summary>
internal sealed class SearchHit
{
    public Guid Id { get; set; }

    public float Rank { get; set; }
}

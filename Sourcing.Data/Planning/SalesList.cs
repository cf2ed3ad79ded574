using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Planning;

/// <summary>One sale in the list.</summary>
public sealed record SaleRow
{
    public Guid Id { get; init; }

    public DateTimeOffset Time { get; init; }

    public Guid PartId { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string Customer { get; init; } = "";

    public string Region { get; init; } = "";

    public string Segment { get; init; } = "";

    /// <summary>In the part's unit; below 0 for what came back.</summary>
    public decimal Quantity { get; init; }

    public string Unit { get; init; } = "";

    public decimal? UnitPrice { get; init; }

    public decimal? Value { get; init; }

    public string Currency { get; init; } = "";

    public string Document { get; init; } = "";
}

/// <summary>The list of sales, newest first.</summary>
public sealed class SalesList(Database database, CurrentUser user) : ListSource<SaleRow>(database, user)
{
    private ListShape<SaleRow>? _shape;

    // A filter by a column that no index has reads the months that the day leaves open.
    private static ListShape<SaleRow> Build(IReadOnlyList<Choice> regions, IReadOnlyList<Choice> segments) => new ListShape<SaleRow>("sales", "Sales", s => s.Id)
        .Add(s => s.Time, "Day", FieldKind.Moment)
        .Add(s => s.Number, "Part", FieldKind.Code, sortable: false)
        .Add(s => s.Name, "Name", FieldKind.Text, sortable: false)
        .Add(s => s.Customer, "Customer", FieldKind.Text, sortable: false)
        .Add(s => s.Region, "Region", FieldKind.Choice, sortable: false, choices: regions)
        .Add(s => s.Segment, "Segment", FieldKind.Choice, sortable: false, choices: segments)
        .Add(s => s.Quantity, "Quantity", FieldKind.Number, sortable: false, unit: s => s.Unit)
        .Add(s => s.UnitPrice, "Unit price", FieldKind.Money, sortable: false, currency: s => s.Currency)
        .Add(s => s.Value, "Value", FieldKind.Money, sortable: false, currency: s => s.Currency, totalled: true)
        .Add(s => s.Document, "Document", FieldKind.Code, sortable: false)
        .Add(s => s.Unit, "Unit", FieldKind.Text, sortable: false, hidden: true)
        .OrderedBy("time", descending: true);

    /// <inheritdoc/>
    public override ListShape<SaleRow> Shape => _shape ??= Build([], []);

    /// <summary>What the filters by region and segment offer: set before the list is shown.</summary>
    public (IReadOnlyList<string> Regions, IReadOnlyList<string> Segments) Offered
    {
        set => _shape = Build([.. value.Regions.Select(r => new Choice(r, r))], [.. value.Segments.Select(s => new Choice(s, s))]);
    }

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <inheritdoc/>
    protected override IQueryable<SaleRow> Rows(SourcingDb db, string search)
    {
        // Sales of a part that was deleted since stay sold.
        var sales = from s in db.SalesHistory join p in db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]) on s.PartId equals p.Id select new { Sale = s, Part = p };
        if (search.Length > 0)
        {
            var like = LikePattern.Containing(search);
            sales = sales.Where(x => EF.Functions.ILike(x.Sale.Document, like) || EF.Functions.ILike(x.Sale.Customer, like) || EF.Functions.ILike(x.Part.Number, like) || EF.Functions.ILike(x.Part.Name, like));
        }

        return sales.Select(x => new SaleRow
        {
            Id = x.Sale.Id, Time = x.Sale.Time, PartId = x.Sale.PartId, Number = x.Part.Number, Name = x.Part.Name, Customer = x.Sale.Customer, Region = x.Sale.Region, Segment = x.Sale.CustomerSegment,
            Quantity = x.Sale.Quantity, Unit = x.Part.Unit.Code, UnitPrice = x.Sale.UnitPrice, Value = x.Sale.TotalValue, Currency = x.Sale.Currency ?? "", Document = x.Sale.Document,
        });
    }
}

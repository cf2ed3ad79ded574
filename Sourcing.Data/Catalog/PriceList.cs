using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Catalog;

/// <summary>A supplier's price in the list.</summary>
public sealed record PriceRow
{
    public Guid Id { get; init; }

    public Guid PartId { get; init; }

    public string SupplierCode { get; init; } = "";

    public string Supplier { get; init; } = "";

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string? SupplierPartNumber { get; init; }

    public decimal UnitCost { get; init; }

    public string Currency { get; init; } = "";

    public string Unit { get; init; } = "";

    public decimal? MoqQuantity { get; init; }

    public string MoqUnit { get; init; } = "";

    public decimal? OrderMultiple { get; init; }

    public int LeadTimeDays { get; init; }

    public int Breaks { get; init; }

    public bool Preferred { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What suppliers ask for parts; of one supplier when its code is among the filters.</summary>
public sealed class PriceList(Database database, CurrentUser user) : ListSource<PriceRow>(database, user)
{
    private static readonly ListShape<PriceRow> Columns = new ListShape<PriceRow>("prices", "Prices", r => r.Id)
        .Add(r => r.Number, "Part", FieldKind.Code)
        .Add(r => r.Name, "Name", FieldKind.Text)
        .Add(r => r.SupplierPartNumber, "Supplier's number", FieldKind.Code)
        .Add(r => r.UnitCost, "Unit cost", FieldKind.Money, currency: r => r.Currency)
        .Add(r => r.Unit, "Per", FieldKind.Text, sortable: false, filterable: false)
        .Add(r => r.Breaks, "Breaks", FieldKind.Number, sortable: false, filterable: false)
        .Add(r => r.MoqQuantity, "Minimum", FieldKind.Number, unit: r => r.MoqUnit)
        .Add(r => r.OrderMultiple, "Multiple", FieldKind.Number, hidden: true, unit: r => r.Unit)
        .Add(r => r.LeadTimeDays, "Lead time", FieldKind.Number, unit: _ => "days")
        .Add(r => r.Preferred, "Preferred", FieldKind.Flag)
        .Add(r => r.ValidFrom, "Valid from", FieldKind.Date, hidden: true)
        .Add(r => r.ValidTo, "Valid to", FieldKind.Date)
        // Without choices no filter is offered for it: the supplier's page sets it in the address.
        .Add(r => r.SupplierCode, "Supplier", FieldKind.Choice, hidden: true)
        .Add(r => r.UpdatedAt, "Updated", FieldKind.Moment, hidden: true)
        .OrderedBy("number");

    /// <summary>The one supplier whose prices are shown; null for all. Its page sets it beside the filter in the address.</summary>
    public Guid? SupplierId { get; set; }

    /// <inheritdoc/>
    public override ListShape<PriceRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.SuppliersRead;

    /// <inheritdoc/>
    protected override IQueryable<PriceRow> Rows(SourcingDb db, string search)
    {
        var prices = SupplierId is { } supplier ? db.SupplierParts.Where(p => p.SupplierId == supplier) : db.SupplierParts;
        if (search.Length > 0)
        {
            var like = $"%{search.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            prices = prices.Where(p => EF.Functions.ILike(p.Part.Number, like) || EF.Functions.ILike(p.Part.Name, like) || EF.Functions.ILike(p.SupplierPartNumber!, like));
        }

        return prices.Select(p => new PriceRow
        {
            Id = p.Id, PartId = p.PartId, SupplierCode = p.Supplier.Code, Supplier = p.Supplier.Name, Number = p.Part.Number, Name = p.Part.Name,
            SupplierPartNumber = p.SupplierPartNumber, UnitCost = p.UnitCost, Currency = p.Currency, Unit = p.Part.Unit.Code, MoqQuantity = p.MoqQuantity,
            MoqUnit = p.MoqUnit!.Code ?? p.Part.Unit.Code, OrderMultiple = p.OrderMultiple, LeadTimeDays = p.LeadTimeDays, Breaks = p.Breaks.Count,
            Preferred = p.Preferred, ValidFrom = p.ValidFrom, ValidTo = p.ValidTo, UpdatedAt = p.UpdatedAt,
        });
    }
}

using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Catalog;

/// <summary>A part as a picker shows it.</summary>
public sealed record PartHit(Guid Id, string Number, string Name, Guid UnitId, string Unit, string? Category)
{
    /// <summary>How well it matches; more is better.</summary>
    public float Rank { get; init; }

    /// <summary>The living end of its chain of successors; null where it has none.</summary>
    public PartRef? Successor { get; init; }
}

/// <summary>A part as another names it.</summary>
public sealed record PartRef(Guid Id, string Number, string Name);

/// <summary>Everything on a part's page but prices.</summary>
/// <param name="LastQuotedOn">Null also for those who may not see suppliers.</param>
public sealed record PartDetails(
    Guid Id, string Number, string Name, string Description, PartType Type, Guid? CategoryId, string? Category, Guid UnitId, string Unit, string UnitName,
    bool IsCritical, string? HsCode, decimal? StandardCost, int? ShelfLifeDays, IReadOnlyList<Specification> Specifications, DateOnly? LastQuotedOn,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt, uint Version)
{
    public IReadOnlyList<ConversionView> Conversions { get; init; } = [];

    public IReadOnlyList<CrossReferenceView> CrossReferences { get; init; } = [];

    /// <summary>Who follows it, one after the other to the end; empty where it has no successor in the catalog.</summary>
    public IReadOnlyList<PartRef> Successors { get; init; } = [];

    /// <summary>The part that it became one with, where it was given up.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>Parts that name this one as their successor or equivalent.</summary>
    public IReadOnlyList<CrossReferenceView> NamedBy { get; init; } = [];
}

/// <param name="Factor">Of the part's unit in one of this.</param>
public sealed record ConversionView(Guid Id, Guid UnitId, string Unit, string UnitName, decimal Factor);

/// <param name="OtherPartNumber">Number and name of the part that is meant, where it is in the catalog.</param>
public sealed record CrossReferenceView(Guid Id, CrossReferenceKind Kind, string PartyName, string Number, Guid? OtherPartId, string? OtherPartNumber, string? OtherPartName);

/// <summary>One supplier's price on a part's page.</summary>
public sealed record SupplierPriceView(
    Guid Id, Guid SupplierId, string SupplierCode, string Supplier, string? SupplierPartNumber, decimal UnitCost, string Currency, decimal? MoqQuantity, string MoqUnit,
    decimal? OrderMultiple, int LeadTimeDays, decimal? ContractQuantityLimit, bool Preferred, DateOnly? ValidFrom, DateOnly? ValidTo, DateTimeOffset UpdatedAt, uint Version)
{
    /// <summary>Ascending.</summary>
    public IReadOnlyList<BreakTerms> Breaks { get; init; } = [];
}

/// <summary>Why two parts may be one.</summary>
public enum DuplicateReason
{
    /// <summary>The numbers are the same but for spaces, hyphens, case and accents.</summary>
    Number,

    /// <summary>A cross-reference of the other has this number.</summary>
    Reference,

    /// <summary>The names are much alike, and the maker is the same (or the names are equal).</summary>
    Name,
}

/// <summary>A part that the one being typed may be again.</summary>
public sealed record PartDuplicate(Guid Id, string Number, string Name, DuplicateReason Reason);

/// <summary>A part's prices and what they amount to, in the part's unit and the base currency.</summary>
/// <param name="Points">Newest first; at most <see cref="PartQueries.MostPrices"/>.</param>
/// <param name="Statistics">Over the points that could be converted; null when none could.</param>
public sealed record PriceHistory(string Unit, string BaseCurrency, IReadOnlyList<PricePoint> Points, PriceStatistics? Statistics)
{
    /// <summary>Points left out of the statistics, because a unit or a rate is missing.</summary>
    public int LeftOut => Points.Count(p => p.BasePrice is null);
}

/// <inheritdoc cref="PartPrice"/>
public sealed record PricePoint(
    PriceSource Source, Guid SourceId, Guid? DocumentId, string? DocumentNumber, Guid SupplierId, string Supplier, DateOnly Day, decimal? Quantity, decimal? UnitPrice,
    string Currency, decimal? Rate, DateOnly? RateDay, decimal? BasePrice);

/// <summary>A unit on its page.</summary>
/// <param name="PartCount">Parts kept in it, counted to 1,000.</param>
public sealed record UnitRow(Guid Id, string Code, string Name, Dimension Dimension, decimal Factor, int PartCount, uint Version);

/// <summary>A category on its page.</summary>
/// <param name="Path">Names from the top, with slashes.</param>
/// <param name="Depth">0 at the top.</param>
public sealed record CategoryRow(Guid Id, string Code, string Name, Guid? ParentId, int PartCount, uint Version)
{
    public string Path { get; init; } = "";

    public int Depth { get; init; }
}

/// <summary>A line of an RFQ or an order that is about a part.</summary>
/// <param name="Id">The RFQ or the order: the one whose status is set.</param>
/// <param name="UnitPrice">The target of an RFQ's line, the price of an order's.</param>
/// <param name="At">The deadline, or when the order was issued or made.</param>
public sealed record PartDocument(
    Guid Id, string Number, int LineNo, string Title, RfqStatus? RfqStatus, OrderStatus? OrderStatus, Guid? SupplierId, string? Supplier,
    decimal Quantity, string Unit, decimal? UnitPrice, string Currency, DateTimeOffset? At);

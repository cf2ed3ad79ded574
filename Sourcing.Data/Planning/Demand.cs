using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>Where a forecast comes from. Each source has a weight when they are blended.</summary>
public enum ForecastSource
{
    ProdPlan,
    SalesHistory,

    /// <summary>Worked out here from sales history; weighs as it does.</summary>
    Model,
    Projection,
    Manual,
    Other,

    /// <summary>A planner's figure in place of all others, with its reason.</summary>
    Override,
}

/// <summary>What somebody or something expects to be needed of a part from a day on. Part, source, day and period are unique; a new figure replaces the old, which stays in the history.</summary>
public sealed class Forecast : ISoftDeleted
{
    private Forecast()
    {
    }

    /// <summary>Refuses a quantity below 0, a confidence outside 0 to 1, and an override without a reason.</summary>
    public Forecast(Guid partId, ForecastSource source, DateOnly date, ForecastPeriod period, decimal quantity, decimal confidence = 0.8m, string reason = "")
    {
        (Id, PartId, Source, Date, Period) = (Guid.CreateVersion7(), partId, source, date, period);
        Change(quantity, confidence, reason);
    }

    public Guid Id { get; private set; }

    public Guid PartId { get; private set; }

    public Part Part { get; private set; } = null!;

    public ForecastSource Source { get; private set; }

    /// <summary>First day of the span.</summary>
    public DateOnly Date { get; private set; }

    public ForecastPeriod Period { get; private set; }

    /// <summary>For the whole span, in the part's unit; 0 or more.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>0 to 1.</summary>
    public decimal Confidence { get; private set; }

    /// <summary>Why a planner overrides the others; up to 500 characters.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How often it was set.</summary>
    public int Revision { get; private set; }

    public Guid? ImportRunId { get; internal set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>A new figure.</summary>
    public void Change(decimal quantity, decimal confidence, string reason)
    {
        if (quantity < 0)
        {
            throw new RefusedException(nameof(Quantity), "A forecast is 0 or more.");
        }

        if (confidence is < 0 or > 1)
        {
            throw new RefusedException(nameof(Confidence), "The confidence is 0 to 1.");
        }

        if (Source == ForecastSource.Override && string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException(nameof(Reason), "Say in 1 to 500 characters why this figure replaces the forecast.");
        }

        (Quantity, Confidence, Reason) = (quantity, confidence, reason.Trim());
        Revision++;
    }
}

/// <summary>How far a customer's order line is.</summary>
public enum SalesOrderStatus
{
    Open,

    /// <summary>Taken, and not to be served for now. Counts as firm demand: the plan must be ready when it is released.</summary>
    OnHold,
    Shipped,
    Cancelled,
}

/// <summary>What a customer has ordered: firm demand. Number and line are unique.</summary>
public sealed class SalesOrderLine : ISoftDeleted
{
    private SalesOrderLine()
    {
    }

    /// <inheritdoc cref="Change"/>
    public SalesOrderLine(string number, int lineNo, Guid partId, SalesOrderFacts facts)
    {
        if (string.IsNullOrWhiteSpace(number) || number.Length > 40)
        {
            throw new RefusedException(nameof(Number), "A sales order has a number of 1 to 40 characters.");
        }

        (Id, Number, LineNo, PartId) = (Guid.CreateVersion7(), number.Trim(), lineNo, partId);
        Change(facts);
    }

    public Guid Id { get; private set; }

    /// <summary>SO-2026-3381: 1 to 40 characters.</summary>
    public string Number { get; private set; } = "";

    public int LineNo { get; private set; }

    public Guid PartId { get; private set; }

    public Part Part { get; private set; } = null!;

    /// <summary>Up to 200 characters.</summary>
    public string Customer { get; private set; } = "";

    /// <summary>Ordered, above 0, in the part's unit.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Already shipped, 0 or more.</summary>
    public decimal ShippedQuantity { get; private set; }

    /// <summary>In <see cref="Currency"/> for one of the part's unit; null when unknown.</summary>
    public decimal? UnitPrice { get; private set; }

    public string? Currency { get; private set; }

    /// <summary>When it ships; null when nobody said, which the plan reads as today and reports.</summary>
    public DateOnly? ShipOn { get; private set; }

    public SalesOrderStatus Status { get; private set; }

    public Guid? ImportRunId { get; internal set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Still to be served.</summary>
    public decimal OpenQuantity => Status is SalesOrderStatus.Open or SalesOrderStatus.OnHold ? Math.Max(0, Quantity - ShippedQuantity) : 0;

    /// <summary>Sets everything. Refuses quantities out of range.</summary>
    public void Change(SalesOrderFacts facts)
    {
        if (facts.Quantity <= 0 || facts.ShippedQuantity < 0)
        {
            throw new RefusedException(nameof(Quantity), "A customer orders more than 0, and 0 or more of it is shipped.");
        }

        (Customer, Quantity, ShippedQuantity, UnitPrice, Currency, ShipOn, Status) =
            (facts.Customer.Trim(), facts.Quantity, facts.ShippedQuantity, facts.UnitPrice, facts.Currency, facts.ShipOn, facts.Status);
    }
}

/// <summary>The facts of a customer's order line: see the same names of <see cref="SalesOrderLine"/>.</summary>
public sealed record SalesOrderFacts(string Customer, decimal Quantity, decimal ShippedQuantity, DateOnly? ShipOn, SalesOrderStatus Status, decimal? UnitPrice = null, string? Currency = null);

/// <summary>One sale that happened. The table is partitioned by month of <see cref="Time"/>.</summary>
public sealed class SalesRecord
{
    private SalesRecord()
    {
    }

    /// <summary>A sale, or below 0 what came back.</summary>
    public SalesRecord(DateTimeOffset time, Guid partId, decimal quantity, decimal? unitPrice, string? currency, string customer, string region, string customerSegment, string document)
    {
        (Id, Time, PartId, Quantity, UnitPrice, Currency) = (Guid.CreateVersion7(), time, partId, quantity, unitPrice, currency);
        TotalValue = unitPrice is null ? null : Math.Round(unitPrice.Value * quantity, 2, MidpointRounding.AwayFromZero);
        (Customer, Region, CustomerSegment, Document) = (customer, region, customerSegment, document);
    }

    public Guid Id { get; private set; }

    public DateTimeOffset Time { get; private set; }

    public Guid PartId { get; private set; }

    /// <summary>In the part's unit; below 0 for what came back.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>In <see cref="Currency"/> for one of the part's unit.</summary>
    public decimal? UnitPrice { get; private set; }

    public decimal? TotalValue { get; private set; }

    public string? Currency { get; private set; }

    public string Customer { get; private set; } = "";

    public string Region { get; private set; } = "";

    public string CustomerSegment { get; private set; } = "";

    /// <summary>The invoice or other paper; empty when unknown.</summary>
    public string Document { get; private set; } = "";

    public Guid? ImportRunId { get; private set; }
}

/// <summary>What was needed of a part in a span, beside what was forecast for it. The table is partitioned by month of <see cref="Time"/>.</summary>
public sealed class DemandRecord
{
    private DemandRecord()
    {
    }

    /// <summary>One span's demand.</summary>
    public DemandRecord(DateTimeOffset time, Guid partId, decimal quantity, ForecastSource source, decimal? forecast)
    {
        (Id, Time, PartId, Quantity, Source) = (Guid.CreateVersion7(), time, partId, quantity, source);
        ActualVsForecast = forecast is null ? null : quantity - forecast;
    }

    public Guid Id { get; private set; }

    public DateTimeOffset Time { get; private set; }

    public Guid PartId { get; private set; }

    /// <summary>In the part's unit.</summary>
    public decimal Quantity { get; private set; }

    public ForecastSource Source { get; private set; }

    /// <summary>Actual less forecast, in the part's unit; null where nothing was forecast.</summary>
    public decimal? ActualVsForecast { get; private set; }
}

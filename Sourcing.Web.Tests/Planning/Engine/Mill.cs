using System.Buffers.Binary;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>
/// Builds small plans by name. Today is Monday, 16 November 2026 (W47), so that bucket n begins n weeks later.
/// </summary>
internal sealed class Mill
{
    public static readonly DateOnly Today = new(2026, 11, 16);

    private readonly Dictionary<string, PlanMaterial> _materials = new(StringComparer.Ordinal);
    private readonly List<PlanBomLine> _lines = [];
    private readonly List<PlanOffer> _offers = [];
    private readonly List<PlanReceipt> _receipts = [];
    private readonly List<PlanReservation> _reservations = [];
    private readonly List<PlanForecast> _forecasts = [];
    private readonly List<PlanFirmOrder> _orders = [];
    private int _keys;

    public PlanSettings Settings { get; set; } = new() { BucketCount = 12, ExcessCoverDays = null };

    /// <summary>A key that is the same for the same name.</summary>
    public static Guid Key(string name)
    {
        Span<byte> bytes = stackalloc byte[16];
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name));
        hash.AsSpan(0, 16).CopyTo(bytes);
        return new(bytes);
    }

    public static DateOnly Week(int number) => Today.AddDays(7 * number);

    public Mill Made(string name, decimal onHand = 0, int leadTime = 7, Func<PlanMaterial, PlanMaterial>? with = null) =>
        Add(new() { Id = Key(name), Number = name, Unit = "pcs", IsMade = true, MadeLeadTimeDays = leadTime, OnHand = onHand }, with);

    public Mill Bought(string name, decimal onHand = 0, Func<PlanMaterial, PlanMaterial>? with = null) =>
        Add(new() { Id = Key(name), Number = name, Unit = "kg", UnitDecimals = 3, OnHand = onHand }, with);

    public Mill Phantom(string name, decimal onHand = 0) =>
        Add(new() { Id = Key(name), Number = name, IsPhantom = true, OnHand = onHand }, null);

    public Mill Takes(string parent, string component, decimal quantity, Func<PlanBomLine, PlanBomLine>? with = null)
    {
        var line = new PlanBomLine { ParentId = Key(parent), ComponentId = Key(component), QuantityPer = quantity, LineRef = $"{parent}/{component}" };
        _lines.Add(with?.Invoke(line) ?? line);
        return this;
    }

    public Mill Share(string parent, string component, decimal share) => Takes(parent, component, share, l => l with { IsPercentage = true });

    public Mill Offer(string material, string supplier, decimal price = 2, int leadTime = 14, Func<PlanOffer, PlanOffer>? with = null)
    {
        var offer = new PlanOffer
        {
            MaterialId = Key(material), SupplierId = Key(supplier), SupplierName = supplier, Tiers = [new(0, price)], LeadTimeDays = leadTime, LeadTimeSigma = 0,
            Reliability = 0.9m,
        };
        _offers.Add(with?.Invoke(offer) ?? offer);
        return this;
    }

    public Mill Order(string material, decimal quantity, DateOnly due, string text = "SO-1", int priority = 100)
    {
        _orders.Add(new() { Id = Key($"order {++_keys}"), MaterialId = Key(material), Quantity = quantity, DueDate = due, RefText = text, Customer = "Brinwell", Priority = priority });
        return this;
    }

    public Mill Forecast(string material, decimal quantity, DateOnly start, string source = "prod_plan", Func<PlanForecast, PlanForecast>? with = null)
    {
        var row = new PlanForecast { MaterialId = Key(material), PeriodStart = start, Quantity = quantity, Source = source };
        _forecasts.Add(with?.Invoke(row) ?? row);
        return this;
    }

    public Mill Receipt(string material, decimal quantity, DateOnly date, string text = "PO-1", Func<PlanReceipt, PlanReceipt>? with = null)
    {
        var row = new PlanReceipt { Id = Key($"receipt {++_keys}"), MaterialId = Key(material), Quantity = quantity, Date = date, RefText = text, SupplierName = "Kesmira" };
        _receipts.Add(with?.Invoke(row) ?? row);
        return this;
    }

    public Mill Reserve(string material, decimal quantity, DateOnly? date = null)
    {
        _reservations.Add(new() { Id = Key($"reservation {++_keys}"), MaterialId = Key(material), Quantity = quantity, Date = date, RefText = "R-1" });
        return this;
    }

    public PlanInput Input() => new()
    {
        AsOf = Today, Settings = Settings, Materials = [.. _materials.Values], BomLines = _lines, Offers = _offers, Receipts = _receipts,
        Reservations = _reservations, Forecasts = _forecasts, FirmOrders = _orders,
    };

    public PlanResult Plan() => PlanEngine.Run(Input(), ct: TestContext.Current.CancellationToken);

    private Mill Add(PlanMaterial material, Func<PlanMaterial, PlanMaterial>? with)
    {
        _materials[material.Number] = with?.Invoke(material) ?? material;
        return this;
    }
}

/// <summary>Short ways into a result.</summary>
internal static class MillResults
{
    public static PlanRow Row(this PlanResult plan, string material) => plan.RowOf(Mill.Key(material))!;

    public static PlanSeries Series(this PlanResult plan, string material) => plan.Row(material).Series();

    public static List<PlannedOrder> OrdersFor(this PlanResult plan, string material) => [.. plan.Orders.Where(o => o.Material.Number == material)];

    public static PlanMessage Message(this PlanResult plan, PlanMessageKind kind) => Assert.Single(plan.Messages, m => m.Kind == kind);

    public static PlanIssue Issue(this PlanResult plan, string code) => Assert.Single(plan.Issues, i => i.Code == code);
}

using System.Buffers.Binary;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;

namespace Sourcing.Benchmarks;

/// <summary>
/// A made-up mill of any size, the same for the same size: five levels from styles down to bought material, four BOM lines per material, weekly forecasts
/// from one or two sources and firm orders for the styles, stock, open orders, one to four offers for what is bought, and every lot rule.
/// </summary>
internal sealed class PlanInstance
{
    /// <summary>Shares of the materials by level; the last are bought.</summary>
    private static readonly double[] Levels = [0.10, 0.15, 0.20, 0.25, 0.30];
    private static readonly DateOnly AsOf = new(2026, 11, 16);
    private const int Weeks = 52;
    private const double LinesPerMaterial = 4;

    private readonly Random _random = new(20_261_116);
    private readonly List<PlanMaterial> _materials = [];
    private readonly List<PlanBomLine> _lines = [];
    private readonly List<PlanOffer> _offers = [];
    private readonly List<PlanReceipt> _receipts = [];
    private readonly List<PlanForecast> _forecasts = [];
    private readonly List<PlanFirmOrder> _orders = [];
    private int _keys;

    public static PlanInput Of(int materials, PlanSettings? settings = null)
    {
        var made = new PlanInstance();
        made.Fill(materials);
        return new()
        {
            AsOf = AsOf, Settings = settings ?? new(), Materials = made._materials, BomLines = made._lines, Offers = made._offers, Receipts = made._receipts,
            Forecasts = made._forecasts, FirmOrders = made._orders,
        };
    }

    private void Fill(int materials)
    {
        var starts = new int[Levels.Length + 1];
        for (var l = 0; l < Levels.Length; l++)
        {
            starts[l + 1] = l == Levels.Length - 1 ? materials : starts[l] + Math.Max(1, (int)(materials * Levels[l]));
        }

        var lines = LinesPerMaterial * materials / starts[^2];
        for (var level = 0; level < Levels.Length; level++)
        {
            for (var m = starts[level]; m < starts[level + 1]; m++)
            {
                Material(m, level);
            }
        }

        for (var level = 0; level < Levels.Length - 1; level++)
        {
            for (var m = starts[level]; m < starts[level + 1]; m++)
            {
                Components(m, level, starts, (int)lines + (_random.NextDouble() < lines % 1 ? 1 : 0));
            }
        }
    }

    private void Material(int m, int level)
    {
        var bought = level == Levels.Length - 1;
        LotMethod[] methods = bought
            ? [LotMethod.Automatic, LotMethod.PeriodicOrderQuantity, LotMethod.EconomicOrderQuantity, LotMethod.SilverMeal, LotMethod.AllUnitsBreaks]
            : [LotMethod.PeriodicOrderQuantity, LotMethod.PeriodicOrderQuantity, LotMethod.LotForLot, LotMethod.Fixed];
        var material = new PlanMaterial
        {
            Id = Key(), Number = $"M-{level}-{m:000000}", Name = $"Material {m} of level {level}", Unit = bought ? "kg" : "pcs", UnitDecimals = bought ? 3 : 0,
            Class = "ABC"[_random.Next(3)].ToString(), IsMade = !bought, IsCritical = _random.Next(20) == 0, OnHand = _random.Next(0, 2000),
            StandardCost = _random.Next(1, 100), Yield = bought ? 1 : 0.9m + (_random.Next(10) * 0.01m), LotMethod = methods[_random.Next(methods.Length)],
            FixedLot = 500, PeriodsOfSupply = bought ? null : _random.Next(2, 5), OrderingCost = 50 + _random.Next(100), MadeLeadTimeDays = _random.Next(2, 12),
            SafetyMethod = level is 0 or 4 ? SafetyStockMethod.ServiceLevel : null, Demand = level == 0 ? new(7, 120, 40) : null,
        };
        _materials.Add(material);
        if (level == 0)
        {
            Demand(material);
        }

        if (bought)
        {
            Offers(material);
        }

        for (var i = _random.Next(3); i > 0; i--)
        {
            _receipts.Add(new() { Id = Key(), MaterialId = material.Id, Quantity = _random.Next(100, 2000), Date = AsOf.AddDays(_random.Next(-7, 90)), RefText = $"PO-{_keys}" });
        }
    }

    private void Demand(PlanMaterial material)
    {
        var sources = _random.Next(2) == 0 ? new[] { "prod_plan" } : ["prod_plan", "sales_history"];
        for (var w = 0; w < Weeks; w++)
        {
            foreach (var source in sources)
            {
                _forecasts.Add(new() { MaterialId = material.Id, PeriodStart = AsOf.AddDays(7 * w), Quantity = _random.Next(40, 200), Source = source });
            }
        }

        for (var i = 0; i < 6; i++)
        {
            _orders.Add(new() { Id = Key(), MaterialId = material.Id, Quantity = _random.Next(10, 150), DueDate = AsOf.AddDays(_random.Next(1, 70)), RefText = $"SO-{_keys}" });
        }
    }

    private void Offers(PlanMaterial material)
    {
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var price = 1 + (_random.Next(1000) * 0.01m);
            _offers.Add(new()
            {
                MaterialId = material.Id, SupplierId = Key(), SupplierName = $"Supplier {_keys}",
                Tiers = _random.Next(3) == 0 ? [new(0, price), new(1000, price * 0.95m), new(5000, price * 0.9m)] : [new(0, price)],
                Moq = _random.Next(4) * 100, OrderMultiple = _random.Next(3) * 25, LeadTimeDays = _random.Next(5, 60), LeadTimeSigma = _random.Next(5),
                Reliability = 0.6m + (_random.Next(40) * 0.01m), RiskLevel = (RiskLevel)_random.Next(3),
                ContractLimit = i == 1 && _random.Next(10) == 0 ? 50_000 : null, ContractRemaining = null,
            });
        }
    }

    private void Components(int m, int level, int[] starts, int count)
    {
        var chosen = new HashSet<int>();
        while (chosen.Count < Math.Min(count, starts[level + 2] - starts[level + 1]))
        {
            // Most go one level down, some straight to what is bought.
            var to = _random.Next(5) == 0 ? Levels.Length - 1 : level + 1;
            if (chosen.Add(_random.Next(starts[to], starts[to + 1])))
            {
                _lines.Add(new() { ParentId = _materials[m].Id, ComponentId = _materials[chosen.Last()].Id, QuantityPer = 0.1m + (_random.Next(20) * 0.05m), Scrap = _random.Next(5) * 0.01m, LineId = Key() });
            }
        }
    }

    /// <summary>Keys in a row, so that every run has the same.</summary>
    private Guid Key()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], ++_keys);
        return new(bytes, bigEndian: true);
    }
}

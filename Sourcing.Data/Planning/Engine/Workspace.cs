using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Room that one thread works in, used for one material after another so that nothing is allocated per bucket.</summary>
internal sealed class Workspace(int buckets)
{
    private long[] _keys = new long[256];

    /// <summary>Safety stock less the stock without the plan, by bucket: what would have to come in until then.</summary>
    public long[] Lacking { get; } = new long[buckets];

    /// <summary>Last bucket of the Wagner–Whitin lot that a bucket is in.</summary>
    public int[] LotEnd { get; } = new int[buckets];

    public decimal[] Net { get; } = new decimal[buckets];

    public decimal[] Lots { get; } = new decimal[buckets];

    public decimal[] Forecast { get; } = new decimal[buckets];

    public QuantityStep[] Steps { get; } = new QuantityStep[QuantityRules.MostSteps];

    public DemandCore[] Demands { get; private set; } = new DemandCore[256];

    public int DemandCount { get; private set; }

    public List<OrderCore> Orders { get; } = [];

    public List<OrderDetail?> Details { get; } = [];

    public List<PegCore> Pegs { get; } = [];

    /// <summary>What this run has taken from contracts, by offer of the material.</summary>
    public List<decimal> Taken { get; } = [];

    public PhaseTimes Times { get; } = new();

    public void Begin()
    {
        DemandCount = 0;
        Orders.Clear();
        Details.Clear();
        Pegs.Clear();
        Taken.Clear();
    }

    public void Add(in DemandCore demand, int rank, int priority, int today)
    {
        if (DemandCount == Demands.Length)
        {
            var (demands, keys) = (Demands, _keys);
            Array.Resize(ref demands, DemandCount * 2);
            Array.Resize(ref keys, DemandCount * 2);
            (Demands, _keys) = (demands, keys);
        }

        Demands[DemandCount] = demand;
        _keys[DemandCount] = ((long)Math.Min(demand.Day - today, 0x3FFFF) << 44) | ((long)rank << 41) | ((long)Math.Clamp(priority, 0, 0xFFFF) << 25) | (uint)(DemandCount & 0x1FFFFFF);
        DemandCount++;
    }

    /// <summary>By date, then rank, then priority, then as they came: the order in which needs are met.</summary>
    public DemandCore[] TakeSorted()
    {
        Array.Sort(_keys, Demands, 0, DemandCount);
        return Demands.AsSpan(0, DemandCount).ToArray();
    }
}

/// <summary>Ticks by phase of one thread.</summary>
internal sealed class PhaseTimes
{
    public long Explode { get; set; }

    public long Net { get; set; }

    public long Lot { get; set; }

    public long Supplier { get; set; }

    public long Peg { get; set; }
}

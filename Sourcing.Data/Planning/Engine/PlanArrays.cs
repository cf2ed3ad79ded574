using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>One need of a material. Owner is the place of the firm order, reservation, bucket or parent, by target.</summary>
internal struct DemandCore
{
    public long Quantity;
    public int Day;
    public int Owner;

    /// <summary>Of a dependent need: the parent's order, or -1 - the place of its open production order.</summary>
    public int Local;
    public PegTarget Target;
}

/// <summary>A planned order without what can be looked up.</summary>
internal struct OrderCore
{
    public long Quantity;

    /// <summary>What the bucket lacked, all siblings together.</summary>
    public long Need;

    /// <summary>What the lot rule made of the need, this order's part of it.</summary>
    public long Lot;

    /// <summary>Planned in earlier buckets.</summary>
    public long Before;

    /// <summary>Place of the offer; -1 for what is made or has no supplier.</summary>
    public int Offer;
    public int NeedDay;
    public int ReleaseDay;
    public int OrderByDay;
    public short Bucket;

    /// <summary>The last bucket that the lot looks ahead to.</summary>
    public short Through;
    public PlannedOrderKind Kind;
    public int LeadTime;
    public bool HeldByFence;
    public bool IsMoqExcess;
}

/// <summary>So much of a supply for a need. Supplies: 0 on hand, then receipts, then orders. Needs below 0 are <see cref="PegCode"/>.</summary>
internal struct PegCore
{
    public long Quantity;
    public int Supply;
    public int Demand;
}

internal static class PegCode
{
    public const int SafetyStock = -1;
    public const int LotSurplus = -2;
    public const int MoqSurplus = -3;

    /// <summary>As a supply: nothing meets the need.</summary>
    public const int Unmet = -1;
}

/// <summary>What a run keeps of a material. Series are null where they are nothing throughout.</summary>
internal sealed class MaterialState
{
    public long[]? Firm;
    public long[]? Forecast;
    public long[]? Dependent;
    public long[]? Reserved;
    public long[]? Receipts;
    public DemandCore[] Demands = [];
    public OrderCore[] Orders = [];
    public PegCore[] Pegs = [];

    /// <summary>First peg of each order.</summary>
    public int[] PegStart = [];

    /// <summary>Beside the orders; null where nobody asked yet.</summary>
    public OrderDetail?[]? Details;
    public long Opening;

    /// <summary>Booked below nothing and kept so.</summary>
    public long Negative;
    public long Safety;
    public PlanSafetyFacts? SafetyFacts;
    public decimal ReorderPoint;
    public PlanLotFacts? LotFacts;
    public LotMethod Method;
    public int LeadTime;
    public decimal? Confidence;

    /// <summary>The last bucket of an order that is to be placed within the window; -1 for none. Whatever is bought for it or earlier is proposed with it.</summary>
    public int DueBucket = -1;

    /// <summary>Its sums are more than a quantity can hold; it was left out.</summary>
    public bool HasFailed;
    public List<PlanIssue>? Issues;
    public List<PlanMessage>? Messages;

    /// <summary>What is left of a material whose quantities cannot be right: an issue that says so.</summary>
    public static MaterialState Failed(PlanMaterial material) => new()
    {
        HasFailed = true,
        Issues =
        [
            new()
            {
                Severity = PlanSeverity.Blocking, Code = PlanIssueCodes.QuantityOverflow, MaterialId = material.Id, EntityId = material.Id, Entity = "material",
                RowRef = material.Number, Message = $"{material.Number} was not planned, because its quantities come to more than a plan can hold (10¹²).",
                Action = "Look for a wrong quantity or unit in its stock, demand and orders, or in what takes it.",
            },
        ],
    };

    public long Gross(int bucket) =>
        checked((Firm?[bucket] ?? 0) + (Forecast?[bucket] ?? 0) + (Dependent?[bucket] ?? 0) + (Reserved?[bucket] ?? 0));
}

/// <summary>What was found out about an order beyond its figures.</summary>
internal sealed class OrderDetail
{
    public required IReadOnlyList<QuantityStep> Steps;
    public PlanSupplierFacts? Supplier;
    public decimal Urgency;
    public UrgencyBand Band;
    public RiskCodes Risks;
}

using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>One source's answer to a need, before it is written as orders.</summary>
internal readonly record struct Placement(PlannedOrderKind Kind, int Offer, int LeadTime, OrderQuantity Quantity, long Lot);

/// <summary>Writes planned orders with their dates, urgency and risks.</summary>
internal sealed class OrderWriter(PlanModel model)
{
    /// <summary>Orders that one need may be split into; beyond that the largest order cannot be meant.</summary>
    public const int MostParts = 1000;

    /// <summary>Adds the orders of a placement and gives what they come to, millionths.</summary>
    /// <param name="detail">Tells about an order of a quantity; null for those that nobody asks about yet.</param>
    public long Write(in LotNeed need, in Placement placement, PlanMaterial material, MaterialState state, Workspace room, Func<decimal, OrderDetail>? detail)
    {
        var orderBy = OrderByDay(need.Day, placement.LeadTime);
        var (total, lotLeft) = (0L, placement.Lot);
        for (var part = 0; part < placement.Quantity.Orders; part++)
        {
            var quantity = Micro.Of(placement.Quantity[part]);
            var lot = part == placement.Quantity.Orders - 1 ? lotLeft : Math.Min(lotLeft, quantity);
            lotLeft -= lot;
            total += quantity;
            var order = new OrderCore
            {
                Quantity = quantity, Need = need.Need, Lot = lot, Before = need.Before, Offer = placement.Offer, NeedDay = need.Day,
                ReleaseDay = Math.Max(model.Today, orderBy), OrderByDay = orderBy, Bucket = (short)need.Bucket, Through = (short)need.Through,
                Kind = placement.Kind, HeldByFence = need.Held, IsMoqExcess = placement.Quantity.MinimumExcess, LeadTime = placement.LeadTime,
            };
            room.Orders.Add(order);
            room.Details.Add(detail is not null ? Urge(detail(placement.Quantity[part]), order, material, state, room) : null);
        }

        return total;
    }

    /// <summary>The last day on which something would come in time.</summary>
    private int OrderByDay(int needDay, int leadTime) => model.Calendar.Release(DateOnly.FromDayNumber(needDay), leadTime).DayNumber;

    public int ReleaseDay(int needDay, int leadTime) => Math.Max(model.Today, OrderByDay(needDay, leadTime));

    private OrderDetail Urge(OrderDetail detail, in OrderCore order, PlanMaterial material, MaterialState state, Workspace room)
    {
        var arrival = model.Calendar.Arrival(model.Input.AsOf, order.LeadTime);
        var lowest = long.MaxValue;
        for (var b = 0; b <= model.BucketOf(arrival.DayNumber); b++)
        {
            lowest = Math.Min(lowest, state.Safety - room.Lacking[b]);
        }

        var score = Urgency.Of(DateOnly.FromDayNumber(order.NeedDay), arrival, Micro.Quantity(lowest), Micro.Quantity(state.Safety), material.IsCritical);
        detail.Urgency = score.Score;
        detail.Band = score.Band;
        return detail;
    }

    /// <summary>What any order of the material may suffer from, whoever it is placed with.</summary>
    public RiskFacts Facts(int m, in LotNeed need, PlanMaterial material, MaterialState state, int leadTime, decimal quantity) => new()
    {
        LeadTimeDays = leadTime,
        Ordered = quantity,
        Needed = Micro.Quantity(need.Through > need.Bucket ? need.Lot : need.Need),
        Late = model.Calendar.Arrival(model.Input.AsOf, leadTime).DayNumber > need.Day,
        BomIncomplete = model.BomDoubtful[m],
        ForecastConfidence = (double?)state.Confidence,
        PastDueOrder = HasPastDue(m),
        NegativeStock = material.OnHand < 0,
        Suppliers = 2,
    };

    /// <summary>What the rules of any source begin with.</summary>
    /// <param name="annualDemand">D, units a year.</param>
    public OrderTerms Terms(PlanMaterial material, decimal annualDemand) => new()
    {
        Precision = Micro.Quantity(Micro.Step(material.UnitDecimals)),
        DailyDemand = annualDemand / 365m,
        MostSurplusDays = material.ExcessCoverDays ?? model.Settings.ExcessCoverDays,
    };

    private bool HasPastDue(int m)
    {
        var receipts = model.Receipts.Of(m);
        return receipts.Length > 0 && receipts[0].Date < model.Input.AsOf;
    }
}

/// <summary>What is made here: one source, its own lead time, and the lots it is made in.</summary>
internal sealed class Making(PlanModel model) : ISupply
{
    private readonly OrderWriter _writer = new(model);
    private PlanMaterial _material = null!;
    private OrderTerms _terms;

    public int EarliestLeadTime => _material.MadeLeadTimeDays;

    public int LeadTime => _material.MadeLeadTimeDays;

    public double? LeadTimeSigma => _material.MadeLeadTimeSigma ?? 0;

    public decimal? Reliability => null;

    public decimal UnitCost => _material.StandardCost ?? 0;

    public decimal OrderingCost => _material.OrderingCost;

    public decimal HoldingRate => _material.HoldingRate;

    public ReadOnlySpan<PriceTier> Tiers => [];

    public void Begin(int m, MaterialState state, Workspace room) => _material = model.Materials[m];

    public long Order(in LotNeed need, PlanMaterial material, MaterialState state, Workspace room, int explainUntil)
    {
        _terms = _writer.Terms(material, state.LotFacts?.AnnualDemand ?? 0) with
        {
            Minimum = material.MadeMinimum, Multiple = material.MadeMultiple, Maximum = material.MadeMaximum ?? 0,
        };
        var quantity = QuantityRules.Apply(_terms, Micro.Quantity(need.Lot), room.Steps);
        if (quantity.Orders > OrderWriter.MostParts)
        {
            _terms = _terms with { Maximum = 0 };
            quantity = QuantityRules.Apply(_terms, Micro.Quantity(need.Lot), room.Steps);
        }

        var explains = _writer.ReleaseDay(need.Day, material.MadeLeadTimeDays) <= explainUntil;
        return _writer.Write(need, new(PlannedOrderKind.Make, -1, material.MadeLeadTimeDays, quantity, need.Lot), material, state, room,
            explains ? Detail(need, quantity, material, state, room) : null);
    }

    private Func<decimal, OrderDetail> Detail(LotNeed need, OrderQuantity quantity, PlanMaterial material, MaterialState state, Workspace room)
    {
        var steps = room.Steps.AsSpan(0, quantity.Steps).ToArray();
        return part => new()
        {
            Steps = steps,
            Risks = Risks.Of(_writer.Facts(need.Material, need, material, state, material.MadeLeadTimeDays, part)),
        };
    }
}

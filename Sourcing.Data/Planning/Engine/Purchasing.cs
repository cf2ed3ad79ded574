using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>What is bought: who could supply it, and who gets each order.</summary>
internal sealed class Purchasing(PlanModel model) : ISupply
{
    private const decimal MonthsPerYear = 12m;

    private readonly OrderWriter _writer = new(model);
    private SupplierOffer[] _offers = [];
    private SupplierAssessment[] _assessments = [];
    private OrderTerms[] _terms = [];
    private PriceTier[] _tiers = [];
    private decimal[] _taken = [];
    private PlanMaterial _material = null!;
    private PlanOffer? _usual;
    private int _first;
    private int _count;
    private int _candidates;

    public int EarliestLeadTime { get; private set; }

    public int LeadTime => _usual?.LeadTimeDays ?? 0;

    public double? LeadTimeSigma => _usual is null ? 0 : _usual.LeadTimeSigma;

    public decimal? Reliability => _usual?.Reliability;

    public decimal UnitCost { get; private set; }

    public decimal OrderingCost => _usual?.OrderingCost ?? _material.OrderingCost;

    public decimal HoldingRate => _usual?.HoldingRate ?? _material.HoldingRate;

    public ReadOnlySpan<PriceTier> Tiers => _tiers;

    public void Begin(int m, MaterialState state, Workspace room)
    {
        _material = model.Materials[m];
        _first = model.Offers.Start[m];
        _count = model.Offers.Start[m + 1] - _first;
        if (_offers.Length < _count)
        {
            _offers = new SupplierOffer[_count];
            _assessments = new SupplierAssessment[_count];
            _terms = new OrderTerms[_count];
            _taken = new decimal[_count];
        }

        Array.Clear(_taken, 0, _count);
        (_candidates, EarliestLeadTime) = (0, int.MaxValue);
        var demand = Lots.AnnualDemand(model, state);
        for (var i = 0; i < _count; i++)
        {
            Take(i, demand, state);
        }

        EarliestLeadTime = _candidates == 0 ? 0 : EarliestLeadTime;
        FindUsual(demand);
    }

    private void Take(int i, decimal annualDemand, MaterialState state)
    {
        var offer = model.Offers.Rows[_first + i];
        var price = offer.Tiers.Count == 0 ? 0 : offer.Tiers[0].UnitPrice;
        _terms[i] = _writer.Terms(_material, annualDemand) with { Minimum = offer.Moq, Multiple = offer.OrderMultiple, Maximum = offer.MaxOrder ?? 0 };
        _offers[i] = new(i)
        {
            Active = offer.IsActive, Blocked = offer.Exclusion is not null, Price = price,
            Breaks = offer.Tiers.Count > 1 ? [.. offer.Tiers.Select(t => new PriceTier(t.From, t.UnitPrice))] : null,
            ValidFrom = offer.ValidFrom ?? DateOnly.MinValue, ValidTo = offer.ValidTo ?? DateOnly.MaxValue,
            Minimum = QuantityRules.SmallestOrder(_terms[i]) is var least && (offer.Moq > 0 || offer.OrderMultiple > 0) ? least : 0,
            ContractRemaining = offer.ContractRemaining, OrderingCost = offer.OrderingCost ?? _material.OrderingCost, Reliability = offer.Reliability,
            LeadTimeDays = offer.LeadTimeDays, Arrival = model.Calendar.Arrival(model.Input.AsOf, offer.LeadTimeDays), Risk = offer.RiskLevel,
        };
        if (SupplierScore.Exclusion(_offers[i], model.Input.AsOf) == SupplierExclusion.None)
        {
            _candidates++;
            EarliestLeadTime = Math.Min(EarliestLeadTime, offer.LeadTimeDays);
        }
        else if (price <= 0 && offer.IsActive && offer.Exclusion is null)
        {
            (state.Issues ??= []).Add(new()
            {
                Severity = PlanSeverity.Medium, Code = PlanIssueCodes.PriceMissing, MaterialId = _material.Id, EntityId = offer.OfferId ?? offer.SupplierId,
                Entity = "offer", RowRef = offer.SupplierName,
                Message = $"{offer.SupplierName} has no price for {_material.Number}, so nothing is ordered there.",
                Action = "Enter the price, or end the offer.",
            });
        }
    }

    /// <summary>The supplier that a month's need would go to if there were time: its lead time, cost and tiers stand for the material.</summary>
    private void FindUsual(decimal annualDemand)
    {
        (_usual, _tiers, UnitCost) = (null, [], _material.StandardCost ?? 0);
        if (_candidates == 0)
        {
            return;
        }

        var month = Math.Max(decimal.Round(annualDemand / MonthsPerYear, 6), Micro.Quantity(Micro.Step(_material.UnitDecimals)));
        var usual = 0;
        if (_candidates == 1)
        {
            usual = Array.FindIndex(_offers, 0, _count, o => SupplierScore.Exclusion(o, model.Input.AsOf) == SupplierExclusion.None);
        }
        else
        {
            usual = Choose(month, DateOnly.MaxValue).First.Offer;
        }

        _usual = model.Offers.Rows[_first + usual];
        UnitCost = _offers[usual].LandedPrice(Math.Max(month, _offers[usual].Minimum));
        _tiers = _offers[usual].Breaks ?? [];
    }

    private SupplierDecision Choose(decimal quantity, DateOnly need) => SupplierChoice.Of(
        new(quantity, need, model.Input.AsOf)
        {
            Critical = _material.IsCritical, ScoreWeight = model.Settings.ScoreWeight, Precision = Micro.Quantity(Micro.Step(_material.UnitDecimals)),
            ShareCap = model.Settings.ShareCap,
        },
        _offers.AsSpan(0, _count), _assessments.AsSpan(0, _count));

    public long Order(in LotNeed need, PlanMaterial material, MaterialState state, Workspace room, int explainUntil)
    {
        for (var i = 0; i < _count; i++)
        {
            if (model.Offers.Rows[_first + i].ContractRemaining is { } remaining)
            {
                _offers[i] = _offers[i] with { ContractRemaining = QuantityRules.ContractRemaining(remaining, 0, 0, _taken[i]) };
                _terms[i] = _terms[i] with { ContractRemaining = _offers[i].ContractRemaining };
            }
        }

        var decision = _candidates == 0 ? default : Choose(Micro.Quantity(need.Lot), DateOnly.FromDayNumber(need.Day));
        var (total, lotLeft, shortfall) = (0L, need.Lot, decision.Found ? decision.Shortfall : Micro.Quantity(need.Lot));
        for (var place = 0; place < decision.Count; place++)
        {
            total += Place(need, decision, place, ref lotLeft, ref shortfall, state, room, explainUntil);
        }

        var lacking = need.Need - total;
        return shortfall > 0 && lacking > 0 ? total + Unsourced(need, Math.Max(lacking, decision.Found ? 0 : need.Lot), state, room, explainUntil) : total;
    }

    private long Place(
        in LotNeed need, in SupplierDecision decision, int place, ref long lotLeft, ref decimal shortfall, MaterialState state, Workspace room, int explainUntil)
    {
        var share = decision[place];
        var offer = model.Offers.Rows[_first + share.Offer];
        var wanted = decision.Count == 1 && decision.Shortfall == 0 ? Micro.Quantity(need.Lot) : share.Quantity;
        var quantity = QuantityRules.Apply(_terms[share.Offer], wanted, room.Steps);
        if (quantity.Orders > OrderWriter.MostParts)
        {
            quantity = QuantityRules.Apply(_terms[share.Offer] with { Maximum = 0 }, wanted, room.Steps);
        }

        shortfall += quantity.Shortfall;
        _taken[share.Offer] += quantity.Total;
        var lot = Math.Min(lotLeft, Micro.Of(wanted));
        lotLeft -= lot;
        var explains = _writer.ReleaseDay(need.Day, offer.LeadTimeDays) <= explainUntil;
        return _writer.Write(need, new(PlannedOrderKind.Purchase, _first + share.Offer, offer.LeadTimeDays, quantity, lot), _material, state, room,
            explains ? Detail(need, decision, share, quantity, state, room) : null);
    }

    private Func<decimal, OrderDetail> Detail(
        LotNeed need, SupplierDecision decision, SupplierShare share, OrderQuantity quantity, MaterialState state, Workspace room)
    {
        var offer = model.Offers.Rows[_first + share.Offer];
        var steps = quantity.Steps == 0 ? [] : room.Steps.AsSpan(0, quantity.Steps).ToArray();
        var (own, terms, used) = (_offers[share.Offer], offer, offer.ContractLimit - offer.ContractRemaining + _taken[share.Offer]);
        var runnerUp = decision.RunnerUp < 0 ? null : RunnerUp(decision.RunnerUp);
        var (candidates, onTime, score) = (0, 0, _assessments[share.Offer].Score);
        foreach (var assessment in _assessments.AsSpan(0, _count))
        {
            candidates += assessment.Candidate ? 1 : 0;
            onTime += assessment.OnTime ? 1 : 0;
        }

        var reason = Reason(decision, share, candidates);
        return part =>
        {
            var price = own.LandedPrice(part);
            return new()
            {
                Steps = steps,
                Supplier = new(score, price, candidates, onTime, decision.Count, reason, runnerUp),
                Risks = Risks.Of(_writer.Facts(need.Material, need, _material, state, terms.LeadTimeDays, part) with
                {
                    Reliability = terms.Reliability, Suppliers = candidates, ContractLimit = terms.ContractLimit, ContractUsed = used ?? 0,
                }),
            };
        };
    }

    private PlanRunnerUp RunnerUp(int place)
    {
        var offer = model.Offers.Rows[_first + place];
        return new(offer.SupplierId, offer.SupplierName, _assessments[place].LandedPrice, offer.LeadTimeDays, _assessments[place].Score);
    }

    private string Reason(in SupplierDecision decision, in SupplierShare share, int candidates)
    {
        if (candidates == 1)
        {
            return "only_one";
        }

        if (decision.Late)
        {
            return "earliest";
        }

        if (decision.Count > 1)
        {
            return _material.IsCritical ? "share_cap" : "split";
        }

        foreach (var other in _assessments.AsSpan(0, _count))
        {
            if (other.Candidate && other.LandedPrice < share.LandedPrice)
            {
                return other.Considered ? "lowest_cost" : "on_time";
            }
        }

        return "cheapest";
    }

    /// <summary>A need that nobody can meet: a row without supplier, so that it is not lost.</summary>
    private long Unsourced(in LotNeed need, long quantity, MaterialState state, Workspace room, int explainUntil)
    {
        var rounded = Micro.Quantity(Micro.Up(quantity, Micro.Step(_material.UnitDecimals)));
        if (_count > 0 && Array.Exists(_offers[.._count], o => (SupplierScore.Exclusion(o, model.Input.AsOf) & SupplierExclusion.ContractExhausted) != 0)
            && state.Issues?.Exists(i => i.Code == PlanIssueCodes.ContractExhausted) != true)
        {
            (state.Issues ??= []).Add(new()
            {
                Severity = PlanSeverity.High, Code = PlanIssueCodes.ContractExhausted, MaterialId = _material.Id, EntityId = _material.Id, Entity = "material",
                RowRef = _material.Number, Message = $"The contracts for {_material.Number} do not hold what the plan needs of it.",
                Action = "Extend a contract, or add a supplier.",
            });
        }

        var explains = need.Day <= explainUntil;
        var priceless = Array.Exists(_offers[.._count], o => o is { Active: true, Blocked: false, Price: <= 0 });
        var risks = explains
            ? Risks.Of(_writer.Facts(need.Material, need, _material, state, 0, rounded) with { Suppliers = 0, PriceMissing = priceless })
            : RiskCodes.None;
        return _writer.Write(need, new(PlannedOrderKind.Unsourced, -1, 0, new(1, rounded, rounded, 0, 0, false, 0), quantity), _material, state, room,
            explains ? _ => new() { Steps = [], Risks = risks } : null);
    }
}

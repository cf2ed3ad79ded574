using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Who sells what, at which price.</summary>
internal sealed partial class PlanLoader
{
    private readonly Dictionary<Guid, SupplierRow> _suppliers = [];

    // Of the part's unit, by supplier and part: what a contract has given already.
    private readonly Dictionary<(Guid Supplier, Guid Part), decimal> _committed = [];

    private readonly Dictionary<(Guid Supplier, Guid Part), (OfferRow Row, LoadedPart Part)> _offers = [];

    private sealed record SupplierRow(string Name, int? LeadTimeDays, decimal? Reliability, RiskLevel Risk, bool IsActive, bool IsBlocked)
    {
        public bool IsReported { get; set; }
    }

    private void Commit(Guid? supplier, Guid part, decimal quantity)
    {
        if (supplier is { } id)
        {
            _committed[(id, part)] = _committed.GetValueOrDefault((id, part)) + quantity;
        }
    }

    private Task ReadSuppliersAsync(CancellationToken ct) => _sql.ReadAsync(
        "select id, name, default_lead_time_days, reliability_score, risk_level, is_active, blocked_for = 'order' from suppliers where deleted_at is null",
        r => _suppliers[r.GetGuid(0)] = new(
            r.GetString(1), r.IntOrNull(2), r.DecimalOrNull(3), (RiskLevel)Words.FromSnake(typeof(RiskLevel), r.GetString(4))!, r.GetBoolean(5), r.GetBoolean(6)),
        ct);

    private async Task<CurrencyConversion> ReadRatesAsync(CancellationToken ct)
    {
        var rates = new List<(string, DateOnly, decimal)>();
        await _sql.ReadAsync("select distinct on (currency) currency, day, rate from exchange_rates where day <= $1 order by currency, day desc",
            r => rates.Add((r.GetString(0), r.Day(1), r.GetDecimal(2))), ct, _asOf);
        return new(rates);
    }

    /// <summary>Prices and terms as they stand. A pair of supplier and part has one.</summary>
    private async Task ReadOffersAsync(CancellationToken ct)
    {
        var breaks = new Dictionary<Guid, List<PlanTier>>();
        await _sql.ReadAsync("select supplier_part_id, minimum_quantity, unit_cost from price_breaks where deleted_at is null order by supplier_part_id, minimum_quantity", r =>
        {
            if (!breaks.TryGetValue(r.GetGuid(0), out var own))
            {
                breaks[r.GetGuid(0)] = own = [];
            }

            own.Add(new(r.GetDecimal(1), r.GetDecimal(2)));
        }, ct);
        await _sql.ReadAsync(
            """
            select id, supplier_id, part_id, unit_cost, currency, moq_quantity, moq_unit_id, order_multiple, lead_time_days, contract_quantity_limit, reliability_score,
                ordering_cost, holding_cost_rate, valid_from, valid_to
            from supplier_parts where deleted_at is null
            """,
            r =>
            {
                if (_parts.TryGetValue(r.GetGuid(2), out var part) && _suppliers.ContainsKey(r.GetGuid(1)))
                {
                    part.HasOffer = true;
                    _offers[(r.GetGuid(1), part.Id)] = (new(r.GetGuid(0), r.GetGuid(1), r.GetDecimal(3), r.GetString(4))
                    {
                        Moq = r.DecimalOrNull(5), MoqUnitId = r.GuidOrNull(6), Multiple = r.DecimalOrNull(7), LeadTimeDays = r.GetInt32(8), ContractLimit = r.DecimalOrNull(9),
                        Reliability = r.DecimalOrNull(10), OrderingCost = r.GetDecimal(11), HoldingRate = r.GetDecimal(12), ValidFrom = r.DayOrNull(13), ValidTo = r.DayOrNull(14),
                        Breaks = breaks.GetValueOrDefault(r.GetGuid(0)) ?? [],
                    }, part);
                }
            }, ct);
    }

    /// <summary>The same as the engine takes them: in the base currency and the part's unit, with what contracts have left.</summary>
    private async Task<List<PlanOffer>> OffersAsync(CancellationToken ct)
    {
        var rates = await ReadRatesAsync(ct);
        return [.. _offers.Values.Select(o => Offer(o.Row, o.Part, _suppliers[o.Row.SupplierId], rates))];
    }

    private sealed record OfferRow(Guid Id, Guid SupplierId, decimal UnitCost, string Currency)
    {
        public decimal? Moq { get; init; }
        public Guid? MoqUnitId { get; init; }
        public decimal? Multiple { get; init; }
        public int LeadTimeDays { get; init; }
        public decimal? ContractLimit { get; init; }
        public decimal? Reliability { get; init; }
        public decimal OrderingCost { get; init; }
        public decimal HoldingRate { get; init; }
        public DateOnly? ValidFrom { get; init; }
        public DateOnly? ValidTo { get; init; }
        public List<PlanTier> Breaks { get; init; } = [];
    }

    private PlanOffer Offer(OfferRow row, LoadedPart part, SupplierRow supplier, CurrencyConversion rates)
    {
        var usable = supplier is { IsActive: true, IsBlocked: false };
        var rate = rates.TryConvert(1, row.Currency, CurrencyConversion.Base, _asOf)?.Amount;
        var moq = row.Moq is null ? 0 : row.MoqUnitId is { } unit ? row.Moq * Factor(unit, part) : row.Moq;
        if (usable)
        {
            Judge(row, part, supplier, rate, moq);
        }

        var parameters = _parameters.Of(part.Id, part.CategoryId);
        return new()
        {
            MaterialId = part.Id, SupplierId = row.SupplierId, SupplierName = supplier.Name, OfferId = row.Id, Tiers = Tiers(row, rate), Currency = row.Currency, FxRate = rate ?? 1,
            Moq = Six(moq ?? 0), OrderMultiple = row.Multiple ?? 0, ContractLimit = row.ContractLimit,
            ContractRemaining = row.ContractLimit is { } limit ? Math.Max(0, limit - _committed.GetValueOrDefault((row.SupplierId, part.Id))) : null,
            LeadTimeDays = LeadTime(row, supplier), LeadTimeSigma = (double?)ResolvedParameters.Pick(parameters, p => p.LeadTimeDeviationDays),
            Reliability = row.Reliability ?? supplier.Reliability ?? 1, RiskLevel = supplier.Risk,
            // What somebody said of the part or its category goes before what stands beside the price.
            OrderingCost = ResolvedParameters.IsNarrow(parameters, p => p.OrderingCost) ? null : row.OrderingCost,
            HoldingRate = ResolvedParameters.IsNarrow(parameters, p => p.HoldingCostRate) ? null : row.HoldingRate,
            IsActive = supplier.IsActive, ValidFrom = row.ValidFrom, ValidTo = row.ValidTo,
            Exclusion = supplier.IsBlocked ? "blocked for orders" : rate is null ? $"no exchange rate for {row.Currency}" : moq is null ? "no factor for the unit of its minimum order" : null,
        };
    }

    private static List<PlanTier> Tiers(OfferRow row, decimal? rate)
    {
        var tiers = new List<PlanTier>();
        if (rate is { } factor)
        {
            if (row.UnitCost > 0)
            {
                tiers.Add(new(0, decimal.Round(row.UnitCost * factor, 6)));
            }

            tiers.AddRange(row.Breaks.Where(b => b.UnitPrice > 0).Select(b => new PlanTier(b.From, decimal.Round(b.UnitPrice * factor, 6))));
        }

        return tiers;
    }

    private static int LeadTime(OfferRow row, SupplierRow supplier) => row.LeadTimeDays > 0 ? row.LeadTimeDays : supplier.LeadTimeDays ?? 0;

    private void Judge(OfferRow row, LoadedPart part, SupplierRow supplier, decimal? rate, decimal? moq)
    {
        void Tell(PlanSeverity severity, string code, string message, string action) =>
            Report(severity, code, part.Id, "supplier_parts", row.Id, $"{part.Number} from {supplier.Name}", message, action);

        if (rate is null)
        {
            Tell(PlanSeverity.Blocking, IssueCodes.RateMissing, $"{supplier.Name} asks for {part.Number} in {row.Currency}, which has no exchange rate on or before this day; nothing is ordered there.",
                $"Add a rate of {row.Currency} under Settings, Exchange rates.");
        }

        if (moq is null)
        {
            Tell(PlanSeverity.Blocking, IssueCodes.UnitMissing, $"The minimum order of {part.Number} at {supplier.Name} is in {_units[row.MoqUnitId!.Value].Code}, and no factor leads to {_units[part.Units.UnitId].Code}; nothing is ordered there.",
                $"Say at {part.Number} how many {_units[part.Units.UnitId].Code} a {_units[row.MoqUnitId!.Value].Code} holds.");
        }

        if (row.LeadTimeDays == 0)
        {
            Tell(PlanSeverity.Low, IssueCodes.LeadTimeMissing, supplier.LeadTimeDays is { } usual
                ? $"{supplier.Name} has no lead time for {part.Number}; its usual {usual} days were taken." : $"{supplier.Name} has no lead time for {part.Number}; it counts as there on the day it is ordered.",
                "Enter the days from order to dock beside the price.");
        }

        if (row.ValidTo < _asOf)
        {
            Tell(PlanSeverity.Medium, IssueCodes.PriceExpired, $"The price of {part.Number} at {supplier.Name} held until {Text.Day(row.ValidTo.Value)}; nothing is ordered there.", "Enter the new price, or remove the offer.");
        }

        if (row.Reliability is null && supplier is { Reliability: null, IsReported: false })
        {
            supplier.IsReported = true;
            Report(PlanSeverity.Info, IssueCodes.ReliabilityUnknown, null, "suppliers", row.SupplierId, supplier.Name,
                $"Nothing is known of how reliable {supplier.Name} is; it counts as fully reliable.", "Enter its reliability, or record its deliveries.");
        }
    }

    private static decimal Six(decimal quantity) => decimal.Round(quantity, 6, MidpointRounding.AwayFromZero);
}

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>What a rule did to a quantity.</summary>
public enum QuantityRule
{
    /// <summary>The minimum order was converted: before in its own unit, after in the material's.</summary>
    MinimumUnit,

    /// <summary>Less than the unit can express is no order.</summary>
    BelowPrecision,

    /// <summary>Up to what the unit can express.</summary>
    Precision,

    /// <summary>Up to the minimum order.</summary>
    Minimum,

    /// <summary>Up to a whole multiple.</summary>
    Multiple,

    /// <summary>Into several orders: before the whole, after the size of a full one.</summary>
    Split,

    /// <summary>The last order of several up to the minimum: before and after are its sizes.</summary>
    LastToMinimum,

    /// <summary>Down to what the contract still holds.</summary>
    Contract,

    /// <summary>Nothing that the contract still holds can be ordered under the other rules.</summary>
    ContractExhausted,

    /// <summary>The largest order lies below the minimum or below one multiple: it was left aside. Before is the largest, after the smallest order.</summary>
    Contradiction,

    /// <summary>What minimum and multiple added covers more days than allowed: before what was asked for, after the order.</summary>
    MinimumExcess,
}

/// <summary>One rule's work, for the reasoning.</summary>
public readonly record struct QuantityStep(QuantityRule Rule, decimal Before, decimal After);

/// <summary>A supplier's rules for a material. Quantities are in the material's unit unless said otherwise.</summary>
public readonly record struct OrderTerms()
{
    /// <summary>The smallest order in its own unit; 0 where there is none.</summary>
    public decimal Minimum { get; init; }

    /// <summary>How many of the material's unit one of the minimum's unit is; above 0. Without one the supplier is no candidate: never assume 1.</summary>
    public decimal MinimumFactor { get; init; } = 1;

    /// <summary>Orders come in whole multiples of this; 0 where they do not.</summary>
    public decimal Multiple { get; init; }

    /// <summary>The largest single order; 0 where there is none.</summary>
    public decimal Maximum { get; init; }

    /// <summary>What may still be ordered under the contract; null without a contract. See <see cref="QuantityRules.ContractRemaining"/>.</summary>
    public decimal? ContractRemaining { get; init; }

    /// <summary>The smallest quantity that the unit can express: 1 for pieces, 0.001 for kg; above 0.</summary>
    public decimal Precision { get; init; } = 0.000001m;

    /// <summary>Mean demand a day, and how many days of it what minimum and multiple add may cover; null where any surplus is fine.</summary>
    public decimal DailyDemand { get; init; }

    /// <inheritdoc cref="DailyDemand"/>
    public decimal? MostSurplusDays { get; init; }
}

/// <summary>What is ordered. All orders but the last are of one size.</summary>
/// <param name="Orders">How many; 0 where nothing is ordered.</param>
/// <param name="FullOrder">The size of all but the last.</param>
/// <param name="LastOrder">The size of the last, which is the only one where there is one.</param>
/// <param name="Shortfall">What the contract kept from being ordered, of the need.</param>
/// <param name="Surplus">What was ordered beyond the need; it stays in projected stock.</param>
/// <param name="MinimumExcess">Whether what minimum and multiple added covers more days than allowed.</param>
/// <param name="Steps">How many steps were written.</param>
public readonly record struct OrderQuantity(int Orders, decimal FullOrder, decimal LastOrder, decimal Shortfall, decimal Surplus, bool MinimumExcess, int Steps)
{
    /// <summary>All orders together.</summary>
    public decimal Total => Orders == 0 ? 0 : ((Orders - 1) * FullOrder) + LastOrder;

    /// <summary>The size of the order at this place, from 0.</summary>
    public decimal this[int order] => order == Orders - 1 ? LastOrder : FullOrder;
}

/// <summary>
/// From a need to what a supplier will take: minimum, multiple, splitting, contract, in this order. A minimum above the need is ordered and its
/// surplus kept, never a reason to drop the supplier.
/// </summary>
public static class QuantityRules
{
    /// <summary>The most steps that one need can take.</summary>
    public const int MostSteps = 10;

    /// <summary>Decimals of a need that count: those of numeric(18,6).</summary>
    private const int NeedDecimals = Figures.QuantityDecimals;

    /// <summary>What a contract still holds: limit − open orders − accepted recommendations − what this run has taken; never below 0.</summary>
    public static decimal ContractRemaining(decimal limit, decimal open, decimal accepted, decimal thisRun) => Math.Max(0, limit - open - accepted - thisRun);

    /// <summary>The smallest order in the material's unit, in whole multiples: what a supplier takes at least.</summary>
    public static decimal SmallestOrder(in OrderTerms terms) => ToMultiple(Math.Max(Minimum(terms), terms.Precision), terms.Multiple);

    /// <summary>Applies the rules.</summary>
    /// <param name="need">In the material's unit.</param>
    /// <param name="steps">Takes what each rule changed, in order; at least <see cref="MostSteps"/> long.</param>
    public static OrderQuantity Apply(in OrderTerms terms, decimal need, Span<QuantityStep> steps)
    {
        var log = new Log(steps);
        var needed = decimal.Round(need, NeedDecimals, MidpointRounding.AwayFromZero);
        if (needed < terms.Precision)
        {
            if (need > 0)
            {
                log.Add(QuantityRule.BelowPrecision, need, 0);
            }

            return new(0, 0, 0, 0, 0, false, log.Count);
        }

        var minimum = Minimum(terms);
        if (terms.Minimum > 0 && terms.MinimumFactor != 1)
        {
            log.Add(QuantityRule.MinimumUnit, terms.Minimum, minimum);
        }

        var asked = log.Change(QuantityRule.Precision, needed, Figures.Up(needed, terms.Precision));
        var total = log.Change(QuantityRule.Minimum, asked, Math.Max(asked, minimum));
        total = log.Change(QuantityRule.Multiple, total, ToMultiple(total, terms.Multiple));
        var order = Split(terms, total, SmallestOrder(terms), ref log);
        order = WithinContract(terms, order, ref log);
        var (shortfall, surplus) = (Math.Max(0, needed - order.Total), Math.Max(0, order.Total - needed));
        // Neither the lot's own look ahead nor the last decimal of the unit is the supplier's doing.
        var excess = terms.MostSurplusDays is { } days && order.Total - asked > days * terms.DailyDemand;
        if (excess)
        {
            log.Add(QuantityRule.MinimumExcess, asked, order.Total);
        }

        return order with { Shortfall = shortfall, Surplus = surplus, MinimumExcess = excess, Steps = log.Count };
    }

    private static decimal Minimum(in OrderTerms terms) =>
        terms.Minimum > 0 ? Figures.Up(terms.Minimum * terms.MinimumFactor, terms.Precision) : 0;

    private static decimal ToMultiple(decimal quantity, decimal multiple) => multiple > 0 ? Figures.Up(quantity, multiple) : quantity;

    /// <summary>Full orders are the largest that are whole multiples.</summary>
    private static OrderQuantity Split(in OrderTerms terms, decimal total, decimal smallest, ref Log log)
    {
        var one = new OrderQuantity(1, total, total, 0, 0, false, 0);
        if (terms.Maximum <= 0 || total <= terms.Maximum)
        {
            return one;
        }

        var full = Figures.Down(terms.Maximum, terms.Multiple > 0 ? terms.Multiple : terms.Precision);
        if (full < smallest)
        {
            log.Add(QuantityRule.Contradiction, terms.Maximum, smallest);
            return one;
        }

        log.Add(QuantityRule.Split, total, full);
        return Parts(total, full, smallest, ref log);
    }

    private static OrderQuantity Parts(decimal total, decimal full, decimal smallest, ref Log log)
    {
        var orders = (int)Math.Min(int.MaxValue, decimal.Ceiling(total / full));
        var last = log.Change(QuantityRule.LastToMinimum, total - ((orders - 1) * full), Math.Max(total - ((orders - 1) * full), smallest));
        return new(orders, full, last, 0, 0, false, 0);
    }

    private static OrderQuantity WithinContract(in OrderTerms terms, OrderQuantity order, ref Log log)
    {
        var before = order.Total;
        if (terms.ContractRemaining is not { } remaining || before <= remaining)
        {
            return order;
        }

        var smallest = SmallestOrder(terms);
        var room = Figures.Down(Math.Max(0, remaining), terms.Multiple > 0 ? terms.Multiple : terms.Precision);
        if (room < smallest)
        {
            log.Add(QuantityRule.ContractExhausted, before, 0);
            return default;
        }

        // A last order below the minimum is left out: lifted, it would break the contract.
        var full = order.Orders > 1 ? order.FullOrder : room;
        var fulls = (int)Math.Min(order.Orders, decimal.Floor(room / full));
        var rest = room - (fulls * full);
        var kept = rest >= smallest ? new OrderQuantity(fulls + 1, full, rest, 0, 0, false, 0) : new OrderQuantity(fulls, full, full, 0, 0, false, 0);
        log.Add(QuantityRule.Contract, before, kept.Total);
        return kept;
    }

    /// <summary>Writes steps one after another.</summary>
    private ref struct Log(Span<QuantityStep> steps)
    {
        private readonly Span<QuantityStep> _steps = steps;

        public int Count { get; private set; }

        public void Add(QuantityRule rule, decimal before, decimal after) => _steps[Count++] = new(rule, before, after);

        /// <summary>Writes a step only where something changed.</summary>
        public decimal Change(QuantityRule rule, decimal before, decimal after)
        {
            if (before != after)
            {
                Add(rule, before, after);
            }

            return after;
        }
    }
}

using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Words for planned orders and messages, made of stored facts only: the same facts give the same words.</summary>
public static class Reasoning
{
    /// <summary>
    /// Why an order is proposed: what falls short and when, what the need is made of, how the quantity came about, why this supplier, who needs it,
    /// and until when it has to be placed. Four paragraphs at most, a line each.
    /// </summary>
    /// <param name="needs">The end demands behind it, the largest first (<see cref="Pegging.EndDemands"/>); the first three are named.</param>
    /// <param name="size">Whether dates are told as weeks too.</param>
    public static string Render(PlannedOrder order, string currency, IReadOnlyList<EndDemand>? needs = null, BucketSize size = BucketSize.Week)
    {
        string?[][] paragraphs =
        [
            [Shortage(order, size), Balance(order), Safety(order)], [Quantity(order, size)], [Supplier(order, currency)], [Needs(order, needs), Release(order)],
        ];
        return string.Join('\n', paragraphs.Select(p => string.Join(' ', p.Where(s => s is not null))).Where(p => p.Length > 0));
    }

    /// <summary>What is the matter, in one sentence.</summary>
    public static string Sentence(PlanMessage message)
    {
        var (name, amount) = (message.Material.Number, PlanWords.Quantity(message.Quantity, message.Material.Unit));
        var receipt = message.RefText is { Length: > 0 } text ? text : "The open receipt";
        return message.Kind switch
        {
            PlanMessageKind.Expedite when message.ForSafetyStock =>
                $"{receipt} brings {amount} of {name} on {Date(message.Date)}, but stock is below its safety stock from {Date(message.NeedDate)}, {Days(message)} earlier.",
            PlanMessageKind.Expedite => $"{receipt} brings {name} on {Date(message.Date)}, but {amount} of it are needed by {Date(message.NeedDate)}, {Days(message)} earlier.",
            PlanMessageKind.Defer => $"{receipt} brings {amount} of {name} on {Date(message.Date)}, {Days(message)} before anything needs it on {Date(message.NeedDate)}.",
            PlanMessageKind.Cancel => $"{receipt} brings {amount} of {name} on {Date(message.Date)}, and nothing in the horizon needs it.",
            PlanMessageKind.PastDueReceipt => $"{receipt} was promised for {Date(message.Date)} and is {Days(message)} late: {amount} of {name} are still to come.",
            PlanMessageKind.PastDueRelease =>
                $"{amount} of {name} needed by {Date(message.NeedDate)} should have been ordered by {Date(message.Date)}, {Days(message)} ago.",
            PlanMessageKind.Excess => $"Stock and open receipts of {name} hold {amount} more than the next {Days(message)} and the safety stock need.",
            PlanMessageKind.MoqExcess =>
                $"The least order or order multiple of {name} lifts the order for {Date(message.NeedDate)} by {amount}, more than {Days(message)} of its need.",
            PlanMessageKind.NoBom => $"{amount} of {name} are to be made from {Date(message.Date)} on, but no bill of materials holds on that day.",
            PlanMessageKind.UnitMissing => $"The line of {message.RefText} for {name} was left out, because a factor between its units is missing.",
            PlanMessageKind.NoSupplier => $"Nobody can supply {amount} of {name}, needed from {Date(message.NeedDate)} on.",
            PlanMessageKind.FrozenShortage =>
                $"{name} falls {amount} short from {Date(message.NeedDate)} on, within the frozen fence; the plan covers it on {Date(message.Date)} at the earliest.",
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.Kind, null),
        };
    }

    /// <summary>How to mend it, in one sentence.</summary>
    public static string Action(PlanMessage message) => message.Kind switch
    {
        PlanMessageKind.Expedite => $"Ask {Who(message)} to bring it by {Date(message.NeedDate)}.",
        PlanMessageKind.Defer => $"Ask {Who(message)} to bring it on {Date(message.NeedDate)}.",
        PlanMessageKind.Cancel => $"Cancel it with {Who(message)}, or leave it if it is meant for something the plan does not know.",
        PlanMessageKind.PastDueReceipt => $"Ask {Who(message)} for a new date and enter it, or book the receipt if it has come.",
        PlanMessageKind.PastDueRelease => "Order today and ask for a shorter lead time, or move the need.",
        PlanMessageKind.Excess => "Use it up elsewhere, defer open orders, or raise the cover allowed.",
        PlanMessageKind.MoqExcess => "Agree on a smaller least order or multiple, find another supplier, or accept the surplus.",
        PlanMessageKind.NoBom => "Enter its bill of materials, or mark it as bought.",
        PlanMessageKind.UnitMissing => $"Add the factor to the units of {message.Material.Number}, with its source.",
        PlanMessageKind.NoSupplier => "Add a supplier with a price, or make an inactive or expired offer valid again.",
        PlanMessageKind.FrozenShortage => "Order by hand if it cannot wait, or shorten the fence.",
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.Kind, null),
    };

    /// <summary>What is wrong and how to mend it.</summary>
    public static string Sentence(PlanIssue issue) => $"{issue.Message} {issue.Action}";

    private static string? Shortage(PlannedOrder order, BucketSize size)
    {
        var facts = order.Facts;
        if (order.Kind == PlannedOrderKind.PassThrough)
        {
            return $"{order.Material.Number} is a phantom; its need passes to its components.";
        }

        var when = Bucket(order.NeedDate, size);
        var safety = facts.SafetyStock > 0 ? $"its safety stock of {Amount(order, facts.SafetyStock)}" : "zero";
        var lacking = $"leaves {Amount(order, facts.NetNeed)} to cover";
        var first = facts.FirstBelow is { } below && below < order.NeedDate ? $"Stock falls below {safety} in {Bucket(below, size)}" : null;
        var level = Amount(order, facts.StockWithoutPlan);
        return first is not null
            ? $"{first} and without a new order comes to {level} in {when}, which {(facts.PlannedBefore > 0 ? "after earlier orders " : "")}{lacking}."
            : $"Without a new order stock comes to {level} in {when}, below {safety}, which {(facts.PlannedBefore > 0 ? "after earlier orders " : "")}{lacking}.";
    }

    private static string? Balance(PlannedOrder order)
    {
        var facts = order.Facts;
        if (order.Kind == PlannedOrderKind.PassThrough)
        {
            return null;
        }

        var planned = facts.PlannedBefore > 0 ? $", {Amount(order, facts.PlannedBefore)} from earlier planned orders" : "";
        var held = facts.HeldByFence ? " The need lies within the frozen fence and waits for its end." : "";
        return $"Until then {Amount(order, facts.NeedUntil)} are needed, against {Amount(order, facts.OpeningStock)} on hand and {Amount(order, facts.ReceiptsUntil)} on order{planned}.{held}";
    }

    /// <summary>What the safety stock rests on, where that is not the usual backtest.</summary>
    private static string? Safety(PlannedOrder order)
    {
        if (order.Facts is not { SafetyStock: > 0, Safety: { IsOverride: false } safety })
        {
            return null;
        }

        var sales = safety.Basis == PlanDemandBasis.Exploded ? $"sales of what it goes into, exploded over {Periods(safety)}" : $"own sales over {Periods(safety)}";
        var level = PlanWords.Figure((decimal)Math.Round((safety.Level ?? 0) * 100, 2));
        return (safety.Method, safety.Basis) switch
        {
            (SafetyStockMethod.Intermittent, not null) => $"The safety stock is the {level} % quantile of its demand over lead time and review, drawn from the {sales}, less the mean.",
            (SafetyStockMethod.ServiceLevel or SafetyStockMethod.FillRate, PlanDemandBasis.Exploded or PlanDemandBasis.Sales) =>
                $"The safety stock answers how the need varied by the {sales}.",
            (SafetyStockMethod.ServiceLevel or SafetyStockMethod.FillRate, null) when safety.ClampedBy is null =>
                "Nothing is known of how its demand varies; the safety stock covers the lead time's variation only.",
            _ => null,
        };
    }

    private static string Periods(PlanSafetyFacts safety) =>
        PlanWords.Count(safety.HistoryPeriods, safety.PeriodDays switch { 7 => "week", 1 => "day", _ => "period" });

    private static string? Quantity(PlannedOrder order, BucketSize size)
    {
        var facts = order.Facts;
        if (order.Kind == PlannedOrderKind.PassThrough)
        {
            return null;
        }

        var until = facts.CoversThrough is { } through ? $" until {Bucket(through, size)}" : "";
        var rule = facts.LotMethod switch
        {
            LotMethod.LotForLot => "just the need (lot for lot)",
            LotMethod.Fixed => "whole fixed lots",
            LotMethod.EconomicOrderQuantity => $"the economic order quantity{Economic(order)}",
            LotMethod.AllUnitsBreaks or LotMethod.IncrementalBreaks => $"the economic order quantity under the price breaks{Economic(order)}",
            LotMethod.Backorders => $"the economic order quantity with backorders{Economic(order)}",
            LotMethod.PeriodicOrderQuantity => $"the needs{until} (period order quantity)",
            LotMethod.SilverMeal => $"the needs{until}, for which the cost per period is least (Silver–Meal)",
            _ => $"the needs{until}, which cost least ordered together (Wagner–Whitin)",
        };
        var steps = string.Concat(facts.Steps.Where(s => s.Before != s.After || s.Rule is QuantityRule.Split or QuantityRule.MinimumExcess).Select(s => Step(order, s)));
        var made = order.Kind == PlannedOrderKind.Make && facts.Yield < 1 ? $" At a yield of {PlanWords.Figure(facts.Yield * 100)} % more has to be started." : "";
        return $"{Amount(order, order.Quantity)} covers {rule}{steps}.{made}";
    }

    private static string Economic(PlannedOrder order) => order.Facts.Lot?.Economic is { } economic ? $" of {Amount(order, decimal.Round(economic, 2))}" : "";

    private static string Step(PlannedOrder order, QuantityStep step) => step.Rule switch
    {
        QuantityRule.MinimumUnit => "",
        QuantityRule.BelowPrecision => "",
        QuantityRule.Precision => "", // A thousandth of a kilogram says nothing.
        QuantityRule.Minimum => $", raised from {Amount(order, step.Before)} to the least order of {Amount(order, step.After)}",
        QuantityRule.Multiple => $", rounded up from {Amount(order, step.Before)} to a whole multiple",
        QuantityRule.Split => $", one part of {Amount(order, step.Before)} split into orders of at most {Amount(order, step.After)}",
        QuantityRule.LastToMinimum => $", the last of them raised to {Amount(order, step.After)}",
        QuantityRule.Contract => $", cut from {Amount(order, step.Before)} to the {Amount(order, step.After)} that the contract still holds",
        QuantityRule.Contradiction => ", although the largest order lies below the least",
        QuantityRule.MinimumExcess => "; what that adds lasts longer than the cover allowed",
        _ => "",
    };

    private static string? Supplier(PlannedOrder order, string currency)
    {
        if (order.Kind == PlannedOrderKind.Unsourced)
        {
            return "No supplier can deliver it: add one, or make an offer valid again.";
        }

        if (order.Facts.Supplier is not { } choice)
        {
            return null;
        }

        var name = order.SupplierName;
        var because = choice.Reason switch
        {
            "only_one" => $"{name} is the only supplier that qualifies, at {PlanWords.Money(choice.UnitPrice, currency)} per {order.Material.Unit}.",
            "earliest" => $"Nobody can deliver in time; {name} comes first, on {Date(order.ReceiptDate)}.",
            "share_cap" => $"{order.Material.Number} is critical, so {name} shares it with {PlanWords.Count(choice.SharedWith - 1, "other supplier")}.",
            "split" => $"{name} shares it with {PlanWords.Count(choice.SharedWith - 1, "other supplier")}, which costs least in all.",
            _ => null,
        };
        return because is null && choice.RunnerUp is null ? $"{name} delivers at {PlanWords.Money(choice.UnitPrice, currency)} per {order.Material.Unit}."
            : because is null || choice.RunnerUp is null ? because ?? RunnerUp(order, choice.RunnerUp!, choice, currency)
            : $"{because} {RunnerUp(order, choice.RunnerUp, choice, currency)}";
    }

    /// <summary>Kesmira rather than Sunmere: 0.18 dearer per kg, but 22 days faster.</summary>
    private static string RunnerUp(PlannedOrder order, PlanRunnerUp other, PlanSupplierFacts choice, string currency)
    {
        var (price, days) = (choice.UnitPrice - other.UnitPrice, other.LeadTimeDays - order.LeadTimeDays);
        var dearer = price == 0 ? "at the same price"
            : $"{currency} {PlanWords.Figure(Math.Abs(price), "#,0.00##")} {(price > 0 ? "dearer" : "cheaper")} per {order.Material.Unit}";
        var faster = days == 0 ? "as fast" : $"{PlanWords.Count(Math.Abs(days), "day")} {(days > 0 ? "faster" : "slower")}";
        var joint = price > 0 == days > 0 && price != 0 && days != 0 ? ", but " : " and ";
        return $"{order.SupplierName} rather than {other.SupplierName}: {dearer}{joint}{faster}.";
    }

    private static string? Needs(PlannedOrder order, IReadOnlyList<EndDemand>? needs)
    {
        // A fabric's orders and its forecast are one thing to who reads.
        var named = needs?.Where(n => n.Target is not (PegTarget.LotSurplus or PegTarget.MoqSurplus))
            .GroupBy(n => (n.Material.Id, Safety: n.Target == PegTarget.SafetyStock))
            .Select(g => (g.First().Material, g.Key.Safety, Quantity: g.Sum(n => n.Quantity)))
            .OrderByDescending(n => n.Quantity).ThenBy(n => n.Material.Number, StringComparer.Ordinal).Take(3)
            .Select(n => n.Safety
                ? $"the safety stock of {n.Material.Number} ({Amount(order, n.Quantity)})"
                : $"{(n.Material.Name.Length > 0 ? n.Material.Name : n.Material.Number)} ({Amount(order, n.Quantity)})").ToList();
        return named is { Count: > 0 } ? $"It is for {(named.Count == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}")}." : null;
    }

    private static string? Release(PlannedOrder order) => order.Kind switch
    {
        PlannedOrderKind.PassThrough or PlannedOrderKind.Unsourced => null,
        _ when order.PastDueDays > 0 =>
            $"It should have been {Placed(order)} by {Date(order.OrderBy)}, {PlanWords.Count(order.PastDueDays, "day")} ago; {Placed(order)} today it comes on {Date(order.ReceiptDate)}.",
        _ when order.Facts.DueWith is { } due =>
            $"The last day to order it in time is {Date(order.OrderBy)}; it goes with the order for {Date(due)}, which takes longer and is due now.",
        _ => $"The last day to {(order.Kind == PlannedOrderKind.Make ? "start" : "order")} it in time is {Date(order.OrderBy)}.",
    };

    private static string Placed(PlannedOrder order) => order.Kind == PlannedOrderKind.Make ? "started" : "ordered";

    private static string Who(PlanMessage message) => message.SupplierName is { Length: > 0 } name ? name : "whoever brings it";

    private static string Days(PlanMessage message) => PlanWords.Count(message.Days, "day");

    private static string Amount(PlannedOrder order, decimal quantity) => PlanWords.Quantity(quantity, order.Material.Unit);

    private static string Date(DateOnly? date) => date is { } day ? PlanWords.Date(day) : "no day";

    private static string Bucket(DateOnly day, BucketSize size) => size == BucketSize.Week ? $"{PlanWords.Week(day)} ({PlanWords.Date(day)})" : PlanWords.Date(day);
}

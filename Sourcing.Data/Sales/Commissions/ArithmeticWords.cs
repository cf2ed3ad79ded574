using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Says how a line came to its amount.</summary>
public static class ArithmeticWords
{
    /// <summary>Sentences in the order of the reckoning; the last one is the amount.</summary>
    /// <param name="amount">The line's.</param>
    /// <param name="nameOf">The name of a representative.</param>
    public static IReadOnlyList<string> Say(LineArithmetic a, decimal amount, Func<Guid, string> nameOf)
    {
        var said = new List<string>();
        if (a.Why is { } why)
        {
            said.Add(why);
        }

        if (a.Order is { } order)
        {
            said.AddRange(Of(order, a.Currency, a.Rules.Count > 0));
        }

        said.AddRange(a.Rules.SelectMany(r => Of(r, a.Currency)));
        if (a.Period is { } period)
        {
            said.AddRange(Of(period, a.Currency));
        }

        said.AddRange(Others(a, nameOf));
        said.Add($"Amount: {Money(amount, a.Currency)}{(a.Plan.Length > 0 ? $", by version {a.Version} of {a.Plan}" : "")}.");
        return said;
    }

    private static IEnumerable<string> Of(OrderStep o, string currency, bool withBase)
    {
        yield return $"{o.Number} of {o.Customer}, {Event(o)}: {Base(o.Base)} {Money(o.Whole, o.Currency)}.";
        if (!withBase)
        {
            yield break;
        }

        if (o.Percent != 100)
        {
            yield return $"Share of {Number(o.Percent)} %: {Money(o.Part, o.Currency)}.";
        }

        if (o.Currency != currency)
        {
            yield return $"At {Rate(o.Rate)} {currency} for one {o.Currency}: {Money(Cents.Round(o.Part * o.Rate), currency)}.";
        }

        if (o.Before != 0)
        {
            yield return $"The ledger held {Money(o.Before, currency)} of it already; this line is about the difference.";
        }
    }

    private static IEnumerable<string> Of(RuleStep r, string currency)
    {
        yield return $"{Condition(r)}: base {Money(r.Base, currency)}, which takes the period from {Money(r.From, currency)} to {Money(r.To, currency)}.";
        foreach (var tier in r.Tiers)
        {
            var which = r.Shape == RateShape.Flat ? "" : $" (tier from {Money(tier.From, currency)})";
            yield return tier.IsCatchUp
                ? $"{Signed(tier.Percent)} % of {Money(tier.Base, currency)} from before, because another tier is reached{which}: {Money(tier.Amount, currency, 4)}."
                : $"{Number(tier.Percent)} % of {Money(tier.Base, currency)}{which}: {Money(tier.Amount, currency, 4)}.";
        }
    }

    private static IEnumerable<string> Of(PeriodStep p, string currency)
    {
        if (p.Quota is { } quota and > 0)
        {
            yield return $"Quota of {p.Name}: {Money(quota, currency)}; reached {Number(Math.Round(p.BaseBefore / quota * 100, 2))} % before and {Number(Math.Round(p.BaseAfter / quota * 100, 2))} % after.";
        }

        if (p.Accelerated != 0)
        {
            yield return $"Beyond the quota the rate counts {Number(p.Accelerator ?? 1)} times, which adds {Money(p.Accelerated, currency, 4)}.";
        }

        if (p.IsCapped)
        {
            yield return $"The cap of {p.Name} cuts it: at most {Money(p.Cap ?? 0, currency)} {(p.Cap == 0 ? "is" : "are")} left for this version.";
        }

        yield return $"{p.Name} comes to {Money(p.After, currency)}, before {Money(p.Before, currency)}.";
    }

    private static IEnumerable<string> Others(LineArithmetic a, Func<Guid, string> nameOf)
    {
        if (a.Override is { } o)
        {
            yield return $"{Number(o.Percent)} % of the {(o.Of == OverrideOf.Base ? "base" : "commission")} of {nameOf(o.RepId)}, {Money(o.Amount, a.Currency)}.";
        }

        if (a.Clawback is { } c)
        {
            yield return $"{Reason(c.Reason)} on {Day(c.Day)}, {c.Days} days after it was earned; within {c.Window} days it is taken back.";
            yield return $"Taken back: {Number(Math.Round((c.Share - c.ShareBefore) * 100, 4))} % of {Money(c.Amount, a.Currency)}{(c.ShareBefore > 0 ? $", after {Number(Math.Round(c.ShareBefore * 100, 4))} % before" : "")}.";
        }

        if (a.Bonus is { } b)
        {
            yield return $"{Money(b.Base, a.Currency)} of a quota of {Money(b.Quota, a.Currency)} in {b.Period} is {Number(b.Attained)} %: the bonus from {Number(b.Threshold)} % on is due.";
        }

        if (a.Floor is { } f)
        {
            yield return $"{f.Period} earned {Money(f.Earned, a.Currency)} by orders; the floor is {Money(f.Floor, a.Currency)}, and the rest is made up.";
        }
    }

    private static string Condition(RuleStep r) => (r.Category, r.CustomerTier) switch
    {
        (null, null) => "All goods and customers",
        ({ } category, null) => $"Goods of {category}",
        (null, { } tier) => char.ToUpperInvariant(CustomersOf(tier)[0]) + CustomersOf(tier)[1..],
        var (category, tier) => $"Goods of {category} for {CustomersOf(tier)}",
    };

    /// <summary>Customers of tier A; prospects.</summary>
    public static string CustomersOf(string tier) => tier.Equals("prospect", StringComparison.OrdinalIgnoreCase) ? "prospects" : $"customers of tier {tier.ToUpperInvariant()}";

    private static string Event(OrderStep o) => o.Event switch { "receipt" => "received in part or whole", "payment" => "paid in part or whole", var word => word };

    private static string Base(CommissionBase of) => Words.Spaced(of).ToLowerInvariant();

    private static string Reason(TakeBackReason reason) => reason switch
    {
        TakeBackReason.Refund => "Money went back",
        TakeBackReason.Cancellation => "The order was cancelled",
        _ => "The order was closed short",
    };

    private static string Money(decimal amount, string currency, int decimals = 2) =>
        string.Create(CultureInfo.InvariantCulture, $"{currency} {amount.ToString(decimals > 2 ? "#,0.00##" : "#,0.00", CultureInfo.InvariantCulture)}");

    private static string Number(decimal number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);

    private static string Signed(decimal number) => number.ToString("+#,0.####;-#,0.####", CultureInfo.InvariantCulture);

    private static string Rate(decimal rate) => rate.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

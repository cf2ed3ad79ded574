using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Words and places of planning that several of its pages use.</summary>
internal static class PlanningWords
{
    /// <summary>yesterday, 19 Nov; today, 20 Nov; in 3 days, 23 Nov; further away the date alone.</summary>
    public static string Near(DateOnly day, Formats format)
    {
        var days = day.DayNumber - format.Today.DayNumber;
        var near = days switch { -1 => "yesterday", 0 => "today", 1 => "tomorrow", < -1 and > -15 => $"{-days} days ago", > 1 and < 8 => $"in {days} days", _ => null };
        return near is null ? format.Date(day) : $"{near}, {format.ShortDate(day)}";
    }

    /// <summary>Red for a last day that is past, amber for one that is near.</summary>
    public static string Tint(DateOnly orderBy, Formats format) =>
        orderBy < format.Today ? "text-red strong" : orderBy <= format.Today.AddDays(3) ? "text-amber" : "";

    /// <summary>The words of a doubt.</summary>
    public static string Risk(string code) => RecommendationList.Risks.FirstOrDefault(r => r.Value == code)?.Text ?? code.Replace('_', ' ');

    /// <summary>For whom a part of an order is.</summary>
    public static string Target(string target) => target switch
    {
        "firm_order" => "Orders", "forecast" => "Forecast", "reservation" => "Reservations", "dependent" => "Production", "negative_stock" => "Negative stock",
        "safety_stock" => "Safety stock", "lot_surplus" => "Surplus of the lot", "moq_surplus" => "Surplus of the minimum", _ => "Smaller needs",
    };

    /// <summary>Why this supplier and not the next best: dearer or cheaper, faster or slower; null where there was no other.</summary>
    public static string? RunnerUp(RecommendationDetails row, Formats format)
    {
        if (row is not { Facts.Order.Supplier: { RunnerUp: { } other } facts, RecommendedSupplier: { } chosen } || row.Reasoning.Contains(other.SupplierName, StringComparison.Ordinal))
        {
            return null;
        }

        var price = facts.UnitPrice - other.UnitPrice;
        var costs = price switch
        {
            0 => "at the same price",
            > 0 => $"{format.Price(price, Data.Operations.CurrencyConversion.Base)} dearer per {row.Unit}",
            _ => $"{format.Price(-price, Data.Operations.CurrencyConversion.Base)} cheaper per {row.Unit}",
        };
        var days = other.LeadTimeDays - row.LeadTimeDays;
        var speed = days switch { null or 0 => null, > 0 => $"{days} {Days(days.Value)} faster", _ => $"{-days} {Days(-days.Value)} slower" };
        // Dearer and faster, or cheaper and slower: one is the price of the other.
        var between = (price > 0 && days > 0) || (price < 0 && days < 0) ? ", but " : " and ";
        var said = string.Join(between, new[] { costs, speed }.OfType<string>());
        return $"{chosen} rather than {other.SupplierName}: {said}.";
    }

    /// <summary>Where the row at fault is mended, and what the way there is called; null where there is no such place.</summary>
    public static (string Href, string Text)? Mend(PlanningIssueRow issue)
    {
        var part = issue.OwnerPartId ?? issue.PartId;
        return (issue.Entity, issue.Code) switch
        {
            _ when issue.OrderId is { } order => (Links.Order(order), "Open the order"),
            ("supplier" or "suppliers", _) when issue.EntityId is { } supplier => (Links.Supplier(supplier), "Open the supplier"),
            ("exchange_rate" or "exchange_rates", _) or (_, IssueCodes.RateMissing) => (Links.ExchangeRates, "Open the exchange rates"),
            ("procurement_recommendations", _) when issue.EntityId is { } proposed => (Links.RecommendationOf(proposed), "Open the recommendation"),
            ("sales_order_lines", _) => (Links.SalesHistory, "Open the sales"),
            _ when part is null => null,
            ("bom_line" or "bom_lines" or "bills_of_materials" or "bom", _) => (Links.Bom(part.Value), "Open the BOM"),
            ("offer" or "supplier_part" or "supplier_parts" or "price_break" or "price_breaks", _) => (Links.Part(part.Value, "prices"), "Open its prices"),
            ("inventory" or "stock_movement" or "stock_movements" or "reservation" or "reservations" or "stock", _) => (Links.Stock(part.Value), "Open its stock"),
            ("forecast" or "forecasts" or "demand_history", _) => (Links.Forecast(part.Value), "Open its forecast"),
            ("planning_parameters" or "parameters", _) => (Links.PlanningParametersOf(part.Value), "Open its parameters"),
            (_, PlanIssueCodes.NoSupplier or PlanIssueCodes.PriceMissing or PlanIssueCodes.ContractExhausted or IssueCodes.PriceExpired or IssueCodes.LeadTimeMissing) => (Links.Part(part.Value, "prices"), "Open its prices"),
            (_, PlanIssueCodes.NegativeStock) => (Links.Stock(part.Value), "Open its stock"),
            (_, PlanIssueCodes.NoBom or PlanIssueCodes.BomCycle or PlanIssueCodes.BomIncomplete or PlanIssueCodes.BomRounding or PlanIssueCodes.BomNormalised or PlanIssueCodes.BomDuplicate
                or PlanIssueCodes.BomInvalid or IssueCodes.BomEmpty or PlanIssueCodes.SkippedBelowCycle or PlanIssueCodes.NeedIncomplete) => (Links.Bom(part.Value), "Open the BOM"),
            (_, PlanIssueCodes.SafetyUnknown or PlanIssueCodes.LotFallback) => (Links.PlanningParametersOf(part.Value), "Open its parameters"),
            _ => (Links.Part(part.Value), "Open the part"),
        };
    }

    /// <summary>Made of recommendations, in words: "RFQ-2026-00012" or "3 orders".</summary>
    public static string Made(ConversionOutcome outcome) =>
        string.Join(", ", outcome.Rfqs.Select(r => r.Number).Concat(outcome.Orders.Count > 3 ? [$"{outcome.Orders.Count} orders"] : outcome.Orders.Select(o => o.Number)));

    private static string Days(int days) => days == 1 ? "day" : "days";

    /// <summary>Red where needs are at stake, amber where money is.</summary>
    public static Hue HueOf(string message) => message switch
    {
        "expedite" or "past_due_receipt" or "past_due_release" or "no_supplier" or "no_bom" or "unit_missing" or "frozen_shortage" => Hue.Red,
        "defer" or "cancel" or "excess" or "moq_excess" => Hue.Amber,
        _ => Hue.Grey,
    };
}

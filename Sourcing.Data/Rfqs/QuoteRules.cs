using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>One line of the RFQ, as far as an answer to it must fit.</summary>
/// <param name="Unit">Code of the unit that was asked in.</param>
/// <param name="Units">Codes of the units that a price may be in: those that convert to it.</param>
public sealed record AskedLine(
    Guid Id, int LineNo, string PartNumber, string Description, decimal Quantity, string Unit, IReadOnlyList<string> Units,
    DateOnly? NeedBy, IReadOnlyList<KeyValuePair<string, string>> Specifications, string Note)
{
    /// <summary>Drawings and data sheets of this line, by name.</summary>
    public IReadOnlyList<AskedFile> Files { get; init; } = [];
}

/// <summary>What makes an offer complete and true to form. Page and service ask the same rules.</summary>
public static class QuoteRules
{
    /// <summary>The largest unit price.</summary>
    public const decimal LargestPrice = 10_000_000;

    /// <summary>The largest quantity, minimum and multiple.</summary>
    public const decimal LargestQuantity = 1_000_000_000;

    /// <summary>The largest freight, other cost and total.</summary>
    public const decimal LargestCost = 100_000_000_000;

    /// <summary>The longest lead time, in days.</summary>
    public const int LongestLead = 3650;

    /// <summary>Refuses with every field at fault.</summary>
    public static void Demand(QuoteContent content, IReadOnlyList<AskedLine> asked, DateOnly deadline, DateOnly today)
    {
        var errors = Check(content, asked, deadline, today);
        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }
    }

    /// <summary>Every field that stands between this answer and its submission.</summary>
    /// <param name="deadline">The day of the RFQ's deadline, in its zone.</param>
    /// <param name="today">By the database's clock.</param>
    public static IReadOnlyList<FieldError> Check(QuoteContent content, IReadOnlyList<AskedLine> asked, DateOnly deadline, DateOnly today)
    {
        var errors = new List<FieldError>();
        Terms(content, deadline > today ? deadline : today, errors);
        for (var i = 0; i < content.Lines.Count; i++)
        {
            if (asked.FirstOrDefault(a => a.Id == content.Lines[i].RfqLineId) is { } line)
            {
                Line(content, content.Lines[i], line, $"Lines[{i}].", errors);
            }
            else
            {
                errors.Add(new($"Lines[{i}]", "The RFQ no longer has this line. Reload the page."));
            }
        }

        if (asked.Where(a => content.Lines.Count(l => l.RfqLineId == a.Id) != 1).Select(a => a.LineNo).ToList() is { Count: > 0 } missing)
        {
            errors.Add(new("Lines", $"The RFQ has changed: line {string.Join(", ", missing)} has no single answer here. Reload the page."));
        }
        else if (content.Lines.Count > 0 && content.Lines.TrueForAll(l => !l.HasOffer))
        {
            errors.Add(new("Lines", "Every line is without a quote. Decline the invitation instead, or give a price for at least one line."));
        }

        if (errors.Count == 0 && QuoteTotals.Of(content).Total > LargestCost)
        {
            errors.Add(new("Lines", "The total is larger than 100 billion. Check prices and quantities."));
        }

        return errors;
    }

    /// <summary>What is unusual but allowed, by field.</summary>
    public static IReadOnlyList<FieldError> Warnings(QuoteLineContent line, AskedLine asked, string path)
    {
        var warnings = new List<FieldError>();
        if (!line.HasOffer)
        {
            return warnings;
        }

        if (QuoteTotals.Line(line) is { Excess: > 0 } total)
        {
            warnings.Add(new(path + nameof(line.Moq), $"{Number(total.Quantity)} {line.Unit} would have to be ordered: {Number(total.Excess)} more than offered for."));
        }

        if (line.Unit == asked.Unit && line.Quantity < asked.Quantity)
        {
            warnings.Add(new(path + nameof(line.Quantity), $"Covers {Number(line.Quantity.Value)} of the {Number(asked.Quantity)} {asked.Unit} asked for."));
        }

        var before = line.UnitPrice;
        for (var i = 0; i < line.Breaks.Count; i++)
        {
            if (line.Breaks[i].UnitPrice > before)
            {
                warnings.Add(new($"{path}Breaks[{i}].UnitPrice", "Costs more than a smaller quantity does. Check that this is meant."));
            }

            before = line.Breaks[i].UnitPrice ?? before;
        }

        return warnings;
    }

    private static void Terms(QuoteContent content, DateOnly earliest, List<FieldError> errors)
    {
        if (!Currencies.IsKnown(content.Currency))
        {
            errors.Add(new(nameof(content.Currency), "Choose the currency of your prices."));
        }

        if (content.ValidUntil is null)
        {
            errors.Add(new(nameof(content.ValidUntil), "Say until which day the offer is valid."));
        }
        else if (content.ValidUntil < earliest)
        {
            errors.Add(new(nameof(content.ValidUntil), $"The offer has to be valid at least until {earliest.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}, the day on which quotes are due or entered."));
        }

        Days(content.LeadTimeDays, nameof(content.LeadTimeDays), "", errors);
        if (content.LeadTimeDays is null && content.Lines.Exists(l => l.HasOffer) && !content.Lines.Exists(l => l is { HasOffer: true, LeadTimeDays: not null }))
        {
            errors.Add(new(nameof(content.LeadTimeDays), "The lead time is missing. Type it once for all lines, or at each line."));
        }

        Cost(content.FreightCost, nameof(content.FreightCost), "Freight", errors);
        Cost(content.OtherCost, nameof(content.OtherCost), "Other costs", errors);
    }

    private static void Line(QuoteContent content, QuoteLineContent line, AskedLine asked, string path, List<FieldError> errors)
    {
        var name = $"Line {asked.LineNo}: ";
        if (line.Outcome == QuoteLineOutcome.NoQuote)
        {
            if (line.NoQuoteReason is null)
            {
                errors.Add(new(path + nameof(line.NoQuoteReason), name + "choose why there is no quote."));
            }
            else if (line.NoQuoteReason == NoQuoteReason.Other && string.IsNullOrWhiteSpace(line.Notes))
            {
                errors.Add(new(path + nameof(line.Notes), name + "say the other reason in the notes."));
            }

            return;
        }

        if (line.Outcome == QuoteLineOutcome.Alternate && string.IsNullOrWhiteSpace(line.Alternate))
        {
            errors.Add(new(path + nameof(line.Alternate), name + "say what you offer instead."));
        }

        if (!asked.Units.Contains(line.Unit))
        {
            errors.Add(new(path + nameof(line.Unit), $"{name}a price in {(line.Unit.Length == 0 ? "no unit" : line.Unit)} cannot be compared. Choose {string.Join(", ", asked.Units)}."));
        }

        if (line.UnitPrice is null)
        {
            errors.Add(new(path + nameof(line.UnitPrice), name + "the price is missing. Type it, or choose no quote."));
        }
        else
        {
            Price(line.UnitPrice.Value, path + nameof(line.UnitPrice), name, errors);
        }

        Amount(line.Quantity, path + nameof(line.Quantity), name + "the quantity", "Type how much you offer.", errors);
        Amount(line.Moq, path + nameof(line.Moq), name + "the minimum", null, errors);
        Amount(line.OrderMultiple, path + nameof(line.OrderMultiple), name + "the multiple", null, errors);
        Days(line.LeadTimeDays, path + nameof(line.LeadTimeDays), name, errors);
        if (line.LeadTimeDays is null && content.LeadTimeDays is null && content.Lines.Exists(l => l is { HasOffer: true, LeadTimeDays: not null }))
        {
            errors.Add(new(path + nameof(line.LeadTimeDays), name + "the lead time is missing. Type it here, or under Terms for all lines."));
        }

        Breaks(line, path, name, errors);
    }

    private static void Breaks(QuoteLineContent line, string path, string name, List<FieldError> errors)
    {
        decimal? before = null;
        for (var i = 0; i < line.Breaks.Count; i++)
        {
            var (step, field) = (line.Breaks[i], $"{path}Breaks[{i}].");
            Amount(step.MinimumQuantity, field + nameof(step.MinimumQuantity), name + "the quantity of a price break", "Type it, or remove the break.", errors);
            if (step.MinimumQuantity <= before)
            {
                errors.Add(new(field + nameof(step.MinimumQuantity), $"{name}price breaks go up. This one has to be above {Number(before.Value)}."));
            }

            if (step.UnitPrice is null)
            {
                errors.Add(new(field + nameof(step.UnitPrice), name + "the price of a price break is missing. Type it, or remove the break."));
            }
            else
            {
                Price(step.UnitPrice.Value, field + nameof(step.UnitPrice), name, errors);
            }

            before = step.MinimumQuantity ?? before;
        }
    }

    private static void Price(decimal price, string field, string name, List<FieldError> errors)
    {
        if (price is <= 0 or > LargestPrice)
        {
            errors.Add(new(field, name + "a price is above 0 and at most 10,000,000. Choose no quote where you offer nothing."));
        }
        else if (price != decimal.Round(price, 4))
        {
            errors.Add(new(field, name + "a price has at most 4 decimals. Quote it for a larger unit if you need more."));
        }
    }

    private static void Amount(decimal? quantity, string field, string what, string? whenMissing, List<FieldError> errors)
    {
        if (quantity is null)
        {
            if (whenMissing is not null)
            {
                errors.Add(new(field, $"{what} is missing. {whenMissing}"));
            }
        }
        else if (quantity is <= 0 or > LargestQuantity || quantity != decimal.Round(quantity.Value, 4))
        {
            errors.Add(new(field, what + " has to be above 0, at most 1,000,000,000, with at most 4 decimals."));
        }
    }

    private static void Cost(decimal? cost, string field, string what, List<FieldError> errors)
    {
        if (cost is < 0 or > LargestCost || (cost is not null && cost != decimal.Round(cost.Value, 2)))
        {
            errors.Add(new(field, what + " are 0 or more, with at most 2 decimals."));
        }
    }

    private static void Days(int? days, string field, string name, List<FieldError> errors)
    {
        if (days is < 0 or > LongestLead)
        {
            errors.Add(new(field, $"{name}a lead time is 0 to {LongestLead:N0} days."));
        }
    }

    private static string Number(decimal value) => value.ToString("#,##0.####", CultureInfo.InvariantCulture);
}

using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>How much of a currency one unit of the base currency bought on a day.</summary>
public sealed class ExchangeRate
{
    private ExchangeRate()
    {
    }

    /// <param name="currency">ISO 4217, other than the base currency.</param>
    /// <param name="rate">Units of <paramref name="currency"/> for one unit of the base currency, above 0.</param>
    public ExchangeRate(string currency, DateOnly day, decimal rate)
    {
        (Id, Currency, Day) = (Guid.CreateVersion7(), CurrencyConversion.Code(currency), day);
        if (Currency == CurrencyConversion.Base)
        {
            throw new RefusedException(nameof(Currency), $"{CurrencyConversion.Base} is the base currency: its rate is always 1 and is not kept.");
        }

        Correct(rate);
    }

    public Guid Id { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public DateOnly Day { get; private set; }

    /// <summary>Units of the currency for one EUR.</summary>
    public decimal Rate { get; private set; }

    /// <summary>Replaces the rate of that day. Refuses 0, less, and what eight decimals cannot hold.</summary>
    public void Correct(decimal rate)
    {
        rate = decimal.Round(rate, 8);
        if (rate is <= 0 or >= 1_000_000_000m)
        {
            throw new RefusedException(nameof(Rate), $"A rate says how many {Currency} one {CurrencyConversion.Base} buys: more than 0 and less than 1,000,000,000.");
        }

        Rate = rate;
    }
}

/// <summary>An amount in another currency, with what was used.</summary>
/// <param name="Amount">Not rounded: round where it is stored or shown.</param>
/// <param name="Rate">Units of the target for one unit of the source; 1 within one currency.</param>
/// <param name="Day">The day of the older of the rates used; the asked day within one currency.</param>
public sealed record Converted(decimal Amount, decimal Rate, DateOnly Day);

/// <summary>
/// Converts between currencies by the latest rate on or before a day, through the base currency. Pure arithmetic over rates
/// that were loaded once with <see cref="LoadAsync"/>: thousands of conversions cost no query.
/// </summary>
public sealed class CurrencyConversion
{
    /// <summary>The company's base currency.</summary>
    public const string Base = "EUR";

    private readonly Dictionary<string, (DateOnly Day, decimal Rate)[]> _rates;

    /// <param name="rates">Rates to the base currency, in any order.</param>
    public CurrencyConversion(IEnumerable<(string Currency, DateOnly Day, decimal Rate)> rates) =>
        _rates = rates.GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.Select(r => (r.Day, r.Rate)).OrderBy(r => r.Day).ToArray());

    /// <summary>Loads what is needed for these currencies.</summary>
    /// <param name="currencies">Those that may be met; null for all.</param>
    public static async Task<CurrencyConversion> LoadAsync(SourcingDb db, IEnumerable<string>? currencies, CancellationToken ct)
    {
        var wanted = currencies?.Distinct().ToArray();
        var rates = await db.ExchangeRates.AsNoTracking().Where(r => wanted == null || wanted.Contains(r.Currency))
            .Select(r => new { r.Currency, r.Day, r.Rate }).ToListAsync(ct);
        return new(rates.Select(r => (r.Currency, r.Day, r.Rate)));
    }

    /// <summary>Three capital letters. Refuses anything else.</summary>
    public static string Code(string currency)
    {
        var code = currency.Trim().ToUpperInvariant();
        return code.Length == 3 && code.All(char.IsAsciiLetterUpper)
            ? code
            : throw new RefusedException("Currency", $"\"{currency}\" is not a currency. Write its three letters, such as EUR, USD or CNY.");
    }

    /// <summary>The amount in the other currency on a day. Refuses when a rate is missing and says which.</summary>
    public Converted Convert(decimal amount, string from, string to, DateOnly on)
    {
        if (from == to)
        {
            return new(amount, 1, on);
        }

        var (fromDay, fromRate) = RateOn(from, on);
        var (toDay, toRate) = RateOn(to, on);
        // Through whole rates and not their rounded quotient, so that there and back is the same amount.
        return new(amount * toRate / fromRate, toRate / fromRate, fromDay < toDay ? fromDay : toDay);
    }

    /// <summary>The same, or null when a rate is missing: for a cell that shows "–" and says why.</summary>
    public Converted? TryConvert(decimal amount, string from, string to, DateOnly on) =>
        from == to || (Find(from, on) is not null && Find(to, on) is not null) ? Convert(amount, from, to, on) : null;

    private (DateOnly Day, decimal Rate) RateOn(string currency, DateOnly on) =>
        Find(currency, on) ?? throw new RefusedException(
            $"There is no exchange rate for {currency} on or before {on.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}. Add it under Settings, Exchange rates.");

    private (DateOnly Day, decimal Rate)? Find(string currency, DateOnly on)
    {
        if (currency == Base)
        {
            return (on, 1m);
        }

        if (!_rates.TryGetValue(currency, out var rates))
        {
            return null;
        }

        var (low, high) = (0, rates.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rates[middle].Day <= on ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : rates[low - 1];
    }
}

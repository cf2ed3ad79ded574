using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Tests.Operations;

public sealed class CurrencyConversionTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private readonly CurrencyConversion _conversion = new(
    [
        ("USD", Monday, 1.10m), ("USD", Monday.AddDays(7), 1.20m), ("GBP", Monday.AddDays(3), 0.80m), ("JPY", Monday, 160m),
    ]);

    [Fact]
    public void The_latest_rate_on_or_before_the_day_counts()
    {
        Assert.Equal(new(110m, 1.10m, Monday), _conversion.Convert(100, "EUR", "USD", Monday));
        Assert.Equal(new(110m, 1.10m, Monday), _conversion.Convert(100, "EUR", "USD", Monday.AddDays(6)));
        Assert.Equal(new(120m, 1.20m, Monday.AddDays(7)), _conversion.Convert(100, "EUR", "USD", Monday.AddDays(400)));
    }

    [Fact]
    public void Two_foreign_currencies_meet_in_the_base_and_the_older_day_is_told()
    {
        var converted = _conversion.Convert(120, "USD", "GBP", Monday.AddDays(10));
        Assert.Equal(80m, converted.Amount);
        Assert.Equal(Monday.AddDays(3), converted.Day);
        Assert.Equal(120m, _conversion.Convert(converted.Amount, "GBP", "USD", Monday.AddDays(10)).Amount);
    }

    [Fact]
    public void Within_one_currency_no_rate_is_needed() =>
        Assert.Equal(new(5m, 1m, Monday), _conversion.Convert(5, "XAF", "XAF", Monday));

    [Theory]
    [InlineData("USD", "GBP", "GBP")]
    [InlineData("CNY", "EUR", "CNY")]
    public void A_missing_rate_is_refused_by_name_and_day(string from, string to, string missing)
    {
        var refusal = Assert.Throws<RefusedException>(() => _conversion.Convert(1, from, to, Monday));
        Assert.Equal($"There is no exchange rate for {missing} on or before 2 Mar 2026. Add it under Settings, Exchange rates.", refusal.Message);
        Assert.Null(_conversion.TryConvert(1, from, to, Monday));
    }

    [Theory]
    [InlineData("EUR", 1)]
    [InlineData("USD", 0)]
    [InlineData("USD", -1)]
    [InlineData("Euro", 1)]
    [InlineData("U1D", 1)]
    public void An_impossible_rate_is_refused(string currency, int rate) =>
        Assert.Throws<RefusedException>(() => new ExchangeRate(currency, Monday, rate));
}

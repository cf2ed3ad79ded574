using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Tests.Shared;

public sealed class FormatsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en-GB", "EUR\u00a01,234.50", "8,000.25\u00a0kg")]
    [InlineData("de-DE", "EUR\u00a01.234,50", "8.000,25\u00a0kg")]
    [InlineData("en-US", "EUR\u00a01,234.50", "8,000.25\u00a0kg")]
    public void Amounts_follow_the_culture_and_have_their_currency_before_them(string culture, string money, string quantity)
    {
        var formats = For(culture);
        Assert.Equal(money, formats.Money(1234.5m, "EUR"));
        Assert.Equal(quantity, formats.Quantity(8000.25m, "kg"));
    }

    [Fact]
    public void Differences_have_a_true_minus_a_plus_and_no_sign_at_zero()
    {
        var formats = For("en-GB");
        Assert.Equal("+6.2\u202f%", formats.PercentDifference(0.062m));
        Assert.Equal("−2.4\u202f%", formats.PercentDifference(-0.024m));
        Assert.Equal("0.0\u202f%", formats.PercentDifference(-0.0001m));
        Assert.Equal("−72.50", formats.Number(-72.5m, 2, 2));
    }

    [Fact]
    public void Nothing_is_a_dash()
    {
        var formats = For("en-GB");
        Assert.Equal("–", formats.Money(null, "EUR"));
        Assert.Equal("–", formats.Date(null));
        Assert.Equal("–", formats.Ago(null));
    }

    [Theory]
    [InlineData("en-GB", "14 Nov 2026, 17:00 CET")]
    [InlineData("en-US", "Nov 14, 2026, 5:00\u202fPM CET")]
    public void A_deadline_stands_in_the_persons_time_with_its_zone(string culture, string expected) =>
        Assert.Equal(expected, For(culture, "Europe/Berlin").Moment(new(2026, 11, 14, 16, 0, 0, TimeSpan.Zero), withZone: true));

    [Theory]
    [InlineData("Europe/Berlin", "CEST")]
    [InlineData("Europe/London", "BST")]
    [InlineData("Asia/Kolkata", "UTC+5:30")]
    [InlineData("UTC", "UTC")]
    public void Zones_have_the_name_of_their_season(string zone, string expected) => Assert.Equal(expected, For("en-GB", zone).Zone(new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Time_is_relative_within_a_week_only()
    {
        var formats = For("en-GB");
        Assert.Equal("4\u00a0s ago", formats.Ago(Now.AddSeconds(-4)));
        Assert.Equal("5\u00a0h 20\u00a0min ago", formats.Ago(Now.AddMinutes(-320)));
        Assert.Equal("in 6\u00a0d", formats.Ago(Now.AddDays(6)));
        Assert.Equal("13 Nov 2026", formats.Ago(Now.AddDays(-7)));
    }

    [Fact]
    public void A_typed_time_that_the_clock_skips_counts_an_hour_later()
    {
        var formats = For("en-GB", "Europe/Berlin");
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), formats.Moment(new DateTime(2026, 3, 29, 2, 30, 0)));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 15, 0, 0, TimeSpan.Zero), formats.Moment(new DateTime(2026, 7, 1, 17, 0, 0)));
    }

    [Theory]
    [InlineData("Mira Holsten", "MH")]
    [InlineData("Ana de la Cruz", "AC")]
    [InlineData("", "?")]
    public void Initials_are_the_first_and_the_last(string name, string expected) => Assert.Equal(expected, Formats.Initials(name));

    private static Formats For(string culture, string zone = "UTC")
    {
        var user = new CurrentUser();
        user.Become(UserIdentity.Nobody with { Culture = CultureInfo.GetCultureInfo(culture), TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) });
        return new(user, new Still());
    }

    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using System.Globalization;
using Sourcing.Web.Portal;

namespace Sourcing.Web.Tests.Portal;

public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("1234.5", "en-GB", "1234.5")]
    [InlineData("1,234.50", "en-GB", "1234.5")]
    [InlineData("1.234,50", "en-GB", "1234.5")]
    [InlineData("1.234,50", "de-DE", "1234.5")]
    [InlineData("3,50", "en-GB", "3.5")]
    [InlineData("3.50", "de-DE", "3.5")]
    [InlineData("1,234", "en-GB", "1234")]
    [InlineData("1,234", "de-DE", "1.234")]
    [InlineData("1.234", "de-DE", "1234")]
    [InlineData("1.234", "en-GB", "1.234")]
    [InlineData("0,125", "en-GB", "0.125")]
    [InlineData("1 234,5", "fr-FR", "1234.5")]
    [InlineData("12'500", "de-CH", "12500")]
    [InlineData("1,234,567", "de-DE", "1234567")]
    [InlineData("−2.5", "en-GB", "-2.5")]
    [InlineData("-1,5", "en-GB", "-1.5")]
    [InlineData(".5", "en-GB", "0.5")]
    public void A_figure_is_read_as_it_is_meant(string typed, string culture, string value) =>
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), TypedNumber.Read(typed, CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("abc")]
    [InlineData("12a")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("1,2,3")]
    [InlineData("1.23.4,5")]
    [InlineData("--1")]
    [InlineData("1,23,456.7")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("=1+1")]
    [InlineData("٣")]
    public void What_is_no_number_is_not_guessed(string typed) => Assert.Null(TypedNumber.Read(typed, CultureInfo.GetCultureInfo("en-GB")));
}

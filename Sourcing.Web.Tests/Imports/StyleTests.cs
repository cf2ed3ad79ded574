using Sourcing.Data.Imports.Reading;

namespace Sourcing.Web.Tests.Imports;

public sealed class StyleTests
{
    [Theory]
    [InlineData("1234", DecimalSign.Auto, "1234")]
    [InlineData("1,234.56", DecimalSign.Point, "1234.56")]
    [InlineData("1.234,56", DecimalSign.Comma, "1234.56")]
    [InlineData("1.234.567", DecimalSign.Comma, "1234567")]
    [InlineData("1 234 567,5", DecimalSign.Comma, "1234567.5")]
    [InlineData("1\u00A0234.5", DecimalSign.Point, "1234.5")]
    [InlineData("1'234.50", DecimalSign.Point, "1234.50")]
    [InlineData(" -12.5 ", DecimalSign.Point, "-12.5")]
    [InlineData("−3", DecimalSign.Point, "-3")]
    [InlineData("+7", DecimalSign.Point, "7")]
    [InlineData(".5", DecimalSign.Point, "0.5")]
    [InlineData("0,125", DecimalSign.Comma, "0.125")]
    [InlineData("$5.09 ", DecimalSign.Point, "5.09")]
    [InlineData(" $4.07 ", DecimalSign.Point, "4.07")]
    [InlineData("($2,183.40)", DecimalSign.Point, "-2183.40")]
    [InlineData("$(12.50)", DecimalSign.Point, "-12.50")]
    [InlineData("(1,000.00)", DecimalSign.Point, "-1000")]
    [InlineData("-$3.5", DecimalSign.Point, "-3.5")]
    [InlineData("$-3.5", DecimalSign.Point, "-3.5")]
    [InlineData("1.234,56 €", DecimalSign.Comma, "1234.56")]
    [InlineData("($0.00)", DecimalSign.Point, "0")]
    public void Numbers_are_read_in_their_style(string cell, DecimalSign sign, string value)
    {
        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), Numbered.Parse(cell, sign, out var why));
        Assert.Null(why);
    }

    [Theory]
    [InlineData("1e400", "exponent")]
    [InlineData("1e5", "exponent")]
    [InlineData("NaN", "not a number that can be kept")]
    [InlineData("Infinity", "not a number that can be kept")]
    [InlineData("-0", "minus zero")]
    [InlineData("-0.00", "minus zero")]
    [InlineData("1.234,56", "does not fit the decimal point")]
    [InlineData("12,34,567.8", "not a number")]
    [InlineData("abc", "not a number")]
    [InlineData("1.2.3", "not a number")]
    [InlineData("5 pcs", "not a number")]
    [InlineData("99999999999999999999999999999999999999999999999", "too many digits")]
    [InlineData("0x1F", "not a number")]
    [InlineData("=1+1", "not a number")]
    [InlineData("$", "not a number")]
    [InlineData("()", "not a number")]
    [InlineData("(5", "not a number")]
    public void What_is_no_number_is_refused_by_name(string cell, string why)
    {
        Numbered.Parse(cell, DecimalSign.Point, out var problem);
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$7.35 (yds)", "$7.35", "yds")]
    [InlineData("$7.35", "$7.35", "")]
    [InlineData("($7.35)", "($7.35)", "")]
    [InlineData("7.35 (2)", "7.35 (2)", "")]
    public void A_unit_behind_a_price_is_told_from_it(string cell, string number, string unit)
    {
        Assert.Equal(number, Numbered.WithoutUnit(cell, out var found).ToString());
        Assert.Equal(unit, found.ToString());
    }

    [Theory]
    [InlineData("-", true)]
    [InlineData("$ -   ", true)]
    [InlineData("-1", false)]
    [InlineData("$", false)]
    public void A_lone_dash_is_how_bookkeepers_write_nothing(string cell, bool isDash) => Assert.Equal(isDash, Numbered.IsDash(cell));

    [Theory]
    [InlineData(new[] { "1.5", "1,000.25" }, DecimalSign.Point)]
    [InlineData(new[] { "1,5", "1.000,25" }, DecimalSign.Comma)]
    [InlineData(new[] { "1.000", "100" }, DecimalSign.Auto)]
    [InlineData(new[] { "1.5", "1,5" }, DecimalSign.Auto)]
    [InlineData(new[] { "0.125" }, DecimalSign.Point)]
    [InlineData(new[] { "1,234,567" }, DecimalSign.Point)]
    public void A_column_shows_its_decimal_sign_or_nothing(string[] cells, DecimalSign sign)
    {
        var evidence = new NumberEvidence();
        foreach (var cell in cells)
        {
            evidence.Add(cell);
        }

        Assert.Equal(sign, evidence.Sign);
    }

    [Theory]
    [InlineData("2-Jun-06", DateOrder.Auto, "2006-06-02")]
    [InlineData("14 November 2026", DateOrder.Auto, "2026-11-14")]
    [InlineData("Nov 14, 2026", DateOrder.Auto, "2026-11-14")]
    [InlineData("2026-11-14", DateOrder.Auto, "2026-11-14")]
    [InlineData("2026/11/14", DateOrder.Auto, "2026-11-14")]
    [InlineData("2026-11-14T13:05:00", DateOrder.Auto, "2026-11-14")]
    [InlineData("14.11.2026", DateOrder.MonthFirst, "2026-11-14")]
    [InlineData("11/13/06", DateOrder.Auto, "2006-11-13")]
    [InlineData("13/11/99", DateOrder.Auto, "1999-11-13")]
    [InlineData("04/05/06", DateOrder.MonthFirst, "2006-04-05")]
    [InlineData("04/05/06", DateOrder.DayFirst, "2006-05-04")]
    [InlineData("05/05/2006", DateOrder.Auto, "2006-05-05")]
    [InlineData("2024-02-29", DateOrder.Auto, "2024-02-29")]
    public void Days_are_read_in_their_style(string cell, DateOrder order, string day)
    {
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Dated.Parse(cell, order, out var why));
        Assert.Null(why);
    }

    [Theory]
    [InlineData("2026-02-30", DateOrder.Auto, "not a day of the calendar")]
    [InlineData("2025-02-29", DateOrder.Auto, "not a day of the calendar")]
    [InlineData("0000-01-01", DateOrder.Auto, "not a day of the calendar")]
    [InlineData("04/05/06", DateOrder.Auto, "can be read two ways")]
    [InlineData("13/05/06", DateOrder.MonthFirst, "does not fit the order")]
    [InlineData("2-Foo-06", DateOrder.Auto, "not a date")]
    [InlineData("20261114", DateOrder.Auto, "not a date")]
    [InlineData("Date Not Captured", DateOrder.Auto, "not a date")]
    public void What_is_no_day_is_refused_by_name(string cell, DateOrder order, string why)
    {
        Dated.Parse(cell, order, out var problem);
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_shows_whether_days_or_months_come_first()
    {
        var (months, days, nothing) = (new DateEvidence(), new DateEvidence(), new DateEvidence());
        foreach (var cell in new[] { "04/05/06", "11/13/06" })
        {
            months.Add(cell);
        }

        days.Add("13/11/06");
        nothing.Add("04/05/06");
        Assert.Equal((DateOrder.MonthFirst, DateOrder.DayFirst, DateOrder.Auto), (months.Order, days.Order, nothing.Order));
        Assert.Equal(1, nothing.Both);
    }
}

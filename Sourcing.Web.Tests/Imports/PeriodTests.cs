using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>Titles above the heads, heads of several rows, and heads that are weeks or days.</summary>
public sealed class PeriodTests
{
    private static readonly DateOnly Uploaded = new(2025, 12, 10);

    [Theory]
    [InlineData("This Week", "", PeriodWord.ThisWeek)]
    [InlineData("Demand This Week", "Demand", PeriodWord.ThisWeek)]
    [InlineData("Receipts - Week 37", "Receipts", PeriodWord.Week)]
    [InlineData("Wk. 7", "", PeriodWord.Week)]
    [InlineData("2025-W37", "", PeriodWord.Week)]
    [InlineData("9/12/2025", "", PeriodWord.Day)]
    [InlineData("Demand 2025-09-12", "Demand", PeriodWord.Day)]
    [InlineData("Later", "", PeriodWord.Later)]
    [InlineData("Unscheduled or Past Due", "", PeriodWord.PastDue)]
    [InlineData("Balance Past Due", "Balance", PeriodWord.PastDue)]
    [InlineData("next week", "", PeriodWord.NextWeek)]
    public void Heads_of_weeks_and_days_are_known(string head, string prefix, PeriodWord word)
    {
        var read = PeriodHead.Read(head)!;
        Assert.Equal((prefix, word), (read.Prefix, read.Word));
    }

    [Theory]
    [InlineData("Week 54")]
    [InlineData("Weekly need")]
    [InlineData("Total")]
    [InlineData("Desc#")]
    [InlineData("Price 2025")]
    [InlineData("Midweek 3")]
    [InlineData("")]
    public void Other_heads_are_not(string head) => Assert.Null(PeriodHead.Read(head));

    [Fact]
    public void Columns_of_one_meaning_are_one_group_whatever_the_weeks_are()
    {
        var groups = PeriodHead.Groups(["Yarn", "Demand This Week", "Receipts This Week", "Column 4", "Demand Week 37", "Receipts Week 37", "Later", "Total"]);
        Assert.Equal(["Demand, by week or day: 1 4", "Receipts, by week or day: 2 5"], groups.Select(g => $"{g.Name}: {string.Join(' ', g.Columns)}"));
    }

    [Fact]
    public void Numbered_weeks_go_on_over_the_end_of_the_year() =>
        // ISO 8601: week 1 of 2026 begins on 29 December 2025.
        Assert.Equal(["2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05", "2026-01-12"], Days(null, "This Week", "Week 52", "Week 1", "Week 2", "Later"));

    [Fact]
    public void The_year_is_the_one_nearest_to_the_day_of_the_list()
    {
        Assert.Equal(["2025-12-29"], Days(null, "Week 1"));
        Assert.Equal(["2024-12-30"], Days(new(2025, 3, 1), "Week 1"));
        Assert.Equal(["2024-09-09"], Days(null, "Week 37 2024"));
    }

    [Fact]
    public void Dated_heads_show_their_order_and_past_due_has_no_day()
    {
        Assert.Equal(["", "2025-09-05", "2025-09-12", "2025-09-19", "2025-09-26"], Days(null, "Unscheduled or Past Due", "This Week", "9/12/2025", "9/19/2025", "Later"));
        Assert.Contains("Choose whether days or months come first", Assert.Throws<RefusedException>(() => Days(null, "9/8/2025", "9/9/2025")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_alone_go_by_the_day_of_the_list()
    {
        Assert.Equal(["2025-09-01", "2025-09-08", "2025-09-15"], Days(new(2025, 9, 7), "This Week", "Next Week", "Later"));
        Assert.Contains("Say the day of the list", Assert.Throws<RefusedException>(() => Days(null, "This Week", "Later")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_above_the_heads_is_passed_over_and_rows_keep_their_numbers()
    {
        using var file = TestFile.Text("Yarn demand;;;\n;;;\nYarn;Supplier;Demand This Week;Demand Week 37\n19020;Kesmira;1,5;2\n");
        var profile = file.Profile();
        Assert.Equal((3, 1), (profile.Shape.HeadRow, profile.Rows));
        Assert.Equal(["Yarn", "Supplier", "Demand This Week", "Demand Week 37"], profile.Columns.Select(c => c.Name));
        using var alone = TestFile.Text("Yarn demand of the mill\n\nYarn;Supplier;This week;Total\n19020;Kesmira;1;2\n");
        Assert.Equal((3, ';'), (alone.Profile().Shape.HeadRow, alone.Profile().Shape.Delimiter));
    }

    [Fact]
    public void A_file_without_a_title_begins_with_its_heads()
    {
        using var few = TestFile.Text("Code,Name\nA,One\nB,Two\n");
        Assert.Equal(0, few.Profile().Shape.HeadRow);
        using var many = TestFile.Text("Number,,Name,Type\nA,x,One,t\n");
        Assert.Equal(0, many.Profile().Shape.HeadRow);
    }

    [Fact]
    public void Heads_of_several_rows_are_read_together_in_a_spreadsheet_too()
    {
        using var file = TestFile.Xlsx(["Demand list"], ["", "", "Demand", "", "Receipts", ""], ["Yarn", "Supplier", "This Week", "Week 37", "This Week", "Week 37"], [19020, "Kesmira", 1, 2, 3, 4]);
        var shape = TableFile.Inspect(file.Path, file.Name) with { HeadRow = 2, HeadRows = 2 };
        var profile = FileProfile.Read(file.Path, shape, TestContext.Current.CancellationToken);
        Assert.Equal(["Yarn", "Supplier", "Demand This Week", "Demand Week 37", "Receipts This Week", "Receipts Week 37"], profile.Columns.Select(c => c.Name));
        Assert.Equal(["Demand, by week or day", "Receipts, by week or day"], profile.Groups.Select(g => g.Name));
        Assert.Equal(1, profile.Rows);
    }

    [Fact]
    public void A_spreadsheets_own_dates_are_heads_too()
    {
        using var file = TestFile.Xlsx(["Open orders"], ["PO #", "Desc", "This Week", new DateOnly(2025, 9, 12), new DateOnly(2025, 10, 10)], [8001, 19020, 1, 2, 3]);
        var profile = file.Profile();
        Assert.Equal(2, profile.Shape.HeadRow);
        Assert.Equal(["PO #", "Desc", "This Week", "2025-09-12", "2025-10-10"], profile.Columns.Select(c => c.Name));
        Assert.Equal([2, 3, 4], profile.Groups.Single().Columns);
    }

    private static List<string> Days(DateOnly? listDay, params string[] heads) =>
        [.. PeriodCalendar.Days([.. heads.Select(h => PeriodHead.Read(h)!)], DateOrder.Auto, listDay, Uploaded).Select(d => d is { } day ? $"{day:yyyy-MM-dd}" : "")];
}

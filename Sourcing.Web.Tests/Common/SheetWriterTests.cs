using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;

namespace Sourcing.Web.Tests.Common;

public sealed class SheetWriterTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1:A9)", "'@SUM(A1:A9)")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r=1+1", "'\r=1+1")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\0=1+1", "'=1+1")]
    [InlineData("-72.50", "-72.50")]
    [InlineData("+4", "+4")]
    [InlineData("6204-2RS", "6204-2RS")]
    [InlineData("\U0001F600 naïve", "\U0001F600 naïve")]
    [InlineData("", "")]
    public void Text_that_a_spreadsheet_would_run_is_made_harmless(string text, string expected) => Assert.Equal(expected, SheetWriter.Harmless(text));

    // Not a row of the theory: the runner could not write half a character down.
    [Fact]
    public void Control_characters_and_half_characters_are_dropped() => Assert.Equal("abcd", SheetWriter.Harmless("a\u0000b\u001bc\ud800d\uffff"));

    [Fact]
    public void Csv_quotes_what_needs_it_and_writes_figures_for_machines()
    {
        using var stream = new MemoryStream();
        using (var sheet = SheetWriter.Csv(stream, Berlin))
        {
            sheet.Head(["Name", "Price"]);
            sheet.Row(["Seal, \"35×52\"\nred", 1234.5000m, new DateOnly(2026, 11, 30), new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero), true, null, Role.ReadOnly, -3]);
        }

        Assert.Equal(
            "\ufeffName,Price\r\n\"Seal, \"\"35×52\"\"\nred\",1234.5,2026-11-30,2026-11-30T17:00:00+01:00,yes,,Read only,-3\r\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Xlsx_is_valid_and_reads_back_as_what_it_was()
    {
        using var stream = new MemoryStream();
        using (var sheet = SheetWriter.Xlsx(stream, "Parts/[all]: what a long name for one sheet of a file", Berlin))
        {
            sheet.Head(["Name", "Price", "Day", "Moment", "Empty", "Text"]);
            sheet.Row(["=1+1", 1234.5m, new DateOnly(2026, 11, 30), new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero), null, " kept <&> \u0001"]);
        }

        stream.Position = 0;
        using (var document = SpreadsheetDocument.Open(stream, isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        }

        // The reader asks for it also where the file is not in it.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        stream.Position = 0;
        using var reader = ExcelReaderFactory.CreateReader(stream);
        Assert.True(reader.Read());
        Assert.Equal("Name", reader.GetString(0));
        Assert.True(reader.Read());
        Assert.Equal("'=1+1", reader.GetString(0));
        Assert.Equal(1234.5, reader.GetDouble(1));
        Assert.Equal(new DateTime(2026, 11, 30), reader.GetDateTime(2));
        Assert.Equal(new DateTime(2026, 11, 30, 17, 0, 0), reader.GetDateTime(3));
        Assert.Null(reader.GetValue(4));
        Assert.Equal(" kept <&> ", reader.GetString(5));
        Assert.False(reader.Read());
    }
}

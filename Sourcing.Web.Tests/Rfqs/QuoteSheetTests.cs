using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>A quote as a spreadsheet: out, filled in, and back row by row.</summary>
public sealed class QuoteSheetTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly DateOnly Deadline = new(2026, 11, 27);

    private static readonly AskedRfq Rfq = new(
        Guid.CreateVersion7(), "RFQ-2026-00042", "Yarns", "", RfqStatus.Open, new(2026, 11, 27, 16, 0, 0, TimeSpan.Zero), "Europe/Berlin", "EUR", "DAP", "", "30 days net", 1, null,
        new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero))
    {
        Lines = [.. Enumerable.Range(1, 3).Select(n => new AskedLine(Guid.CreateVersion7(), n * 10, $"CY-{n}", $"=Yarn {n}", n * 100, "kg", ["kg", "g", "t"], null, [], ""))],
    };

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_out_comes_back_as_it_was()
    {
        var content = Content();
        content.Lines[0].Breaks = [new() { MinimumQuantity = 500, UnitPrice = 3.25m }, new() { MinimumQuantity = 1000, UnitPrice = 3.1234m }];
        (content.Lines[1].Outcome, content.Lines[1].UnitPrice, content.Lines[1].NoQuoteReason) = (QuoteLineOutcome.NoQuote, null, NoQuoteReason.CapacityFull);
        (content.Lines[2].Outcome, content.Lines[2].Alternate, content.Lines[2].Unit, content.Lines[2].Moq) = (QuoteLineOutcome.Alternate, "Ring spun instead", "t", 0.5m);
        var read = await QuoteSheetReader.ReadAsync(File(content), "quote.xlsx", Rfq, Empty(), Deadline, Today, _ct);
        Assert.Empty(read.Problems);
        Assert.Equal(3, read.Lines);
        Assert.Empty(QuoteDifferences.Of(content, read.Content));
        Assert.Equal([3.25m, 3.1234m], read.Content.Lines[0].Breaks.Select(b => b.UnitPrice!.Value));
    }

    [Fact]
    public async Task Every_row_that_cannot_be_taken_as_it_is_is_named_with_its_reason_and_the_rest_is_kept()
    {
        var read = await FromAsync("""
            Line,Unit price,Quantity,Unit,Minimum order,"Lead time, days",Answer,Reason for no quote
            10,3.50,100,kg,,20,,
            20,three,200,lb,-5,2.5,,
            20,4,200,kg,,20,,
            30,,,,,,No quote,too far
            99,1,1,kg,,1,,
            Valid until,2026-02-30
            Currency,Euro
            Freight for the whole,50
            """);
        Assert.Equal(3.50m, read.Content.Lines[0].UnitPrice);
        Assert.Equal(50m, read.Content.FreightCost);
        Assert.Equal(QuoteLineOutcome.NoQuote, read.Content.Lines[2].Outcome);
        Assert.Equal(3, read.Lines);
        string[] expected =
        [
            "3|line 20|“three” is not a number, so the unit price was left empty.",
            "3|line 20|A price per “lb” cannot be compared. Use kg, g, t.",
            "3|line 20|“2.5” is no number of whole days, so the lead time was left empty.",
            "3|line 20|The minimum has to be above 0, at most 1,000,000,000, with at most 4 decimals.",
            "4|line 20|The line stands in row 3 already, so this row was left out.",
            "5|line 30|“too far” is not among the reasons: Not in range, Capacity full, Below minimum, Date not possible, Specification not possible, No certificate, Discontinued, Other.",
            "6|line 99|RFQ-2026-00042 has no such line, so the row was left out.",
            "8|currency|“Euro” is no currency. Use three letters, such as EUR.",
        ];
        var said = read.Problems.Select(p => $"{p.Row}|{p.Where}|{p.Text}").ToList();
        Assert.All(expected, e => Assert.Contains(e, said));
        Assert.Contains(read.Problems, p => p is { Row: 7, Where: "valid until" } && p.Text.Contains("Write it like 2026-12-31", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_that_the_file_leaves_out_stay_as_they_were_typed_and_are_named_where_they_lack_something()
    {
        var before = Empty();
        before.Lines[1].UnitPrice = 7;
        var read = await FromAsync("Line;Unit price\n10;1.234,50\nValid until;31.12.2026\nLead time for all lines, days;14\nCurrency;eur\n", before);
        Assert.Equal((1234.50m, 7m, null), (read.Content.Lines[0].UnitPrice, read.Content.Lines[1].UnitPrice, read.Content.Lines[2].UnitPrice));
        Assert.Equal((new DateOnly(2026, 12, 31), 14, "EUR"), (read.Content.ValidUntil, read.Content.LeadTimeDays, read.Content.Currency));
        Assert.Equal([(0, "line 30", "The price is missing. Type it, or choose no quote.")], read.Problems.Select(p => (p.Row, p.Where, p.Text)));
        Assert.Null(before.Lines[0].UnitPrice);
    }

    [Theory]
    [InlineData("Line,Unit price\n10,1\nRequest,RFQ-2026-00041\n", "This file is for RFQ-2026-00041, and this is RFQ-2026-00042.")]
    [InlineData("Part,Price\nCY-1,1\n", "There is no row with the heads \"Line\" and \"Unit price\".")]
    [InlineData("Line,Unit price\n", "no row for any line")]
    [InlineData("Line,Unit price\n77,1\n", "no row for any line")]
    [InlineData("", "The file is empty.")]
    public async Task What_is_no_answer_to_this_request_is_refused_with_the_way_out(string text, string expected)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => FromAsync(text));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RFQ-2026-00042", "RFQ-2026-00007", "Cell B6: This file is for RFQ-2026-00007, and this is RFQ-2026-00042.")]
    [InlineData("Round,1", "Round,2", "Cell B7: This file is of round 2, and RFQ-2026-00042 is in round 1.")]
    [InlineData("20,CY-2", "30,CY-2", "Cell A3: line “30” stands where line 20 belongs.")]
    [InlineData("CY-2,'=Yarn 2,200,kg", "CY-2,'=Yarn 2,250,kg", "Cell D3: line 20 asks for 200 kg, and the file says “250”")]
    [InlineData("CY-2,'=Yarn 2", "CY-2,Silk", "Cell C3: “=Yarn 2” belongs here, and the file says “Silk”")]
    [InlineData("CY-3,'=Yarn 3,300,kg,,", "CY-3,'=Yarn 3,300,kg,2027-01-01,", "Cell F4: line 30 is needed on no certain day, and the file says “2027-01-01”")]
    [InlineData("Quantity asked,Unit asked", "Unit asked,Quantity asked", "Cell D1: “Quantity asked” belongs here")]
    [InlineData("Key of the lines,", "Key of the lines,0", "Cell B9: what RFQ-2026-00042 asks for is not what it was")]
    public async Task A_form_of_another_RFQ_or_round_or_with_rows_moved_or_changed_is_refused_by_cell(string was, string is_, string expected)
    {
        var form = Csv(Rfq);
        Assert.Contains(was, form, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => FromAsync(form.Replace(was, is_, StringComparison.Ordinal)));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_whose_rows_are_missing_names_them_and_one_that_is_whole_is_taken()
    {
        var form = Csv(Rfq);
        var cut = string.Join("\r\n", form.Split("\r\n").Where(r => !r.StartsWith("30,", StringComparison.Ordinal)));
        Assert.Contains("The row of line 30 is missing.", (await Assert.ThrowsAsync<RefusedException>(() => FromAsync(cut))).Message, StringComparison.Ordinal);
        Assert.Equal(3, (await FromAsync(form)).Lines);
    }

    [Fact]
    public async Task Lines_that_were_changed_after_the_download_are_noticed_and_addenda_are_named()
    {
        var changed = Rfq with { Lines = [Rfq.Lines[0] with { NeedBy = new(2027, 1, 31) }, .. Rfq.Lines.Skip(1)] };
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => QuoteSheetReader.ReadAsync(File(Content()), "quote.xlsx", changed, Empty(), Deadline, Today, _ct));
        Assert.StartsWith("Cell F2: line 10 is needed by 2027-01-31, and the file says nothing", refusal.Message, StringComparison.Ordinal);
        var amended = Rfq with { Addenda = [new(1, "Cones of 1.8 kg.", "Mira", Rfq.Now)] };
        var read = await QuoteSheetReader.ReadAsync(File(Content()), "quote.xlsx", amended, Empty(), Deadline, Today, _ct);
        Assert.Equal(("B8", "addenda", true), Assert.Single(read.Problems) is var one ? (one.Cell, one.Where, one.Text.StartsWith("Addendum 1 came after", StringComparison.Ordinal)) : default);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_named_by_its_cell()
    {
        var read = await FromAsync(Csv(Rfq).Replace("20,CY-2,'=Yarn 2,200,kg,,,,200,kg", "20,CY-2,'=Yarn 2,200,kg,,,four,200,lb", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Cell == "H3" && p.Text.Contains("“four” is not a number", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Cell == "J3" && p.Text.Contains("cannot be compared", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Cell == "H2" && p.Text.Contains("The price is missing", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Cell == "B11" && p.Text.Contains("until which day", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sheet_is_locked_but_for_the_answers_which_have_their_rules()
    {
        using var zip = new System.IO.Compression.ZipArchive(File(Content()));
        using var part = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var sheet = System.Xml.Linq.XDocument.Load(part);
        var ns = sheet.Root!.Name.Namespace;
        Assert.Equal("1", sheet.Root.Element(ns + "sheetProtection")!.Attribute("sheet")!.Value);
        // Lines: six cells that say what is asked, then answers alone; style 4 and 5 are unlocked.
        var line = sheet.Descendants(ns + "row").ElementAt(1).Elements(ns + "c").Select(c => c.Attribute("s")?.Value is "4" or "5").ToList();
        Assert.Equal([.. Enumerable.Repeat(false, 6), .. Enumerable.Repeat(true, line.Count - 6)], line);
        var rules = sheet.Descendants(ns + "dataValidation").ToList();
        var price = rules.Single(r => r.Attribute("sqref")!.Value == "H2:H4");
        Assert.Equal(("decimal", "greaterThan", "0"), (price.Attribute("type")!.Value, price.Attribute("operator")!.Value, price.Element(ns + "formula1")!.Value));
        Assert.Equal("\"kg,g,t\"", rules.Single(r => r.Attribute("sqref")!.Value == "J2 J3 J4").Element(ns + "formula1")!.Value);
        Assert.Equal("date", rules.Single(r => r.Attribute("sqref")!.Value == "B11").Attribute("type")!.Value);
        // The grammar wants protection and rules after the rows, in this order.
        Assert.Equal(["sheetViews", "sheetFormatPr", "sheetData", "sheetProtection", "dataValidations"], sheet.Root.Elements().Select(e => e.Name.LocalName));
    }

    [Fact]
    public async Task A_picture_that_is_called_a_spreadsheet_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => QuoteSheetReader.ReadAsync(
            new MemoryStream([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]), "quote.xlsx", Rfq, Empty(), Deadline, Today, _ct));
        Assert.Contains("picture", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_buyer_wrote_is_no_formula_in_the_suppliers_spreadsheet() =>
        Assert.All(QuoteSheetFile.Rows(Rfq, Empty()).Take(3), row => Assert.StartsWith("'=", SheetWriter.Harmless((string)row[2]!), StringComparison.Ordinal));

    private static QuoteContent Empty() => new()
    {
        Currency = "EUR", Lines = [.. Rfq.Lines.Select(l => new QuoteLineContent { RfqLineId = l.Id, Quantity = l.Quantity, Unit = l.Unit })],
    };

    private static QuoteContent Content()
    {
        var content = Empty();
        (content.ValidUntil, content.LeadTimeDays, content.FreightCost, content.Incoterm, content.PaymentTerms, content.Notes) = (new(2026, 12, 31), 21, 80.5m, "DAP Hamburg", "45 days net", "Prices hold for full pallets.");
        for (var i = 0; i < content.Lines.Count; i++)
        {
            content.Lines[i].UnitPrice = 3.5m + i;
        }

        return content;
    }

    // The form as text: what somebody makes of it in a spreadsheet program.
    private static string Csv(AskedRfq rfq)
    {
        var file = new MemoryStream();
        using (var sheet = SheetWriter.Csv(file, TimeZoneInfo.Utc))
        {
            sheet.Head(QuoteSheetFile.Heads(Empty()));
            foreach (var row in QuoteSheetFile.Rows(rfq, Empty()))
            {
                sheet.Row(row);
            }
        }

        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\ufeff');
    }

    private static MemoryStream File(QuoteContent content)
    {
        var file = new MemoryStream();
        QuoteSheetFile.Write(file, Rfq, content, TimeZoneInfo.Utc);
        file.Position = 0;
        return file;
    }

    private Task<ReadQuote> FromAsync(string text, QuoteContent? before = null) =>
        QuoteSheetReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "quote.csv", Rfq, before ?? Empty(), Deadline, Today, _ct);
}

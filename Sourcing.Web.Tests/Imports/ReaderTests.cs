using System.IO.Compression;
using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Web.Tests.Imports;

public sealed class ReaderTests
{
    [Theory]
    [InlineData(",", "\n")]
    [InlineData(";", "\r\n")]
    [InlineData("\t", "\r")]
    [InlineData("|", "\n")]
    public void Every_delimiter_and_line_end_is_found(string delimiter, string end)
    {
        using var file = TestFile.Text(string.Join(end, $"Number{delimiter}Name", $"A-1{delimiter}\"One{delimiter} \"\"two\"\"{end}three\"", "", $"A-2{delimiter}3/4\" pipe", ""));
        Assert.Equal([["Number", "Name"], ["A-1", $"One{delimiter} \"two\"{end}three"], ["A-2", "3/4\" pipe"]], file.Rows());
    }

    [Fact]
    public void Line_ends_may_be_mixed() =>
        Assert.Equal([["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]], TestFile.RowsOf("a,b\r1,2\r\n3,4\n5,6"));

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void Every_encoding_is_found_with_and_without_its_mark(string encoding, bool mark)
    {
        var bytes = Encoding.GetEncoding(encoding);
        using var file = TestFile.Bytes([.. mark ? bytes.GetPreamble() : [], .. bytes.GetBytes("Name,Place\nKöhler,Łódź\n")]);
        Assert.Equal([["Name", "Place"], ["Köhler", "Łódź"]], file.Rows());
    }

    [Fact]
    public void Windows_1252_is_found_even_where_its_first_letter_comes_late()
    {
        var text = "Name,Place\n" + string.Concat(Enumerable.Repeat("plain,plain\n", 20_000)) + "Müller & Söhne – “Zürich”,€\n";
        using var file = TestFile.Bytes(TextSniffer.Windows1252.GetBytes(text));
        Assert.Equal(["Müller & Söhne – “Zürich”", "€"], file.Rows()[^1]);
    }

    [Fact]
    public void Letters_of_several_bytes_at_the_edge_of_a_buffer_are_still_utf_8()
    {
        for (var pad = 65_530; pad < 65_540; pad++)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(new string('a', pad) + "€😀é"));
            Assert.Equal(65001, TextSniffer.DetectEncoding(content).CodePage);
        }
    }

    [Fact]
    public void An_unclosed_quote_is_refused_with_its_row() => Refuses("a,b\n1,2\n3,\"4\n5,6\n", "opens in row 3 is never closed");

    [Fact]
    public void A_field_of_ten_megabytes_is_refused_with_its_place() => Refuses("a,b\n1," + new string('x', 10 << 20) + "\n", "row 2, column 2 is longer than 32,767");

    [Fact]
    public void Ten_thousand_columns_are_refused() => Refuses(string.Join(',', Enumerable.Range(1, 10_000)) + "\n", "more than 500 columns");

    [Fact]
    public void Repeated_and_empty_heads_are_told_apart()
    {
        using var file = TestFile.Text("Price,price,,Price\n1,2,3,4\n");
        var profile = file.Profile();
        Assert.Equal(["Price", "price (2)", "Column 3", "Price (3)"], profile.Columns.Select(c => c.Name));
        Assert.NotEmpty(profile.RepeatedHeads);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n", "no rows below")]
    [InlineData("<html><body><table><tr><td>1</td></tr></table></body></html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", "web page")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "web page or a picture")]
    [InlineData("%PDF-1.7\nPK\u0003\u0004", "a PDF")]
    [InlineData("MZ\u0090\u0000", "a program")]
    [InlineData("{\\rtf1 text}", "a text document")]
    public void What_is_no_table_is_refused(string content, string why) => Refuses(content, why);

    [Theory]
    [InlineData("parts.xlsx", "a,b\n1,2\n", "inside is plain text")]
    [InlineData("parts.csv", "PK\u0003\u0004xxxx", "a packed file")]
    [InlineData("parts.exe", "a,b\n1,2\n", "are not read")]
    [InlineData("CON", "a,b\n1,2\n", "are not read")]
    public void A_name_that_does_not_fit_the_content_is_refused(string name, string content, string why)
    {
        using var file = TestFile.Bytes(Encoding.Latin1.GetBytes(content), name);
        Assert.Contains(why, Assert.Throws<RefusedException>(() => file.Profile()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_is_read_with_its_numbers_dates_and_gaps()
    {
        using var file = TestFile.Xlsx(["Number", "Price", "Gap", "Day"], ["A-1", 1.234m, null, new DateOnly(2026, 11, 14)], ["A-2", 7m, "x", null]);
        Assert.Equal([["Number", "Price", "Gap", "Day"], ["A-1", "1.234", "", "2026-11-14"], ["A-2", "7", "x"]], file.Rows());
        Assert.Equal(0, file.Profile().Columns[1].Numbers.Both);
    }

    [Fact]
    public void A_zip_bomb_is_refused_within_a_second()
    {
        using var file = TestFile.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", new string(' ', 400 << 20)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        RefusesFile(file, "larger than can be read safely");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1.5), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void A_zip_that_is_no_spreadsheet_is_refused()
    {
        using var file = TestFile.Zip(("inner.zip", "PK"), ("../../etc/passwd", "x"));
        RefusesFile(file, "not an XLSX spreadsheet");
    }

    [Fact]
    public void Entries_that_repeat_are_refused()
    {
        using var file = TestFile.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), ("xl/Workbook.xml", "<workbook/>"));
        RefusesFile(file, "the same part twice");
    }

    [Fact]
    public void Too_many_entries_are_refused()
    {
        using var file = TestFile.Zip([.. Enumerable.Range(0, 2_500).Select(i => ($"xl/{i}.xml", "x"))]);
        RefusesFile(file, "2,500 parts");
    }

    [Fact]
    public void External_links_are_refused()
    {
        using var file = TestFile.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), ("xl/externalLinks/externalLink1.xml", "<externalLink/>"));
        RefusesFile(file, "takes cells from other files");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void Definitions_are_refused_in_any_encoding(string encoding)
    {
        var xml = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w>&x;</w>";
        using var file = TestFile.Zip([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", xml)], Encoding.GetEncoding(encoding));
        RefusesFile(file, "definitions");
    }

    [Fact]
    public void A_damaged_spreadsheet_is_refused()
    {
        using var file = TestFile.Xlsx(["a"], ["1"]);
        var bytes = File.ReadAllBytes(file.Path);
        for (var i = bytes.Length / 3; i < bytes.Length / 2; i++)
        {
            bytes[i] ^= 0x5A;
        }

        using var damaged = TestFile.Bytes(bytes, "a.xlsx");
        Assert.Throws<RefusedException>(() => damaged.Profile());
    }

    [Fact]
    public void Garbage_behind_the_sign_of_an_old_spreadsheet_is_refused()
    {
        using var file = TestFile.Bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Enumerable.Range(0, 4000).Select(i => (byte)(i * 7))], "a.xls");
        Assert.Throws<RefusedException>(() => file.Profile());
    }

    [Fact]
    public void One_cell_in_the_last_row_of_a_sheet_costs_nothing()
    {
        using var file = TestFile.Sheet(
            """<row r="1"><c r="A1" t="inlineStr"><is><t>Number</t></is></c></row><row r="1048576"><c r="A1048576" t="inlineStr"><is><t>A-1</t></is></c></row>""");
        var profile = file.Profile();
        Assert.Equal(1, profile.Rows);
        using var reader = TableFile.Open(file.Path, profile.Shape);
        reader.Read();
        reader.Read();
        Assert.Equal(1_048_576, reader.Row);
    }

    [Fact]
    public void A_cell_far_to_the_right_is_refused()
    {
        using var file = TestFile.Sheet("""<row r="1"><c r="A1" t="inlineStr"><is><t>Number</t></is></c><c r="XFD1" t="inlineStr"><is><t>Far</t></is></c></row>""");
        RefusesFile(file, "more than 500 columns");
    }

    [Fact]
    public void A_sheet_whose_sizes_lie_is_refused_by_what_it_really_holds()
    {
        using var file = TestFile.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", new string(' ', 400 << 20)));
        var bytes = File.ReadAllBytes(file.Path);
        // In the list at the end of the file, each part says how large it is unpacked: now all say one byte.
        var lies = 0;
        for (var at = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8); at >= 0 && at < bytes.Length;)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 24), 1);
            lies++;
            var next = bytes.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        Assert.Equal(3, lies);
        using var lying = TestFile.Bytes(bytes, "file.xlsx");
        RefusesLightly(lying, "damaged and cannot be read");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unclosed_quote_before_much_text_is_refused_at_once(bool manyLines)
    {
        using var file = TestFile.Text("a,b\n1,\"2\n" + string.Concat(Enumerable.Repeat(manyLines ? "3,4\n" : "3,4;", 2 << 20)));
        RefusesLightly(file, "longer than 32,767");
    }

    [Fact]
    public void An_old_spreadsheet_is_read_with_its_numbers_letters_and_gaps()
    {
        using var file = TestFile.Xls(["Number", "Price", "Gap", "Name"], ["A-1", 1.25, null, "Crème"], ["A-2", 7.0, "x", "Дом"]);
        Assert.Equal([["Number", "Price", "Gap", "Name"], ["A-1", "1.25", "", "Crème"], ["A-2", "7", "x", "Дом"]], file.Rows());
        Assert.Equal(TableFormat.Xls, file.Profile().Shape.Format);
    }

    private static void Refuses(string content, string why)
    {
        using var file = TestFile.Bytes(Encoding.UTF8.GetBytes(content));
        RefusesFile(file, why);
    }

    // Without holding what it reads.
    private static void RefusesLightly(TestFile file, string why)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        RefusesFile(file, why);
        var more = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(more < 2 << 20, $"{more:N0} bytes were allocated.");
    }

    private static void RefusesFile(TestFile file, string why) =>
        Assert.Contains(why, Assert.Throws<RefusedException>(() => file.Profile()).Message, StringComparison.Ordinal);
}

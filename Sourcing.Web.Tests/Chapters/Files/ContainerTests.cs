using System.Text;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Files;

public sealed class ContainerTests
{
    private static readonly string[] Small = [MadeReport.Slips, "Anna Berg|Ben Carter|Referral|Inside", "|Cora Díaz|TYFCB|Inside|#1250.5", "Ben  Carter|*Fay Stone|One-to-One||||Lakeside"];

    [Fact]
    public void The_same_report_reads_the_same_in_every_container_whatever_its_name()
    {
        var (xml, xlsx) = (MadeReport.Xml(Small).Read(name: "x.csv"), MadeReport.Xlsx(Small).Read(name: "x.xls"));
        Assert.Equal((SheetContainer.Xml, SheetContainer.Xlsx), (xml.Container!.Value, xlsx.Container!.Value));
        Assert.Empty(xml.Issues);
        Assert.Empty(xlsx.Issues);
        Assert.Equal(3, xml.Slips.Count);
        Assert.Equal(xml.Slips, xlsx.Slips);
        Assert.Equal([2, 3, 4], xml.Slips.Select(s => s.Row));
        Assert.Equal(1250.5m, xml.Slips[1].Amount);
        Assert.Equal((PartyState.External, "Lakeside"), (xml.Slips[2].To.State, xml.Slips[2].To.Chapter));

        var csv = MadeReport.Csv(Small).Read(name: "x.xlsx");
        Assert.Equal(["BOLD_LOST"], csv.Codes());
        Assert.Equal(xml.Slips, csv.Slips);
    }

    [Fact]
    public void Old_binary_spreadsheets_are_refused_with_the_way_out()
    {
        var report = new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0 }.Read();
        var issue = Assert.Single(report.Issues);
        Assert.Equal(("FILE_TYPE", IssueEffect.Reject), (issue.CodeText, issue.Effect));
        Assert.Contains("save it as .xlsx", issue.Fix, StringComparison.Ordinal);
        Assert.True(report.IsRejected);
    }

    [Fact]
    public void Document_types_and_broken_xml_are_refused()
    {
        var entity = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\r<!DOCTYPE x [<!ENTITY a \"aaaa\">]>\r<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>").Read();
        Assert.Equal(["XML_BAD"], entity.Codes());
        Assert.Contains("document type", entity.Issues[0].Message, StringComparison.Ordinal);
        Assert.Equal(["XML_BAD"], MadeReport.Xml(Small)[..^40].Read().Codes());
        Assert.Equal(["FILE_TYPE"], Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><svg/>").Read().Codes());
        Assert.Equal(["FILE_TYPE"], MadeReport.Zip(("note.txt", "hello")).Read().Codes());
        Assert.Equal(["FILE_TYPE"], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3 }.Read().Codes());
    }

    [Fact]
    public void Nothing_is_not_a_report()
    {
        Assert.Equal(["FILE_EMPTY"], Array.Empty<byte>().Read().Codes());
        Assert.Equal(["FILE_EMPTY"], MadeReport.Xml(MadeReport.Slips).Read().Codes());
        Assert.Equal(["FILE_EMPTY"], MadeReport.Xml().Read().Codes());
    }

    [Fact]
    public void Limits_are_held()
    {
        var row = "Anna Berg|Ben Carter|Referral|Inside";
        Assert.Equal(10_000, MadeReport.Xml([MadeReport.Slips, .. Enumerable.Repeat(row, 10_000)]).Read().Slips.Count);
        Assert.Equal(["FILE_SIZE"], MadeReport.Xml([MadeReport.Slips, .. Enumerable.Repeat(row, 10_001)]).Read().Codes());
        Assert.Equal(["FILE_SIZE"], MadeReport.Csv([MadeReport.Slips, .. Enumerable.Repeat(row, 10_100)]).Read().Codes());
        Assert.Equal(["FILE_SIZE"], MadeReport.Xml(MadeReport.Slips, row + new string('|', 97) + "far out").Read().Codes());
        Assert.Empty(MadeReport.Xml(MadeReport.Slips, row + new string('|', 96) + "within").Read().Codes());
        Assert.Equal(["FILE_SIZE"], new byte[(50 * 1024 * 1024) + 1].Read().Codes());
    }

    [Fact]
    public void Merged_cells_push_what_follows_and_blank_rows_count()
    {
        var report = MadeReport.Xml(">Slips Audit Report for 07/01/2026||x", "", "", ">From||To||Slip Type|Inside/Outside||TYFCB Amount|CEU Credits|Detail", ">Anna Berg||Ben Carter||Referral|Outside").Read(MadeReport.Context with { Chosen = null });
        Assert.Equal(ReportKind.SlipsAuditHeaded, report.Kind);
        var slip = Assert.Single(report.Slips);
        Assert.Equal((5, 2, MadeReport.Member("Ben Carter")), (slip.Row, slip.Tier!.Value, slip.To.Member!.Value));
        // 7 January 2026 is a Wednesday; 1 July 2026 is one too: both fall on the chapter's day, so it is asked.
        Assert.Equal(["PERIOD_AMBIGUOUS"], report.Codes());
        Assert.Equal([new(new(2026, 1, 7), new(2026, 1, 7)), new(new(2026, 7, 1), new(2026, 7, 1))], report.Period!.Suggestions);
    }

    [Fact]
    public void Bold_is_found_wherever_a_spreadsheet_may_put_it()
    {
        var xml = """
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
            <Styles><Style ss:ID="b"><Font ss:Bold="1"/></Style><Style ss:ID="p"><Font ss:Size="9"/></Style><Style ss:ID="off"><Font ss:Bold="0"/></Style></Styles>
            <Worksheet ss:Name="Report"><Table><Column ss:Index="2" ss:StyleID="b"/>
            <Row><Cell><Data ss:Type="String">one</Data><Comment><Data ss:Type="String">remark</Data></Comment></Cell><Cell><Data ss:Type="String">two</Data></Cell></Row>
            <Row ss:Index="4" ss:StyleID="b"><Cell><Data ss:Type="String">three</Data></Cell><Cell ss:StyleID="off"><Data ss:Type="String">four</Data></Cell><Cell ss:Index="5"><ss:Data ss:Type="String"><html:B>fi</html:B>ve</ss:Data></Cell></Row>
            <Row ss:StyleID="p"><Cell><ss:Data ss:Type="String"><html:B>six</html:B></ss:Data></Cell><Cell ss:StyleID="p"><Data ss:Type="DateTime">2026-01-07T00:00:00.000</Data></Cell></Row>
            </Table></Worksheet></Workbook>
            """;
        var rows = XmlSheet.Read(Encoding.UTF8.GetBytes(xml)).Rows;
        Assert.Equal([1, 4, 5], rows.Select(r => r.Number));
        Assert.Equal([("one", false), ("two", true), ("three", true), ("four", false), ("five", true), ("six", true), ("2026-01-07", false)], rows.SelectMany(r => r.Cells).Select(c => (c.Text, c.IsBold)));
        Assert.Equal(4, rows[1].Cells[^1].Column);
    }

    [Fact]
    public void Damage_of_any_kind_is_told_and_never_thrown()
    {
        var random = new Random(7);
        byte[][] files = [MadeReport.Xml(Small), MadeReport.Xlsx(Small), MadeReport.Csv(Small)];
        for (var round = 0; round < 450; round++)
        {
            var bytes = files[round % 3].ToArray();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bytes = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            var report = bytes.Read();
            Assert.True(report.IsRejected || report.Slips.Count <= 3);
            Assert.All(report.Issues, i => Assert.False(string.IsNullOrWhiteSpace(i.Message) || string.IsNullOrWhiteSpace(i.Fix)));
        }
    }
}

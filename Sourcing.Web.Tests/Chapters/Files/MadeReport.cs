using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Files;

/// <summary>
/// Reports with invented people in the containers that they come in. A cell is text; "*Anna" is bold, "#12.5" a number; null is left out, so that the cells after it
/// carry an index.
/// </summary>
internal static class MadeReport
{
    public const string Slips = "From|To|Slip Type|Inside/Outside|TYFCB Amount|CEU Credits|Detail";

    public const string Summary = "First Name|Last Name|P|A|L|M|S|RGI|RGO|RRI|RRO|V|T|1-2-1|TYFCB|CEU";

    /// <summary>Members of an invented chapter.</summary>
    public static readonly IReadOnlyList<KnownName> Members = [.. new[] { "Anna Berg", "Ben Carter", "Cora Díaz", "Dan Eriksen", "José Pérez", "Jose Perez", "Zoë Quist" }.Select((n, i) => new KnownName(Id(i + 1), n))];

    public static ReportContext Context { get; } = new() { Chapter = "Riverside", MeetingWeekday = DayOfWeek.Wednesday, Names = new(Members, [new(Id(2), "Benny C.")]), Chosen = Period.Month(2026, 1) };

    public static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    public static Guid Member(string name) => Members.Single(m => m.Name == name).Member;

    /// <summary>SpreadsheetML of 2003 with a lone CR between lines, a sheet "Report", sparse indexes and a bold style.</summary>
    public static byte[] Xml(params string[] rows)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r<?mso-application progid=\"Excel.Sheet\"?>\r<ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\r")
            .Append("<ss:Styles>\r<ss:Style ss:ID=\"s1\"><ss:Font ss:Bold=\"1\"/></ss:Style>\r<ss:Style ss:ID=\"s2\"><ss:Font ss:Bold=\"0\"/></ss:Style>\r<ss:Style ss:ID=\"s3\" ss:Parent=\"s1\"/>\r</ss:Styles>\r")
            .Append("<ss:Worksheet ss:Name=\"Notes\"><ss:Table/></ss:Worksheet>\r<ss:Worksheet ss:Name=\"Report\">\r<ss:Table>\r");
        var isSparse = false;
        foreach (var row in rows)
        {
            if (row.Length == 0)
            {
                isSparse = true;
                continue;
            }

            text.Append(isSparse ? $"<ss:Row ss:Index=\"{Array.IndexOf(rows, row) + 1}\">\r" : "<ss:Row>\r");
            isSparse = false;
            var isGap = false;
            var cells = row.Split('|');
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = cells[i];
                if (cell.Length > 0)
                {
                    var merge = cell.StartsWith('>');
                    text.Append("<ss:Cell").Append(isGap ? $" ss:Index=\"{i + 1}\"" : "").Append(cell[0] == '*' ? " ss:StyleID=\"s3\"" : " ss:StyleID=\"s2\"").Append(merge ? " ss:MergeAcross=\"1\"" : "")
                        .Append(CultureInfo.InvariantCulture, $"><ss:Data ss:Type=\"{(cell[0] == '#' ? "Number" : "String")}\">").Append(SecurityElement.Escape(cell.TrimStart('*', '#', '>'))).Append("</ss:Data></ss:Cell>\r");
                    // A merged cell takes the place after it; the next needs no index.
                    i += merge ? 1 : 0;
                }

                isGap = cell.Length == 0;
            }

            text.Append("</ss:Row>\r");
        }

        return Encoding.UTF8.GetBytes(text.Append("</ss:Table>\r</ss:Worksheet>\r</ss:Workbook>\r").ToString());
    }

    public static byte[] Csv(params string[] rows) => Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Select(r => string.Join(',', r.Split('|').Select(c => $"\"{c.TrimStart('*', '#')}\"")))));

    /// <summary>XLSX with inline texts and a bold style.</summary>
    public static byte[] Xlsx(params string[] rows)
    {
        var sheet = new StringBuilder("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        foreach (var (row, at) in rows.Select((r, i) => (r, i + 1)).Where(r => r.r.Length > 0))
        {
            sheet.Append(CultureInfo.InvariantCulture, $"<row r=\"{at}\">");
            foreach (var (cell, column) in row.Split('|').Select((c, i) => (c, (char)('A' + i))).Where(c => c.c.Length > 0))
            {
                sheet.Append(cell[0] == '#' ? $"<c r=\"{column}{at}\"><v>{cell[1..]}</v></c>"
                    : $"<c r=\"{column}{at}\" s=\"{(cell[0] == '*' ? 1 : 0)}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell.TrimStart('*', '>'))}</t></is></c>");
            }

            sheet.Append("</row>");
        }

        return Zip(
            ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
            ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
            ("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Report" sheetId="1" r:id="r1"/></sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""),
            ("xl/styles.xml", """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf fontId="0"/></cellStyleXfs><cellXfs count="2"><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>"""),
            ("xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString()));
    }

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }

    public static ReadReport Read(this byte[] content, ReportContext? context = null, string name = "slips.xls") => ReportFile.Read(content, name, context ?? Context);

    /// <summary>A slips audit of these rows, in XML.</summary>
    public static ReadReport ReadSlips(params string[] rows) => Xml([Slips, .. rows]).Read();

    public static string[] Codes(this ReadReport report) => [.. report.Issues.Select(i => i.CodeText)];
}

using System.IO.Compression;
using System.Security;
using System.Text;
using System.Xml;

namespace Sourcing.Data.Common.Files;

/// <summary>A sheet of a book: the title in the first row, heads in the second, then rows. The first column and both rows stay in view.</summary>
/// <param name="Name">Of the tab: at most 31 characters, once in a book.</param>
/// <param name="Rows">Text, numbers, null, or money as a decimal in a <see cref="MoneyCell"/>.</param>
public sealed record BookSheet(string Name, string Title, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>An amount in the currency of the book, shown with two decimals.</summary>
/// <param name="Amount">Null leaves the cell empty.</param>
public sealed record MoneyCell(decimal? Amount);

/// <summary>A figure shown with two decimals.</summary>
/// <param name="Value">Null leaves the cell empty.</param>
public sealed record DecimalCell(decimal? Value);

/// <summary>A line between others: bold.</summary>
public sealed record StrongCell(object? Value);

/// <summary>
/// Writes several small sheets as one XLSX file. Text that a spreadsheet would take for a formula is made harmless, as <see cref="SheetWriter"/> does it. For lists of any
/// length there is <see cref="SheetWriter"/>.
/// </summary>
public static class SheetBook
{
    private const string Strong = "1";
    private const string Title = "2";
    private const string TwoDecimals = "3";
    private const string Money = "4";

    /// <param name="to">Left open.</param>
    /// <param name="sheets">At least one, in order.</param>
    /// <param name="currency">ISO 4217, behind each amount.</param>
    /// <exception cref="RefusedException">The currency is not one.</exception>
    public static void Write(Stream to, IReadOnlyList<BookSheet> sheets, string currency)
    {
        if (!Currencies.IsKnown(currency))
        {
            throw new RefusedException("Currency", $"\"{currency}\" is not a currency. Use its three letters, like EUR.");
        }

        using var archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Frame(archive, sheets, currency);
        for (var i = 0; i < sheets.Count; i++)
        {
            using var part = archive.CreateEntry($"xl/worksheets/sheet{i + 1}.xml", CompressionLevel.Fastest).Open();
            using var xml = XmlWriter.Create(part, new() { Encoding = new UTF8Encoding(false), CheckCharacters = true });
            Sheet(xml, sheets[i]);
        }
    }

    private static void Frame(ZipArchive archive, IReadOnlyList<BookSheet> sheets, string currency)
    {
        var numbers = Enumerable.Range(1, sheets.Count).ToList();
        var types = string.Concat(numbers.Select(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""));
        var relations = string.Concat(numbers.Select(n => $"""<Relationship Id="rId{n}" Type="{XlsxParts.Office}/worksheet" Target="worksheets/sheet{n}.xml"/>"""));
        var tabs = string.Concat(numbers.Select(n => $"""<sheet name="{SecurityElement.Escape(XlsxParts.SheetName(sheets[n - 1].Name))}" sheetId="{n}" r:id="rId{n}"/>"""));
        XlsxParts.Part(archive, "[Content_Types].xml",
            $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{types}</Types>""");
        XlsxParts.Part(archive, "_rels/.rels", $"""<Relationships xmlns="{XlsxParts.Relations}"><Relationship Id="rId1" Type="{XlsxParts.Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        XlsxParts.Part(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{XlsxParts.Relations}">{relations}<Relationship Id="rId{sheets.Count + 1}" Type="{XlsxParts.Office}/styles" Target="styles.xml"/></Relationships>""");
        XlsxParts.Part(archive, "xl/workbook.xml", $"""<workbook xmlns="{XlsxParts.Main}" xmlns:r="{XlsxParts.Office}"><sheets>{tabs}</sheets></workbook>""");
        XlsxParts.Part(archive, "xl/styles.xml",
            $"""<styleSheet xmlns="{XlsxParts.Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;{currency}&quot;"/></numFmts><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>""");
    }

    private static void Sheet(XmlWriter xml, BookSheet sheet)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("worksheet", XlsxParts.Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="2" topLeftCell="B3" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="14" defaultRowHeight="15"/><cols><col min="1" max="1" width="28" customWidth="1"/></cols>""");
        xml.WriteStartElement("sheetData");
        Row(xml, [sheet.Title], Title);
        Row(xml, [.. sheet.Heads], Strong);
        foreach (var row in sheet.Rows)
        {
            Row(xml, row, null);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Row(XmlWriter xml, IReadOnlyList<object?> values, string? style)
    {
        xml.WriteStartElement("row");
        foreach (var value in values)
        {
            Cell(xml, value, style);
        }

        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, object? value, string? style)
    {
        switch (value)
        {
            case null or MoneyCell { Amount: null } or DecimalCell { Value: null }:
                XlsxParts.Empty(xml, style);
                break;
            case StrongCell strong:
                Cell(xml, strong.Value, Strong);
                break;
            case MoneyCell { Amount: { } amount }:
                XlsxParts.Number(xml, amount, Money);
                break;
            case DecimalCell { Value: { } figure }:
                XlsxParts.Number(xml, figure, TwoDecimals);
                break;
            case decimal or int or long:
                XlsxParts.Number(xml, value, style);
                break;
            default:
                XlsxParts.Text(xml, SheetWriter.Harmless(value.ToString() ?? ""), style);
                break;
        }
    }
}

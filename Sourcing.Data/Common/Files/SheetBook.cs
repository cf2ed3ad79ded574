using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using System.Xml;

namespace Sourcing.Data.Common.Files;

/// <summary>A sheet of a book: the title in the first row, heads in the second, then rows. The first column and both rows stay in view. Printed on A4 across, as wide as the page.</summary>
/// <param name="Name">Of the tab: at most 31 characters, once in a book.</param>
/// <param name="Rows">Text, numbers, null, or one of the cells below.</param>
public sealed record BookSheet(string Name, string Title, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Columns, from 1, whose heads are turned and that are narrow: those of a matrix. Null for none.</summary>
    public (int First, int Last)? Turned { get; init; }

    /// <summary>What stands at the foot of each printed page; at most 200 characters.</summary>
    public string Foot { get; init; } = "";

    /// <summary>Drawn from figures of the same sheet.</summary>
    public IReadOnlyList<BookChart> Charts { get; init; } = [];
}

/// <summary>An amount in the currency of the book, shown with two decimals.</summary>
/// <param name="Amount">Null leaves the cell empty.</param>
public sealed record MoneyCell(decimal? Amount);

/// <summary>A figure shown with two decimals.</summary>
/// <param name="Value">Null leaves the cell empty.</param>
public sealed record DecimalCell(decimal? Value);

/// <summary>A line between others: bold.</summary>
public sealed record StrongCell(object? Value);

/// <summary>A cell with a colour; what it says is never said by the colour alone.</summary>
public sealed record TintCell(object? Value, Tint Tint);

/// <summary>Colours of cells.</summary>
public enum Tint
{
    /// <summary>A cell of a matrix with nothing in it.</summary>
    Zero,

    /// <summary>Three depths of a matrix.</summary>
    Light,
    Middle,
    Deep,

    /// <summary>The diagonal of a matrix.</summary>
    Blank,
    Green,
    Amber,
    Red,
    Grey,

    /// <summary>Red figures: a change for the worse.</summary>
    Worse,
}

/// <summary>
/// Writes several small sheets as one XLSX file. Text that a spreadsheet would take for a formula is made harmless, as <see cref="SheetWriter"/> does it. For lists of any
/// length there is <see cref="SheetWriter"/>.
/// </summary>
public static class SheetBook
{
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
        var charts = 0;
        for (var i = 0; i < sheets.Count; i++)
        {
            using (var part = archive.CreateEntry($"xl/worksheets/sheet{i + 1}.xml", CompressionLevel.Fastest).Open())
            using (var xml = XmlWriter.Create(part, new() { Encoding = new UTF8Encoding(false), CheckCharacters = true }))
            {
                Sheet(xml, sheets[i]);
            }

            if (sheets[i].Charts.Count > 0)
            {
                XlsxParts.Part(archive, $"xl/worksheets/_rels/sheet{i + 1}.xml.rels", $"""<Relationships xmlns="{XlsxParts.Relations}"><Relationship Id="rId1" Type="{XlsxParts.Office}/drawing" Target="../drawings/drawing{i + 1}.xml"/></Relationships>""");
                SheetCharts.Write(archive, sheets[i], i + 1, charts);
                charts += sheets[i].Charts.Count;
            }
        }
    }

    private static void Frame(ZipArchive archive, IReadOnlyList<BookSheet> sheets, string currency)
    {
        var numbers = Enumerable.Range(1, sheets.Count).ToList();
        var types = string.Concat(numbers.Select(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""))
            + string.Concat(numbers.Where(n => sheets[n - 1].Charts.Count > 0).Select(n => $"""<Override PartName="/xl/drawings/drawing{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>"""))
            + string.Concat(Enumerable.Range(1, sheets.Sum(s => s.Charts.Count)).Select(n => $"""<Override PartName="/xl/charts/chart{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>"""));
        var relations = string.Concat(numbers.Select(n => $"""<Relationship Id="rId{n}" Type="{XlsxParts.Office}/worksheet" Target="worksheets/sheet{n}.xml"/>"""));
        var tabs = string.Concat(numbers.Select(n => $"""<sheet name="{SecurityElement.Escape(XlsxParts.SheetName(sheets[n - 1].Name))}" sheetId="{n}" r:id="rId{n}"/>"""));
        // Title, heads and first column come again on each printed page.
        var names = string.Concat(numbers.Select(n => $"""<definedName name="_xlnm.Print_Titles" localSheetId="{n - 1}">{SecurityElement.Escape(Quoted(sheets[n - 1]))}!$A:$A,{SecurityElement.Escape(Quoted(sheets[n - 1]))}!$1:$2</definedName>"""));
        XlsxParts.Part(archive, "[Content_Types].xml",
            $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{types}</Types>""");
        XlsxParts.Part(archive, "_rels/.rels", $"""<Relationships xmlns="{XlsxParts.Relations}"><Relationship Id="rId1" Type="{XlsxParts.Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        XlsxParts.Part(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{XlsxParts.Relations}">{relations}<Relationship Id="rId{sheets.Count + 1}" Type="{XlsxParts.Office}/styles" Target="styles.xml"/></Relationships>""");
        XlsxParts.Part(archive, "xl/workbook.xml", $"""<workbook xmlns="{XlsxParts.Main}" xmlns:r="{XlsxParts.Office}"><sheets>{tabs}</sheets><definedNames>{names}</definedNames></workbook>""");
        XlsxParts.Part(archive, "xl/styles.xml", SheetStyles.Xml(currency));
    }

    /// <summary>The tab's name as a reference begins.</summary>
    internal static string Quoted(BookSheet sheet) => $"'{XlsxParts.SheetName(sheet.Name)}'";

    private static void Sheet(XmlWriter xml, BookSheet sheet)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("worksheet", XlsxParts.Main);
        xml.WriteAttributeString("xmlns", "r", null, XlsxParts.Office);
        xml.WriteRaw("""<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="2" topLeftCell="B3" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="14" defaultRowHeight="15"/>""");
        xml.WriteRaw($"""<cols><col min="1" max="1" width="28" customWidth="1"/>{(sheet.Turned is { } turned ? $"<col min=\"{turned.First}\" max=\"{turned.Last}\" width=\"4.7\" customWidth=\"1\"/>" : "")}</cols>""");
        xml.WriteStartElement("sheetData");
        Row(xml, [sheet.Title], SheetStyles.Title);
        Heads(xml, sheet);
        foreach (var row in sheet.Rows)
        {
            Row(xml, row, null);
        }

        xml.WriteEndElement();
        var foot = SecurityElement.Escape(XlsxParts.Printable(sheet.Foot).Replace("&", "&&", StringComparison.Ordinal));
        xml.WriteRaw("""<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>""");
        xml.WriteRaw($"<headerFooter><oddFooter>&amp;L{foot}&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>");
        xml.WriteRaw(sheet.Charts.Count > 0 ? """<drawing r:id="rId1"/>""" : "");
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Heads(XmlWriter xml, BookSheet sheet)
    {
        xml.WriteStartElement("row");
        var height = sheet.Turned is null ? 30 : 112;
        xml.WriteAttributeString("ht", height.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("customHeight", "1");
        for (var i = 0; i < sheet.Heads.Count; i++)
        {
            Cell(xml, sheet.Heads[i], sheet.Turned is { } turned && i + 1 >= turned.First && i + 1 <= turned.Last ? SheetStyles.Turned : i == 0 ? SheetStyles.FirstHead : SheetStyles.Head);
        }

        xml.WriteEndElement();
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
                Cell(xml, strong.Value, SheetStyles.Strong);
                break;
            case TintCell tinted:
                Cell(xml, tinted.Value, SheetStyles.Of(tinted.Tint));
                break;
            case MoneyCell { Amount: { } amount }:
                XlsxParts.Number(xml, amount, style == SheetStyles.Strong ? SheetStyles.StrongMoney : SheetStyles.Money);
                break;
            case DecimalCell { Value: { } figure }:
                XlsxParts.Number(xml, figure, style == SheetStyles.Strong ? SheetStyles.StrongDecimals : SheetStyles.Decimals);
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

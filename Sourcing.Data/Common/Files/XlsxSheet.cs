using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Sourcing.Data.Common.Files;

/// <summary>
/// Writes the parts of the package one after the other into the archive. The library's own writer keeps the sheet in memory
/// until it is closed, which a million rows do not forgive.
/// </summary>
internal sealed class XlsxSheet : SheetWriter
{
    private const string Main = XlsxParts.Main;
    private const string Relations = XlsxParts.Relations;
    private const string Office = XlsxParts.Office;
    private const int LastRow = 1_048_576;
    private const string HeadStyle = "1";
    private const string DateStyle = "2";
    private const string MomentStyle = "3";
    private const string OpenStyle = "4";
    private const string OpenDateStyle = "5";

    private readonly ZipArchive _archive;
    private readonly Stream _part;
    private readonly XmlWriter _xml;
    private readonly IReadOnlyList<CellRule>? _rules;
    private int _row;

    /// <param name="rules">Of a form; null for a sheet that is not protected.</param>
    public XlsxSheet(Stream to, string title, TimeZoneInfo zone, IReadOnlyList<CellRule>? rules = null) : base(zone)
    {
        _rules = rules;
        _archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        XlsxParts.Part(_archive, "[Content_Types].xml",
            """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """);
        XlsxParts.Part(_archive, "_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        XlsxParts.Part(_archive, "xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
        XlsxParts.Part(_archive, "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{System.Security.SecurityElement.Escape(XlsxParts.SheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        XlsxParts.Part(_archive, "xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF8DC"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf fillId="2" applyFill="1" applyProtection="1"><protection locked="0"/></xf><xf numFmtId="14" fillId="2" applyNumberFormat="1" applyFill="1" applyProtection="1"><protection locked="0"/></xf></cellXfs></styleSheet>""");

        _part = _archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _xml = XmlWriter.Create(_part, new() { Encoding = new UTF8Encoding(false), CheckCharacters = true });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("worksheet", Main);
        _xml.WriteRaw($"""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/>""");
        _xml.WriteStartElement("sheetData");
    }

    public override void Head(IReadOnlyList<string> heads)
    {
        Begin();
        foreach (var head in heads)
        {
            XlsxParts.Text(_xml, Harmless(head), HeadStyle);
        }

        _xml.WriteEndElement();
    }

    public override void Row(IReadOnlyList<object?> values)
    {
        Begin();
        foreach (var value in values)
        {
            if (value is OpenCell open)
            {
                Cell(open.Value, OpenStyle, OpenDateStyle);
            }
            else
            {
                Cell(value, null, DateStyle);
            }
        }

        _xml.WriteEndElement();
    }

    private protected override void Finish()
    {
        _xml.WriteEndElement();
        if (_rules is not null)
        {
            // Locked are the cells alone: people may widen a column to read.
            _xml.WriteRaw("""<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>""");
            Rules(_rules);
        }

        _xml.WriteEndElement();
        _xml.WriteEndDocument();
        _xml.Dispose();
        _part.Dispose();
        _archive.Dispose();
    }

    private void Begin()
    {
        if (++_row > LastRow)
        {
            throw new RefusedException($"An XLSX file holds {LastRow - 1:N0} rows, and there are more. Narrow the filter, or export as CSV.");
        }

        _xml.WriteStartElement("row");
    }

    // In the order in which the sheet's grammar wants them: after the rows and their protection.
    private void Rules(IReadOnlyList<CellRule> rules)
    {
        if (rules.Count == 0)
        {
            return;
        }

        _xml.WriteStartElement("dataValidations", Main);
        foreach (var rule in rules)
        {
            var (type, comparison, from, to) = rule.Kind switch
            {
                CellRuleKind.NumberAbove => ("decimal", "greaterThan", Plain(rule.From), null),
                CellRuleKind.NumberFrom => ("decimal", "greaterThanOrEqual", Plain(rule.From), null),
                CellRuleKind.Whole => ("whole", "between", Plain(rule.From), Plain(rule.To)),
                CellRuleKind.DayFrom => ("date", "greaterThanOrEqual", Plain((decimal)rule.Day.ToDateTime(TimeOnly.MinValue).ToOADate()), null),
                CellRuleKind.Choice => ("list", null, $"\"{string.Join(',', rule.Choices).Replace("\"", "\"\"", StringComparison.Ordinal)}\"", null),
                _ => ("textLength", "lessThanOrEqual", Plain(rule.To), (string?)null),
            };
            _xml.WriteStartElement("dataValidation", Main);
            _xml.WriteAttributeString("type", type);
            if (comparison is not null)
            {
                _xml.WriteAttributeString("operator", comparison);
            }

            _xml.WriteAttributeString("allowBlank", "1");
            _xml.WriteAttributeString("showErrorMessage", "1");
            _xml.WriteAttributeString("errorTitle", rule.Title);
            _xml.WriteAttributeString("error", rule.Message);
            _xml.WriteAttributeString("sqref", rule.Cells);
            _xml.WriteElementString("formula1", Main, from);
            if (to is not null)
            {
                _xml.WriteElementString("formula2", Main, to);
            }

            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private void Cell(object? value, string? style, string dateStyle)
    {
        switch (value)
        {
            case null:
                _xml.WriteStartElement("c");
                Style(style);
                _xml.WriteEndElement();
                break;
            // A spreadsheet's days begin in 1900; what lies before stays text.
            case DateOnly date when date.Year >= 1901:
                XlsxParts.Number(_xml, date.ToDateTime(TimeOnly.MinValue).ToOADate(), dateStyle);
                break;
            case DateOnly date:
                XlsxParts.Text(_xml, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), style);
                break;
            case DateTimeOffset moment when moment.Year >= 1901:
                XlsxParts.Number(_xml, InZone(moment).DateTime.ToOADate(), MomentStyle);
                break;
            case decimal or int or long or short or double or float:
                XlsxParts.Number(_xml, value, style);
                break;
            default:
                XlsxParts.Text(_xml, TextOf(value), style);
                break;
        }
    }

    private void Style(string? style)
    {
        if (style is not null)
        {
            _xml.WriteAttributeString("s", style);
        }
    }
}

using System.Globalization;
using System.Text;
using System.Xml;

namespace Sourcing.Data.Chapters.Files;

/// <summary>
/// SpreadsheetML of 2003: XML, with a lone CR between lines, sparse rows and cells (ss:Index), merged cells (ss:MergeAcross) and styles by name. Read in
/// one pass. Document types are forbidden. The sheet "Report" is taken, or the first that holds something.
/// </summary>
internal sealed class XmlSheet
{
    private const string Names = "urn:schemas-microsoft-com:office:spreadsheet";
    private readonly XmlReader _xml;
    private readonly Dictionary<string, (bool? IsBold, string? Parent)> _styles = [];
    private readonly List<(int First, int Last)> _boldColumns = [];
    private SheetBuilder _rows = new();
    private int _row;
    private int _column;
    private bool? _isRowBold;

    private XmlSheet(XmlReader xml) => _xml = xml;

    /// <exception cref="FileRejectedException">The XML is broken, is no spreadsheet, or is beyond the limits.</exception>
    public static Sheet Read(byte[] content)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = false, MaxCharactersInDocument = 4 * FileLimits.Bytes };
            using var xml = XmlReader.Create(new MemoryStream(content, writable: false), settings);
            return new XmlSheet(xml).Read();
        }
        catch (XmlException fault)
        {
            throw new FileRejectedException(IssueCode.XmlBad, fault.Message.Contains("DTD", StringComparison.Ordinal) ? "The file holds a document type, which no report has, so it is not read."
                : $"The XML inside is broken in line {fault.LineNumber:N0}, column {fault.LinePosition:N0}.", "Export the report again, or open it in a spreadsheet program and save it as .xlsx.");
        }
    }

    private Sheet Read()
    {
        Sheet? first = null;
        _xml.MoveToContent();
        if (_xml.LocalName != "Workbook")
        {
            throw new FileRejectedException(IssueCode.FileType, "Inside is XML, but not a spreadsheet.", "Export the report as a spreadsheet (.xls or .xlsx).");
        }

        while (_xml.Read())
        {
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (_xml.LocalName == "Style")
            {
                ReadStyle();
            }
            else if (_xml.LocalName == "Worksheet")
            {
                var name = Attribute("Name") ?? "";
                var sheet = ReadSheet(name);
                if (name.Equals("Report", StringComparison.OrdinalIgnoreCase) && sheet.Rows.Count > 0)
                {
                    return sheet;
                }

                first ??= sheet.Rows.Count > 0 ? sheet : null;
            }
        }

        return first ?? new(SheetContainer.Xml, "", []);
    }

    private void ReadStyle()
    {
        var (id, parent) = (Attribute("ID") ?? "", Attribute("Parent"));
        bool? bold = null;
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "Font")
                {
                    bold = Attribute("Bold") is { } value ? value is "1" or "true" : bold;
                }
            }
        }

        _styles[id] = (bold, parent);
    }

    // Null without a style: then the row's counts, and then the column's. A style that says nothing of bold is not bold.
    private bool? IsBold(string? style)
    {
        var isStyled = style is not null;
        for (var depth = 0; style is not null && depth < 8 && _styles.TryGetValue(style, out var found); depth++)
        {
            if (found.IsBold is { } known)
            {
                return known;
            }

            style = found.Parent;
        }

        return isStyled ? false : null;
    }

    private Sheet ReadSheet(string name)
    {
        (_rows, _row) = (new(), 0);
        _boldColumns.Clear();
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            var nextColumn = 0;
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "Column")
                {
                    var first = Number("Index") - 1 ?? nextColumn;
                    nextColumn = first + 1 + (Number("Span") ?? 0);
                    if (first < FileLimits.Columns && IsBold(Attribute("StyleID")) == true && _boldColumns.Count < FileLimits.Columns)
                    {
                        _boldColumns.Add((first, nextColumn - 1));
                    }
                }
                else if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "Row")
                {
                    ReadRow();
                }
            }
        }

        return new(SheetContainer.Xml, name, _rows.Rows);
    }

    private void ReadRow()
    {
        _row = Number("Index") ?? _row + 1;
        var span = Number("Span") ?? 0;
        (_column, _isRowBold) = (0, IsBold(Attribute("StyleID")));
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "Cell")
                {
                    ReadCell();
                }
            }
        }

        _rows.EndRow(_row);
        _row += span;
    }

    private void ReadCell()
    {
        _column = Number("Index") - 1 ?? _column;
        var (at, merged) = (_column, Number("MergeAcross") ?? 0);
        var bold = IsBold(Attribute("StyleID")) ?? _isRowBold ?? _boldColumns.Any(c => c.First <= at && at <= c.Last);
        var (text, type) = (new StringBuilder(), "String");
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            var (inData, boldText) = (false, false);
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element)
                {
                    // A comment holds data as well, one level deeper: it is no content.
                    inData = _xml.Depth == depth + 1 ? _xml.LocalName == "Data" : inData;
                    type = _xml.Depth == depth + 1 && inData ? Attribute("Type") ?? type : type;
                    boldText |= inData && _xml.LocalName == "B";
                }
                else if (inData && _xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace))
                {
                    text.Append(_xml.Value);
                }
            }

            bold |= boldText;
        }

        _rows.Cell(_row, at, Plain(text.ToString(), type), bold, type == "Number");
        _column = at + 1 + merged;
    }

    private static string Plain(string text, string type) =>
        type == "DateTime" && DateTime.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : text;

    private string? Attribute(string name) => _xml.GetAttribute(name, Names) ?? _xml.GetAttribute(name);

    private int? Number(string name) => int.TryParse(Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 10_000_000 ? value : null;
}

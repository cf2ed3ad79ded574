using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Sourcing.Data.Chapters.Files;

/// <summary>The cells of one sheet of an XLSX that are bold. Values are read elsewhere; only styles are looked at here, after the guard has passed the file.</summary>
internal static class XlsxBold
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };

    /// <summary>Row from 1, column from 0.</summary>
    public static HashSet<(int Row, int Column)> Read(byte[] content, string sheet)
    {
        using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        var bold = BoldFormats(zip);
        if (bold.Count == 0 || PartOf(zip, sheet) is not { } part)
        {
            return [];
        }

        var cells = new HashSet<(int, int)>();
        using var xml = XmlReader.Create(part.Open(), Settings);
        var (row, column) = (0, 0);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                (row, column) = (Number(xml.GetAttribute("r")) ?? row + 1, 0);
            }
            else if (xml.LocalName == "c")
            {
                column = ColumnOf(xml.GetAttribute("r")) ?? column;
                if (bold.Contains(Number(xml.GetAttribute("s")) ?? 0))
                {
                    cells.Add((row, column));
                }

                column++;
            }
        }

        return cells;
    }

    // Places in cellXfs whose font is bold.
    private static HashSet<int> BoldFormats(ZipArchive zip)
    {
        var (fonts, formats) = (new List<bool>(), new HashSet<int>());
        if (Entry(zip, "xl/styles.xml") is not { } styles)
        {
            return formats;
        }

        using var xml = XmlReader.Create(styles.Open(), Settings);
        var (section, format) = ("", 0);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            section = xml.Depth == 1 ? xml.LocalName : section;
            if (section == "fonts" && xml.Depth == 2)
            {
                fonts.Add(false);
            }
            else if (section == "fonts" && xml.LocalName == "b" && fonts.Count > 0)
            {
                fonts[^1] = xml.GetAttribute("val") is not ("0" or "false");
            }
            else if (section == "cellXfs" && xml.Depth == 2)
            {
                if (Number(xml.GetAttribute("fontId")) is { } font && font < fonts.Count && fonts[font])
                {
                    formats.Add(format);
                }

                format++;
            }
        }

        return formats;
    }

    private static ZipArchiveEntry? PartOf(ZipArchive zip, string sheet)
    {
        string? relation = null;
        if (Entry(zip, "xl/workbook.xml") is not { } book || Entry(zip, "xl/_rels/workbook.xml.rels") is not { } relations)
        {
            return null;
        }

        using (var xml = XmlReader.Create(book.Open(), Settings))
        {
            while (relation is null && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet" && xml.GetAttribute("name") == sheet)
                {
                    relation = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
                }
            }
        }

        using var links = XmlReader.Create(relations.Open(), Settings);
        while (links.Read())
        {
            if (links.NodeType == XmlNodeType.Element && links.LocalName == "Relationship" && links.GetAttribute("Id") == relation && links.GetAttribute("Target") is { } target)
            {
                return Entry(zip, target.StartsWith('/') ? target[1..] : "xl/" + target);
            }
        }

        return null;
    }

    private static ZipArchiveEntry? Entry(ZipArchive zip, string name) => zip.Entries.FirstOrDefault(e => e.FullName.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    // "AB12" is column 27.
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (c is < 'A' or > 'Z' || column > 100_000)
            {
                break;
            }

            column = (column * 26) + (c - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Sourcing.Data.Common.Files;

/// <summary>What every XLSX file is put together from.</summary>
internal static class XlsxParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int LongestText = 32_767;

    /// <summary>The name without what a sheet's may not have, at most 31 characters.</summary>
    public static string SheetName(string title)
    {
        var name = new string([.. SheetWriter.Harmless(title).Where(c => !"[]*?:/\\'".Contains(c, StringComparison.Ordinal) && !char.IsControl(c))]);
        return name.Length == 0 ? "Sheet" : name.Length > 31 ? name[..31] : name;
    }

    /// <summary>Without what a file may not hold.</summary>
    public static string Printable(string text) => new([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);

    public static void Number(XmlWriter xml, object value, string? style)
    {
        xml.WriteStartElement("c");
        Style(xml, style);
        xml.WriteElementString("v", ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <param name="text">Made harmless before.</param>
    public static void Text(XmlWriter xml, string text, string? style)
    {
        xml.WriteStartElement("c");
        Style(xml, style);
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(text.Length > LongestText ? text[..(LongestText - 1)] + "…" : text);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static void Empty(XmlWriter xml, string? style)
    {
        xml.WriteStartElement("c");
        Style(xml, style);
        xml.WriteEndElement();
    }

    public static void Part(ZipArchive archive, string name, string content)
    {
        using var part = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + content));
    }

    private static void Style(XmlWriter xml, string? style)
    {
        if (style is not null)
        {
            xml.WriteAttributeString("s", style);
        }
    }
}

using System.Text;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Reading;

/// <summary>What a file turned out to be, whatever its name says.</summary>
public enum TableFormat
{
    Delimited,
    Xlsx,
    Xls,
}

/// <summary>How a file is to be opened again: found once, kept with the import.</summary>
/// <param name="Format">By its first bytes.</param>
/// <param name="CodePage">Of text; 0 for spreadsheets.</param>
/// <param name="Delimiter">Of text; a blank for spreadsheets.</param>
/// <param name="Sheet">Of spreadsheets; null for text.</param>
/// <param name="Sheets">The sheets to choose from.</param>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record TableShape(TableFormat Format, int CodePage, char Delimiter, string? Sheet, IReadOnlyList<string> Sheets)
{
    /// <summary>The row in which the heads begin, as a spreadsheet numbers it; 0 for the first that is not blank.</summary>
    public int HeadRow { get; init; }

    /// <summary>Rows that the heads take: 1 to 3.</summary>
    public int HeadRows { get; init; } = 1;

    /// <summary>For people: "Windows-1252, semicolons".</summary>
    public string Description => Format switch
    {
        TableFormat.Delimited => $"{CodePage switch { 65001 => "UTF-8", 1200 or 1201 => "UTF-16", _ => "Windows-1252" }}, {Delimiter switch { ';' => "semicolons", '\t' => "tabs", '|' => "bars", _ => "commas" }}",
        _ => $"{Format.ToString().ToUpperInvariant()}, sheet “{Sheet}”",
    };
}

/// <summary>Opens a table in a file: finds out what it is by its content, refuses what is none.</summary>
public static class TableFile
{
    private static readonly (byte[] Start, string What)[] Foreign =
    [
        ("%PDF"u8.ToArray(), "a PDF"),
        ([0x89, 0x50, 0x4E, 0x47], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ("GIF8"u8.ToArray(), "a picture"),
        ("MZ"u8.ToArray(), "a program"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ([0x1F, 0x8B], "a packed file"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a packed file"),
        ("Rar!"u8.ToArray(), "a packed file"),
        ("{\\rtf"u8.ToArray(), "a text document"),
        ("SQLite"u8.ToArray(), "a database"),
    ];

    static TableFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Finds out how to read the file.</summary>
    /// <param name="path">On this machine.</param>
    /// <param name="name">As the user called it: its ending must agree with the content.</param>
    /// <exception cref="RefusedException">It is no table, is mislabelled, or is beyond the limits.</exception>
    public static TableShape Inspect(string path, string name) => WithHead(path, InspectContent(path, name));

    /// <summary>The same with the row in which the heads stand.</summary>
    public static TableShape WithHead(string path, TableShape shape)
    {
        using var reader = Open(path, shape);
        return shape with { HeadRow = HeadFinder.Find(reader), HeadRows = 1 };
    }

    private static TableShape InspectContent(string path, string name)
    {
        using var file = File.OpenRead(path);
        var start = new byte[512];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        var head = start.AsSpan(0, length);
        if (length == 0)
        {
            throw new RefusedException("The file is empty.");
        }

        var format = Format(head);
        DemandName(format, Path.GetExtension(name).ToLowerInvariant());
        if (format == TableFormat.Delimited)
        {
            return InspectText(file, head);
        }

        if (file.Length > ReadingLimits.SpreadsheetBytes)
        {
            throw new RefusedException($"A spreadsheet may have {ReadingLimits.SpreadsheetBytes >> 20} MB. Save the sheet as CSV, which may have {ReadingLimits.FileBytes >> 20} MB.");
        }

        if (format == TableFormat.Xlsx)
        {
            SpreadsheetGuard.Demand(file);
        }

        using var reader = new SpreadsheetReader(file, null);
        return new(format, 0, ' ', reader.Sheet, reader.Sheets);
    }

    /// <summary>Opens what was inspected, at its first row.</summary>
    public static TableReader Open(string path, TableShape shape)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);
        return shape.Format == TableFormat.Delimited
            ? new DelimitedReader(file, Encoding.GetEncoding(shape.CodePage), shape.Delimiter)
            : new SpreadsheetReader(file, shape.Sheet);
    }

    private static TableFormat Format(ReadOnlySpan<byte> head)
    {
        foreach (var (sign, what) in Foreign)
        {
            if (head.StartsWith(sign))
            {
                throw new RefusedException($"This is {what}, not a table. Upload CSV, XLSX or XLS.");
            }
        }

        return head.StartsWith("PK"u8) ? TableFormat.Xlsx
            : head is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] ? TableFormat.Xls
            : TableFormat.Delimited;
    }

    private static void DemandName(TableFormat format, string ending)
    {
        TableFormat[] expected = ending switch
        {
            ".xlsx" or ".xlsm" => [TableFormat.Xlsx],
            ".xls" => [TableFormat.Xls],
            ".csv" or ".tsv" or ".txt" or ".tab" => [TableFormat.Delimited],
            _ => throw new RefusedException($"Files ending in “{(ending.Length is 0 or > 20 ? "nothing" : ending)}” are not read. Upload CSV, TSV, TXT, XLSX or XLS."),
        };
        if (!expected.Contains(format))
        {
            var isIn = format == TableFormat.Delimited ? "plain text" : format == TableFormat.Xlsx ? "a packed file, perhaps an XLSX" : "an old Office file, perhaps an XLS";
            throw new RefusedException($"The name ends in {ending}, but inside is {isIn}. Save it again in the right format, or mend its name.");
        }
    }

    private static TableShape InspectText(FileStream file, ReadOnlySpan<byte> head)
    {
        var encoding = TextSniffer.DetectEncoding(file);
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, 1024, leaveOpen: true);
        var start = new char[32 * 1024];
        var length = text.ReadBlock(start);
        var trimmed = start.AsSpan(0, length).TrimStart();
        if (trimmed.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || trimmed.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("<table", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException("Inside is a web page or a picture, not a table. Open it in a spreadsheet program and save it as XLSX or CSV.");
        }

        if (head.Count((byte)0) > head.Length / 8 && encoding.CodePage is 65001 or 1252)
        {
            throw new RefusedException("Inside is neither text nor a spreadsheet. Upload CSV, XLSX or XLS.");
        }

        return new(TableFormat.Delimited, encoding.CodePage, TextSniffer.DetectDelimiter(start.AsSpan(0, length)), null, []);
    }
}

using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Chapters.Files;

/// <summary>Opens a report by what is inside and not by what its name ends in.</summary>
internal static class SheetFile
{
    static SheetFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads the sheet.</summary>
    /// <exception cref="FileRejectedException">It is none, or beyond the limits.</exception>
    public static Sheet Read(byte[] content)
    {
        if (content.LongLength > FileLimits.Bytes)
        {
            throw new FileRejectedException(IssueCode.FileSize, $"The file has {content.LongLength >> 20:N0} MB; {FileLimits.Bytes >> 20} MB can be read.", "Export a shorter period.");
        }

        if (content.Length == 0)
        {
            throw new FileRejectedException(IssueCode.FileEmpty, "The file is empty.", "Export the report again.");
        }

        if (content.AsSpan().StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new FileRejectedException(IssueCode.FileType, "This is a spreadsheet in the binary format of old programs, which is not read.", "Open it in a spreadsheet program, save it as .xlsx, and upload that.");
        }

        var sheet = content.AsSpan().StartsWith("PK"u8) ? Xlsx(content) : LooksLikeXml(content) ? XmlSheet.Read(content) : Csv(content);
        return sheet.Rows.Count > 0 ? sheet : throw new FileRejectedException(IssueCode.FileEmpty, "The report holds no rows.", "Export it again, for a period with meetings.");
    }

    private static bool LooksLikeXml(byte[] content)
    {
        // Zero bytes are left out so that UTF-16 is seen as well.
        var start = new StringBuilder();
        foreach (var b in content.AsSpan(0, Math.Min(content.Length, 400)))
        {
            if (b is > 0 and < 128)
            {
                start.Append((char)b);
            }
        }

        var text = start.ToString().TrimStart();
        return text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<Workbook", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<ss:Workbook", StringComparison.OrdinalIgnoreCase);
    }

    private static Sheet Xlsx(byte[] content)
    {
        try
        {
            using (var file = new MemoryStream(content, writable: false))
            {
                SpreadsheetGuard.Demand(file);
            }

            string? report = null;
            using (var first = new SpreadsheetReader(new MemoryStream(content, writable: false), null))
            {
                report = first.Sheets.FirstOrDefault(s => s.Equals("Report", StringComparison.OrdinalIgnoreCase)) ?? first.Sheet;
            }

            var bold = XlsxBold.Read(content, report);
            using var reader = new SpreadsheetReader(new MemoryStream(content, writable: false), report);
            return Take(reader, SheetContainer.Xlsx, report, bold);
        }
        catch (RefusedException refusal)
        {
            throw new FileRejectedException(IssueCode.FileType, refusal.Message, "Save the report again as .xlsx and upload that.");
        }
        catch (Exception fault) when (fault is System.Xml.XmlException or InvalidDataException)
        {
            throw new FileRejectedException(IssueCode.XmlBad, "The spreadsheet is damaged and cannot be read.", "Open it in a spreadsheet program, save it again as .xlsx, and upload that.");
        }
    }

    private static Sheet Csv(byte[] content)
    {
        try
        {
            var encoding = TextSniffer.DetectEncoding(new MemoryStream(content, writable: false));
            var head = encoding.GetString(content, 0, Math.Min(content.Length, 64 * 1024));
            if (head.Count(c => c is < ' ' and not ('\t' or '\r' or '\n')) > head.Length / 50)
            {
                throw new FileRejectedException(IssueCode.FileType, "Inside is neither a spreadsheet nor a table of text.", "Export the report again as a spreadsheet (.xls or .xlsx).");
            }

            using var reader = new DelimitedReader(new MemoryStream(content, writable: false), encoding, TextSniffer.DetectDelimiter(head));
            return Take(reader, SheetContainer.Csv, "", []);
        }
        catch (RefusedException refusal)
        {
            throw new FileRejectedException(IssueCode.FileType, refusal.Message, "Export the report again as a spreadsheet (.xls or .xlsx).");
        }
    }

    private static Sheet Take(TableReader reader, SheetContainer container, string name, HashSet<(int Row, int Column)> bold)
    {
        var rows = new SheetBuilder();
        while (reader.Read())
        {
            for (var i = 0; i < reader.Count; i++)
            {
                rows.Cell(reader.Row, i, reader.Cell(i).ToString(), bold.Contains((reader.Row, i)), reader.IsNumber(i));
            }

            rows.EndRow(reader.Row);
        }

        return new(container, name, rows.Rows);
    }
}

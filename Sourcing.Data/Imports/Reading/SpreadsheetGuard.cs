using System.IO.Compression;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Reading;

/// <summary>
/// Looks into an XLSX before anything opens it: every part is unpacked once into nothing, by what it really holds and not by
/// what it claims, and the walk stops at the first limit.
/// </summary>
public static class SpreadsheetGuard
{
    private const int LargestEntries = 2_000;
    private const long LargestPart = 1024L * 1024 * 1024;
    private const long LargestSharedTexts = 64L * 1024 * 1024;
    private const long LargestRatio = 150;
    private const long RatioCountsFrom = 20L * 1024 * 1024;

    /// <summary>Refuses what is no XLSX, or one that would cost more than it can hold.</summary>
    /// <param name="file">Must be seekable; left at its start.</param>
    public static void Demand(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            DemandEntries(zip);
            foreach (var entry in zip.Entries)
            {
                DemandContent(entry);
            }
        }
        catch (InvalidDataException damaged)
        {
            throw new RefusedException("The file is damaged: its parts cannot be unpacked. Save it again as XLSX or CSV.", damaged);
        }

        file.Position = 0;
    }

    private static void DemandEntries(ZipArchive zip)
    {
        if (zip.Entries.Count > LargestEntries)
        {
            throw new RefusedException($"The file holds {zip.Entries.Count:N0} parts; a spreadsheet with up to {LargestEntries:N0} can be read. Save the one sheet as CSV.");
        }

        var names = zip.Entries.Select(e => e.FullName.Replace('\\', '/').TrimStart('/')).ToList();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
        {
            throw new RefusedException("The file holds the same part twice, so it is not clear which one counts. Save it again as XLSX or CSV.");
        }

        if (!names.Contains("[Content_Types].xml", StringComparer.OrdinalIgnoreCase) || !names.Contains("xl/workbook.xml", StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusedException("This is a packed file, not an XLSX spreadsheet. Unpack it and upload the table inside, as XLSX, XLS or CSV.");
        }

        if (names.Any(n => n.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase) || n.Equals("xl/connections.xml", StringComparison.OrdinalIgnoreCase)))
        {
            throw new RefusedException("The spreadsheet takes cells from other files, which are not here. Turn the links into values, or save the sheet as CSV.");
        }
    }

    private static void DemandContent(ZipArchiveEntry entry)
    {
        var isText = entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
        if (!isText)
        {
            return;
        }

        var limit = entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase) ? LargestSharedTexts : LargestPart;
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var content = entry.Open();
            var (total, start) = (0L, true);
            for (int read; (read = content.Read(buffer)) > 0; start = false)
            {
                total += read;
                if (start)
                {
                    DemandNoDefinitions(buffer.AsSpan(0, read));
                }

                if (total > limit || (total > RatioCountsFrom && total > LargestRatio * Math.Max(1, entry.CompressedLength)))
                {
                    throw new RefusedException("Unpacked, the spreadsheet is larger than can be read safely. Save the one sheet as CSV and upload that.");
                }
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A document type can only stand before the root element; zero bytes are left out so that UTF-16 hides nothing.
    private static void DemandNoDefinitions(ReadOnlySpan<byte> bytes)
    {
        Span<byte> plain = stackalloc byte[4096];
        var length = 0;
        foreach (var b in bytes)
        {
            if (b != 0)
            {
                plain[length++] = b;
            }

            if (length == plain.Length)
            {
                break;
            }
        }

        if (plain[..length].IndexOf("<!DOCTYPE"u8) >= 0 || plain[..length].IndexOf("<!ENTITY"u8) >= 0)
        {
            throw new RefusedException("The spreadsheet holds definitions that a spreadsheet program does not write, so it is not read. Save it again as XLSX or CSV.");
        }
    }
}

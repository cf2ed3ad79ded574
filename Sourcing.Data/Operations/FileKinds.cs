using System.IO.Compression;
using System.Text;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>A kind of file that may be attached.</summary>
/// <param name="Word">As said in a sentence.</param>
/// <param name="Extensions">With the dot; the first is proposed.</param>
public sealed record FileKind(string Word, string MediaType, IReadOnlyList<string> Extensions)
{
    /// <summary>The kinds, as told beside the upload.</summary>
    public const string Accepted = "PDF, PNG, JPEG, Excel (xlsx), Word (docx), CSV, text, DXF and STEP";

    /// <summary>For the browser's file dialog.</summary>
    public const string Extension = ".pdf,.png,.jpg,.jpeg,.xlsx,.docx,.csv,.txt,.dxf,.step,.stp";
}

/// <summary>
/// Says what a file is by its content, and refuses in words what is not wanted. A name's ending decides nothing by itself, but
/// must agree with the content; a file that is two things at once (a picture that is also an archive) is refused.
/// </summary>
public static class FileKinds
{
    private const int Head = 4096;
    private const int Tail = 66_000;

    private static readonly FileKind Pdf = new("a PDF document", "application/pdf", [".pdf"]);
    private static readonly FileKind Png = new("a PNG picture", "image/png", [".png"]);
    private static readonly FileKind Jpeg = new("a JPEG picture", "image/jpeg", [".jpg", ".jpeg"]);
    private static readonly FileKind Excel = new("an Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"]);
    private static readonly FileKind Word = new("a Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"]);
    private static readonly FileKind Csv = new("a CSV file", "text/csv", [".csv"]);
    private static readonly FileKind Text = new("a text file", "text/plain", [".txt"]);
    private static readonly FileKind Dxf = new("a DXF drawing", "image/vnd.dxf", [".dxf"]);
    private static readonly FileKind Step = new("a STEP model", "model/step", [".step", ".stp"]);

    private static readonly FileKind[] All = [Pdf, Png, Jpeg, Excel, Word, Csv, Text, Dxf, Step];

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>The bare name without path, control and direction characters; refuses names that no computer can keep.</summary>
    public static string SafeName(string name)
    {
        var bare = name.Replace('\\', '/').Split('/')[^1];
        bare = new string([.. bare.EnumerateRunes().Where(Printable).SelectMany(r => r.ToString())]).Trim(' ', '.');
        if (bare.Length == 0)
        {
            throw new RefusedException("The file has no name. Give it one and attach it again.");
        }

        if (Reserved.Contains(bare.Split('.')[0].Trim(), StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusedException($"A file cannot be called {bare}: Windows keeps that name for itself. Rename it and attach it again.");
        }

        if (bare.IndexOfAny([':', '*', '?', '"', '<', '>', '|']) >= 0)
        {
            throw new RefusedException($"The name {bare} has a character that files cannot have (: * ? \" < > |). Rename it and attach it again.");
        }

        var extension = Path.GetExtension(bare);
        return bare.Length <= 200 ? bare : bare[..(200 - Math.Min(extension.Length, 10))] + extension[..Math.Min(extension.Length, 10)];
    }

    /// <summary>What the content is.</summary>
    /// <param name="name">A safe name.</param>
    /// <param name="content">Seekable; left at its beginning.</param>
    public static async Task<FileKind> RecogniseAsync(string name, Stream content, CancellationToken ct)
    {
        if (content.Length == 0)
        {
            throw new RefusedException($"{name} is empty. Attach it again from where you have it.");
        }

        var (head, tail) = (await ReadAsync(content, 0, Head, ct), await ReadAsync(content, Math.Max(0, content.Length - Tail), Tail, ct));
        var found = await FindAsync(name, head, tail, content, ct);
        content.Position = 0;
        var extension = Path.GetExtension(name).ToLowerInvariant();
        if (found.Extensions.Contains(extension))
        {
            return found;
        }

        var claimed = All.FirstOrDefault(k => k.Extensions.Contains(extension));
        throw new RefusedException(claimed is null
            ? $"{name} holds {found.Word}, but its name does not say so. Rename it to {Path.GetFileNameWithoutExtension(name)}{found.Extensions[0]} and attach it again."
            : $"{name} is not {claimed.Word}: it holds {found.Word}. Rename it to {Path.GetFileNameWithoutExtension(name)}{found.Extensions[0]} and attach it again.");
    }

    private static async Task<FileKind> FindAsync(string name, byte[] head, byte[] tail, Stream content, CancellationToken ct)
    {
        if (Starts(head, "PK\u0003\u0004"))
        {
            return Office(name, content);
        }

        var archive = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8) >= 0;
        if (archive || Starts(head, "PK") || Starts(head, "Rar!") || Starts(head, "7z\u00bc\u00af") || Starts(head, "\u001f\u008b"))
        {
            throw new RefusedException($"{name} is or contains an archive, and archives are not taken. Attach the files themselves.");
        }

        if (Starts(head, "%PDF-"))
        {
            return Pdf;
        }

        if (Starts(head, "\u0089PNG\r\n\u001a\n"))
        {
            return tail.AsSpan().EndsWith((byte[])[0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]) ? Png : throw Trailing(name, "picture");
        }

        if (Starts(head, "\u00ff\u00d8\u00ff"))
        {
            return tail.AsSpan().TrimEnd((byte)0).EndsWith((byte[])[0xff, 0xd9]) ? Jpeg : throw Trailing(name, "picture");
        }

        if (Starts(head, "MZ") || Starts(head, "\u007fELF") || Starts(head, "\u00ca\u00fe\u00ba\u00be") || Starts(head, "\u00cf\u00fa\u00ed\u00fe") || Starts(head, "#!"))
        {
            throw new RefusedException($"{name} is a program, and programs are not taken.");
        }

        if (Starts(head, "\u00d0\u00cf\u0011\u00e0"))
        {
            throw new RefusedException($"{name} is an old Office file, which can hold programs. Save it as .xlsx, .docx or PDF and attach that.");
        }

        return await TextAsync(name, head, content, ct);
    }

    private static async Task<FileKind> TextAsync(string name, byte[] head, Stream content, CancellationToken ct)
    {
        var wide = Starts(head, "\u00ff\u00fe") || Starts(head, "\u00fe\u00ff");
        if (!wide && await HasControlBytesAsync(content, ct))
        {
            throw new RefusedException($"{name} is of a kind that is not taken. Taken are {FileKind.Accepted}.");
        }

        var text = (wide ? head[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode : Encoding.UTF8).GetString(head).TrimStart('\ufeff', ' ', '\t', '\r', '\n');
        string[] markup = ["<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<?xml", "<?php", "<%", "javascript:", "mhtml:", "mime-version:"];
        if (markup.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase)))
        {
            throw new RefusedException($"{name} holds a web page, drawing or program that a browser could run (HTML, SVG, XML), and those are not taken. Save it as PDF or PNG and attach that.");
        }

        if (text.StartsWith("ISO-10303-21;", StringComparison.Ordinal))
        {
            return Step;
        }

        var lines = text.Split('\n', 4, StringSplitOptions.TrimEntries);
        if (lines is ["0", "SECTION", ..] or ["999", _, "0", ..])
        {
            return Dxf;
        }

        return Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? Csv : Text;
    }

    private static FileKind Office(string name, Stream content)
    {
        try
        {
            content.Position = 0;
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > 5_000 || zip.Entries.Sum(e => e.Length) > 500L * 1024 * 1024 || zip.Entries.Any(e => e.Length > 1024 * 1024 && e.Length / Math.Max(1, e.CompressedLength) > 200))
            {
                throw new RefusedException($"{name} unpacks to far more than a document should hold, so it was not taken.");
            }

            var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || n.Contains("activeX/", StringComparison.OrdinalIgnoreCase)))
            {
                throw new RefusedException($"{name} holds macros, and macros are not taken. Save it without them (.xlsx or .docx) and attach that.");
            }

            if (names.Count == zip.Entries.Count && names.Contains("[Content_Types].xml"))
            {
                if (names.Contains("xl/workbook.xml"))
                {
                    return Excel;
                }

                if (names.Contains("word/document.xml"))
                {
                    return Word;
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new RefusedException($"{name} is damaged: it cannot be opened. Attach it again from where you have it.");
        }

        throw new RefusedException($"{name} is an archive, and archives are not taken. Attach the files themselves.");
    }

    private static RefusedException Trailing(string name, string what) =>
        new($"{name} is cut short or holds something after its {what}. Open it, save it anew and attach that.");

    private static async Task<bool> HasControlBytesAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            if (buffer.AsSpan(0, read).ContainsAnyInRange((byte)0, (byte)8) || buffer.AsSpan(0, read).ContainsAnyInRange((byte)0x0e, (byte)0x19))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<byte[]> ReadAsync(Stream content, long from, int count, CancellationToken ct)
    {
        content.Position = from;
        var buffer = new byte[Math.Min(count, content.Length - from)];
        await content.ReadExactlyAsync(buffer, ct);
        return buffer;
    }

    private static bool Starts(byte[] head, string latin) => head.AsSpan().StartsWith(Encoding.Latin1.GetBytes(latin));

    private static bool Printable(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator) && rune != Rune.ReplacementChar;
}

using System.IO.Compression;
using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Tests.Operations;

public sealed class FileKindTests
{
    private static readonly byte[] Png =
        [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "IEND"u8, 0xae, 0x42, 0x60, 0x82];

    public static TheoryData<string, byte[], string> Wanted => new()
    {
        { "drawing.pdf", "%PDF-1.7\n..."u8.ToArray(), "application/pdf" },
        { "Photo.PNG", Png, "image/png" },
        { "photo.jpeg", [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9], "image/jpeg" },
        { "prices.csv", Encoding.UTF8.GetBytes("part;price\n1;2,50 €"), "text/csv" },
        { "latin.csv", Encoding.Latin1.GetBytes("Stück;Größe"), "text/csv" },
        { "wide.csv", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("a;b")], "text/csv" },
        { "note.txt", "a < b and b > c"u8.ToArray(), "text/plain" },
        { "plate.dxf", "0\nSECTION\n2\nHEADER"u8.ToArray(), "image/vnd.dxf" },
        { "gear.stp", "ISO-10303-21;\nHEADER;"u8.ToArray(), "model/step" },
        { "book.xlsx", Zip("[Content_Types].xml", "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "letter.docx", Zip("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    };

    public static TheoryData<string, byte[], string> Unwanted => new()
    {
        { "invoice.pdf", Png, "is not a PDF document: it holds a PNG picture. Rename it to invoice.png" },
        { "invoice", "%PDF-1.7"u8.ToArray(), "Rename it to invoice.pdf" },
        { "setup.pdf", "MZ\0\0"u8.ToArray(), "is a program" },
        { "run.txt", "#!/bin/sh\nrm"u8.ToArray(), "is a program" },
        { "tool.csv", [0x7f, .. "ELF"u8, 2, 1], "is a program" },
        { "logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), "HTML, SVG, XML" },
        { "logo.txt", "\u00ef\u00bb\u00bf  \n<SvG onload=alert(1)>"u8.ToArray(), "HTML, SVG, XML" },
        { "page.csv", "a;b\n1;<script>alert(1)</script>"u8.ToArray(), "HTML, SVG, XML" },
        { "files.zip", Zip("a.txt"), "archives are not taken" },
        { "nested.xlsx", Zip("inner.zip"), "archives are not taken" },
        { "macro.xlsx", Zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "holds macros" },
        { "twice.xlsx", Zip("[Content_Types].xml", "xl/workbook.xml", "xl/workbook.xml"), "archives are not taken" },
        { "bomb.xlsx", Bomb(), "unpacks to far more" },
        { "broken.xlsx", [.. "PK\u0003\u0004"u8, 1, 2, 3], "damaged" },
        { "old.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "old Office file" },
        { "both.png", [.. Png, .. Zip("evil.js")], "archive" },
        { "both.pdf", [.. "%PDF-1.4\n"u8, .. Zip("evil.class")], "archive" },
        { "tail.png", [.. Png, .. "<script>"u8], "holds something after its picture" },
        { "late.pdf", [.. new byte[10], .. "%PDF-1.4"u8], "kind that is not taken" },
        { "data.csv", [.. "a;b"u8, 0, 1], "kind that is not taken" },
        { "empty.pdf", [], "is empty" },
    };

    [Theory]
    [MemberData(nameof(Wanted))]
    public async Task What_is_wanted_is_recognised_by_its_content(string name, byte[] content, string mediaType) =>
        Assert.Equal(mediaType, (await FileKinds.RecogniseAsync(name, new MemoryStream(content), TestContext.Current.CancellationToken)).MediaType);

    [Theory]
    [MemberData(nameof(Unwanted))]
    public async Task What_is_hostile_or_mislabelled_is_refused_in_words(string name, byte[] content, string reason)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => FileKinds.RecogniseAsync(name, new MemoryStream(content), TestContext.Current.CancellationToken));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("..\\..\\x.pdf", "x.pdf")]
    [InlineData("C:\\Users\\b\\Drawing 1.pdf", "Drawing 1.pdf")]
    [InlineData("a\u0000b\u202efdp.txt\u200b", "abfdp.txt")]
    [InlineData("  spaced.pdf. ", "spaced.pdf")]
    public void A_name_loses_its_path_and_what_cannot_be_seen(string name, string expected) => Assert.Equal(expected, FileKinds.SafeName(name));

    [Theory]
    [InlineData("CON")]
    [InlineData("con.pdf")]
    [InlineData("Com1.tar.txt")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a|b.pdf")]
    public void A_name_that_no_computer_can_keep_is_refused(string name) => Assert.Throws<RefusedException>(() => FileKinds.SafeName(name));

    [Fact]
    public void A_name_of_a_megabyte_is_cut_and_keeps_its_ending() => Assert.Equal(200, FileKinds.SafeName(new string('x', 1_000_000) + ".pdf").Length);

    private static byte[] Zip(params string[] names)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("x"u8);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Bomb()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/workbook.xml").Open();
            entry.Write(new byte[20 * 1024 * 1024]);
        }

        return stream.ToArray();
    }
}

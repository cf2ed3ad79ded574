using System.IO.Compression;
using System.Text;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Web.Tests.Imports;

/// <summary>A file on disk for one test.</summary>
internal sealed class TestFile : IDisposable
{
    private TestFile(string name) => (Name, Path) = (name, System.IO.Path.Combine(System.IO.Path.GetTempPath(), "imports-test-" + Guid.CreateVersion7().ToString("N")));

    public string Name { get; }

    public string Path { get; }

    public static TestFile Bytes(byte[] content, string name = "file.csv")
    {
        var file = new TestFile(name);
        File.WriteAllBytes(file.Path, content);
        return file;
    }

    public static TestFile Text(string content, string name = "file.csv") => Bytes(Encoding.UTF8.GetBytes(content), name);

    public static TestFile Zip(params (string Name, string Content)[] entries) => Zip(entries, Encoding.UTF8);

    public static TestFile Zip((string Name, string Content)[] entries, Encoding encoding)
    {
        var file = new TestFile("file.xlsx");
        using var zip = new ZipArchive(File.Create(file.Path), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var part = zip.CreateEntry(name).Open();
            part.Write(encoding.GetBytes(content));
        }

        return file;
    }

    public static TestFile Xlsx(IReadOnlyList<string> heads, params IReadOnlyList<object?>[] rows)
    {
        var file = new TestFile("file.xlsx");
        using var content = File.Create(file.Path);
        using var sheet = SheetWriter.Xlsx(content, "Sheet", TimeZoneInfo.Utc);
        sheet.Head(heads);
        foreach (var row in rows)
        {
            sheet.Row(row);
        }

        return file;
    }

    /// <summary>A spreadsheet whose one sheet holds these rows, in XML.</summary>
    public static TestFile Sheet(string rows) => Zip(
        ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""),
        ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""),
        ("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""));

    /// <summary>A spreadsheet in the binary format of 1997 to 2003, as old programs write it: see <see cref="OldSpreadsheet"/>.</summary>
    public static TestFile Xls(params IReadOnlyList<object?>[] rows) => Bytes(OldSpreadsheet.Of(rows), "file.xls");

    /// <summary>Parts, as many as wanted.</summary>
    public static TestFile Generated(int rows)
    {
        var file = new TestFile("file.csv");
        using var text = new StreamWriter(file.Path);
        text.Write("Part number,Name,Type,Unit,Standard cost\n");
        for (var i = 0; i < rows; i++)
        {
            text.Write($"G-{i:000000},Part no. {i},component,pcs,{i % 1000}.25\n");
        }

        return file;
    }

    public static List<string[]> RowsOf(string content)
    {
        using var file = Text(content);
        return file.Rows();
    }

    public FileProfile Profile() => FileProfile.Read(Path, TableFile.Inspect(Path, Name), CancellationToken.None);

    public List<string[]> Rows()
    {
        using var reader = TableFile.Open(Path, TableFile.Inspect(Path, Name));
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.Count).Select(i => reader.Cell(i).ToString())]);
        }

        return rows;
    }

    public Stream Open() => File.OpenRead(Path);

    public void Dispose() => File.Delete(Path);
}

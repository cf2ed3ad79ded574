using System.Text;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class LinesTableTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public void Heads_may_stand_in_any_order_and_in_other_words()
    {
        var row = Assert.Single(LinesTable.FromText("Menge\tEinheit\tArtikel-Nr.\tBezeichnung\tPreis\tTermin\tBemerkung\n1.200,5\tkg\tCY-30\tGarn\t3,60\t31.12.2026\tKonen\n"));
        Assert.Equal(
            (2, "CY-30", "Garn", 1200.5m, "kg", 3.6m, new DateOnly(2026, 12, 31), "Konen"),
            (row.Row, row.Part, row.Text, row.Quantity, row.Unit, row.TargetPrice, row.NeedBy, row.Note));
        Assert.Empty(row.Problems);
    }

    [Fact]
    public void Without_heads_a_column_is_known_by_what_it_holds()
    {
        var rows = LinesTable.FromText("CY-30\tCombed yarn\t14,000\tkg\t3.60\t2026-12-31\turgent\nCY-40\tFine yarn\t900\tkg\t4.05\t2027-01-15\t");
        Assert.Equal(["CY-30", "CY-40"], rows.Select(r => r.Part));
        Assert.Equal(["Combed yarn", "Fine yarn"], rows.Select(r => r.Text));
        Assert.Equal([14000m, 900m], rows.Select(r => r.Quantity!.Value));
        Assert.Equal([3.6m, 4.05m], rows.Select(r => r.TargetPrice!.Value));
        Assert.Equal(["kg", "kg"], rows.Select(r => r.Unit));
        Assert.Equal("urgent", rows[0].Note);
        Assert.Equal(new DateOnly(2027, 1, 15), rows[1].NeedBy);
    }

    [Theory]
    [InlineData("Needles\t5", "Needles", 5)]
    [InlineData("Needles;5", "Needles", 5)]
    [InlineData("Needles\t1,200 kg", "Needles", 1200)]
    [InlineData("6204\t40", "6204", 40)]
    [InlineData("Needles\t0.25", "Needles", 0.25)]
    public void Two_columns_are_what_and_how_many(string text, string what, decimal quantity)
    {
        var row = Assert.Single(LinesTable.FromText(text));
        Assert.Equal((what, quantity), (row.Text, row.Quantity));
    }

    [Fact]
    public void A_lone_column_is_a_list_of_descriptions_even_with_commas()
    {
        var rows = LinesTable.FromText("Spare needles, sinkers and cams\r\nBelt\r\n\r\n");
        Assert.Equal(["Spare needles, sinkers and cams", "Belt"], rows.Select(r => r.Text));
        Assert.All(rows, r => Assert.Null(r.Quantity));
    }

    [Fact]
    public void A_unit_beside_its_quantity_in_one_cell_is_both()
    {
        var row = Assert.Single(LinesTable.FromText("Yarn\t1,200 kg"));
        Assert.Equal((1200m, "kg"), (row.Quantity, row.Unit));
    }

    [Fact]
    public void Cells_with_line_breaks_and_quotes_stay_one_cell()
    {
        var rows = LinesTable.FromText("\"Pipe 3/4\"\"\nblack\"\t12\tm\nBelt\t3\tpcs");
        Assert.Equal(["Pipe 3/4\"\nblack", "Belt"], rows.Select(r => r.Text));
        Assert.Equal(12, rows[0].Quantity);
    }

    [Theory]
    [InlineData("Yarn\tmany\nBelt\t3\nCone\t4", "\u201cmany\u201d is not a number")]
    [InlineData("part\tqty\tneed by\nYarn\t5\t2026-02-30", "is not a day of the calendar")]
    [InlineData("Yarn\t1e400\nBelt\t3\nCone\t4", "exponent")]
    [InlineData("Yarn\t-0\nBelt\t3\nCone\t4", "minus zero")]
    [InlineData("Yarn\tNaN\nBelt\t3\nCone\t4", "is not a number")]
    public void What_cannot_be_read_is_said_and_left_empty(string text, string problem)
    {
        var row = LinesTable.FromText(text)[0];
        Assert.Contains(problem, string.Join(" ", row.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "nothing in it")]
    [InlineData(" \n\t\n", "nothing in it")]
    [InlineData("\"never closed\t5", "never closed")]
    public void What_is_no_table_is_refused_in_a_sentence(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<RefusedException>(() => LinesTable.FromText(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void More_lines_than_an_RFQ_holds_are_refused()
    {
        var text = new StringBuilder();
        for (var i = 0; i < RfqForm.MostLines + 2; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Thing {i}\t5\n");
        }

        Assert.Contains("1,000 lines at most", Assert.Throws<RefusedException>(() => LinesTable.FromText(text.ToString())).Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => LinesTable.FromText(new string('x', LinesTable.LongestText + 1)));
    }

    [Fact]
    public async Task Parts_are_found_by_their_number_in_any_spelling_and_bring_their_name_and_unit()
    {
        var (part, _) = await PartAsync("6204-2RS", "Deep groove ball bearing");
        await using var scope = await database.AsAsync(Role.Buyer);
        var lines = await scope.Get<RfqLineQueries>().ReadTextAsync($"62042rs{Tag(part)}\t40\nFree text\t2", _ct);
        Assert.Equal((part.Id, part.Number, part.Name, part.UnitId), (lines[0].Line.PartId, lines[0].Line.PartNumber, lines[0].Line.Description, lines[0].Line.UnitId));
        Assert.Empty(lines[0].Problems);
        Assert.Null(lines[1].Line.PartId);
        Assert.Equal("Free text", lines[1].Line.Description);
        Assert.Equal(["Choose the unit of the quantity."], lines[1].Problems);
    }

    [Fact]
    public async Task A_number_that_several_parts_go_by_is_left_to_the_buyer()
    {
        var (first, shared) = await PartAsync("A-1", "First");
        await PartAsync("A-2", "Second", shared);
        await using var scope = await database.AsAsync(Role.Buyer);
        var line = Assert.Single(await scope.Get<RfqLineQueries>().ReadTextAsync($"part\tqty\n{shared}\t40", _ct));
        Assert.Null(line.Line.PartId);
        Assert.Contains(line.Problems, p => p.StartsWith("Several parts", StringComparison.Ordinal));
        Assert.NotNull(first);
    }

    [Fact]
    public async Task Of_two_numbers_that_differ_in_their_signs_alone_the_one_that_is_written_is_meant()
    {
        var (spaced, _) = await PartAsync("6001 2RS", "First");
        await using (var admin = await database.AsAsync(Role.Admin))
        {
            await admin.Get<Database>().WriteAsync(async (db, ct) =>
            {
                db.Add(new Part(new(spaced.Number.Replace(' ', '-'), "Second", PartType.Component, spaced.UnitId)));
                return await db.SaveChangesAsync(ct);
            }, _ct);
        }

        await using var scope = await database.AsAsync(Role.Buyer);
        var lines = await scope.Get<RfqLineQueries>().ReadTextAsync($"part\tqty\n{spaced.Number.ToLowerInvariant()}\t40\n{spaced.Number.Replace(' ', '_')}\t40", _ct);
        Assert.Equal(spaced.Id, lines[0].Line.PartId);
        Assert.Null(lines[1].Line.PartId);
        Assert.Contains(lines[1].Problems, p => p.StartsWith("Several parts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_unit_and_an_unknown_number_are_named_by_their_row()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var line = Assert.Single(await scope.Get<RfqLineQueries>().ReadTextAsync("part\tdescription\tqty\tunit\nNOPE-1\tBelt\t4\tfurlong", _ct));
        Assert.Equal(2, line.Row);
        Assert.Equal("NOPE-1 Belt", line.Line.Description);
        Assert.Equal(["No part has the number \"NOPE-1\", so it stands as free text.", "There is no unit \"furlong\". Choose one."], line.Problems);
    }

    [Fact]
    public async Task A_file_in_windows_1252_with_semicolons_is_read_and_a_mislabelled_one_refused()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var queries = scope.Get<RfqLineQueries>();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(1252).GetBytes("Bezeichnung;Menge\r\nF\u00e4rbespule gr\u00fcn;1.200\r\nG\u00fcrtel;0,5\r\n");
        var lines = await queries.ReadFileAsync(new MemoryStream(bytes), "bedarf.csv", _ct);
        Assert.Equal(["F\u00e4rbespule gr\u00fcn", "G\u00fcrtel"], lines.Select(l => l.Line.Description));
        Assert.Equal([1200m, 0.5m], lines.Select(l => l.Line.Quantity!.Value));
        await Assert.ThrowsAsync<RefusedException>(() => queries.ReadFileAsync(new MemoryStream("%PDF-1.7 and more"u8.ToArray()), "lines.csv", _ct));
        await Assert.ThrowsAsync<RefusedException>(() => queries.ReadFileAsync(new MemoryStream(bytes), "lines.exe", _ct));
        await Assert.ThrowsAsync<RefusedException>(() => queries.ReadFileAsync(new MemoryStream(new byte[LinesTable.LargestFile + 1]), "lines.csv", _ct));
    }

    [Fact]
    public async Task Reading_lines_is_for_those_who_write_RFQs()
    {
        await using var scope = await database.AsAsync(Role.Planner);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RfqLineQueries>().ReadTextAsync("x", _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RfqLineQueries>().ReadFileAsync(new MemoryStream(), "x.csv", _ct));
    }

    private async Task<(Part Part, string Reference)> PartAsync(string number, string name, string? reference = null)
    {
        reference ??= $"REF-{Guid.CreateVersion7().ToString("N")[^10..]}";
        await using var scope = await database.AsAsync(Role.Admin);
        var part = await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var made = new Part(new($"{number}-{Guid.CreateVersion7().ToString("N")[^8..]}", name, PartType.Component, await Make.UnitAsync(db, "pcs", ct)));
            made.KnownAs(CrossReferenceKind.Manufacturer, "Maker", reference);
            db.Add(made);
            await db.SaveChangesAsync(ct);
            return made;
        }, _ct);
        return (part, reference);
    }

    private static string Tag(Part part) => part.Number[^8..];
}

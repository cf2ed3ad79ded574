using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>A row that was read, as a row of the editor, with what needs attention.</summary>
/// <param name="Row">As the spreadsheet shows it.</param>
public sealed record ReadLine(int Row, RfqLineForm Line, IReadOnlyList<string> Problems);

/// <summary>Turns pasted and uploaded tables into rows of the editor: finds parts by their number or a cross-reference, and units by code or name.</summary>
public sealed class RfqLineQueries(Database database, CurrentUser user)
{
    /// <summary>Reads pasted text; every row comes back, those with gaps too.</summary>
    public Task<IReadOnlyList<ReadLine>> ReadTextAsync(string text, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return ResolveAsync(LinesTable.FromText(text), ct);
    }

    /// <summary>Reads an uploaded CSV, XLSX or XLS.</summary>
    public async Task<IReadOnlyList<ReadLine>> ReadFileAsync(Stream content, string name, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return await ResolveAsync(await LinesTable.FromFileAsync(content, name, ct), ct);
    }

    private Task<IReadOnlyList<ReadLine>> ResolveAsync(IReadOnlyList<LinesRow> rows, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<ReadLine>>(async (db, token) =>
        {
            var units = await db.Units.Select(u => new { u.Id, u.Code, u.Name }).ToListAsync(token);
            var codes = units.SelectMany(u => new[] { (Word: u.Code, u.Id), (Word: u.Name, u.Id) }).DistinctBy(u => u.Word, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(u => u.Word, u => u.Id, StringComparer.OrdinalIgnoreCase);
            var asked = rows.Select(PartText).Where(t => t.Length is > 0 and <= 80).Distinct().ToArray();
            var hits = await db.Database.SqlQuery<PartNumberHit>(
                $"""
                select a.text as "Text", p.id as "Id", p.number as "Number", p.name as "Name", p.unit_id as "UnitId", app.compact(p.number) = app.compact(a.text) as "Own"
                from unnest({asked}) a(text)
                join lateral (
                    select q.* from parts q where app.compact(q.number) collate "C" = app.compact(a.text) and q.deleted_at is null
                    union
                    select q.* from part_cross_references r join parts q on q.id = r.part_id
                    where r.compact_number = app.compact(a.text) and r.deleted_at is null and q.deleted_at is null
                    limit 5) p on app.compact(a.text) <> ''
                """).ToListAsync(token);
            var parts = hits.ToLookup(h => h.Text);
            return [.. rows.Select(row => Resolve(row, [.. parts[PartText(row)]], codes))];
        }, ct);

    private static string PartText(LinesRow row) => row.Part.Length > 0 ? row.Part : row.Text;

    private static ReadLine Resolve(LinesRow row, List<PartNumberHit> hits, Dictionary<string, Guid> units)
    {
        var problems = row.Problems.ToList();
        // A number as it is written outweighs one that is the same but for its signs, and a part's own outweighs others' numbers for other parts.
        var own = hits.FindAll(h => h.Own);
        var found = own.Find(h => string.Equals(h.Number, PartText(row).Trim(), StringComparison.OrdinalIgnoreCase)) is { } exact ? [exact] : own.Count > 0 ? own : hits;
        var part = found.Count == 1 ? found[0] : null;
        if (found.Count > 1)
        {
            problems.Add($"Several parts go by the number \"{Cut(PartText(row))}\". Choose the one that is meant.");
        }
        else if (part is null && row.Part.Length > 0)
        {
            problems.Add($"No part has the number \"{Cut(row.Part)}\", so it stands as free text.");
        }

        var text = row.Part.Length > 0 || part is null ? row.Text : "";
        var description = text.Length > 0 ? text : part?.Name ?? row.Part;
        if (row.Part.Length > 0 && part is null && text.Length > 0)
        {
            description = $"{row.Part} {text}";
        }

        Guid? unit = row.Unit.Length > 0 && units.TryGetValue(row.Unit.TrimEnd('.'), out var known) ? known : null;
        if (row.Unit.Length > 0 && unit is null)
        {
            problems.Add($"There is no unit \"{Cut(row.Unit)}\". Choose one.");
        }

        unit ??= row.Unit.Length == 0 ? part?.UnitId : null;
        var line = new RfqLineForm
        {
            PartId = part?.Id, PartNumber = part?.Number ?? "", Description = description.Length > 500 ? description[..500] : description,
            Quantity = row.Quantity, UnitId = unit, TargetPrice = row.TargetPrice, NeedBy = row.NeedBy, Note = row.Note.Length > 1000 ? row.Note[..1000] : row.Note,
        };
        if (description.Length > 500 || row.Note.Length > 1000)
        {
            problems.Add("A text was too long and was cut. Attach the rest as a file.");
        }

        problems.AddRange(line.Faults().Where(f => !Said(f, row)).Select(f => f.Message));
        return new(row.Row, line, problems);
    }

    // What could not be read has been named already.
    private static bool Said(FieldError fault, LinesRow row) => fault.Field switch
    {
        nameof(RfqLineForm.Quantity) => row.Quantity is null && row.Problems.Any(p => p.Contains("quantity", StringComparison.Ordinal)),
        nameof(RfqLineForm.UnitId) => row.Unit.Length > 0,
        _ => false,
    };

    private static string Cut(string text) => text.Length > 40 ? text[..39] + "…" : text;

    private sealed class PartNumberHit
    {
        public string Text { get; set; } = "";

        public Guid Id { get; set; }

        public string Number { get; set; } = "";

        public string Name { get; set; } = "";

        public Guid UnitId { get; set; }

        public bool Own { get; set; }
    }
}

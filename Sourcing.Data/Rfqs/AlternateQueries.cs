using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>The part that a line of an RFQ asks for, and the numbers of others under which it is known.</summary>
public sealed record AlternateTarget(Guid PartId, string PartNumber, IReadOnlyList<string> Numbers)
{
    /// <summary>The known number that stands in what was offered, spaces, hyphens and case aside; null where none does.</summary>
    public string? KeptIn(string offered)
    {
        var text = Compact(offered);
        return Numbers.Where(n => Compact(n) is { Length: > 2 } number && text.Contains(number, StringComparison.Ordinal)).MaxBy(n => n.Length);
    }

    /// <summary>What in an offer in words is most like a number: its longest word with a figure in it, else the whole; 1 to 80 characters.</summary>
    public static string NumberIn(string offered)
    {
        var word = offered.Split([' ', ',', ';', '(', ')', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsAsciiDigit)).MaxBy(w => w.Length) ?? offered.Trim();
        return word[..Math.Min(word.Length, 80)].Trim();
    }

    private static string Compact(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>Reads what alternates in quotes are offered in place of.</summary>
public sealed class AlternateQueries(Database database, CurrentUser user)
{
    /// <summary>The parts that an RFQ's lines ask for, by line; lines in free text have none.</summary>
    public Task<IReadOnlyDictionary<Guid, AlternateTarget>> TargetsAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.PartsRead);
        return database.ReadAsync<IReadOnlyDictionary<Guid, AlternateTarget>>(
            async (db, token) =>
            {
                CrossReferenceKind[] kept = [CrossReferenceKind.Manufacturer, CrossReferenceKind.Supplier, CrossReferenceKind.Equivalent];
                var lines = await db.RfqLines.Where(l => l.RfqId == rfqId).Join(db.Parts, l => l.PartId, p => p.Id, (l, p) => new
                {
                    Line = l.Id, p.Id, p.Number, Numbers = db.PartCrossReferences.Where(r => r.PartId == p.Id && kept.Contains(r.Kind)).Select(r => r.Number).ToList(),
                }).ToListAsync(token);
                return lines.ToDictionary(l => l.Line, l => new AlternateTarget(l.Id, l.Number, l.Numbers));
            }, ct);
    }
}

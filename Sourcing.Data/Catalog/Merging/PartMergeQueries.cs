using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Reads what a merge of two parts would do, and what merges did.</summary>
public sealed class PartMergeQueries(Database database, CurrentUser user)
{
    /// <summary>Prices of the same supplier that both have are named up to this many.</summary>
    public const int MostPrices = 20;

    /// <summary>What would come along, what differs and what stands in the way. Refuses a part that is not there and a part with itself.</summary>
    public Task<MergePreview> PreviewAsync(Guid keepId, Guid giveUpId, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var (keep, gone) = await TwoAsync(db, keepId, giveUpId, token);
                var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
                var prices = await PricesAsync(db, keep, gone, token);
                var moves = await MergeMoves.CountAsync(db, PartMoves.All.Concat(PartMoves.Following), giveUpId, token);
                return new MergePreview(
                    Side(keep), Side(gone), [.. moves.Select(m => Noted(m, prices.Count))], [.. Differences(keep, gone), .. prices],
                    await new PartMergeRules(db, keep, gone, today).FaultsAsync(token))
                { Remarks = Remarks(keep, gone) };
            }, ct);
    }

    /// <summary>The merges that this part came out of, the last first; at most 50.</summary>
    public Task<IReadOnlyList<MergeView>> OfAsync(Guid keptId, CancellationToken ct)
    {
        user.Demand(Permission.HistoryRead);
        return database.ReadAsync((db, token) => MergeReading.OfAsync(db, MergeKind.Part, keptId, token), ct);
    }

    /// <summary>Where the address of a part that was given up leads; null for any other.</summary>
    public Task<MergedInto?> LeadsToAsync(Guid goneId, CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        // Sales looks parts up, and reads nobody's name.
        var named = user.May(Permission.SuppliersRead);
        return database.ReadAsync((db, token) => MergeReading.LeadsToAsync(db, MergeKind.Part, goneId, named, token), ct);
    }

    internal static async Task<(Part Keep, Part Gone)> TwoAsync(SourcingDb db, Guid keepId, Guid giveUpId, CancellationToken ct)
    {
        if (keepId == giveUpId)
        {
            throw new RefusedException(nameof(MergeForm.GiveUpId), "A part cannot be merged with itself. Choose another part.");
        }

        var parts = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Include(p => p.Category).Include(p => p.Unit)
            .Where(p => p.Id == keepId || p.Id == giveUpId).ToDictionaryAsync(p => p.Id, ct);
        return (await AliveAsync(db, parts.GetValueOrDefault(keepId), ct), await AliveAsync(db, parts.GetValueOrDefault(giveUpId), ct));
    }

    private static async Task<Part> AliveAsync(SourcingDb db, Part? part, CancellationToken ct)
    {
        if (part?.MergedInto is not null)
        {
            var lead = (await MergeReading.LeadsToAsync(db, MergeKind.Part, part.Id, true, ct))!;
            var number = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == lead.KeptId).Select(p => p.Number).SingleAsync(ct);
            throw new RefusedException($"{part.Number} was merged into {number} by {lead.By} already. Go on with {number}.");
        }

        return part switch
        {
            null => throw new MissingException("part"),
            { DeletedAt: not null } => throw new RefusedException($"{part.Number} is deleted. Restore it on its page before it is merged."),
            _ => part,
        };
    }

    private static MergeSide Side(Part part) => new(part.Id, part.Number, part.Name, part.Version);

    private static MergeCount Noted(MergeCount move, int prices) => move.Name switch
    {
        "Supplier prices" when prices > 0 => move with { Note = prices == 1 ? "1 is of a supplier that has a price for the other: that one stays" : $"{prices} are of suppliers that have a price for the other: those stay" },
        "Forecasts" => move with { Note = "added up where both have one for a day" },
        "Stock movements" => move with { Note = "the two ledgers become one, with its balances anew" },
        "Planning parameters" => move with { Note = "those of the part that stays win" },
        "Open recommendations" => move with { Note = "those that are decided, and plans that are over, go on naming the old number" },
        _ => move,
    };

    private static IEnumerable<MergeDifference> Differences(Part keep, Part gone)
    {
        (string Field, string? Kept, string? Gone)[] fields =
        [
            ("Number", keep.Number, gone.Number), ("Name", keep.Name, gone.Name), ("Kind", Words.Spaced(keep.Type), Words.Spaced(gone.Type)),
            ("Unit", keep.Unit.Code, gone.Unit.Code), ("Category", keep.Category?.Name, gone.Category?.Name),
            ("Description", Text(keep.Description), Text(gone.Description)), ("HS code", keep.HsCode, gone.HsCode),
            ("Standard cost", Number(keep.StandardCost), Number(gone.StandardCost)), ("Shelf life, days", Number(keep.ShelfLifeDays), Number(gone.ShelfLifeDays)),
            ("Critical", keep.IsCritical ? "Yes" : null, gone.IsCritical ? "Yes" : null),
        ];
        foreach (var (field, kept, lost) in fields.Where(f => f.Kept != f.Gone))
        {
            yield return new(field, kept, lost, kept ?? lost);
        }

        var after = Part.Together(keep.Specifications, gone.Specifications);
        foreach (var name in gone.Specifications.Select(s => s.Name))
        {
            var (kept, lost) = (Said(keep.Specifications, name), Said(gone.Specifications, name));
            if (kept != lost)
            {
                yield return new(name, kept, lost, Said(after, name));
            }
        }
    }

    private static IReadOnlyList<string> Remarks(Part keep, Part gone) =>
    [
        $"{gone.Number} stays findable as a former number of {keep.Number}, and its old address leads on.",
        "Documents on which a number is printed keep it as it was printed.",
    ];

    private static async Task<IReadOnlyList<MergeDifference>> PricesAsync(SourcingDb db, Part keep, Part gone, CancellationToken ct)
    {
        var both = await db.SupplierParts.Where(b => b.PartId == gone.Id)
            .Join(db.SupplierParts.Where(a => a.PartId == keep.Id), b => b.SupplierId, a => a.SupplierId, (b, a) => new { b.Supplier.Name, Kept = a.UnitCost, KeptIn = a.Currency, Gone = b.UnitCost, GoneIn = b.Currency })
            .OrderBy(x => x.Name).Take(MostPrices).ToListAsync(ct);
        return [.. both.Select(x => new MergeDifference($"Price of {x.Name}", $"{x.KeptIn} {Number(x.Kept)}", $"{x.GoneIn} {Number(x.Gone)}", $"{x.KeptIn} {Number(x.Kept)}"))];
    }

    private static string? Said(IReadOnlyList<Specification> rows, string name) =>
        rows.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase)) is { } row ? $"{row.Value} {row.Unit}".TrimEnd() : null;

    private static string? Text(string text) => text.Length == 0 ? null : text.Length > 120 ? text[..119] + "…" : text;

    private static string? Number(decimal? number) => number?.ToString("#,0.00##", CultureInfo.InvariantCulture);

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}

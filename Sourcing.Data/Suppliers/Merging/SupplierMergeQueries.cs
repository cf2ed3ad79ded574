using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Merging;

/// <summary>Reads what a merge of two suppliers would do, and what merges did.</summary>
public sealed class SupplierMergeQueries(Database database, CurrentUser user)
{
    /// <summary>What would come along, what differs and what stands in the way. Refuses a supplier that is not there and a supplier with itself.</summary>
    public Task<MergePreview> PreviewAsync(Guid keepId, Guid giveUpId, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var (keep, gone) = await TwoAsync(db, keepId, giveUpId, token);
                var moves = await MergeMoves.CountAsync(db, SupplierMoves.All, giveUpId, token);
                var both = await SupplierMergeWork.BothQuotedAsync(db, keepId, giveUpId, token);
                return new MergePreview(Side(keep), Side(gone), [.. moves.Select(Noted)], [.. Differences(keep, gone), .. await PricesAsync(db, keepId, giveUpId, token)], await FaultsAsync(db, keep, gone, both, token))
                { Remarks = Remarks(keep, gone, both) };
            }, ct);
    }

    /// <summary>The merges that this supplier came out of, the last first; at most 50.</summary>
    public Task<IReadOnlyList<MergeView>> OfAsync(Guid keptId, CancellationToken ct)
    {
        user.Demand(Permission.HistoryRead);
        return database.ReadAsync((db, token) => MergeReading.OfAsync(db, MergeKind.Supplier, keptId, token), ct);
    }

    /// <summary>Where the address of a supplier that was given up leads; null for any other.</summary>
    public Task<MergedInto?> LeadsToAsync(Guid goneId, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync((db, token) => MergeReading.LeadsToAsync(db, MergeKind.Supplier, goneId, true, token), ct);
    }

    internal static async Task<(Supplier Keep, Supplier Gone)> TwoAsync(SourcingDb db, Guid keepId, Guid giveUpId, CancellationToken ct)
    {
        if (keepId == giveUpId)
        {
            throw new RefusedException(nameof(MergeForm.GiveUpId), "A supplier cannot be merged with itself. Choose another supplier.");
        }

        var two = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == keepId || s.Id == giveUpId).ToDictionaryAsync(s => s.Id, ct);
        return (await AliveAsync(db, two.GetValueOrDefault(keepId), ct), await AliveAsync(db, two.GetValueOrDefault(giveUpId), ct));
    }

    /// <summary>Why the two cannot become one as they stand, and how to mend it.</summary>
    internal static async Task<IReadOnlyList<string>> FaultsAsync(SourcingDb db, Supplier keep, Supplier gone, IReadOnlyList<BothQuoted> both, CancellationToken ct)
    {
        var faults = new List<string>();
        if (both.Where(r => !r.Over).Select(r => r.Number).ToList() is { Count: > 0 } running)
        {
            faults.Add($"Both quoted in {Some(running)}, which {(running.Count == 1 ? "is" : "are")} still running: two offers cannot become one. Award or cancel {(running.Count == 1 ? "it" : "them")} first.");
        }

        var invoices = await db.Invoices.Where(i => i.SupplierId == gone.Id && i.Status != Orders.InvoiceStatus.Refused)
            .Join(db.Invoices.Where(i => i.SupplierId == keep.Id && i.Status != Orders.InvoiceStatus.Refused), b => b.NumberKey, a => a.NumberKey, (b, a) => b.Number)
            .OrderBy(n => n).Take(6).ToListAsync(ct);
        if (invoices.Count > 0)
        {
            faults.Add($"Both sent an invoice {Some(invoices)}, and a supplier has a number once. If it is the same invoice, refuse one of the two first.");
        }

        return faults;
    }

    private static async Task<Supplier> AliveAsync(SourcingDb db, Supplier? supplier, CancellationToken ct)
    {
        if (supplier?.MergedInto is not null)
        {
            var lead = (await MergeReading.LeadsToAsync(db, MergeKind.Supplier, supplier.Id, true, ct))!;
            var name = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == lead.KeptId).Select(s => s.Name).SingleAsync(ct);
            throw new RefusedException($"{supplier.Name} was merged into {name} by {lead.By} already. Go on with {name}.");
        }

        return supplier switch
        {
            null => throw new MissingException("supplier"),
            { DeletedAt: not null } => throw new RefusedException($"{supplier.Name} is deleted. Restore it on its page before it is merged."),
            _ => supplier,
        };
    }

    private static MergeSide Side(Supplier supplier) => new(supplier.Id, supplier.Code, supplier.Name, supplier.Version);

    private static MergeCount Noted(MergeCount move) => move.Name switch
    {
        "Invitations to RFQs" => move with { Note = "of two to one RFQ the one with a quote stays" },
        "Prices" => move with { Note = "where both have a price for a part, that of the supplier that stays" },
        "Contacts" => move with { Note = "the same address is kept once" },
        "Portal users" => move with { Note = "they are signed out, and sign in again for the supplier that stays" },
        "Open recommendations" => move with { Note = "those that are decided go on naming the old supplier" },
        _ => move,
    };

    private static IReadOnlyList<string> Remarks(Supplier keep, Supplier gone, IReadOnlyList<BothQuoted> both)
    {
        var remarks = new List<string>
        {
            $"A search for \"{gone.Name}\" or {gone.Code} finds {keep.Name}, also in imports, and the old address leads on.",
            "KPIs and scores are reckoned anew from what happened with both.",
        };
        if (both.Where(r => r.Over).Select(r => r.Number).ToList() is { Count: > 0 } over)
        {
            remarks.Add($"Both quoted in {Some(over)}, which {(over.Count == 1 ? "is" : "are")} over: there each quote stays under the name it was given in.");
        }

        if (gone.BlockedFor > keep.BlockedFor)
        {
            remarks.Add($"{gone.Name} is blocked ({gone.BlockReason}): the block holds on for {keep.Name}, until somebody lifts it.");
        }

        return remarks;
    }

    private static IEnumerable<MergeDifference> Differences(Supplier keep, Supplier gone)
    {
        (string Field, string Kept, string Gone)[] fields =
        [
            ("Code", keep.Code, gone.Code), ("Name", keep.Name, gone.Name), ("Category", keep.Category, gone.Category), ("Country", keep.Country, gone.Country), ("Region", keep.Region, gone.Region),
            ("Currency", keep.Currency, gone.Currency), ("Incoterm", keep.Incoterm, gone.Incoterm), ("Payment terms", keep.PaymentTerms, gone.PaymentTerms), ("Tax number", keep.TaxId, gone.TaxId),
            ("Usual lead time, days", Days(keep.DefaultLeadTimeDays), Days(gone.DefaultLeadTimeDays)), ("Contact", keep.ContactName, gone.ContactName), ("E-mail", keep.Email, gone.Email),
            ("Telephone", keep.Phone, gone.Phone), ("Website", keep.Website, gone.Website), ("Postal address", keep.Address, gone.Address), ("Notes", keep.Notes, gone.Notes),
            ("Active", keep.IsActive ? "Yes" : "No", gone.IsActive ? "Yes" : "No"),
        ];
        foreach (var (field, kept, lost) in fields.Where(f => f.Kept != f.Gone))
        {
            yield return new(field, Text(kept), Text(lost), Text(kept.Length > 0 ? kept : lost));
        }

        if (keep.RiskLevel != gone.RiskLevel)
        {
            yield return new("Risk", Words.Spaced(keep.RiskLevel), Words.Spaced(gone.RiskLevel), Words.Spaced((RiskLevel)Math.Max((int)keep.RiskLevel, (int)gone.RiskLevel)));
        }
    }

    private static async Task<IReadOnlyList<MergeDifference>> PricesAsync(SourcingDb db, Guid keep, Guid gone, CancellationToken ct)
    {
        var both = await db.SupplierParts.Where(b => b.SupplierId == gone)
            .Join(db.SupplierParts.Where(a => a.SupplierId == keep), b => b.PartId, a => a.PartId, (b, a) => new { b.Part.Number, Kept = a.UnitCost, KeptIn = a.Currency, Gone = b.UnitCost, GoneIn = b.Currency })
            .OrderBy(x => x.Number).Take(PartMergeQueries.MostPrices).ToListAsync(ct);
        return [.. both.Select(x => new MergeDifference($"Price of {x.Number}", Price(x.KeptIn, x.Kept), Price(x.GoneIn, x.Gone), Price(x.KeptIn, x.Kept)))];
    }

    private static string Some(IReadOnlyList<string> numbers) => string.Join(", ", numbers.Take(5)) + (numbers.Count > 5 ? " and others" : "");

    private static string? Text(string text) => text.Length == 0 ? null : text.Length > 120 ? text[..119] + "…" : text;

    private static string Days(int? days) => days?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Price(string currency, decimal amount) => $"{currency} {amount.ToString("#,0.00##", CultureInfo.InvariantCulture)}";
}

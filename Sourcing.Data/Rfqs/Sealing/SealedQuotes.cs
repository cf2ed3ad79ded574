using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>
/// A supplier's quote of a sealed RFQ: what is typed goes into the supplier's own copy, what is submitted into a box besides, and nothing of
/// it into any table that others read. Works within the caller's transaction.
/// </summary>
internal sealed class SealedQuotes(SealingKey key)
{
    // Without letters and digits that are taken for each other.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Keeps unfinished work for the supplier alone.</summary>
    public async Task KeepAsync(SourcingDb db, AskedRfq rfq, Quote quote, QuoteContent content, string by, CancellationToken ct)
    {
        var draft = await db.SealedCopies.SingleOrDefaultAsync(c => c.QuoteId == quote.Id && c.Revision == SealedCopy.Draft, ct);
        if (draft is null)
        {
            db.SealedCopies.Add(draft = new(quote.Id, SealedCopy.Draft));
        }

        var text = new BidDocument(rfq.Number, quote.Round, quote.Number, SealedCopy.Draft, content).Write();
        Keep(draft, RandomNumberGenerator.GetBytes(BidHash.SaltBytes), text, by, rfq.Now);
    }

    /// <summary>Seals the answer as the quote's next revision.</summary>
    /// <param name="content">Already checked by <see cref="QuoteRules"/>.</param>
    public async Task<SealedBid> SubmitAsync(SourcingDb db, AskedRfq rfq, Quote quote, QuoteContent content, QuoteSubmission by, CancellationToken ct)
    {
        key.Demand();
        var seal = await db.RfqSeals.Where(s => s.RfqId == rfq.Id && s.Round == rfq.Round).Select(s => new { s.Id, s.PublicKey }).SingleAsync(ct);
        quote.Seal(by, rfq.Now);
        // The quote first: the database holds the bid against it.
        await db.SaveChangesAsync(ct);
        var salt = RandomNumberGenerator.GetBytes(BidHash.SaltBytes);
        var text = new BidDocument(rfq.Number, quote.Round, quote.Number, quote.Revision, content).Write();
        var (id, hash) = (Guid.CreateVersion7(), BidHash.Of(salt, text));
        var bid = new SealedBid(id, seal.Id, quote, NewNumber(), hash, SealCrypto.SealFor(seal.PublicKey, BidHash.Join(salt, text), SealedBid.Bound(id, hash)), rfq.Now);
        var copy = new SealedCopy(quote.Id, quote.Revision);
        Keep(copy, salt, text, by.UserName, rfq.Now);
        db.AddRange(bid, copy);
        db.SealedCopies.RemoveRange(await db.SealedCopies.Where(c => c.QuoteId == quote.Id && c.Revision == SealedCopy.Draft).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        return bid;
    }

    /// <summary>Throws the unfinished work away.</summary>
    public static Task DiscardAsync(SourcingDb db, Guid quoteId, CancellationToken ct) =>
        db.SealedCopies.Where(c => c.QuoteId == quoteId && c.Revision == SealedCopy.Draft).ExecuteDeleteAsync(ct);

    /// <summary>The receipts of a quote, the latest first.</summary>
    public static Task<List<BidReceipt>> ReceiptsAsync(SourcingDb db, Guid quoteId, CancellationToken ct) =>
        db.SealedBids.Where(b => b.QuoteId == quoteId).OrderByDescending(b => b.Revision).Take(100)
            .Select(b => new BidReceipt(
                b.Number, b.Round, b.Revision, b.Hash, b.ReceivedAt, b.LogSequence,
                db.OpenedBids.Where(o => o.BidId == b.Id).Select(o => (bool?)o.Agrees).FirstOrDefault(), db.OpenedBids.Where(o => o.BidId == b.Id).Select(o => o.Fault).FirstOrDefault() ?? ""))
            .ToListAsync(ct);

    /// <summary>Adds to a supplier's own sheet what it typed: out of its own copies.</summary>
    public async Task<QuoteSheet> FillAsync(SourcingDb db, QuoteSheet sheet, CancellationToken ct)
    {
        var copies = await db.SealedCopies.AsNoTracking().Where(c => c.QuoteId == sheet.Quote!.Id).OrderByDescending(c => c.Revision).Take(101).ToListAsync(ct);
        var channels = await db.SealedBids.Where(b => b.QuoteId == sheet.Quote!.Id).Select(b => new { b.Revision, b.Channel, b.ReceivedAt }).ToDictionaryAsync(b => b.Revision, ct);
        DraftView? draft = null;
        var revisions = new List<RevisionView>();
        var locked = false;
        foreach (var copy in copies)
        {
            if (Read(copy) is not { Document.Content: { } content })
            {
                locked = true;
            }
            else if (copy.Revision == SealedCopy.Draft)
            {
                draft = new(content, copy.SavedByName, copy.SavedAt);
            }
            else if (channels.TryGetValue(copy.Revision, out var bid))
            {
                revisions.Add(new(copy.Revision, content, content.Currency, QuoteTotals.Of(content).Total, bid.ReceivedAt, copy.SavedByName, bid.Channel, AfterDeadline: false));
            }
        }

        var quote = revisions.Count > 0 ? sheet.Quote! with { Total = revisions[0].Total, Currency = revisions[0].Currency } : sheet.Quote;
        return sheet with
        {
            Draft = draft, Revisions = revisions, Quote = quote, IsPartLocked = locked,
            Rounds = [.. sheet.Rounds.Select(r => r.Round == sheet.Round && revisions.Count > 0 ? r with { Total = revisions[0].Total, Currency = revisions[0].Currency } : r)],
        };
    }

    /// <summary>What is in a copy; null where this server's key does not open it.</summary>
    public (byte[] Salt, string Text, BidDocument Document)? Read(SealedCopy copy)
    {
        try
        {
            var (salt, text) = BidHash.Split(SealCrypto.Unlock(CopyKey(copy.QuoteId), copy.Content, SealedCopy.Bound(copy.QuoteId, copy.Revision)));
            return (salt, text, BidDocument.Read(text));
        }
        catch (Exception fault) when (fault is CryptographicException or RefusedException or JsonException)
        {
            return null;
        }
    }

    private void Keep(SealedCopy copy, byte[] salt, string text, string by, DateTimeOffset now) =>
        copy.Keep(SealCrypto.Lock(CopyKey(copy.QuoteId), BidHash.Join(salt, text), SealedCopy.Bound(copy.QuoteId, copy.Revision)), by, now);

    private byte[] CopyKey(Guid quoteId) => key.Derive($"copy of {quoteId}");

    private static string NewNumber() =>
        "B-" + string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>
/// Opens sealed bids. One person agrees, another opens: the database gives out the key of the round when both have, and hashes what
/// comes out of each bid itself.
/// </summary>
public sealed class OpeningService(Database database, CurrentUser user, SealingKey key)
{
    /// <summary>The first of two people agrees to open the current round. Refused before it is closed, and twice by the same person.</summary>
    /// <returns>The RFQ's key.</returns>
    public Task<Guid> ConsentAsync(OpeningForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsOpen);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var (rfq, seal) = await LockedAsync(db, form, token);
                await db.Database.ExecuteSqlAsync($"select app.consent_to_opening({seal.Id})", token);
                await db.NotifyAsync([rfq.BuyerId], $"{user.Identity.Name} agreed to open the bids of {rfq.Number}. A second person opens them.", RfqService.Page(rfq), "lock_person", token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
                return rfq.Id;
            },
            ct);
    }

    /// <summary>
    /// The second of two people opens the current round: every bid that stands becomes its supplier's quote, as it was submitted. A bid whose
    /// hash does not agree is named in the log and becomes none. Of many who open at once one does; the others read who did.
    /// </summary>
    /// <returns>The RFQ's key.</returns>
    public Task<Guid> OpenAsync(OpeningForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsOpen);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var (rfq, seal) = await LockedAsync(db, form, token);
                key.Demand(seal.KeyFingerprint);
                if (!await db.Database.SqlQuery<bool>($"select exists (select from app.seal_consents({seal.Id}) c where c.user_id = {user.Id}) as \"Value\"").SingleAsync(token))
                {
                    await db.Database.ExecuteSqlAsync($"select app.consent_to_opening({seal.Id})", token);
                }

                var released = await db.Database.SqlQuery<Released>($"select wrapped as \"Wrapped\", opened as \"Opened\" from app.open_seal({seal.Id})").SingleAsync(token);
                var secret = RfqLock.Unwrap(key, seal.Id, released.Wrapped);
                var (opened, faults) = await OpenBidsAsync(db, rfq, seal.PublicKey, secret, token);
                CryptographicOperations.ZeroMemory(secret);
                rfq.OpenBids(released.Opened);
                await db.SaveChangesAsync(token);
                await InvitationService.TellAsync(db, rfq, i => i.Status == InvitationStatus.Quoted, RfqMails.BidsOpened, token);
                await db.SaveChangesAsync(token);
                var text = faults == 0 ? "" : $" {(faults == 1 ? "1 bid" : $"{faults} bids")} could not be opened: see the seal log.";
                await db.NotifyAsync([rfq.BuyerId], $"The bids of {rfq.Number} are open: {(opened == 1 ? "1 quote" : $"{opened} quotes")} to compare.{text}", $"{RfqService.Page(rfq)}/comparison", "lock_open", token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
                return rfq.Id;
            },
            ct);
    }

    // The row is the lock, as for an award. A deadline that has just passed need not wait for the job that closes the RFQ.
    private static async Task<(Rfq Rfq, RfqSeal Seal)> LockedAsync(SourcingDb db, OpeningForm form, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from rfqs where id = {form.Id} for update", ct);
        var rfq = await db.Rfqs.Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == form.Id, ct) ?? throw new MissingException("RFQ");
        var seal = await db.RfqSeals.AsNoTracking().SingleOrDefaultAsync(s => s.RfqId == form.Id && s.Round == rfq.Round, ct)
            ?? throw new RefusedException(rfq.Sealed ? $"{rfq.Number} has not gone out yet, so there is nothing to open." : rfq.WhyNotOpened()!);
        if (rfq.Round != form.Round)
        {
            throw new RefusedException($"{rfq.Number} is in round {rfq.Round} now. Reload the page.");
        }

        if (seal.OpenedAt is { } at)
        {
            throw new RefusedException($"The bids of {rfq.Number} were opened already by {seal.OpenedByNames}, {at.UtcDateTime:d MMM yyyy, HH:mm} UTC. Reload the page to compare them.");
        }

        var now = await db.NowAsync(ct);
        if (rfq.Status == RfqStatus.Open && rfq.Deadline <= now)
        {
            rfq.Close(now);
            await db.SaveChangesAsync(ct);
        }

        return rfq.WhyNotOpened() is { } reason ? throw new RefusedException(reason) : (rfq, seal);
    }

    private static async Task<(int Opened, int Faults)> OpenBidsAsync(SourcingDb db, Rfq rfq, byte[] publicKey, byte[] secret, CancellationToken ct)
    {
        var units = await db.Units.IgnoreQueryFilters().ToDictionaryAsync(u => u.Code, u => u.Id, ct);
        var quotes = await db.Quotes.Include(q => q.Lines).Where(q => q.RfqId == rfq.Id && q.Round == rfq.Round && q.Status == QuoteStatus.Sealed).OrderBy(q => q.SubmittedAt).ToListAsync(ct);
        var (opened, faults) = (0, 0);
        foreach (var quote in quotes)
        {
            var bid = await db.SealedBids.AsNoTracking().SingleOrDefaultAsync(b => b.QuoteId == quote.Id && b.Revision == quote.Revision, ct);
            if (bid is null)
            {
                faults++;
                continue;
            }

            var (salt, text, content, fault) = Read(rfq, quote, bid, publicKey, secret, units);
            var same = await db.Database.SqlQuery<bool>($"select app.record_opening({bid.Id}, {salt}::bytea, {text}::text, {fault}) as \"Value\"").SingleAsync(ct);
            if (same && content is not null)
            {
                db.QuoteRevisions.Add(quote.Unseal(content, units));
                opened++;
            }
            else
            {
                faults++;
            }
        }

        return (opened, faults);
    }

    // Why nothing can be made of it, besides a hash that does not agree, which the database finds.
    private static (byte[]? Salt, string? Text, QuoteContent? Content, string Fault) Read(
        Rfq rfq, Quote quote, SealedBid bid, byte[] publicKey, byte[] secret, Dictionary<string, Guid> units)
    {
        byte[]? salt = null;
        string? text = null;
        try
        {
            (salt, text) = BidHash.Split(SealCrypto.Open(secret, publicKey, bid.Content, SealedBid.Bound(bid.Id, bid.Hash)));
            var document = BidDocument.Read(text);
            if ((document.Rfq, document.Round, document.Quote, document.Revision) != (rfq.Number, quote.Round, quote.Number, quote.Revision))
            {
                return (salt, text, null, $"What is in it belongs to quote {document.Quote}, revision {document.Revision}.");
            }

            return document.Content.Lines.Find(l => !units.ContainsKey(l.Unit)) is { } line
                ? (salt, text, null, $"It is quoted in the unit {line.Unit}, which is gone.")
                : (salt, text, document.Content, "");
        }
        catch (Exception broken) when (broken is CryptographicException or JsonException or ArgumentException)
        {
            return (salt, text, null, "The sealed bid was changed after it was submitted and cannot be opened.");
        }
    }

    private sealed class Released
    {
        public byte[] Wrapped { get; set; } = [];

        public DateTimeOffset Opened { get; set; }
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// Answering an RFQ: by the supplier until the deadline, by a buyer on its behalf until the evaluation ends. The database's clock
/// decides, here and once more in a trigger of its own.
/// </summary>
public sealed class QuoteService(Database database, CurrentUser user, SealingKey key)
{
    private readonly SealedQuotes _sealed = new(key);

    /// <summary>Keeps unfinished work as it is, whatever is missing. What was submitted before goes on standing.</summary>
    /// <returns>The quote's key.</returns>
    public Task<Guid> SaveDraftAsync(QuoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return KeepAsync(form, QuoteQueries.OwnSupplier(user), byBuyer: false, ct);
    }

    /// <summary>Submits the answer, or its next revision. Refuses what is incomplete, field by field, and everything after the deadline.</summary>
    /// <returns>The quote's key.</returns>
    public Task<Guid> SubmitAsync(QuoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return SubmitAsync(form, QuoteQueries.OwnSupplier(user), byBuyer: false, ct);
    }

    /// <summary>The same as <see cref="SaveDraftAsync"/> for a buyer who types what a supplier wrote or said.</summary>
    public Task<Guid> SaveEntryAsync(QuoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return KeepAsync(form, form.SupplierId, byBuyer: true, ct);
    }

    /// <summary>
    /// Enters a quote on a supplier's behalf, marked with the way it came, and marked as late when the deadline has passed.
    /// Refused once the evaluation has ended.
    /// </summary>
    public Task<Guid> EnterAsync(QuoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return SubmitAsync(form, form.SupplierId, byBuyer: true, ct);
    }

    /// <summary>Throws the own unfinished work away; what was submitted stands.</summary>
    public Task DiscardDraftAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return DiscardAsync(rfqId, QuoteQueries.OwnSupplier(user), byBuyer: false, ct);
    }

    /// <summary>Throws a buyer's unfinished entry away; what was submitted stands.</summary>
    public Task DiscardEntryAsync(Guid rfqId, Guid supplierId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return DiscardAsync(rfqId, supplierId, byBuyer: true, ct);
    }

    /// <summary>Takes the own offer back, until the deadline.</summary>
    public Task<Guid> WithdrawAsync(QuoteWithdrawForm form, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        FormShape.Demand(form);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var rfq = await OpenForSupplierAsync(db, form.RfqId, token);
                var quote = await db.Quotes.SingleOrDefaultAsync(q => q.RfqId == rfq.Id && q.SupplierId == supplierId && q.Round == rfq.Round, token) ?? throw new MissingException("quote");
                db.Entry(quote).Property(q => q.Version).OriginalValue = form.Version;
                quote.Withdraw(form.Reason, rfq.Now);
                await db.AnswerAsync(rfq.Id, supplierId, InvitationStatus.Quoting, rfq.Now, token);
                await TellBuyerAsync(db, rfq, supplierId, name => $"{name} withdrew quote {quote.Number} for {rfq.Number}: {quote.WithdrawReason}", "undo", token);
                await db.SaveChangesAsync(token);
                return quote.Id;
            },
            ct);
    }

    /// <summary>Says that there will be no quote, with a coded reason. Refused while a submitted quote stands.</summary>
    public Task<Guid> DeclineAsync(QuoteDeclineForm form, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        FormShape.Demand(form);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var rfq = await OpenForSupplierAsync(db, form.RfqId, token);
                await db.AnswerAsync(rfq.Id, supplierId, InvitationStatus.Declined, rfq.Now, token, form.Reason, form.Note);
                var why = Words.Spaced(form.Reason!.Value).ToLowerInvariant() + (form.Note.Trim().Length > 0 ? $" ({form.Note.Trim()})" : "");
                await TellBuyerAsync(db, rfq, supplierId, name => $"{name} declined {rfq.Number}: {why}", "block", token);
                return rfq.Id;
            },
            ct);
    }

    /// <summary>Tells the buyer that a quote will come. Saying it again changes nothing.</summary>
    public Task IntendToBidAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.WriteAsync(
            async (db, token) =>
            {
                var rfq = await OpenForSupplierAsync(db, rfqId, token);
                await db.AnswerAsync(rfq.Id, supplierId, InvitationStatus.Quoting, rfq.Now, token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
            },
            ct);
    }

    /// <summary>Notes that the supplier has opened the RFQ: only the first time counts.</summary>
    public Task MarkViewedAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.WriteAsync(
            async (db, token) =>
            {
                if (await db.RfqInvitations.AnyAsync(i => i.RfqId == rfqId && i.SupplierId == supplierId && i.ViewedAt == null, token))
                {
                    await db.MarkViewedAsync(rfqId, supplierId, await db.NowAsync(token), token);
                    await db.AnnounceAsync("rfqs", rfqId, token);
                }
            },
            ct);
    }

    private Task<Guid> KeepAsync(QuoteForm form, Guid supplierId, bool byBuyer, CancellationToken ct)
    {
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.DraftKey,
            async (db, token) =>
            {
                var rfq = await OpenAsync(db, form.RfqId, supplierId, byBuyer, token);
                var quote = await BegunAsync(db, rfq, supplierId, form.Version, token);
                quote.NoteDraft(rfq.Now);
                if (rfq.Sealed)
                {
                    await _sealed.KeepAsync(db, rfq, quote, form.Content(), user.Identity.Name, token);
                }
                else
                {
                    await KeepOpenlyAsync(db, quote, form, byBuyer, rfq.Now, token);
                }

                if (!byBuyer && quote.Status is not (QuoteStatus.Submitted or QuoteStatus.Sealed))
                {
                    await db.AnswerAsync(rfq.Id, supplierId, InvitationStatus.Quoting, rfq.Now, token);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
                return quote.Id;
            },
            ct);
    }

    private async Task KeepOpenlyAsync(SourcingDb db, Quote quote, QuoteForm form, bool byBuyer, DateTimeOffset now, CancellationToken ct)
    {
        var draft = await db.QuoteDrafts.SingleOrDefaultAsync(d => d.QuoteId == quote.Id && d.ByBuyer == byBuyer, ct);
        if (draft is null)
        {
            db.QuoteDrafts.Add(draft = new(quote.Id, byBuyer));
        }

        draft.Keep(form.Content(), user.Identity.Name, now);
    }

    private Task<Guid> SubmitAsync(QuoteForm form, Guid supplierId, bool byBuyer, CancellationToken ct)
    {
        FormShape.Demand(form);
        if (byBuyer && form.Channel is not (QuoteChannel.Email or QuoteChannel.Telephone))
        {
            throw new RefusedException(nameof(form.Channel), "Say how the quote came: by e-mail or by telephone.");
        }

        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var rfq = await OpenAsync(db, form.RfqId, supplierId, byBuyer, token);
                var today = DateOnly.FromDateTime(rfq.Now.UtcDateTime);
                QuoteRules.Demand(form, rfq.Lines, byBuyer && rfq.IsLate ? today : rfq.DeadlineDay, today);
                var quote = await BegunAsync(db, rfq, supplierId, form.Version, token);
                var link = !byBuyer && await QuoteQueries.LinkedRfqAsync(db, token) is not null;
                var by = new QuoteSubmission(user.Id, user.Identity.Name, byBuyer ? form.Channel : link ? QuoteChannel.Link : QuoteChannel.Portal, byBuyer && rfq.IsLate);
                var bid = rfq.Sealed ? await _sealed.SubmitAsync(db, rfq, quote, form.Content(), by, token) : null;
                if (bid is null)
                {
                    var units = await db.Units.ToDictionaryAsync(u => u.Code, u => u.Id, token);
                    db.QuoteRevisions.Add(quote.Submit(form.Content(), units, by, rfq.Now));
                    db.QuoteDrafts.RemoveRange(await db.QuoteDrafts.Where(d => d.QuoteId == quote.Id && d.ByBuyer == byBuyer).ToListAsync(token));
                }

                await db.AnswerAsync(rfq.Id, supplierId, InvitationStatus.Quoted, rfq.Now, token);
                await db.SaveChangesAsync(token);
                await TellAsync(db, rfq, quote, bid, token);
                await db.SaveChangesAsync(token);
                return quote.Id;
            },
            ct);
    }

    /// <param name="bid">Of a sealed RFQ: nobody is told more than that it came. Null otherwise.</param>
    private async Task TellAsync(SourcingDb db, AskedRfq rfq, Quote quote, SealedBid? bid, CancellationToken ct)
    {
        var total = bid is not null ? "sealed" : $"{quote.Currency} {quote.Total.ToString("N2", CultureInfo.InvariantCulture)}";
        var revision = quote.Revision == 1 ? "" : $", revision {quote.Revision}";
        await TellBuyerAsync(
            db, rfq, quote.SupplierId, name => quote.OnBehalf
                ? $"{user.Identity.Name} entered quote {quote.Number}{revision} of {name} for {rfq.Number}: {total}"
                : $"{name} submitted quote {quote.Number}{revision} for {rfq.Number}: {total}",
            "request_quote", ct);
        var invitation = await db.RfqInvitations.Where(i => i.RfqId == rfq.Id && i.SupplierId == quote.SupplierId).Select(i => new { i.Email, i.ContactName }).SingleAsync(ct);
        if (invitation.Email.Length > 0)
        {
            db.Post(bid is null ? QuoteReceipt.Mail(rfq, quote, invitation.Email, invitation.ContactName) : QuoteReceipt.SealedMail(rfq, quote, bid, invitation.Email, invitation.ContactName));
        }
    }

    private static async Task TellBuyerAsync(SourcingDb db, AskedRfq rfq, Guid supplierId, Func<string, string> text, string icon, CancellationToken ct)
    {
        var name = await db.Suppliers.IgnoreQueryFilters().Where(s => s.Id == supplierId).Select(s => s.Name).SingleOrDefaultAsync(ct) ?? "A supplier";
        var buyer = await db.Database.SqlQuery<Guid?>($"select app.buyer_of({rfq.Id}) as \"Value\"").SingleAsync(ct);
        await db.NotifyAsync([buyer ?? Guid.Empty], text(name), $"/rfqs/{rfq.Id}/quotes/{supplierId}", icon, ct);
        await db.AnnounceAsync("rfqs", rfq.Id, ct);
    }

    private Task<AskedRfq> OpenForSupplierAsync(SourcingDb db, Guid rfqId, CancellationToken ct) => OpenAsync(db, rfqId, QuoteQueries.OwnSupplier(user), byBuyer: false, ct);

    private static async Task<AskedRfq> OpenAsync(SourcingDb db, Guid rfqId, Guid supplierId, bool byBuyer, CancellationToken ct)
    {
        var rfq = await QuoteQueries.AskedAsync(db, rfqId, ct, supplierId);
        return (byBuyer ? rfq.WhyNotForBuyer() : rfq.WhyNotForSupplier()) is { } refusal ? throw new RefusedException(refusal) : rfq;
    }

    /// <summary>The supplier's one quote of this round, as the form knew it; a new one when there is none yet.</summary>
    private static async Task<Quote> BegunAsync(SourcingDb db, AskedRfq rfq, Guid supplierId, uint version, CancellationToken ct)
    {
        if (!await db.RfqInvitations.AnyAsync(i => i.RfqId == rfq.Id && i.SupplierId == supplierId, ct))
        {
            throw new MissingException("invitation");
        }

        var quote = await db.Quotes.Include(q => q.Lines).ThenInclude(l => l.Breaks.OrderBy(b => b.MinimumQuantity))
            .SingleOrDefaultAsync(q => q.RfqId == rfq.Id && q.SupplierId == supplierId && q.Round == rfq.Round, ct);
        if (quote is null && version == 0)
        {
            quote = new(rfq.Id, supplierId, rfq.Round, await db.NextNumberAsync("Q", ct), rfq.Currency);
            db.Quotes.Add(quote);
            return quote;
        }

        if (quote is null || version == 0)
        {
            throw new ConflictException();
        }

        db.Entry(quote).Property(q => q.Version).OriginalValue = version;
        return quote;
    }

    private Task DiscardAsync(Guid rfqId, Guid supplierId, bool byBuyer, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var rfq = await OpenAsync(db, rfqId, supplierId, byBuyer, token);
            if (rfq.Sealed)
            {
                var quote = await db.Quotes.Where(q => q.RfqId == rfq.Id && q.SupplierId == supplierId && q.Round == rfq.Round).Select(q => q.Id).SingleOrDefaultAsync(token);
                await SealedQuotes.DiscardAsync(db, quote, token);
            }

            await db.QuoteDrafts.Where(d => d.ByBuyer == byBuyer && db.Quotes.Any(q => q.Id == d.QuoteId && q.RfqId == rfq.Id && q.SupplierId == supplierId && q.Round == rfq.Round))
                .ExecuteDeleteAsync(token);
            await db.AnnounceAsync("rfqs", rfq.Id, token);
        },
        ct);
}

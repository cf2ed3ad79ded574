using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// Rounds of an RFQ: after one has closed, chosen suppliers are asked again. What they quoted before is frozen, by the database too;
/// each new quote belongs to the round in which it is given.
/// </summary>
public sealed class RoundService(Database database, CurrentUser user, SealingKey key)
{
    /// <summary>Whom the next round can be started with, those who quoted first, by rank.</summary>
    public Task<RoundChoices> ChoicesAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var view = await ComparisonQueries.LoadAsync(db, rfqId, token);
                var ranks = RoundRanks.Of(view);
                var invited = await (
                    from i in db.RfqInvitations.AsNoTracking()
                    where i.RfqId == rfqId && i.InvitedAt != null
                    join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on i.SupplierId equals s.Id
                    select new { i.SupplierId, s.Name, i.Round, i.Status, Gone = s.DeletedAt != null, s.IsActive, s.BlockedFor, s.BlockReason }).ToListAsync(token);
                var candidates = invited.ConvertAll(i =>
                {
                    var quote = i.Round == view.Round ? view.Quotes.FirstOrDefault(q => q.SupplierId == i.SupplierId) : null;
                    var total = quote is null ? null : view.Comparison.Total(quote.QuoteId);
                    var why = i.Gone ? "deleted from the suppliers" : !i.IsActive ? "not active" : i.BlockedFor == SupplierBlock.None ? null : $"blocked: {i.BlockReason}";
                    return new RoundCandidate(
                        i.SupplierId, i.Name, i.Round, i.Status, total is { Lines: > 0 } ? total.Landed : null, total?.Lines ?? 0,
                        i.Round == view.Round && ranks.TryGetValue(i.SupplierId, out var rank) ? rank.Rank : null, why);
                });
                return new RoundChoices(
                    view.Round, view.Lines.Count, view.Currency,
                    [.. candidates.OrderByDescending(c => c.Round).ThenBy(c => c.Rank ?? int.MaxValue).ThenByDescending(c => c.Quoted).ThenBy(c => c.Supplier, StringComparer.Ordinal)]);
            },
            ct);
    }

    /// <summary>The later rounds of an RFQ, the latest first.</summary>
    public Task<List<RoundView>> OfRfqAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => db.RfqRounds.Where(r => r.RfqId == rfqId).OrderByDescending(r => r.Round)
            .Select(r => new RoundView(
                r.Round, r.StartedAt, r.ByName, r.Deadline, r.Message, r.ShowsRank,
                db.RfqInvitations.Count(i => i.RfqId == rfqId && i.Round == r.Round) + db.RfqRoundAnswers.Count(a => a.RfqId == rfqId && a.Round == r.Round)))
            .Take(100).ToListAsync(token), ct);
    }

    /// <summary>
    /// Starts the next round: the chosen suppliers get a new link, those left out a word of thanks, and nobody learns more than the own rank.
    /// Of two who start at once the second reads who did it. Refused while an award waits for approval.
    /// </summary>
    /// <returns>The RFQ's key.</returns>
    public Task<Guid> StartAsync(NextRoundForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        var deadline = DeadlineMoment.Of(form.Deadline!.Value, form.DeadlineTimeZone);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                // The row is the lock, as for an award.
                await db.Database.ExecuteSqlAsync($"select 1 from rfqs where id = {form.Id} for update", token);
                var rfq = await db.Rfqs.Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == form.Id, token) ?? throw new MissingException("RFQ");
                await DemandCurrentAsync(db, rfq, form.Round, token);
                var suppliers = await InvitationService.SuppliersAsync(db, form.SupplierIds, token);
                suppliers.ForEach(s => s.DemandInvitable());
                var (now, ended) = (await db.NowAsync(token), rfq.Round);
                var ranks = form.ShowRank ? RoundRanks.Of(await ComparisonQueries.LoadAsync(db, rfq.Id, token)) : new Dictionary<Guid, (int, int)>();
                var leftOut = rfq.Invitations.Where(i => i.Round == ended && i.InvitedAt is not null && !form.SupplierIds.Contains(i.SupplierId)).ToList();
                await RejectAsync(db, rfq, leftOut, token);
                var answers = rfq.Invitations.Where(i => i.InvitedAt is not null && form.SupplierIds.Contains(i.SupplierId))
                    .Select(i => new RfqRoundAnswer(i, i.Round == ended && ranks.TryGetValue(i.SupplierId, out var rank) ? rank : null)).ToList();
                rfq.StartNextRound(form.SupplierIds, deadline, form.DeadlineTimeZone, now);
                db.AddRange(answers);
                await RfqLock.CloseAsync(db, key, rfq, token);
                db.Add(new RfqRound(rfq.Id, rfq.Round, deadline, form.Message, form.ShowRank, user.Id, user.Identity.Name, now));
                await InvitationService.SendRoundAsync(
                    db, rfq, suppliers, now, form.Message.Trim(), id => answers.Where(a => a.SupplierId == id && a.ToldRank is not null).Select(a => (a.Round, a.ToldRank!.Value, a.ToldOf!.Value)).Cast<(int, int, int)?>().FirstOrDefault(), token);
                await InvitationService.TellAsync(db, rfq, leftOut.Contains, (letter, to, email) => RfqMails.NotInNextRound(letter, to, email, ended), token, everyRound: true);
                await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} is in round {rfq.Round} with {(suppliers.Count == 1 ? "1 supplier" : $"{suppliers.Count} suppliers")}, until {DeadlineMoment.Words(deadline, form.DeadlineTimeZone)}", RfqService.Page(rfq), "repeat", token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
                return rfq.Id;
            },
            ct);
    }

    private static async Task DemandCurrentAsync(SourcingDb db, Rfq rfq, int seen, CancellationToken ct)
    {
        if (rfq.Round != seen)
        {
            var started = await db.RfqRounds.AsNoTracking().SingleOrDefaultAsync(r => r.RfqId == rfq.Id && r.Round == rfq.Round, ct);
            throw new RefusedException($"{started?.ByName ?? "Somebody else"} has started round {rfq.Round} of {rfq.Number} already. Reload the page to see with whom.");
        }

        // What is sealed stays so for ever once its round is over.
        if (rfq.IsSealedNow && await db.Quotes.CountAsync(q => q.RfqId == rfq.Id && q.Round == rfq.Round && q.Status == QuoteStatus.Sealed, ct) is var waiting and > 0)
        {
            throw new RefusedException($"{(waiting == 1 ? "1 sealed bid waits" : $"{waiting} sealed bids wait")} in round {rfq.Round} of {rfq.Number}. Two people open the round before another one starts.");
        }

        if (await db.AwardDecisions.AnyAsync(d => d.RfqId == rfq.Id && d.Round == rfq.Round && d.Status == AwardStatus.Waiting, ct))
        {
            throw new RefusedException($"An award of {rfq.Number} waits for approval. Have it declined before starting another round.");
        }
    }

    /// <summary>Who is not asked again has lost: saved before the round changes, because quotes of a round that is over are frozen.</summary>
    private static async Task RejectAsync(SourcingDb db, Rfq rfq, List<RfqInvitation> leftOut, CancellationToken ct)
    {
        var ids = leftOut.ConvertAll(i => i.SupplierId);
        var quotes = await db.Quotes.Where(q => q.RfqId == rfq.Id && q.Round == rfq.Round && q.Status == QuoteStatus.Submitted && ids.Contains(q.SupplierId)).ToListAsync(ct);
        quotes.ForEach(q => q.Decide(QuoteStatus.Rejected));
        await db.SaveChangesAsync(ct);
    }
}

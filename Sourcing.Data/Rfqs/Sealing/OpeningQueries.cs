using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>Reads the seal of an RFQ: who has bid, who agreed to open, what the log says and whether it is whole. Never what is in a bid.</summary>
public sealed class OpeningQueries(Database database, CurrentUser user)
{
    /// <summary>The seal of an RFQ, in one moment of the database; null for one that is not sealed or has not gone out.</summary>
    public Task<OpeningView?> OfRfqAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadMomentAsync(
            async (db, token) =>
            {
                var rfq = await db.Rfqs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == rfqId, token);
                var seal = rfq is null ? null : await db.RfqSeals.AsNoTracking().SingleOrDefaultAsync(s => s.RfqId == rfqId && s.Round == rfq.Round, token);
                if (rfq is null || seal is null)
                {
                    return null;
                }

                var log = await LogAsync(db, rfqId, token);
                var noted = (await db.SealedBids.Where(b => b.RfqId == rfqId).Select(b => new { b.Number, b.Hash, b.LogSequence, b.LogHash }).ToListAsync(token))
                    .ConvertAll(b => (b.Number, b.Hash, b.LogSequence, b.LogHash));
                var consents = seal.OpenedAt is null && rfq.ClosedAt is { } closed
                    ? log.Where(e => e is { Kind: SealEventKind.Consent, ActorId: not null } && e.Round == rfq.Round && e.At >= closed).DistinctBy(e => e.ActorId)
                        .Select(e => new OpeningConsent(e.ActorId!.Value, e.ActorName, e.At)).ToList()
                    : [];
                return new OpeningView(
                    rfqId, rfq.Round, seal.OpenedAt, seal.OpenedByNames, consents, WhyNot(rfq, await db.NowAsync(token)), await BidsAsync(db, rfqId, token),
                    [.. log.OrderByDescending(e => e.Sequence)], SealChain.Check(log, noted));
            },
            ct);
    }

    // A deadline that has passed closes the RFQ within the minute; whoever comes first closes it.
    private static string? WhyNot(Rfq rfq, DateTimeOffset now) => rfq is { Status: RfqStatus.Open, BidsOpenedAt: null } && rfq.Deadline <= now ? null : rfq.WhyNotOpened();

    private static Task<List<SealLogEntry>> LogAsync(SourcingDb db, Guid rfqId, CancellationToken ct) => db.SealEvents.Where(e => e.RfqId == rfqId).OrderBy(e => e.Sequence)
        .Select(e => new SealLogEntry(e.RfqId, e.Round, e.Sequence, e.Kind, e.At, e.ActorId, e.ActorName, e.SupplierId, e.Detail, e.PreviousHash, e.Hash)).ToListAsync(ct);

    private static Task<List<SealedBidRow>> BidsAsync(SourcingDb db, Guid rfqId, CancellationToken ct) => (
        from b in db.SealedBids
        join q in db.Quotes on b.QuoteId equals q.Id
        join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on b.SupplierId equals s.Id
        join o in db.OpenedBids on b.Id equals o.BidId into opened
        from o in opened.DefaultIfEmpty()
        where b.RfqId == rfqId
        orderby b.Round descending, b.ReceivedAt descending
        select new SealedBidRow(
            b.SupplierId, s.Name, q.Number, b.Round, b.Revision, b.Number, b.Hash, b.ReceivedAt, q.Status, b.Revision == q.Revision, o == null ? null : o.Agrees, o == null ? "" : o.Fault))
        .Take(1000).ToListAsync(ct);
}

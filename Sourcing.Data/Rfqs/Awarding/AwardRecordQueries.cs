using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>One who was asked.</summary>
/// <param name="Answer">Why they declined, in words; empty otherwise.</param>
public sealed record AskedSupplier(string Supplier, InvitationStatus Status, DateTimeOffset? InvitedAt, DateTimeOffset? ViewedAt, DateTimeOffset? RespondedAt, string Answer);

/// <summary>What came from one supplier in one round.</summary>
/// <param name="Total">Goods, freight and other costs in its own currency.</param>
public sealed record ReceivedQuote(
    string Number, string Supplier, int Round, int Revision, QuoteStatus Status, DateTimeOffset? SubmittedAt, string SubmittedBy, QuoteChannel Channel, bool AfterDeadline,
    decimal Total, string Currency, DateOnly? ValidUntil, string WithdrawReason);

/// <summary>A decision, declined ones too.</summary>
/// <param name="ScenarioName">The saved scenario that was carried out; null otherwise.</param>
public sealed record RecordedDecision(
    int Round, AwardStatus Status, AwardScenarioKind Scenario, string? ScenarioName, SavingsBaseline Baseline, decimal Total, decimal? Savings, string DecidedBy, DateTimeOffset DecidedAt,
    string? SecondBy, DateTimeOffset? SecondAt, string Justification, string DeclineReason, IReadOnlyList<RecordedAward> Lines);

/// <summary>What one offer got.</summary>
/// <param name="ComparedPrice">In the RFQ's currency for the RFQ line's unit; the baseline price likewise.</param>
public sealed record RecordedAward(int LineNo, string Description, string Supplier, string QuoteNumber, decimal Quantity, decimal ComparedPrice, decimal? BaselinePrice);

/// <summary>An order that came of it.</summary>
public sealed record RecordedOrder(string Number, string Supplier, decimal Total, string Currency);

/// <summary>A sealed round, and how its bids were opened.</summary>
/// <param name="OpenedAt">Null while the bids are sealed.</param>
/// <param name="OpenedBy">The two people.</param>
/// <param name="AsSubmitted">Bids that came out as their receipts say.</param>
/// <param name="Refused">Bids that did not, and became no quote.</param>
public sealed record RecordedOpening(int Round, DateTimeOffset SealedAt, DateTimeOffset? OpenedAt, string OpenedBy, int AsSubmitted, int Refused);

/// <summary>All that an auditor asks of an award: who was asked, what came, what was compared, what was decided and why.</summary>
public sealed record AwardRecord(
    RfqDetails Rfq, IReadOnlyList<AskedSupplier> Asked, IReadOnlyList<ReceivedQuote> Received, ComparisonView Compared, IReadOnlyList<ScenarioView> Scenarios,
    IReadOnlyList<RecordedDecision> Decisions, IReadOnlyList<RecordedOrder> Orders, DateTimeOffset PrintedAt)
{
    /// <summary>Of a sealed RFQ, round by round; empty for an open one.</summary>
    public IReadOnlyList<RecordedOpening> Openings { get; init; } = [];
}

/// <summary>Reads the record of an award.</summary>
public sealed class AwardRecordQueries(Database database, CurrentUser user, RfqQueries rfqs)
{
    /// <summary>The record as it stands now, whatever the state of the RFQ.</summary>
    /// <exception cref="MissingException">There is no such RFQ.</exception>
    public async Task<AwardRecord> ForAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.OrdersRead);
        var head = await rfqs.DetailsAsync(rfqId, ct) ?? throw new MissingException("RFQ");
        return await database.ReadAsync(
            async (db, token) =>
            {
                var decided = await db.AwardDecisions.Where(d => d.RfqId == rfqId && d.Status != AwardStatus.Declined).OrderByDescending(d => d.DecidedAt).Select(d => (DateTimeOffset?)d.DecidedAt).FirstOrDefaultAsync(token);
                // What was compared is shown with the rates of the day of the decision.
                var view = await ComparisonQueries.LoadAsync(db, rfqId, token, decided is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null);
                return new AwardRecord(
                    head, await AskedAsync(db, rfqId, token), await ReceivedAsync(db, rfqId, token), view, await AwardScenarioQueries.LoadAsync(db, view, token),
                    await DecisionsAsync(db, rfqId, token), await OrdersAsync(db, rfqId, token), await db.NowAsync(token))
                {
                    Openings = head.Sealed ? await OpeningsAsync(db, rfqId, token) : [],
                };
            },
            ct);
    }

    private static async Task<IReadOnlyList<AskedSupplier>> AskedAsync(SourcingDb db, Guid rfqId, CancellationToken ct)
    {
        var asked = await (
            from i in db.RfqInvitations
            join s in db.Suppliers.IgnoreQueryFilters() on i.SupplierId equals s.Id
            where i.RfqId == rfqId
            orderby s.Name, i.Id
            select new { s.Name, i.Status, i.InvitedAt, i.ViewedAt, i.RespondedAt, i.DeclineReason, i.DeclineNote }).ToListAsync(ct);
        return asked.ConvertAll(a => new AskedSupplier(
            a.Name, a.Status, a.InvitedAt, a.ViewedAt, a.RespondedAt,
            string.Join(": ", new[] { a.DeclineReason is { } reason ? Words.Spaced(reason) : "", a.DeclineNote }.Where(t => !string.IsNullOrEmpty(t)))));
    }

    private static async Task<IReadOnlyList<ReceivedQuote>> ReceivedAsync(SourcingDb db, Guid rfqId, CancellationToken ct) => await (
        from q in db.Quotes
        join s in db.Suppliers.IgnoreQueryFilters() on q.SupplierId equals s.Id
        where q.RfqId == rfqId && q.Revision > 0 && q.ValidUntil != null // What was never opened has no figures.
        orderby q.Round, q.SubmittedAt, q.Id
        select new ReceivedQuote(
            q.Number, s.Name, q.Round, q.Revision, q.Status, q.SubmittedAt, q.SubmittedByName, q.Channel, q.AfterDeadline, q.Total, q.Currency, q.ValidUntil, q.WithdrawReason)).ToListAsync(ct);

    private static async Task<IReadOnlyList<RecordedDecision>> DecisionsAsync(SourcingDb db, Guid rfqId, CancellationToken ct)
    {
        var decisions = await db.AwardDecisions.AsNoTracking().Include(d => d.Awards).Where(d => d.RfqId == rfqId).OrderBy(d => d.DecidedAt).ToListAsync(ct);
        var people = decisions.SelectMany(d => new[] { d.DecidedBy, d.ApprovedBy ?? d.DecidedBy }).Distinct().ToList();
        var names = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        var scenarios = await db.AwardScenarios.Where(s => s.RfqId == rfqId).Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var lines = await db.RfqLines.Where(l => l.RfqId == rfqId).Select(l => new { l.Id, l.LineNo, l.Description }).ToDictionaryAsync(l => l.Id, ct);
        var offers = await (
            from l in db.QuoteLines
            join q in db.Quotes on l.QuoteId equals q.Id
            join s in db.Suppliers.IgnoreQueryFilters() on q.SupplierId equals s.Id
            where q.RfqId == rfqId
            select new { l.Id, q.Number, s.Name }).ToDictionaryAsync(o => o.Id, ct);
        return decisions.ConvertAll(d => new RecordedDecision(
            d.Round, d.Status, d.Scenario, d.ScenarioId is { } id ? scenarios.GetValueOrDefault(id) : null, d.Baseline, d.Total, d.Savings, names.GetValueOrDefault(d.DecidedBy, ""), d.DecidedAt,
            d.ApprovedBy is { } second ? names.GetValueOrDefault(second, "") : null, d.ApprovedAt, d.Justification, d.DeclineReason,
            [.. d.Awards.Select(a => new RecordedAward(lines[a.RfqLineId].LineNo, lines[a.RfqLineId].Description, offers[a.QuoteLineId].Name, offers[a.QuoteLineId].Number, a.Quantity, a.ComparedPrice, a.BaselinePrice))
                .OrderBy(a => a.LineNo).ThenBy(a => a.Supplier, StringComparer.Ordinal)]));
    }

    private static async Task<IReadOnlyList<RecordedOpening>> OpeningsAsync(SourcingDb db, Guid rfqId, CancellationToken ct) => await db.RfqSeals
        .Where(s => s.RfqId == rfqId).OrderBy(s => s.Round)
        .Select(s => new RecordedOpening(
            s.Round, s.SealedAt, s.OpenedAt, s.OpenedByNames,
            db.OpenedBids.Count(o => o.Agrees && db.SealedBids.Any(b => b.Id == o.BidId && b.SealId == s.Id)),
            db.OpenedBids.Count(o => !o.Agrees && db.SealedBids.Any(b => b.Id == o.BidId && b.SealId == s.Id))))
        .ToListAsync(ct);

    private static async Task<IReadOnlyList<RecordedOrder>> OrdersAsync(SourcingDb db, Guid rfqId, CancellationToken ct) => await (
        from o in db.Orders
        join s in db.Suppliers.IgnoreQueryFilters() on o.SupplierId equals s.Id
        where o.RfqId == rfqId
        orderby o.Number
        select new RecordedOrder(o.Number, s.Name, o.Total, o.Currency)).ToListAsync(ct);
}

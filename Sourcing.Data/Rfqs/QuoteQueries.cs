using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Data.Rfqs;

/// <summary>Reads what is asked and what was answered: for suppliers their own, for buyers all that was submitted.</summary>
public sealed class QuoteQueries(Database database, CurrentUser user, SealingKey key)
{
    /// <summary>What a supplier's start page shows.</summary>
    public Task<PortalHome> PortalAsync(CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        var supplierId = OwnSupplier(user);
        return database.ReadAsync(
            async (db, token) =>
            {
                var now = await db.NowAsync(token);
                var name = await db.Suppliers.Where(s => s.Id == supplierId).Select(s => s.Name).SingleOrDefaultAsync(token) ?? "";
                var rows = await (
                    from invitation in db.RfqInvitations.AsNoTracking()
                    join rfq in db.Rfqs on invitation.RfqId equals rfq.Id
                    where invitation.SupplierId == supplierId && (rfq.Deadline > now.AddYears(-1) || rfq.Status == RfqStatus.Open)
                    orderby rfq.Deadline descending, rfq.Id
                    let quote = db.Quotes.FirstOrDefault(q => q.RfqId == rfq.Id && q.SupplierId == supplierId && q.Round == invitation.Round)
                    select new PortalRfqRow(
                        rfq.Id, rfq.Number, rfq.Title, rfq.Status, rfq.Deadline, db.RfqLines.Count(l => l.RfqId == rfq.Id), invitation.Status, invitation.InvitedAt,
                        quote == null ? null : quote.Number, quote == null ? null : quote.Status,
                        quote == null || quote.Revision == 0 || (rfq.Sealed && quote.ValidUntil == null) ? null : quote.Total, quote == null ? null : quote.Currency)
                    {
                        Round = rfq.Round, InvitedRound = invitation.Round, Sealed = rfq.Sealed, EndedAt = rfq.CancelledAt ?? rfq.ClosedAt,
                    }).Take(200).ToListAsync(token);
                return new PortalHome(name, now, rows);
            },
            ct);
    }

    /// <summary>An RFQ with the own answer, for the supplier of this session. Refuses one to which it is not invited as if it did not exist.</summary>
    /// <param name="round">An earlier round, of which the quote is read as it was; null for the last of the supplier.</param>
    public Task<QuoteSheet> OwnAsync(Guid rfqId, CancellationToken ct, int? round = null)
    {
        user.Demand(Permission.PortalUse);
        return database.ReadAsync((db, token) => SheetAsync(db, rfqId, OwnSupplier(user), byBuyer: false, round, token), ct);
    }

    /// <summary>The one RFQ that the personal link of this session opens; null in the portal.</summary>
    public Task<Guid?> LinkedRfqAsync(CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return database.ReadAsync(LinkedRfqAsync, ct);
    }

    /// <summary>One supplier's answer as buyers see it: what was submitted, all revisions, and the buyer's own unfinished entry.</summary>
    /// <param name="round">An earlier round, of which the quote is read as it was; null for the last of the supplier.</param>
    public Task<QuoteSheet> OfSupplierAsync(Guid rfqId, Guid supplierId, CancellationToken ct, int? round = null)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => SheetAsync(db, rfqId, supplierId, byBuyer: true, round, token), ct);
    }

    /// <summary>What is asked, as every supplier gets it: to send it along.</summary>
    public Task<AskedRfq> RequestAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => AskedAsync(db, rfqId, token), ct);
    }

    /// <summary>The supplier for whom this session acts.</summary>
    internal static Guid OwnSupplier(CurrentUser user) => user.Identity.SupplierId ?? throw new DeniedException(Permission.PortalUse);

    internal static Task<Guid?> LinkedRfqAsync(SourcingDb db, CancellationToken ct) =>
        db.Database.SqlQuery<Guid?>($"select app.link_rfq_id() as \"Value\"").SingleAsync(ct);

    /// <summary>What is asked, read by either login.</summary>
    /// <param name="supplierId">Of whom; null for nobody in particular.</param>
    internal static async Task<AskedRfq> AskedAsync(SourcingDb db, Guid rfqId, CancellationToken ct, Guid? supplierId = null)
    {
        var now = await db.NowAsync(ct);
        var rfq = await db.Rfqs.AsNoTracking().Where(r => r.Id == rfqId)
            .Select(r => new AskedRfq(
                r.Id, r.Number, r.Title, r.Description, r.Status, r.Deadline, r.DeadlineTimeZone, r.Currency, r.Incoterm,
                r.DeliveryPlace, r.PaymentTerms, r.Round, r.CancelReason, now)
            {
                PauseReason = r.PauseReason, DeadlineReason = r.DeadlineReason, Sealed = r.Sealed, BidsOpenedAt = r.BidsOpenedAt,
                InvitedRound = supplierId == null ? null : db.RfqInvitations.Where(i => i.RfqId == r.Id && i.SupplierId == supplierId).Select(i => (int?)i.Round).FirstOrDefault(),
                RoundMessage = db.RfqRounds.Where(n => n.RfqId == r.Id && n.Round == r.Round).Select(n => n.Message).FirstOrDefault() ?? "",
            })
            .SingleOrDefaultAsync(ct) ?? throw new MissingException("RFQ");
        var units = await db.Units.AsNoTracking().Select(u => new { u.Id, u.Code, u.Dimension, u.Factor }).ToListAsync(ct);
        var lines = await db.RfqLines.AsNoTracking().Where(l => l.RfqId == rfqId).OrderBy(l => l.LineNo).ThenBy(l => l.Id)
            .Select(l => new
            {
                l.Id, l.LineNo, Part = db.Parts.IgnoreQueryFilters().Where(p => p.Id == l.PartId).Select(p => p.Number).FirstOrDefault(),
                l.Description, l.Quantity, l.UnitId, l.NeedBy, l.Specifications, l.Note,
            }).ToListAsync(ct);
        var files = await RfqFiles.ShownAsync(db, rfqId, ct);
        return rfq with
        {
            Addenda = await RfqQueries.Addenda(db, rfqId).ToListAsync(ct),
            Lines = [.. lines.Select(l =>
            {
                var unit = units.FirstOrDefault(u => u.Id == l.UnitId);
                var code = unit?.Code ?? "";
                // A package holds what the part says, so a price per package compares only with the same package.
                var others = unit is null or { Dimension: Dimension.Package } ? [] : units.Where(u => u.Dimension == unit.Dimension && u.Code != code).OrderBy(u => u.Factor).Select(u => u.Code);
                return new AskedLine(l.Id, l.LineNo, l.Part ?? "", l.Description, l.Quantity, code, [code, .. others], l.NeedBy, Specifications(l.Specifications), l.Note)
                {
                    Files = [.. files[l.Id]],
                };
            })],
        };
    }

    private async Task<QuoteSheet> SheetAsync(SourcingDb db, Guid rfqId, Guid supplierId, bool byBuyer, int? round, CancellationToken ct)
    {
        var rfq = await AskedAsync(db, rfqId, ct, supplierId);
        var shown = round ?? rfq.InvitedRound ?? rfq.Round;
        var invitation = await db.RfqInvitations.AsNoTracking().Where(i => i.RfqId == rfqId && i.SupplierId == supplierId)
            .Select(i => new InvitationView(i.Id, i.Status, i.ContactName, i.Email, i.DeclineReason, i.DeclineNote)).SingleOrDefaultAsync(ct) ?? throw new MissingException("invitation");
        var name = await db.Suppliers.IgnoreQueryFilters().Where(s => s.Id == supplierId).Select(s => s.Name).SingleOrDefaultAsync(ct) ?? "";
        var contact = byBuyer ? null : await db.RfqContacts.AsNoTracking().Where(c => c.RfqId == rfqId).Select(c => new { c.FullName, c.Email }).SingleOrDefaultAsync(ct);
        var rounds = await db.Quotes.AsNoTracking().Where(q => q.RfqId == rfqId && q.SupplierId == supplierId && q.Revision > 0).OrderByDescending(q => q.Round)
            .Select(q => new RoundQuote(q.Round, q.Number, q.Status, q.Revision, q.Total, q.Currency, q.SubmittedAt)).Take(100).ToListAsync(ct);
        var told = await db.RfqRoundAnswers.AsNoTracking().Where(a => a.RfqId == rfqId && a.SupplierId == supplierId && a.ToldRank != null && a.Round < shown)
            .OrderByDescending(a => a.Round).Select(a => new ToldRank(a.Round, a.ToldRank!.Value, a.ToldOf!.Value)).FirstOrDefaultAsync(ct);
        var quote = await db.Quotes.AsNoTracking().Where(q => q.RfqId == rfqId && q.SupplierId == supplierId && q.Round == shown)
            .Select(q => new QuoteState(
                q.Id, q.Number, q.Status, q.Revision, q.Currency, q.Total, q.SubmittedAt, q.SubmittedByName, q.Channel,
                q.AfterDeadline, q.WithdrawnAt, q.WithdrawReason, q.Version))
            .SingleOrDefaultAsync(ct);
        QuoteContent? former = null;
        if (quote is null or { Revision: 0 } && rounds.Find(q => q.Round < shown) is { } before)
        {
            former = await db.QuoteRevisions.AsNoTracking().Where(r => db.Quotes.Any(q => q.Id == r.QuoteId && q.RfqId == rfqId && q.SupplierId == supplierId && q.Round == before.Round))
                .OrderByDescending(r => r.Revision).Select(r => r.Content).FirstOrDefaultAsync(ct);
        }

        var sheet = new QuoteSheet(rfq, supplierId, name, invitation, contact?.FullName ?? "", contact?.Email ?? "", quote, null, []) { Round = shown, Rounds = rounds, Former = former, Rank = told };
        return quote is null ? sheet : await (rfq.Sealed ? SealedAsync(db, sheet, quote.Id, byBuyer, ct) : OpenlyAsync(db, sheet, quote.Id, byBuyer, ct));
    }

    private static async Task<QuoteSheet> OpenlyAsync(SourcingDb db, QuoteSheet sheet, Guid quoteId, bool byBuyer, CancellationToken ct) => sheet with
    {
        Draft = await db.QuoteDrafts.AsNoTracking().Where(d => d.QuoteId == quoteId && d.ByBuyer == byBuyer).Select(d => new DraftView(d.Content, d.SavedByName, d.SavedAt)).SingleOrDefaultAsync(ct),
        Revisions = await RevisionsAsync(db, quoteId, ct),
    };

    // A buyer reads what was opened; the supplier what it typed, out of its own copies.
    private async Task<QuoteSheet> SealedAsync(SourcingDb db, QuoteSheet sheet, Guid quoteId, bool byBuyer, CancellationToken ct)
    {
        sheet = sheet with { Receipts = await SealedQuotes.ReceiptsAsync(db, quoteId, ct) };
        return byBuyer ? sheet with { Revisions = await RevisionsAsync(db, quoteId, ct) } : await new SealedQuotes(key).FillAsync(db, sheet, ct);
    }

    private static Task<List<RevisionView>> RevisionsAsync(SourcingDb db, Guid quoteId, CancellationToken ct) =>
        db.QuoteRevisions.AsNoTracking().Where(r => r.QuoteId == quoteId).OrderByDescending(r => r.Revision).Take(100)
            .Select(r => new RevisionView(r.Revision, r.Content, r.Currency, r.Total, r.SubmittedAt, r.SubmittedByName, r.Channel, r.AfterDeadline)).ToListAsync(ct);

    private static IReadOnlyList<KeyValuePair<string, string>> Specifications(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.ToString()))]
            : [];
    }
}

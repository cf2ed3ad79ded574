using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>Reads RFQs for buyers: a page's parts each by themselves.</summary>
public sealed class RfqQueries(Database database, CurrentUser user)
{
    /// <summary>The most cards of a lane.</summary>
    public const int LaneCards = 50;

    /// <summary>Beyond this a lane says "more than".</summary>
    public const int LaneCount = 1000;

    /// <summary>The lanes of the board, in order. Completed and cancelled RFQs are in the table.</summary>
    public static readonly IReadOnlyList<RfqStatus> Lanes = [RfqStatus.Draft, RfqStatus.Open, RfqStatus.Closed, RfqStatus.Evaluating, RfqStatus.Awarded];

    /// <summary>The board: drafts and open ones by the next deadline, the others by the latest. A fixed number of statements, however many RFQs there are.</summary>
    public Task<RfqBoard> BoardAsync(BoardFilter filter, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => RfqBoardReader.ReadAsync(db, filter, token), ct);
    }

    /// <summary>The head of one RFQ; null when there is none.</summary>
    public Task<RfqDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync(async (db, token) =>
        {
            var now = await db.NowAsync(token);
            var details = await db.Rfqs.Where(r => r.Id == id).Select(r => new RfqDetails(
                r.Id, r.Number, r.Title, r.Description, r.Status, r.Deadline, r.DeadlineTimeZone, r.Currency, r.Sealed, r.Round, r.Incoterm, r.DeliveryPlace, r.PaymentTerms,
                db.PartCategories.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(c => c.Id == r.CategoryId).Select(c => c.Name).FirstOrDefault(),
                r.BuyerId, db.People.Where(p => p.Id == r.BuyerId).Select(p => p.FullName).FirstOrDefault() ?? "", r.Source,
                r.CreatedAt, r.IssuedAt, r.ClosedAt, r.AwardedAt, r.CompletedAt, r.CancelledAt, r.CancelReason,
                r.Lines.Count, r.Invitations.Count(i => i.Round == r.Round), r.Invitations.Count(i => i.Round == r.Round && i.Status == InvitationStatus.Quoted),
                r.Invitations.Count(i => i.Round == r.Round && i.Status == InvitationStatus.Declined),
                db.Attachments.Count(a => a.OwnerType == "rfqs" && a.OwnerId == r.Id)
                    + r.Lines.SelectMany(l => db.Attachments.Where(a => a.OwnerType == "rfq_lines" && a.OwnerId == l.Id)).Count(), r.Version)
            {
                PausedAt = r.PausedAt, PauseReason = r.PauseReason, DeadlineReason = r.DeadlineReason, BidsOpenedAt = r.BidsOpenedAt,
                Consents = !r.Sealed || r.BidsOpenedAt != null ? 0 : db.SealEvents.Where(e => e.RfqId == r.Id && e.Round == r.Round && e.Kind == SealEventKind.Consent && e.At >= r.ClosedAt).Select(e => e.ActorId).Distinct().Count(),
                Questions = db.RfqQuestions.Count(q => q.RfqId == r.Id), OpenQuestions = db.RfqQuestions.Count(q => q.RfqId == r.Id && q.AnsweredAt == null),
            }).SingleOrDefaultAsync(token);
            return details is null ? null : details with { Now = now };
        }, ct);
    }

    /// <summary>The lines of one RFQ in their order.</summary>
    public Task<List<RfqLineView>> LinesAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => Lines(db, rfqId).ToListAsync(token), ct);
    }

    /// <summary>What all suppliers were told, the latest first.</summary>
    public Task<List<AddendumView>> AddendaAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => Addenda(db, rfqId).ToListAsync(token), ct);
    }

    /// <summary>What would go out to suppliers with the RFQ, and what would not.</summary>
    public Task<RfqFileCount> FilesAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync(async (db, token) =>
        {
            var shown = await RfqFiles.Of(db, rfqId).GroupBy(a => a.VisibleToSupplier).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, token);
            return new RfqFileCount(shown.GetValueOrDefault(true), shown.GetValueOrDefault(false));
        }, ct);
    }

    /// <summary>The suppliers of one RFQ, those of the current round first, by name, with what they answered in the last round that they were asked in.</summary>
    public Task<List<InvitationRow>> InvitationsAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync(async (db, token) =>
        {
            var found = await (
                from i in db.RfqInvitations
                where i.RfqId == rfqId
                join r in db.Rfqs on i.RfqId equals r.Id
                join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on i.SupplierId equals s.Id
                orderby i.Round descending, s.Name, i.Id
                select new
                {
                    Row = new InvitationRow(
                        i.Id, i.SupplierId, s.Name, s.Country, i.Status, i.ContactName, i.Email, i.InvitedAt, i.ViewedAt, i.RespondedAt, i.DeclineReason, i.DeclineNote,
                        i.ReminderCount, i.LastRemindedAt, i.AccessTokenHash != null && i.LinkRevokedAt == null, s.BlockedFor == SupplierBlock.None ? null : s.BlockReason),
                    i.Round,
                    Quote = db.Quotes.Where(q => q.RfqId == rfqId && q.SupplierId == i.SupplierId && q.Round == i.Round && q.Revision > 0)
                        .Select(q => new InvitationQuote(q.Id, q.Number, q.Status, q.Total, q.Currency, q.ValidUntil)).FirstOrDefault(),
                }).ToListAsync(token);
            return found.ConvertAll(f => f.Row with { Quote = f.Quote, Round = f.Round });
        }, ct);
    }

    /// <summary>A draft as its editor opens it. Refuses one whose invitations have gone out.</summary>
    public Task<RfqForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.ReadAsync(async (db, token) =>
        {
            var rfq = await db.Rfqs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("RFQ");
            rfq.DemandDraft();
            var lines = await db.RfqLines.Where(l => l.RfqId == id).OrderBy(l => l.LineNo).Select(l => new RfqLineForm
            {
                Id = l.Id, PartId = l.PartId, Description = l.Description, Quantity = l.Quantity, UnitId = l.UnitId, TargetPrice = l.TargetPrice, NeedBy = l.NeedBy, Note = l.Note,
                PartNumber = db.Parts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(p => p.Id == l.PartId).Select(p => p.Number).FirstOrDefault() ?? "",
                Files = db.Attachments.Count(a => a.OwnerType == "rfq_lines" && a.OwnerId == l.Id),
            }).ToListAsync(token);
            foreach (var line in lines)
            {
                // Without the zeros that the column's scale adds.
                (line.Quantity, line.TargetPrice) = (line.Quantity / 1.0000000000000000000000000000m, line.TargetPrice / 1.0000000000000000000000000000m);
            }

            return new RfqForm
            {
                Id = rfq.Id, Version = rfq.Version, Title = rfq.Title, Description = rfq.Description, CategoryId = rfq.CategoryId, Currency = rfq.Currency,
                Deadline = rfq.Deadline is { } at ? DeadlineMoment.Local(at, rfq.DeadlineTimeZone) : null, DeadlineTimeZone = rfq.DeadlineTimeZone,
                Incoterm = rfq.Incoterm, DeliveryPlace = rfq.DeliveryPlace, PaymentTerms = rfq.PaymentTerms, Sealed = rfq.Sealed, Lines = lines,
            };
        }, ct);
    }

    /// <summary>Everybody who has an RFQ, by name: what the board filters by.</summary>
    public Task<List<BuyerChoice>> BuyersAsync(CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => db.People
            .Where(p => p.IsActive && (p.Roles.Contains(nameof(Role.Buyer)) || p.Roles.Contains(nameof(Role.Admin))))
            .OrderBy(p => p.FullName).Select(p => new BuyerChoice(p.Id, p.FullName)).Take(500).ToListAsync(token), ct);
    }

    /// <summary>Currencies that can be compared: the base and those with a rate.</summary>
    public Task<List<string>> CurrenciesAsync(CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync(async (db, token) =>
        {
            var rated = await db.ExchangeRates.Select(r => r.Currency).Distinct().OrderBy(c => c).ToListAsync(token);
            return (List<string>)[Operations.CurrencyConversion.Base, .. rated];
        }, ct);
    }

    internal static IQueryable<AddendumView> Addenda(SourcingDb db, Guid rfqId) =>
        db.RfqAddenda.Where(a => a.RfqId == rfqId).OrderByDescending(a => a.Number).Select(a => new AddendumView(a.Number, a.Text, a.ByName, a.CreatedAt)).Take(200);

    internal static IQueryable<RfqLineView> Lines(SourcingDb db, Guid rfqId) =>
        from l in db.RfqLines
        where l.RfqId == rfqId
        orderby l.LineNo
        select new RfqLineView(
            l.Id, l.LineNo, l.PartId, db.Parts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(p => p.Id == l.PartId).Select(p => p.Number).FirstOrDefault(),
            l.Description, l.Quantity, db.Units.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(u => u.Id == l.UnitId).Select(u => u.Code).FirstOrDefault() ?? "",
            l.TargetPrice, l.NeedBy, l.Note, l.Specifications, db.Attachments.Count(a => a.OwnerType == "rfq_lines" && a.OwnerId == l.Id));
}

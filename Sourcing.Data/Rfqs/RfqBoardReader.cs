using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Data.Rfqs;

/// <summary>Reads the board with a fixed number of bounded statements: cards, counts, quotes of the cards, awards of the cards, rates.</summary>
internal static class RfqBoardReader
{
    private const int MostHits = 500;

    // What is held goes on one day, so it stands among the open ones.
    private static readonly RfqStatus[] Read = [.. RfqQueries.Lanes, RfqStatus.Paused];

    public static async Task<RfqBoard> ReadAsync(SourcingDb db, BoardFilter filter, CancellationToken ct)
    {
        var now = await db.NowAsync(ct);
        // Searched once: every lane asks for the same hits.
        var hits = filter.Text.Trim() is { Length: > 0 } text
            ? await db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_rfqs({text}, {MostHits})").ToListAsync(ct)
            : null;
        var rfqs = Matching(db, filter, hits, now);
        var shown = Read.Select(status => Ordered(rfqs, status).Take(RfqQueries.LaneCards).Select(r => r.Id)).Aggregate(Queryable.Concat);
        var rows = await Rows(db, db.Rfqs.Where(r => shown.Contains(r.Id))).ToListAsync(ct);
        var counted = Read.Select(status => rfqs.Where(r => r.Status == status).Take(RfqQueries.LaneCount + 1).Select(r => r.Status)).Aggregate(Queryable.Concat);
        var counts = await counted.GroupBy(s => s).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var cards = await CardsAsync(db, rows, now, ct);
        var rates = await CurrencyConversion.LoadAsync(db, cards.Select(c => c.Currency), ct);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new([.. RfqQueries.Lanes.Select(status => Lane(status, cards, Read.Where(s => LaneOf(s) == status).Sum(counts.GetValueOrDefault), rates, today))], now);
    }

    private static RfqLane Lane(RfqStatus status, List<RfqCard> cards, int count, CurrencyConversion rates, DateOnly today)
    {
        var mine = cards.Where(c => LaneOf(c.Status) == status);
        List<RfqCard> ordered = status switch
        {
            RfqStatus.Draft or RfqStatus.Open => [.. mine.OrderBy(c => c.Deadline ?? DateTimeOffset.MaxValue).ThenBy(c => c.Id)],
            RfqStatus.Awarded => [.. mine.OrderByDescending(c => c.AwardedAt).ThenByDescending(c => c.Id)],
            _ => [.. mine.OrderByDescending(c => c.Deadline).ThenByDescending(c => c.Id)],
        };
        var sums = ordered.Where(c => c.IsWhole).Select(c => rates.TryConvert(c.Amount!.Value, c.Currency, CurrencyConversion.Base, today)?.Amount).ToList();
        return new(status, ordered, count, sums.Sum() ?? 0, count > ordered.Count || sums.Contains(null) || ordered.Exists(c => c is { Amount: not null, IsWhole: false }));
    }

    private static RfqStatus LaneOf(RfqStatus status) => status == RfqStatus.Paused ? RfqStatus.Open : status;

    private static IQueryable<Rfq> Matching(SourcingDb db, BoardFilter filter, List<Guid>? hits, DateTimeOffset now)
    {
        var rfqs = db.Rfqs.AsQueryable();
        if (filter.BuyerId is { } buyer)
        {
            rfqs = rfqs.Where(r => r.BuyerId == buyer);
        }

        if (filter.CategoryId is { } category)
        {
            rfqs = rfqs.Where(r => r.CategoryId == category);
        }

        if (filter.Deadline == DeadlineFilter.Passed)
        {
            rfqs = rfqs.Where(r => r.Deadline <= now);
        }
        else if (filter.Deadline is { } within)
        {
            var until = now + (within switch
            {
                DeadlineFilter.Within48Hours => TimeSpan.FromHours(48),
                DeadlineFilter.Within7Days => TimeSpan.FromDays(7),
                _ => TimeSpan.FromDays(30),
            });
            rfqs = rfqs.Where(r => r.Deadline > now && r.Deadline <= until);
        }

        if (hits is not null)
        {
            rfqs = rfqs.Where(r => hits.Contains(r.Id));
        }

        return rfqs;
    }

    private static IQueryable<Rfq> Ordered(IQueryable<Rfq> rfqs, RfqStatus status)
    {
        var lane = rfqs.Where(r => r.Status == status);
        return status is RfqStatus.Draft or RfqStatus.Open or RfqStatus.Paused ? lane.OrderBy(r => r.Deadline) : lane.OrderByDescending(r => r.Deadline);
    }

    private static IQueryable<Row> Rows(SourcingDb db, IQueryable<Rfq> rfqs) => rfqs.Select(r => new Row
    {
        Id = r.Id, Number = r.Number, Title = r.Title, Status = r.Status, Deadline = r.Deadline, DeadlineTimeZone = r.DeadlineTimeZone, ClosedAt = r.ClosedAt, AwardedAt = r.AwardedAt, Currency = r.Currency,
        BuyerId = r.BuyerId, Sealed = r.Sealed, BidsOpenedAt = r.BidsOpenedAt, Round = r.Round, Version = r.Version,
        Buyer = db.People.Where(p => p.Id == r.BuyerId).Select(p => p.FullName).FirstOrDefault() ?? "",
        Lines = r.Lines.Count, Targets = r.Lines.Count(l => l.TargetPrice != null), Target = r.Lines.Sum(l => l.Quantity * l.TargetPrice),
        Invited = r.Invitations.Count(i => i.Round == r.Round),
        Quoted = r.Invitations.Count(i => i.Round == r.Round && i.Status == InvitationStatus.Quoted),
        Declined = r.Invitations.Count(i => i.Round == r.Round && i.Status == InvitationStatus.Declined),
        OpenQuestions = db.RfqQuestions.Count(q => q.RfqId == r.Id && q.AnsweredAt == null),
        Consents = !r.Sealed || r.BidsOpenedAt != null ? 0 : db.SealEvents.Where(e => e.RfqId == r.Id && e.Round == r.Round && e.Kind == SealEventKind.Consent && e.At >= r.ClosedAt).Select(e => e.ActorId).Distinct().Count(),
    });

    private static async Task<List<RfqCard>> CardsAsync(SourcingDb db, List<Row> rows, DateTimeOffset now, CancellationToken ct)
    {
        var quoted = rows.Where(r => r.Quoted > 0 && !(r.Sealed && r.BidsOpenedAt is null)).Select(r => r.Id).ToList();
        var quotes = await db.Quotes.Where(q => quoted.Contains(q.RfqId) && q.Status == QuoteStatus.Submitted)
            .Select(q => new Offer(q.RfqId, q.Round, q.Currency, q.ExchangeRate, q.Total, q.ValidUntil, q.Lines.Count(l => l.UnitPrice != null))).ToListAsync(ct);
        var awarded = rows.Where(r => r.Status == RfqStatus.Awarded).Select(r => r.Id).ToList();
        var awards = await db.AwardDecisions.Where(d => awarded.Contains(d.RfqId)).Select(d => new { d.RfqId, d.Round, d.Total }).ToListAsync(ct);
        var rates = await CurrencyConversion.LoadAsync(db, quotes.Select(q => q.Currency).Concat(rows.Select(r => r.Currency)), ct);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var offers = quotes.ToLookup(q => (q.RfqId, q.Round));
        return rows.ConvertAll(r =>
        {
            var mine = offers[(r.Id, r.Round)].ToList();
            // Totals compare only over as many lines: those who price most of them are set against each other.
            var most = mine.Select(q => q.Priced).DefaultIfEmpty(0).Max();
            var (figure, amount, priced) = r.Status switch
            {
                RfqStatus.Draft => r.Lines > 0 && r.Targets == r.Lines ? (CardFigure.Target, r.Target, r.Lines) : (CardFigure.None, null, 0),
                RfqStatus.Awarded => (CardFigure.Awarded, awards.Where(a => a.RfqId == r.Id).OrderByDescending(a => a.Round).Select(a => (decimal?)a.Total).FirstOrDefault(), r.Lines),
                _ => (CardFigure.Best, most == 0 ? null : mine.Where(q => q.Priced == most).Select(q => InRfqCurrency(q, r.Currency, rates, today)).Min(), most),
            };
            var validUntil = r.Status is RfqStatus.Closed or RfqStatus.Evaluating ? mine.Min(q => q.ValidUntil) : null;
            return new RfqCard(
                r.Id, r.Number, r.Title, r.Status, r.Deadline, r.DeadlineTimeZone, r.ClosedAt, r.AwardedAt, validUntil, figure, amount, priced, r.Lines, r.Currency, r.Invited, r.Quoted, r.Declined,
                r.BuyerId, r.Buyer, r.Sealed, r.Round, r.Version) { OpenQuestions = r.OpenQuestions, BidsOpenedAt = r.BidsOpenedAt, Consents = r.Consents };
        });
    }

    // A rate fixed for the quote says how much of its currency one unit of the RFQ's buys.
    private static decimal? InRfqCurrency(Offer quote, string currency, CurrencyConversion rates, DateOnly today) =>
        quote.ExchangeRate is { } rate ? quote.Total / rate : rates.TryConvert(quote.Total, quote.Currency, currency, today)?.Amount;

    private sealed record Offer(Guid RfqId, int Round, string Currency, decimal? ExchangeRate, decimal Total, DateOnly? ValidUntil, int Priced);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public string Title { get; init; } = "";
        public RfqStatus Status { get; init; }
        public DateTimeOffset? Deadline { get; init; }
        public string DeadlineTimeZone { get; init; } = "";
        public DateTimeOffset? ClosedAt { get; init; }
        public DateTimeOffset? AwardedAt { get; init; }
        public string Currency { get; init; } = "";
        public Guid BuyerId { get; init; }
        public string Buyer { get; init; } = "";
        public bool Sealed { get; init; }
        public DateTimeOffset? BidsOpenedAt { get; init; }
        public int Consents { get; init; }
        public int Round { get; init; }
        public uint Version { get; init; }
        public int Lines { get; init; }
        public int Targets { get; init; }
        public decimal? Target { get; init; }
        public int Invited { get; init; }
        public int Quoted { get; init; }
        public int Declined { get; init; }
        public int OpenQuestions { get; init; }
    }
}

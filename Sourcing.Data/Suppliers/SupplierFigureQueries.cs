using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Suppliers;

/// <summary>What a supplier did in the last twelve months, and how much there is to see of it in all.</summary>
/// <param name="Invited">Invitations sent.</param>
/// <param name="Answered">Of those: quoted or declined.</param>
/// <param name="Due">Answered, or open to an answer no more.</param>
/// <param name="AnswerRate">Share 0..1 of those that could be answered no more; null without any. See <c>app.answer_rate</c>.</param>
/// <param name="HoursToAnswer">Median from invitation to answer; null without an answer.</param>
/// <param name="Decided">Quotes that won or lost.</param>
/// <param name="Won">Of those: awarded at least a line.</param>
/// <param name="WinRate">Share 0..1; null while nothing is decided. See <c>app.win_rate</c>.</param>
/// <param name="ToMedian">Mean over quoted prices of (price − median of the part) / median; null without any.</param>
/// <param name="OnTime">Received by the promised day, at most as ordered, over ordered: lines promised for the period; null without any.</param>
/// <param name="SpendInBase">Orders issued and not cancelled, in the base currency at today's rates; null where a rate is missing.</param>
/// <param name="Rfqs">RFQs that it was ever invited to.</param>
/// <param name="Quotes">Quotes it ever submitted.</param>
/// <param name="Orders">Orders ever written to it.</param>
public sealed record SupplierFigures(
    int Invited, int Answered, int Due, decimal? AnswerRate, double? HoursToAnswer, int Decided, int Won, decimal? WinRate, decimal? ToMedian, decimal? OnTime, decimal? SpendInBase,
    int Rfqs, int Quotes, int Orders);

/// <summary>A quote of a supplier.</summary>
/// <param name="Total">Null where prices are sealed still.</param>
public sealed record SupplierQuote(
    Guid RfqId, string RfqNumber, string Title, RfqStatus RfqStatus, int Round, int Revision, QuoteStatus Status, decimal? Total, string Currency, DateTimeOffset? SubmittedAt, DateOnly? ValidUntil);

/// <summary>Reads what a supplier did.</summary>
public sealed class SupplierFigureQueries(Database database, CurrentUser user)
{
    /// <summary>The figures, reckoned now.</summary>
    public Task<SupplierFigures> ReadAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var raw = (await db.Database.SqlQuery<Raw>(
                    $"""
                    select i.invited::int as "Invited", i.answered::int as "Answered", i.due::int as "Due", i.hours as "Hours", app.answer_rate({id}) as "AnswerRate",
                        q.decided::int as "Decided", q.won::int as "Won", app.win_rate({id}) as "WinRate", p.to_median as "ToMedian", l.on_time as "OnTime",
                        (select count(*)::int from rfq_invitations where supplier_id = {id}) as "Rfqs",
                        (select count(*)::int from quotes where supplier_id = {id} and status not in ('draft', 'withdrawn')) as "Quotes",
                        (select count(*)::int from orders where supplier_id = {id} and deleted_at is null) as "Orders"
                    from (
                        select count(*) as invited, count(*) filter (where v.status in ('quoted', 'declined')) as answered,
                            count(*) filter (where v.status in ('quoted', 'declined') or r.status not in ('draft', 'approval', 'open', 'paused', 'cancelled')) as due,
                            percentile_cont(0.5) within group (order by extract(epoch from v.responded_at - v.invited_at) / 3600) as hours
                        from rfq_invitations v join rfqs r on r.id = v.rfq_id where v.supplier_id = {id} and v.invited_at >= now() - interval '12 months') i,
                    (
                        select count(*) as decided, count(*) filter (where q.status in ('awarded', 'partially_awarded')) as won
                        from quotes q join rfqs r on r.id = q.rfq_id and r.round = q.round
                        where q.supplier_id = {id} and q.submitted_at >= now() - interval '12 months' and q.status in ('awarded', 'partially_awarded', 'rejected', 'expired')) q,
                    (
                        select round(avg(p.base_price / m.median - 1), 4) as to_median
                        from (
                            select p.part_id, p.base_price from part_prices p
                            where p.supplier_id = {id} and p.source = 'quote' and p.day >= (now() - interval '12 months')::date) p
                        join (
                            select d.part_id, app.median_price(d.part_id) as median
                            from (
                                select distinct l.part_id from quotes q join quote_lines t on t.quote_id = q.id join rfq_lines l on l.id = t.rfq_line_id
                                where q.supplier_id = {id} and q.submitted_at >= now() - interval '12 months' and l.part_id is not null) d) m on m.part_id = p.part_id
                        where m.median > 0) p,
                    (
                        select round(sum(least(l.quantity, g.received)) / nullif(sum(l.quantity), 0), 4) as on_time
                        from orders o join order_lines l on l.order_id = o.id
                        cross join lateral (
                            select coalesce(sum(r.quantity), 0) as received from receipts r
                            where r.order_line_id = l.id and r.deleted_at is null and (r.received_at at time zone 'utc')::date <= l.promised_date) g
                        where o.supplier_id = {id} and o.deleted_at is null and o.status not in ('draft', 'approved', 'cancelled')
                            and l.promised_date >= (now() - interval '12 months')::date and l.promised_date < now()::date) l
                    """).ToListAsync(token))[0];
                var year = (await db.NowAsync(token)).AddMonths(-12);
                var spend = await db.Orders.Where(o => o.SupplierId == id && o.IssuedAt >= year && o.Status != OrderStatus.Cancelled)
                    .GroupBy(o => o.Currency).Select(g => new { Currency = g.Key, Total = g.Sum(o => o.Total) }).ToListAsync(token);
                var rates = await CurrencyConversion.LoadAsync(db, spend.Select(s => s.Currency), token);
                var today = DateOnly.FromDateTime(year.AddMonths(12).UtcDateTime);
                var converted = spend.Select(s => rates.TryConvert(s.Total, s.Currency, CurrencyConversion.Base, today)?.Amount).ToList();
                return new SupplierFigures(
                    raw.Invited, raw.Answered, raw.Due, raw.AnswerRate, raw.Hours, raw.Decided, raw.Won, raw.WinRate, raw.ToMedian, raw.OnTime,
                    converted.Contains(null) ? null : converted.Sum(), raw.Rfqs, raw.Quotes, raw.Orders);
            }, ct);
    }

    /// <summary>Quotes that a supplier submitted, the newest first; at most <see cref="SupplierQueries.MostDocuments"/>.</summary>
    public Task<IReadOnlyList<SupplierQuote>> QuotesAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync<IReadOnlyList<SupplierQuote>>(
            async (db, token) => await db.Quotes.Where(q => q.SupplierId == id && q.Status != QuoteStatus.Draft && q.SubmittedAt != null)
                .Join(db.Rfqs, q => q.RfqId, r => r.Id, (q, r) => new { Quote = q, Rfq = r })
                .OrderByDescending(x => x.Quote.SubmittedAt).ThenBy(x => x.Quote.Id).Take(SupplierQueries.MostDocuments)
                .Select(x => new SupplierQuote(
                    x.Rfq.Id, x.Rfq.Number, x.Rfq.Title, x.Rfq.Status, x.Quote.Round, x.Quote.Revision, x.Quote.Status, x.Rfq.Sealed ? null : x.Quote.Total, x.Quote.Currency,
                    x.Quote.SubmittedAt, x.Quote.ValidUntil))
                .ToListAsync(token), ct);
    }

    private sealed class Raw
    {
        public int Invited { get; set; }

        public int Answered { get; set; }

        public int Due { get; set; }

        public double? Hours { get; set; }

        public decimal? AnswerRate { get; set; }

        public int Decided { get; set; }

        public int Won { get; set; }

        public decimal? WinRate { get; set; }

        public decimal? ToMedian { get; set; }

        public decimal? OnTime { get; set; }

        public int Rfqs { get; set; }

        public int Quotes { get; set; }

        public int Orders { get; set; }
    }
}

using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Suppliers;

/// <summary>What a supplier did in the last twelve months, by the KPIs of <see cref="Kpis"/>, and how much there is to see of it in all.</summary>
/// <param name="Invited">Invitations sent.</param>
/// <param name="Answered">Of those: quoted or declined.</param>
/// <param name="Due">Answered, or open to an answer no more.</param>
/// <param name="AnswerRate">Share 0..1 of those that could be answered no more; null without any.</param>
/// <param name="HoursToAnswer">Median from invitation to answer; null without an answer.</param>
/// <param name="Decided">Quotes that won or lost.</param>
/// <param name="Won">Of those: awarded at least a line.</param>
/// <param name="WinRate">Share 0..1; null while nothing is decided.</param>
/// <param name="ToMedian">Mean over quoted prices of (price − median of the part) / median; null without any.</param>
/// <param name="OnTime">Received by the due day, at most as ordered, over ordered: lines due in the period; null without any.</param>
/// <param name="SpendInBase">Orders issued and not cancelled, in the base currency at the rates of their days; null where a rate is missing.</param>
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
                var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
                var kpis = await KpiReading.TwelveMonthsAsync(db, id, today, token);
                var counts = (await db.Database.SqlQuery<Counts>(
                    $"""
                    select (select count(*)::int from rfq_invitations where supplier_id = {id}) as "Rfqs",
                        (select count(*)::int from rfq_invitations where supplier_id = {id} and (invited_at at time zone 'utc')::date >= {today.AddMonths(-12)}) as "Invited",
                        (select count(*)::int from quotes where supplier_id = {id} and status not in ('draft', 'withdrawn')) as "Quotes",
                        (select count(*)::int from orders where supplier_id = {id} and deleted_at is null) as "Orders"
                    """).ToListAsync(token))[0];
                KpiSum? Of(string code) => kpis.GetValueOrDefault(code);
                return new SupplierFigures(
                    counts.Invited, (int)(Of(Kpis.ResponseRate)?.Top ?? 0), Of(Kpis.ResponseRate)?.Events ?? 0, Share(Of(Kpis.ResponseRate)), (double?)Of(Kpis.HoursToAnswer)?.Value,
                    Of(Kpis.WinRate)?.Events ?? 0, (int)(Of(Kpis.WinRate)?.Top ?? 0), Share(Of(Kpis.WinRate)), Share(Of(Kpis.PriceToMedian)), Share(Of(Kpis.OnTimeInFull)),
                    Of(Kpis.Spend) is { } spend ? spend.Value : 0, counts.Rfqs, counts.Quotes, counts.Orders);
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
                    x.Rfq.Id, x.Rfq.Number, x.Rfq.Title, x.Rfq.Status, x.Quote.Round, x.Quote.Revision, x.Quote.Status, x.Rfq.Sealed && x.Quote.ValidUntil == null ? null : x.Quote.Total, x.Quote.Currency,
                    x.Quote.SubmittedAt, x.Quote.ValidUntil))
                .ToListAsync(token), ct);
    }

    private static decimal? Share(KpiSum? kpi) => kpi?.Value is { } value ? Math.Round(value, 4, MidpointRounding.AwayFromZero) : null;

    private sealed class Counts
    {
        public int Rfqs { get; set; }

        public int Invited { get; set; }

        public int Quotes { get; set; }

        public int Orders { get; set; }
    }
}

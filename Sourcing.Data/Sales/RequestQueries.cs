using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>A request in a list.</summary>
/// <param name="RfqNumber">The RFQ that became of it; null as long as there is none that the person may see.</param>
public sealed record RequestRow(
    Guid Id, string Number, string Title, Guid CustomerId, string Customer, string Rep, RfqRequestStatus Status, int Lines, DateOnly? NeededOn, DateTimeOffset At,
    Guid? RfqId, string? RfqNumber, string DeclineReason);

/// <summary>All of a request.</summary>
public sealed record RequestDetails(RequestRow Row, IReadOnlyList<RequestLineView> Lines, string Note, Guid SalesRepId, string DecidedBy, DateTimeOffset? DecidedAt, uint Version);

/// <summary>A line of a request.</summary>
/// <param name="PartNumber">Null for what is not in the catalog.</param>
public sealed record RequestLineView(Guid? PartId, string? PartNumber, string Description, decimal Quantity, string Unit);

/// <summary>Reads requests for RFQs: those of one's tree for those who sell, all for those inside.</summary>
public sealed class RequestQueries(Database database, CurrentUser user)
{
    /// <summary>Requests that wait for a buyer, the oldest first, then those answered, the newest first; at most 200. Those who sell see those of their tree.</summary>
    public Task<IReadOnlyList<RequestRow>> ListAsync(bool open, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync<IReadOnlyList<RequestRow>>(
            async (db, token) =>
            {
                var wanted = db.RfqRequests.Where(r => (r.Status == RfqRequestStatus.Asked) == open);
                var ordered = open ? wanted.OrderBy(r => r.Id) : wanted.OrderByDescending(r => r.DecidedAt).ThenBy(r => r.Id);
                return await RowsAsync(db, ordered.Take(200), token);
            }, ct);
    }

    /// <summary>All of a request; null when there is none that the person may see.</summary>
    public Task<RequestDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var request = await db.RfqRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token);
                if (request is null || await RowsAsync(db, db.RfqRequests.Where(r => r.Id == id), token) is not [var row])
                {
                    return null;
                }

                var (partIds, unitIds) = (request.Lines.Select(l => l.PartId).OfType<Guid>().ToList(), request.Lines.Select(l => l.UnitId).ToList());
                var parts = await db.Parts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(p => partIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, token);
                var units = await db.Units.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Code, token);
                var by = await db.People.Where(p => p.Id == request.DecidedBy).Select(p => p.FullName).FirstOrDefaultAsync(token) ?? "";
                return new RequestDetails(
                    row, [.. request.Lines.Select(l => new RequestLineView(l.PartId, l.PartId is { } p ? parts.GetValueOrDefault(p) : null, l.Description, l.Quantity, units.GetValueOrDefault(l.UnitId) ?? ""))],
                    request.Note, request.SalesRepId, by, request.DecidedAt, request.Version);
            }, ct);
    }

    private static async Task<IReadOnlyList<RequestRow>> RowsAsync(SourcingDb db, IQueryable<RfqRequest> requests, CancellationToken ct)
    {
        var rows = await requests.Select(r => new
        {
            Request = r,
            Customer = db.Customers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(c => c.Id == r.CustomerId).Select(c => c.Name).FirstOrDefault() ?? "",
            Rep = db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "",
            Rfq = db.Rfqs.Where(x => x.Id == r.RfqId).Select(x => x.Number).FirstOrDefault(),
        }).AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(r => new RequestRow(
            r.Request.Id, r.Request.Number, r.Request.Title, r.Request.CustomerId, r.Customer, r.Rep, r.Request.Status, r.Request.Lines.Count, r.Request.NeededOn, r.Request.CreatedAt,
            r.Request.RfqId, r.Rfq, r.Request.DeclineReason))];
    }
}

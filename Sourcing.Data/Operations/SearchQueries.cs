using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Sales;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Operations;

/// <summary>What a search found.</summary>
public enum SearchKind
{
    Part,
    Supplier,
    Customer,
    Rfq,
    Order,

    /// <summary>A representative's note: its text is the name, its customer the number.</summary>
    Note,

    /// <summary>A member of a chapter: the chapter is the number.</summary>
    Member,
}

/// <summary>One record that a search found.</summary>
/// <param name="Number">Number or code: what people quote.</param>
/// <param name="State">Its status; null for parts and suppliers in order.</param>
/// <param name="On">An RFQ's deadline, an order's due day, when a note was.</param>
/// <param name="ByNumber">The typed letters stand in its number: such hits come before prose.</param>
public sealed record SearchResult(SearchKind Kind, Guid Id, string Number, string Name, Enum? State, DateTimeOffset? On, bool ByNumber);

/// <summary>The search over everything: Ctrl+K.</summary>
public sealed class SearchQueries(Database database, CurrentUser user, PartQueries parts, SupplierQueries suppliers, CustomerQueries customers, NoteQueries notes, MemberQueries members)
{
    /// <summary>
    /// The best hits of each kind that the person may see, those by number first. Each kind reads its own indexes and stops at
    /// <paramref name="most"/>.
    /// </summary>
    /// <param name="text">2 to 100 letters or digits; fewer find nothing, more are cut.</param>
    /// <param name="most">Of each kind, 1 to 20.</param>
    public async Task<IReadOnlyList<SearchResult>> FindAsync(string text, int most, CancellationToken ct)
    {
        var asked = text.Length > 100 ? text[..100] : text;
        var typed = Compact(asked);
        if (typed.Length < 2)
        {
            return [];
        }

        var limit = Math.Clamp(most, 1, 20);
        var found = new List<SearchResult>();
        if (user.May(Permission.PartsRead))
        {
            found.AddRange((await parts.FindAsync(asked, limit, ct)).Select(p => new SearchResult(SearchKind.Part, p.Id, p.Number, p.Successor is { } next ? $"{p.Name}, replaced by {next.Number}" : p.Name, null, null, Holds(p.Number, typed))));
        }

        if (user.May(Permission.SuppliersRead))
        {
            found.AddRange((await suppliers.FindAsync(asked, limit, ct))
                .Select(s => new SearchResult(SearchKind.Supplier, s.Id, s.Code, s.Name, s.BlockedFor == SupplierBlock.None ? null : s.BlockedFor, null, Holds(s.Code, typed))));
        }

        if (user.May(Permission.CustomersRead))
        {
            found.AddRange((await customers.FindAsync(asked, limit, ct)).Select(c => new SearchResult(SearchKind.Customer, c.Id, c.Number, c.Name, null, null, Holds(c.Number, typed))));
        }

        // Punctuation between the typed pieces does not matter: 2026 412 finds RFQ-2026-00412.
        var pattern = "%" + string.Join('%', Pieces(asked)) + "%";
        if (user.May(Permission.RfqsRead))
        {
            found.AddRange((await RfqsAsync(asked, pattern, limit, ct))
                .Select(r => new SearchResult(SearchKind.Rfq, r.Id, r.Number, r.Name, (RfqStatus)Words.FromSnake(typeof(RfqStatus), r.Status)!, r.On, r.ByNumber)));
        }

        if (user.May(Permission.OrdersRead))
        {
            found.AddRange((await OrdersAsync(asked, pattern, limit, ct))
                .Select(o => new SearchResult(SearchKind.Order, o.Id, o.Number, o.Name, (OrderStatus)Words.FromSnake(typeof(OrderStatus), o.Status)!, o.On, o.ByNumber)));
        }

        if (user.May(Permission.NotesUse))
        {
            // Whoever sells and does not buy finds what is theirs of both.
            if (!user.May(Permission.RfqsRead))
            {
                found.AddRange((await CustomerRfqsAsync(pattern, limit, ct))
                    .Select(r => new SearchResult(SearchKind.Rfq, r.Id, r.Number, r.Name, (RfqStatus)Words.FromSnake(typeof(RfqStatus), r.Status)!, r.On, r.ByNumber)));
            }

            if (!user.May(Permission.OrdersRead))
            {
                found.AddRange((await SoldOrdersAsync(pattern, limit, ct))
                    .Select(o => new SearchResult(SearchKind.Order, o.Id, o.Number, o.Name, (OrderStatus)Words.FromSnake(typeof(OrderStatus), o.Status)!, o.On, o.ByNumber)));
            }

            found.AddRange((await notes.SearchAsync(asked, limit, ct)).Select(n => new SearchResult(SearchKind.Note, n.Id, n.Customer, n.Body, n.Kind, n.OccurredAt, false)));
        }

        if (user.May(Permission.ChaptersRead))
        {
            found.AddRange((await members.FindAsync(asked, limit, ct)).Select(m => new SearchResult(SearchKind.Member, m.Id, m.IsActive ? m.Chapter : $"{m.Chapter}, left", m.Name, null, null, false)));
        }

        // Kinds that were hit by number go first; the order within a kind stays.
        return [.. found.GroupBy(f => f.Kind).OrderByDescending(g => g.Any(f => f.ByNumber)).ThenBy(g => g.Key).SelectMany(g => g)];
    }

    private Task<List<Row>> RfqsAsync(string text, string pattern, int most, CancellationToken ct) => database.ReadAsync(
        (db, token) => db.Database.SqlQuery<Row>(
            $"""
            select r.id as "Id", r.number as "Number", r.title as "Name", r.status as "Status", r.deadline as "On", r.number ilike {pattern} as "ByNumber"
            from rfqs r
            where r.deleted_at is null and (r.number ilike {pattern} or r.title ilike {pattern} or r.search @@ app.prefix_query({text}))
            order by 6 desc, r.id desc limit {most}
            """).ToListAsync(token),
        ct);

    private Task<List<Row>> OrdersAsync(string text, string pattern, int most, CancellationToken ct) => database.ReadAsync(
        (db, token) => db.Database.SqlQuery<Row>(
            $"""
            select o.id as "Id", o.number as "Number", s.name as "Name", o.status as "Status", o.due_date::timestamp at time zone 'UTC' as "On",
                o.number ilike {pattern} or coalesce(o.external_number, '') ilike {pattern} as "ByNumber"
            from orders o join suppliers s on s.id = o.supplier_id
            where o.deleted_at is null and (o.number ilike {pattern} or o.external_number ilike {pattern}
                or o.supplier_id = any (array(select f.id from app.search_suppliers({text}, 5) f)))
            order by 6 desc, o.id desc limit {most}
            """).ToListAsync(token),
        ct);

    private Task<List<Row>> CustomerRfqsAsync(string pattern, int most, CancellationToken ct) => database.ReadAsync(
        (db, token) => db.Database.SqlQuery<Row>(
            $"""
            select r.id as "Id", r.number as "Number", r.title as "Name", r.status as "Status", r.deadline as "On", r.number ilike {pattern} as "ByNumber"
            from rfqs r join app.search_customer_rfqs({pattern}, {most}) hit on hit.id = r.id
            order by 6 desc, r.id desc
            """).ToListAsync(token),
        ct);

    private Task<List<Row>> SoldOrdersAsync(string pattern, int most, CancellationToken ct) => database.ReadAsync(
        (db, token) => db.Database.SqlQuery<Row>(
            $"""
            select o.id as "Id", o.number as "Number", coalesce(c.name, '') as "Name", o.status as "Status", o.due_date::timestamp at time zone 'UTC' as "On", o.number ilike {pattern} as "ByNumber"
            from app.search_sold_orders({pattern}, {most}) hit join orders o on o.id = hit.id join order_sales s on s.id = o.id left join customers c on c.id = s.customer_id
            order by 6 desc, o.id desc
            """).ToListAsync(token),
        ct);

    private static bool Holds(string number, string typed) => Compact(number).Contains(typed, StringComparison.Ordinal);

    private static string Compact(string text) => string.Concat(Pieces(text)).ToLowerInvariant();

    private static IEnumerable<string> Pieces(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Number { get; init; } = "";

        public string Name { get; init; } = "";

        public string Status { get; init; } = "";

        public DateTimeOffset? On { get; init; }

        public bool ByNumber { get; init; }
    }
}

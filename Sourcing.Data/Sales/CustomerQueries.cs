using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>Reads customers: those of one's tree for those who sell, all for those inside.</summary>
public sealed class CustomerQueries(Database database, CurrentUser user)
{
    /// <summary>RFQs and orders of a customer are listed up to this many.</summary>
    public const int MostDocuments = 100;

    /// <summary>The customers that match best, by number, name, place or another system's number. For pickers and the palette.</summary>
    /// <param name="most">1 to 50.</param>
    public Task<IReadOnlyList<CustomerHit>> FindAsync(string text, int most, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync<IReadOnlyList<CustomerHit>>(
            async (db, token) => await Hits(db, db.Database
                .SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_customers({text.Trim()}, {Math.Clamp(most, 1, 50) * 4})")
                .Join(db.Customers, hit => hit.Id, customer => customer.Id, (hit, customer) => new { hit.Rank, Customer = customer })
                .OrderByDescending(x => x.Customer.IsActive).ThenByDescending(x => x.Rank).ThenBy(x => x.Customer.Name).ThenBy(x => x.Customer.Id).Take(Math.Clamp(most, 1, 50))
                .Select(x => x.Customer)).ToListAsync(token), ct);
    }

    /// <summary>The same for keys that are known.</summary>
    public Task<IReadOnlyList<CustomerHit>> ByIdAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync<IReadOnlyList<CustomerHit>>(
            async (db, token) => await Hits(db, db.Customers.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Name).ThenBy(c => c.Id)).ToListAsync(token), ct);
    }

    /// <summary>Everything about a customer but lists; null when there is none that the person may see. A deleted one is shown to those who may restore it.</summary>
    public Task<CustomerDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        var deletedToo = user.May(Permission.CustomersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var c = await db.Customers.IgnoreQueryFilters([SourcingDb.LiveRows]).AsNoTracking()
                    .SingleOrDefaultAsync(x => x.Id == id && (x.DeletedAt == null || deletedToo), token);
                if (c is null)
                {
                    return null;
                }

                var contacts = await db.CustomerContacts.Where(x => x.CustomerId == id).OrderByDescending(x => x.IsMain).ThenBy(x => x.Name).ThenBy(x => x.Id)
                    .Select(x => new CustomerContactView(x.Id, x.Name, x.Role, x.Email, x.Phone, x.IsMain)).ToListAsync(token);
                var held = await db.CustomerResponsibilities.Where(r => r.CustomerId == id).OrderByDescending(r => r.ValidFrom).Take(50)
                    .Select(r => new ResponsibilityView(
                        db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", r.ValidFrom, r.ValidUntil,
                        db.People.Where(p => p.Id == r.ChangedBy).Select(p => p.FullName).FirstOrDefault() ?? "")).ToListAsync(token);
                var rep = await db.People.Where(p => p.Id == c.SalesRepId).Select(p => p.FullName).FirstOrDefaultAsync(token) ?? "";
                return new CustomerDetails(
                    c.Id, c.Number, c.Name, c.Tier, c.SalesRepId, rep, c.Email, c.Phone, c.Website, c.Address, c.Country, c.Currency, c.PaymentTerms, c.TaxId, c.ExternalIds,
                    c.About, c.IsActive, c.CreatedAt, c.UpdatedAt, c.DeletedAt, c.Version) { Contacts = contacts, Responsibilities = held };
            }, ct);
    }

    /// <summary>A customer as its editor opens it. Refuses one that is not there.</summary>
    public async Task<CustomerForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        var c = await DetailsAsync(id, ct) is { DeletedAt: null } found ? found : throw new MissingException("customer");
        return new()
        {
            Id = c.Id, Version = c.Version, Number = c.Number, Name = c.Name, Tier = c.Tier, SalesRepId = c.SalesRepId, Email = c.Email, Phone = c.Phone, Website = c.Website,
            Address = c.Address, Country = c.Country, Currency = c.Currency, PaymentTerms = c.PaymentTerms, TaxId = c.TaxId, ExternalIds = [.. c.ExternalIds], About = c.About,
            IsActive = c.IsActive,
            Contacts = [.. c.Contacts.Select(x => new CustomerContactForm { Id = x.Id, Name = x.Name, Role = x.Role, Email = x.Email, Phone = x.Phone, IsMain = x.IsMain })],
        };
    }

    /// <summary>What a customer is worth, and when it last heard from us.</summary>
    public Task<CustomerFigures> FiguresAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var years = await db.Database.SqlQuery<YearRow>(
                    $"""
                    select extract(year from received_day)::int as "Year", count(*)::int as "Orders", coalesce(sum(received_base), 0) as "Received", coalesce(sum(refunded_base), 0) as "Refunded"
                    from customer_sales where customer_id = {id} group by 1 order by 1 desc limit 50
                    """).ToListAsync(token);
                var months = await db.Database.SqlQuery<MonthRow>(
                    $"""
                    select m.month::date as "Month", coalesce(sum(s.sold_base), 0) as "Value"
                    from generate_series(date_trunc('month', now()) - interval '11 months', date_trunc('month', now()), interval '1 month') m(month)
                    left join customer_sales s on s.customer_id = {id} and s.day >= m.month::date and s.day < (m.month + interval '1 month')::date
                    group by 1 order by 1
                    """).ToListAsync(token);
                var parts = await db.Database.SqlQuery<PartRow>(
                    $"""
                    select p.id as "PartId", p.number as "Number", p.name as "Name", sum(l.quantity * coalesce(app.unit_factor(p.id, l.unit_id, p.unit_id), 1)) as "Quantity", u.code as "Unit",
                        round(sum(l.quantity * l.unit_price / s.rate), 2) as "Value"
                    from customer_sales s join order_lines l on l.order_id = s.order_id join parts p on p.id = l.part_id join units u on u.id = p.unit_id
                    where s.customer_id = {id} group by p.id, u.code order by 6 desc nulls last, p.number limit 8
                    """).ToListAsync(token);
                var counts = await db.Database.SqlQuery<CountRow>(
                    $"""
                    select (select count(*) from order_sales s join orders o on o.id = s.id
                            where s.customer_id = {id} and o.deleted_at is null and o.status not in ('draft', 'received', 'closed', 'cancelled'))::int as "Orders",
                        (select count(*) from rfqs r where r.customer_id = {id} and r.deleted_at is null and r.status not in ('draft', 'completed', 'cancelled'))::int as "Rfqs",
                        app.last_contact({id}) as "LastContact"
                    """).SingleAsync(token);
                var next = await db.SalesNotes.Where(n => n.CustomerId == id && n.NextActionOn != null && n.DoneAt == null).OrderBy(n => n.NextActionOn).ThenBy(n => n.Id)
                    .Select(n => new { n.NextAction, n.NextActionOn }).FirstOrDefaultAsync(token);
                return new CustomerFigures(
                    [.. years.Select(y => new YearValue(y.Year, y.Orders, y.Received, y.Refunded))], years.Sum(y => y.Received - y.Refunded),
                    [.. months.Select(m => new MonthValue(m.Month, m.Value))], [.. parts.Select(p => new PartSold(p.PartId, p.Number, p.Name, p.Quantity, p.Unit, p.Value ?? 0))],
                    counts.Orders, counts.Rfqs, counts.LastContact, next?.NextAction, next?.NextActionOn);
            }, ct);
    }

    /// <summary>Orders of a customer, the newest first; no drafts.</summary>
    public Task<IReadOnlyList<CustomerOrder>> OrdersAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync<IReadOnlyList<CustomerOrder>>(
            async (db, token) => await db.OrderSales.Where(s => s.CustomerId == id).Join(db.Orders, s => s.Id, o => o.Id, (s, o) => new { Sale = s, Order = o })
                .Where(x => x.Order.IssuedAt != null).OrderByDescending(x => x.Order.IssuedAt).ThenBy(x => x.Order.Id).Take(MostDocuments)
                .Select(x => new CustomerOrder(
                    x.Order.Id, x.Order.Number, x.Order.Status, x.Sale.SaleTotal ?? x.Order.Subtotal + x.Order.Freight, x.Order.Currency, x.Order.IssuedAt, x.Order.DueDate, x.Order.ReceivedShare,
                    db.People.Where(p => p.Id == x.Sale.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? ""))
                .ToListAsync(token), ct);
    }

    /// <summary>RFQs for a customer, the newest first.</summary>
    public Task<IReadOnlyList<CustomerRfq>> RfqsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        InvitationStatus[] answers = [InvitationStatus.Quoted, InvitationStatus.Declined];
        return database.ReadAsync<IReadOnlyList<CustomerRfq>>(
            async (db, token) => await db.Rfqs.Where(r => r.CustomerId == id).OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Take(MostDocuments)
                .Select(r => new CustomerRfq(
                    r.Id, r.Number, r.Title, r.Status, r.Deadline, db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null),
                    db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null && answers.Contains(i.Status)),
                    db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? ""))
                .ToListAsync(token), ct);
    }

    /// <summary>Customers that the one being typed may be again: the firm's e-mail domain, telephone or tax number, or a name much alike; at most ten, of those one may see.</summary>
    public Task<IReadOnlyList<CustomerDuplicate>> DuplicatesAsync(CustomerForm form, CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        var (name, phone, tax) = ((form.Name ?? "").Trim(), new string([.. (form.Phone ?? "").Where(char.IsAsciiDigit)]), (form.TaxId ?? "").Trim());
        var domain = MailAddress.FirmOf(form.Email);
        return database.ReadAsync<IReadOnlyList<CustomerDuplicate>>(
            async (db, token) =>
            {
                var found = await db.Database.SqlQuery<Likeness>($"select id as \"Id\", why as \"Why\" from app.customer_duplicates({name}, {phone}, {tax}, {domain})")
                    .Join(db.Customers, d => d.Id, c => c.Id, (d, c) => new CustomerDuplicate(c.Id, c.Number, c.Name, d.Why)).ToListAsync(token);
                return [.. found.Where(d => d.Id != form.Id).DistinctBy(d => d.Id).Take(10)];
            }, ct);
    }

    /// <summary>Deleted customers, the last deleted first; at most 200.</summary>
    public Task<IReadOnlyList<DeletedRow>> DeletedAsync(CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        return database.ReadAsync<IReadOnlyList<DeletedRow>>(
            async (db, token) => await db.Customers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(c => c.DeletedAt != null && c.MergedInto == null)
                .OrderByDescending(c => c.DeletedAt).ThenBy(c => c.Id).Take(200)
                .Select(c => new DeletedRow(c.Id, c.Number, c.Name, c.DeletedAt!.Value, db.People.Where(x => x.Id == c.DeletedBy).Select(x => x.FullName).FirstOrDefault()))
                .ToListAsync(token), ct);
    }

    private static IQueryable<CustomerHit> Hits(SourcingDb db, IQueryable<Customer> customers) => customers.Select(c => new CustomerHit(
        c.Id, c.Number, c.Name, c.Tier, db.People.Where(p => p.Id == c.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", c.IsActive));

    private sealed class YearRow
    {
        public int Year { get; set; }

        public int Orders { get; set; }

        public decimal Received { get; set; }

        public decimal Refunded { get; set; }
    }

    private sealed class MonthRow
    {
        public DateOnly Month { get; set; }

        public decimal Value { get; set; }
    }

    private sealed class PartRow
    {
        public Guid PartId { get; set; }

        public string Number { get; set; } = "";

        public string Name { get; set; } = "";

        public decimal Quantity { get; set; }

        public string Unit { get; set; } = "";

        public decimal? Value { get; set; }
    }

    private sealed class CountRow
    {
        public int Orders { get; set; }

        public int Rfqs { get; set; }

        public DateTimeOffset? LastContact { get; set; }
    }

    private sealed class Likeness
    {
        public Guid Id { get; set; }

        public string Why { get; set; } = "";
    }
}

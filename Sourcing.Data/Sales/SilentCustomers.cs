using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>A customer that has not heard from us for longer than its tier allows.</summary>
public sealed record SilentRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public CustomerTier Tier { get; init; }

    public Guid SalesRepId { get; init; }

    public string Representative { get; init; } = "";

    /// <summary>The last note that is no task; null where there is none that the reader may see.</summary>
    public DateTimeOffset? LastContact { get; init; }

    /// <summary>Days since the last contact or, without one, since the customer came to its representative.</summary>
    public int SilentDays { get; init; }

    /// <summary>Days that the tier allows: see <see cref="CustomerRules.SilenceDays"/>.</summary>
    public int AllowedDays { get; init; }

    /// <summary>Of its main contact, or else its own; empty for none.</summary>
    public string Phone { get; init; } = "";
}

/// <summary>The list of customers that are silent for too long.</summary>
public sealed class SilentCustomerList(Database database, CurrentUser user, TimeProvider time) : ListSource<SilentRow>(database, user)
{
    private static readonly ListShape<SilentRow> Columns = new ListShape<SilentRow>("silent-customers", "Silent customers", r => r.Id)
        .Add(r => r.Name, "Customer", FieldKind.Text)
        .Add(r => r.Number, "Number", FieldKind.Code)
        .Add(r => r.Tier, "Tier", FieldKind.Choice)
        .Add(r => r.SilentDays, "Silent for", FieldKind.Number, unit: _ => "days")
        .Add(r => r.AllowedDays, "Allowed", FieldKind.Number, unit: _ => "days", filterable: false)
        .Add(r => r.LastContact, "Last contact", FieldKind.Moment)
        .Add(r => r.Representative, "Representative", FieldKind.Text)
        .Add(r => r.Phone, "Telephone", FieldKind.Code, sortable: false, filterable: false)
        .OrderedBy("silentDays", descending: true);

    /// <inheritdoc/>
    public override ListShape<SilentRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.NotesUse;

    /// <inheritdoc/>
    protected override IQueryable<SilentRow> Rows(SourcingDb db, string search)
    {
        var customers = search.Length == 0
            ? db.Customers
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_customers({search}, 1000)").Join(db.Customers, hit => hit.Id, c => c.Id, (_, c) => c);
        return All(db, customers, Days.Today(time.GetUtcNow(), User.Identity.TimeZone), User.Identity.TimeZone.Id);
    }

    /// <summary>The silent ones among active customers that somebody looks after. Days are counted by the calendar of a time zone.</summary>
    internal static IQueryable<SilentRow> All(SourcingDb db, IQueryable<Customer> customers, DateOnly today, string zone)
    {
        int a = CustomerRules.SilenceDays(CustomerTier.A), b = CustomerRules.SilenceDays(CustomerTier.B), c = CustomerRules.SilenceDays(CustomerTier.C), prospect = CustomerRules.SilenceDays(CustomerTier.Prospect);
        var contacts = db.LastContacts.GroupBy(l => l.CustomerId).Select(g => new { CustomerId = g.Key, At = (DateTimeOffset?)g.Max(l => l.OccurredAt) });
        var known =
            from x in customers
            where x.IsActive && x.SalesRepId != null
            join l in contacts on x.Id equals l.CustomerId into found
            from l in found.DefaultIfEmpty()
            let last = l.At
            let given = db.CustomerResponsibilities.Where(r => r.CustomerId == x.Id && r.ValidUntil == null).Select(r => (DateOnly?)r.ValidFrom).FirstOrDefault()
            let since = last != null ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(last!.Value.UtcDateTime, zone))
                : given ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(x.CreatedAt.UtcDateTime, zone))
            let allowed = x.Tier == CustomerTier.A ? a : x.Tier == CustomerTier.B ? b : x.Tier == CustomerTier.C ? c : prospect
            select new { Customer = x, Last = last, Days = today.DayNumber - since.DayNumber, Allowed = allowed };
        return
            from x in known
            where x.Days > x.Allowed
            from p in db.People.Where(p => p.Id == x.Customer.SalesRepId).DefaultIfEmpty()
            select new SilentRow
            {
                Id = x.Customer.Id, Number = x.Customer.Number, Name = x.Customer.Name, Tier = x.Customer.Tier, SalesRepId = x.Customer.SalesRepId!.Value, Representative = p.FullName ?? "",
                LastContact = x.Last, SilentDays = x.Days, AllowedDays = x.Allowed,
                Phone = db.CustomerContacts.Where(k => k.CustomerId == x.Customer.Id && k.Phone != "").OrderByDescending(k => k.IsMain).ThenBy(k => k.Name).ThenBy(k => k.Id).Select(k => k.Phone).FirstOrDefault() ?? x.Customer.Phone,
            };
    }
}

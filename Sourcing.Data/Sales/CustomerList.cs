using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Sales;

/// <summary>A customer in the list.</summary>
public sealed record CustomerRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public CustomerTier Tier { get; init; }

    /// <summary>Who is responsible; empty for nobody.</summary>
    public string Rep { get; init; } = "";

    public string Country { get; init; } = "";

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>Received orders less refunds, in the base currency.</summary>
    public decimal Lifetime { get; init; }

    /// <summary>When somebody last spoke with it, as far as the asker may know.</summary>
    public DateTimeOffset? LastContact { get; init; }

    public bool IsActive { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How well it matches the search; 0 without one.</summary>
    public float Match { get; init; }
}

/// <summary>The list of customers that one may see.</summary>
public sealed class CustomerList(Database database, CurrentUser user) : ListSource<CustomerRow>(database, user)
{
    private const int MostHits = 1000;

    private static readonly ListShape<CustomerRow> Columns = new ListShape<CustomerRow>("customers", "Customers", r => r.Id)
        .Add(r => r.Number, "Number", FieldKind.Code)
        .Add(r => r.Name, "Name", FieldKind.Text)
        .Add(r => r.Tier, "Tier", FieldKind.Choice)
        .Add(r => r.Rep, "Representative", FieldKind.Text)
        .Add(r => r.Country, "Country", FieldKind.Text)
        .Add(r => r.Lifetime, "Lifetime value, EUR", FieldKind.Number, sortable: false, filterable: false, decimals: 0)
        .Add(r => r.LastContact, "Last contact", FieldKind.Moment, sortable: false, filterable: false)
        .Add(r => r.Email, "E-mail", FieldKind.Text, hidden: true)
        .Add(r => r.Phone, "Telephone", FieldKind.Text, hidden: true)
        .Add(r => r.Currency, "Currency", FieldKind.Code, hidden: true)
        .Add(r => r.IsActive, "Active", FieldKind.Flag)
        .Add(r => r.UpdatedAt, "Updated", FieldKind.Moment, hidden: true)
        .Add(r => r.Match, "Match", FieldKind.Number, filterable: false, hidden: true)
        .OrderedBy("name");

    /// <inheritdoc/>
    public override ListShape<CustomerRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.CustomersRead;

    /// <inheritdoc/>
    protected override string? SearchRank => "match";

    /// <inheritdoc/>
    protected override IQueryable<CustomerRow> Rows(SourcingDb db, string search)
    {
        var found = search.Length == 0
            ? db.Customers.Select(c => new { Customer = c, Rank = 0f })
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_customers({search}, {MostHits})")
                .Join(db.Customers, hit => hit.Id, customer => customer.Id, (hit, customer) => new { Customer = customer, hit.Rank });
        return found.Select(x => new CustomerRow
        {
            Id = x.Customer.Id, Number = x.Customer.Number, Name = x.Customer.Name, Tier = x.Customer.Tier,
            Rep = db.People.Where(p => p.Id == x.Customer.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "",
            Country = x.Customer.Country, Email = x.Customer.Email, Phone = x.Customer.Phone, Currency = x.Customer.Currency,
            Lifetime = SourcingDb.LifetimeValue(x.Customer.Id), LastContact = SourcingDb.LastContact(x.Customer.Id),
            IsActive = x.Customer.IsActive, UpdatedAt = x.Customer.UpdatedAt, Match = x.Rank,
        });
    }
}

using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Sales;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerContact> CustomerContacts => Set<CustomerContact>();

    public DbSet<CustomerResponsibility> CustomerResponsibilities => Set<CustomerResponsibility>();

    public DbSet<SalesRep> SalesReps => Set<SalesRep>();

    public DbSet<SalesTeam> SalesTeams => Set<SalesTeam>();

    public DbSet<SalesQuota> SalesQuotas => Set<SalesQuota>();

    public DbSet<SalesNote> SalesNotes => Set<SalesNote>();

    public DbSet<LastContact> LastContacts => Set<LastContact>();

    public DbSet<OrderSale> OrderSales => Set<OrderSale>();

    public DbSet<RfqRequest> RfqRequests => Set<RfqRequest>();

    /// <summary>The asker and everybody below; all representatives for an admin.</summary>
    internal Task<Guid[]> RepsBelowAsync(CancellationToken ct) => Database.SqlQuery<Guid>($"select unnest(app.rep_ids()) as \"Value\"").ToArrayAsync(ct);

    /// <summary>Received orders of a customer less refunds, in the base currency, as far as the asker may see them.</summary>
    [DbFunction("lifetime_value", "app")]
    public static decimal LifetimeValue(Guid customerId) => throw new NotSupportedException("Runs in the database only.");

    /// <summary>When somebody last spoke with a customer, as far as the asker may know; null for never.</summary>
    [DbFunction("last_contact", "app")]
    public static DateTimeOffset? LastContact(Guid customerId) => throw new NotSupportedException("Runs in the database only.");
}
